# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way back: what exists as a document, which plans nothing when it is fed back."""

import json
from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.export import export_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundAssociation,
    FoundConnection,
    FoundHostedConnection,
    FoundLag,
    FoundMacsecKey,
    FoundPeer,
    FoundResiliencyGroup,
    FoundVirtualInterface,
)
from tests.fixtures.acme import COMPLETE, FOUND_CONNECTION, FOUND_PRIVATE, FOUND_TRANSIT, KEY

ACCOUNT = "111122223333"


def untagged(snapshot):
    """Return what a console would have made: names, and tags of somebody's own."""
    kinds = ("connections", "gateways", "virtual_interfaces")
    return replace(
        snapshot,
        **{
            kind: tuple(
                replace(thing, tags={"cost": "7", "flag": "", "aws:made-by": "console"})
                for thing in getattr(snapshot, kind)
            )
            for kind in kinds
        },
    )


def export(snapshot, name="acme"):
    return export_estate(snapshot, name=name, account="network", account_id=ACCOUNT)


def plan(snapshot, document):
    return plan_present(read_estate(document), snapshot, Terms(account="network"))


def port(number, **others):
    return FoundConnection(
        id=f"dxcon-fg00000{number}",
        name=f"fra-{number}",
        state="available",
        location="EqFA5",
        bandwidth="10Gbps",
        **others,
    )


LAG = FoundLag(
    id="dxlag-fg000001",
    name="fra",
    state="available",
    location="EqFA5",
    bandwidth="10Gbps",
    minimum_links=1,
    macsec_capable=True,
    encryption_mode="must_encrypt",
    macsec_keys=(FoundMacsecKey(ckn="ab" * 32, state="associated"),),
)
MEMBERS = tuple(
    port(number, lag_id=LAG.id, macsec_capable=True, encryption_mode="must_encrypt")
    for number in (2, 3)
)


@pytest.mark.parametrize("make", [lambda each: each, untagged], ids=["tagged", "by hand"])
def test_what_is_fed_back_plans_nothing(make):
    snapshot = make(COMPLETE)
    exported = export(snapshot)
    fed_back = plan(snapshot, json.loads(json.dumps(exported.document)))
    assert (fed_back.faults, fed_back.actions) == ((), ())


def test_what_was_made_by_hand_is_left_without_our_tags_until_the_engineer_says_so():
    snapshot = untagged(COMPLETE)
    document = export(snapshot).document
    assert document["adopt"] is False
    assert "adopt" not in export(COMPLETE).document
    adopting = plan(snapshot, {**document, "adopt": True})
    assert {action.verb for action in adopting.actions} == {"adopt"}


def test_a_document_holds_what_somebody_would_write():
    document = export(untagged(COMPLETE)).document
    assert document["connections"] == [
        {
            "name": "fra-a",
            "account": "network",
            "location": "EqFA5",
            "bandwidth": "10Gbps",
            "provider": "Equinix",
            "tags": {"cost": "7", "flag": ""},
        }
    ]
    assert document["gateways"][1]["associations"] == [
        {"virtual_gateway": "vgw-0c2d", "allowed_prefixes": ["10.30.0.0/16"]}
    ]
    transit = document["virtual_interfaces"][0]
    assert (transit["on"], transit["gateway"]) == ("fra-a", "core")
    assert transit["peers"] == [
        {
            "family": "ipv4",
            "amazon_address": "169.254.101.1/30",
            "customer_address": "169.254.101.2/30",
        },
        {"family": "ipv6"},
    ]


def test_no_key_is_in_it_and_the_notes_say_so():
    exported = export(COMPLETE)
    assert KEY not in repr(exported)
    assert exported.notes == (
        "BGP keys are left out: put them into the vault before the routers are configured",
    )


def test_a_lag_is_told_with_its_ports():
    snapshot = replace(COMPLETE, connections=(FOUND_CONNECTION, *MEMBERS), lags=(LAG,))
    exported = export(untagged(snapshot))
    assert exported.document["lags"] == [
        {
            "name": "fra",
            "account": "network",
            "location": "EqFA5",
            "bandwidth": "10Gbps",
            "connections": ["fra-2", "fra-3"],
            "minimum_links": 1,
            "request_macsec": True,
            "encryption_mode": "must_encrypt",
        }
    ]
    assert "MACsec keys are left out: AWS does not show them" in exported.notes
    assert plan(untagged(snapshot), exported.document).actions == ()


def test_a_lag_one_of_whose_ports_cannot_be_told_is_left_out_with_a_note():
    twin = replace(MEMBERS[0], id="dxcon-fg00000z", lag_id=None)
    snapshot = replace(COMPLETE, connections=(*MEMBERS, twin), lags=(LAG,))
    exported = export(untagged(snapshot))
    assert "lags" not in exported.document
    assert "lag fra (dxlag-fg000001) has a port that is left out: left out too" in exported.notes


def test_a_hosted_connection_is_told_as_one():
    hosted = port(7, partner="Equinix", vlan=304, billing_mode="PayAsYouGo")
    (record,) = export(replace(COMPLETE, connections=(hosted,))).document["connections"]
    assert (record["hosted"], record["vlan"]) == (True, 304)
    assert "billing_mode" not in record


def test_a_billing_mode_that_nobody_can_ask_for_is_not_told():
    modes = {"FlatRateTier1": "FlatRateTier1", "PortPairFlatRateTier1": None}
    for mode, told in modes.items():
        (record,) = export(replace(COMPLETE, connections=(port(1, billing_mode=mode),))).document[
            "connections"
        ]
        assert record.get("billing_mode") == told


