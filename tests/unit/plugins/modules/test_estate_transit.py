# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transit gateways' route tables and Cloud WAN's core networks, as associations ask for them."""

from __future__ import annotations

import pytest

from tests.fixtures.living import client_of
from tests.unit.plugins.modules.test_estate_gateways import run

ASSOCIATE = "AssociateTransitGatewayRouteTable"
DISASSOCIATE = "DisassociateTransitGatewayRouteTable"
ENABLE = "EnableTransitGatewayRouteTablePropagation"
DISABLE = "DisableTransitGatewayRouteTablePropagation"
ATTACH = "CreateDirectConnectGatewayAttachment"


def core(**association):
    """Return an estate with one gateway and one association."""
    gateway = {
        "name": "core",
        "account": "network",
        "amazon_asn": 64512,
        "associations": [association],
    }
    return {"name": "acme", "gateways": [gateway]}


def tied(**attributes):
    """Return the association with the transit gateway, with more attributes."""
    prefixes = ["10.20.0.0/16"]
    return core(**{"transit_gateway": "tgw-core", "allowed_prefixes": prefixes, **attributes})


@pytest.fixture
def ec2(aws_model):
    return client_of(aws_model, "ec2")


@pytest.fixture
def tables(ec2):
    """Make two route tables of the transit gateway; return their ids by name."""
    (gateway,) = ec2.describe_transit_gateways()["TransitGateways"]
    made = {}
    for name in ("edge", "shared"):
        table = ec2.create_transit_gateway_route_table(
            TransitGatewayId=gateway["TransitGatewayId"],
            TagSpecifications=[
                {
                    "ResourceType": "transit-gateway-route-table",
                    "Tags": [{"Key": "Name", "Value": name}],
                }
            ],
        )["TransitGatewayRouteTable"]
        made[name] = table["TransitGatewayRouteTableId"]
    return made


def of_attachment(ec2):
    """Return the route table that the gateway's attachment uses, and those that it feeds."""
    found = ec2.describe_transit_gateway_attachments(
        Filters=[{"Name": "resource-type", "Values": ["direct-connect-gateway"]}]
    )["TransitGatewayAttachments"][0]
    fed = ec2.get_transit_gateway_attachment_propagations(
        TransitGatewayAttachmentId=found["TransitGatewayAttachmentId"]
    )["TransitGatewayAttachmentPropagations"]
    living = {each["TransitGatewayRouteTableId"] for each in fed if each["State"] == "enabled"}
    return found["Association"]["TransitGatewayRouteTableId"], living


def test_a_new_association_is_put_on_its_route_tables_in_one_run(aws_model, ec2, tables):
    wanted = tied(route_table="edge", propagate_to=["shared", "edge"])

    first = run(aws_model, wanted)

    assert first["changed"]
    aws_model.let_time_pass(60)
    assert of_attachment(ec2) == (tables["edge"], set(tables.values()))
    again = run(aws_model, wanted)
    assert (again["plan"], aws_model.changes()) == ([], [])


def test_other_prefixes_never_touch_a_route_table(aws_model, ec2, tables):
    run(aws_model, tied(route_table="edge", propagate_to=["shared"]))
    aws_model.let_time_pass(60)
    before = of_attachment(ec2)

    run(
        aws_model,
        tied(
            route_table="edge",
            propagate_to=["shared"],
            allowed_prefixes=["10.20.0.0/16", "10.21.0.0/16"],
        ),
    )

    assert aws_model.changes() == ["UpdateDirectConnectGatewayAssociation"]
    assert of_attachment(ec2) == before == (tables["edge"], {tables["shared"]})


def test_route_tables_that_the_estate_does_not_speak_of_are_neither_read_nor_changed(aws_model):
    run(aws_model, tied())

    assert run(aws_model, tied())["plan"] == []
    assert [call for call in aws_model.calls() if "RouteTable" in call or "Attach" in call] == []


