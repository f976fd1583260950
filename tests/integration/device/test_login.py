# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A login that fails says what to do."""

from __future__ import annotations

import re

import pytest
from napalm.base.exceptions import ConnectAuthError, ConnectionException

pytestmark = pytest.mark.lab


def refused(router, **options):
    with pytest.raises(ConnectionException) as error:
        router.driver(**options).open()
    return error


def test_an_unknown_host_key_is_refused(router, tmp_path):
    empty = tmp_path / "known_hosts"
    empty.touch()
    words = str(refused(router, alt_key_file=str(empty)).value)
    assert "host key" in words
    assert "is unknown: verify it" in words
    assert str(empty) in words


def test_a_changed_host_key_is_refused(router, tmp_path):
    known = (router.state / "known_hosts").read_text(encoding="utf-8")
    lines = {line.split()[0]: line.split(maxsplit=1)[1] for line in known.splitlines()}
    other = next(key for host, key in lines.items() if router.address not in host)
    wrong = tmp_path / "known_hosts"
    wrong.write_text(f"[{router.address}]:2222 {other}\n", encoding="utf-8")
    words = str(refused(router, alt_key_file=str(wrong)).value)
    assert "is not the one in" in words


def test_a_user_whom_the_router_does_not_know_is_refused(router):
    driver = router.driver()
    driver.username = "nobody-here"
    with pytest.raises(ConnectAuthError, match="refuses the login of nobody-here"):
        driver.open()


def test_a_port_where_nobody_listens_is_named(router):
    words = str(refused(router, port=2223).value)
    assert re.search(r"port 2223 cannot be reached: .*", words)


def test_a_missing_known_hosts_file_is_named(router):
    assert "no known hosts file" in str(refused(router, alt_key_file="/nonexistent").value)
