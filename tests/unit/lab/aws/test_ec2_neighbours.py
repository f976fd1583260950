# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What EC2 tells of Direct Connect: VGWs with their route tables, attachments of gateways."""

from __future__ import annotations

import pytest


class Neighbours:
    """EC2 beside a gateway that may be tied to the seeded transit gateway."""

    def __init__(self, aws, circuits):
        self.aws = aws
        self.circuits = circuits
        self.ec2 = aws.client("ec2")
        self.targets = circuits.targets()

    def vpn_gateway(self):
        return self.ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]

    def vpc(self, cidr="10.77.0.0/16"):
        return self.ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]

    def attachments_of(self, vpn_gateway):
        found = self.ec2.describe_vpn_gateways(VpnGatewayIds=[vpn_gateway])["VpnGateways"]
        return [(each["VpcId"], each["State"]) for each in found[0]["VpcAttachments"]]

    def main_table(self, vpc):
        found = self.ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])
        return found["RouteTables"][0]

    def attachments(self, **filters):
        wanted = [
            {"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()
        ]
        found = self.ec2.describe_transit_gateway_attachments(Filters=wanted)
        return found["TransitGatewayAttachments"]

    def tie(self):
        """Associate a gateway with the transit gateway, and return both ids."""
        gateway = self.circuits.gateway()
        association = self.circuits.association(gateway, self.targets["tgw-core"], "10.20.0.0/16")
        return gateway, association

    def attachment(self):
        (found,) = self.attachments(resource_type="direct-connect-gateway")
        return found

    def table(self):
        made = self.ec2.create_transit_gateway_route_table(
            TransitGatewayId=self.targets["tgw-core"]
        )
        return made["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"]

    def associations_of(self, table):
        found = self.ec2.get_transit_gateway_route_table_associations(
            TransitGatewayRouteTableId=table,
            Filters=[{"Name": "resource-type", "Values": ["direct-connect-gateway"]}],
        )
        return [(each["ResourceId"], each["State"]) for each in found["Associations"]]

    def propagations_of(self, table):
        found = self.ec2.get_transit_gateway_route_table_propagations(
            TransitGatewayRouteTableId=table,
            Filters=[{"Name": "resource-type", "Values": ["direct-connect-gateway"]}],
        )
        rows = found["TransitGatewayRouteTablePropagations"]
        return [(each["ResourceId"], each["State"]) for each in rows]


@pytest.fixture
def neighbours(aws, circuits):
    return Neighbours(aws, circuits)


def code_of(call, **parameters):
    """Return the code of the error that a call of EC2 ends with."""
    with pytest.raises(call.__self__.exceptions.ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"]


def test_a_vgw_is_attached_and_detached_in_steps(neighbours, aws):
    vgw, vpc = neighbours.vpn_gateway(), neighbours.vpc()
    both = {"VpnGatewayId": vgw, "VpcId": vpc}
    attached = neighbours.ec2.attach_vpn_gateway(**both)
    assert attached["VpcAttachment"]["State"] == "attaching"
    assert neighbours.attachments_of(vgw) == [(vpc, "attaching")]
    aws.pass_time(1)
    assert neighbours.attachments_of(vgw) == [(vpc, "attached")]
    assert code_of(neighbours.ec2.delete_vpn_gateway, VpnGatewayId=vgw) == "IncorrectState"
    neighbours.ec2.detach_vpn_gateway(**both)
    assert neighbours.attachments_of(vgw) == [(vpc, "detaching")]
    aws.pass_time(1)
    assert neighbours.attachments_of(vgw) == [(vpc, "detached")]
    neighbours.ec2.delete_vpn_gateway(VpnGatewayId=vgw)
    (found,) = neighbours.ec2.describe_vpn_gateways(VpnGatewayIds=[vgw])["VpnGateways"]
    assert found["State"] == "deleted"


def test_a_vgw_has_one_vpc_and_a_vpc_one_vgw(neighbours):
    vgw, vpc = neighbours.vpn_gateway(), neighbours.vpc()
    attach = neighbours.ec2.attach_vpn_gateway
    attach(VpnGatewayId=vgw, VpcId=vpc)
    limit = "VpnGatewayAttachmentLimitExceeded"
    assert code_of(attach, VpnGatewayId=neighbours.vpn_gateway(), VpcId=vpc) == limit
    assert code_of(attach, VpnGatewayId=vgw, VpcId=neighbours.vpc("10.78.0.0/16")) == limit


def test_a_vgw_that_is_still_being_attached_cannot_be_associated(
    neighbours, circuits, aws, refusal
):
    wanted = {"directConnectGatewayId": circuits.gateway(), "gatewayId": neighbours.vpn_gateway()}
    vpc = neighbours.vpc()
    neighbours.ec2.attach_vpn_gateway(VpnGatewayId=wanted["gatewayId"], VpcId=vpc)
    call = circuits.direct_connect.create_direct_connect_gateway_association
    assert refusal(call, **wanted) == (
        f"Virtual Private Gateway {wanted['gatewayId']} is not attached to a VPC."
    )
    aws.pass_time(1)
    call(**wanted)


def test_a_vgw_in_use_is_neither_detached_nor_deleted(neighbours, circuits):
    vgw, vpc = neighbours.targets["vgw-legacy"], neighbours.targets["legacy"]
    detach = neighbours.ec2.detach_vpn_gateway
    circuits.association(circuits.gateway("legacy"), vgw)
    assert code_of(detach, VpnGatewayId=vgw, VpcId=vpc) == "IncorrectState"


def test_a_vgw_propagates_its_routes_into_a_route_table(neighbours):
    vgw, vpc = neighbours.targets["vgw-legacy"], neighbours.targets["legacy"]
    table = neighbours.main_table(vpc)["RouteTableId"]
    both = {"GatewayId": vgw, "RouteTableId": table}
    neighbours.ec2.enable_vgw_route_propagation(**both)
    neighbours.ec2.enable_vgw_route_propagation(**both)
    assert neighbours.main_table(vpc)["PropagatingVgws"] == [{"GatewayId": vgw}]
    neighbours.ec2.disable_vgw_route_propagation(**both)
    neighbours.ec2.disable_vgw_route_propagation(**both)
    assert neighbours.main_table(vpc)["PropagatingVgws"] == []


def test_a_vgw_propagates_only_within_its_vpc(neighbours):
    vgw, foreign = neighbours.targets["vgw-legacy"], neighbours.targets["core"]
    table = neighbours.main_table(foreign)["RouteTableId"]
    enable = neighbours.ec2.enable_vgw_route_propagation
    assert code_of(enable, GatewayId=vgw, RouteTableId=table) == "Gateway.NotAttached"
    unknown = {"GatewayId": vgw, "RouteTableId": "rtb-0123456789abcdef0"}
    assert code_of(enable, **unknown) == "InvalidRouteTableID.NotFound"


def test_an_association_is_an_attachment_of_the_transit_gateway(neighbours, aws):
    assert neighbours.attachments(resource_type="direct-connect-gateway") == []
    gateway, association = neighbours.tie()
    found = neighbours.attachment()
    assert found["TransitGatewayAttachmentId"].startswith("tgw-attach-")
    assert found["TransitGatewayId"] == neighbours.targets["tgw-core"]
    assert (found["ResourceId"], found["State"]) == (gateway, "available")
    assert found["Association"]["State"] == "associated"
    assert len(neighbours.attachments(transit_gateway_id=found["TransitGatewayId"])) == 2
    named = neighbours.ec2.describe_transit_gateway_attachments(
        TransitGatewayAttachmentIds=[found["TransitGatewayAttachmentId"]]
    )
    assert named["TransitGatewayAttachments"] == [found]
    neighbours.circuits.direct_connect.delete_direct_connect_gateway_association(
        associationId=association
    )
    assert neighbours.attachment()["State"] == "deleting"
    aws.pass_time(1)
    assert neighbours.attachments(resource_type="direct-connect-gateway") == []


def test_an_attachment_is_seen_in_the_account_of_the_transit_gateway(neighbours, aws):
    network, workload = "111122223333", "444455556666"
    target = aws.control("POST", "seed", {"account": workload})["tgw-core"]
    gateway = neighbours.circuits.gateway()
    which = {"directConnectGatewayId": gateway}
    proposal = aws.client(
        "directconnect", account="workload"
    ).create_direct_connect_gateway_association_proposal(
        **which,
        directConnectGatewayOwnerAccount=network,
        gatewayId=target,
        addAllowedPrefixesToDirectConnectGateway=[{"cidr": "10.20.0.0/16"}],
    )["directConnectGatewayAssociationProposal"]["proposalId"]
    neighbours.circuits.direct_connect.accept_direct_connect_gateway_association_proposal(
        **which, proposalId=proposal, associatedGatewayOwnerAccount=workload
    )
    kind = {"Name": "resource-type", "Values": ["direct-connect-gateway"]}
    theirs = aws.client("ec2", account="workload")
    (found,) = theirs.describe_transit_gateway_attachments(Filters=[kind])[
        "TransitGatewayAttachments"
    ]
    assert (found["ResourceOwnerId"], found["TransitGatewayOwnerId"]) == (network, workload)
    assert neighbours.attachments(resource_type="direct-connect-gateway") == []


def test_a_new_attachment_is_in_the_default_route_tables(neighbours):
    gateway, _ = neighbours.tie()
    table = neighbours.attachment()["Association"]["TransitGatewayRouteTableId"]
    assert neighbours.associations_of(table) == [(gateway, "associated")]
    assert neighbours.propagations_of(table) == [(gateway, "enabled")]


def test_a_transit_gateway_without_default_tables_leaves_it_alone(neighbours, circuits):
    options = {
        "AmazonSideAsn": 64603,
        "DefaultRouteTableAssociation": "disable",
        "DefaultRouteTablePropagation": "disable",
    }
    made = neighbours.ec2.create_transit_gateway(Options=options)["TransitGateway"]
    circuits.association(circuits.gateway(), made["TransitGatewayId"], "10.20.0.0/16")
    assert "Association" not in neighbours.attachment()


def test_an_attachment_changes_its_route_table(neighbours, aws):
    gateway, _ = neighbours.tie()
    attachment = {
        "TransitGatewayAttachmentId": neighbours.attachment()["TransitGatewayAttachmentId"]
    }
    old = neighbours.attachment()["Association"]["TransitGatewayRouteTableId"]
    new = neighbours.table()
    associate = neighbours.ec2.associate_transit_gateway_route_table
    wanted = {**attachment, "TransitGatewayRouteTableId": new}
    assert code_of(associate, **wanted) == "Resource.AlreadyAssociated"
    gone = neighbours.ec2.disassociate_transit_gateway_route_table(
        **attachment, TransitGatewayRouteTableId=old
    )
    assert gone["Association"]["State"] == "disassociating"
    made = associate(**wanted)["Association"]
    assert (made["State"], made["ResourceId"]) == ("associating", gateway)
    aws.pass_time(1)
    assert neighbours.associations_of(old) == []
    assert neighbours.associations_of(new) == [(gateway, "associated")]
    again = neighbours.ec2.disassociate_transit_gateway_route_table
    assert code_of(again, **attachment, TransitGatewayRouteTableId=old) == (
        "InvalidAssociation.NotFound"
    )


def test_an_attachment_tells_its_routes_to_many_tables(neighbours, aws):
    gateway, _ = neighbours.tie()
    found = neighbours.attachment()
    attachment = {"TransitGatewayAttachmentId": found["TransitGatewayAttachmentId"]}
    default = found["Association"]["TransitGatewayRouteTableId"]
    second = neighbours.table()
    enable = neighbours.ec2.enable_transit_gateway_route_table_propagation
    disable = neighbours.ec2.disable_transit_gateway_route_table_propagation
    wanted = {**attachment, "TransitGatewayRouteTableId": second}
    assert enable(**wanted)["Propagation"]["State"] == "enabling"
    assert code_of(enable, **wanted) == "TransitGatewayRouteTablePropagation.Duplicate"
    aws.pass_time(1)
    for table in (default, second):
        assert neighbours.propagations_of(table) == [(gateway, "enabled")]
    assert disable(**wanted)["Propagation"]["State"] == "disabling"
    aws.pass_time(1)
    assert neighbours.propagations_of(second) == []
    assert code_of(disable, **wanted) == "TransitGatewayRouteTablePropagation.NotFound"


@pytest.mark.parametrize(
    ("attachment", "table", "code"),
    [
        pytest.param(
            "tgw-attach-0", None, "InvalidTransitGatewayAttachmentID.NotFound", id="attachment"
        ),
        pytest.param(None, "tgw-rtb-0", "InvalidRouteTableID.NotFound", id="table"),
    ],
)
def test_what_does_not_exist_is_refused(neighbours, attachment, table, code):
    neighbours.tie()
    wanted = {
        "TransitGatewayAttachmentId": attachment
        or neighbours.attachment()["TransitGatewayAttachmentId"],
        "TransitGatewayRouteTableId": table or neighbours.table(),
    }
    assert code_of(neighbours.ec2.enable_transit_gateway_route_table_propagation, **wanted) == code


def test_a_route_table_of_another_transit_gateway_is_refused(neighbours):
    neighbours.tie()
    other = neighbours.ec2.create_transit_gateway()["TransitGateway"]["Options"]
    wanted = {
        "TransitGatewayAttachmentId": neighbours.attachment()["TransitGatewayAttachmentId"],
        "TransitGatewayRouteTableId": other["AssociationDefaultRouteTableId"],
    }
    enable = neighbours.ec2.enable_transit_gateway_route_table_propagation
    assert code_of(enable, **wanted) == "InvalidParameterValue"


def test_the_attachment_of_a_vpc_is_moved_by_moto(neighbours):
    (found,) = neighbours.attachments(resource_type="vpc")
    made = neighbours.ec2.associate_transit_gateway_route_table(
        TransitGatewayAttachmentId=found["TransitGatewayAttachmentId"],
        TransitGatewayRouteTableId=neighbours.table(),
    )
    assert made["Association"]["ResourceId"] == neighbours.targets["core"]
