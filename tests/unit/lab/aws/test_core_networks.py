# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud WAN: gateways attached to a core network, seen from Network Manager and from both sides."""

from __future__ import annotations

import pytest

from lab.aws.rest_operations import name_of

NOWHERE = "00000000-0000-0000-0000-000000000000"


class Wan:
    """A core network, and a gateway that may be attached to it."""

    def __init__(self, aws, circuits):
        self.aws = aws
        self.circuits = circuits
        self.manager = aws.client("networkmanager")
        world = self.manager.create_global_network()["GlobalNetwork"]
        made = self.manager.create_core_network(GlobalNetworkId=world["GlobalNetworkId"])
        self.core_network = made["CoreNetwork"]["CoreNetworkId"]
        self.gateway = circuits.gateway()

    def wanted(self, gateway=None):
        return {
            "CoreNetworkId": self.core_network,
            "DirectConnectGatewayArn": (
                f"arn:aws:directconnect::111122223333:dx-gateway/{gateway or self.gateway}"
            ),
            "EdgeLocations": ["eu-central-1"],
        }

    def attach(self):
        made = self.manager.create_direct_connect_gateway_attachment(
            **self.wanted(), Tags=[{"Key": "a", "Value": "b"}]
        )
        return made["DirectConnectGatewayAttachment"]["Attachment"]

    def get(self, attachment):
        found = self.manager.get_direct_connect_gateway_attachment(
            AttachmentId=attachment["AttachmentId"]
        )
        return found["DirectConnectGatewayAttachment"]["Attachment"]

    def associations(self):
        found = self.circuits.direct_connect.describe_direct_connect_gateway_associations(
            directConnectGatewayId=self.gateway
        )
        return found["directConnectGatewayAssociations"]


@pytest.fixture
def wan(aws, circuits):
    return Wan(aws, circuits)


def test_an_attachment_comes_changes_and_goes_in_steps(wan, aws):
    made = wan.attach()
    assert (made["State"], made["AttachmentType"]) == ("CREATING", "DIRECT_CONNECT_GATEWAY")
    assert (made["EdgeLocations"], made["Tags"]) == (
        ["eu-central-1"],
        [{"Key": "a", "Value": "b"}],
    )
    aws.pass_time(1)
    assert wan.get(made)["State"] == "AVAILABLE"
    both = ["eu-central-1", "eu-west-2"]
    which = {"AttachmentId": made["AttachmentId"]}
    wan.manager.update_direct_connect_gateway_attachment(**which, EdgeLocations=both)
    assert (wan.get(made)["State"], wan.get(made)["EdgeLocations"]) == ("UPDATING", both)
    aws.pass_time(1)
    assert wan.manager.delete_attachment(**which)["Attachment"]["State"] == "DELETING"
    aws.pass_time(1)
    assert wan.manager.list_attachments()["Attachments"] == []


def test_it_is_an_association_of_the_gateway(wan, aws):
    attachment = wan.attach()
    aws.pass_time(1)
    (found,) = wan.associations()
    assert found["associationState"] == "associated"
    assert found["associatedCoreNetwork"] == {
        "id": wan.core_network,
        "ownerAccount": "111122223333",
        "attachmentId": attachment["AttachmentId"],
    }
    assert "associatedGateway" not in found
    assert found["allowedPrefixesToDirectConnectGateway"] == []


def test_the_association_is_network_managers_to_change(wan, aws, refusal):
    wan.attach()
    aws.pass_time(1)
    which = {"associationId": wan.associations()[0]["associationId"]}
    client = wan.circuits.direct_connect
    for call, more in (
        (client.delete_direct_connect_gateway_association, {}),
        (
            client.update_direct_connect_gateway_association,
            {"addAllowedPrefixesToDirectConnectGateway": [{"cidr": "10.0.0.0/8"}]},
        ),
    ):
        assert refusal(call, **which, **more).endswith("Use Network Manager.")


def test_attachments_are_listed_by_what_they_are(wan):
    made = wan.attach()
    listed = wan.manager.list_attachments
    for wanted in (
        {"CoreNetworkId": wan.core_network},
        {"AttachmentType": "DIRECT_CONNECT_GATEWAY"},
        {"EdgeLocation": "eu-central-1"},
        {"State": "CREATING"},
    ):
        (found,) = listed(**wanted)["Attachments"]
        assert found["AttachmentId"] == made["AttachmentId"]
    for unwanted in ({"CoreNetworkId": f"core-network-{17 * '0'}"}, {"AttachmentType": "VPC"}):
        assert listed(**unwanted)["Attachments"] == []


