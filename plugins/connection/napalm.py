# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection plugin crossconnect.dx.napalm."""

from __future__ import annotations

DOCUMENTATION = r"""
name: napalm
short_description: One NAPALM session per router and play
version_added: 0.1.0
author:
  - The Crossconnect founders (@crossconnect)
description:
  - Keeps one NAPALM session to a router open from the first task of a play to its last, in a
    process of its own, so that load, compare, commit, confirm and rollback are one transaction
    over one login.
  - The action plugins M(crossconnect.dx.device_facts), M(crossconnect.dx.device_config),
    M(crossconnect.dx.device_commit), M(crossconnect.dx.device_confirm),
    M(crossconnect.dx.device_rollback), M(crossconnect.dx.device_check) and
    M(crossconnect.dx.device_exec) talk to it. Ordinary modules run on the controller, not on the
    router.
  - NAPALM is imported once per run, in a process C(dx-warm) from which those of the sessions,
    C(dx-session), are forked. Where that cannot be, Ansible starts each by itself.
notes:
  - Log in by key and with a known hosts file. An unknown or changed host key fails the task.
  - A router that cannot be reached fails the task, with C(router_unreachable) in its result, and
    not the host. So a C(rescue) can write down what is wrong, and the play goes on to its report.
  - When C(ansible-playbook) dies, the process takes a commit back that was not confirmed, logs out
    and ends.
  - Requests hold BGP keys, so O(persistent_log_messages) has no effect here.
options:
  host:
    description: The router's name or address.
    type: str
    default: inventory_hostname
    vars:
      - name: inventory_hostname
      - name: ansible_host
  router:
    description: What messages call the router.
    type: str
    vars:
      - name: inventory_hostname
  port:
    description: The port. Not set, the platform's own.
    type: int
    vars:
      - name: ansible_port
  remote_user:
    description: The user to log in as.
    type: str
    vars:
      - name: ansible_user
    ini:
      - section: defaults
        key: remote_user
    env:
      - name: ANSIBLE_REMOTE_USER
  password:
    description: The user's password, for platforms that do not log in by key.
    type: str
    vars:
      - name: ansible_password
  private_key_file:
    description: The file with the private key.
    type: path
    vars:
      - name: ansible_ssh_private_key_file
      - name: ansible_private_key_file
    ini:
      - section: defaults
        key: private_key_file
    env:
      - name: ANSIBLE_PRIVATE_KEY_FILE
  known_hosts_file:
    description: The file with the routers' host keys. Not set, the user's own.
    type: path
    vars:
      - name: dx_known_hosts_file
  platform:
    description: The platform of the router.
    type: str
    choices: [frr, ios, iosxr, iosxr_netconf, nxos, nxos_ssh, eos, junos, mock]
    default: frr
    vars:
      - name: dx_platform
  fingerprints_dir:
    description:
      - The directory with one file for each router that remembers BGP keys which only the router
        can read (NX-OS's type 3, Cisco's type 6, Arista's type 8a, Junos' C($8$)), so that a key
        that is the same is let alone. The files hold salted fingerprints and no keys.
      - Not set, C(crossconnect/fingerprints) in E(XDG_STATE_HOME) or in C(~/.local/state). Where it
        does not outlive the run, as in an execution environment, such keys are set at every run.
    type: path
    vars:
      - name: dx_fingerprints_dir
  timeout:
    description: Seconds that a login may take.
    type: int
    default: 30
    vars:
      - name: dx_timeout
  optional_args:
    description:
      - Further arguments of the NAPALM driver.
      - For platform V(frr), C(link_manager) is one of C(auto), C(ifupdown), C(systemd-networkd)
        and C(none), and says what makes VLAN interfaces survive a reboot.
    type: dict
    default: {}
    vars:
      - name: dx_optional_args
  persistent_connect_timeout:
    description:
      - Seconds without a task after which the session is closed. A transaction may wait for AWS
        meanwhile, so this is long.
    type: int
    default: 1800
    env:
      - name: DX_PERSISTENT_CONNECT_TIMEOUT
    vars:
      - name: ansible_connect_timeout
  persistent_command_timeout:
    description: Seconds that one task may take on the router, beside what it is told to wait.
    type: int
    default: 600
    ini:
      - section: persistent_connection
        key: command_timeout
    env:
      - name: ANSIBLE_PERSISTENT_COMMAND_TIMEOUT
    vars:
      - name: ansible_command_timeout
  persistent_log_messages:
    description: Has no effect, since what would be logged holds keys.
    type: boolean
    default: false
    vars:
      - name: ansible_persistent_log_messages
"""

