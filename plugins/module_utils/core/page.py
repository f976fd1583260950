# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as a page shows it: sorted, counted and put in words, so that the template only sets.

A tone says how to take something at a glance: good, wait, bad or none.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .certificate import (
    VERDICTS,
    certificates,
    failing,
    in_service,
    sessions,
    verdict_counts,
)
from .check import shown
from .evidence import DOWN, UP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

STEPS = (
    "Find a provider",
    "Choose the location",
    "Order",
    "Prepare the network",
    "Configure AWS",
    "Collect the details",
    "Configure the routers",
    "Test and validate",
)
WORDS = {"pass": "passed", "warn": "to look at", "fail": "failed", "na": "not applicable"}
TONES = {
    "pass": "good",
    "warn": "wait",
    "fail": "bad",
    "na": "none",
    UP: "good",
    DOWN: "bad",
}


def page_view(report: Mapping[str, Any], handover: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that the template needs, in the order in which it is read."""
    circuits = report["circuits"]
    records = {record["name"]: record for record in handover["circuits"]}
    return {
        "estate": report["estate"],
        "generated_at": moment(report["generated_at"]),
        "headline": headline(circuits),
        "tone": worst(tone(circuit) for circuit in circuits),
        "figures": _figures(report),
        "awaited": _awaited(report),
        "failures": [
            {"circuit": circuit["name"], **_check(check)}
            for circuit in circuits
            for check in failing(circuit)
        ],
        "circuits": [_circuit(circuit, records[circuit["name"]]) for circuit in circuits],
        "resiliency": [
            {**verdict, "tone": "good" if verdict["meets"] else "bad"}
            for verdict in report["resiliency"]
        ],
        "certificates": list(map(_certificate, certificates(report, handover))),
    }


def tone(circuit: Mapping[str, Any]) -> str:
    """Say how to take a circuit: bad only when something that should work does not."""
    if failing(circuit):
        return "bad"
    return "good" if in_service(circuit) else "wait"


def worst(tones: Iterable[str]) -> str:
    """Return the gravest of several tones; none when there is none."""
    return min(tones, key=("bad", "wait", "good").index, default="none")


def headline(circuits: Sequence[Mapping[str, Any]]) -> str:
    """Say in one line what is up, what is broken and who is awaited."""
    if not circuits:
        return "The estate declares no circuit"
    tones = [tone(circuit) for circuit in circuits]
    if set(tones) == {"good"}:
        return f"{_all(len(circuits))} in service"
    awaited = [circuit["awaited"]["from"] for circuit in circuits if circuit["awaited"]]
    whole = _count(len(circuits), "circuit")
    parts = [f"{tones.count('good')} of {whole} in service"]
    if tones.count("bad"):
        parts = [f"{tones.count('bad')} of {whole} failing", f"{tones.count('good')} in service"]
    if awaited:
        parts.append(f"awaiting {_listed(list(dict.fromkeys(awaited)))}")
    return ", ".join(parts)


def moment(text: str | None) -> str:
    """Return an ISO time as people read it; what is no such time stays as it is."""
    try:
        return datetime.fromisoformat(text or "").strftime("%-d %B %Y, %H:%M %Z")
    except ValueError:
        return text or ""


def waited(since: str | None, until: str) -> str:
    """Say how long something has been awaited; '' when that is not known."""
    try:
        seconds = int(
            (datetime.fromisoformat(until) - datetime.fromisoformat(since or "")).total_seconds()
        )
    except (ValueError, TypeError):
        return ""
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return _count(seconds // size, unit)
    return "less than a minute"


def _figures(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    circuits = report["circuits"]
    ends = [session for circuit in circuits for session in sessions(circuit)]
    up = [session for session in ends if session["aws"] == session["router"] == UP]
    checks = [check for circuit in circuits for check in circuit["checks"]]
    serving = [circuit for circuit in circuits if in_service(circuit)]
    changed = report["changed"]
    return [
        _figure("Circuits in service", f"{len(serving)} of {len(circuits)}"),
        _figure("BGP sessions up at both ends", f"{len(up)} of {len(ends)}"),
        _check_figure(Counter(check["verdict"] for check in checks)),
        _figure(
            "Changed by this run",
            _count(changed["aws"] + changed["routers"], "object"),
            f"{changed['aws']} in AWS, {changed['routers']} on routers",
        ),
    ]


def _figure(name: str, value: str, note: str = "") -> dict[str, Any]:
    return {"name": name, "value": value, "note": note}


def _check_figure(counts: Mapping[str, int]) -> dict[str, Any]:
    """Lead with the gravest verdict that matters, and put the others in the note."""
    words = [f"{counts[verdict]} {WORDS[verdict]}" for verdict in VERDICTS if counts[verdict]]
    if counts["fail"]:
        return _figure("Checks", words[0], ", ".join(words[1:]))
    return _figure("Checks", words[-1] if words else "none made", ", ".join(words[:-1]))


def _awaited(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "circuit": circuit["name"],
            "from": circuit["awaited"]["from"],
            "what": circuit["awaited"]["what"],
            "since": moment(circuit["awaited"]["since"]),
            "waited": waited(circuit["awaited"]["since"], report["generated_at"]),
        }
        for circuit in report["circuits"]
        if circuit["awaited"]
    ]


def _circuit(circuit: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    counts = verdict_counts(circuit)
    return {
        **circuit,
        "next_action": "" if circuit["next_action"] == "none" else circuit["next_action"],
        "tone": tone(circuit),
        "steps": _steps(circuit),
        "step_name": STEPS[circuit["step"] - 1],
        "record": record,
        "sessions": _sessions(circuit, record),
        "checks": _checks(circuit["checks"]),
        "counts": _counts(counts),
        "noteworthy": bool(counts["fail"] or counts["warn"]),
    }


def _steps(circuit: Mapping[str, Any]) -> list[dict[str, Any]]:
    reached = len(STEPS) + 1 if in_service(circuit) else circuit["step"]
    marks = {-1: "done", 0: "now", 1: "todo"}
    return [
        {"number": number, "name": name, "mark": marks[(number > reached) - (number < reached)]}
        for number, name in enumerate(STEPS, start=1)
    ]


def _sessions(circuit: Mapping[str, Any], record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return one row per session, with the addresses that the record holds."""
    things = {thing["name"]: thing for thing in record["virtual_interfaces"]}
    return [
        {
            "name": thing["name"],
            "id": thing["id"],
            "vlan": thing["vlan"],
            "interface": things[thing["name"]]["interface"],
            **_addresses(things[thing["name"]], session["family"]),
            **session,
            "aws_tone": TONES.get(session["aws"], "none"),
            "router_tone": TONES.get(session["router"], "none"),
            **{key: shown(session[key]) for key in ("received", "advertised")},
        }
        for thing in circuit["virtual_interfaces"]
        for session in thing["bgp"]
    ]


def _addresses(thing: Mapping[str, Any], family: str) -> dict[str, str]:
    peer: Mapping[str, Any] = next((end for end in thing["peers"] if end["family"] == family), {})
    return {key: shown(peer.get(key)) for key in ("amazon_address", "customer_address")}


def _certificate(certificate: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **certificate,
        "issued_at": moment(certificate["issued_at"]),
        "counts": _counts(certificate["verdicts"]),
        "checks": _checks(certificate["checks"]),
    }


def _counts(verdicts: Mapping[str, int]) -> list[dict[str, str]]:
    return [
        {"words": f"{count} {WORDS[verdict]}", "tone": TONES[verdict]}
        for verdict, count in verdicts.items()
        if count
    ]


def _checks(checks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the checks as rows, the gravest first."""
    return sorted(map(_check, checks), key=lambda check: VERDICTS.index(check["verdict"]))


def _check(check: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **check,
        "tone": TONES[check["verdict"]],
        "word": WORDS[check["verdict"]],
        "measured": shown(check["measured"]),
        "expected": shown(check["expected"]),
    }


def _all(number: int) -> str:
    return {1: "The one circuit is", 2: "Both circuits are"}.get(
        number, f"All {number} circuits are"
    )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
