# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a BGP session did not come up: from what the router saw to one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the router knows of one session at the end of a wait; None where it cannot tell.

    The counters of MD5 tell how many TCP segments arrived during the wait with another signature,
    without the one that is expected, or with one that is not.
    """

    state: str
    configured: bool = True
    shut_down: bool = False
    interface_up: bool | None = None
    peer_resolved: bool | None = None
    md5_failures: int = 0
    md5_missing: int = 0
    md5_unexpected: int = 0
    last_error: str = ""
    was_established: bool = False
    prefix_limit: bool = False


Rule = tuple["Callable[[Evidence], bool]", "Callable[[Evidence], str]"]

# The first that holds is the answer: from the wire upwards.
RULES: tuple[Rule, ...] = (
    (
        lambda seen: not seen.configured,
        lambda _: "the router has no such neighbor: its configuration was changed meanwhile",
    ),
    (
        lambda seen: seen.shut_down,
        lambda _: "the session is shut down in the router's configuration",
    ),
    (
        lambda seen: seen.interface_up is False,
        lambda _: "the interface has no carrier: look at the cable, the optics and the port",
    ),
    (
        lambda seen: seen.prefix_limit,
        lambda _: "the other side announced more prefixes than the router accepts",
    ),
    (
        lambda seen: "Peer AS" in seen.last_error,
        lambda seen: f"the two sides are configured with different ASNs ({seen.last_error})",
    ),
    (
        # A VRF has no address that FRR would take by itself: AWS's are link-local.
        lambda seen: "BGP Identifier" in seen.last_error,
        lambda seen: (
            "the other side does not take the router's BGP identifier: configure a router id of"
            f" its own, in a VRF for the VRF ({seen.last_error})"
        ),
    ),
    (
        lambda seen: seen.md5_failures > 0,
        lambda seen: (
            "the two sides have different keys"
            f" ({seen.md5_failures} TCP segments came with another MD5 signature)"
        ),
    ),
    (
        lambda seen: seen.md5_missing > 0,
        lambda seen: (
            "the router has a key, the other side has none"
            f" ({seen.md5_missing} TCP segments came without an MD5 signature)"
        ),
    ),
    (
        lambda seen: seen.md5_unexpected > 0,
        lambda seen: (
            "the other side has a key, the router has none"
            f" ({seen.md5_unexpected} TCP segments came with an MD5 signature)"
        ),
    ),
    (
        lambda seen: seen.peer_resolved is False,
        lambda _: (
            "the other side does not answer on the link (no ARP or ND entry):"
            " check the VLAN, the cross-connect and the addresses"
        ),
    ),
    (
        # An ARP entry outlives the link for a while; BFD does not.
        lambda seen: "BFD Down" in seen.last_error,
        lambda _: (
            "BFD hears nothing more from the other side, so frames are lost on the way:"
            " check the VLAN, the cross-connect and the other side"
        ),
    ),
    (
        lambda seen: seen.was_established and seen.state == "Idle",
        lambda seen: _with(
            "the session was up and has fallen to Idle; the other side's prefix limit may be"
            " exceeded",
            seen,
        ),
    ),
    (
        lambda seen: bool(seen.last_error),
        lambda seen: f"the other side was reached, but the session ended: {seen.last_error}",
    ),
    (
        lambda seen: seen.state in {"OpenSent", "OpenConfirm"},
        lambda seen: (
            f"TCP is up, but the other side does not complete BGP's opening ({seen.state})"
        ),
    ),
)


def diagnose(seen: Evidence) -> str:
    """Say in one clause, for the operator, why the session is not established."""
    for holds, words in RULES:
        if holds(seen):
            return words(seen)
    return (
        f"the other side is on the link, but does not answer TCP port 179 (state {seen.state}):"
        " it may lack the session, or have another key or address"
    )


def _with(words: str, seen: Evidence) -> str:
    return f"{words} ({seen.last_error})" if seen.last_error else words
