# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verification: both ends of every session are up, and the routes that cross it are the intended.

AWS says itself that a session which is up says nothing of routing; so routes are compared, in both
directions, from what AWS accepted and announces and from what the router took.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from .check import check, passes
from .evidence import bare, neighbor_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .attachment import Attachment, AttachmentPeer
    from .check import Check


_BOTH_ENDS = ("bgp_aws", "bgp_router")


@dataclass(frozen=True, slots=True, kw_only=True)
class BothEnds:
    """What the two ends say.

    Attributes:
        aws: By virtual interface: its `peers` and `routes`, as the module virtual_interface_info
            returns them.
        router: NAPALM's getter bgp_neighbors; None when the router was not asked.
        reasons: Why a session is down, as the router tells it, by target.
    """

    aws: Mapping[str, Mapping[str, Any]]
    router: Mapping[str, Mapping[str, Any]] | None
    reasons: Mapping[str, str] = field(default_factory=dict)

    def aws_status(self, interface: str, family: str) -> str:
        """Return up, down or unknown, as AWS sees a session."""
        peers = self.aws[interface]["peers"]
        return next((peer["status"] for peer in peers if peer["family"] == family), "unknown")

    def routes(self, interface: str, family: str, direction: str) -> list[Mapping[str, Any]]:
        """Return the routes of a session, `accepted` or `advertised` by AWS."""
        return [
            route
            for route in self.aws[interface]["routes"]
            if (route["family"], route["direction"]) == (family, direction)
        ]

    def neighbor(self, attachment: Attachment, peer: AttachmentPeer) -> Mapping[str, Any]:
        """Return what the router says of a session's neighbor; empty when it knows of none."""
        return neighbor_in(self.router or {}, bare(peer.remote_address), attachment.vrf)


def verify(attachments: Sequence[Attachment], ends: BothEnds) -> list[Check]:
    """Return the check records of every session of every attachment that AWS told of."""
    return [
        record
        for attachment in attachments
        if attachment.name in ends.aws
        for peer in attachment.peers
        for record in _session(attachment, peer, ends)
    ]


def _session(attachment: Attachment, peer: AttachmentPeer, ends: BothEnds) -> Iterator[Check]:
    target = f"{attachment.name} {peer.family}"
    status = ends.aws_status(attachment.name, peer.family)
    if attachment.drain and attachment.drain.shut:
        yield from (check(each, target, "na", "drained and shut", "up") for each in _BOTH_ENDS)
        yield check("routes", target, "na", "not looked at: the session is shut", "as declared")
        return
    yield passes("bgp_aws", target, status == "up", status, "up")
    yield _router_side(target, ends.neighbor(attachment, peer), ends)
    # What is wrong is told once: no route crosses a session that is down.
    if status == "up":
        yield from _routes(attachment, peer, ends)
    else:
        yield check("routes", target, "na", "not looked at: the session is down", "as declared")


def _routes(attachment: Attachment, peer: AttachmentPeer, ends: BothEnds) -> Iterator[Check]:
    target = f"{attachment.name} {peer.family}"
    accepted = ends.routes(attachment.name, peer.family, "accepted")
    announced = _prefixes(ends.routes(attachment.name, peer.family, "advertised"))
    yield _exactly("prefixes_to_aws", target, _prefixes(accepted), peer.advertise)
    told = attachment.drain or peer
    yield _communities(target, accepted, told.communities)
    yield _as_paths(target, accepted, [attachment.local_asn] * (1 + told.prepend))
    yield _from_aws(target, announced, peer)
    families = ends.neighbor(attachment, peer).get("address_family", {})
    yield _taken(target, len(announced), families.get(peer.family, {}))


def _router_side(target: str, neighbor: Mapping[str, Any], ends: BothEnds) -> Check:
    if ends.router is None:
        return check("bgp_router", target, "na", "the router was not asked", "up")
    up = bool(neighbor.get("is_up"))
    return passes("bgp_router", target, up, "up" if up else ends.reasons.get(target, "down"), "up")


def _exactly(name: str, target: str, measured: list[str], expected: Iterable[str]) -> Check:
    wanted = _sorted(expected)
    return passes(name, target, measured == wanted, measured, wanted)


def _from_aws(target: str, announced: list[str], peer: AttachmentPeer) -> Check:
    """Judge what AWS announces; within a declared prefix where AWS announces the parts of it."""
    if peer.accept_longest is None:
        return _exactly("prefixes_from_aws", target, announced, peer.accept)
    allowed = [ip_network(prefix) for prefix in peer.accept]
    strangers = [prefix for prefix in announced if not _within(prefix, allowed)]
    unused = [str(network) for network in allowed if not _used(network, announced)]
    expected = f"routes within {', '.join(peer.accept)}"
    return passes("prefixes_from_aws", target, not strangers + unused, announced, expected)


def _taken(target: str, announced: int, prefixes: Mapping[str, Any]) -> Check:
    taken = prefixes.get("accepted_prefixes", -1)
    if taken < 0:
        return check("prefixes_taken", target, "na", "not told by the router", announced)
    return passes("prefixes_taken", target, taken == announced, taken, announced)


def _communities(target: str, accepted: list[Mapping[str, Any]], told: Iterable[str]) -> Check:
    # Those that AWS reads; how it spells others is its own affair.
    wanted = sorted(each for each in told if each.startswith("7224:"))
    if not wanted or not accepted:
        return check("communities_to_aws", target, "na", None, wanted)
    # Others may ride along: what counts for the preference is that ours arrive.
    missing = [
        route["prefix"] for route in accepted if not set(wanted) <= set(route["communities"])
    ]
    measured = f"missing on {', '.join(missing)}" if missing else wanted
    return passes("communities_to_aws", target, not missing, measured, wanted)


def _as_paths(target: str, accepted: list[Mapping[str, Any]], wanted: list[int]) -> Check:
    """Judge the beginning of each path: behind it may stand the ASNs of sites further away."""
    if not accepted:
        return check("as_path_to_aws", target, "na", None, wanted)
    shown = [route["as_path"][: len(wanted)] for route in accepted]
    good = all(path == wanted for path in shown)
    return passes("as_path_to_aws", target, good, wanted if good else shown, wanted)


def _prefixes(routes: Iterable[Mapping[str, Any]]) -> list[str]:
    return _sorted(route["prefix"] for route in routes)


def _sorted(prefixes: Iterable[str]) -> list[str]:
    return [str(network) for network in sorted({ip_network(prefix) for prefix in prefixes})]


def _within(prefix: str, allowed: Iterable[Any]) -> bool:
    network = ip_network(prefix)
    return any(network.subnet_of(parent) for parent in allowed)


def _used(parent: Any, announced: Iterable[str]) -> bool:
    return any(ip_network(prefix).subnet_of(parent) for prefix in announced)
