# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gateways, associations and attachments of the model."""

from __future__ import annotations

import pytest

ADD = "addAllowedPrefixesToDirectConnectGateway"
REMOVE = "removeAllowedPrefixesToDirectConnectGateway"


def gateway_state(circuits, gateway):
    found = circuits.direct_connect.describe_direct_connect_gateways(directConnectGatewayId=gateway)
    return found["directConnectGateways"][0]["directConnectGatewayState"]


def associations(circuits, **which):
    found = circuits.direct_connect.describe_direct_connect_gateway_associations(**which)
    return found["directConnectGatewayAssociations"]


def test_a_gateway_comes_and_goes_in_steps(circuits, aws):
    create = circuits.direct_connect.create_direct_connect_gateway
    made = create(directConnectGatewayName="core", amazonSideAsn=4200000000)
    gateway = made["directConnectGateway"]["directConnectGatewayId"]
    assert made["directConnectGateway"]["directConnectGatewayState"] == "pending"
    aws.pass_time(1)
    assert gateway_state(circuits, gateway) == "available"
    circuits.direct_connect.delete_direct_connect_gateway(directConnectGatewayId=gateway)
    assert gateway_state(circuits, gateway) == "deleting"
    aws.pass_time(1)
    assert gateway_state(circuits, gateway) == "deleted"


def test_a_gateway_is_renamed_in_place(circuits):
    gateway = circuits.gateway()
    renamed = circuits.direct_connect.update_direct_connect_gateway(
        directConnectGatewayId=gateway, newDirectConnectGatewayName="heart"
    )
    assert renamed["directConnectGateway"]["directConnectGatewayName"] == "heart"


def test_a_gateway_belongs_to_its_account_in_every_region(circuits, aws):
    gateway = circuits.gateway()
    elsewhere = aws.client("directconnect", region="us-west-2")
    (found,) = elsewhere.describe_direct_connect_gateways()["directConnectGateways"]
    assert found["directConnectGatewayId"] == gateway
    strangers = aws.client("directconnect", account="workload")
    assert strangers.describe_direct_connect_gateways()["directConnectGateways"] == []


def test_an_amazon_asn_outside_the_private_ranges_is_refused(circuits, refusal):
    text = refusal(
        circuits.direct_connect.create_direct_connect_gateway,
        directConnectGatewayName="core",
        amazonSideAsn=7224,
    )
    assert text.startswith("Amazon Side ASN 7224 is not valid.")


def test_an_association_is_made_changed_and_taken_away_in_steps(circuits, aws):
    gateway, targets = circuits.gateway(), circuits.targets()
    made = circuits.direct_connect.create_direct_connect_gateway_association(
        directConnectGatewayId=gateway,
        gatewayId=targets["tgw-core"],
        addAllowedPrefixesToDirectConnectGateway=[{"cidr": "10.20.0.0/16"}],
    )["directConnectGatewayAssociation"]
    assert made["associationState"] == "associating"
    assert made["associatedGateway"]["type"] == "transitGateway"
    aws.pass_time(1)
    which = {"associationId": made["associationId"]}
    assert associations(circuits, **which)[0]["associationState"] == "associated"
    updated = circuits.direct_connect.update_direct_connect_gateway_association(
        **which, **{ADD: [{"cidr": "10.40.0.0/16"}], REMOVE: [{"cidr": "10.20.0.0/16"}]}
    )["directConnectGatewayAssociation"]
    assert updated["associationState"] == "updating"
    assert updated["allowedPrefixesToDirectConnectGateway"] == [{"cidr": "10.40.0.0/16"}]
    aws.pass_time(1)
    circuits.direct_connect.delete_direct_connect_gateway_association(**which)
    assert associations(circuits, **which)[0]["associationState"] == "disassociating"
    aws.pass_time(1)
    assert associations(circuits, **which) == []


def test_a_vgw_association_allows_the_vpc_when_nothing_is_said(circuits):
    gateway, targets = circuits.gateway("legacy"), circuits.targets()
    circuits.association(gateway, targets["vgw-legacy"])
    (found,) = associations(circuits, virtualGatewayId=targets["vgw-legacy"])
    assert found["virtualGatewayId"] == targets["vgw-legacy"]
    assert found["allowedPrefixesToDirectConnectGateway"] == [{"cidr": "10.30.0.0/16"}]


def test_associations_are_not_described_without_saying_whose(circuits, refusal):
    text = refusal(circuits.direct_connect.describe_direct_connect_gateway_associations)
    assert text.startswith("You must specify a Direct Connect gateway ID")


def associate(circuits, gateway, target, *prefixes):
    return {
        "call": circuits.direct_connect.create_direct_connect_gateway_association,
        "directConnectGatewayId": gateway,
        "gatewayId": target,
        ADD: [{"cidr": prefix} for prefix in prefixes],
    }


def test_a_gateway_that_is_still_coming_up_cannot_be_associated(circuits, refusal):
    made = circuits.direct_connect.create_direct_connect_gateway(directConnectGatewayName="core")
    gateway = made["directConnectGateway"]["directConnectGatewayId"]
    wanted = associate(circuits, gateway, circuits.targets()["tgw-core"], "10.20.0.0/16")
    assert refusal(**wanted) == f"Direct Connect Gateway {gateway} is not available."


