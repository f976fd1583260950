# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual interfaces of all types through the estate module: made, changed, moved, replaced."""

from __future__ import annotations

from copy import deepcopy

import boto3
import pytest

from ansible_collections.crossconnect.dx.plugins.modules import estate
from tests.fixtures.aws_model import OTHER_ACCESS_KEY, run_module
from tests.fixtures.interfaces import (
    ALL,
    ANOTHER_KEY,
    KEY,
    ON_A_VGW,
    PUBLIC,
    TRANSIT,
    document,
    hosted,
)


def reconcile(model, wanted, **options):
    given = {"estate": wanted, "account": "network", "settle_seconds": 20, **model.options()}
    return run_module(estate.main, **given | options)


def made(model, wanted):
    """Bring the model to an estate, ports patched, and count calls from here on."""
    assert "failed" not in reconcile(model, wanted, scope=["connections"])
    model.patch("fra-a", "fra-b")
    done = reconcile(model, wanted, wait_seconds=20)
    assert "failed" not in done, done.get("msg")
    model.forget_calls()
    return done


def client(model):
    options = model.options()
    return boto3.client(
        "directconnect",
        region_name=options["region"],
        endpoint_url=options["endpoint_url"],
        aws_access_key_id=options["access_key"],
        aws_secret_access_key=options["secret_key"],
    )


def steps(result):
    return [(step["verb"], step["kind"], step["name"]) for step in result["plan"]]


def is_done(model, wanted, **options):
    """Tell whether a run finds nothing to do, and does nothing."""
    model.forget_calls()
    result = reconcile(model, wanted, **options)
    assert "failed" not in result, result.get("msg")
    return (result["plan"], result["changed"], model.changes()) == ([], False, [])


def test_every_type_is_made_once_with_all_of_its_attributes(aws_model):
    observed = made(aws_model, document(*ALL))["observed"]["virtual_interfaces"]
    transit, public, private = observed
    assert (transit["rate_limit"], transit["prefix_pool_allocated_count_ipv4"]) == ("1Gbps", 200)
    assert [peer["family"] for peer in transit["peers"]] == ["ipv4", "ipv6"]
    assert public["route_filter_prefixes"] == PUBLIC["route_filter_prefixes"]
    assert (public["amazon_asn"], public["gateway"]) == (7224, None)
    assert (private["virtual_gateway"], private["amazon_asn"]) == ("vgw-legacy", 64601)
    assert is_done(aws_model, document(*ALL))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"mtu": 8500}, id="mtu"),
        pytest.param({"site_link": True}, id="site_link"),
        pytest.param({"rate_limit": "500Mbps"}, id="rate_limit"),
        pytest.param({"prefix_pool_allocated_count_ipv4": 300}, id="prefixes-ipv4"),
        pytest.param({"prefix_pool_allocated_count_ipv6": 300}, id="prefixes-ipv6"),
        pytest.param(
            {"mtu": 8500, "rate_limit": "2Gbps", "prefix_pool_allocated_count_ipv4": 1000},
            id="three-at-once",
        ),
    ],
)
def test_what_aws_can_change_is_changed_in_place_by_one_call(aws_model, change):
    made(aws_model, document())
    wanted = document(**change)

    result = reconcile(aws_model, wanted)

    assert steps(result) == [("update", "virtual_interface", "fra-a-transit")]
    assert {each["attribute"] for each in result["plan"][0]["changes"]} == set(change)
    assert aws_model.changes() == ["UpdateVirtualInterfaceAttributes"]
    assert is_done(aws_model, wanted)


FIXED = [
    pytest.param(TRANSIT, {"vlan": 111}, id="vlan"),
    pytest.param(TRANSIT, {"customer_asn": 65002}, id="customer_asn"),
    pytest.param(TRANSIT, {"type": "private"}, id="type"),
    pytest.param(PUBLIC, {"route_filter_prefixes": ["192.0.2.64/26"]}, id="route_filter_prefixes"),
    pytest.param(
        PUBLIC,
        {
            "peers": [
                {**PUBLIC["peers"][0], "customer_address": "192.0.2.3/31"}
                | {"amazon_address": "192.0.2.2/31"}
            ]
        },
        id="the-last-peer",
    ),
    pytest.param(ON_A_VGW, {"virtual_gateway": None, "gateway": "core"}, id="vgw"),
]


@pytest.mark.parametrize(("thing", "change"), FIXED)
def test_what_aws_fixes_at_birth_is_an_error_until_it_may_be_replaced(aws_model, thing, change):
    made(aws_model, document(thing))
    wanted, name = document(thing, **change), thing["name"]
    attribute = next(iter(change)) if "peers" not in change else "customer_address"

    refused = reconcile(aws_model, wanted)
    assert refused["failed"]
    assert "AWS fixes it at birth" in refused["msg"]
    assert f"name {name} in replace" in refused["msg"]
    assert attribute in refused["msg"] or change.get("gateway", "") in refused["msg"]
    unconsented = reconcile(aws_model, wanted, replace=[name])
    assert "this needs" in unconsented["msg"]
    assert aws_model.changes() == []

    terms = {"replace": [name], "consent": [name]}
    planned = run_module(
        estate.main, check=True, estate=wanted, account="network", **terms, **aws_model.options()
    )
    assert "REPLACES" in planned["plan_text"]
    result = reconcile(aws_model, wanted, **terms)
    assert steps(result)[:2] == [
        ("delete", "virtual_interface", name),
        ("create", "virtual_interface", name),
    ]
    assert steps(result) == steps(planned)
    assert aws_model.changes()[0] == "DeleteVirtualInterface"
    assert is_done(aws_model, wanted, **terms)


