# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run of the role, as a control node runs it: a process, and all that it starts."""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from ansible_collections.crossconnect.dx.plugins.plugin_utils.warm import SESSION, WARM

MARK = "CROSSCONNECT_CAMPAIGN_RUN"
ROOT = Path(__file__).parents[3]
RESULT = re.compile(r"edge_router_result=([A-Za-z0-9+/=]+)")
MOST_SECONDS = 240


class Run:
    """A run that has begun."""

    def __init__(
        self,
        home: Path,
        router: str,
        variables: dict[str, Any],
        environment: dict[str, str],
        inventory: Path,
    ) -> None:
        """Begin it. Variables go by a file: on the command line every process could read a key."""
        self._token = secrets.token_hex(8)
        self._result: dict[str, Any] = {}
        files = {"play.json": _play(router), "variables.json": variables}
        for name, content in files.items():
            (home / name).touch(mode=0o600)
            (home / name).write_text(json.dumps(content), encoding="utf-8")
        self._output = home / "output"
        program = Path(sys.executable).parent / "ansible-playbook"
        with self._output.open("w", encoding="utf-8") as output:
            self._process = subprocess.Popen(
                [program, "-i", inventory, "-e", f"@{home}/variables.json", home / "play.json"],
                cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
                env={**environment, MARK: self._token, "DX_ARTIFACTS": str(home)},
            )  # fmt: skip

    @property
    def name(self) -> str:
        """What routers call the run that holds them."""
        return f"(ansible-playbook {self._process.pid})"

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return self._output.read_text(encoding="utf-8")

    def result(self) -> dict[str, Any]:
        """Wait for its end; return what the role says of the router."""
        self._process.wait(timeout=MOST_SECONDS)
        found = RESULT.search(self.output)
        if not found:
            return {"configured": None, "reason": self.output[-2000:]}
        return dict(json.loads(base64.b64decode(found[1])))

    def kill(self, *, whole_node: bool) -> None:
        """End it by SIGKILL; without its control node the process with the login lives on."""
        while pids := self._processes(whole_node=whole_node):
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._process.poll()

    def gone(self) -> bool:
        """Whether no process of it is left."""
        self._process.poll()
        return not self._processes(whole_node=True)

    def _processes(self, *, whole_node: bool) -> list[int]:
        """Find all of them by the mark in their environment."""
        found, mark = [], f"{MARK}={self._token}".encode()
        for folder in Path("/proc").iterdir():
            with suppress(OSError):
                if folder.name.isdigit() and mark in (folder / "environ").read_bytes():
                    name = (folder / "comm").read_text(encoding="utf-8").strip()
                    stays = not whole_node and name in {SESSION, WARM}
                    found += [] if stays else [int(folder.name)]
        return found


def _play(router: str) -> list[dict[str, Any]]:
    """Return a play of the role, and of a task that prints its result in one word."""
    result = "{{ edge_router_result | to_json | b64encode }}"
    tasks = [
        {"ansible.builtin.import_role": {"name": "crossconnect.dx.edge_router"}},
        {"ansible.builtin.debug": {"msg": f"edge_router_result={result}"}},
    ]
    return [{"hosts": router, "gather_facts": False, "tasks": tasks}]
