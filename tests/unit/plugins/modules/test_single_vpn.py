# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The backup path by itself: a customer gateway, a VPN connection, a file for the device."""

from __future__ import annotations

import json
import stat

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import (
    customer_gateway,
    gateway,
    gateway_association,
    vpn_configuration,
    vpn_connection,
)
from tests.fixtures.aws_model import run_module
from tests.fixtures.kills import kill_at_every_change

KEY = "single.secret_key"
CUSTOMER = {"name": "fra-edge", "estate": "acme", "address": "192.0.2.10", "asn": 65001}
VPN = {
    "name": "fra-backup",
    "estate": "acme",
    "customer_gateway": "fra-edge",
    "transit_gateway": "tgw-core",
    "tunnels": [{"inside_cidr": "169.254.10.0/30", "key": KEY}],
}


@pytest.fixture
def run(aws_model):
    """Return a way to run a module; calls count from there."""

    def run(module, **options):
        aws_model.forget_calls()
        return run_module(module.main, **aws_model.options(), **options)

    return run


def test_a_customer_gateway_is_made_kept_and_taken_away(run, aws_model):
    planned = run(customer_gateway, **CUSTOMER, check=True)
    assert aws_model.changes() == []

    made = run(customer_gateway, **CUSTOMER)

    assert planned["plan"] == made["plan"]
    assert made["customer_gateway"]["address"] == "192.0.2.10"
    assert run(customer_gateway, **CUSTOMER)["changed"] is False
    tagged = run(customer_gateway, **CUSTOMER, tags={"cost": "42"})
    assert tagged["changed"]
    assert aws_model.changes() == ["CreateTags"]
    gone = run(customer_gateway, **CUSTOMER, state="absent")
    assert gone["customer_gateway"] is None
    assert aws_model.changes() == ["DeleteCustomerGateway"]


def test_a_customer_gateway_needs_an_asn_and_an_address(run, aws_model):
    assert "asn" in run(customer_gateway, name="fra-edge")["msg"]
    refused = run(customer_gateway, name="fra-edge", asn=65001)["msg"]
    assert "give the device's address, or a certificate_arn" in refused
    assert aws_model.calls() == []


def test_a_vpn_connection_is_made_kept_and_taken_away(run, aws_model):
    run(customer_gateway, **CUSTOMER)

    made = run(vpn_connection, **VPN)

    assert aws_model.changes() == ["CreateVpnConnection"]
    assert made["vpn_connection"]["routing"] == "bgp"
    assert made["vpn_connection"]["tunnels"][0]["inside_cidr"] == "169.254.10.0/30"
    assert KEY not in json.dumps({k: v for k, v in made.items() if k != "invocation"})
    assert run(vpn_connection, **VPN)["changed"] is False
    aws_model.ask("tunnels", {"vpn_connection": "fra-backup", "up": 1})
    refused = run(vpn_connection, **VPN, state="absent")
    assert "cuts tunnels that are up; this needs fra-backup in the consent list" in refused["msg"]
    gone = run(vpn_connection, **VPN, state="absent", consent=["fra-backup"])
    assert gone["vpn_connection"] is None


def test_a_vpn_connection_without_its_customer_gateway_is_an_error(run, aws_model):
    refused = run(vpn_connection, **VPN)
    assert "there is no customer_gateway fra-edge in this account" in refused["msg"]
    assert aws_model.changes() == []


def test_a_private_one_runs_over_the_association_that_is_there(run, aws_model):
    private = {**VPN, "outside_address_type": "private"}
    assert "transport" in run(vpn_connection, **private)["msg"]
    private["transport"] = "core"
    run(customer_gateway, **{**CUSTOMER, "address": "10.1.1.1"})
    assert "there is no" in run(vpn_connection, **private)["msg"]

    run(gateway, name="core", estate="acme", amazon_asn=64512)
    tie = {"gateway": "core", "estate": "acme", "transit_gateway": "tgw-core"}
    run(gateway_association, **tie, allowed_prefixes=["10.20.0.0/16"])
    made = run(vpn_connection, **private)

    assert aws_model.changes() == ["CreateVpnConnection"]
    assert made["vpn_connection"]["transport_attachment_id"].startswith("tgw-attach-")
    assert run(vpn_connection, **private)["changed"] is False


def test_a_killed_run_leaves_one_vpn_connection(run, aws_model):
    run(customer_gateway, **CUSTOMER)
    assert kill_at_every_change(aws_model, vpn_connection.main, **VPN) == ["CreateVpnConnection"]
    assert run(vpn_connection, **VPN)["changed"] is False


@pytest.fixture
def made(run):
    run(customer_gateway, **CUSTOMER)
    run(vpn_connection, **VPN)


@pytest.mark.usefixtures("made")
def test_the_configuration_goes_to_a_file_of_its_owners_and_nowhere_else(run, aws_model, tmp_path):
    dest = tmp_path / "vpn.conf"
    wish = {"vpn_connection": "fra-backup", "estate": "acme", "dest": str(dest)}
    assert run(vpn_configuration, **wish, check=True)["changed"]
    assert not dest.exists()

    saved = run(vpn_configuration, **wish, device="strongswan")

    assert saved["device"] == "Strongswan, Ubuntu 16.04, Strongswan 5.5.1+"
    assert KEY in dest.read_text()
    assert stat.S_IMODE(dest.stat().st_mode) == 0o600
    assert KEY not in json.dumps(saved)
    assert run(vpn_configuration, **wish)["changed"] is False
    assert aws_model.calls() == []
    xml = run(vpn_configuration, **wish, force=True)
    assert dest.read_text().startswith("<?xml")
    assert (xml["device"], KEY in json.dumps(xml)) == (None, False)


@pytest.mark.usefixtures("made")
def test_a_configuration_is_refused_with_the_way_out(run, tmp_path):
    wish = {"vpn_connection": "fra-backup", "dest": str(tmp_path / "vpn.conf")}
    unknown = run(vpn_configuration, **wish, device="Nobody")["msg"]
    assert "AWS knows no device Nobody: name one by its id (Cisco Systems" in unknown
    assert (
        "2 types of device fit routers" in run(vpn_configuration, **wish, device="routers")["msg"]
    )
    wish["vpn_connection"] = "ams"
    assert "there is no VPN connection ams in this account" in run(vpn_configuration, **wish)["msg"]
    wish["dest"] = str(tmp_path / "nowhere" / "vpn.conf")
    assert "make it first" in run(vpn_configuration, **wish)["msg"]
