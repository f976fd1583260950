# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is awaited, by state."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.awaited import awaited

ORDERED, LETTER = "2026-11-20T08:00:00Z", "2026-11-22T09:00:00Z"


def connection(state):
    return {
        "name": "fra-a",
        "state": state,
        "ordered_at": ORDERED,
        "loa_issue_time": LETTER,
        "vlan": None,
        "lag": None,
        "encryption_status": None,
        "macsec_keys": [],
    }


def observed(**things):
    return {
        "connections": [],
        "lags": [],
        "hosted_connections": [],
        "gateways": [],
        "offered_associations": [],
        "virtual_interfaces": [],
        **things,
    }


@pytest.mark.parametrize(
    ("state", "who", "since"),
    [
        pytest.param("ordering", "own team", ORDERED, id="hosted, to be confirmed"),
        pytest.param("requested", "AWS", ORDERED, id="letter not issued"),
        pytest.param("pending", "colocation", LETTER, id="no cross-connect"),
        pytest.param("down", "colocation", ORDERED, id="no light"),
        pytest.param("approving", "AWS", ORDERED, id="a state that nobody has heard of"),
    ],
)
def test_a_connection_awaits_whoever_its_state_says(state, who, since):
    (record,) = awaited(observed(connections=[connection(state)]))

    assert (record["from"], record["since"], record["state"]) == (who, since, state)


def test_a_letter_that_was_never_fetched_leaves_the_time_of_the_order():
    waiting = connection("pending") | {"loa_issue_time": None}

    assert awaited(observed(connections=[waiting]))[0]["since"] == ORDERED


def test_gateways_and_their_ties_await_aws():
    tie = {"target": "tgw-core", "state": "associating"}
    gateway = {"name": "core", "state": "pending", "ordered_at": ORDERED, "associations": [tie]}

    records = awaited(observed(gateways=[gateway]))

    assert [(record["kind"], record["name"], record["from"]) for record in records] == [
        ("gateway", "core", "AWS"),
        ("association", "core/tgw-core", "AWS"),
    ]


@pytest.mark.parametrize(
    ("state", "who"),
    [
        pytest.param("confirming", ["other account's owner"], id="hosted, to be confirmed"),
        pytest.param("verifying", ["AWS"], id="public, to be verified"),
        pytest.param("pending", ["AWS"], id="being made"),
        pytest.param("down", [], id="without a session it is complete all the same"),
        pytest.param("available", [], id="available"),
    ],
)
def test_an_interface_awaits_whoever_its_state_says(state, who):
    interface = {"name": "fra-a-transit", "state": state, "ordered_at": None}

    records = awaited(observed(virtual_interfaces=[interface]))

    assert [record["from"] for record in records] == who


def test_a_hosted_interface_awaits_its_owner_by_the_accounts_name():
    interface = {"name": "fra-a-workload", "state": "confirming", "ordered_at": None}

    (record,) = awaited(observed(virtual_interfaces=[{**interface, "account": "workload"}]))

    assert record["from"] == "the owner of account workload"


@pytest.mark.parametrize("state", ["requested", "pending", "down"])
def test_a_hosted_connection_awaits_its_provider(state):
    (record,) = awaited(observed(connections=[connection(state) | {"vlan": 301}]))

    assert record["from"] == "provider"


def test_a_partner_awaits_its_customers_confirmation():
    hosted = {"name": "cust", "id": "dxcon-1", "state": "ordering", "owner": "network"}

    (record,) = awaited(observed(hosted_connections=[hosted, hosted | {"state": "available"}]))

    assert (record["from"], record["what"]) == (
        "the owner of account network",
        "confirmation of cust (dxcon-1)",
    )


KEYS = [{"ckn": "01", "state": "associated"}, {"ckn": "02", "state": "associating"}]


@pytest.mark.parametrize(
    ("changes", "awaits"),
    [
        pytest.param({}, ["CKN 01 in the key chain of the router's port"], id="down with a key"),
        pytest.param({"encryption_status": "Encryption Up"}, [], id="up"),
        pytest.param({"macsec_keys": KEYS[1:]}, [], id="no key in force yet"),
        pytest.param({"lag": "bundle"}, [], id="a port of a LAG, which is told itself"),
    ],
)
def test_a_port_with_keys_and_no_encryption_awaits_the_router(changes, awaits):
    port = connection("available") | {"macsec_keys": KEYS, "encryption_status": "Encryption Down"}

    records = awaited(observed(connections=[port | changes]))

    assert [record["what"] for record in records if record["kind"] == "encryption"] == awaits
