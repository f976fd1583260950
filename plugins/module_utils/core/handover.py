# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The handover record: every detail of step 6, as AWS assigned it, for those who run the circuits.

Keys are never in it, only a note where each one lives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .evidence import UNKNOWN, declared_asn, interface_of
from .limits import Limits
from .model import Peer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .evidence import Evidence
    from .model import Connection, Estate, Family, Lag, Routing, VirtualInterface


def build_handover(estate: Estate, evidence: Evidence, *, generated_at: str) -> dict[str, Any]:
    """Put the record together; what AWS has not assigned yet is null."""
    return {
        "estate": estate.name,
        "generated_at": generated_at,
        "circuits": [_circuit(estate, evidence, circuit) for circuit in estate.circuits],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ride:
    """One virtual interface on its circuit, as declared and as AWS has it."""

    estate: Estate
    evidence: Evidence
    circuit: Connection | Lag
    declared: VirtualInterface

    @property
    def found(self) -> Mapping[str, Any]:
        return self.evidence.virtual_interface(self.circuit.account, self.declared.name)

    @property
    def gateway_id(self) -> str | None:
        """The id of the gateway or VGW that it ends on, as AWS or the end's account tells it."""
        if self.declared.gateway:
            gateway = self.estate.gateway(self.declared.gateway)
            seen = self.evidence.gateway(gateway.account, gateway.name).get("id")
            return seen or self.found.get("gateway_id")
        return self.found.get("gateway_id")


def _circuit(estate: Estate, evidence: Evidence, circuit: Connection | Lag) -> dict[str, Any]:
    account = evidence.account(circuit.account)
    found = evidence.circuit(circuit)
    return {
        "name": circuit.name,
        "account": circuit.account,
        "account_id": account.get("account_id"),
        "region": account.get("region"),
        "connection_id": found.get("id"),
        "state": found.get("state"),
        "location": circuit.location,
        "bandwidth": circuit.bandwidth,
        "provider": found.get("provider") or circuit.provider,
        "aws_device": found.get("aws_device"),
        "aws_logical_device": found.get("aws_logical_device"),
        "router": circuit.router,
        "port": circuit.port,
        "minimum_links": found.get("minimum_links"),
        "ports": [_port(estate, name, port) for name, port in evidence.ports(circuit)],
        "virtual_interfaces": [
            _virtual_interface(
                _Ride(estate=estate, evidence=evidence, circuit=circuit, declared=thing)
            )
            for thing in estate.virtual_interfaces
            if thing.on == circuit.name
        ],
    }


def _port(estate: Estate, name: str, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return one port of a LAG, with the place of its cable on the router."""
    declared = estate.connection(name)
    return {
        "name": name,
        "connection_id": found.get("id"),
        "state": found.get("state"),
        "provider": found.get("provider") or declared.provider,
        "aws_device": found.get("aws_device"),
        "aws_logical_device": found.get("aws_logical_device"),
        "loa_issue_time": found.get("loa_issue_time"),
        "router": declared.router,
        "port": declared.port,
    }


def _virtual_interface(ride: _Ride) -> dict[str, Any]:
    found, declared = ride.found, ride.declared
    return {
        "name": declared.name,
        "id": found.get("id"),
        "type": declared.type,
        "state": found.get("state"),
        "vlan": found.get("vlan", declared.vlan),
        "mtu": found.get("mtu", declared.mtu),
        "account": declared.account or ride.circuit.account,
        "gateway": declared.gateway,
        "virtual_gateway": declared.virtual_gateway,
        "gateway_id": ride.gateway_id,
        "route_filter_prefixes": list(declared.route_filter_prefixes or ()),
        "rate_limit": found.get("rate_limit", declared.rate_limit),
        "amazon_asn": found.get("amazon_asn", declared_asn(ride.estate, declared, Limits())),
        "customer_asn": found.get("customer_asn", declared.customer_asn),
        "router": ride.circuit.router,
        "port": ride.circuit.port,
        "interface": interface_of(ride.estate, declared),
        "routing_policy": _routing_policy(declared.routing),
        "peers": _peers(ride),
    }


def _routing_policy(routing: Routing) -> dict[str, Any]:
    return {
        "advertise": list(routing.advertise),
        "accept": list(routing.accept),
        "preference": routing.preference,
        "prepend": routing.prepend,
    }


def _peers(ride: _Ride) -> list[dict[str, Any]]:
    wanted = {peer.family: peer for peer in ride.declared.peers}
    assigned = {peer["family"]: peer for peer in ride.found.get("peers", ())}
    return [
        _peer(ride, family, wanted.get(family), assigned.get(family, {}))
        for family in dict.fromkeys([*wanted, *assigned])
    ]


def _peer(
    ride: _Ride, family: Family, wanted: Peer | None, assigned: Mapping[str, Any]
) -> dict[str, Any]:
    declared = wanted or Peer(family=family)
    amazon = assigned.get("amazon_address") or declared.amazon_address
    return {
        "family": family,
        "amazon_address": amazon,
        "customer_address": assigned.get("customer_address") or declared.customer_address,
        "key": _key_note(ride.declared, declared),
        "bgp": {
            "aws": assigned.get("status") or UNKNOWN,
            "router": ride.evidence.session(
                ride.circuit.router, amazon, family, ride.declared.routing.vrf
            ).state,
        },
    }


def _key_note(thing: VirtualInterface, declared: Peer) -> str:
    """Say where the key is to be had: in the estate's vault when declared, else with AWS."""
    if declared.key:
        return f"not recorded: the estate's vault has it, for virtual interface {thing.name}"
    return "not recorded: AWS made it, and shows it with the virtual interface"