import getpass
import os
import signal
import socket
from contextlib import suppress
from functools import wraps
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ansible.module_utils.connection import ConnectionError as RpcError
from ansible.plugins.connection import NetworkConnectionBase

from ansible_collections.crossconnect.dx.plugins.module_utils.device.watch import (
    Process,
    when_ended,
)
from ansible_collections.crossconnect.dx.plugins.plugin_utils.start import start_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import Session

# Error codes, by which an action knows whether there still is a session.
UNREACHABLE = 1
FAILED = 2
UNFINISHED = 3
TERMS = ("message", "revert_in", "probation")
Method = TypeVar("Method", bound="Callable[..., dict[str, Any]]")


def request(method: Method) -> Method:
    """Answer with the router's error, and tell whether there still is a session with it."""

    @wraps(method)
    def answer(*arguments: Any, **options: Any) -> dict[str, Any]:
        # Imported here: only the persistent process pays for it.
        from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import (  # noqa: PLC0415
            DeviceError,
            DeviceLostError,
            DeviceUnfinishedError,
        )

        try:
            return method(*arguments, **options)
        except DeviceLostError as error:
            raise RpcError(str(error), code=UNREACHABLE) from None
        except DeviceUnfinishedError as error:
            raise RpcError(str(error), code=UNFINISHED) from None
        except DeviceError as error:
            raise RpcError(str(error), code=FAILED) from None

    return cast("Method", answer)