def test_a_transit_gateway_needs_allowed_prefixes(circuits, refusal):
    wanted = associate(circuits, circuits.gateway(), circuits.targets()["tgw-core"])
    assert refusal(**wanted) == ("Allowed prefixes are required for a Transit Gateway association.")


def test_two_hundred_allowed_prefixes_fit_and_one_more_does_not(circuits, refusal):
    gateway, target = circuits.gateway(), circuits.targets()["tgw-core"]
    many = [f"10.{n}.0.0/24" for n in range(201)]
    assert "maximum number of allowed prefixes (200)" in refusal(
        **associate(circuits, gateway, target, *many)
    )
    circuits.association(gateway, target, *many[:200])


def test_the_transit_gateways_asn_must_differ(circuits, refusal):
    gateway = circuits.gateway(amazonSideAsn=64600)
    target = circuits.targets()["tgw-core"]
    assert refusal(**associate(circuits, gateway, target, "10.20.0.0/16")) == (
        f"The Amazon side ASN 64600 of Direct Connect Gateway {gateway} must be different "
        f"from the ASN of Transit Gateway {target}."
    )


def test_one_gateway_never_holds_a_vgw_and_a_transit_gateway(circuits, refusal):
    gateway, targets = circuits.gateway(), circuits.targets()
    circuits.association(gateway, targets["tgw-core"], "10.20.0.0/16")
    assert refusal(**associate(circuits, gateway, targets["vgw-legacy"])) == (
        f"Direct Connect Gateway {gateway} cannot be associated with both Transit Gateways "
        "and Virtual Private Gateways."
    )


def test_a_vgw_is_in_one_gateway_only(circuits, refusal):
    first, second = circuits.gateway("a"), circuits.gateway("b")
    target = circuits.targets()["vgw-legacy"]
    circuits.association(first, target)
    assert refusal(**associate(circuits, second, target)) == (
        f"Virtual Private Gateway {target} is already associated with "
        f"Direct Connect Gateway {first}."
    )


def test_a_vgw_without_a_vpc_is_refused(circuits, refusal, aws):
    ec2 = aws.client("ec2")
    lonely = ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
    assert refusal(**associate(circuits, circuits.gateway(), lonely)) == (
        f"Virtual Private Gateway {lonely} is not attached to a VPC."
    )


@pytest.mark.parametrize("target", ["tgw-0123456789abcdef0", "vgw-0123456789abcdef0"])
def test_a_target_that_does_not_exist_is_refused(circuits, refusal, target):
    wanted = associate(circuits, circuits.gateway(), target, "10.20.0.0/16")
    assert refusal(**wanted) == f"Gateway {target} does not exist."


def test_allowed_prefixes_of_two_transit_gateways_do_not_overlap(circuits, refusal, aws):
    gateway, first = circuits.gateway(), circuits.targets()["tgw-core"]
    second = aws.client("ec2").create_transit_gateway(Options={"AmazonSideAsn": 64602})
    second = second["TransitGateway"]["TransitGatewayId"]
    circuits.association(gateway, first, "10.20.0.0/16")
    assert refusal(**associate(circuits, gateway, second, "10.20.8.0/24")) == (
        f"Allowed prefix 10.20.8.0/24 overlaps with 10.20.0.0/16 of {first}."
    )


def test_a_cidr_that_is_no_network_is_refused(circuits, refusal):
    wanted = associate(circuits, circuits.gateway(), circuits.targets()["tgw-core"], "10.20.0.1/16")
    assert refusal(**wanted) == "CIDR 10.20.0.1/16 is not valid."


def test_a_gateway_in_use_cannot_be_deleted(circuits, refusal, aws):
    (connection,) = circuits.available_connections("fra-a")
    gateway = circuits.gateway()
    delete = circuits.direct_connect.delete_direct_connect_gateway
    tie = circuits.association(gateway, circuits.targets()["tgw-core"], "10.20.0.0/16")
    made = circuits.transit(connection, gateway)
    assert "has attached Virtual Interfaces" in refusal(delete, directConnectGatewayId=gateway)
    circuits.direct_connect.delete_virtual_interface(virtualInterfaceId=made["virtualInterfaceId"])
    aws.pass_time(1)
    assert "has associated gateways" in refusal(delete, directConnectGatewayId=gateway)
    circuits.direct_connect.delete_direct_connect_gateway_association(associationId=tie)
    aws.pass_time(1)
    delete(directConnectGatewayId=gateway)


def test_an_attachment_follows_its_virtual_interface(circuits, aws):
    (connection,) = circuits.available_connections("fra-a")
    gateway = circuits.gateway()
    made = circuits.transit(connection, gateway)

    def attachments():
        found = circuits.direct_connect.describe_direct_connect_gateway_attachments(
            directConnectGatewayId=gateway
        )
        return found["directConnectGatewayAttachments"]

    assert [a["attachmentState"] for a in attachments()] == ["attaching"]
    aws.pass_time(1)
    (attached,) = attachments()
    assert attached["attachmentState"] == "attached"
    assert attached["attachmentType"] == "TransitVirtualInterface"
    circuits.direct_connect.delete_virtual_interface(virtualInterfaceId=made["virtualInterfaceId"])
    assert [a["attachmentState"] for a in attachments()] == ["detaching"]
    aws.pass_time(1)
    assert attachments() == []
