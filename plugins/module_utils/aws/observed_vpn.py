# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the account shows of the backup path; a key is in none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.planner.identity import ORDERED_TAG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..core.planner.context import Context
    from ..core.snapshot_vpn import FoundVpnTunnel


def observed_customer_gateways(context: Context) -> Iterator[dict[str, Any]]:
    """Yield the declared customer gateways that exist."""
    for name, match in context.customer_gateways.items():
        found = match.found
        if found is not None:
            yield {
                "name": name,
                "id": found.id,
                "state": found.state,
                "address": found.address,
                "asn": found.asn,
                "certificate_arn": found.certificate_arn,
                "ordered_at": found.tags.get(ORDERED_TAG),
            }


def observed_vpn_connections(context: Context) -> Iterator[dict[str, Any]]:
    """Yield the declared VPN connections that exist, with what AWS sees of their tunnels."""
    names = {thing.id: thing.name for thing in context.snapshot.customer_gateways}
    names |= {m.found.id: name for name, m in context.customer_gateways.items() if m.found}
    for wanted in context.part.vpn_connections:
        found = context.vpn_connections[wanted.name].found
        if found is not None:
            yield {
                "name": wanted.name,
                "id": found.id,
                "state": found.state,
                "customer_gateway": names.get(found.customer_gateway_id),
                "customer_gateway_id": found.customer_gateway_id,
                "target": wanted.target,
                "target_id": found.target_id,
                "routing": "bgp" if found.static_routes is None else "static",
                "static_routes": list(found.static_routes or ()),
                "outside_address_type": found.outside_address_type,
                "transport_attachment_id": found.transport_attachment_id,
                "tunnels": [_tunnel(each) for each in found.tunnels],
                "backs_up": list(wanted.backs_up),
                "ordered_at": found.tags.get(ORDERED_TAG),
            }


def _tunnel(found: FoundVpnTunnel) -> dict[str, Any]:
    return {
        "outside_address": found.outside_address,
        "inside_cidr": found.inside_cidr,
        "status": found.status,
        "since": found.since,
        "accepted_routes": found.accepted_routes,
        "ike_versions": list(found.ike_versions),
        "startup_action": found.startup_action,
        "dpd_timeout_action": found.dpd_timeout_action,
    }


def awaited_vpn(observed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what is not ready of the backup path: AWS makes it, our device brings it up."""
    for kind, section in (
        ("customer_gateway", "customer_gateways"),
        ("vpn_connection", "vpn_connections"),
    ):
        for thing in observed.get(section, ()):
            if thing["state"] != "available":
                yield {
                    "kind": kind,
                    "name": thing["name"],
                    "state": thing["state"],
                    "from": "AWS",
                    "what": "the change to finish",
                    "since": thing["ordered_at"],
                }
            else:
                yield from _down(thing)


def _down(thing: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    down = [each for each in thing.get("tunnels", ()) if each["status"] == "DOWN"]
    if down:
        ends = " and ".join(each["outside_address"] for each in down)
        tunnels = "the tunnels" if len(down) > 1 else "the tunnel"
        yield {
            "kind": "vpn_connection",
            "name": thing["name"],
            "state": "DOWN",
            "from": "own team",
            "what": f"{tunnels} to {ends}, configured on the device (module vpn_configuration)",
            "since": min((each["since"] for each in down if each["since"]), default=None),
        }
