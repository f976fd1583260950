# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does at a shell: run playbooks, use the lab, read what came of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
RECAP = re.compile(r"^(?P<host>\S+)\s+: ok=\d+\s+changed=(?P<changed>\d+)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Run:
    """One finished run of a playbook and what it asked of AWS and of the routers."""

    rc: int
    output: str
    seconds: float
    calls: list[dict]
    logins: list[dict]

    @property
    def changed(self) -> dict[str, int]:
        """How many tasks changed something, by host."""
        return {match["host"]: int(match["changed"]) for match in RECAP.finditer(self.output)}

    @property
    def mutating(self) -> list[str]:
        """The operations that changed something at AWS, in order."""
        return [call["operation"] for call in self.calls if call["mutating"]]


@dataclass(frozen=True, kw_only=True)
class Operator:
    """A shell with one lab in its environment."""

    name: str
    loopback: str
    artifacts: Path

    @property
    def state(self) -> Path:
        """The lab's state directory."""
        return Path("/run/crossconnect") / self.name

    @property
    def environment(self) -> dict[str, str]:
        """What the shell exports."""
        return {
            **os.environ,
            "LAB_NAME": self.name,
            "LAB_LOOPBACK": self.loopback,
            "DX_ARTIFACTS": str(self.artifacts),
            "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
            "ANSIBLE_NOCOLOR": "1",
            "COLUMNS": "200",
        }

    def lab(self, *words: str) -> str:
        """Run one command of the lab and return what it printed."""
        return self._shell([sys.executable, "-m", "lab", *words], check=True).stdout

    def start(self, playbook: str, *words: str, **extra: object) -> subprocess.Popen[str]:
        """Start a playbook in a process group of its own, to be waited for or killed.

        Extra variables go by a file: on the command line every process could read a key.
        """
        variables = self.artifacts.parent / "extra-vars.json"
        variables.touch(mode=0o600)
        variables.write_text(json.dumps(extra))
        ansible_playbook = str(Path(sys.executable).parent / "ansible-playbook")
        return subprocess.Popen(
            [ansible_playbook, playbook, "-e", f"@{variables}", *words],
            cwd=ROOT,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def play(self, playbook: str, *words: str, **extra: object) -> Run:
        """Run a playbook to its end."""
        calls, logins = len(self.log("calls")), len(self.log("logins"))
        begin = time.monotonic()
        process = self.start(playbook, *words, **extra)
        output, _ = process.communicate(timeout=600)
        return Run(
            rc=process.returncode,
            output=output,
            seconds=time.monotonic() - begin,
            calls=self.log("calls")[calls:],
            logins=self.log("logins")[logins:],
        )

    def log(self, name: str) -> list[dict]:
        """Return a log of the lab, one record per line."""
        path = self.state / f"{name}.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]

    def report(self, estate: str = "demo") -> dict:
        """Return the report of the last run."""
        return json.loads((self.artifacts / estate / "report.json").read_text())

    def on(self, node: str, *words: str) -> str:
        """Run a command on a router as its own administrator would, behind the product's back."""
        from lab.nodes import run_in  # noqa: PLC0415  (the lab exists only where it can run)

        return run_in(self.state, node, list(words)).stdout

    def running(self, node: str) -> str:
        """Return a router's running configuration and its sub-interfaces, to the byte."""
        links = self.on(node, "sh", "-c", "ip -br link show | cut -d' ' -f1 | sort")
        return links + self.on(node, "vtysh", "-c", "show running-config no-header")

    def _shell(self, words: list[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=ROOT, env=self.environment, text=True, capture_output=True, check=check
        )
