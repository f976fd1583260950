# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A key is in the router's configuration, and nowhere else."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.integration.device.attachment import attachment

pytestmark = pytest.mark.lab

KEY, OTHER = "Zq7-first-secret-key", "Zq8-other-secret-key"


class Watch(threading.Thread):
    """Reads all argument lists and environments of the machine, over and over."""

    def __init__(self, needles):
        super().__init__(daemon=True)
        self.needles = [needle.encode() for needle in needles]
        self.found = set()
        self.rounds = 0
        self.over = threading.Event()

    def run(self):
        while not self.over.is_set():
            self.rounds += 1
            for name in ("cmdline", "environ"):
                for path in Path("/proc").glob(f"[0-9]*/{name}"):
                    self.look(path)

    def look(self, path):
        try:
            content = path.read_bytes()
        except OSError:
            return
        if any(needle in content for needle in self.needles):
            self.found.add(content)


def test_no_key_in_any_argument_list_or_log(router, driver):
    watch = Watch([KEY, OTHER])
    watch.start()
    driver.load_merge_candidate(config=attachment(KEY))
    driver.compare_config()
    driver.commit_config(revert_in=60)
    driver.confirm_commit()
    # Changing and removing a key are the ways in which frr-reload itself would show it.
    driver.load_merge_candidate(config=attachment(OTHER))
    driver.commit_config()
    driver.load_merge_candidate(config="router bgp 65001\n no neighbor 169.254.101.1 password\n")
    driver.commit_config(revert_in=60)
    driver.rollback()
    driver.load_replace_candidate(config=without_vif(driver))
    driver.commit_config()
    watch.over.set()
    watch.join()
    assert watch.found == set()
    assert watch.rounds > 5
    for needle in (KEY, OTHER):
        assert router.shell(f"grep -rl -e {needle} /var/log /tmp /run/frr /home") == ""
        world = f"find / -xdev -type f -newer /proc/1 -perm /004 -exec grep -l -e {needle} {{}} +"
        assert router.shell(f"{world} 2>/dev/null") == ""


def without_vif(driver):
    from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr import (  # noqa: PLC0415
        owned,
    )

    running = driver.get_config(retrieve="running")["running"]
    return owned.compose(running, "", ["DX-VIF101"]).text


def test_a_sanitized_configuration_hides_the_key(driver):
    driver.load_merge_candidate(config=attachment(KEY))
    driver.commit_config(revert_in=60)
    assert KEY in driver.get_config()["running"]
    assert KEY not in driver.get_config(sanitized=True)["running"]
    driver.rollback()
