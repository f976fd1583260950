# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate of management: the router takes a new connection, not only the one that stands.

A session that lives on says nothing of the next one: a route or a filter that came with the commit
may keep it out, and nobody notices before the session is over.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 5.0  # for one attempt: the connection, and what the router says first
SSH, NETCONF, HTTP, HTTPS = 22, 830, 80, 443
PORTS = {"eos": HTTPS, "iosxr": NETCONF, "iosxr_netconf": NETCONF, "junos": NETCONF}
# Where a login goes another way than straight to the router, in the drivers' words for it.
OTHER_WAYS = ("ssh_config_file", "ssh_config", "sock", "proxy")
# RFC 4253, 4.2: lines may come before the version.
VERSION, LONGEST = b"SSH-", 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where a router is managed.

    Attributes:
        port: None where nobody can say which way a login takes.
        speaks_first: Whether the router says its version before it is asked anything: over SSH.
    """

    host: str
    port: int | None
    speaks_first: bool

    def knock(self) -> str:
        """Open a connection, and say what is wrong with it; empty when nothing is."""
        try:
            with socket.create_connection((self.host, self.port or 0), SECONDS) as connection:
                connection.settimeout(SECONDS)
                return "" if not self.speaks_first or _version(connection) else "no SSH there"
        except TimeoutError:
            return f"no answer within {SECONDS:g} s"
        except OSError as error:
            return str(error.strerror or error).lower()


def _version(connection: socket.socket) -> bool:
    heard = b""
    while VERSION not in heard and len(heard) < LONGEST:
        more = connection.recv(LONGEST)
        if not more:
            return False
        heard += more
    return VERSION in heard


def door(platform: str, host: str, options: Mapping[str, Any]) -> Door:
    """Return where a router of a platform is managed, with its driver's optional arguments."""
    transport = str(options.get("transport") or options.get("eos_transport") or "")
    port = HTTP if transport == "http" else PORTS.get(platform, SSH)
    elsewhere = platform == "mock" or any(options.get(name) for name in OTHER_WAYS)
    return Door(
        host=host,
        port=None if elsewhere else int(options.get("port") or port),
        speaks_first=platform != "eos",
    )


def record(entrance: Door, name: str) -> dict[str, Any]:
    """Knock, and return the check record; `na` where the way is not known."""
    wrong = entrance.knock() if entrance.port else None
    return {
        "id": "management",
        "target": name,
        "verdict": "na" if wrong is None else "fail" if wrong else "pass",
        "measured": "behind a jump host" if wrong is None else wrong or "answers",
        "expected": "answers",
    }


def sentence(entrance: Door, found: Mapping[str, Any]) -> str:
    """Say that a router lets nobody in any more."""
    return (
        f"{found['target']}: {entrance.host} port {entrance.port} takes no new connection from here"
        f" ({found['measured']}), although the session of this run still stands: look at what the"
        " change does to the routes and filters on the way"
    )
