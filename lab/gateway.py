# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one listener of a lab: it hands each SSH connection to the node that the address names.

The sockets come open from `up`, one for each node. A connection becomes `sshd -i` inside the node,
so that SSH needs no network to it: nothing leaves the loopback interface. What sshd says goes into
the node's sshd.log, and each login that it accepts into logins.jsonl.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import selectors
import socket
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from .commands import ENVIRONMENT
from .errors import LabError
from .keys import SSH_PORT
from .nodes import entering, process_of
from .state import append_line, read_json

ACCEPTED = re.compile(r"Accepted \S+ for (\S+) from")
SSHD = ["/usr/sbin/sshd", "-i", "-e", "-f", "/etc/ssh/sshd_config"]
BACKLOG = 128
CHUNK = 65536


def listen(addresses: dict[str, str]) -> dict[str, socket.socket]:
    """Open the listening sockets, from node to address.

    Raises:
        LabError: An address is taken; nothing stays open.
    """
    sockets: dict[str, socket.socket] = {}
    for node, address in addresses.items():
        sockets[node] = listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address, SSH_PORT))
        except OSError as error:
            close(sockets)
            raise LabError(
                f"cannot listen on {address} port {SSH_PORT} for {node} ({error.strerror}): "
                "another lab runs there; choose other addresses with --loopback 127.20.N"
            ) from error
        listener.listen(BACKLOG)
    return sockets


def close(sockets: dict[str, socket.socket]) -> None:
    """Close all sockets."""
    for listener in sockets.values():
        listener.close()


def start(state: Path, sockets: dict[str, socket.socket], mark: dict[str, str]) -> int:
    """Start the gateway's process on open sockets and return its number."""
    numbers = {node: listener.fileno() for node, listener in sockets.items()}
    with (state / "gateway.log").open("w", encoding="utf-8") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "lab.gateway", str(state), json.dumps(numbers)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=list(numbers.values()),
            start_new_session=True,
            env={**ENVIRONMENT, **mark, "PYTHONPATH": str(Path(__file__).parents[1])},
        ).pid


@dataclass(slots=True, kw_only=True)
class Session:
    """One connection: to which node it goes, its sshd, and the start of what that says next."""

    node: str
    sshd: subprocess.Popen[bytes]
    said: IO[bytes]
    rest: bytes = b""


class Gateway:
    """Listeners and sessions, served by one loop."""

    def __init__(self, state: Path, sockets: dict[str, socket.socket]) -> None:
        """Watch the sockets, from node to listener."""
        self.state = state
        self.ended: list[subprocess.Popen[bytes]] = []
        self.selector = selectors.DefaultSelector()
        for node, listener in sockets.items():
            self.selector.register(listener, selectors.EVENT_READ, node)

    def serve(self) -> None:
        """Serve for ever; `down` ends the process."""
        while True:
            for key, _ in self.selector.select():
                if isinstance(key.data, Session):
                    self.hear(key.data)
                elif isinstance(key.fileobj, socket.socket):
                    self.connect(key.data, key.fileobj)

    def connect(self, node: str, listener: socket.socket) -> None:
        """Give a connection to the node's sshd."""
        connection, _ = listener.accept()
        with connection:
            process = process_of(read_json(self.state / "lab.json"), node)
            if not process.alive:
                print(f"{node} does not run: connection refused", flush=True)
                return
            sshd = subprocess.Popen(
                entering(process, SSHD),
                stdin=connection.fileno(),
                stdout=connection.fileno(),
                stderr=subprocess.PIPE,
                env=dict(ENVIRONMENT),
            )
        if sshd.stderr:
            session = Session(node=node, sshd=sshd, said=sshd.stderr)
            self.selector.register(sshd.stderr, selectors.EVENT_READ, session)
        self.ended = [process for process in self.ended if process.poll() is None]

    def hear(self, session: Session) -> None:
        """Log what an sshd says; count a login when it accepts one."""
        heard = os.read(session.said.fileno(), CHUNK)
        *lines, session.rest = (session.rest + heard).split(b"\n")
        with (self.state / session.node / "sshd.log").open("ab") as log:
            log.write(b"".join(line + b"\n" for line in lines))
        for line in lines:
            self.count(session.node, line.decode(errors="replace"))
        if not heard:
            self.selector.unregister(session.said)
            session.said.close()
            self.ended.append(session.sshd)

    def count(self, node: str, line: str) -> None:
        """Record a login."""
        if match := ACCEPTED.search(line):
            time = datetime.now(UTC).isoformat(timespec="milliseconds")
            record = {"time": time, "node": node, "user": match[1]}
            append_line(self.state / "logins.jsonl", record)


def main() -> None:
    """Take over the open sockets and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("state", type=Path)
    parser.add_argument("sockets", type=json.loads, help="from node to open file descriptor")
    options = parser.parse_args()
    sockets = {node: socket.socket(fileno=number) for node, number in options.sockets.items()}
    for listener in sockets.values():
        os.set_inheritable(listener.fileno(), False)  # noqa: FBT003
    Gateway(options.state, sockets).serve()


if __name__ == "__main__":
    main()
