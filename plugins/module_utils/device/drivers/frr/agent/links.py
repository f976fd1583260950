# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The links that FRR's zebra cannot create, VLANs and bundles: read, compared, made, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from . import bonds, iproute, vlans
from .bonds import Bond
from .shell import AgentError
from .vlans import Vlan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .iproute import Interface

    Link = Vlan | Bond

Kind = TypeVar("Kind", Vlan, Bond)


def parse(line: str) -> Link:
    """Read one statement."""
    words = " ".join(line.split())
    link = vlans.parse(words) or bonds.parse(words)
    if link is None:
        grammar = f"{vlans.GRAMMAR}, or {bonds.GRAMMAR}"
        raise AgentError(f"not a link statement: {line!r} ({grammar})", "load")
    return link


def split(text: str) -> tuple[list[Link], str]:
    """Part a configuration into its links and FRR's own text."""
    lines = text.splitlines()
    links = [parse(line) for line in lines if line.startswith("link ")]
    rest = "".join(f"{line}\n" for line in lines if not line.startswith("link "))
    return sorted(links, key=order), rest


def order(link: Link) -> tuple[str, int, str]:
    """Sort bundles first, then by port, then by tag as a number."""
    if isinstance(link, Bond):
        return "", 0, link.name
    return link.parent, link.vlan, link.name


def running() -> list[Link]:
    """Return the links that exist now."""
    return among(iproute.interfaces())


def among(present: dict[str, Interface]) -> list[Link]:
    """Return the links among all interfaces."""
    return sorted([*bonds.running(present), *vlans.running(present)], key=order)


class Change(NamedTuple):
    """One difference between wanted and present links; None where it does not exist."""

    before: Link | None
    after: Link | None


def compare(wanted: Iterable[Link], present: Iterable[Link]) -> list[Change]:
    """Tell what differs; a wanted link without MTU is content with any."""
    now = {link.name: link for link in present}
    then = {link.name: link for link in wanted}
    changes = [Change(now[name], None) for name in now if name not in then]
    for name, link in then.items():
        before = now.get(name)
        after = link._replace(mtu=before.mtu) if before and link.mtu is None else link
        if before != after:
            changes.append(Change(before, after))
    return changes


def check(wanted: Iterable[Link], present: dict[str, Interface]) -> None:
    """Refuse at load what iproute2 would refuse at commit, with all that it would."""
    links = list(wanted)
    bundles = [link for link in links if isinstance(link, Bond)]
    addressed = iproute.addressed() if bundles else set()
    faults = [*bonds.faults(bundles, present, addressed)]
    for link in links:
        if isinstance(link, Vlan):
            faults += _stranded(link, bundles, present)
            faults += vlans.faults(link, present, _limits(bundles, present))
    if faults:
        raise AgentError("; ".join(faults), "load")


def _limits(bundles: list[Bond], present: dict[str, Interface]) -> dict[str, int]:
    """Return the MTU of all that a VLAN may ride on."""
    limits = {name: int(entry["mtu"]) for name, entry in present.items()}
    for bond in bundles:
        limits[bond.name] = bond.mtu or limits.get(bond.name, bonds.PLAIN_MTU)
    return limits


def _stranded(link: Vlan, bundles: list[Bond], present: dict[str, Interface]) -> Iterator[str]:
    """Say that what a VLAN rides on is taken from under it."""
    names = {bond.name for bond in bundles}
    if link.parent in {bond.name for bond in bonds.running(present)} - names:
        yield f"{link.line}: bundle {link.parent} would go, and this rides on it: move it first"
    for bond in bundles:
        if link.parent in bond.members:
            yield f"{link.line}: port {link.parent} goes into {bond.name}: move this first"


def make(changes: Iterable[Change]) -> None:
    """Create and change: before FRR's configuration refers to the links.

    Ports leave their bundles first: one may be wanted in another, or for VLANs of its own.
    """
    found = list(changes)
    bundles = _of(Bond, found)
    for before, after in bundles:
        if before:
            bonds.release(before, after)
    for before, after in bundles:
        if after:
            bonds.make(before, after)
    for old, new in _of(Vlan, found):
        if new:
            vlans.make(old, new)


def unmake(changes: Iterable[Change]) -> None:
    """Delete: after FRR's configuration has let go of the links, VLANs before their bundles."""
    gone = [before for before, after in changes if before and after is None]
    for link in sorted(gone, key=order, reverse=True):
        iproute.ip("link", "del", link.name)


def _of(kind: type[Kind], changes: Iterable[Change]) -> list[tuple[Kind | None, Kind | None]]:
    return [
        (
            before if isinstance(before, kind) else None,
            after if isinstance(after, kind) else None,
        )
        for before, after in changes
        if isinstance(before or after, kind)
    ]
