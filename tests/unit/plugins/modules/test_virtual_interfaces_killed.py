# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual interfaces through kills at every change: nothing twice, nothing lost, nothing half."""

from __future__ import annotations

from copy import deepcopy

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import estate
from tests.fixtures.aws_model import OTHER_ACCESS_KEY, run_module
from tests.fixtures.interfaces import ALL, ANOTHER_KEY, TRANSIT, document, hosted
from tests.fixtures.kills import kill_at_every_change


def reconcile(model, wanted, **options):
    given = {"estate": wanted, "account": "network", "settle_seconds": 20, **model.options()}
    result = run_module(estate.main, **given | options)
    assert "failed" not in result, result.get("msg")
    return result


def kill_runs(model, wanted, **options):
    return kill_at_every_change(model, estate.main, estate=wanted, account="network", **options)


def ported(model, wanted):
    """Give the estate its ports."""
    reconcile(model, wanted, scope=["connections"])
    model.patch("fra-a", "fra-b")
    reconcile(model, wanted, scope=["connections"], wait_seconds=20)


def interfaces(result):
    return [
        (thing["name"], thing["connection"], [peer["family"] for peer in thing["peers"]])
        for thing in result["observed"]["virtual_interfaces"]
    ]


def test_every_type_is_made_once_through_all_kills(aws_model):
    ported(aws_model, document(*ALL))

    changes = kill_runs(aws_model, document(*ALL))

    assert sorted(changes) == [
        "CreateBGPPeer",
        "CreateDirectConnectGateway",
        "CreatePrivateVirtualInterface",
        "CreatePublicVirtualInterface",
        "CreateTransitVirtualInterface",
    ]
    done = reconcile(aws_model, document(*ALL))
    assert interfaces(done) == [
        ("fra-a-transit", "fra-a", ["ipv4", "ipv6"]),
        ("fra-a-public", "fra-a", ["ipv4"]),
        ("fra-a-private", "fra-a", ["ipv4"]),
    ]
    assert done["plan"] == []


def another_key():
    peers = deepcopy(TRANSIT["peers"])
    for peer in peers:
        peer["key"] = ANOTHER_KEY
    return peers


VIF, V4, V6 = "fra-a-transit", "fra-a-transit/ipv4", "fra-a-transit/ipv6"
CHANGED = [
    pytest.param(
        document(vlan=111),
        {"replace": [VIF], "consent": [VIF]},
        ["DeleteVirtualInterface", "CreateTransitVirtualInterface", "CreateBGPPeer"],
        id="replacement",
    ),
    pytest.param(
        document(peers=another_key()),
        {"replace": [V4, V6], "consent": [V4, V6]},
        ["DeleteBGPPeer", "CreateBGPPeer", "DeleteBGPPeer", "CreateBGPPeer"],
        id="peers",
    ),
    pytest.param(
        document(peers=another_key()[:1]),
        {"replace": [V4], "consent": [V4, V6]},
        ["DeleteBGPPeer", "CreateBGPPeer", "DeleteBGPPeer"],
        id="one-peer-replaced-one-dropped",
    ),
    pytest.param(document(on="fra-b"), {}, ["AssociateVirtualInterface"], id="move"),
    pytest.param(
        document(on="fra-b", mtu=8500, rate_limit="2Gbps"),
        {},
        ["AssociateVirtualInterface", "UpdateVirtualInterfaceAttributes"],
        id="move-and-update",
    ),
]


@pytest.mark.parametrize(("wanted", "terms", "changes"), CHANGED)
def test_a_change_ends_as_declared_through_all_kills(aws_model, wanted, terms, changes):
    ported(aws_model, document())
    reconcile(aws_model, document())

    assert kill_runs(aws_model, wanted, **terms) == changes

    done = reconcile(aws_model, wanted, **terms)
    assert done["plan"] == []
    (declared,) = wanted["virtual_interfaces"]
    families = [peer["family"] for peer in declared["peers"]]
    assert interfaces(done) == [(VIF, declared["on"], families)]


def test_a_hosted_interface_is_allocated_and_confirmed_once_through_all_kills(aws_model):
    wanted = hosted()
    ported(aws_model, wanted)
    theirs = {"account": "workload", **aws_model.options(OTHER_ACCESS_KEY)}
    reconcile(aws_model, wanted, scope=["gateways"])

    allocated = kill_runs(aws_model, wanted)
    confirmed = kill_at_every_change(aws_model, estate.main, estate=wanted, **theirs)

    assert allocated == ["AllocateTransitVirtualInterface"]
    assert confirmed == [
        "CreateDirectConnectGateway",
        "ConfirmTransitVirtualInterface",
        "UpdateVirtualInterfaceAttributes",
        "CreateBGPPeer",
    ]
    assert kill_runs(aws_model, wanted) == ["UpdateVirtualInterfaceAttributes"]
    for options in ({}, theirs):
        done = reconcile(aws_model, wanted, **options)
        assert done["plan"] == []
        assert len(done["observed"]["virtual_interfaces"]) == 1
