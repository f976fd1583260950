# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the estate waits for, and from whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .awaited_owners import owner_words, unaccepted
from .awaited_ports import allocated, unencrypted
from .observed_vpn import awaited_vpn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..core.plan import Action

# State: who is awaited, and what is awaited from them. A state that nobody has heard of is pending.
CONNECTION = {
    "ordering": ("own team", "confirmation of the hosted connection"),
    "requested": ("AWS", "the letter of authorization (LOA-CFA); it may ask a question by mail"),
    "pending": ("colocation", "the cross-connect, made as the LOA-CFA says"),
    "down": ("colocation", "light on the port"),
}
HOSTED = {
    **CONNECTION,
    "requested": ("provider", "the hosted connection, provisioned"),
    "pending": ("provider", "the port that carries the hosted connection"),
    "down": ("provider", "light on the port that carries the hosted connection"),
}
LAG: dict[str, tuple[str, str]] = {}
GATEWAY: dict[str, tuple[str, str]] = {}
ASSOCIATION: dict[str, tuple[str, str]] = {}
INTERFACE = {
    "confirming": ("other account's owner", "acceptance of the virtual interface"),
    "verifying": ("AWS", "verification of the prefixes"),
}
OTHERWISE = ("AWS", "the change to finish")


def awaited(observed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what is not ready yet: kind, name, state, from, what, since (UTC, or None).

    An interface that waits for its connection is not named: the connection is. Nor is a LAG that
    waits for its ports.
    """
    return [
        *_connections(observed),
        *_lags(observed),
        *unencrypted(observed),
        *allocated(observed),
        *_gateways(observed),
        *unaccepted(observed),
        *awaited_vpn(observed),
        *_interfaces(observed),
    ]


def still_going(left: Iterable[Action]) -> list[dict[str, Any]]:
    """Return what must have gone before actions that were left for a later run can be sent."""
    return [
        {
            "kind": wait.on.kind,
            "name": wait.on.name,
            "state": wait.now,
            "from": "AWS",
            "what": f"the deletion of {wait.on.id} to finish",
            "since": None,
        }
        for action in left
        for wait in action.waits_for
        if not wait.until and wait.owner is None
    ]


def _connections(observed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for thing in observed["connections"]:
        if thing["state"] != "available":
            since = thing["ordered_at"]
            if thing["state"] == "pending":
                since = thing["loa_issue_time"] or since
            words = HOSTED if thing["vlan"] else CONNECTION
            yield _record("connection", thing["name"], thing["state"], words, since)


def _lags(observed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    ready = {thing["name"] for thing in observed["connections"] if thing["state"] == "available"}
    for thing in observed["lags"]:
        if thing["state"] != "available" and ready.issuperset(thing["connections"]):
            yield _record("lag", thing["name"], thing["state"], LAG, thing["ordered_at"])


def _gateways(observed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for thing in observed["gateways"]:
        since = thing["ordered_at"]
        if thing["state"] != "available":
            yield _record("gateway", thing["name"], thing["state"], GATEWAY, since)
        for tie in thing["associations"]:
            if tie["state"] != "associated":
                name = f"{thing['name']}/{tie['target']}"
                yield _record("association", name, tie["state"], ASSOCIATION, None)


def _interfaces(observed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for thing in observed["virtual_interfaces"]:
        # Down is complete: the BGP session is the router's part, and a later step's.
        if thing["state"] not in ("available", "down"):
            since = thing["ordered_at"]
            record = _record("virtual_interface", thing["name"], thing["state"], INTERFACE, since)
            named = thing["state"] == "confirming" and thing.get("account")
            yield {**record, "from": owner_words(thing["account"])} if named else record


def _record(
    kind: str, name: str, state: str, words: Mapping[str, tuple[str, str]], since: str | None
) -> dict[str, Any]:
    who, what = words.get(state, OTHERWISE)
    return {"kind": kind, "name": name, "state": state, "from": who, "what": what, "since": since}
