# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The patch panels of the locations: which ports there are, and which of them a cable joins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .errors import LabError
from .links import namespace
from .topology import LOCATION

if TYPE_CHECKING:
    from collections.abc import Mapping

AWS_ROLE = "aws-router"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The two ports of a cable, seen from the location's side.

    Attributes:
        namespace: The location's network namespace.
        location: The location's code, as AWS writes it.
        ports: The location's interfaces: customer's side, AWS's side.
    """

    namespace: str
    location: str
    ports: tuple[str, str]

    @property
    def bridge(self) -> str:
        """Return the name of the cable's bridge."""
        return f"x-{self.ports[0]}"


def peers(document: Mapping[str, Any]) -> dict[str, str]:
    """Return both ends of each link, from one end to the other, written `node:interface`."""
    pairs = [link["endpoints"] for link in document["links"]]
    return {one: other for pair in pairs for one, other in (pair, pair[::-1])}


def panel(document: Mapping[str, Any], customer: str, aws: str) -> Panel:
    """Return where a cable between two routers' ports is patched.

    Raises:
        LabError: One of the ports ends at no location, or they end at different ones.
    """
    ends = peers(document)
    places = [_place(document, ends, port) for port in (customer, aws)]
    (node, port), (other, other_port) = places
    if node != other:
        raise LabError(f"{customer} ends at {node}, {aws} at {other}: no cable joins the two")
    return Panel(
        namespace=namespace(document["name"], node),
        location=document["nodes"][node]["labels"][LOCATION],
        ports=(port, other_port),
    )


def _place(document: Mapping[str, Any], ends: Mapping[str, str], port: str) -> tuple[str, str]:
    node, _, interface = ends.get(port, "").partition(":")
    if LOCATION not in document["nodes"].get(node, {}).get("labels", {}):
        raise LabError(f"{port} does not end at a Direct Connect location")
    return node, interface


def free_customer_port(
    document: Mapping[str, Any], aws: str, cables: Mapping[str, Mapping[str, Any]]
) -> str:
    """Return the one customer's port at the location of an AWS port that has no cable yet.

    Raises:
        LabError: There is none, or more than one to choose from.
    """
    ends = peers(document)
    location, _ = _place(document, ends, aws)
    taken = {cable["customer"] for cable in cables.values()}
    free = [
        port
        for port, place in ends.items()
        if place.startswith(f"{location}:")
        and document["nodes"][port.partition(":")[0]]["labels"].get("dx-role") != AWS_ROLE
        and port not in taken
    ]
    if len(free) != 1:
        found = ", ".join(free) or "none"
        raise LabError(f"free customer's ports at {location}: {found}; name one with --port")
    return free[0]
