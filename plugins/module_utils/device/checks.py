# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gates of a commit: sessions and BFD come up, prefixes come, nothing else has gone down."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from ..core.diagnosis import Evidence, diagnose
from . import bfd as bfd_gate
from . import management as management_gate
from . import prefixes as prefix_gate
from .platforms import load

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from .management import Door
    from .platforms import Platform

# A router that is busy bringing sessions up is not asked four times a second for long.
FIRST_PAUSE, LONGEST_PAUSE, LONGER = 0.25, 1.0, 1.25  # seconds, seconds, each time
SLACK_SECONDS = 2.0  # uptimes are whole seconds, and clocks are read one after the other
GLOBAL = "global"  # what NAPALM calls the default VRF
Record = dict[str, Any]


class Router(Protocol):
    """What the gates need of a session."""

    name: str
    driver: Any
    platform: Platform
    door: Door


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The records {id, target, verdict, measured, expected} and a sentence per failure."""

    records: list[Record]
    problems: list[str]


def wait(  # noqa: PLR0913 - the gates' own parameters
    router: Router,
    *,
    bgp: Sequence[Mapping[str, Any]],
    bfd: bool,
    baseline: Mapping[str, Any] | None,
    timeout: float,
    prefixes: bool = False,
    management: bool = False,
    changed: Collection[str] = (),
) -> Outcome:
    """Look until all is well or the time is over; then find out why not.

    Args:
        router: The session.
        bgp: The sessions that must be up: neighbor, interface, name, family, vrf, and what prefixes
            to expect of it.
        bfd: Whether BFD must be up for each of them, too.
        baseline: What `facts(["bgp_neighbors", "interfaces"])` gave before the change.
        prefixes: Whether each must bring at least as many prefixes as it has in `expect`.
        management: Whether the router must take a new connection, once all the rest is well.
        timeout: Seconds; also the window in which evidence is counted.
        changed: Neighbors that the change touched on purpose, and interfaces whose sessions, and
            those of what rides on them, it moved: not held against the baseline.
    """
    moved = {session["neighbor"] for session in bgp if _is_on(session["interface"], changed)}
    witness = _Witness(router)
    end, pause = time.monotonic() + timeout, FIRST_PAUSE
    while True:
        over = time.monotonic() >= end
        looks = _looks(router, bgp, bfd, prefixes, baseline, {*changed, *moved})
        records = list(_until_failure(looks, whole=over))
        if management and not _failures(records):
            records.append(management_gate.record(router.door, router.name))
        if over or not _failures(records):
            break
        time.sleep(pause)
        pause = min(pause * LONGER, LONGEST_PAUSE)
    sessions = {_target(session): session for session in bgp}
    down = {record["target"] for record in _failures(records, "bgp", "bfd")}
    seen = {name: witness.evidence(sessions[name]) for name in sessions if name in down}
    problems = [_sentence(router, sessions[name], seen[name], timeout) for name in seen]
    problems += [
        prefix_gate.sentence(router, sessions[record["target"]], record, timeout)
        for record in _failures(records, "prefixes")
    ]
    problems += [
        management_gate.sentence(router.door, record) for record in _failures(records, "management")
    ]
    return Outcome(
        records=[_explained(record, seen) for record in records],
        problems=problems + _losses(router, records),
    )


def _failures(records: Sequence[Record], *identities: str) -> list[Record]:
    """Return the records that failed, of these checks or of all."""
    return [
        record
        for record in records
        if record["verdict"] == "fail" and (not identities or record["id"] in identities)
    ]


def _explained(record: Record, seen: Mapping[str, Evidence]) -> Record:
    """Return a record with the reason, where it is of a session that is not there."""
    if record["id"] != "bgp" or record["verdict"] != "fail":
        return record
    return record | {"measured": f"{record['measured']}: {diagnose(seen[record['target']])}"}


def _target(session: Mapping[str, Any]) -> str:
    return f"{session['name']} {session['family']}"


def _record(identity: str, target: str, measured: str, expected: str, *, passed: bool) -> Record:
    verdict = "pass" if passed else "fail"
    return {
        "id": identity,
        "target": target,
        "verdict": verdict,
        "measured": measured,
        "expected": expected,
    }


def _is_on(interface: str, changed: Collection[str]) -> bool:
    """Whether an interface is one of those, or a part of one as a port's VLAN is."""
    return interface in changed or interface.rpartition(".")[0] in changed


def _until_failure(looks: Iterable[list[Record]], *, whole: bool) -> Iterator[Record]:
    """Yield the records; no more than up to a failure if the router is asked again anyway."""
    for records in looks:
        yield from records
        if _failures(records) and not whole:
            return


