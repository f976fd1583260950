# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Failover tests: what must hold before one starts, and what its looks say when it is over.

AWS takes BGP sessions of one virtual interface down for some minutes, then lets them come up again
by itself. What is looked at is every session that leads to the same place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from .snapshot import GONE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from .snapshot import FoundVirtualInterface

RUNNING, COMPLETED = "IN_PROGRESS", "COMPLETED"
PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One BGP session at one moment: the interface's name, the peer's id, AWS's word for it."""

    virtual_interface: str
    id: str
    family: str
    status: str

    @property
    def up(self) -> bool:
        """Whether it carries routes."""
        return self.status == "up"

    def __str__(self) -> str:
        """Name it."""
        return f"the {self.family} session of {self.virtual_interface}"


# What one look saw.
Look = tuple[Session, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What was seen before, during and after a test; None: nobody looked."""

    before: Look | None = None
    during: Look | None = None
    after: Look | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailoverTest:
    """A failover test as ListVirtualInterfaceTestHistory shows it."""

    id: str
    virtual_interface_id: str
    peer_ids: tuple[str, ...]
    status: str
    minutes: int
    started: datetime | None = None
    ended: datetime | None = None

    @property
    def runs(self) -> bool:
        """Whether it holds sessions down; by a status that nobody knows, until it has an end."""
        status = self.status.upper().replace(" ", "_")
        return status == RUNNING or (self.ended is None and status != COMPLETED)

    @property
    def ends(self) -> datetime | None:
        """When it has ended, or AWS will end it by itself."""
        if self.started is None or not self.runs:
            return self.ended
        return self.started + timedelta(minutes=self.minutes)


def to_the_same_place(
    found: FoundVirtualInterface, things: Iterable[FoundVirtualInterface]
) -> tuple[FoundVirtualInterface, ...]:
    """Return the living interfaces to the same gateway, or to AWS's public network; itself too."""
    return tuple(
        thing
        for thing in things
        if thing.state not in GONE
        and thing.gateway_id == found.gateway_id
        and (thing.type == PUBLIC) == (found.type == PUBLIC)
    )


def sessions_of(things: Iterable[FoundVirtualInterface]) -> Look:
    """Return the sessions of the interfaces, by name and family."""
    sessions = (
        Session(virtual_interface=thing.name, id=peer.id, family=peer.family, status=peer.status)
        for thing in things
        for peer in thing.peers
        if peer.state not in GONE
    )
    return tuple(sorted(sessions, key=lambda each: (each.virtual_interface, each.family, each.id)))


def peers_to_test(found: FoundVirtualInterface, families: Collection[str]) -> Look:
    """Return the sessions of the interface that a test takes down: of these families, or all."""
    return tuple(each for each in sessions_of([found]) if not families or each.family in families)


def objections(
    found: FoundVirtualInterface, tested: Look, seen: Look, families: Iterable[str]
) -> list[str]:
    """Say all that speaks against a test: it must have something to show, and traffic a way.

    Args:
        found: The interface.
        tested: Its sessions that shall go down.
        seen: All sessions to the same place.
        families: The address families that were asked for by name.
    """
    there = {each.family for each in tested}
    absent = [
        f"{found.name} has no {family} session: name the families that it has"
        for family in families
        if family not in there
    ]
    if not tested and not absent:
        absent = [f"{found.name} has no BGP session: there is nothing to test"]
    down = [
        f"{each} is {each.status} already, so that a test of it shows nothing: bring it up, "
        "or name the other family in families"
        for each in tested
        if not each.up
    ]
    # By id: AWS lets two interfaces have one name.
    own = {peer.id for peer in found.peers}
    others = [each for each in seen if each.id not in own]
    return [*absent, *down, *_lonely(found, sorted(there), others)]


def _lonely(
    found: FoundVirtualInterface, families: Sequence[str], others: Sequence[Session]
) -> Iterator[str]:
    """Yield a sentence for each family whose traffic would have no other way."""
    place = f"gateway {found.gateway_id}" if found.gateway_id else "AWS's public network"
    for family in families:
        same = [each for each in others if each.family == family]
        if not any(each.up for each in same):
            there = ", ".join(f"{each.virtual_interface}: {each.status}" for each in same)
            yield (
                f"no other virtual interface of this account to {place} has its {family} session "
                f"up ({there or 'there is none'}): traffic would have no way; bring one up first"
            )


def verdict(test: FailoverTest | None, looks: Looks) -> dict[str, Any]:
    """Judge a test by what was seen.

    Returns:
        `outcome` (passed, failed, or open while a look is missing), `faults`, and one `sentence`.
    """
    if test is None:
        return _verdict("open", [], "there has been no failover test of this interface")
    tested = frozenset(test.peer_ids)
    faults = [*_faults_during(looks, tested), *_faults_after(looks)]
    if faults:
        return _verdict("failed", faults, f"failed: {'; '.join(faults)}")
    missing = [name for name in ("before", "during", "after") if getattr(looks, name) is None]
    if missing:
        return _verdict("open", [], f"open: nobody looked {' and '.join(missing)} the test")
    return _verdict("passed", [], _passed(looks, tested))


def _verdict(outcome: str, faults: list[str], sentence: str) -> dict[str, Any]:
    return {"outcome": outcome, "faults": faults, "sentence": sentence}


def _faults_during(looks: Looks, tested: AbstractSet[str]) -> Iterator[str]:
    for each in looks.during or ():
        if each.up and each.id in tested:
            yield f"{each} stayed up during the test, which was to take it down"
    for each in _lost(looks.before, looks.during):
        if each.id not in tested:
            yield f"{each} went down during the test, which was not to touch it"


def _faults_after(looks: Looks) -> Iterator[str]:
    for each in _lost(looks.before, looks.after):
        yield f"{each} has not come back after the test"


def _lost(before: Look | None, now: Look | None) -> Iterator[Session]:
    """Yield what was up in an earlier look and is not in a later one."""
    if before is not None and now is not None:
        up = ids_up(now)
        yield from (each for each in before if each.up and each.id not in up)


def ids_up(look: Look) -> frozenset[str]:
    """Return the ids of the sessions that are up."""
    return frozenset(each.id for each in look if each.up)


def _passed(looks: Looks, tested: AbstractSet[str]) -> str:
    held = [str(each) for each in looks.during or () if each.id in tested]
    kept = [str(each) for each in looks.during or () if each.up]
    return (
        f"passed: while {' and '.join(held)} {'was' if len(held) == 1 else 'were'} down, "
        f"{' and '.join(kept)} stayed up, and all that was up before is up again"
    )
