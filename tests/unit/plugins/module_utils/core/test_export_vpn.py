# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The backup path on the way back: as a document without a key, which plans nothing."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.export import export_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundAssociation,
    FoundGateway,
    FoundTarget,
    FoundTransitAttachment,
    FoundVirtualGateway,
    Snapshot,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot_vpn import (
    FoundCustomerGateway,
    FoundVpnConnection,
    FoundVpnTunnel,
)

KEY = "exported.secret"
TGW, VGW = "tgw-0123456789abcdef0", "vgw-0123456789abcdef0"
TIE = FoundAssociation(
    id="tie-1",
    gateway_id="gw-1",
    target_id=TGW,
    target_type="transitGateway",
    state="associated",
    allowed_prefixes=("10.20.0.0/16",),
)
CUSTOMER = FoundCustomerGateway(
    id="cgw-1",
    name="fra",
    state="available",
    asn=65001,
    address="192.0.2.10",
    tags={"Name": "fra", "cost": "7"},
)
INNER = replace(CUSTOMER, id="cgw-2", name="inner", address="10.1.1.1", tags={"Name": "inner"})
STATIC = FoundVpnConnection(
    id="vpn-1",
    name="backup",
    state="available",
    customer_gateway_id="cgw-1",
    target_id=VGW,
    static_routes=("192.168.0.0/16",),
    tunnels=(
        FoundVpnTunnel(
            outside_address="198.51.100.1",
            inside_cidr="169.254.10.0/30",
            key=KEY,
            ike_versions=("ikev2",),
        ),
        FoundVpnTunnel(outside_address="198.51.100.2"),
    ),
    tags={"Name": "backup"},
)
PRIVATE = replace(
    STATIC,
    id="vpn-2",
    name="inside",
    customer_gateway_id="cgw-2",
    target_id=TGW,
    static_routes=None,
    outside_address_type="private",
    transport_attachment_id="tgw-attach-1",
    tunnels=(),
    tags={"Name": "inside"},
)
FOUND = Snapshot(
    gateways=(FoundGateway(id="gw-1", name="core", state="available", amazon_asn=64512),),
    associations=(TIE,),
    transit_gateways=(FoundTarget(id=TGW, name="tgw-core", state="available"),),
    transit_attachments=(
        FoundTransitAttachment(
            id="tgw-attach-1", transit_gateway_id=TGW, gateway_id="gw-1", state="available"
        ),
    ),
    virtual_gateways=(FoundVirtualGateway(id=VGW, name="vgw-apps", state="available"),),
    customer_gateways=(CUSTOMER, INNER),
    vpn_connections=(STATIC, PRIVATE),
)


def export(snapshot):
    return export_estate(snapshot, name="acme", account="network", account_id="111122223333")


def test_what_is_there_becomes_a_document_that_plans_nothing_and_bears_no_key():
    told = export(FOUND)
    assert told.document["customer_gateways"][0] == {
        "name": "fra",
        "account": "network",
        "address": "192.0.2.10",
        "asn": 65001,
        "tags": {"cost": "7"},
    }
    assert told.document["vpn_connections"] == [
        {
            "name": "backup",
            "account": "network",
            "customer_gateway": "fra",
            "virtual_gateway": VGW,
            "static_routes": ["192.168.0.0/16"],
            "tunnels": [{"inside_cidr": "169.254.10.0/30", "ike_versions": ["ikev2"]}],
        },
        {
            "name": "inside",
            "account": "network",
            "customer_gateway": "inner",
            "transit_gateway": TGW,
            "outside_address_type": "private",
            "transport": "core",
        },
    ]
    assert told.document["adopt"] is False
    assert KEY not in repr(told)
    assert "Keys of VPN tunnels are left out: AWS keeps those that it has" in told.notes
    plan = plan_present(read_estate(told.document), FOUND, Terms(account="network"))
    assert (plan.actions, plan.faults) == ((), ())


def test_what_a_document_cannot_hold_is_left_out_with_the_reason():
    strangers = (
        replace(STATIC, id="vpn-3", name="endless", target_id=None),
        replace(STATIC, id="vpn-4", name="headless", customer_gateway_id="cgw-9"),
        replace(STATIC, id="vpn-5", name="six", outside_address_type="ipv6"),
        replace(PRIVATE, id="vpn-6", name="untied", transport_attachment_id="tgw-attach-9"),
        replace(PRIVATE, id="vpn-7", name="", tunnels=()),
    )
    told = export(replace(FOUND, vpn_connections=strangers))
    assert "vpn_connections" not in told.document
    reasons = [note for note in told.notes if note.startswith("vpn_connection")]
    assert [note.split(") ", 1)[1] for note in reasons] == [
        "cannot be told by its name: left out; give it one of its own at AWS, then import again",
        "ends on neither a virtual private gateway nor a transit gateway: left out",
        "begins at a customer gateway without a name: left out",
        "has outside addresses of the type ipv6: left out",
        "runs over an association that the document does not hold: left out",
    ]
    assert not any("Keys" in note for note in export(replace(FOUND, vpn_connections=())).notes)


def test_one_that_runs_over_an_association_that_is_going_is_left_out():
    going = replace(FOUND, associations=(replace(TIE, state="disassociating"),))
    names = [each["name"] for each in export(going).document["vpn_connections"]]
    assert names == ["backup"]
