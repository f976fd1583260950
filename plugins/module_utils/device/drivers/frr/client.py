# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The driver's end of the agent: one exec channel, one line of JSON each way."""

from __future__ import annotations

import itertools
import json
import shlex
import threading
from typing import TYPE_CHECKING, Any

from napalm.base.exceptions import (
    CommandErrorException,
    CommitError,
    ConnectionClosedException,
    ConnectionException,
    LockError,
)

from ...masking import mask
from ...unfinished import UnfinishedError
from . import package

if TYPE_CHECKING:
    from paramiko.client import SSHClient

STATE = "/var/lib/crossconnect"
LONG_SECONDS = 600.0
SIGN_OF_LIFE_SECONDS = 15.0  # a few of them fit into the agent's patience
# Takes exactly the agent's bytes from standard input, so that the requests behind them stay.
BOOTSTRAP = """
import os, sys
folder, name, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
parts = []
while left:
    part = os.read(0, left)
    if not part:
        sys.exit("the agent was cut off")
    parts.append(part)
    left -= len(part)
os.umask(0o077)
os.makedirs(folder, exist_ok=True)
path = os.path.join(folder, name)
if not os.path.exists(path):
    with open(path + "." + str(os.getpid()), "wb") as file:
        file.write(b"".join(parts))
    os.rename(file.name, path)
os.execv(sys.executable, [sys.executable, path, "serve"] + sys.argv[4:])
"""


class LoadError(Exception):
    """The router does not take the candidate; the driver knows which NAPALM error that is."""


KINDS = {
    "load": LoadError,
    "commit": CommitError,
    "locked": LockError,
    "pending": LockError,
    "unfinished": UnfinishedError,
}


class Agent:
    """The agent of one session."""

    def __init__(self, client: SSHClient, *, owner: str, manager: str) -> None:
        """Start it as root, by `sudo -n` where the login is not root's."""
        transport = client.get_transport()
        if transport is None:
            raise ConnectionClosedException("the SSH session is gone")
        name, content = package.build()
        arguments = [BOOTSTRAP, STATE, name, str(len(content)), owner, manager]
        quoted = " ".join(shlex.quote(argument) for argument in arguments)
        self._channel = transport.open_session()
        self._channel.settimeout(LONG_SECONDS)
        self._channel.exec_command(
            f'S="sudo -n"; [ "$(id -u)" -ne 0 ] || S=; exec $S python3 -c {quoted}'
        )
        self._answers = self._channel.makefile("r")
        self._channel.sendall(content)
        self._numbers = itertools.count(1)
        self._one_at_a_time = threading.Lock()
        self._closed = threading.Event()
        self.hello: dict[str, Any] = self.call("hello")
        threading.Thread(target=self._stay_alive, name="signs of life", daemon=True).start()

    def _stay_alive(self) -> None:
        """Tell the agent that somebody is still there, which its TCP may not notice for hours."""
        while not self._closed.wait(SIGN_OF_LIFE_SECONDS):
            try:
                self.call("hello")
            except Exception:  # noqa: BLE001 - the next real request says what is wrong
                return

    @property
    def alive(self) -> bool:
        """Whether the channel is still open."""
        return not self._channel.closed and not self._channel.exit_status_ready()

    def call(self, operation: str, **arguments: Any) -> Any:
        """Have one operation carried out.

        Raises:
            LoadError, CommitError, LockError, CommandErrorException: In the router's words.
            ConnectionException: The agent does not run (no sudo, no Python) or has gone.
        """
        with self._one_at_a_time:
            answer = self._ask(operation, arguments)
        if "error" in answer:
            raise KINDS.get(answer["kind"], CommandErrorException)(mask(answer["error"]))
        return answer["result"]

    def _ask(self, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        number = next(self._numbers)
        request = {"number": number, "operation": operation, "arguments": arguments}
        try:
            self._channel.sendall(f"{json.dumps(request)}\n".encode())
            while line := self._answers.readline():
                answer: dict[str, Any] = json.loads(line)
                if answer["number"] == number:  # else somebody was interrupted while waiting for it
                    return answer
        except (OSError, EOFError) as error:
            raise ConnectionClosedException(_lost(operation, str(error))) from error
        words = self._last_words()
        if number == 1:
            raise ConnectionException(_not_started(words))
        raise ConnectionClosedException(_lost(operation, words))

    def _last_words(self) -> str:
        words = self._channel.makefile_stderr("r").read()
        text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
        return text.strip()

    def run(self, *commands: list[str]) -> list[tuple[int, str, str]]:
        """Run read-only commands on the router, side by side: (rc, output, error) each."""
        return [(rc, out, err) for rc, out, err in self.call("run", commands=list(commands))]

    def vtysh(self, *commands: str) -> list[str]:
        """Ask vtysh; FRR's answers as text."""
        return [out for _, out, _ in self.run(*(["vtysh", "-c", line] for line in commands))]

    def documents(self, *commands: str) -> list[Any]:
        """Ask vtysh for JSON; what is not JSON (no such process, no such instance) is empty.

        One vtysh answers all: to start one costs the router more than to answer.
        """
        ((_, out, _),) = self.run(["vtysh", *(word for line in commands for word in ("-c", line))])
        together = _documents(out)
        if len(together) == len(commands):
            return together
        return [(_documents(text) or [{}])[0] for text in self.vtysh(*commands)]

    def close(self) -> None:
        """End the agent, and with it its lock."""
        self._closed.set()
        self._channel.close()


class NoAgent(Agent):
    """What stands in the agent's place while no session is open."""

    def __init__(self, where: str) -> None:
        """Know for whom to speak."""
        self._where = where

    @property
    def alive(self) -> bool:
        """There is no session."""
        return False

    def call(self, operation: str, **arguments: Any) -> Any:
        """Refuse.

        Raises:
            ConnectionClosedException: Always.
        """
        del operation, arguments
        raise ConnectionClosedException(f"{self._where}: the session is not open")

    def close(self) -> None:
        """Nothing to end."""


def _documents(text: str) -> list[Any]:
    """Read JSON documents one after the other; none if there is anything else."""
    found, rest, decoder = [], text.strip(), json.JSONDecoder()
    while rest:
        try:
            document, end = decoder.raw_decode(rest)
        except ValueError:
            return []
        found.append(document)
        rest = rest[end:].lstrip()
    return found


def _not_started(words: str) -> str:
    if "sudo" in words:
        return f"the user needs sudo without a password on the router: {words}"
    return f"the agent does not run on the router: {words or 'the session ended'}"


def _lost(operation: str, words: str) -> str:
    return (
        f"the session was lost during {operation} ({words or 'without a word'}); the router takes"
        " an unconfirmed commit back by itself"
    )
