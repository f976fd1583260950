# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec keys of ports and LAGs: associated, shown by their CKN, rotated, taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from . import carriers, encryption, ids, wording
from .errors import ClientError
from .request import Answer, Request, operation
from .state import Connection, MacsecKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .carriers import Carrier
    from .world import World

KEYS_AT_MOST = 3
HEXADECIMAL = re.compile(r"[0-9a-fA-F]{64}")


@operation("AssociateMacSecKey")
def associate(request: Request) -> Answer:
    """Add a key: a new pair of CKN and CAK, or a pair that a secret of AWS's own holds."""
    carrier = _carrier(request)
    key = _key(request)
    present = encryption.keys(request.world, carrier)
    if len(present) >= KEYS_AT_MOST:
        raise ClientError(f"{carrier.id} has the maximum number of MACsec keys ({KEYS_AT_MOST}).")
    if any(key.ckn == other.ckn for other in present):
        raise ClientError(f"The CKN is already associated with {carrier.id}.")
    carrier.macsec_keys.append(key)
    request.world.nudge()
    return _answer(request, carrier)


def _carrier(request: Request) -> Carrier:
    """Return the port or LAG that the request names, which must have MACsec of its own."""
    carrier = carriers.find(request, request.parameters["connectionId"])
    word = "Connection" if isinstance(carrier, Connection) else "LAG"
    if not carrier.macsec:
        raise ClientError(f"{word} {carrier.id} is not MACsec capable.")
    if isinstance(carrier, Connection) and carrier.lag_id:
        raise ClientError(
            f"Connection {carrier.id} is a member of {carrier.lag_id}, whose MACsec keys it uses."
        )
    return carrier


def _key(request: Request) -> MacsecKey:
    """Return the key that the request tells. No text here may ever hold the CAK."""
    wanted = request.parameters
    secret, ckn, cak = wanted.get("secretARN"), wanted.get("ckn"), wanted.get("cak")
    if bool(secret) == bool(ckn or cak):
        raise ClientError("You must specify either the secret ARN, or the CKN and the CAK.")
    if secret:
        return _known_key(request, secret)
    if not ckn or not cak:
        raise ClientError("You must specify both the CKN and the CAK.")
    for word, value in (("CKN", ckn), ("CAK", cak)):
        if not HEXADECIMAL.fullmatch(value):
            raise ClientError(f"The {word} is not valid. It must be 64 hexadecimal characters.")
    arn = ids.macsec_secret_arn(request.region, request.account)
    return MacsecKey(secret_arn=arn, ckn=ckn, cak=cak, associated_at=request.world.now)


def _known_key(request: Request, secret_arn: str) -> MacsecKey:
    """Return the pair of a secret that an earlier association has made, in the same account."""
    holders: list[Carrier] = [
        *request.ledger.connections.values(),
        *request.ledger.lags.values(),
    ]
    for holder in holders:
        for key in holder.macsec_keys:
            if key.secret_arn == secret_arn:
                return MacsecKey(
                    secret_arn=secret_arn,
                    ckn=key.ckn,
                    cak=key.cak,
                    associated_at=request.world.now,
                )
    raise ClientError(f"Could not find MACsec secret {secret_arn}.")


@operation("DisassociateMacSecKey")
def disassociate(request: Request) -> Answer:
    """Take a key away; without any left, a port that must encrypt only should."""
    carrier = _carrier(request)
    wanted = request.parameters["secretARN"]
    for key in carrier.macsec_keys:
        if key.secret_arn == wanted and key.disassociated_at is None:
            break
    else:
        raise ClientError(f"MACsec secret {wanted} is not associated with {carrier.id}.")
    key.disassociated_at = request.world.now
    left = [other for other in carrier.macsec_keys if other.disassociated_at is None]
    if not left and carrier.encryption_mode == "must_encrypt":
        carrier.encryption_mode = "should_encrypt"
    request.world.nudge()
    return _answer(request, carrier)


def _answer(request: Request, carrier: Carrier) -> Answer:
    return {"connectionId": carrier.id, "macSecKeys": wording.keys(request, carrier)}


def check_mode(request: Request, carrier: Carrier, mode: str) -> None:
    """Refuse a mode that is none, a port without MACsec, and one that is not available."""
    if mode not in encryption.MODES:
        raise ClientError(f"Encryption mode {mode} is not valid.")
    word = "Connection" if isinstance(carrier, Connection) else "LAG"
    if not carrier.macsec:
        raise ClientError(f"{word} {carrier.id} is not MACsec capable.")
    if encryption.governor(request.world, carrier) is not carrier:
        raise ClientError(f"Connection {carrier.id} is a member of a LAG. Update the LAG.")
    if carriers.state(request, carrier) != "available":
        raise ClientError(f"{word} ID {carrier.id} is not available.")


def load_router(world: World, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Tell which CKNs the customer's router holds; None: all that AWS holds.

    Args:
        world: The model's world.
        wanted: `connection`: the id or the name of a connection or a LAG; `ckns`: list or None.

    Raises:
        ValueError: Nothing has this name, or several have.
    """
    name, ckns = wanted["connection"], wanted.get("ckns")
    known: list[Carrier] = [*world.connections(), *world.lags()]
    found = [carrier for carrier in known if name in (carrier.id, carrier.name)]
    if len(found) != 1:
        raise ValueError(f"{len(found)} connections and LAGs have the id or name {name}")
    found[0].router_ckns = None if ckns is None else [str(ckn) for ckn in ckns]
    return {"connection": found[0].id, "ckns": found[0].router_ckns}
