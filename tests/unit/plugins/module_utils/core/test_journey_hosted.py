# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journey of hosted connections, seen by the customer and by the partner."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.journey import journey
from tests.fixtures.two_sites import document, observed, part


def hosted_document(**changes):
    """Return the estate of two sites with a hosted connection in place of fra-a."""
    wish = document()
    wish["virtual_interfaces"] = [
        each for each in wish["virtual_interfaces"] if each["name"] == "fra-a-transit"
    ]
    for connection in wish["connections"]:
        if connection["name"] == "fra-a":
            connection.update(hosted=True, bandwidth="500Mbps", **changes)
    return wish


def stands(wish, seen, name="fra-a"):
    found = journey(read_estate(wish), seen, {}, ())
    return next(each for each in found if each.name == name)


def with_state(state):
    seen = observed()
    part(seen, "connections", "fra-a")["state"] = state
    return seen


@pytest.mark.parametrize(
    ("state", "told", "awaits"),
    [
        pytest.param("ordering", "provisioned, not confirmed yet", None, id="offered"),
        pytest.param("requested", "confirmed, not provisioned yet", "provider", id="requested"),
        pytest.param("pending", "confirmed, waiting for", "provider", id="pending"),
        pytest.param("down", "the provider's port is down", "provider", id="down"),
        pytest.param("deleted", "deleted by AWS", "own team", id="as every other connection"),
    ],
)
def test_a_hosted_connection_stands_where_its_provider_has_brought_it(state, told, awaits):
    found = stands(hosted_document(), with_state(state))

    assert found.step == 3
    assert found.state.startswith(told)
    assert (found.awaited or {"from": None})["from"] == awaits


def test_one_that_is_up_goes_on_to_the_next_steps():
    assert stands(hosted_document(), with_state("available")).step > 3


@pytest.mark.parametrize(
    ("provider", "who"),
    [
        pytest.param({"provider": "Megaport"}, "Megaport", id="named"),
        pytest.param({"provider": None}, "the provider", id="nameless"),
    ],
)
def test_what_is_not_there_is_awaited_from_the_provider_and_not_said_to_be_ordered(provider, who):
    seen = observed()
    seen[0]["connections"] = []

    found = stands(hosted_document(**provider), seen)

    assert (found.state, found.awaited["from"]) == ("not provisioned yet", "provider")
    assert found.next_action.startswith(f"have {who} provision fra-a (500Mbps at EqFA5)")


def partner_document():
    """Return the estate of two sites, in which the port ams-a hosts a customer and nothing else."""
    wish = document()
    wish["virtual_interfaces"] = [
        each for each in wish["virtual_interfaces"] if each["on"] != "ams-a"
    ]
    wish["hosted_connections"] = [
        {
            "name": "cust",
            "account": "network",
            "on": "ams-a",
            "owner": "444455556666",
            "bandwidth": "500Mbps",
            "vlan": 301,
        }
    ]
    return wish


@pytest.mark.parametrize(
    ("hosted", "step", "state"),
    [
        pytest.param([], 5, "cust not allocated yet", id="not there"),
        pytest.param(["ordering"], 5, "cust not confirmed yet", id="offered"),
        pytest.param(["available"], 8, "in service", id="confirmed"),
    ],
)
def test_a_partners_port_is_in_service_when_its_customers_have_confirmed(hosted, step, state):
    seen = observed()
    seen[0]["hosted_connections"] = [{"name": "cust", "state": each} for each in hosted]

    found = stands(partner_document(), seen, "ams-a")

    assert (found.step, found.state) == (step, state)
