# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interfaces that end on no gateway: on the router, on the journey, in the papers."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.attachments import (
    attachments,
    not_ready,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.evidence import Evidence
from ansible_collections.crossconnect.dx.plugins.module_utils.core.handover import build_handover
from ansible_collections.crossconnect.dx.plugins.module_utils.core.journey import journey
from tests.fixtures.two_sites import document, observed, part

NAME = "fra-a-private"


def wish(kind):
    """Return the two sites with their private interface on no gateway."""
    wanted = document()
    interface = next(thing for thing in wanted["virtual_interfaces"] if thing["name"] == NAME)
    del interface["gateway"]
    if kind == "public":
        interface |= {"type": "public", "route_filter_prefixes": ["192.0.2.0/24"], "mtu": 1500}
        interface["peers"][0] |= {
            "amazon_address": "192.0.2.1/30",
            "customer_address": "192.0.2.2/30",
        }
        interface["routing"] = {
            "advertise": ["192.0.2.0/24"],
            "accept": ["198.51.100.0/24"],
            "preference": "high",
        }
    else:
        interface["virtual_gateway"] = "vgw-new"
        account = wanted["gateways"][0]["account"]
        wanted["virtual_gateways"] = [{"name": "vgw-new", "account": account, "amazon_asn": 64777}]
    return read_estate(wanted)


def seen(**changes):
    """Return what AWS shows, the interface changed."""
    found = observed()
    part(found, "virtual_interfaces", NAME).update({"gateway": None, **changes})
    return found


def attachment(kind, **changes):
    found = attachments(wish(kind), seen(**changes), "edge-fra-1")
    return next(thing for thing in found if thing.name == NAME)


def test_a_public_interface_lands_with_rules_of_its_own():
    public = attachment("public", amazon_asn=7224)
    (peer,) = public.peers
    assert (peer.remote_asn, peer.communities, peer.local_preference) == (7224, (), 200)
    assert (peer.advertise, peer.accept) == (("192.0.2.0/24",), ("198.51.100.0/24",))
    assert (peer.accept_longest, peer.maximum_prefixes_out) == (32, 900)


@pytest.mark.parametrize(("kind", "asn"), [("public", 7224), ("private", 64777)])
def test_amazons_asn_is_known_from_the_estate_too(kind, asn):
    assert attachment(kind, amazon_asn=None).peers[0].remote_asn == asn


def test_a_vgw_that_only_aws_knows_is_waited_for():
    estate = wish("private")
    found = seen(amazon_asn=None)
    unknown = read_estate({**document(), "virtual_interfaces": []})
    nobodys = type(estate)(
        name=estate.name,
        connections=estate.connections,
        gateways=unknown.gateways,
        virtual_interfaces=estate.virtual_interfaces,
    )
    (lack,) = not_ready(nobodys, found, "edge-fra-1")
    assert lack.reason == "the ASN of its gateway is not known yet"


@pytest.mark.parametrize("kind", ["public", "private"])
def test_the_papers_tell_what_it_ends_on(kind):
    evidence = Evidence(observed=seen(gateway_id="vgw-1" if kind == "private" else None))
    record = build_handover(wish(kind), evidence, generated_at="2026-11-22T10:00:00Z")
    (told,) = [
        thing
        for circuit in record["circuits"]
        for thing in circuit["virtual_interfaces"]
        if thing["name"] == NAME
    ]
    ends = (told["gateway"], told["virtual_gateway"], told["gateway_id"])
    assert ends == ((None, "vgw-new", "vgw-1") if kind == "private" else (None, None, None))
    filters = ["192.0.2.0/24"] if kind == "public" else []
    assert told["route_filter_prefixes"] == filters


@pytest.mark.parametrize("kind", ["public", "private"])
def test_the_journey_asks_for_no_gateway(kind):
    found = {each.name: each for each in journey(wish(kind), seen(state="verifying"), {}, ())}
    assert (found["fra-a"].step, found["fra-a"].awaited["from"]) == (5, "AWS")
    assert found["fra-a"].state == "virtual interface fra-a-private verifying"


def test_an_interface_to_be_confirmed_awaits_its_owner_by_name():
    wanted = document()
    wanted["accounts"] = [{"name": "workload", "id": "444455556666"}]
    wanted["gateways"][1]["account"] = "workload"
    interface = next(thing for thing in wanted["virtual_interfaces"] if thing["name"] == NAME)
    interface["account"] = "workload"
    estate, found = read_estate(wanted), seen(state="confirming")
    found.append({**observed()[0], "account": "workload", "connections": []})

    (circuit,) = [each for each in journey(estate, found, {}, ()) if each.name == "fra-a"]
    (lack,) = not_ready(estate, found, "edge-fra-1")

    assert circuit.awaited["from"] == "account workload"
    assert lack.awaited_from == "account workload"
