# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NAPALM's driver for FRRouting: the full configuration cycle over SSH.

Optional arguments: port, key_file, ssh_strict (true), alt_host_keys, alt_key_file, passphrase,
allow_agent (netmiko's names); owner (who holds locks and pending commits, in words), link_manager
(auto, ifupdown, systemd-networkd, none).
"""

from __future__ import annotations

import getpass
import json
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

from napalm.base.base import NetworkDriver
from napalm.base.exceptions import (
    CommandErrorException,
    MergeConfigException,
    ReplaceConfigException,
)

from ...masking import mask
from . import changes, getters, instances, probes, ssh, text
from .client import Agent, LoadError, NoAgent

if TYPE_CHECKING:
    from paramiko.client import SSHClient

# Without "vrf all" FRR leaves out what is in a VRF.
INTERFACES = "show interface vrf all json"


class FRRDriver(NetworkDriver):
    """An FRR router on Linux, links included."""

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: dict[str, Any] | None = None,
    ) -> None:
        """Keep what open() needs."""
        self.hostname = hostname
        self.username = username
        self.password = password
        self.timeout = timeout
        self.platform = "frr"
        self.optional_args = dict(optional_args or {})
        self.force_no_enable = True
        self.pending: dict[str, Any] | None = None
        self._client: SSHClient | None = None
        self.agent: Agent = NoAgent(hostname)

    # --- the session ---------------------------------------------------------------------------

    def open(self) -> None:
        """Log in and start the agent."""
        self._client = ssh.login(
            host=self.hostname,
            user=self.username,
            password=self.password,
            timeout=self.timeout,
            options=self.optional_args,
        )
        owner = str(self.optional_args.get("owner") or _this_process())
        manager = str(self.optional_args.get("link_manager") or "auto")
        try:
            self.agent = Agent(self._client, owner=owner, manager=manager)
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """End the session; a pending commit stays in the timer's hands."""
        self.agent.close()
        self.agent = NoAgent(self.hostname)
        if self._client:
            self._client.close()
            self._client = None

    def is_alive(self) -> Any:
        """Whether the session stands."""
        return {"is_alive": self.agent.alive}

    # --- the configuration ---------------------------------------------------------------------

    def load_merge_candidate(self, filename: str | None = None, config: str | None = None) -> None:
        """Add statements to the running configuration; `no` takes away."""
        wanted = text.parse(_content(filename, config))
        try:
            running = self.agent.call("lock")
            merged = text.merge(text.parse(running), wanted)
            self.agent.call("load", text=text.render(merged))
        except LoadError as error:
            raise MergeConfigException(str(error)) from None

    def load_replace_candidate(
        self, filename: str | None = None, config: str | None = None
    ) -> None:
        """Take the text as the whole configuration, links included."""
        content = _content(filename, config)
        try:
            self.agent.call("lock")
            self.agent.call("load", text=text.render(text.parse(content)))
        except LoadError as error:
            raise ReplaceConfigException(str(error)) from None

    def compare_config(self) -> str:
        """Show what the candidate changes; empty when nothing."""
        try:
            return changes.render(self.agent.call("compare"))
        except LoadError:
            return ""

    def commit_config(self, message: str = "", revert_in: int | None = None) -> None:
        """Apply the candidate; with revert_in the router takes it back unless confirmed."""
        if revert_in is not None and revert_in < 1:
            raise CommandErrorException("revert_in is a number of seconds, 1 or more")
        record = self.agent.call("commit", message=message, revert_in=revert_in)
        self.pending = None if revert_in is None else record

    def confirm_commit(self) -> None:
        """Keep the pending commit, and save it."""
        self.agent.call("confirm")
        self.pending = None

    def has_pending_commit(self) -> bool:
        """Whether a commit awaits its confirmation; `pending` tells whose and until when."""
        self.pending = self.agent.call("pending")
        return self.pending is not None

    def rollback(self) -> None:
        """Take the pending commit back, else the last confirmed one."""
        force = bool(self.optional_args.get("force_rollback"))
        self.agent.call("rollback", force=force, identity=self.pending and self.pending["id"])
        self.pending = None

    def discard_config(self) -> None:
        """Forget the candidate and release the lock."""
        self.agent.call("discard")

    def get_config(
        self,
        retrieve: str = "all",
        full: bool = False,  # noqa: FBT001, FBT002 - NAPALM's signature
        sanitized: bool = False,  # noqa: FBT001, FBT002
        format: str = "text",  # noqa: A002
    ) -> Any:
        """Return configurations, links first; FRR has no fuller form with defaults."""
        del full, format
        found = self.agent.call("configurations")
        result = {"running": "", "startup": "", "candidate": ""}
        for name in result:
            if retrieve in {"all", name} and found[name]:
                content = text.render(text.parse(found[name]))
                result[name] = mask(content) if sanitized else content
        return result

    # --- the getters ---------------------------------------------------------------------------

    def get_facts(self) -> Any:
        """Return what the router is."""
        version, interfaces, uptime, name, full_name = self.agent.run(
            ["vtysh", "-c", "show version"],
            ["vtysh", "-c", INTERFACES],
            ["cat", "/proc/uptime"],
            ["hostname"],
            ["hostname", "-f"],
        )
        return {
            "uptime": float(uptime[1].split()[0]),
            "vendor": "FRRouting",
            "os_version": getters.version(version[1]),
            "serial_number": "",
            "model": "FRRouting on Linux",
            "hostname": name[1].strip(),
            "fqdn": _full(full_name[1].strip(), name[1].strip()),
            "interface_list": sorted(getters.present(json.loads(interfaces[1] or "{}"))),
        }

    def get_interfaces(self) -> Any:
        """Return all interfaces."""
        return getters.interfaces(self.agent.documents(INTERFACES)[0])

    def get_interfaces_counters(self) -> Any:
        """Return what the interfaces have carried."""
        answer = self.agent.run(["ip", "-s", "-j", "link", "show"])[0]
        return getters.interfaces_counters(json.loads(answer[1] or "[]"))

    def get_interfaces_ip(self) -> Any:
        """Return the addresses of the interfaces."""
        return getters.interfaces_ip(self.agent.documents(INTERFACES)[0])

    def get_bgp_neighbors(self) -> Any:
        """Return all BGP sessions with their prefix counts."""
        summary, neighbors = self.agent.documents(
            "show bgp vrf all summary json", "show bgp vrf all neighbors json"
        )
        return getters.bgp_neighbors(summary, neighbors)

    def get_bgp_neighbors_detail(self, neighbor_address: str = "") -> Any:
        """Return all that FRR tells of the sessions."""
        (neighbors,) = self.agent.documents("show bgp vrf all neighbors json")
        return getters.bgp_neighbors_detail(neighbors, neighbor_address)

    def get_route_to(
        self,
        destination: str = "",
        protocol: str = "",
        longer: bool = False,  # noqa: FBT001, FBT002 - NAPALM's signature
    ) -> Any:
        """Return the routes to a destination, with BGP's attributes where it brought them."""
        family = "ipv6" if ":" in destination else "ipv4"
        command = "ipv6" if family == "ipv6" else "ip"
        suffix = " longer-prefixes" if longer else ""
        routes, paths = self.agent.documents(
            f"show {command} route {destination}{suffix} json",
            f"show bgp {family} unicast {destination} json",
        )
        return getters.routes(routes, paths, protocol)

    def get_network_instances(self, name: str = "") -> Any:
        """Return the VRFs of the kernel with their interfaces, and what is in none."""
        answer = self.agent.run(["ip", "-j", "-d", "link", "show"])[0]
        return instances.network_instances(json.loads(answer[1] or "[]"), name)

    def get_arp_table(self, vrf: str = "") -> Any:
        """Return the complete IPv4 neighbor entries."""
        return getters.arp_table(self._neighbors("-4", vrf))

    def get_ipv6_neighbors_table(self) -> Any:
        """Return the complete IPv6 neighbor entries."""
        return getters.ipv6_neighbors(self._neighbors("-6", ""))

    def _neighbors(self, family: str, vrf: str) -> list[dict[str, Any]]:
        command = ["ip", "-j", "-s", family, "neigh", "show", *(["vrf", vrf] if vrf else [])]
        return list(json.loads(self.agent.run(command)[0][1] or "[]"))

    def ping(  # noqa: PLR0913, PLR0917 - NAPALM's signature
        self,
        destination: str,
        source: str = "",
        ttl: int = 255,
        timeout: int = 2,
        size: int = 100,
        count: int = 5,
        vrf: str = "",
        source_interface: str = "",
    ) -> Any:
        """Ping from the router."""
        command = probes.ping_command(
            destination,
            source=source or source_interface,
            vrf=vrf,
            ttl=ttl,
            timeout=timeout,
            size=size,
            count=count,
        )
        _, out, err = self.agent.run(command)[0]
        return probes.ping(out, err, destination)

    def traceroute(
        self,
        destination: str,
        source: str = "",
        ttl: int = 255,
        timeout: int = 2,
        vrf: str = "",
    ) -> Any:
        """Trace the path from the router."""
        command = probes.traceroute_command(
            destination, source=source, vrf=vrf, ttl=ttl, timeout=timeout
        )
        _, out, err = self.agent.run(command)[0]
        return probes.traceroute(out, err)

    def cli(self, commands: list[str], encoding: str = "text") -> Any:
        """Give show commands to vtysh."""
        if not isinstance(commands, list):
            raise TypeError("commands is a list of show commands")
        if encoding != "text":
            raise NotImplementedError(f"encoding {encoding}: ask for `... json` in the command")
        answers = self.agent.vtysh(*commands)
        for command, answer in zip(commands, answers, strict=True):
            if answer.startswith("% Unknown command"):
                raise CommandErrorException(f"{command}: {answer.strip()}")
        return dict(zip(commands, answers, strict=True))


def _full(found: str, name: str) -> str:
    """Return the full name, unless the router resolves itself to the loopback's name only."""
    return found if found and not found.startswith("localhost") else name


def _this_process() -> str:
    return f"{getpass.getuser()}@{socket.gethostname()} (process {os.getpid()})"


def _content(filename: str | None, config: str | None) -> str:
    if filename:
        return Path(filename).read_text(encoding="utf-8")
    return config or ""