def test_a_peer_is_replaced_by_its_name_and_its_key_is_never_told(aws_model):
    made(aws_model, document())
    peers = deepcopy(TRANSIT["peers"])
    for peer in peers:
        peer["key"] = ANOTHER_KEY
    wanted = document(peers=peers)

    refused = reconcile(aws_model, wanted)
    names = ["fra-a-transit/ipv4", "fra-a-transit/ipv6"]
    assert [f"name {name} in replace" in refused["msg"] for name in names] == [True, True]
    result = reconcile(aws_model, wanted, replace=names, consent=names)

    assert aws_model.changes() == ["DeleteBGPPeer", "CreateBGPPeer"] * 2
    assert [text in str([refused, result]) for text in (KEY, ANOTHER_KEY)] == [False, False]
    assert is_done(aws_model, wanted)


def test_a_peer_that_is_not_listed_goes_by_consent_and_one_deleted_by_hand_returns(aws_model):
    done = made(aws_model, document())
    peers = done["observed"]["virtual_interfaces"][0]["peers"]
    wanted = document(peers=[TRANSIT["peers"][0]])

    refused = reconcile(aws_model, wanted)
    assert "this needs fra-a-transit/ipv6 in the consent list" in refused["msg"]
    assert aws_model.changes() == []
    reconcile(aws_model, wanted, consent=["fra-a-transit/ipv6"])
    assert aws_model.changes() == ["DeleteBGPPeer"]
    assert is_done(aws_model, wanted)
    assert len(peers) == 2
    again = reconcile(aws_model, document())
    assert steps(again) == [("create", "peer", "fra-a-transit/ipv6")]


def test_an_interface_moves_to_another_connection_by_one_call(aws_model):
    made(aws_model, document())
    wanted = document(on="fra-b")

    result = reconcile(aws_model, wanted)

    assert steps(result) == [("move", "virtual_interface", "fra-a-transit")]
    assert aws_model.changes() == ["AssociateVirtualInterface"]
    assert result["observed"]["virtual_interfaces"][0]["connection"] == "fra-b"
    assert is_done(aws_model, wanted)


def test_a_vlan_that_is_taken_where_it_goes_is_told_before_anything_moves(aws_model):
    other = {**deepcopy(ON_A_VGW), "name": "fra-b-private", "on": "fra-b", "vlan": 101}
    made(aws_model, document(TRANSIT, other))
    refused = reconcile(aws_model, document(on="fra-b"))
    assert "VLAN 101 is taken there by fra-b-private" in refused["msg"]
    assert aws_model.changes() == []


def owner(model, wanted, **options):
    return reconcile(
        model, wanted, account="workload", **model.options(OTHER_ACCESS_KEY), **options
    )


def both(model, wanted):
    """Run host and owner in turns, as a play over both does."""
    for _ in range(3):
        results = [reconcile(model, wanted), owner(model, wanted)]
        assert ["failed" not in result for result in results] == [True, True], results
    return results


def test_one_account_allocates_what_another_confirms(aws_model):
    wanted = hosted()
    reconcile(aws_model, wanted, scope=["connections"])
    aws_model.patch("fra-a", "fra-b")
    reconcile(aws_model, wanted, scope=["connections"], wait_seconds=20)

    early = owner(aws_model, wanted)
    assert ("confirm", "virtual_interface", "fra-a-workload") in steps(early)
    allocated = reconcile(aws_model, wanted)
    (awaited,) = allocated["awaited"]
    assert (awaited["state"], awaited["from"]) == ("confirming", "the owner of account workload")
    confirmed = owner(aws_model, wanted)
    assert ("confirm", "virtual_interface", "fra-a-workload") in steps(confirmed)
    host, theirs = both(aws_model, wanted)
    (seen,) = theirs["observed"]["virtual_interfaces"]
    assert (seen["state"], seen["gateway"], seen["site_link"]) == ("down", "theirs", True)
    assert (seen["mtu"], seen["prefix_pool_allocated_count_ipv4"]) == (8500, 200)
    assert [peer["family"] for peer in seen["peers"]] == ["ipv4", "ipv6"]
    (there,) = client(aws_model).describe_virtual_interfaces()["virtualInterfaces"]
    tags = {tag["key"]: tag["value"] for tag in there["tags"]}
    assert (tags["crossconnect:estate"], tags["crossconnect:name"]) == ("acme", "fra-a-workload")
    assert (host["changed"], theirs["changed"]) == (False, False)
    assert is_done(aws_model, wanted)


def test_a_hosted_interface_goes_from_either_side(aws_model):
    wanted = hosted()
    reconcile(aws_model, wanted, scope=["connections"])
    aws_model.patch("fra-a", "fra-b")
    reconcile(aws_model, wanted, scope=["connections"], wait_seconds=20)
    both(aws_model, wanted)
    gone = owner(aws_model, wanted, state="absent", consent=["theirs"])
    assert gone["changed"]
    again = both(aws_model, wanted)
    assert again[0]["changed"] is False
    scope = {"scope": ["virtual_interfaces"], "state": "absent"}
    assert reconcile(aws_model, wanted, **scope)["changed"]
    assert owner(aws_model, wanted, **scope)["changed"] is False