def test_an_unknown_encryption_mode_is_not_told():
    capable = port(1, macsec_capable=True, encryption_mode="unknown")
    (record,) = export(replace(COMPLETE, connections=(capable,))).document["connections"]
    assert record["request_macsec"] is True
    assert "encryption_mode" not in record


def test_what_a_partner_hosts_and_what_aws_judges_together_is_told():
    hosted = FoundHostedConnection(
        id="dxcon-fg00000h",
        name="customer",
        state="available",
        parent_id=FOUND_CONNECTION.id,
        owner_account="444455556666",
        bandwidth="500Mbps",
        vlan=300,
    )
    group = FoundResiliencyGroup(
        id="dxrg-1",
        name="core",
        state="available",
        model="basic-resiliency",
        connection_ids=(FOUND_CONNECTION.id,),
    )
    strange = replace(group, id="dxrg-2", name="strange", model="")
    document = export(
        replace(COMPLETE, hosted_connections=(hosted,), resiliency_groups=(group, strange))
    ).document
    assert document["hosted_connections"][0]["on"] == "fra-a"
    assert document["hosted_connections"][0]["owner"] == "444455556666"
    assert [each["connections"] for each in document["resiliency_groups"]] == [["fra-a"]]


def test_what_no_name_tells_apart_is_left_out_with_a_note():
    twins = (port(1), replace(port(1), id="dxcon-fg00000b"), replace(port(2), name=""))
    exported = export(replace(COMPLETE, connections=twins))
    assert "connections" not in exported.document
    assert exported.notes[0] == (
        "connection fra-1 (dxcon-fg000001) cannot be told by its name: left out; give it one of "
        "its own at AWS, then import again"
    )
    assert exported.notes[2].startswith("connection without a name (dxcon-fg000002) cannot")
    assert exported.notes[3] == (
        "virtual_interface fra-a-transit (dxvif-0000000a) is on dxcon-fg000001, which is left out "
        "or another account's: left out"
    )


def test_what_is_gone_or_another_estate_s_is_left_out():
    deleted = port(1, tags={})
    snapshot = replace(COMPLETE, connections=(replace(deleted, state="deleted"), FOUND_CONNECTION))
    exported = export(snapshot, name="other")
    assert "connections" not in exported.document
    assert exported.notes[0] == (
        "connection fra-a (dxcon-fg000001) belongs to estate acme by its tags: left out"
    )


def interfaces(*things):
    return export(replace(COMPLETE, virtual_interfaces=things))


def test_an_interface_of_which_the_account_has_only_a_part_is_left_out():
    exported = interfaces(
        replace(FOUND_TRANSIT, owner_account="444455556666"),
        replace(FOUND_PRIVATE, gateway_id="gw-elsewhere", owner_account=ACCOUNT),
    )
    assert "virtual_interfaces" not in exported.document
    assert exported.notes[:2] == (
        (
            "virtual_interface fra-a-transit (dxvif-0000000a) belongs to account 444455556666: "
            "left out"
        ),
        (
            "virtual_interface fra-a-private (dxvif-0000000b) ends on gateway gw-elsewhere, which "
            "is left out or another account's: left out"
        ),
    )


def test_a_public_interface_and_one_on_a_vgw_have_no_gateway():
    public = FoundVirtualInterface(
        id="dxvif-0000000c",
        name="public",
        type="public",
        state="available",
        connection_id=FOUND_CONNECTION.id,
        vlan=103,
        gateway_id=None,
        customer_asn=65001,
        site_link=False,
        route_filter_prefixes=("203.0.113.0/24",),
        rate_limit="500Mbps",
        peers=(FoundPeer(id="dxpeer-1", family="ipv4", state="available", status="up", asn=65001),),
    )
    first, second = interfaces(public, replace(FOUND_PRIVATE, gateway_id="vgw-0c2d")).document[
        "virtual_interfaces"
    ]
    assert first == {
        "name": "public",
        "on": "fra-a",
        "type": "public",
        "vlan": 103,
        "customer_asn": 65001,
        "route_filter_prefixes": ["203.0.113.0/24"],
        "rate_limit": "500Mbps",
        "peers": [{"family": "ipv4"}],
    }
    assert second["virtual_gateway"] == "vgw-0c2d"
    assert "gateway" not in second


def test_a_target_of_another_account_is_told_with_its_owner():
    ties = (
        FoundAssociation(
            id="tie-1",
            gateway_id="gw-core",
            target_id="tgw-0z",
            target_type="transitGateway",
            state="associated",
            allowed_prefixes=("10.20.0.0/16",),
            target_owner="444455556666",
        ),
        FoundAssociation(
            id="tie-2",
            gateway_id="gw-core",
            target_id="core-network-0a",
            target_type="coreNetwork",
            state="associated",
            edge_locations=("eu-central-1",),
        ),
        FoundAssociation(
            id="tie-3",
            gateway_id="gw-core",
            target_id="tgw-0y",
            target_type="transitGateway",
            state="disassociating",
        ),
    )
    document = export(replace(COMPLETE, associations=ties)).document
    assert document["accounts"] == [{"name": "444455556666", "id": "444455556666"}]
    assert document["gateways"][0]["associations"] == [
        {
            "transit_gateway": "tgw-0z",
            "account": "444455556666",
            "allowed_prefixes": ["10.20.0.0/16"],
        },
        {"core_network": "core-network-0a", "edge_locations": ["eu-central-1"]},
    ]


def test_ports_alone_need_no_note():
    assert export(replace(COMPLETE, virtual_interfaces=())).notes == ()
