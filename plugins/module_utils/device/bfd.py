# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BFD sessions as routers tell them, and which of them is that of a BGP session.

Two VRFs may have a neighbor of one address: so what a router says of the VRF and of the interface
must fit as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ABSENT = "absent"
_DEFAULTS = ("default", "master")  # what routers call the VRF that the estate does not name
_NAME = re.compile(r"([A-Za-z-]*)(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BfdSession:
    """One BFD session.

    Attributes:
        peer: The other end's address, in any spelling.
        state: In the platform's own word, in small letters: `up`, `down`, `init`.
        vrf: The VRF that it is in; empty for the default one; None where that is not told.
        interface: The interface that it runs on, perhaps shortened; empty where that is not told.
    """

    peer: str
    state: str
    vrf: str | None = None
    interface: str = ""


def vrf_told(name: str | None) -> str | None:
    """Return a VRF in the estate's words, from a router's: the default one has no name."""
    return "" if name in _DEFAULTS else name


def state_of(sessions: Iterable[BfdSession], wanted: Mapping[str, Any]) -> str:
    """Return the state of the BFD session of a BGP session; `absent` where there is none.

    Args:
        sessions: All that the router tells.
        wanted: The BGP session: neighbor, interface, vrf.
    """
    return next((each.state for each in sessions if _is(each, wanted)), ABSENT)


def _is(session: BfdSession, wanted: Mapping[str, Any]) -> bool:
    return (
        ip_address(session.peer) == ip_address(wanted["neighbor"])
        and session.vrf in {None, wanted.get("vrf") or ""}
        and (not session.interface or _names(session.interface, wanted["interface"]))
    )


def _names(told: str, interface: str) -> bool:
    """Whether a name, perhaps with its word shortened as in `Gi0/0/1.101`, is an interface's."""
    (word, number), (whole, rest) = (
        (found[1].lower(), found[2]) for found in map(_NAME.match, (told, interface)) if found
    )
    return number == rest and whole.startswith(word)
