# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="no-untyped-call"
"""The way to a router's NETCONF server: only to one whose host key is known.

ncclient's own manners for IOS XR are to believe every host key, and to log all that is sent.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from napalm.base.exceptions import ConnectionException
from ncclient import manager  # type: ignore[import-untyped]
from ncclient.devices.iosxr import IosxrDeviceHandler  # type: ignore[import-untyped]
from paramiko.hostkeys import HostKeys

from ..netconf import end_before_telling, keep_keys_out_of_the_log

if TYPE_CHECKING:
    from collections.abc import Mapping

REQUEST_SECONDS = 300  # a large commit takes its time
KNOWN_HOSTS = "~/.ssh/known_hosts"


class _Handler(IosxrDeviceHandler):  # type: ignore[misc]
    """ncclient's handler, but an unknown host key ends the login."""

    def add_additional_ssh_connect_params(self, kwargs: dict[str, Any]) -> None:
        del kwargs


def connect(  # noqa: PLR0913 - what a login takes
    *,
    host: str,
    port: int,
    user: str,
    password: str,
    key_file: str | None,
    timeout: int,
    options: Mapping[str, Any],
) -> Any:
    """Return ncclient's manager, logged in.

    Args:
        host: The router's name or address.
        port: Its NETCONF port.
        user: Whom to log in as.
        password: Empty for a login by key.
        key_file: The private key; None for those of the user.
        timeout: Seconds that the login may take.
        options: The session's, of which `alt_key_file` names the file of known hosts.

    Raises:
        ConnectionException: There is no login.
    """
    keep_keys_out_of_the_log()
    try:
        logged_in = manager.connect_ssh(
            host=host,
            port=port,
            username=user,
            password=password or None,
            key_filename=key_file,
            timeout=timeout,
            look_for_keys=not password,
            allow_agent=not password,
            hostkey_b64=_host_key(host, port, options.get("alt_key_file") or KNOWN_HOSTS),
            device_params={"handler": _Handler},
            manager_params={"timeout": REQUEST_SECONDS},
        )
    except ConnectionException:
        raise
    except Exception as error:  # noqa: BLE001 - ncclient, paramiko and the socket have their own
        raise ConnectionException(f"no NETCONF session with {host}:{port}: {error}") from None
    end_before_telling(logged_in)
    return logged_in


def _host_key(host: str, port: int, file: str) -> str:
    """Return the key that the router must show."""
    try:
        known = HostKeys(str(Path(file).expanduser()))
    except OSError as error:
        raise ConnectionException(f"{file}: {error.strerror}") from None
    for name in (f"[{host}]:{port}", host):
        if keys := known.lookup(name):
            return str(next(iter(keys.values())).get_base64())
    raise ConnectionException(
        f"the host key of {host}, port {port}, is not in {file}: look at it on the router"
        " (show crypto key mypubkey), and add it"
    )
