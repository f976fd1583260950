# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the accounts of a play know of each other."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import Account, Estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.neighbours import (
    account_number,
    read_neighbours,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms

HUB = {
    "account": "hub",
    "account_id": "111122223333",
    "gateways": [{"name": "core", "id": "gw-1"}],
    "targets": [{"name": "tgw-core", "id": "tgw-1"}],
}
BARE = {"account": "apps", "account_id": "444455556666"}
ESTATE = Estate(name="acme", accounts=(Account(name="partner", id="777788889999"),))


def test_neighbours_are_read_from_what_a_run_returns():
    hub, bare = read_neighbours((HUB, BARE))

    assert (hub.gateways, hub.targets) == ({"core": "gw-1"}, {"tgw-core": "tgw-1"})
    assert (bare.gateways, bare.targets) == ({}, {})


@pytest.mark.parametrize(
    ("account", "number"),
    [
        pytest.param("121212121212", "121212121212", id="given as such"),
        pytest.param("partner", "777788889999", id="by the document"),
        pytest.param("hub", "111122223333", id="by the account itself"),
        pytest.param("nobody", None, id="unknown"),
    ],
)
def test_an_account_s_number_comes_from_whoever_knows_it(account, number):
    terms = Terms(account="network", neighbours=read_neighbours((HUB, BARE)))

    assert account_number(ESTATE, terms, account) == number