def test_a_change_of_route_tables_leaves_the_old_ones(aws_model, ec2, tables):
    run(aws_model, tied(route_table="edge", propagate_to=["edge"]))
    aws_model.let_time_pass(60)

    run(aws_model, tied(route_table="shared", propagate_to=["shared"]))

    assert sorted(aws_model.changes()) == sorted([ASSOCIATE, DISASSOCIATE, ENABLE, DISABLE])
    aws_model.let_time_pass(60)
    assert of_attachment(ec2) == (tables["shared"], {tables["shared"]})
    assert run(aws_model, tied(route_table="shared", propagate_to=["shared"]))["plan"] == []


@pytest.mark.usefixtures("tables")
def test_an_unknown_route_table_is_told_before_any_change(aws_model):
    result = run(aws_model, tied(route_table="nowhere"))

    assert "there is no transit gateway route table nowhere" in result["msg"]
    assert aws_model.changes() == []


@pytest.mark.parametrize("mode", ["drop-answer", "error-before"])
@pytest.mark.parametrize("call", [ASSOCIATE, DISASSOCIATE, ENABLE, DISABLE])
def test_a_run_that_ends_at_any_call_is_taken_up(aws_model, ec2, tables, call, mode):
    wanted = tied(route_table="edge", propagate_to=["shared"])
    aws_model.break_call(call, mode)
    run(aws_model, wanted, settle_seconds=1)
    aws_model.heal()

    run(aws_model, wanted)

    aws_model.let_time_pass(60)
    assert of_attachment(ec2) == (tables["edge"], {tables["shared"]})
    assert run(aws_model, wanted)["plan"] == []


def test_a_lost_answer_to_leaving_the_default_table_stops_nothing(aws_model, ec2, tables):
    aws_model.break_call(DISASSOCIATE, "error-after")

    result = run(aws_model, tied(route_table="edge"))

    assert "failed" not in result, result["msg"]
    assert aws_model.changes().count(DISASSOCIATE) == 1
    aws_model.let_time_pass(60)
    assert of_attachment(ec2)[0] == tables["edge"]


@pytest.fixture
def manager(aws_model):
    return client_of(aws_model, "networkmanager")


@pytest.fixture
def wan(manager):
    """Make a core network; return its id."""
    world = manager.create_global_network()["GlobalNetwork"]["GlobalNetworkId"]
    made = manager.create_core_network(GlobalNetworkId=world)["CoreNetwork"]
    return made["CoreNetworkId"]


def test_a_gateway_is_attached_to_a_core_network_and_moved_in_place(aws_model, wan):
    wanted = core(core_network=wan, edge_locations=["eu-central-1", "eu-west-1"])
    first = run(aws_model, wanted)
    assert aws_model.changes() == ["CreateDirectConnectGateway", ATTACH]
    (tie,) = first["observed"]["gateways"][0]["associations"]
    assert (tie["target"], tie["state"]) == (wan, "associated")
    assert run(aws_model, wanted)["plan"] == []

    fewer = core(core_network=wan, edge_locations=["eu-west-1"])
    refused = run(aws_model, fewer)
    assert "takes the routes from eu-central-1" in refused["msg"]
    run(aws_model, fewer, consent=[f"core/{wan}"])
    assert aws_model.changes() == ["UpdateDirectConnectGatewayAttachment"]
    assert run(aws_model, fewer)["plan"] == []


@pytest.mark.parametrize("mode", ["drop-answer", "error-after", "error-before"])
def test_a_lost_answer_attaches_once(aws_model, wan, mode):
    wanted = core(core_network=wan, edge_locations=["eu-central-1"])
    aws_model.break_call(ATTACH, mode)
    run(aws_model, wanted, settle_seconds=1)
    aws_model.heal()
    run(aws_model, wanted)

    assert run(aws_model, wanted)["plan"] == []


def test_an_attachment_to_a_core_network_goes_before_its_gateway(aws_model, wan):
    wanted = core(core_network=wan, edge_locations=["eu-central-1"])
    run(aws_model, wanted)

    run(aws_model, wanted, state="absent")

    assert aws_model.changes() == ["DeleteAttachment", "DeleteDirectConnectGateway"]
    assert run(aws_model, wanted, state="absent")["plan"] == []
