# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosted virtual interfaces: the network account allocates, the workload account accepts."""

from __future__ import annotations

import pytest

NETWORK, WORKLOAD = "111122223333", "444455556666"
NEW = {"virtualInterfaceName": "fra-a-workload", "vlan": 401, "asnLong": 65001, "mtu": 8500}
PUBLIC = {
    "virtualInterfaceName": "fra-a-public",
    "vlan": 402,
    "asnLong": 65001,
    "amazonAddress": "192.0.2.1/30",
    "customerAddress": "192.0.2.2/30",
    "routeFilterPrefixes": [{"cidr": "192.0.2.64/26"}],
}


class Hosting:
    """The connection is the network account's, the interfaces are the workload account's."""

    def __init__(self, aws, circuits):
        self.aws = aws
        self.host = circuits.direct_connect
        self.owner = aws.client("directconnect", account="workload")
        (self.connection,) = circuits.available_connections("fra-a")
        made = self.owner.create_direct_connect_gateway(directConnectGatewayName="theirs")
        self.gateway = made["directConnectGateway"]["directConnectGatewayId"]
        aws.pass_time(1)

    def allocate(self, kind, **changes):
        new = PUBLIC if kind == "Public" else NEW
        allocate = getattr(self.host, f"allocate_{kind.lower()}_virtual_interface")
        made = allocate(
            connectionId=self.connection,
            ownerAccount=WORKLOAD,
            **{f"new{kind}VirtualInterfaceAllocation": {**new, **changes}},
        )
        return made.get("virtualInterface", made)

    def seen(self, account, made):
        found = account.describe_virtual_interfaces(virtualInterfaceId=made["virtualInterfaceId"])
        return found["virtualInterfaces"][0]


@pytest.fixture
def hosting(aws, circuits):
    return Hosting(aws, circuits)


@pytest.mark.parametrize("kind", ["Private", "Public", "Transit"])
def test_it_waits_until_its_owner_accepts_it(hosting, kind):
    made = hosting.allocate(kind)
    assert made["ownerAccount"] == WORKLOAD
    assert made["virtualInterfaceState"] == "confirming"
    assert hosting.seen(hosting.host, made) == hosting.seen(hosting.owner, made)
    hosting.aws.pass_time(3600)
    assert hosting.seen(hosting.owner, made)["virtualInterfaceState"] == "confirming"
    confirm = getattr(hosting.owner, f"confirm_{kind.lower()}_virtual_interface")
    gateway = {} if kind == "Public" else {"directConnectGatewayId": hosting.gateway}
    state = confirm(virtualInterfaceId=made["virtualInterfaceId"], **gateway)
    assert state["virtualInterfaceState"] == ("verifying" if kind == "Public" else "pending")
    hosting.aws.pass_time(1)
    for account in (hosting.host, hosting.owner):
        found = hosting.seen(account, made)
        assert found["virtualInterfaceState"] == "down"
        assert found["directConnectGatewayId"] == gateway.get("directConnectGatewayId", "")


def test_it_may_hang_on_a_vgw_of_its_owner(hosting, aws):
    made = hosting.allocate("Private")
    vgw = aws.control("POST", "seed", {"account": WORKLOAD})["vgw-legacy"]
    hosting.owner.confirm_private_virtual_interface(
        virtualInterfaceId=made["virtualInterfaceId"], virtualGatewayId=vgw
    )
    found = hosting.seen(hosting.host, made)
    assert (found["virtualGatewayId"], found["amazonSideAsn"]) == (vgw, 64601)


def test_it_is_accepted_once_and_by_its_owner_only(hosting, refusal):
    made = hosting.allocate("Transit")
    which = {
        "virtualInterfaceId": made["virtualInterfaceId"],
        "directConnectGatewayId": hosting.gateway,
    }
    text = f"Virtual Interface {made['virtualInterfaceId']} is not"
    assert refusal(hosting.host.confirm_transit_virtual_interface, **which) == (
        f"{text} a transit one of this account."
    )
    assert refusal(hosting.owner.confirm_private_virtual_interface, **which) == (
        f"{text} a private one of this account."
    )
    hosting.owner.confirm_transit_virtual_interface(**which)
    assert refusal(hosting.owner.confirm_transit_virtual_interface, **which) == (
        f"{text} in the confirming state."
    )


def test_a_gateway_of_the_connections_owner_is_no_gateway_of_its_own(hosting, circuits, refusal):
    made = hosting.allocate("Transit")
    foreign = circuits.gateway("ours")
    assert refusal(
        hosting.owner.confirm_transit_virtual_interface,
        virtualInterfaceId=made["virtualInterfaceId"],
        directConnectGatewayId=foreign,
    ) == (f"Direct Connect Gateway {foreign} does not exist.")