class Connection(NetworkConnectionBase):
    """Lives in the persistent process; each public method is a request of the action plugins."""

    transport = "crossconnect.dx.napalm"
    has_pipelining = False
    _session: Session | None = None
    _playbook: Process | None = None
    _held: dict[str, Any] | None = None  # the terms of a commit that is still to come

    @property
    def force_persistence(self) -> bool:  # type: ignore[override]
        """Leave it to the device actions to begin the session: see `begin`."""
        return False

    def begin(self, task: str) -> None:
        """Have this router's persistent process started, unless there is one.

        Args:
            task: The task's identifier.

        Raises:
            AnsibleError: It does not start.
        """
        if not self._connected:
            self._play_context.timeout = self.get_option("persistent_command_timeout")
            options = self.get_options()  # type: ignore[no-untyped-call]
            self._socket_path = start_session(self._play_context, options, task)

    def get_option(self, option: str, hostvars: Any = None) -> Any:
        """Return an option; requests are never logged, whatever the inventory says."""
        if option == "persistent_log_messages":
            return False
        return super().get_option(option, hostvars)  # type: ignore[no-untyped-call]

    def set_options(
        self,
        task_keys: dict[str, Any] | None = None,
        var_options: dict[str, Any] | None = None,
        direct: dict[str, Any] | None = None,
    ) -> None:
        """Take the options; given directly, this is the persistent process, which now begins."""
        super().set_options(task_keys=task_keys, var_options=var_options, direct=direct)
        if direct is not None and self._playbook is None:
            self._playbook = Process(int(self._ansible_playbook_pid or 0))
            when_ended(self._playbook, self._end)

    def _end(self) -> None:
        """End as at the end of a play: log out, and with it give the router's lock back."""
        if not self._conn_closed:
            # Both: the signal ends the waiting for a request or the request itself, and after a
            # request it is this word that ends the process.
            self._conn_closed = True
            os.kill(os.getpid(), signal.SIGTERM)

    def _update_connection_state(self) -> None:
        """Know whether there is a persistent process; a killed one leaves its socket behind."""
        super()._update_connection_state()
        if self._socket_path and _is_deserted(self._socket_path):
            Path(self._socket_path).unlink(missing_ok=True)
            self._connected, self._socket_path = False, None

    def _connect(self) -> Connection:
        if self._session is None:
            self._session = self._new_session()
        if not self._connected:
            self._session.open()
            self._connected = True
        return self

    def _new_session(self) -> Session:
        # Imported here: only the persistent process pays for it.
        from ansible_collections.crossconnect.dx.plugins.module_utils.device.fingerprints import (  # noqa: PLC0415
            file_of,
        )
        from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import (  # noqa: PLC0415
            Session,
        )

        return Session(
            platform_name=self.get_option("platform"),
            host=self.get_option("host"),
            name=self.get_option("router"),
            user=self.get_option("remote_user") or getpass.getuser(),
            password=self.get_option("password") or "",
            timeout=self.get_option("timeout"),
            optional_args=self._arguments(),
            fingerprints=file_of(self.get_option("router"), self.get_option("fingerprints_dir")),
        )

    def _arguments(self) -> dict[str, Any]:
        known_hosts, key_file = (
            self.get_option(name) for name in ("known_hosts_file", "private_key_file")
        )
        arguments: dict[str, Any] = {"ssh_strict": True, "owner": self._owner()}
        if port := self.get_option("port"):
            arguments["port"] = port
        if key_file:
            arguments |= {"use_keys": True, "key_file": key_file}
        if known_hosts:
            arguments |= {"alt_host_keys": True, "alt_key_file": known_hosts}
        else:
            arguments["system_host_keys"] = True
        return arguments | dict(self.get_option("optional_args"))

    def _owner(self) -> str:
        """Name the run, so that a second one learns who holds a router."""
        run = f"ansible-playbook {self._ansible_playbook_pid}"
        return f"{getpass.getuser()}@{socket.gethostname()} ({run})"

    def close(self) -> None:
        """Log out; the play is over. A dead run confirms nothing, so its commit is undone."""
        if self._session is not None and self._connected:
            if self._playbook is not None and not self._playbook.alive:
                with suppress(Exception):  # the router's own timer remains
                    self._session.rollback()
            self._session.close()
        super().close()

    @request
    def device_facts(self, getters: list[str]) -> dict[str, Any]:
        """Run getters."""
        facts = self._open.facts(getters)
        return {"taken_at": facts.pop("taken_at"), "facts": facts, **self._counted}

    @request
    def device_config(self, options: dict[str, Any]) -> dict[str, Any]:
        """Load, compare, and commit what is to be committed."""
        session = self._open
        if options["commit"]:
            session.require(revert_in=options["revert_in"])
        names = ("keys", "mode", "owners")
        diff = session.load(options["config"], **{name: options[name] for name in names})
        self._held = None
        pending = None
        if not diff or not options["commit"]:
            session.discard()
        elif options["hold"]:
            self._held = {name: options[name] for name in TERMS}
        else:
            pending = session.commit(**{name: options[name] for name in TERMS})
        return {"changed": bool(diff), "diff": diff, "pending": pending, **self._counted}

    @request
    def device_commit(self) -> dict[str, Any]:
        """Commit the candidate that is held."""
        session, terms = self._open, self._held
        if terms is None:
            words = "there is no candidate to commit: load one with device_config and hold: true"
            raise RpcError(f"{session.name}: {words}", code=FAILED)
        self._held = None
        return {"changed": True, "pending": session.commit(**terms), **self._counted}

    @request
    def device_pending(self) -> dict[str, Any]:
        """Tell of the pending commit."""
        return {"pending": self._open.pending()}

    @request
    def device_confirm(self) -> dict[str, Any]:
        """Keep the pending commit."""
        return {"changed": self._open.confirm(), **self._counted}

    @request
    def device_rollback(self, force: bool) -> dict[str, Any]:  # noqa: FBT001 - JSON-RPC
        """Take the commit back."""
        self._held = None
        return {"changed": self._open.rollback(force=force), **self._counted}

    @request
    def device_check(self, options: dict[str, Any]) -> dict[str, Any]:
        """Wait at the gates."""
        may_last(options["timeout"])
        outcome = self._open.check(**options)
        return {"checks": outcome.records, "problems": outcome.problems, **self._counted}

    @request
    def device_quiet(self, options: dict[str, Any]) -> dict[str, Any]:
        """Wait until traffic has gone."""
        may_last(options["timeout"])
        return {"checks": self._open.quiet(**options), **self._counted}

    @request
    def device_exec(self, commands: list[str], pings: list[dict[str, Any]]) -> dict[str, Any]:
        """Run show commands and pings."""
        answers = self._open.run(commands) if commands else {}
        results = []
        for ping in pings:
            options = {name: value for name, value in ping.items() if value is not None}
            answer = self._open.ping(options.pop("destination"), options)
            results.append({"destination": ping["destination"], **answer})
        output = [{"command": name, "output": text} for name, text in answers.items()]
        return {"output": output, "pings": results, **self._counted}

    @property
    def _open(self) -> Session:
        """The session, opened with the first request."""
        self._connect()
        if self._session is None:
            raise RpcError("the session is closed", code=UNREACHABLE)
        return self._session

    @property
    def _counted(self) -> dict[str, Any]:
        return {"counters": self._open.counters}


def may_last(seconds: float) -> None:
    """Let a request wait beside what any request may take, so that it ends by its own words."""
    if left := signal.alarm(0):
        signal.alarm(left + ceil(seconds))


def _is_deserted(path: str) -> bool:
    """Whether nobody listens at a socket any more."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(0)
        try:
            probe.connect(path)
        except ConnectionRefusedError:
            return True
        except OSError:  # busy, or just gone
            return False
    return False
