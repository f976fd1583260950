# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

from ansible_collections.crossconnect.dx.plugins.module_utils.core.certificate import certificates
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_fault import EstateError
from ansible_collections.crossconnect.dx.plugins.module_utils.core.evidence import Evidence
from ansible_collections.crossconnect.dx.plugins.module_utils.core.handover import build_handover
from ansible_collections.crossconnect.dx.plugins.module_utils.core.journey import (
    journey,
    router_result,
    way_back,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits_reader import read_limits
from ansible_collections.crossconnect.dx.plugins.module_utils.core.report import (
    build_report,
    standing,
)
from ansible_collections.crossconnect.dx.plugins.plugin_utils.report_files import (
    handover_text,
    json_text,
    read_json,
    read_yaml,
    write_whole,
)
from ansible_collections.crossconnect.dx.plugins.plugin_utils.report_page import render_page

if TYPE_CHECKING:
    from collections.abc import Mapping

ARGUMENT_SPEC: dict[str, Any] = {
    "estate": {"type": "dict", "required": True},
    "observed": {"type": "list", "elements": "dict", "default": []},
    "routers": {"type": "dict", "default": {}},
    "checks": {"type": "list", "elements": "dict", "default": []},
    "changed": {
        "type": "dict",
        "default": {},
        "options": {"aws": {"type": "int", "default": 0}, "routers": {"type": "int", "default": 0}},
    },
    "figures": {"type": "dict", "default": {}},
    "letters": {"type": "dict", "default": {}},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "limits": {"type": "dict", "default": {}},
    "dest": {"type": "path"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Where the three files are."""

    report: Path
    page: Path
    handover: Path

    @classmethod
    def under(cls, folder: Path) -> Paths:
        """Return the three paths in a folder."""
        return cls(
            report=folder / "report.json",
            page=folder / "report.html",
            handover=folder / "handover.yml",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The report and the handover record of this run, and the standing of the last one."""

    report: dict[str, Any]
    handover: dict[str, Any]
    before: dict[str, Any] | None

    @property
    def changed(self) -> bool:
        """Whether the report says anything of the world that the last one did not."""
        return self.before != standing(self.report)


class ActionModule(ActionBase):
    """Documented by the module of the same name."""

    _supports_check_mode = True
    _requires_connection = False

    def run(
        self, tmp: str | None = None, task_vars: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Put the report together, write it unless this is check mode, hand it back."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        _, options = self.validate_argument_spec(ARGUMENT_SPEC)  # type: ignore[no-untyped-call]
        folder = Path(options["dest"] or f"artifacts/{options['estate'].get('name')}")
        paths = Paths.under(folder)
        papers = draw_up(plain(options), paths, generated_at=now())
        if not self._task.check_mode:
            put_down(papers, paths)
        result |= answer(papers, paths, plain(options["figures"]))
        # Strategies show a difference wherever there is one: the task's word has to be kept here.
        return result | {"diff": difference(papers, paths)} if self._task.diff else result


def now() -> str:
    """Return the time as the report writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain(value: Any) -> Any:
    """Return a value free of Ansible's own types, which a writer of YAML does not know."""
    return json.loads(json.dumps(value))


def draw_up(options: dict[str, Any], paths: Paths, *, generated_at: str) -> Papers:
    """Put this run's papers together.

    Raises:
        AnsibleActionFail: The estate has faults.
    """
    try:
        estate = read_estate(options["estate"], limits=read_limits(options["limits"]))
    except EstateError as error:
        raise AnsibleActionFail(f"The estate cannot be reported on:\n{error}") from error
    observed, checks, routers = options["observed"], options["checks"], options["routers"]
    evidence = Evidence(observed=observed, routers=routers, checks=checks)
    results = {name: router_result(record) for name, record in routers.items()}
    progress = (
        journey(estate, observed, results, checks, near(options["letters"]))
        if options["state"] == "present"
        else way_back(estate, observed)
    )
    report = build_report(
        estate,
        evidence,
        progress,
        changed=options["changed"],
        generated_at=generated_at,
    )
    handover = build_handover(estate, evidence, generated_at=generated_at)
    before = read_json(paths.report)
    return Papers(report=report, handover=handover, before=standing_or_none(before))


def standing_or_none(report: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the standing of the last report; None when there is none that can be read."""
    try:
        return standing(report) if report else None
    except (LookupError, TypeError):
        return None


def put_down(papers: Papers, paths: Paths) -> None:
    """Write the report of this run; the handover record only if one of its details has changed."""
    write_whole(paths.report, json_text(papers.report))
    write_whole(paths.page, render_page(papers.report, papers.handover))
    last = read_yaml(paths.handover) or {}
    if {**last, "generated_at": None} != {**papers.handover, "generated_at": None}:
        write_whole(paths.handover, handover_text(papers.handover))


def answer(papers: Papers, paths: Paths, figures: dict[str, Any]) -> dict[str, Any]:
    """Return what the task returns."""
    return {
        "changed": papers.changed,
        "report": papers.report,
        "certificates": certificates(papers.report, papers.handover),
        "figures": figures,
        "paths": {
            "report": str(paths.report),
            "page": str(paths.page),
            "handover": str(paths.handover),
        },
    }


def difference(papers: Papers, paths: Paths) -> dict[str, str]:
    """Return what the report says of the world now, and what the last one said."""
    return {
        "before_header": f"{paths.report} (last run)",
        "after_header": f"{paths.report} (this run)",
        "before": json_text(papers.before) if papers.before else "",
        "after": json_text(standing(papers.report)),
    }


def near(letters: Mapping[str, str]) -> dict[str, str]:
    """Return the letters' paths as a person in the working directory would type them."""
    here = f"{os.environ.get('PWD', Path.cwd())}/"
    return {name: path.removeprefix(here) for name, path in letters.items()}
