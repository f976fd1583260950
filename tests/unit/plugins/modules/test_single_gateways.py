# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules gateway_association and virtual_gateway, one object at a time."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import (
    gateway,
    gateway_association,
    virtual_gateway,
)
from tests.fixtures.aws_model import run_module
from tests.fixtures.living import client_of
from tests.fixtures.two_accounts import KEYS, NUMBERS

PREFIXES = {"allowed_prefixes": ["10.20.0.0/16"]}


@pytest.fixture
def run(aws_model):
    def run(module, account="network", **options):
        aws_model.forget_calls()
        return run_module(module.main, **aws_model.options(KEYS[account]), **options)

    return run


def test_one_account_proposes_and_the_other_accepts(run, aws_model):
    made = run(gateway, name="core", amazon_asn=64512)["gateway"]["id"]
    there = {"gateway": made, "gateway_owner": NUMBERS["network"], "transit_gateway": "tgw-core"}
    here = {"gateway": "core", "owner": NUMBERS["applications"], "transit_gateway": "tgw-core"}

    early = run(gateway_association, **here, **PREFIXES)
    assert (early["changed"], early["association"]) == (False, None)
    assert early["awaited"][0]["from"] == "the owner of account 444455556666"

    proposed = run(gateway_association, "applications", **there, **PREFIXES)
    assert proposed["association"]["state"] == "requested"
    accepted = run(gateway_association, **here, **PREFIXES)
    assert accepted["association"]["state"] == "associated"

    for account, options in (("applications", there), ("network", here)):
        again = run(gateway_association, account, **options, **PREFIXES)
        assert (again["changed"], aws_model.changes()) == (False, [])

    run(gateway_association, **here, state="absent")
    assert aws_model.changes() == ["DeleteDirectConnectGatewayAssociation"]


def test_an_existing_gateway_gets_a_tie_with_its_route_table(run, aws_model):
    ec2 = client_of(aws_model, "ec2")
    target = ec2.describe_transit_gateways()["TransitGateways"][0]["TransitGatewayId"]
    table = ec2.create_transit_gateway_route_table(TransitGatewayId=target)
    wanted = table["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"]
    run(gateway, name="core", amazon_asn=64512)
    tie = {"gateway": "core", "transit_gateway": target, "route_table": wanted, **PREFIXES}

    assert run(gateway_association, **tie)["changed"]
    assert aws_model.changes()[-1] == "AssociateTransitGatewayRouteTable"
    aws_model.let_time_pass(60)
    assert run(gateway_association, **tie)["plan"] == []


def test_a_core_network_without_regions_is_refused_before_any_call(run, aws_model):
    result = run(gateway_association, gateway="core", core_network="core-network-0123456789abcdef0")

    assert "edge_locations: are missing" in result["msg"]
    assert aws_model.calls() == []


def test_a_vgw_is_made_attached_found_by_name_or_id_and_taken_away(run, aws_model):
    vpc = client_of(aws_model, "ec2").create_vpc(CidrBlock="10.40.0.0/16")["Vpc"]["VpcId"]
    wanted = {"name": "vgw-apps", "amazon_asn": 64620, "vpc": vpc, "propagate_to": []}

    made = run(virtual_gateway, **wanted)["virtual_gateway"]

    assert (made["vpc_id"], made["attachment_state"]) == (vpc, "attached")
    assert run(virtual_gateway, **wanted)["changed"] is False
    assert run(virtual_gateway, **{**wanted, "name": made["id"]})["plan"] == []
    assert "cuts VPC" in run(virtual_gateway, name="vgw-apps", state="absent")["msg"]
    gone = run(virtual_gateway, name="vgw-apps", state="absent", consent=["vgw-apps"])
    assert (gone["changed"], aws_model.changes()) == (
        True,
        ["DetachVpnGateway", "DeleteVpnGateway"],
    )
    assert run(virtual_gateway, name="vgw-apps", state="absent")["changed"] is False
