# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Autonomous system numbers: which are allowed where, and the two fields AWS answers them in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_SHORT = 2147483646
LARGEST = 4294967294
_LARGEST_TWO_OCTETS = 65535


def check_amazon_asn(asn: int) -> None:
    """Refuse an Amazon-side ASN outside the private ranges."""
    if not (64512 <= asn <= 65534 or 4200000000 <= asn <= LARGEST):  # noqa: PLR2004 - RFC 6996
        raise ClientError(
            f"Amazon Side ASN {asn} is not valid. The ASN must be in the private range of "
            "64,512 to 65,534 or 4,200,000,000 to 4,294,967,294."
        )


def read_customer_asn(wanted: Mapping[str, Any]) -> int:
    """Return the customer's ASN; where both fields stand, AWS takes asnLong."""
    asn = wanted.get("asnLong") or wanted.get("asn")
    if not asn:
        raise ClientError("You must specify an ASN.")
    if not wanted.get("asnLong") and asn > LARGEST_SHORT:
        raise ClientError(f"ASN {asn} is not valid. Use asnLong for an ASN above {LARGEST_SHORT}.")
    if not 1 <= asn <= LARGEST:
        raise ClientError(f"ASN {asn} is not valid. The valid range is 1 to {LARGEST}.")
    return int(asn)


def both_fields(asn: int) -> dict[str, int]:
    """Return the ASN as AWS answers it: a 4-byte one reads 0 in the old field."""
    return {"asn": asn if asn <= _LARGEST_TWO_OCTETS else 0, "asnLong": asn}
