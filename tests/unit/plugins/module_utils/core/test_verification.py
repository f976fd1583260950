# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both ends of a session are held against the intent, in both directions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.attachment import (
    Attachment,
    AttachmentPeer,
    Bfd,
    Drain,
    Timers,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.verification import (
    BothEnds,
    verify,
)

PEER = AttachmentPeer(
    family="ipv4",
    local_address="169.254.101.2/30",
    remote_address="169.254.101.1",
    remote_asn=64512,
    key_name="fra-a-transit",
    advertise=("192.168.10.0/24",),
    accept=("10.20.0.0/16",),
    accept_longest=None,
    local_preference=200,
    communities=("7224:7300",),
    prepend=1,
    maximum_prefixes=12,
    maximum_prefixes_out=90,
)
ATTACHMENT = Attachment(
    name="fra-a-transit",
    id="dxvif-abcd1234",
    type="transit",
    account="network",
    router="edge-fra-1",
    port="eth1",
    interface="eth1.101",
    landing="subinterface",
    vlan=101,
    vrf="",
    mtu=8500,
    owner="DX-VIF101",
    description="DX-VIF101 dxvif-abcd1234 fra-a-transit",
    local_asn=65001,
    bfd=Bfd(interval_ms=300, multiplier=3),
    timers=Timers(keepalive_seconds=10, hold_seconds=30),
    multipath=None,
    drain=None,
    last_resort=Drain(local_preference=10, prepend=4, communities=()),
    peers=(PEER,),
)


def route(prefix, direction, *, communities=("7224:7300",), as_path=(65001, 65001, 65010)):
    return {
        "prefix": prefix,
        "direction": direction,
        "family": "ipv4",
        "communities": list(communities),
        "as_path": list(as_path),
    }


GOOD_ROUTES = (
    route("192.168.10.0/24", "accepted"),
    route("10.20.0.0/16", "advertised"),
)


def ends(routes=GOOD_ROUTES, *, status="up", is_up=True, accepted=1, router=True):
    peers = [{"family": "ipv4", "status": status}]
    neighbor = {
        "is_up": is_up,
        "address_family": {"ipv4": {"accepted_prefixes": accepted}},
    }
    return BothEnds(
        aws={"fra-a-transit": {"peers": peers, "routes": list(routes)}},
        router={"global": {"peers": {"169.254.101.1": neighbor}}} if router else None,
    )


def verdicts(both, attachment=ATTACHMENT):
    return {check["id"]: check["verdict"] for check in verify((attachment,), both)}


def with_peer(**changes):
    return replace(ATTACHMENT, peers=(replace(PEER, **changes),))


def test_a_session_that_is_as_intended_passes_every_check():
    checks = verify((ATTACHMENT,), ends())

    assert {check["verdict"] for check in checks} == {"pass"}
    assert {check["target"] for check in checks} == {"fra-a-transit ipv4"}
    assert [check["id"] for check in checks] == [
        "bgp_aws",
        "bgp_router",
        "prefixes_to_aws",
        "communities_to_aws",
        "as_path_to_aws",
        "prefixes_from_aws",
        "prefixes_taken",
    ]


@pytest.mark.parametrize(
    ("both", "failed"),
    [
        pytest.param(ends(status="down"), {"bgp_aws"}, id="down for AWS"),
        pytest.param(ends(is_up=False), {"bgp_router"}, id="down for the router"),
        pytest.param(ends(GOOD_ROUTES[1:]), {"prefixes_to_aws"}, id="nothing announced"),
        pytest.param(
            ends((*GOOD_ROUTES, route("172.16.0.0/12", "accepted"))),
            {"prefixes_to_aws"},
            id="a leak towards AWS",
        ),
        pytest.param(
            ends((route("192.168.10.0/24", "accepted", communities=["7224:7100"]), GOOD_ROUTES[1])),
            {"communities_to_aws"},
            id="another preference",
        ),
        pytest.param(
            ends((route("192.168.10.0/24", "accepted", as_path=[65001]), GOOD_ROUTES[1])),
            {"as_path_to_aws"},
            id="no prepending",
        ),
        pytest.param(
            ends(GOOD_ROUTES[:1], accepted=0), {"prefixes_from_aws"}, id="nothing from AWS"
        ),
        pytest.param(ends(accepted=0), {"prefixes_taken"}, id="filtered on the router"),
    ],
)
def test_what_differs_from_the_intent_fails_by_name(both, failed):
    found = {name for name, verdict in verdicts(both).items() if verdict == "fail"}

    assert found == failed