def test_only_transit_interfaces_go_with_a_core_network(wan, circuits, refusal):
    (connection,) = circuits.available_connections("fra-a")
    with_private = circuits.gateway("private")
    circuits.private(connection, directConnectGatewayId=with_private)
    manager = wan.manager
    with pytest.raises(manager.exceptions.ConflictException, match="has private interface"):
        manager.create_direct_connect_gateway_attachment(**wan.wanted(with_private))
    wan.attach()
    circuits.transit(connection, wan.gateway)
    new = {
        "virtualInterfaceName": "p",
        "vlan": 202,
        "asnLong": 65001,
        "directConnectGatewayId": wan.gateway,
    }
    assert refusal(
        circuits.direct_connect.create_private_virtual_interface,
        connectionId=connection,
        newPrivateVirtualInterface=new,
    ).endswith("which is associated with a Core Network.")


def test_a_gateway_has_a_core_network_or_other_gateways(wan, circuits, refusal):
    wan.attach()
    target = circuits.targets()["tgw-core"]
    assert refusal(
        circuits.direct_connect.create_direct_connect_gateway_association,
        directConnectGatewayId=wan.gateway,
        gatewayId=target,
        addAllowedPrefixesToDirectConnectGateway=[{"cidr": "10.20.0.0/16"}],
    ) == (
        f"Direct Connect Gateway {wan.gateway} is attached to Core Network {wan.core_network} "
        "and cannot be associated with any other gateway."
    )
    with pytest.raises(wan.manager.exceptions.ConflictException, match="is associated with"):
        wan.attach()


def test_what_does_not_exist_is_refused(wan):
    missing = wan.manager.exceptions.ResourceNotFoundException
    with pytest.raises(missing, match="Direct Connect gateway"):
        wan.manager.create_direct_connect_gateway_attachment(**wan.wanted(NOWHERE))
    with pytest.raises(missing, match="Core network"):
        wan.manager.create_direct_connect_gateway_attachment(
            **{**wan.wanted(), "CoreNetworkId": f"core-network-{17 * '0'}"}
        )
    with pytest.raises(missing, match="Attachment"):
        wan.manager.delete_attachment(AttachmentId=f"attachment-{17 * '0'}")


def test_its_calls_are_logged_and_struck_by_their_names(wan, aws):
    wan.attach()
    last = aws.calls()[-1]
    assert last["service"] == "networkmanager"
    assert (last["operation"], last["mutating"]) == ("CreateDirectConnectGatewayAttachment", True)
    fault = {"mode": "error-before", "operation": "ListAttachments", "count": 1}
    aws.control("POST", "faults", fault)
    with pytest.raises(wan.manager.exceptions.ClientError):
        wan.manager.list_attachments()


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("GET", "/attachments", "ListAttachments"),
        ("DELETE", "/attachments/attachment-1", "DeleteAttachment"),
        ("PATCH", "/direct-connect-gateway-attachments/a", "UpdateDirectConnectGatewayAttachment"),
        ("POST", "/no/such/path", ""),
    ],
)
def test_an_operation_is_known_by_its_path(method, path, operation):
    assert name_of("networkmanager", method, path) == operation
    assert name_of("ec2", method, path) == ""


def test_an_attachment_without_an_id_is_no_path_of_the_service(aws):
    client = aws.client("networkmanager", parameter_validation=False)
    for call in ("delete_attachment", "get_direct_connect_gateway_attachment"):
        with pytest.raises(client.exceptions.ClientError) as caught:
            getattr(client, call)(AttachmentId="")
        assert caught.value.response["Error"]["Code"] == "UnknownOperationException"


@pytest.mark.parametrize(
    "parameters",
    [
        pytest.param({"CoreNetworkId": "no id"}, id="pattern"),
        pytest.param({"State": "GONE"}, id="choice"),
        pytest.param({"MaxResults": 0}, id="page"),
        pytest.param({"NextToken": "somebody-else-s"}, id="token"),
    ],
)
def test_lists_are_not_asked_for_by_what_cannot_be(aws, parameters):
    manager = aws.client("networkmanager", parameter_validation=False)

    with pytest.raises(manager.exceptions.ClientError) as caught:
        manager.list_attachments(**parameters)

    assert caught.value.response["Error"]["Code"] == "ValidationException"


def test_attachments_come_in_pages(wan, circuits):
    wan.attach()
    wan.manager.create_direct_connect_gateway_attachment(**wan.wanted(circuits.gateway("other")))

    first = wan.manager.list_attachments(MaxResults=1)
    second = wan.manager.list_attachments(MaxResults=1, NextToken=first["NextToken"])

    assert "NextToken" not in second
    pages = [*first["Attachments"], *second["Attachments"]]
    assert len({each["AttachmentId"] for each in pages}) == 2
