# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on routing: what is announced and accepted over an interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from .addressing import family, of_family, prefix
from .estate_fault import Fault
from .estate_ground import Rule, virtual_interfaces
from .estate_prefixes import prefix_faults
from .model import Family
from .prefix_guards import allocation as allocated
from .prefix_guards import longest_accepted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .estate_ground import Ground


def prefixes(ground: Ground) -> Iterator[Fault]:
    """Require that what is announced and accepted are prefixes, each given once."""
    for path, interface in virtual_interfaces(ground):
        yield from prefix_faults(f"{path}.routing.advertise", interface.routing.advertise)
        yield from prefix_faults(f"{path}.routing.accept", interface.routing.accept)


def families_have_peers(ground: Ground) -> Iterator[Fault]:
    """Require a peer of a prefix's family for it to travel with."""
    for path, interface in virtual_interfaces(ground):
        carried: set[str] = {peer.family for peer in interface.peers}
        # Without a readable family nobody can tell what a peer carries.
        for attribute in ("advertise", "accept") if carried and "" not in carried else ():
            for position, text in enumerate(getattr(interface.routing, attribute)):
                if prefix(text) and family(text) not in carried:
                    yield Fault(
                        f"{path}.routing.{attribute}[{position}]",
                        f"{text} has no peer of family {family(text)} to travel with: add the peer"
                        " or drop the prefix",
                    )


def allocation(ground: Ground) -> Iterator[Fault]:
    """Require announcements within the allocation, beyond which AWS cuts the session."""
    for path, interface in virtual_interfaces(ground):
        for name in get_args(Family):
            count = len(of_family(interface.routing.advertise, name))
            most = allocated(interface, name, ground.limits)
            if count and count > most:
                yield Fault(
                    f"{path}.routing.advertise",
                    f"has {count} {name} prefixes, AWS cuts the session over {most}: summarise",
                )


def prepend(ground: Ground) -> Iterator[Fault]:
    """Require that an AS path is prepended a few times."""
    most = ground.limits.prepend_highest
    for path, interface in virtual_interfaces(ground):
        if not 0 <= interface.routing.prepend <= most:
            yield Fault(
                f"{path}.routing.prepend",
                f"{interface.routing.prepend} is out of bounds (0 to {most})",
            )


def not_everything(ground: Ground) -> Iterator[Fault]:
    """Refuse to accept everything: a router that does would believe any leak."""
    for path, interface in virtual_interfaces(ground):
        for position, text in enumerate(interface.routing.accept):
            network = prefix(text)
            name = family(text) if network else None
            if network and name and not network.prefixlen and longest_accepted(interface, name):
                yield Fault(
                    f"{path}.routing.accept[{position}]",
                    f"{text} takes whatever is announced: give the prefixes that you expect",
                )


def scope(ground: Ground) -> Iterator[Fault]:
    """Require a public interface for a scope: elsewhere it says nothing to AWS."""
    for path, interface in virtual_interfaces(ground):
        if interface.routing.scope and interface.type in ("private", "transit"):
            yield Fault(
                f"{path}.routing.scope",
                f"has no meaning on a {interface.type} interface: leave it out",
            )


RULES: tuple[Rule, ...] = (
    prefixes,
    families_have_peers,
    allocation,
    prepend,
    not_everything,
    scope,
)
