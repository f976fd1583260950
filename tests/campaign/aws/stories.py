# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lives that estates lead in the campaign, as the files in `stories` tell them."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).with_name("stories")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of an estate's life: what is there before, what is asked for, what shall come.

    Attributes:
        accounts: Whose runs it takes, in this order, again and again.
        tables: Whether somebody has made route tables before.
    """

    name: str
    wanted: dict[str, Any]
    before: dict[str, Any] | None = None
    accounts: tuple[str, ...] = ("network",)
    tables: bool = False
    options: dict[str, Any] = field(default_factory=dict)

    def goal(self, account: str) -> Counter[str]:
        """Return what exists in an account when it is over."""
        gone = self.options.get("state") == "absent"
        return Counter() if gone else expected(self.wanted, account)


def phases() -> Iterator[Phase]:
    """Yield the phases of all stories, those of the circuits first."""
    for name in ("circuits", "surroundings", "backup", "accounts"):
        data = yaml.safe_load((HERE / f"{name}.yml").read_text())
        wanted, changed = data["estate"], _changed(data)
        common = {"accounts": tuple(data["accounts"]), "tables": data.get("tables", False)}
        consent = {"consent": data["consent"]}
        terms = {**consent, "replace": data.get("replace", [])}
        gone = {**consent, "state": "absent"}
        yield Phase(name=f"{name}, build", wanted=wanted, **common)
        yield Phase(name=f"{name}, change", before=wanted, wanted=changed, options=terms, **common)
        yield Phase(name=f"{name}, demolish", before=wanted, wanted=wanted, options=gone, **common)


def _changed(data: dict[str, Any]) -> dict[str, Any]:
    """Return the estate with every change that the data file has."""
    document: dict[str, Any] = deepcopy(data["estate"])
    for *path, name, value in data["changes"]:
        place: Any = document
        for step in path:
            place = place[step]
        place[name] = value
    return document


def expected(document: dict[str, Any], account: str) -> Counter[str]:
    """Return what `living` counts once all of an account's part is there, each thing once."""
    mine = {
        section: [thing for thing in document.get(section, []) if thing["account"] == account]
        for section in (*KINDS, "hosted_connections", "alarms")
    }
    ports = mine["connections"] + mine["lags"]
    return Counter(
        [
            *(
                f"{kind} {thing['name']}"
                for section, kind in KINDS.items()
                for thing in mine[section]
            ),
            *(f"hosted {thing['name']} on {_on(thing)}" for thing in mine["hosted_connections"]),
            *(f"key {key['ckn']}" for port in ports for key in port.get("macsec_keys", [])),
            *_of_gateways(mine["gateways"]),
            *_of_virtual_gateways(mine["virtual_gateways"]),
            *_of_groups(mine["resiliency_groups"]),
            *_of_vpns(mine["vpn_connections"]),
            *_of_interfaces(document, account, {port["name"] for port in ports}),
            *_of_alarms(document, mine),
        ]
    )


KINDS = {
    "connections": "connection",
    "lags": "lag",
    "resiliency_groups": "group",
    "gateways": "gateway",
    "virtual_gateways": "virtual_gateway",
    "customer_gateways": "customer_gateway",
    "vpn_connections": "vpn_connection",
}


def _of_gateways(gateways: list[dict[str, Any]]) -> Iterator[str]:
    for thing in gateways:
        for tie in thing.get("associations", []):
            yield f"association {thing['name']}"
            if "route_table" in tie:
                yield f"looked up in {tie['route_table']}"
            yield from (f"announced to {table}" for table in tie.get("propagate_to", []))


def _of_virtual_gateways(virtual_gateways: list[dict[str, Any]]) -> Iterator[str]:
    for thing in virtual_gateways:
        if "vpc" in thing:
            yield f"{thing['name']} in a VPC"
        yield from (
            f"routes of {thing['name']} in {each}" for each in thing.get("propagate_to", [])
        )


def _of_groups(groups: list[dict[str, Any]]) -> Iterator[str]:
    for thing in groups:
        yield from (f"{port} in {thing['name']}" for port in thing.get("connections", []))


def _of_vpns(vpn_connections: list[dict[str, Any]]) -> Iterator[str]:
    for thing in vpn_connections:
        yield f"{thing['name']} from {thing['customer_gateway']}"
        yield from (f"route {thing['name']} {each}" for each in thing.get("static_routes", []))
        yield from (f"tunnel {thing['name']} {t['inside_cidr']}" for t in thing.get("tunnels", []))


def _of_interfaces(document: dict[str, Any], account: str, ports: set[str]) -> Iterator[str]:
    """Yield what an account sees: of an interface that another allocates for it, not the port."""
    for thing in document.get("virtual_interfaces", []):
        if _on(thing) in ports:
            yield f"{thing['name']} on {_on(thing)}, VLAN {thing['vlan']}"
        if _on(thing) in ports or thing.get("account") == account:
            yield f"interface {thing['name']}"
            yield from (f"peer {thing['name']} {peer['family']}" for peer in thing["peers"])


def _of_alarms(document: dict[str, Any], mine: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Yield the alarms on states, which is all that the stories watch."""
    carriers = [*mine["connections"], *mine["lags"]]
    encrypted = {
        name
        for thing in carriers
        if thing.get("macsec_keys")
        for name in (thing["name"], *thing.get("connections", []))
    }
    ports = {thing["name"] for thing in carriers}
    rides = [each for each in document.get("virtual_interfaces", []) if _on(each) in ports]
    for entry in mine["alarms"]:
        for port in _meant(entry, mine["connections"]):
            yield f"alarm {entry['name']}/{port['name']}/connection_state of {port['name']}"
            if port["name"] in encrypted:
                yield f"alarm {entry['name']}/{port['name']}/encryption_state of {port['name']}"
        for ride in _meant(entry, rides):
            for peer in ride["peers"]:
                name = f"{entry['name']}/{ride['name']}/bgp_status-{peer['family']}"
                yield f"alarm {name} of {ride['name']}"


def _meant(entry: dict[str, Any], things: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in things if "only" not in entry or each["name"] in entry["only"]]


def _on(thing: dict[Any, Any]) -> str:
    """Return what carries a thing; in a file a bare `on` is YAML 1.1's true."""
    carrier: str = thing.get("on") or thing[True]
    return carrier
