# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nodes: what one needs, starting it, and running commands inside."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from select import select
from typing import TYPE_CHECKING, Any

from .commands import ENVIRONMENT
from .errors import LabError
from .links import namespace
from .processes import MARK, Process, identify
from .state import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .topology import Node

HERE = Path(__file__).parent
IMAGE_FILES = ("setup.sh", "entrypoint.sh", "vtysh-shell")
IMAGE_FOLDER = "usr/local/lib/crossconnect"
START_SECONDS = 90.0  # of a machine in a machine; what fails says so at once
# Separate file systems that hold parts of the host's packages are laid over one by one.
LOWER_PLACES = ("/usr", "/etc", "/var", "/opt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """All that a node's start needs beside the node itself.

    Attributes:
        public_key: The key that may log in.
        substitute: Whether the kernel lacks 802.1Q, so that `ip` needs our help.
    """

    lab: str
    directory: Path
    token: str
    public_key: str
    substitute: bool


def prepare(node: Node, start: Start) -> None:
    """Lay out the files that the node shall hold beyond the host's packages."""
    files = start.directory / node.name / "files"
    (start.directory / node.name / "root").mkdir(parents=True)
    for folder in ("etc/ssh/authorized_keys", IMAGE_FOLDER):
        (files / folder).mkdir(parents=True)
    for name in IMAGE_FILES:
        shutil.copy(HERE / "image" / name, files / IMAGE_FOLDER / name)
    (files / "etc/hostname").write_text(f"{node.name}\n", encoding="utf-8")
    hosts = f"127.0.0.1 localhost {node.name}\n::1 localhost\n"
    (files / "etc/hosts").write_text(hosts, encoding="utf-8")
    for user in ("automation", "netops"):
        file = files / "etc/ssh/authorized_keys" / user
        file.write_text(f"{start.public_key}\n", encoding="utf-8")
    if start.substitute:
        _add_substitute(files)
    for bind in node.binds:
        _copy(bind.source, files / bind.target.lstrip("/"))


def _add_substitute(files: Path) -> None:
    """Put our `ip` before iproute2's, which moves aside."""
    (files / "usr/bin").mkdir(parents=True)
    shutil.copy("/usr/bin/ip", files / IMAGE_FOLDER / "ip")
    shutil.copy(HERE / "dot1q" / "vlan_link.py", files / IMAGE_FOLDER / "vlan_link.py")
    shutil.copy(HERE / "dot1q" / "ip", files / "usr/bin/ip")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copy(source, target)


def start_node(node: Node, start: Start) -> Process:
    """Start a node in its network namespace, wait until it is ready, run its `exec` lines.

    Raises:
        LabError: It does not start; the message holds what it wrote.
    """
    directory = start.directory / node.name
    process = _ready(node, directory, _spawn(node, directory, start))
    for line in node.exec:
        done = _enter(process, ["sh", "-c", line], dict(node.env), text=None)
        if done.returncode:
            raise LabError(f"{node.name}: `{line}` failed: {done.stderr.strip()}")
    return process


def _spawn(node: Node, directory: Path, start: Start) -> subprocess.Popen[str]:
    places = [place for place in LOWER_PLACES if Path(place).is_mount()]
    argv = [
        "nsenter", f"--net=/run/netns/{namespace(start.lab, node.name)}",
        "unshare", "--uts", "--mount", "--pid", "--ipc", "--fork", "--kill-child",
        "--propagation", "private",
        str(HERE / "node_init.sh"), node.name, str(directory), *places,
    ]  # fmt: skip
    with (directory / "init.log").open("w", encoding="utf-8") as log:
        return subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
            env={**ENVIRONMENT, **node.env, MARK: start.token},
        )


def _ready(node: Node, directory: Path, starter: subprocess.Popen[str]) -> Process:
    """Read "pid N" and "ready" from the node's first process."""
    if starter.stdout is None:
        raise LabError(f"{node.name} has no way to say that it is ready")
    pid = 0
    with starter.stdout as said:
        while select([said], [], [], START_SECONDS)[0] and (line := said.readline()):
            if line == "ready\n":
                return identify(pid)
            pid = int(line.split()[1])
    log = (directory / "init.log").read_text(encoding="utf-8").strip()
    raise LabError(f"{node.name} does not start: {log or 'it says nothing'}")


def process_of(document: Mapping[str, Any], node: str) -> Process:
    """Return a node's first process, from lab.json.

    Raises:
        LabError: There is no such node.
    """
    known = document.get("nodes", {})
    if node not in known:
        raise LabError(f"there is no node {node}; there are {', '.join(known) or 'none'}")
    return Process(pid=known[node]["pid"] or 0, born=known[node]["born"] or 0)


def run_in(
    lab_state_dir: Path,
    node: str,
    argv: Sequence[str],
    *,
    input: str | None = None,  # noqa: A002
) -> subprocess.CompletedProcess[str]:
    """Run a command inside a node, as root.

    Args:
        lab_state_dir: The lab's state directory, `/run/crossconnect/<lab>`.
        node: The node's name in the topology.
        argv: The command; it is found on the node's own PATH.
        input: What the command reads.

    Raises:
        LabError: There is no such node, or it does not run.
    """
    process = process_of(read_json(lab_state_dir / "lab.json"), node)
    if not process.alive:
        raise LabError(f"node {node} does not run: `python -m lab up` starts it again")
    return _enter(process, argv, {}, text=input)


def entering(process: Process, argv: Sequence[str]) -> list[str]:
    """Return the command that runs another inside a node."""
    flags = ["--net", "--uts", "--mount", "--pid", "--ipc"]
    return ["nsenter", "--target", str(process.pid), *flags, "--", *argv]


def _enter(
    process: Process, argv: Sequence[str], env: Mapping[str, str], *, text: str | None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        entering(process, argv),
        input=text,
        stdin=subprocess.DEVNULL if text is None else None,
        capture_output=True,
        text=True,
        check=False,
        env={**ENVIRONMENT, **env},
    )
