# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request per line of JSON on standard input, one answer per line on standard output."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from typing import TYPE_CHECKING, Any

from .server import Server
from .shell import AgentError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Whoever is silent for so long is gone: a control node that lost its power closes no session.
PATIENCE_SECONDS = 60.0
PIECE = 65536


def main(owner: str, manager: str) -> None:
    """Serve until the session ends."""
    # The session may die at any time; a change in progress is still brought to its end.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    os.umask(0o077)
    server = Server(owner, manager)
    try:
        for line in requests(sys.stdin.fileno(), PATIENCE_SECONDS):
            request = json.loads(line)
            told = {"number": request["number"], **answer(server, request)}
            print(json.dumps(told), flush=True)  # noqa: T201
    except BrokenPipeError:
        # The session is gone; keep the interpreter from flushing into it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        server.close()


def requests(stream: int, patience: float) -> Iterator[bytes]:
    """Read line by line until the stream ends, or is silent for too long."""
    rest = b""
    while select.select([stream], [], [], patience)[0] and (piece := os.read(stream, PIECE)):
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines


def answer(server: Server, request: dict[str, Any]) -> dict[str, Any]:
    """Carry one request out; an error is an answer, too."""
    operation = request["operation"]
    if operation.startswith("_") or operation == "close":
        return {"error": f"no such operation: {operation}", "kind": "error"}
    try:
        return {"result": getattr(server, operation)(**request["arguments"])}
    except AgentError as error:
        return {"error": str(error), "kind": error.kind}
    except Exception as error:  # noqa: BLE001 - the session must survive, and hear of it
        return {"error": f"{type(error).__name__}: {error}", "kind": "error"}
