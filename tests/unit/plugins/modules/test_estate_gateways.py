# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What gateways are tied to: VGWs of the estate, core networks, transit gateways' route tables."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import estate
from tests.fixtures.aws_model import run_module
from tests.fixtures.living import client_of

LEGACY = {
    "name": "acme",
    "gateways": [
        {
            "name": "legacy",
            "account": "network",
            "amazon_asn": 64513,
            "associations": [{"virtual_gateway": "vgw-acme"}],
        }
    ],
    "virtual_gateways": [
        {
            "name": "vgw-acme",
            "account": "network",
            "amazon_asn": 64620,
            "vpc": "acme",
            "propagate_to": ["acme-private"],
        }
    ],
}
MADE = [
    "CreateDirectConnectGateway",
    "CreateVpnGateway",
    "AttachVpnGateway",
    "EnableVgwRoutePropagation",
    "CreateDirectConnectGatewayAssociation",
]


def run(model, document, **options):
    model.forget_calls()
    return run_module(estate.main, estate=document, account="network", **model.options(), **options)


def legacy(**changes):
    """Return the estate with other attributes of its virtual private gateway."""
    return {**LEGACY, "virtual_gateways": [{**LEGACY["virtual_gateways"][0], **changes}]}


@pytest.fixture
def ec2(aws_model):
    return client_of(aws_model, "ec2")


@pytest.fixture
def vpc(ec2):
    """Make a VPC with two route tables, as the team of the applications does."""
    made = ec2.create_vpc(CidrBlock="10.40.0.0/16")["Vpc"]["VpcId"]
    ec2.create_tags(Resources=[made], Tags=[{"Key": "Name", "Value": "acme"}])
    for name in ("acme-private", "acme-shared"):
        table = ec2.create_route_table(VpcId=made)["RouteTable"]["RouteTableId"]
        ec2.create_tags(Resources=[table], Tags=[{"Key": "Name", "Value": name}])
    return made


def learning(ec2, vpc):
    """Return the names of the VPC's route tables that a gateway feeds."""
    tables = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])
    return sorted(
        tag["Value"]
        for table in tables["RouteTables"]
        if table.get("PropagatingVgws")
        for tag in table["Tags"]
        if tag["Key"] == "Name"
    )


def test_a_vgw_is_made_attached_propagated_and_tied_in_one_run(aws_model, ec2, vpc):
    planned = run(aws_model, LEGACY, check=True)
    assert aws_model.changes() == []
    first = run(aws_model, LEGACY)

    assert sorted(aws_model.changes()) == sorted(MADE)
    assert planned["plan_text"] == first["plan_text"]
    (gateway,) = first["observed"]["virtual_gateways"]
    assert (gateway["name"], gateway["vpc_id"], gateway["attachment_state"]) == (
        "vgw-acme",
        vpc,
        "attached",
    )
    assert learning(ec2, vpc) == ["acme-private"]
    (tie,) = first["observed"]["gateways"][0]["associations"]
    assert (tie["target"], tie["state"]) == ("vgw-acme", "associated")

    again = run(aws_model, LEGACY)
    assert (again["changed"], again["plan"], aws_model.changes()) == (False, [], [])


@pytest.mark.parametrize("mode", ["drop-answer", "error-before"])
@pytest.mark.parametrize("call", MADE[1:])
def test_a_run_that_ends_at_any_call_is_taken_up_and_doubles_nothing(
    aws_model, ec2, vpc, call, mode
):
    aws_model.break_call(call, mode, count=1)
    run(aws_model, LEGACY, settle_seconds=1)
    aws_model.heal()
    run(aws_model, LEGACY)

    assert run(aws_model, LEGACY)["plan"] == []
    found = ec2.describe_vpn_gateways()["VpnGateways"]
    names = [tag["Value"] for each in found for tag in each["Tags"] if tag["Key"] == "Name"]
    assert sorted(names) == ["vgw-acme", "vgw-legacy"]
    assert learning(ec2, vpc) == ["acme-private"]


def test_a_list_of_route_tables_is_exact_and_taking_one_off_needs_consent(aws_model, ec2, vpc):
    run(aws_model, LEGACY)
    other = legacy(propagate_to=["acme-shared"])

    refused = run(aws_model, other)
    assert "takes the routes to vgw-acme out of rtb-" in refused["msg"]
    assert "this needs vgw-acme/acme-private in the consent list" in refused["msg"]
    assert aws_model.changes() == []

    run(aws_model, other, consent=["vgw-acme/acme-private"])
    assert learning(ec2, vpc) == ["acme-shared"]
    assert run(aws_model, other)["plan"] == []


@pytest.mark.usefixtures("vpc")
def test_route_tables_that_the_estate_does_not_speak_of_are_not_read(aws_model):
    run(aws_model, LEGACY)
    silent = legacy()
    del silent["virtual_gateways"][0]["propagate_to"]

    assert run(aws_model, silent)["plan"] == []
    assert "DescribeRouteTables" not in aws_model.calls()


@pytest.mark.usefixtures("vpc")
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"amazon_asn": 64621}, "AWS fixes it at birth", id="another ASN"),
        pytest.param({"vpc": "core"}, "it is attached to VPC", id="another VPC"),
        pytest.param({"vpc": "nowhere"}, "there is no VPC nowhere", id="unknown VPC"),
        pytest.param(
            {"propagate_to": ["nowhere"]}, "there is no route table nowhere", id="unknown table"
        ),
    ],
)
def test_what_cannot_be_is_told_before_any_change(aws_model, changes, words):
    run(aws_model, LEGACY)

    result = run(aws_model, legacy(**changes))

    assert words in result["msg"]
    assert aws_model.changes() == []


def test_a_vpc_has_one_vgw(aws_model):
    told = legacy(vpc="legacy")
    del told["virtual_gateways"][0]["propagate_to"]

    assert "has virtual private gateway vgw-legacy" in run(aws_model, told)["msg"]


@pytest.mark.usefixtures("vpc")
def test_a_vgw_without_tags_is_adopted_by_its_name(aws_model, ec2):
    made = ec2.create_vpn_gateway(
        Type="ipsec.1",
        AmazonSideAsn=64620,
        TagSpecifications=[
            {"ResourceType": "vpn-gateway", "Tags": [{"Key": "Name", "Value": "vgw-acme"}]}
        ],
    )["VpnGateway"]["VpnGatewayId"]

    result = run(aws_model, LEGACY)

    assert "CreateVpnGateway" not in aws_model.changes()
    assert result["observed"]["virtual_gateways"][0]["id"] == made
    assert run(aws_model, LEGACY)["plan"] == []


@pytest.mark.usefixtures("vpc")
def test_a_vgw_goes_in_order_and_its_vpc_is_cut_off_by_consent_only(aws_model):
    run(aws_model, LEGACY)

    refused = run(aws_model, LEGACY, state="absent")
    assert "cuts VPC" in refused["msg"]
    narrow = run(
        aws_model, LEGACY, state="absent", scope=["virtual_gateways"], consent=["vgw-acme"]
    )
    assert "virtual_gateway vgw-acme is still tied to gateway" in narrow["msg"]
    assert aws_model.changes() == []

    run(aws_model, LEGACY, state="absent", consent=["vgw-acme"])
    assert [call for call in aws_model.changes() if call != "DeleteDirectConnectGateway"] == [
        "DeleteDirectConnectGatewayAssociation",
        "DetachVpnGateway",
        "DeleteVpnGateway",
    ]
    assert run(aws_model, LEGACY, state="absent")["plan"] == []