def _looks(  # noqa: PLR0913, PLR0917 - what `wait` was asked for
    router: Router,
    bgp: Sequence[Mapping[str, Any]],
    bfd: bool,  # noqa: FBT001
    prefixes: bool,  # noqa: FBT001
    baseline: Mapping[str, Any] | None,
    changed: Collection[str],
) -> Iterator[list[Record]]:
    """Yield the records of one gate after the other: each is a question to the router."""
    looked_at = time.time()
    now: dict[str, Any] = router.driver.get_bgp_neighbors()
    yield [_session(router, now, session) for session in bgp]
    if bfd:
        yield _bfd(router, bgp)
    if prefixes:
        targets = [_target(session) for session in bgp]
        yield prefix_gate.look([_peer(router, now, each) for each in bgp], bgp, targets)
    if baseline:
        yield _compare(router, now, baseline, changed, looked_at)


def _session(router: Router, tables: Mapping[str, Any], session: Mapping[str, Any]) -> Record:
    up = bool(_peer(router, tables, session).get("is_up"))
    measured = "established" if up else "not established"
    return _record("bgp", _target(session), measured, "established", passed=up)


def _bfd(router: Router, bgp: Sequence[Mapping[str, Any]]) -> list[Record]:
    if not router.platform.evidence:
        return [
            {"id": "bfd", "target": _target(session), "verdict": "na"}
            | {"measured": None, "expected": "up"}
            for session in bgp
        ]
    sessions = load(router.platform.evidence).bfd_sessions(router.driver)
    return [
        _record("bfd", _target(session), state, "up", passed=state == "up")
        for session in bgp
        for state in [bfd_gate.state_of(sessions, session)]
    ]


def _peer(router: Router, tables: Mapping[str, Any], session: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is told of a session: in its own VRF, as far as the platform knows VRFs.

    Another VRF may have a neighbor of the same address, which is no evidence of ours.
    """
    own = tables.get(session.get("vrf") or GLOBAL, {})
    meant = (own,) if router.platform.vrf else (own, *tables.values())
    rows = (table["peers"].get(session["neighbor"]) for table in meant if table)
    return next((row for row in rows if row), {})


def _compare(
    router: Router,
    tables: Mapping[str, Any],
    baseline: Mapping[str, Any],
    changed: Collection[str],
    looked_at: float,
) -> list[Record]:
    records = []
    if "bgp_neighbors" in baseline:
        passed = looked_at - float(baseline.get("taken_at", looked_at))
        records += _sessions_kept(tables, baseline, changed, passed)
    if "interfaces" in baseline:
        now = router.driver.get_interfaces()
        for name, before in baseline["interfaces"].items():
            if before["is_up"] and name in now:
                up = now[name]["is_up"]
                measured = "up" if up else "down"
                records.append(_record("interface_kept", name, measured, "up", passed=up))
    return records


def _sessions_kept(
    now: Mapping[str, Any], baseline: Mapping[str, Any], changed: Collection[str], passed: float
) -> list[Record]:
    records = []
    sessions = (
        (address, row, now.get(vrf, {}).get("peers", {}).get(address, {}))
        for vrf, table in baseline["bgp_neighbors"].items()
        for address, row in table["peers"].items()
    )
    for address, before, found in sessions:
        if not before["is_up"] or address in changed:
            continue
        flapped = found.get("uptime", 0) + SLACK_SECONDS < before["uptime"] + passed
        measured = "down" if not found.get("is_up") else "reset" if flapped else "kept"
        records.append(_record("bgp_kept", address, measured, "kept", passed=measured == "kept"))
    return records


def _losses(router: Router, records: Sequence[Record]) -> list[str]:
    words = {
        "bgp_kept": "the BGP session with {} was up before the change, now it is {}",
        "interface_kept": "interface {} was up before the change, now it is {}",
    }
    return [
        f"{router.name}: {words[record['id']].format(record['target'], record['measured'])}"
        for record in _failures(records, *words)
    ]


def _sentence(router: Router, session: Mapping[str, Any], seen: Evidence, timeout: float) -> str:
    where = f"{session['interface']} ({session['name']}, {session['neighbor']})"
    if seen.state == "Established":
        return f"{router.name}: {where}: BFD did not come up within {timeout:g} s"
    return (
        f"{router.name}: {where}: the BGP session did not establish within {timeout:g} s:"
        f" {diagnose(seen)}"
    )


class _Witness:
    """Counts from the beginning of the wait, so that only its own time is judged."""

    def __init__(self, router: Router) -> None:
        self._router, self._driver = router, router.driver
        self._module = load(router.platform.evidence) if router.platform.evidence else None
        self._before = self._module.counters(self._driver) if self._module else {}

    def evidence(self, session: Mapping[str, Any]) -> Evidence:
        if self._module is None:
            peer = _peer(self._router, self._driver.get_bgp_neighbors(), session)
            state = "Established" if peer.get("is_up") else "unknown"
            return Evidence(state=state, configured=bool(peer))
        found: Evidence = self._module.gather(self._driver, session, self._before)
        return found
