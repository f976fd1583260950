# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way to the router is cut: closed, silent for good, silent for a while."""

from __future__ import annotations

import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.fixtures.polling import until

from .ground import Case
from .kills import COMMITTED, COMMITTING, REVERT_SECONDS, Step, brief, reach
from .router import PORT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .site import Site

COMMIT = Step(name="during the commit", passed=COMMITTING)
GATES = Step(name="at the gates", passed=COMMITTED, seconds=1.0)
SHORT_SECONDS = 4.0
LOST = "session was lost|does not answer|no longer|cannot be reached|takes the commit back"


def cases() -> Iterator[Case]:
    """Yield them all."""
    yield Case(title="login closed during the commit", end="old", live=_closed, told=LOST)
    yield Case(title="way silent from the commit on", end="old", live=_silent, told=LOST)
    yield Case(title="way silent from the gates on", end="old", live=_silent_later, told=LOST)
    yield Case(title="way silent for a while in the commit", end="new", live=_silent_for_a_while)
    yield Case(title="power lost during the commit", end="old", live=_without_power)
    yield Case(title="the router's agent killed in the commit", end="old", live=_without_agent)


@contextmanager
def silence(site: Site) -> Iterator[None]:
    """Drop every packet between the control node and the router, both ways."""
    table = f"campaign-{site.name}"
    address = f"{site.router.address}"
    rules = "".join(
        f"add rule inet {table} lo ip {side} {address} tcp {port} {PORT} drop\n"
        for side, port in (("daddr", "dport"), ("saddr", "sport"))
    )
    chain = "{ type filter hook input priority 0; }"
    _nft(f"add table inet {table}\nadd chain inet {table} lo {chain}\n{rules}")
    try:
        yield
    finally:
        _nft(f"delete table inet {table}\n")


def _nft(text: str) -> None:
    subprocess.run(["nft", "-f", "-"], input=text, text=True, check=True)


def _closed(site: Site) -> str:
    run = site.start(**brief(REVERT_SECONDS))
    reach(site.router, run, COMMIT)
    site.router.shell("kill -9 $(pgrep -x sshd)")
    return str(run.result()["reason"])


def _silent(site: Site, step: Step = COMMIT) -> str:
    run = site.start(**brief(REVERT_SECONDS))
    reach(site.router, run, step)
    with silence(site):
        return str(run.result()["reason"])


def _silent_later(site: Site) -> str:
    return _silent(site, GATES)


def _silent_for_a_while(site: Site) -> str:
    run = site.start()
    reach(site.router, run, COMMIT)
    with silence(site):
        time.sleep(SHORT_SECONDS)  # the length of the silence is the case
    return str(run.result()["reason"])


def _without_power(site: Site) -> str:
    """Kill the control node while no packet leaves it: the router hears nothing of its end."""
    run = site.start(**brief(REVERT_SECONDS))
    reach(site.router, run, COMMIT)
    with silence(site):
        run.kill(whole_node=True)
        until(lambda: not site.router.armed(), "the router's own revert", 3 * REVERT_SECONDS)
    return ""


def _without_agent(site: Site) -> str:
    run = site.start(**brief(REVERT_SECONDS))
    reach(site.router, run, COMMIT)
    site.router.shell("kill -9 $(pgrep -f 'agent-.*[.]pyz serve')")
    return str(run.result()["reason"])
