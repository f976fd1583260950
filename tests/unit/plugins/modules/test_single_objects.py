# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules for one object: connection, gateway, gateway_association, virtual_interface."""

from __future__ import annotations

import json

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import (
    connection,
    gateway,
    gateway_association,
    virtual_interface,
)
from tests.fixtures.aws_model import run_module

KEY = "single-interface-key-01"
PORT = {"name": "fra-a", "location": "EqFA5", "bandwidth": "10Gbps"}
GATEWAY = {"name": "core", "amazon_asn": 64512}
TIE = {"gateway": "core", "transit_gateway": "tgw-core", "allowed_prefixes": ["10.20.0.0/16"]}
INTERFACE = {
    "name": "fra-a-transit",
    "connection": "fra-a",
    "type": "transit",
    "gateway": "core",
    "vlan": 101,
    "customer_asn": 65001,
    "peers": [{"family": "ipv4", "key": KEY}, {"family": "ipv6", "key": KEY}],
}


@pytest.fixture
def run(aws_model):
    """Return a way to run a module on the model."""
    return lambda module, **options: run_module(module.main, **aws_model.options(), **options)


@pytest.fixture
def built(run, aws_model):
    """Return the same, with everything there."""
    run(connection, **PORT)
    aws_model.patch("fra-a")
    run(gateway, **GATEWAY)
    run(gateway_association, **TIE)
    run(virtual_interface, **INTERFACE)
    aws_model.forget_calls()
    return run


@pytest.mark.parametrize(
    ("module", "options", "kind"),
    [
        pytest.param(connection, PORT, "connection", id="connection"),
        pytest.param(gateway, GATEWAY, "gateway", id="gateway"),
    ],
)
def test_a_thing_that_stands_alone_is_made_once(run, aws_model, module, options, kind):
    planned = run(module, check=True, **options)
    assert (planned["changed"], planned[kind], aws_model.changes()) == (True, None, [])

    made = run(module, **options)

    assert made["changed"]
    assert made[kind]["name"] == options["name"]
    assert run(module, **options)["changed"] is False


def test_a_tie_and_an_interface_are_made_once(built, aws_model):
    tie = built(gateway_association, **TIE)
    interface = built(virtual_interface, **INTERFACE)

    assert (tie["changed"], tie["association"]["state"]) == (False, "associated")
    assert interface["changed"] is False
    assert [peer["family"] for peer in interface["virtual_interface"]["peers"]] == ["ipv4", "ipv6"]
    assert aws_model.changes() == []


@pytest.mark.parametrize("speed", ["1Gbps", "10Gbps", "100Gbps", "400Gbps"])
def test_a_port_of_any_speed_is_ordered_with_its_provider(run, speed):
    port = {**PORT, "bandwidth": speed, "provider": "Colt", "request_macsec": speed != "1Gbps"}

    made = run(connection, **port)["connection"]

    assert (made["bandwidth"], made["provider"]) == (speed, "Colt")
    assert run(connection, **port)["changed"] is False


def test_a_long_asn_and_site_link_are_set_and_stay(built):
    interface = {**INTERFACE, "name": "far", "vlan": 102, "customer_asn": 4_200_000_001}

    made = built(virtual_interface, **interface, site_link=True)["virtual_interface"]

    assert (made["customer_asn"], made["site_link"]) == (4_200_000_001, True)
    assert built(virtual_interface, **interface, site_link=True)["changed"] is False
    switched = built(virtual_interface, **interface, site_link=False)
    assert switched["virtual_interface"]["site_link"] is False
    assert switched["virtual_interface"]["id"] == made["id"]


def test_a_parent_may_be_named_by_its_id(built):
    interface = built(virtual_interface, **INTERFACE)["virtual_interface"]

    again = built(
        virtual_interface,
        **{
            **INTERFACE,
            "connection": interface["connection_id"],
            "gateway": interface["gateway_id"],
        },
    )

    assert again["changed"] is False


def test_a_missing_parent_is_an_error(run):
    assert run(gateway_association, **TIE)["msg"] == (
        "association core/tgw-core: there is no gateway core in this account"
    )
    assert run(virtual_interface, **INTERFACE)["msg"].splitlines() == [
        "virtual_interface fra-a-transit: there is no connection fra-a in this account",
        "virtual_interface fra-a-transit: there is no gateway core in this account",
    ]


def test_an_interface_on_a_pending_port_is_planned_and_left(run, aws_model):
    run(connection, **PORT)
    run(gateway, **GATEWAY)
    aws_model.forget_calls()

    result = run(virtual_interface, **INTERFACE)

    assert result["changed"] is False
    assert result["plan"][0]["waits_for"] == [
        "connection fra-a to be available (now pending)",
    ]
    assert [thing["name"] for thing in result["awaited"]] == ["fra-a"]
    assert aws_model.changes() == []


def test_the_way_back_needs_consent_for_the_port_only(built, aws_model):
    assert built(virtual_interface, name="fra-a-transit", state="absent")["changed"]
    assert built(gateway_association, gateway="core", transit_gateway="tgw-core", state="absent")[
        "changed"
    ]
    assert built(gateway, name="core", state="absent")["gateway"] is None
    refused = built(connection, name="fra-a", state="absent")
    gone = built(connection, name="fra-a", state="absent", consent=["fra-a"])

    assert "this needs fra-a in the consent list" in refused["msg"]
    assert (gone["changed"], gone["connection"]) == (True, None)
    assert aws_model.changes() == [
        "DeleteVirtualInterface",
        "DeleteDirectConnectGatewayAssociation",
        "DeleteDirectConnectGateway",
        "DeleteConnection",
    ]


def test_a_gateway_in_use_is_not_deleted(built, aws_model):
    refused = built(gateway, name="core", state="absent")

    assert "gateway core still serves virtual_interface fra-a-transit" in refused["msg"]
    assert aws_model.changes() == []


def test_no_result_holds_the_key(built):
    assert KEY not in json.dumps(built(virtual_interface, **INTERFACE))


def test_a_gateway_has_one_target_at_a_time(run):
    result = run(gateway_association, gateway="core", transit_gateway="a", virtual_gateway="b")

    assert "mutually exclusive" in result["msg"]
