# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every part of the campaign stands on: the estate, its runs, and the verdict."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from ansible_collections.crossconnect.dx.plugins.modules import estate
from tests.fixtures.aws_model import run_module
from tests.fixtures.living import living

if TYPE_CHECKING:
    from tests.fixtures.aws_model import AwsModel

DATA: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("estate.yml").read_text())
# More runs than this in a row, none of them the last, are a fault of their own.
MOST_RUNS = 12


def declared() -> dict[str, Any]:
    """Return a copy of the campaign's estate."""
    return deepcopy(DATA["estate"])


def changed() -> dict[str, Any]:
    """Return the estate with every change that the data file has."""
    document = declared()
    for *path, name, value in DATA["changes"]:
        place: Any = document
        for step in path:
            place = place[step]
        place[name] = value
    return document


def expected(document: dict[str, Any]) -> Counter[str]:
    """Return what `living` counts once all of a document is there, each thing once."""
    ports = document.get("connections", []) + document.get("lags", [])
    gateways = document.get("gateways", [])
    interfaces = document.get("virtual_interfaces", [])
    return Counter(
        [
            *(f"connection {thing['name']}" for thing in document.get("connections", [])),
            *(f"lag {thing['name']}" for thing in document.get("lags", [])),
            *(f"key {key['ckn']}" for port in ports for key in port.get("macsec_keys", [])),
            *(f"gateway {thing['name']}" for thing in gateways),
            *(f"association {thing['name']}" for thing in gateways for _ in _ties(thing)),
            *(f"virtual_gateway {thing['name']}" for thing in document.get("virtual_gateways", [])),
            *(f"interface {thing['name']}" for thing in interfaces),
            *(
                f"peer {thing['name']} {peer['family']}"
                for thing in interfaces
                for peer in thing["peers"]
            ),
        ]
    )


def _ties(gateway: dict[str, Any]) -> list[dict[str, Any]]:
    ties: list[dict[str, Any]] = gateway.get("associations", [])
    return ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of an estate's life: what is there before, what is asked for, what shall come."""

    name: str
    before: tuple[dict[str, Any], ...]
    wanted: dict[str, Any]
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def goal(self) -> Counter[str]:
        """What exists when it is over."""
        return Counter() if self.options.get("state") == "absent" else expected(self.wanted)


CONSENT = {"consent": DATA["consent"]}
PHASES = (
    Phase(name="build", before=(), wanted=declared()),
    Phase(name="change", before=(declared(),), wanted=changed(), options=CONSENT),
    Phase(
        name="demolish",
        before=(declared(),),
        wanted=declared(),
        options={**CONSENT, "state": "absent"},
    ),
)


@dataclass(slots=True)
class Verdict:
    """What the campaign counts: cases, things that exist twice, things that do not exist."""

    cases: int = 0
    duplicates: int = 0
    lost: int = 0
    unfinished: list[str] = field(default_factory=list)

    def judge(self, case: str, model: AwsModel, goal: Counter[str], last: dict[str, Any]) -> None:
        """Count one case: what exists against the goal, and whether the last run found it so."""
        there = living(model)
        self.cases += 1
        self.duplicates += (there - goal).total()
        self.lost += (goal - there).total()
        if last.get("failed") or last["changed"] or last["plan"]:
            self.unfinished.append(f"{case}: {last.get('msg') or last.get('plan_text')}")
        elif there != goal:
            self.unfinished.append(f"{case}: {dict(there - goal)} too many, {dict(goal - there)}")

    @property
    def clean(self) -> bool:
        """True when nothing was made twice, nothing got lost, and every case came to its end."""
        return not (self.duplicates or self.lost or self.unfinished)

    def __str__(self) -> str:
        """Give the figures in one line, and a line for each case without its end."""
        figures = f"cases {self.cases}, duplicates {self.duplicates}, lost {self.lost}"
        return "\n".join([figures, *(f"  unfinished: {each}" for each in self.unfinished)])


def reconcile(model: AwsModel, document: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Run the module once in this process."""
    account = options.pop("account", DATA["account"])
    return run_module(estate.main, estate=document, account=account, **model.options(), **options)


def finish(model: AwsModel, document: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Run again, with the cables plugged, until a run has nothing to do; return its result."""
    for _ in range(MOST_RUNS):
        result = reconcile(model, document, **options)
        if not result.get("failed") and not result["changed"] and not result["plan"]:
            break
        model.patch(*(thing["name"] for thing in model.ask("connections")))
    return result


def prepare(model: AwsModel, phase: Phase) -> None:
    """Start from two empty accounts, and build what is there before the phase."""
    model.reset()
    for document in phase.before:
        last = finish(model, document)
        assert not last.get("failed"), last
