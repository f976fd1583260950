# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a case is, how it is lived, and what is counted."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from subprocess import TimeoutExpired
from typing import TYPE_CHECKING, Any, Literal

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import (
    DeviceError,
    Session,
)
from tests.fixtures.polling import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .router import Picture, Router
    from .site import Site

End = Literal["old", "new", "either"]
# A session that is silent is dropped by the router after a minute, and with it its lock.
SETTLE_SECONDS, UP_SECONDS = 100, 60
# FRR computes since when a session is up anew each time, to the second.
CLOCK_SECONDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Something that happens to a run.

    Attributes:
        title: What happens.
        end: The configuration in which the router must end; `either` of the two, but whole.
        live: Lets it happen; returns what the operator was told of it.
        told: What the operator must be told at least, as a regular expression.
        within_seconds: How long the router may take afterwards.
    """

    title: str
    end: End
    live: Callable[[Site], str]
    told: str = ""
    within_seconds: float = SETTLE_SECONDS


@dataclass(slots=True)
class Verdict:
    """What the campaign counts.

    Attributes:
        half_configured: Ended in neither of the two whole configurations, saved one included.
        stranded: Did not come to rest in time, or takes no further change.
        flapped: Sessions that the case has nothing to do with, and that fell.
        wrong: Ended in the other configuration than the case's.
        untold: The operator was not told why.
    """

    cases: int = 0
    half_configured: int = 0
    stranded: int = 0
    flapped: int = 0
    wrong: int = 0
    untold: int = 0
    details: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """True when every case ended as it must."""
        return not self.details

    def __str__(self) -> str:
        """Give the figures in one line, and the details of what went wrong."""
        names = ("cases", "half_configured", "stranded", "flapped", "wrong", "untold")
        figures = ", ".join(f"{name} {getattr(self, name)}" for name in names)
        return "\n".join([figures, *(f"  {line}" for line in self.details)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The two whole configurations, and the first one in the driver's form, to go back to."""

    old: Picture
    new: Picture
    text: str


def prepare(site: Site) -> Base:
    """Put the one circuit on the router, add the other, take it away again; all must work.

    Raises:
        RuntimeError: It does not.
    """
    _must(site, site.without(["fra-a-transit"]))
    old = site.router.picture()
    with site.router.driver() as driver:
        text = driver.get_config(retrieve="running")["running"]
    _must(site, site.observed)
    new = site.router.picture()
    base = Base(old=old, new=new, text=text)
    rest(site.router, base)
    return base


def _must(site: Site, observed: dict[str, Any]) -> None:
    run = site.start(observed)
    if not run.result().get("configured"):
        raise RuntimeError(run.output)


def rest(router: Router, base: Base) -> None:
    """Bring the old configuration back, whatever the router has."""
    with router.driver(force_rollback=True) as driver:
        if driver.has_pending_commit():
            driver.rollback()
        if router.picture() != base.old:
            driver.load_replace_candidate(config=base.text)
            driver.commit_config()
    if router.picture() != base.old:
        raise RuntimeError("the old configuration does not come back")


def live(site: Site, base: Base, case: Case, verdict: Verdict) -> str:
    """Live one case and judge it; return how it ended, in a word or two."""
    rest(site.router, base)
    before = site.router.sessions()
    began = time.monotonic()
    told, faults = _told(site, case)
    acted = time.monotonic()
    unsettled = list(_settle(site.router, case.within_seconds))
    settled = time.monotonic()
    end = _end(site.router.picture(), base)
    verdict.cases += 1
    verdict.stranded += bool(unsettled)
    faults += unsettled
    faults += _judge_end(verdict, case, end)
    faults += _judge_sessions(verdict, before, site.router.sessions())
    if not faults and not re.search(case.told, told):
        verdict.untold += 1
        faults.append(f"nothing of {case.told!r} was told, but {told!r}")
    verdict.details += [f"{case.title}: {fault}" for fault in faults]
    ending = f"{end}, run {acted - began:.0f} s, router {settled - acted:.0f} s later"
    return "\n    FAULT: ".join([ending, *faults])


def _told(site: Site, case: Case) -> tuple[str, list[str]]:
    """Let the case happen; return what was told, and why it could not be lived, if so."""
    try:
        return case.live(site), []
    except (RuntimeError, TimeoutExpired, pytest.fail.Exception) as error:
        return "", [f"could not be lived: {error}"]


def _settle(router: Router, seconds: float) -> Iterable[str]:
    """Wait until the router is at rest and takes another change; tell what it does not do."""
    deadline = time.monotonic() + seconds
    while left := list(router.remains()):
        if time.monotonic() > deadline:
            yield f"not at rest after {seconds:.0f} s: {', '.join(left)}"
            return
        time.sleep(0.05)
    words = "no login"
    while words:
        words = _refusal(router)
        if words and time.monotonic() > deadline:
            yield f"takes no further change: {words}"
            return


def _refusal(router: Router) -> str:
    """Return why another run could not begin; empty when it could."""
    driver = router.driver()
    session = Session(
        platform_name="frr", name=router.name, host=router.address, user="automation",
        optional_args=driver.optional_args,
    )  # fmt: skip
    try:
        session.open()
        session.load("ip prefix-list CAMPAIGN seq 5 permit 192.0.2.0/24\n")
        session.discard()
    except DeviceError as error:
        return str(error)
    finally:
        session.close()
    return ""


def _end(picture: Picture, base: Base) -> str:
    names = {base.old: "old", base.new: "new"}
    return names.get(picture, "half")


def _judge_end(verdict: Verdict, case: Case, end: str) -> Iterable[str]:
    if end == "half":
        verdict.half_configured += 1
        yield "ended in neither configuration"
    elif case.end not in {"either", end}:
        verdict.wrong += 1
        yield f"ended in the {end} configuration"


def _judge_sessions(
    verdict: Verdict, before: dict[str, int], after: dict[str, int]
) -> Iterable[str]:
    for neighbor, since in before.items():
        if abs(after.get(neighbor, 0) - since) > CLOCK_SECONDS:
            verdict.flapped += 1
            yield f"the session with {neighbor} fell"


def wait_for(router: Router, neighbors: Iterable[str]) -> None:
    """Wait until sessions are up again that a case has had down."""
    wanted = set(neighbors)
    until(lambda: wanted <= set(router.sessions()), f"{router.name}: {wanted} up", UP_SECONDS)
