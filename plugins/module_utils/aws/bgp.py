# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BGP as AWS sees it: sessions to wait for, routes to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.plan import PlanError
from ..core.planner.identity import identify
from ..core.snapshot import GONE
from .errors import AwsError
from .observed import observed_interface
from .virtual_interfaces import read_routes, read_virtual_interfaces
from .waits import Patience, Watch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.snapshot import FoundVirtualInterface
    from .session import Aws


def look_at_interfaces(options: Mapping[str, Any], aws: Aws) -> dict[str, Any]:
    """Return the result of virtual_interface_info; parents are given by id only.

    Raises:
        PlanError: An interface is not there.
        AwsError: A session is not up after all the waiting.
    """
    names, estate = options["names"], options["estate"] or ""
    watch = Watch(Patience(wait_seconds=options["wait_seconds"]))
    found = _find(names, estate, aws)
    while options["wait_bgp"] == "up" and _down(found) and watch.has_time(people=True):
        watch.pause()
        found = _find(names, estate, aws)
    seen = [observed_interface(name, thing) for name, thing in found.items()]
    down = _down(found)
    if options["wait_bgp"] == "up" and down:
        waited = f"after {options['wait_seconds']} s of waiting"
        raise AwsError(
            f"{waited} AWS sees BGP not up on: {'; '.join(down)}", virtual_interfaces=seen
        )
    if options["routes"]:
        seen = [{**thing, "routes": read_routes(aws, thing["id"])} for thing in seen]
    return {"changed": False, "virtual_interfaces": seen, "calls": dict(sorted(aws.calls.items()))}


def _find(names: Sequence[str], estate: str, aws: Aws) -> dict[str, FoundVirtualInterface]:
    things = read_virtual_interfaces(aws)
    if not names:
        return {thing.name: thing for thing in things if thing.state not in GONE}
    matches = {
        name: identify("virtual_interface", name, estate=estate, candidates=things)
        for name in names
    }
    missing = [
        match.fault or f"there is no virtual_interface {name} in this account"
        for name, match in matches.items()
        if match.found is None
    ]
    if missing:
        raise PlanError("\n".join(missing))
    return {name: match.found for name, match in matches.items() if match.found is not None}


def _down(found: Mapping[str, FoundVirtualInterface]) -> list[str]:
    """Say which sessions are not up; an interface without any session counts as one."""
    sentences = []
    for name, thing in found.items():
        peers = [peer for peer in thing.peers if peer.state not in GONE]
        sentences += [
            f"{name} ({thing.id}), {peer.family} session with {peer.customer_address} "
            f"is {peer.status}"
            for peer in peers
            if peer.status != "up"
        ]
        if not peers:
            sentences.append(f"{name} ({thing.id}) has no BGP peer")
    return sentences
