# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LAGs on the journey: which of the ports is awaited, and from whom.

A LAG is delivered as soon as enough of its ports are up, and in full service when all of them are.
"""

from __future__ import annotations

from dataclasses import replace

from .journey_view import AWS, COLOCATION, ORDER, VALIDATE, Stop, View, awaiting, meanwhile

_ORDERED = ("ordering", "requested")


def undelivered(view: View) -> Stop | None:
    """Say whose port it is that a LAG waits for; None where no port is the cause."""
    missing = [name for name, found in view.ports if not found]
    if missing:
        return Stop(ORDER, f"{_listed(missing)} not ordered", "run site.yml to place the order")
    for states, say in ((("pending",), _pending), (_ORDERED, _requested), (("down",), _down)):
        names = [name for name, found in view.ports if found["state"] in states]
        if names:
            return say(view, names)
    return None


def complete(view: View) -> Stop | None:
    """Let a circuit pass whose ports are all up: it works with fewer, and is not complete."""
    up = sum(found.get("state") == "available" for _, found in view.ports)
    stop = undelivered(view) or _odd(view)
    if stop is None:
        return None
    return replace(
        stop,
        step=VALIDATE,
        state=f"in service on {up} of {len(view.ports)} ports: {stop.state}",
    )


def _pending(view: View, names: list[str]) -> Stop:
    letters = [view.loas.get(name, f"the LOA-CFA of {name}") for name in names]
    known = [found for name, found in view.ports if name in names]
    since = min((found["loa_issue_time"] for found in known if found["loa_issue_time"]), default="")
    return Stop(
        ORDER,
        f"LOA-CFA issued, waiting for the cross-connect of {_listed(names)}",
        f"send {_listed(letters)} to the colocation with the order of {_crosses(names)}"
        f"{meanwhile(view)}",
        awaiting(
            COLOCATION,
            f"the cross-connect of {_listed(names)} at {view.circuit.location}",
            since or view.ordered_at,
        ),
    )


def _requested(view: View, names: list[str]) -> Stop:
    return Stop(
        ORDER,
        f"{_listed(names)} ordered, AWS prepares the LOA-CFA",
        "wait up to 72 hours; answer a mail or a support case of AWS within 7 days",
        awaiting(AWS, f"the LOA-CFA of {_listed(names)}", view.ordered_at),
    )


def _down(view: View, names: list[str]) -> Stop:
    return Stop(
        ORDER,
        f"port down: {_listed(names)}",
        f"check light, optics and the cross-connect of {_listed(names)} on both ends at "
        f"{view.circuit.location}",
        awaiting(COLOCATION, f"a working cross-connect of {_listed(names)}"),
    )


def _odd(view: View) -> Stop | None:
    """Tell of ports in states that say neither what is awaited nor from whom."""
    names = [name for name, found in view.ports if found["state"] != "available"]
    if not names:
        return None
    states = dict.fromkeys(found["state"] for name, found in view.ports if name in names)
    return Stop(
        ORDER,
        f"{_listed(names)} {' or '.join(states)}",
        "run site.yml again; ask AWS if the state stays",
        awaiting(AWS, f"{_listed(names)} to be available"),
    )


def _crosses(names: list[str]) -> str:
    return "a cross-connect" if len(names) == 1 else f"{len(names)} cross-connects"


def _listed(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
