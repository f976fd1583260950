# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The preflight: whether a router has room for what will land on it, judged before anything moves.

A port whose link is down is no fault here: until the cross-connect is plugged, it has to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from .check import check, passes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from .check import Check
    from .landings import Landing

# In Mbit/s, as NAPALM counts the speed of a port.
_MEGABITS = {"Gbps": 1000, "Mbps": 1}
_FREE = "free, or this circuit's"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterView:
    """What a router says of itself, in the shapes of NAPALM's getters, and what it can be told.

    Attributes:
        landings: What a virtual interface may land on there: subinterface, svi, irb.
        vrf: Whether it may be in a VRF there.
        instances: The VRFs that there are; None where the router does not tell.
        makes: The bundles that the run makes by itself: they need not be there.
    """

    name: str
    interfaces: Mapping[str, Mapping[str, Any]]
    interfaces_ip: Mapping[str, Mapping[str, Mapping[str, Any]]]
    bgp_neighbors: Mapping[str, Mapping[str, Any]]
    landings: Collection[str] = ("subinterface",)
    vrf: bool = False
    instances: Collection[str] | None = None
    makes: Collection[str] = ()

    def asns(self) -> set[int]:
        """Return the ASNs under which the router speaks BGP already."""
        return {
            peer["local_as"]
            for instance in self.bgp_neighbors.values()
            for peer in instance["peers"].values()
        }

    def holders(self, address: str) -> list[str]:
        """Return the interfaces that hold an address, whichever way the router writes it."""
        wanted = ip_address(address)
        return [
            interface
            for interface, families in self.interfaces_ip.items()
            if any(wanted == ip_address(told) for held in families.values() for told in held)
        ]

    def belongs(self, interface: str, owner: str) -> bool:
        """Whether an interface says of itself that it is a certain owner's."""
        description: str = self.interfaces.get(interface, {}).get("description", "")
        return description.startswith(f"{owner} ")


def preflight(router: RouterView, landings: Sequence[Landing]) -> list[Check]:
    """Judge each landing: port, speed, MTU, VLAN, addresses, ASN, and what it asks beyond them.

    Returns:
        Check records; one that has nothing to compare with is `na`.
    """
    checks: list[Check] = []
    for landing in landings:
        made = landing.port in router.makes
        for port in (*(() if made else (landing.port,)), *landing.ports):
            checks += _port(router, port, landing)
        checks += [_vlan(router, landing), _asn(router, landing)]
        checks += _addresses(router, landing)
        checks += [*_landing(router, landing), *_vrf(router, landing)]
    return _once(checks)


def unreachable(router: str, why: str) -> list[Check]:
    """Return the one check that an unreachable router gets."""
    return [check("reachable", router, "fail", why.removeprefix(f"{router}: "), "a login")]


def _once(checks: list[Check]) -> list[Check]:
    """Leave out what several landings on one port say in the same words."""
    return [check for at, check in enumerate(checks) if check not in checks[:at]]


def _port(router: RouterView, name: str, landing: Landing) -> Iterator[Check]:
    target = f"{router.name}:{name}"
    port = router.interfaces.get(name)
    if port is None:
        yield check("port", target, "fail", "no such port", "the port of the estate")
        return
    enabled = bool(port["is_enabled"])
    yield passes("port", target, enabled, "enabled" if enabled else "shut down", "enabled")
    yield _speed(target, port["speed"], _megabits(landing.bandwidth))
    yield _mtu(target, port["mtu"], landing.mtu)


def _megabits(bandwidth: str) -> int:
    unit = bandwidth[-4:]
    return int(bandwidth.removesuffix(unit)) * _MEGABITS[unit]


def _speed(target: str, measured: float, expected: int) -> Check:
    words = f"{expected} Mbit/s"
    if measured <= 0:
        return check("port_speed", target, "na", "not told by the router", words)
    return passes("port_speed", target, measured >= expected, f"{measured:g} Mbit/s", words)


def _mtu(target: str, measured: int, expected: int | None) -> Check:
    if expected is None or measured <= 0:
        return check("port_mtu", target, "na", measured, expected)
    return passes("port_mtu", target, measured >= expected, measured, f"at least {expected}")


def _vlan(router: RouterView, landing: Landing) -> Check:
    target = f"{router.name}:{landing.interface}"
    holder = router.interfaces.get(landing.interface)
    if holder is None:
        return check("vlan_free", target, "pass", "free", _FREE)
    if router.belongs(landing.interface, landing.owner):
        return check("vlan_free", target, "pass", "this circuit's", _FREE)
    description = holder["description"]
    used = f"used: {description}" if description else "used, without a description"
    return check("vlan_free", target, "fail", used, _FREE)


def _addresses(router: RouterView, landing: Landing) -> Iterator[Check]:
    for cidr in landing.addresses:
        address = cidr.partition("/")[0]
        holders = router.holders(address)
        strangers = [name for name in holders if not router.belongs(name, landing.owner)]
        measured = f"on {', '.join(strangers)}" if strangers else "free"
        target = f"{router.name} {landing.name} {address}"
        yield passes("address_free", target, not strangers, measured, _FREE)


def _landing(router: RouterView, landing: Landing) -> Iterator[Check]:
    """Judge a landing that not every platform has; a sub-interface is on all of them."""
    if landing.landing != "subinterface":
        target = f"{router.name} {landing.name}"
        possible = " or ".join(router.landings)
        passed = landing.landing in router.landings
        yield passes("landing", target, passed, landing.landing, f"{possible} on this platform")


def _vrf(router: RouterView, landing: Landing) -> Iterator[Check]:
    if landing.vrf is None:
        return
    target = f"{router.name} {landing.name}"
    if not router.vrf:
        yield check(
            "vrf", target, "fail", landing.vrf, "no VRF: this platform's templates have none"
        )
    elif router.instances is None:
        yield check("vrf", target, "na", "not told by the router", landing.vrf)
    else:
        there = landing.vrf in router.instances
        measured = "there" if there else f"no VRF {landing.vrf}"
        yield passes("vrf", target, there, measured, f"VRF {landing.vrf}, made before")


def _asn(router: RouterView, landing: Landing) -> Check:
    asns = sorted(router.asns())
    target = f"{router.name} {landing.name}"
    if not asns:
        return check("local_asn", target, "na", "no BGP session yet", landing.local_asn)
    return passes("local_asn", target, landing.local_asn in asns, asns, landing.local_asn)