def test_a_router_that_knows_why_its_session_is_down_is_quoted():
    both = replace(
        ends((), status="down", is_up=False),
        reasons={"fra-a-transit ipv4": "not established: dark"},
    )
    router = next(check for check in verify((ATTACHMENT,), both) if check["id"] == "bgp_router")

    assert (router["verdict"], router["measured"]) == ("fail", "not established: dark")


def test_of_a_session_that_is_down_nothing_but_that_is_told():
    assert verdicts(ends((), status="down", is_up=False, accepted=0)) == {
        "bgp_aws": "fail",
        "bgp_router": "fail",
        "routes": "na",
    }


@pytest.mark.parametrize(
    ("announced", "verdict"),
    [
        pytest.param(["10.30.0.0/16"], "pass", id="the prefix itself"),
        pytest.param(["10.30.0.0/20", "10.30.64.0/20"], "pass", id="parts of it"),
        pytest.param(["10.30.0.0/20", "10.99.0.0/16"], "fail", id="a stranger beside"),
        pytest.param([], "fail", id="nothing"),
    ],
)
def test_a_virtual_private_gateway_announces_parts_of_what_is_allowed(announced, verdict):
    attachment = with_peer(accept=("10.30.0.0/16",), accept_longest=28)
    routes = [GOOD_ROUTES[0], *(route(prefix, "advertised") for prefix in announced)]

    both = ends(routes, accepted=len(announced))

    assert verdicts(both, attachment)["prefixes_from_aws"] == verdict


def test_what_nobody_tells_is_not_judged():
    found = verdicts(ends(GOOD_ROUTES[1:], router=False), with_peer(communities=(), advertise=()))

    assert {name for name, verdict in found.items() if verdict == "na"} == {
        "bgp_router",
        "communities_to_aws",
        "as_path_to_aws",
        "prefixes_taken",
    }


def test_a_family_that_aws_does_not_know_is_not_up():
    both = BothEnds(aws={"fra-a-transit": {"peers": [], "routes": []}}, router={})

    assert verdicts(both)["bgp_aws"] == "fail"


def test_an_interface_that_aws_did_not_tell_of_is_left_out():
    assert verify((ATTACHMENT,), BothEnds(aws={}, router=None)) == []


def test_of_a_way_that_is_drained_and_shut_no_session_is_looked_for():
    drain = Drain(local_preference=10, prepend=4, communities=(), shut=True)
    shut = replace(ATTACHMENT, drain=drain)
    assert verdicts(ends(status="down", is_up=False), shut) == {
        "bgp_aws": "na",
        "bgp_router": "na",
        "routes": "na",
    }


def test_a_way_that_is_drained_is_announced_as_the_last_resort():
    drain = Drain(local_preference=10, prepend=4, communities=("7224:7100", "65535:0"))
    drained = replace(ATTACHMENT, drain=drain)
    last = route(
        "192.168.10.0/24",
        "accepted",
        communities=["7224:7100", "graceful-shutdown"],
        as_path=[65001] * 5,
    )

    assert set(verdicts(ends((last, GOOD_ROUTES[1])), drained).values()) == {"pass"}
    undone = verdicts(ends(), drained)
    assert {name for name, verdict in undone.items() if verdict == "fail"} == {
        "communities_to_aws",
        "as_path_to_aws",
    }
