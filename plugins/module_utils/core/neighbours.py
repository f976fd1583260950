# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the other accounts of a play know and AWS tells nobody but them: names behind ids."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .model import Estate, Gateway
    from .plan import Terms

_NUMBER = re.compile(r"[0-9]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another account of the estate.

    Attributes:
        account: Its name in the estate.
        account_id: Its number at AWS.
        gateways: The ids of its gateways by their names in the estate.
        targets: The ids of its transit gateways and virtual private gateways by the names that
            associations call them.
    """

    account: str
    account_id: str
    gateways: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)


def read_neighbours(documents: Iterable[Mapping[str, Any]]) -> tuple[Neighbour, ...]:
    """Return neighbours from plain data, in which things are lists of name and id."""
    return tuple(
        Neighbour(
            account=document["account"],
            account_id=document["account_id"],
            gateways=_ids(document.get("gateways")),
            targets=_ids(document.get("targets")),
        )
        for document in documents
    )


def _ids(things: Iterable[Mapping[str, Any]] | None) -> dict[str, str]:
    return {thing["name"]: thing["id"] for thing in things or ()}


def neighbour(terms: Terms, account: str) -> Neighbour | None:
    """Return what is known of an account; None when it is not in the play, or not asked yet."""
    found = (each for each in terms.neighbours or () if each.account == account)
    return next(found, None)


def account_number(estate: Estate, terms: Terms, account: str) -> str | None:
    """Return an account's number: given as such, by the document, or by the account itself."""
    if _NUMBER.fullmatch(account):
        return account
    declared = next((each.id for each in estate.accounts if each.name == account), None)
    known = neighbour(terms, account)
    return declared or (known.account_id if known else None)


def gateway_id(terms: Terms, gateway: Gateway) -> str | None:
    """Return the id of another account's gateway: by the document, or by that account."""
    known = neighbour(terms, gateway.account)
    return gateway.id or (known.gateways.get(gateway.name) if known else None)