@pytest.mark.parametrize(
    ("who", "state"),
    [pytest.param("owner", "rejected", id="owner"), pytest.param("host", "deleting", id="host")],
)
def test_unaccepted_it_is_rejected_by_its_owner_or_withdrawn_by_its_host(hosting, who, state):
    made = hosting.allocate("Private")
    which = {"virtualInterfaceId": made["virtualInterfaceId"]}
    gone = getattr(hosting, who).delete_virtual_interface(**which)
    assert gone["virtualInterfaceState"] == state
    hosting.aws.pass_time(1)
    final = hosting.seen(hosting.host, made)["virtualInterfaceState"]
    assert final == ("rejected" if who == "owner" else "deleted")
    hosting.allocate("Private")


@pytest.mark.parametrize("who", ["owner", "host"])
def test_accepted_it_is_deleted_by_either(hosting, who):
    made = hosting.allocate("Transit")
    which = {"virtualInterfaceId": made["virtualInterfaceId"]}
    hosting.owner.confirm_transit_virtual_interface(**which, directConnectGatewayId=hosting.gateway)
    gone = getattr(hosting, who).delete_virtual_interface(**which)
    assert gone["virtualInterfaceState"] == "deleting"


def test_site_link_is_its_owners_to_switch(hosting, refusal):
    made = hosting.allocate("Transit")
    which = {"virtualInterfaceId": made["virtualInterfaceId"]}
    hosting.owner.confirm_transit_virtual_interface(**which, directConnectGatewayId=hosting.gateway)
    text = refusal(hosting.host.update_virtual_interface_attributes, **which, enableSiteLink=True)
    assert text.startswith("Only the owner of Virtual Interface")
    hosting.owner.update_virtual_interface_attributes(**which, enableSiteLink=True)
    assert hosting.seen(hosting.host, made)["siteLinkEnabled"] is True


def test_its_host_moves_it_to_another_connection_of_its_own(hosting, circuits, refusal):
    made = hosting.allocate("Transit")
    which = {"virtualInterfaceId": made["virtualInterfaceId"]}
    (other,) = circuits.available_connections("fra-b")
    text = refusal(hosting.owner.associate_virtual_interface, **which, connectionId=other)
    assert text == f"Could not find Connection with ID {other}"
    moved = hosting.host.associate_virtual_interface(**which, connectionId=other)
    assert (moved["connectionId"], moved["ownerAccount"]) == (other, WORKLOAD)


def test_it_takes_its_vlan_from_the_connection_of_its_host(hosting, circuits, refusal):
    hosting.allocate("Transit")
    gateway = circuits.gateway()
    new = {**NEW, "directConnectGatewayId": gateway}
    call = hosting.host.create_transit_virtual_interface
    assert refusal(call, connectionId=hosting.connection, newTransitVirtualInterface=new) == (
        f"VLAN 401 is already in use on connection {hosting.connection}."
    )


def test_a_third_account_sees_nothing_of_it(hosting, aws):
    made = hosting.allocate("Private")
    third = aws.client("directconnect", account="stranger")
    assert third.describe_virtual_interfaces()["virtualInterfaces"] == []
    with pytest.raises(third.exceptions.DirectConnectClientException, match="does not exist"):
        third.delete_virtual_interface(virtualInterfaceId=made["virtualInterfaceId"])


def test_an_owner_is_an_account_number(hosting, refusal):
    text = refusal(
        hosting.host.allocate_private_virtual_interface,
        connectionId=hosting.connection,
        ownerAccount="workload",
        newPrivateVirtualInterfaceAllocation=NEW,
    )
    assert text == "Owner account workload is not valid."


def test_its_failover_is_its_owners_to_test_and_its_hosts_to_know(hosting, aws, refusal):
    made = hosting.allocate("Transit")
    which = {"virtualInterfaceId": made["virtualInterfaceId"]}
    hosting.owner.confirm_transit_virtual_interface(**which, directConnectGatewayId=hosting.gateway)
    for act in ("start_bgp_failover_test", "stop_bgp_failover_test"):
        told = refusal(getattr(hosting.host, act), **which)
        assert told.startswith("Only the owner of Virtual Interface dxvif-")
    started = hosting.owner.start_bgp_failover_test(**which)["virtualInterfaceTest"]
    assert started["ownerAccount"] == WORKLOAD
    for account in (hosting.host, hosting.owner):
        history = account.list_virtual_interface_test_history()["virtualInterfaceTestHistory"]
        assert history == [started]
    stranger = aws.client("directconnect", account="stranger")
    assert stranger.list_virtual_interface_test_history()["virtualInterfaceTestHistory"] == []
