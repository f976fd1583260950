# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the driver for FRRouting reads from a router, in NAPALM's shapes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from napalm.base.base import NetworkDriver

from . import getters, instances, probes, routes

if TYPE_CHECKING:
    from .client import Agent

# Without "vrf all" FRR leaves out what is in a VRF.
INTERFACES = "show interface vrf all json"


class FRRReader(NetworkDriver):
    """The half of a driver that changes nothing; the agent is the other half's to start."""

    agent: Agent

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
        table, paths = self.agent.documents(
            f"show {command} route {destination}{suffix} json",
            f"show bgp {family} unicast {destination} json",
        )
        return routes.routes(table, paths, protocol)

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


def _full(found: str, name: str) -> str:
    """Return the full name, unless the router resolves itself to the loopback's name only."""
    return found if found and not found.startswith("localhost") else name
