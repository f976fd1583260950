# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two tunnels of a VPN connection: their options as EC2 checks, keeps and shows them."""

from __future__ import annotations

import re
import secrets
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Any

from moto.ec2.exceptions import EC2ClientError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TUNNELS = 2
_INSIDE = IPv4Network("169.254.0.0/16")
_INSIDE_LENGTH = 30
_RESERVED = frozenset(f"169.254.{third}.0/30" for third in range(6))
_KEY = re.compile(r"[A-Za-z1-9._][A-Za-z0-9._]{7,63}", re.ASCII)
_DEFAULTS = {
    "IkeVersions": [{"Value": "ikev1"}, {"Value": "ikev2"}],
    "StartupAction": "add",
    "DpdTimeoutAction": "clear",
}
# What EC2 calls the same otherwise in its answers.
_ANSWERED = {"IKEVersions": "IkeVersions", "DPDTimeoutAction": "DpdTimeoutAction"}
# The ranges for documentation, and one of the customer's own for private VPN connections.
_PUBLIC = ("198.51.100", "203.0.113", "192.0.2")


def make(
    number: int, wanted: Sequence[Mapping[str, Any]], taken: Iterable[str], *, private: bool
) -> list[dict[str, Any]]:
    """Return the tunnels of a new VPN connection.

    Args:
        number: How many VPN connections there were before.
        wanted: What the customer wants of them.
        taken: The inside ranges of others on the same gateway.
        private: Whether the outside addresses are private ones.

    Raises:
        EC2ClientError: EC2 does not take the options.
    """
    if len(wanted) > TUNNELS:
        raise _refused("TunnelOptions", "at most two tunnels can be given")
    made: list[dict[str, Any]] = []
    for position in range(TUNNELS):
        others = {*taken, *(each["TunnelInsideCidr"] for each in made)}
        base = {
            **_DEFAULTS,
            "OutsideIpAddress": _outside(TUNNELS * number + position, private=private),
            "TunnelInsideCidr": _free(number, others),
            "PreSharedKey": secrets.token_hex(16).replace("0", "x"),
        }
        options = wanted[position] if position < len(wanted) else {}
        made.append(changed(base, options, others))
    return made


def changed(
    tunnel: Mapping[str, Any], options: Mapping[str, Any], others: Iterable[str]
) -> dict[str, Any]:
    """Return a tunnel with other options; what is not given stays.

    Raises:
        EC2ClientError: EC2 does not take the options.
    """
    cidr, key = options.get("TunnelInsideCidr"), options.get("PreSharedKey")
    if cidr is not None and not _is_inside(cidr):
        raise _refused("TunnelInsideCidr", f"{cidr} is not a valid inside CIDR")
    if cidr is not None and cidr in set(others):
        raise _refused("TunnelInsideCidr", f"{cidr} is already in use")
    if key is not None and not _KEY.fullmatch(key):
        raise _refused("PreSharedKey", "The pre-shared key is not valid")
    given = {_ANSWERED.get(name, name): value for name, value in options.items()}
    return {**tunnel, **given}


def _is_inside(text: str) -> bool:
    try:
        network = IPv4Network(text)
    except ValueError:
        return False
    inside = network.prefixlen == _INSIDE_LENGTH and network.subnet_of(_INSIDE)
    return inside and text not in _RESERVED


def _free(number: int, taken: Iterable[str]) -> str:
    """Return a range that nobody has, which is AWS's choice."""
    used = set(taken)
    candidates = (f"169.254.{200 + number % 50}.{4 * each}/30" for each in range(64))
    return next(each for each in candidates if each not in used)


def _outside(number: int, *, private: bool) -> str:
    block, host = divmod(number, 250)
    return f"10.254.{block}.{host + 1}" if private else f"{_PUBLIC[block % 3]}.{host + 1}"


def _refused(parameter: str, text: str) -> EC2ClientError:
    return EC2ClientError("InvalidParameterValue", f"Value for {parameter} is invalid: {text}.")


def configuration(vpn_id: str, tunnels: Iterable[Mapping[str, Any]]) -> str:
    """Return the text that configures the customer's device, the keys in it."""
    parts = "".join(
        f"<ipsec_tunnel><vpn_gateway><tunnel_outside_address><ip_address>"
        f"{each['OutsideIpAddress']}</ip_address></tunnel_outside_address></vpn_gateway>"
        f"<inside_cidr>{each['TunnelInsideCidr']}</inside_cidr>"
        f"<ike><pre_shared_key>{each['PreSharedKey']}</pre_shared_key></ike></ipsec_tunnel>"
        for each in tunnels
    )
    return f'<?xml version="1.0"?><vpn_connection id="{vpn_id}">{parts}</vpn_connection>'
