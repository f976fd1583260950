# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attachments: what a router gets, when it gets it, and what it never gets."""

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.attachment import (
    Attachment,
    AttachmentPeer,
    Bfd,
    Drain,
    Timers,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.attachments import (
    attachments,
    keys,
    not_ready,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits_reader import read_limits
from tests.fixtures.two_sites import document, observed, part

ESTATE = read_estate(document())
ROUTER = "edge-fra-1"

AMS_TRANSIT = Attachment(
    name="ams-a-transit",
    id="dxvif-fg000003",
    type="transit",
    account="network",
    router="edge-ams-1",
    port="eth1",
    interface="eth1.102",
    landing="subinterface",
    vlan=102,
    vrf="",
    mtu=8500,
    owner="DX-VIF102",
    description="DX-VIF102 dxvif-fg000003 ams-a-transit",
    local_asn=65001,
    bfd=Bfd(interval_ms=300, multiplier=3),
    timers=Timers(keepalive_seconds=10, hold_seconds=30),
    multipath=None,
    drain=None,
    last_resort=Drain(local_preference=10, prepend=4, communities=("7224:7100", "65535:0")),
    peers=(
        AttachmentPeer(
            family="ipv4",
            local_address="169.254.202.2/30",
            remote_address="169.254.202.1",
            remote_asn=64512,
            key_name="ams-a-transit",
            advertise=("192.168.10.0/24",),
            accept=("10.20.0.0/16",),
            accept_longest=None,
            local_preference=50,
            communities=("7224:7100",),
            prepend=2,
            maximum_prefixes=10,
            maximum_prefixes_out=90,
            expect=("10.20.0.0/16",),
        ),
    ),
)


def test_an_attachment_holds_all_that_a_router_must_know():
    assert attachments(ESTATE, observed(), "edge-ams-1") == (AMS_TRANSIT,)


def test_a_router_gets_its_own_interfaces_by_vlan():
    found = attachments(ESTATE, observed(), "edge-fra-1")
    assert [thing.name for thing in found] == ["fra-a-private", "fra-a-transit"]
    assert attachments(ESTATE, observed(), "edge-par-1") == ()


def test_each_family_gets_its_own_prefixes():
    _, transit = attachments(ESTATE, observed(), "edge-fra-1")
    assert [(peer.family, peer.advertise, peer.accept) for peer in transit.peers] == [
        ("ipv4", ("192.168.10.0/24",), ("10.20.0.0/16",)),
        ("ipv6", ("2001:db8:10::/64",), ("2001:db8:20::/48",)),
    ]


def test_without_a_preference_nothing_is_said_about_it():
    private, _ = attachments(ESTATE, observed(), "edge-fra-1")
    assert (private.peers[0].communities, private.peers[0].local_preference) == ((), None)


def test_over_a_private_interface_the_cidrs_within_the_prefixes_are_taken():
    private, transit = attachments(ESTATE, observed(), "edge-fra-1")
    assert [peer.accept_longest for peer in private.peers] == [28]
    assert [peer.accept_longest for peer in transit.peers] == [None, None]


def expected(seen, change=None, router="edge-fra-1"):
    """Return what each session is expected to bring, by interface and family."""
    if change:
        part(seen, "gateways", "core")["associations"][0].update(change)
    return {
        f"{thing.name} {peer.family}": peer.expect
        for thing in attachments(ESTATE, seen, router)
        for peer in thing.peers
    }


def test_what_a_transit_gateways_association_allows_is_expected_and_what_a_vpc_has_is_not():
    assert expected(observed()) == {
        "fra-a-private ipv4": (),
        "fra-a-transit ipv4": ("10.20.0.0/16",),
        "fra-a-transit ipv6": ("2001:db8:20::/48",),
    }


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"state": "associating"}, id="an association in the making"),
        pytest.param({"target_type": "coreNetwork"}, id="a core network, which has its own routes"),
        pytest.param({"allowed_prefixes": ["10.20.0.0/17"]}, id="other prefixes than are accepted"),
    ],
)
def test_what_aws_may_not_announce_is_not_expected(change):
    assert set(expected(observed(), change).values()) == {()}


def test_the_router_gets_the_mtu_that_aws_has_not_the_one_that_is_wished():
    seen = observed()
    part(seen, "virtual_interfaces", "ams-a-transit")["mtu"] = 1500
    assert attachments(ESTATE, seen, "edge-ams-1")[0].mtu == 1500


def test_the_asn_of_the_gateway_will_do_until_aws_tells_one():
    seen = observed()
    part(seen, "virtual_interfaces", "ams-a-transit")["amazon_asn"] = None
    assert attachments(ESTATE, seen, "edge-ams-1")[0].peers[0].remote_asn == 64512


def test_raised_limits_reach_the_router():
    limits = read_limits({"prefix_allocation": 1000, "bfd_interval_ms": 500})
    (found,) = attachments(ESTATE, observed(), "edge-ams-1", limits=limits)
    assert found.peers[0].maximum_prefixes_out == 900
    assert found.bfd.interval_ms == 500


