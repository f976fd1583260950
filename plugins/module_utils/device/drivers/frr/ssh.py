# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SSH login with strict host keys; every refusal says what to do."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

from napalm.base.exceptions import ConnectAuthError, ConnectionException, ConnectTimeoutError
from paramiko.client import AutoAddPolicy, RejectPolicy, SSHClient
from paramiko.ssh_exception import (
    AuthenticationException,
    BadHostKeyException,
    NoValidConnectionsError,
    SSHException,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_PORT = 22
KEEPALIVE_SECONDS = 10
SILENCE_SECONDS = 30  # of a path that was cut; TCP alone would wait for a quarter of an hour


def login(
    *,
    host: str,
    user: str,
    password: str | None,
    timeout: float,
    options: Mapping[str, Any],
) -> SSHClient:
    """Log in; options carry netmiko's names (port, key_file, ssh_strict, alt_key_file...).

    Raises:
        ConnectAuthError: The router does not take the key or the password.
        ConnectTimeoutError: Nobody answers.
        ConnectionException: Refused, or the host key is unknown or another.
    """
    port = int(options.get("port") or DEFAULT_PORT)
    where = f"{host} port {port}"
    client = _client(options)
    try:
        client.connect(
            host,
            port=port,
            username=user,
            password=password or None,
            key_filename=options.get("key_file") or None,
            passphrase=options.get("passphrase") or None,
            timeout=timeout,
            banner_timeout=timeout,
            auth_timeout=timeout,
            allow_agent=bool(options.get("allow_agent")),
            look_for_keys=False,
        )
    except Exception as error:
        client.close()
        raise _explained(error, where, user, options) from error
    transport = client.get_transport()
    if transport:
        transport.set_keepalive(KEEPALIVE_SECONDS)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux
            milliseconds = SILENCE_SECONDS * 1000
            transport.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
    return client


def _client(options: Mapping[str, Any]) -> SSHClient:
    client = SSHClient()
    if options.get("alt_host_keys") and options.get("alt_key_file"):
        path = Path(str(options["alt_key_file"])).expanduser()
        if not path.exists():
            raise ConnectionException(f"there is no known hosts file {path}")
        client.load_host_keys(str(path))
    elif options.get("ssh_strict", True):
        client.load_system_host_keys()
    strict = options.get("ssh_strict", True)
    # Only who asks for it by name gets an unverified login.
    policy = RejectPolicy() if strict else AutoAddPolicy()
    client.set_missing_host_key_policy(policy)
    return client


def _explained(
    error: Exception, where: str, user: str, options: Mapping[str, Any]
) -> ConnectionException:
    known = options.get("alt_key_file") or "~/.ssh/known_hosts"
    match error:
        case BadHostKeyException():
            return ConnectionException(
                f"the host key of {where} is not the one in {known}: find out whether the router"
                " was replaced; if so, remove the old entry and add the new key"
            )
        case AuthenticationException():
            return ConnectAuthError(
                f"{where} refuses the login of {user}: check the user, and that its public key"
                " is on the router (ansible_user, ansible_ssh_private_key_file)"
            )
        case SSHException() if "known_hosts" in str(error):
            return ConnectionException(
                f"the host key of {where} is unknown: verify it with the router's owner, then add"
                f" it to {known}"
            )
        case TimeoutError() | socket.timeout():
            return ConnectTimeoutError(f"{where} does not answer: check the address and the path")
        case NoValidConnectionsError():
            words = ", ".join(sorted({str(one.strerror) for one in error.errors.values()}))
            return ConnectionException(
                f"{where} cannot be reached: {words}: check the address and the port"
            )
        case _:
            return ConnectionException(f"{where} cannot be reached: {error}")
