# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec as a router sees it: its ports that encrypt, neutral to the router's platform.

AWS knows a LAG's keys as the LAG's; a router secures each port by itself, a bundle's members too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .check import check
from .evidence import Evidence
from .landings import bundled, key_name
from .model import Lag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .check import Check
    from .model import Connection, Estate, MacsecKey

_NO_TEMPLATES = "this platform's templates have no MACsec"
_BY_HAND = "a port secured by hand, and dx_make_macsec false for this router"
_FEWER = "a key and a fallback: take out of macsec_keys what is no longer in force"
_MUST = "it shall no longer encrypt, and AWS says must_encrypt yet"
_STEPWISE = "should_encrypt in a run before, or nothing passes until both sides are through"
_UNKNOWN = "ckn and cak in the estate: nobody tells a router what a secret at AWS holds"


@dataclass(frozen=True, slots=True, kw_only=True)
class MacsecPortKey:
    """A key of a port's chain: its name, which is no secret, and what to ask `secrets` for."""

    ckn: str
    key_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MacsecPort:
    """A router's port of which the estate says whether MACsec protects it.

    Attributes:
        name: The connection or LAG that the keys belong to.
        port: The router's port.
        owner: What begins every name on the router that belongs to the port.
        keys: In the order of the estate; both sides agree which one is in use. None: the port
            shall not encrypt, and what the router has of it from us goes.
        must_secure: Whether nothing passes without encryption.
    """

    name: str
    port: str
    owner: str
    keys: tuple[MacsecPortKey, ...]
    must_secure: bool


def macsec_ports(estate: Estate, router: str) -> tuple[MacsecPort, ...]:
    """Return the ports of a router that shall encrypt, or no longer shall, by name."""
    wanted = [carrier for carrier in _secured(estate, router) if _pairs(carrier)]
    found = (
        _port(carrier, port)
        for carrier in (*wanted, *_open(estate, router))
        for port in _ports(estate, carrier)
    )
    return tuple(sorted(found, key=lambda secured: secured.port))


def macsec_secrets(estate: Estate, router: str) -> dict[str, str]:
    """Return the CAKs of a router by `key_name`; secret, all of it."""
    return {
        _key_name(carrier, key): key.cak or ""
        for carrier in _secured(estate, router)
        for key in _pairs(carrier)
    }


def macsec_checks(
    estate: Estate, router: str, *, most_keys: int, evidence: Evidence | None = None
) -> list[Check]:
    """Judge whether a run can secure the ports of a router.

    Args:
        estate: What shall exist.
        router: The router's name in the inventory.
        most_keys: How many keys a port of its platform holds; 0 where the templates secure none.
        evidence: What AWS has; None where nobody has looked.
    """
    judged = [
        found for carrier in _secured(estate, router) for found in _judged(carrier, most_keys)
    ]
    seen = evidence or Evidence()
    return judged + [
        check("macsec", f"{router}:{port}", "warn", _MUST, _STEPWISE)
        for carrier in _open(estate, router)
        if seen.circuit(carrier).get("encryption_mode") == "must_encrypt"
        for port in _ports(estate, carrier)
    ]


def _secured(estate: Estate, router: str) -> Iterator[Connection | Lag]:
    """Yield what has keys and ends on a port of the router; a LAG's ports have the LAG's keys."""
    for carrier in estate.circuits:
        here = carrier.router == router and carrier.port
        if here and carrier.macsec_keys and carrier.encryption_mode != "no_encrypt":
            yield carrier


def _open(estate: Estate, router: str) -> Iterator[Connection | Lag]:
    """Yield what the estate says to go without MACsec; no word of keys is "don't care"."""
    for carrier in estate.circuits:
        here = carrier.router == router and carrier.port
        if here and (carrier.macsec_keys == () or carrier.encryption_mode == "no_encrypt"):
            yield carrier


def _ports(estate: Estate, carrier: Connection | Lag) -> tuple[str, ...]:
    return bundled(estate, carrier) if isinstance(carrier, Lag) else (carrier.port or "",)


def _pairs(carrier: Connection | Lag) -> tuple[MacsecKey, ...]:
    """Return the keys that a router can be told; of a secret only AWS knows what it holds."""
    return tuple(key for key in carrier.macsec_keys or () if key.ckn and key.cak)


def _key_name(carrier: Connection | Lag, key: MacsecKey) -> str:
    return key_name(f"{carrier.name}/{(key.ckn or '').lower()}")


def _port(carrier: Connection | Lag, port: str) -> MacsecPort:
    return MacsecPort(
        name=carrier.name,
        port=port,
        # A name of ours ends at its first hyphen, and holds what every platform takes in a name.
        owner="DX-PORT" + re.sub(r"[^A-Za-z0-9.]", "_", port.replace("-", "")),
        keys=tuple(
            MacsecPortKey(ckn=(key.ckn or "").lower(), key_name=_key_name(carrier, key))
            for key in (_pairs(carrier) if carrier.encryption_mode != "no_encrypt" else ())
        ),
        must_secure=carrier.encryption_mode == "must_encrypt",
    )


def _judged(carrier: Connection | Lag, most_keys: int) -> Iterator[Check]:
    target = f"{carrier.router}:{carrier.port}"
    count = len(_pairs(carrier))
    if not most_keys:
        yield check("macsec", target, "fail", _NO_TEMPLATES, _BY_HAND)
    elif count > most_keys:
        yield check("macsec", target, "fail", f"{count} keys", f"{most_keys} at most, {_FEWER}")
    unknown = [key.label for key in carrier.macsec_keys or () if key not in _pairs(carrier)]
    if unknown:
        yield check("macsec", target, "fail", ", ".join(unknown), _UNKNOWN)