@pytest.mark.parametrize(
    ("change", "reason", "awaited_from"),
    [
        pytest.param({"name": "other"}, "not made in AWS yet", None, id="not made"),
        pytest.param({"state": "pending"}, "pending in AWS", "AWS", id="pending"),
        pytest.param(
            {"state": "confirming"}, "confirming in AWS", "the owner of the account", id="hosted"
        ),
        pytest.param(
            {"peers": []}, "AWS has not assigned its ipv4 addresses yet", "AWS", id="no peer"
        ),
        pytest.param(
            {"peers": [{"family": "ipv4", "amazon_address": None, "customer_address": "x"}]},
            "AWS has not assigned its ipv4 addresses yet",
            "AWS",
            id="no amazon address",
        ),
        pytest.param(
            {"peers": [{"family": "ipv4", "amazon_address": "x", "customer_address": None}]},
            "AWS has not assigned its ipv4 addresses yet",
            "AWS",
            id="no customer address",
        ),
    ],
)
def test_an_interface_that_lacks_a_detail_leaves_no_line_on_the_router(
    change, reason, awaited_from
):
    seen = observed()
    part(seen, "virtual_interfaces", "ams-a-transit").update(change)
    assert attachments(ESTATE, seen, "edge-ams-1") == ()
    (lack,) = not_ready(ESTATE, seen, "edge-ams-1")
    assert (lack.name, lack.owner) == ("ams-a-transit", "DX-VIF102")
    assert (lack.reason, lack.awaited_from) == (reason, awaited_from)


def test_one_family_without_addresses_holds_back_the_whole_interface():
    seen = observed()
    part(seen, "virtual_interfaces", "fra-a-transit")["peers"].pop()
    assert [thing.name for thing in attachments(ESTATE, seen, "edge-fra-1")] == ["fra-a-private"]
    (lack,) = not_ready(ESTATE, seen, "edge-fra-1")
    assert lack.reason == "AWS has not assigned its ipv6 addresses yet"


def test_an_interface_waits_for_its_asn_where_none_is_declared():
    wish = document()
    del wish["gateways"][0]["amazon_asn"]
    seen = observed()
    part(seen, "virtual_interfaces", "ams-a-transit")["amazon_asn"] = None
    (lack,) = not_ready(read_estate(wish), seen, "edge-ams-1")
    assert lack.reason == "the ASN of its gateway is not known yet"


@pytest.mark.parametrize("state", ["down", "testing", "unknown", "a state of the future"])
def test_a_state_after_the_first_day_never_takes_an_attachment_off_the_router(state):
    seen = observed()
    part(seen, "virtual_interfaces", "ams-a-transit")["state"] = state
    assert attachments(ESTATE, seen, "edge-ams-1") == (AMS_TRANSIT,)


def test_keys_are_handed_out_by_name_and_are_no_part_of_an_attachment():
    assert keys(ESTATE, "edge-fra-1") == {
        "fra-a-private": "Documentation-Key-Fra-Private",
        "fra-a-transit": "Documentation-Key-Fra-Transit",
    }
    assert "Documentation-Key" not in repr(attachments(ESTATE, observed(), "edge-fra-1"))


def test_a_key_is_called_by_one_word_where_aws_takes_spaces():
    wish = document()
    wish["virtual_interfaces"][0]["name"] = "Frankfurt, cage 7"
    seen = observed()
    seen[0]["virtual_interfaces"][0]["name"] = "Frankfurt, cage 7"
    estate = read_estate(wish)
    names = {found.name: found.peers[0].key_name for found in attachments(estate, seen, ROUTER)}
    assert names["Frankfurt, cage 7"] == "Frankfurt%2C%20cage%207"
    assert set(names.values()) == set(keys(estate, ROUTER))


def test_without_an_account_that_was_looked_at_nothing_is_ready():
    assert attachments(ESTATE, [], "edge-fra-1") == ()
    assert len(not_ready(ESTATE, [], "edge-fra-1")) == 2


def test_a_drained_way_is_the_last_resort_of_both_sides():
    (found,) = attachments(ESTATE, observed(), "edge-ams-1", drained=["ams-a-transit"])
    assert found.drain == Drain(
        local_preference=10, prepend=4, communities=("7224:7100", "65535:0")
    )


def test_only_what_is_drained_is_shut():
    shut = [
        [
            found.drain and found.drain.shut
            for found in attachments(ESTATE, observed(), "edge-ams-1", **of)
        ]
        for of in (
            {"drained": ["ams-a-transit"], "shut": ["ams-a-transit"]},
            {"shut": ["ams-a-transit"]},
        )
    ]
    assert shut == [[True], [None]]


def test_what_a_router_says_of_itself_holds_for_all_that_lands_on_it():
    router = {"name": "edge-ams-1", "landing": "svi", "keepalive_seconds": 5, "hold_seconds": 15}
    estate = read_estate({**document(), "routers": [router | {"multipath": 2}]})
    (found,) = attachments(estate, observed(), "edge-ams-1")
    assert (found.interface, found.landing, found.multipath) == ("Vlan102", "svi", 2)
    assert found.timers == Timers(keepalive_seconds=5, hold_seconds=15)
