# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on MACsec: keys that can be keys, and a port that can have them. No rule quotes a key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .estate_fault import Fault
from .estate_ground import Rule, carriers, numbered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .estate_ground import Ground
    from .model import MacsecKey

_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_SECRET = re.compile(r"arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:\S+", re.ASCII)


def key_forms(ground: Ground) -> Iterator[Fault]:
    """Require of each key a pair of 64 hex digits each, or the ARN of a secret in its place."""
    for path, key in _keys(ground):
        yield from key_faults(path, key)


def key_faults(path: str, key: MacsecKey) -> Iterator[Fault]:
    """Yield what is wrong with one key; its values stay out of the text, one may be the CAK."""
    if key.secret and (key.ckn or key.cak):
        yield Fault(path, "has a secret and a pair: give secret, or ckn and cak")
    elif key.secret:
        if not _SECRET.fullmatch(key.secret):
            yield Fault(f"{path}.secret", "is no ARN of a secret (arn:aws:secretsmanager:...)")
    else:
        for attribute, value in (("ckn", key.ckn), ("cak", key.cak)):
            if value is None:
                yield Fault(f"{path}.{attribute}", "is missing: give ckn and cak, or secret")
            elif not _HEXADECIMAL.fullmatch(value):
                yield Fault(
                    f"{path}.{attribute}",
                    f"has {len(value)} characters or others than hex digits: AWS takes 64 hex"
                    " digits, which is a key of 256 bits",
                )


def key_count(ground: Ground) -> Iterator[Fault]:
    """Require as many keys as a port takes."""
    most = ground.limits.macsec_keys_per_port
    for path, carrier in carriers(ground):
        count = len(carrier.macsec_keys or ())
        if count > most:
            yield Fault(f"{path}.macsec_keys", f"holds {count} keys, a port takes {most}")


def key_once(ground: Ground) -> Iterator[Fault]:
    """Require that a key stands once in the chain of a port."""
    for path, carrier in carriers(ground):
        first: dict[str, str] = {}
        for place, key in numbered(f"{path}.macsec_keys", carrier.macsec_keys or ()):
            label = key.label.lower()
            if label in first:
                yield Fault(place, f"has the name of {first[label]} already: a CKN stands once")
            elif label:
                first[label] = place


def macsec_was_requested(ground: Ground) -> Iterator[Fault]:
    """Require a port that was requested with MACsec where keys or a mode are set."""
    for path, carrier in carriers(ground):
        wishes = {
            "macsec_keys": bool(carrier.macsec_keys),
            "encryption_mode": carrier.encryption_mode in ("should_encrypt", "must_encrypt"),
        }
        for attribute, wished in wishes.items():
            if wished and not carrier.request_macsec:
                yield Fault(
                    f"{path}.{attribute}",
                    f"needs a port that is requested with MACsec: set request_macsec of"
                    f" {carrier.name} to true, which a port has from birth or never",
                )


def _keys(ground: Ground) -> Iterator[tuple[str, MacsecKey]]:
    for path, carrier in carriers(ground):
        yield from numbered(f"{path}.macsec_keys", carrier.macsec_keys or ())


RULES: tuple[Rule, ...] = (key_forms, key_count, key_once, macsec_was_requested)
