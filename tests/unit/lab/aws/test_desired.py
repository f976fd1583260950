# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what accounts hold to what an AWS router shall carry; no router is needed to know it."""

from __future__ import annotations

import json

import pytest
from moto.moto_api._internal.models import moto_api_backend

import lab.aws.service  # noqa: F401 - registers the operations
from lab.aws import seed
from lab.aws.desired import router_states
from lab.aws.request import OPERATIONS, Request
from lab.aws.state import GLOBAL_REGION, Association
from lab.aws.world import World

NETWORK, WORKLOAD = "111122223333", "444455556666"
REGION = "eu-central-1"
TOPOLOGY = {
    "nodes": {
        "aws-fra": {"labels": {"dx-role": "aws-router"}},
        "dx-fra": {"labels": {"dx-location": "EqFA5"}},
        "vpc": {"labels": {"dx-role": "host"}},
    },
    "links": [
        {"endpoints": ["aws-fra:eth1", "dx-fra:eth1"]},
        {"endpoints": ["aws-fra:eth2", "dx-fra:eth2"]},
        {"endpoints": ["aws-fra:eth9", "vpc:eth1"]},
    ],
}
PUBLIC = {
    "virtualInterfaceName": "public",
    "vlan": 301,
    "asnLong": 65001,
    "amazonAddress": "192.0.2.1/30",
    "customerAddress": "192.0.2.2/30",
    "routeFilterPrefixes": [{"cidr": "192.0.2.64/26"}],
}
NEW = {"virtualInterfaceName": "v", "vlan": 101, "asnLong": 65001}


class Region:
    """A world with one AWS router at one location, and VPCs behind it."""

    def __init__(self, directory):
        self.directory = directory
        (directory / "lab.json").write_text(json.dumps(TOPOLOGY), encoding="utf-8")
        self.world = World(state_directory=directory)
        moto_api_backend.reset()
        self.targets = seed.seed(NETWORK, REGION)

    def call(self, operation, account=NETWORK, **parameters):
        request = Request(
            world=self.world,
            account=account,
            region=REGION,
            operation=operation,
            parameters=parameters,
        )
        answer = OPERATIONS[operation](request)
        self.world.clock.advance(10)
        return answer

    def plug(self, *connections):
        cables = {one: {"id": one} for one in connections}
        (self.directory / "cables.json").write_text(json.dumps(cables), encoding="utf-8")
        self.world.clock.advance(10)

    def connection(self):
        order = {"location": "EqFA5", "bandwidth": "10Gbps", "connectionName": "fra-a"}
        made = self.call("CreateConnection", **order)["connectionId"]
        self.plug(made)
        return {"connectionId": made}

    def gateway(self, account=NETWORK):
        made = self.call("CreateDirectConnectGateway", account, directConnectGatewayName="core")
        return {"directConnectGatewayId": made["directConnectGateway"]["directConnectGatewayId"]}

    def carried(self):
        return router_states(self.world)["aws-fra"]

    def session(self):
        (interface,) = self.carried().interfaces
        (peer,) = interface.peers
        return peer


@pytest.fixture
def region(tmp_path):
    return Region(tmp_path)


def test_a_public_session_takes_its_filters_and_tells_the_public_network(region):
    region.call(
        "CreatePublicVirtualInterface", **region.connection(), newPublicVirtualInterface=PUBLIC
    )
    peer = region.session()
    assert (peer.amazon_asn, peer.maximum_prefixes) == (7224, 1000)
    assert peer.accept == ("192.0.2.64/26",)
    assert peer.announce == ("198.51.100.0/24", "203.0.113.0/24")
    assert set(peer.announce) < set(region.carried().originate)


def test_a_private_session_on_a_vgw_tells_its_vpc(region):
    new = {**NEW, "virtualGatewayId": region.targets["vgw-legacy"]}
    region.call(
        "CreatePrivateVirtualInterface", **region.connection(), newPrivateVirtualInterface=new
    )
    peer = region.session()
    assert (peer.amazon_asn, peer.announce, peer.accept) == (64601, ("10.30.0.0/16",), None)


def test_an_allocated_interface_is_carried_once_it_is_accepted(region):
    port = region.connection()
    made = region.call(
        "AllocateTransitVirtualInterface",
        **port,
        ownerAccount=WORKLOAD,
        newTransitVirtualInterfaceAllocation=NEW,
    )["virtualInterface"]
    assert region.carried().interfaces == ()
    region.call(
        "ConfirmTransitVirtualInterface",
        WORKLOAD,
        virtualInterfaceId=made["virtualInterfaceId"],
        **region.gateway(WORKLOAD),
    )
    assert region.session().customer_address == made["customerAddress"]


def transit(region, port):
    gateway = region.gateway()
    new = {**NEW, **gateway}
    region.call("CreateTransitVirtualInterface", **port, newTransitVirtualInterface=new)
    return gateway["directConnectGatewayId"]


def test_another_accounts_transit_gateway_is_told_once_its_proposal_is_accepted(region):
    gateway = transit(region, region.connection())
    target = seed.seed(WORKLOAD, REGION)["tgw-core"]
    proposed = region.call(
        "CreateDirectConnectGatewayAssociationProposal",
        WORKLOAD,
        directConnectGatewayId=gateway,
        directConnectGatewayOwnerAccount=NETWORK,
        gatewayId=target,
        addAllowedPrefixesToDirectConnectGateway=[{"cidr": "10.60.0.0/16"}],
    )["directConnectGatewayAssociationProposal"]
    assert region.session().announce == ()
    region.call(
        "AcceptDirectConnectGatewayAssociationProposal",
        directConnectGatewayId=gateway,
        proposalId=proposed["proposalId"],
        associatedGatewayOwnerAccount=WORKLOAD,
    )
    assert region.session().announce == ("10.60.0.0/16",)


def test_a_core_network_tells_the_vpcs_of_its_regions(region):
    gateway = transit(region, region.connection())
    tie = Association(
        id="tie",
        gateway_id=gateway,
        account=NETWORK,
        target_id="core-network-0",
        target_type="coreNetwork",
        target_account=NETWORK,
        region="",
        allowed_prefixes=(),
        created_at=region.world.now,
        edge_locations=(REGION,),
    )
    region.world.ledger(NETWORK, GLOBAL_REGION).associations[tie.id] = tie
    assert region.session().announce == ()
    region.world.clock.advance(10)
    assert set(region.session().announce) == {"10.20.0.0/16", "10.30.0.0/16"}


def test_an_interface_rides_on_the_first_lit_port_of_its_lag(region):
    order = {"numberOfConnections": 2, "location": "EqFA5", "connectionsBandwidth": "10Gbps"}
    made = region.call("CreateLag", **order, lagName="pair")
    members = [member["connectionId"] for member in made["connections"]]
    region.plug(*members)
    region.world.cables()
    transit(region, {"connectionId": made["lagId"]})
    (first,) = region.carried().interfaces
    assert first.port in {"eth1", "eth2"}
    held = region.world.ledger(NETWORK, REGION).connections
    lit = {held[member].aws_port.partition(":")[2] for member in members}
    assert lit == {"eth1", "eth2"}
    region.world.dark_ports = frozenset({f"aws-fra:{first.port}"})
    (second,) = region.carried().interfaces
    assert {first.port, second.port} == lit
