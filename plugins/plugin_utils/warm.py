# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One warm process per run, from which the processes that hold the routers' sessions are forked.

Ansible starts such a process per router, and each imports Ansible and NAPALM anew: 0.9 s of CPU
time. Here a process of the run imports both once; what it forks then does as Ansible's own
`ansible-connection` would. It ends with the run. Where it cannot be had, Ansible's own way is gone.
"""

from __future__ import annotations

import fcntl
import io
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from ansible.cli.scripts import ansible_connection_cli_stub as stub
from ansible.module_utils.connection import recv_data, send_data, write_to_stream

from ansible_collections.crossconnect.dx.plugins.module_utils.device import platforms
from ansible_collections.crossconnect.dx.plugins.module_utils.device.watch import Process

LOOK_SECONDS = 0.5
START_SECONDS = 60.0
READY = b"ready\n"
# As `ps` shows it: what holds a session, and what it was forked from.
SESSION, WARM = "dx-session", "dx-warm"
PROGRAM = (
    "import sys; sys.path[:0] = sys.argv[4:];"
    " from ansible.plugins.loader import init_plugin_loader; init_plugin_loader();"
    f" from {__name__} import serve; serve(*sys.argv[1:4])"
)


class UnavailableError(Exception):
    """There is no warm process, or it does not answer."""


# --- the run's end -----------------------------------------------------------------------------


def payload(*values: Any) -> bytes:
    """Return values as ansible-connection reads them from its standard input."""
    stream = io.BytesIO()
    for value in values:
        write_to_stream(stream, value)
    return stream.getvalue()


def ask(folder: Path, playbook: int, request: dict[str, Any]) -> dict[str, Any]:
    """Have a session's process forked; returns {rc, out, err} of what ansible-connection says.

    Args:
        folder: Where the run's sockets are; nobody else may enter it.
        playbook: The process of the run.
        request: `words` (arguments of ansible-connection), `environment`, `payload` (its standard
            input), `platform` (what to import beforehand, where this is the first session).

    Raises:
        UnavailableError: It cannot be done in this way.
    """
    door = folder / f"dx-{playbook}"
    try:
        _distrust(folder)
        with closing(_enter(door, playbook, request)) as line:
            line.settimeout(START_SECONDS)
            send_data(line, pickle.dumps(request))
            answer = recv_data(line)
    except (OSError, subprocess.SubprocessError) as error:
        raise UnavailableError(str(error)) from error
    if not answer:
        raise UnavailableError("the warm process has ended")
    return dict(pickle.loads(answer))  # noqa: S301 - from a folder that is ours alone


def _distrust(folder: Path) -> None:
    """Refuse a folder where somebody else could answer: what comes from there is unpickled."""
    found = folder.stat()
    if found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise UnavailableError(f"{folder} is not ours alone: others may write there")


def _enter(door: Path, playbook: int, request: dict[str, Any]) -> socket.socket:
    """Connect to the warm process; the first session of a run has it started."""
    if line := _connect(door):
        return line
    with (door.parent / f".dx_lock_{playbook}").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if line := _connect(door):  # another session was faster
            return line
        door.unlink(missing_ok=True)
        _start_once(door, playbook, request)
    if line := _connect(door):
        return line
    raise UnavailableError("it is gone already")


def _connect(door: Path) -> socket.socket | None:
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(str(door))
    except (FileNotFoundError, ConnectionRefusedError):
        line.close()
        return None
    return line


def _start_once(door: Path, playbook: int, request: dict[str, Any]) -> None:
    """Start the warm process; where that has failed in this run, say so without another try."""
    failed, run = door.with_name(f".dx_failed_{playbook}"), Process(playbook)
    with suppress(FileNotFoundError):
        if failed.read_text(encoding="ascii") == run.identity:
            raise UnavailableError("it did not start before in this run")
    try:
        _start(door, playbook, request)
    except UnavailableError:
        failed.write_text(run.identity, encoding="ascii")
        raise


def _start(door: Path, playbook: int, request: dict[str, Any]) -> None:
    words = [str(door), str(playbook), request["platform"]]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, *words, *filter(None, sys.path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=request["environment"],
    )
    if process.stdout is None:
        raise UnavailableError("it has no way to say that it is ready")
    with process.stdout as said:
        if not select.select([said], [], [], START_SECONDS)[0] or said.readline() != READY:
            process.kill()
            raise UnavailableError("it does not start")


# --- the warm process --------------------------------------------------------------------------


def serve(door: str, playbook: str, platform: str) -> None:
    """Import what every session needs, then fork one per request until the run has ended."""
    run = Process(int(playbook))
    _call_it(WARM)
    with suppress(Exception):  # a session tells what is missing, and to whom
        from ansible_collections.crossconnect.dx.plugins.module_utils.device import (  # noqa: PLC0415
            session,  # noqa: F401
        )

        platforms.load(platforms.platform(platform).driver)
    vars(stub)["init_plugin_loader"] = _nothing  # done, and it would say so
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(door)
        listener.listen(64)
        os.write(1, READY)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        while run.alive:
            if select.select([listener], [], [], LOOK_SECONDS)[0]:
                _fork(listener)
    Path(door).unlink(missing_ok=True)
    (Path(door).parent / f".dx_lock_{playbook}").unlink(missing_ok=True)


def _fork(listener: socket.socket) -> None:
    line, _ = listener.accept()
    with closing(line):
        if os.fork():
            return
        listener.close()
        code = 1
        try:
            code = _session(line)
        finally:
            os._exit(code)


def _session(line: socket.socket) -> int:
    """Be ansible-connection: its process answers here, the one that it leaves behind stays."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    request = pickle.loads(recv_data(line))  # noqa: S301 - from a folder that is ours alone
    me = os.getpid()
    os.environ.clear()
    os.environ.update(request["environment"])
    _call_it(SESSION)
    out, err = io.StringIO(), io.StringIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(request["payload"]))
    sys.stdout, sys.stderr = out, err
    try:
        stub.main(["ansible-connection", *request["words"]])
    except SystemExit as end:
        code = int(end.code or 0)
    if os.getpid() == me:
        answer = {"rc": code, "out": out.getvalue(), "err": err.getvalue()}
        send_data(line, pickle.dumps(answer))
    return code


def _nothing() -> None:
    """Do nothing."""


def _call_it(name: str) -> None:
    with suppress(OSError):  # only Linux lets a process do so
        Path("/proc/self/comm").write_text(name, encoding="ascii")
