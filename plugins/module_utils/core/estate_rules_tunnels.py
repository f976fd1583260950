# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on customer gateways and tunnels: names, ASNs, addresses, keys.

Source of the numbers: EC2's API reference, CreateCustomerGateway and
VpnTunnelOptionsSpecification, as of 2026-11.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from typing import TYPE_CHECKING

from .addressing import prefix
from .estate_fault import Fault
from .estate_ground import Rule, customer_gateways, numbered, vpn_connections
from .estate_rules_names import fits_a_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .estate_ground import Ground
    from .model_vpn import CustomerGateway, VpnConnection, VpnTunnel

_NAME_LONGEST = 255
_ASN_HIGHEST = 4294967295
_TUNNELS = 2
# RFC 1918 and RFC 6598: what a private VPN connection may begin at, and nobody else routes.
_PRIVATE = tuple(
    IPv4Network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
)
_INSIDE = IPv4Network("169.254.0.0/16")
_INSIDE_LENGTH = 30
_RESERVED = tuple(IPv4Network(f"169.254.{third}.0/30") for third in range(6))
_KEY = re.compile(r"[A-Za-z1-9._][A-Za-z0-9._]{7,63}", re.ASCII)
_CERTIFICATE = re.compile(r"arn:[a-z-]+:acm:[a-z0-9-]+:[0-9]{12}:certificate/\S+")


def names(ground: Ground) -> Iterator[Fault]:
    """Require that a name can be a tag, and the name of a device."""
    things: list[tuple[str, CustomerGateway | VpnConnection]] = [
        *customer_gateways(ground),
        *vpn_connections(ground),
    ]
    for path, thing in things:
        if len(thing.name) > _NAME_LONGEST or not all(map(fits_a_tag, thing.name)):
            yield Fault(
                f"{path}.name",
                f"{thing.name!r} is no name for AWS: use up to {_NAME_LONGEST} letters, digits, "
                "spaces and _ . : / = + - @",
            )


def asns(ground: Ground) -> Iterator[Fault]:
    """Require an ASN of 16 or 32 bits."""
    for path, gateway in customer_gateways(ground):
        if not 1 <= gateway.asn <= _ASN_HIGHEST:
            yield Fault(f"{path}.asn", f"{gateway.asn} is no ASN (1 to {_ASN_HIGHEST})")


def identities(ground: Ground) -> Iterator[Fault]:
    """Require that a customer gateway has an address or a certificate."""
    for path, gateway in customer_gateways(ground):
        certificate = gateway.certificate_arn
        if gateway.address is None and certificate is None:
            yield Fault(
                f"{path}.address", "is missing: give the device's address, or a certificate_arn"
            )
        if certificate is not None and not _CERTIFICATE.fullmatch(certificate):
            yield Fault(
                f"{path}.certificate_arn",
                f"{certificate} is no certificate's ARN (arn:aws:acm:...:certificate/...)",
            )


def addresses(ground: Ground) -> Iterator[Fault]:
    """Require an IPv4 address that AWS reaches: public, unless all that begins there is private."""
    public = {vpn.customer_gateway for _, vpn in vpn_connections(ground) if not vpn.private}
    for path, gateway in customer_gateways(ground):
        place, text = f"{path}.address", gateway.address
        if text is None:
            continue
        found = _address(text)
        if found is None or found.is_loopback or found.is_multicast or found.is_unspecified:
            yield Fault(place, f"{text} is no device's IPv4 address: write it without a length")
        elif gateway.name in public and any(found in network for network in _PRIVATE):
            yield Fault(
                place,
                f"{text} is a private address, which AWS reaches over Direct Connect only: give "
                "the public one, or set outside_address_type of its VPN connections to private",
            )


def _address(text: str) -> IPv4Address | None:
    try:
        return IPv4Address(text)
    except AddressValueError:
        return None


def tunnel_counts(ground: Ground) -> Iterator[Fault]:
    """Require no more tunnels than AWS makes."""
    for path, vpn in vpn_connections(ground):
        if len(vpn.tunnels) > _TUNNELS:
            yield Fault(f"{path}.tunnels", f"has {len(vpn.tunnels)} tunnels, AWS makes {_TUNNELS}")


def tunnels(ground: Ground) -> Iterator[tuple[str, VpnConnection, VpnTunnel]]:
    """Yield each tunnel after its path and its VPN connection."""
    for path, vpn in vpn_connections(ground):
        for place, tunnel in numbered(f"{path}.tunnels", vpn.tunnels):
            yield place, vpn, tunnel


def inside_cidrs(ground: Ground) -> Iterator[Fault]:
    """Require a /30 of the link-local range, which AWS does not use itself."""
    for path, _, tunnel in tunnels(ground):
        place, text = f"{path}.inside_cidr", tunnel.inside_cidr
        network = prefix(text)
        if (
            not isinstance(network, IPv4Network)
            or network.prefixlen != _INSIDE_LENGTH
            or not network.subnet_of(_INSIDE)
        ):
            yield Fault(place, f"{text} is no /{_INSIDE_LENGTH} of {_INSIDE}, which AWS takes")
        elif network in _RESERVED:
            yield Fault(
                place, f"{text} is reserved by AWS (169.254.0.0/30 to 169.254.5.0/30): take another"
            )


def inside_cidrs_once(ground: Ground) -> Iterator[Fault]:
    """Require that the tunnels of one gateway of AWS's have ranges of their own."""
    taken: dict[tuple[str, str, str], str] = {}
    for path, vpn, tunnel in tunnels(ground):
        place = f"{path}.inside_cidr"
        first = taken.setdefault((vpn.account, vpn.target, tunnel.inside_cidr), place)
        if first != place:
            yield Fault(place, f"{tunnel.inside_cidr} is taken by {first} on the same gateway")


def keys(ground: Ground) -> Iterator[Fault]:
    """Require what AWS requires of a key, without a word of it."""
    certified = {thing.name for _, thing in customer_gateways(ground) if thing.certificate_arn}
    for path, vpn, tunnel in tunnels(ground):
        if tunnel.key is None:
            continue
        if not _KEY.fullmatch(tunnel.key):
            yield Fault(
                f"{path}.key",
                "is no key for AWS: use 8 to 64 letters, digits, dots and underscores, no 0 first",
            )
        if vpn.customer_gateway in certified:
            yield Fault(
                f"{path}.key",
                f"is not used: {vpn.customer_gateway} identifies itself by its certificate, leave "
                "it out",
            )


def ike_versions(ground: Ground) -> Iterator[Fault]:
    """Require at least one version of IKE, each once."""
    for path, _, tunnel in tunnels(ground):
        versions = tunnel.ike_versions
        if versions is not None and (not versions or len(set(versions)) < len(versions)):
            yield Fault(f"{path}.ike_versions", "must name ikev1, ikev2 or both, each once")


RULES: tuple[Rule, ...] = (
    names,
    asns,
    identities,
    addresses,
    tunnel_counts,
    inside_cidrs,
    inside_cidrs_once,
    keys,
    ike_versions,
)
