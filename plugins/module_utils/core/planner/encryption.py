# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec's mode on a port or a LAG, and by which names and ids its states are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..plan import Change, Reference, Wait
from .consent import has_consent

if TYPE_CHECKING:
    from ..model import Connection, Lag
    from ..snapshot import FoundConnection, FoundLag
    from .context import Context

UP = "Encryption Up"
MUST = "must_encrypt"
NEVER = "no_encrypt"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeStep:
    """A change of the encryption mode.

    Attributes:
        change: From and to which mode.
        waits: What must have come about first; none at all when it can be sent now.
        harm: What takes the operator's consent; empty for what harms nothing.
        consented: Whether the operator has given it.
    """

    change: Change
    waits: tuple[Wait, ...]
    harm: str = ""
    consented: bool = False


def encryption_reference(name: str, carrier_id: str | None) -> Reference:
    """Return what stands for a port's or a LAG's encryption where it is waited for.

    Args:
        name: The carrier's name in the estate.
        carrier_id: Its AWS id; None for one that is yet to be ordered.
    """
    found_id = encryption_id(carrier_id) if carrier_id else None
    return Reference(kind="encryption", name=name, id=found_id)


def encryption_id(carrier_id: str) -> str:
    """Return the id by which the state of a carrier's encryption is kept; AWS has none for it."""
    return f"{carrier_id}/encryption"


def key_name(carrier_name: str, label: str) -> str:
    """Return the name of a key in plans and waits: carrier/CKN, or carrier/secret."""
    return f"{carrier_name}/{label}"


def key_id(carrier_id: str, ckn: str) -> str:
    """Return the id by which a key's state is kept; AWS has none for a key on a port."""
    return f"{carrier_id}/{ckn.lower()}"


def mode_step(
    kind: Literal["connection", "lag"],
    wanted: Connection | Lag,
    found: FoundConnection | FoundLag | None,
    context: Context,
) -> ModeStep | None:
    """Return the change of the encryption mode, if one is due.

    AWS takes it for an available port only. And a port that must encrypt and cannot passes nothing:
    so that mode waits until encryption is up, unless the operator has consented to the outage. To
    go from it to no encryption at once takes consent too: the router must encrypt still.
    """
    before = found.encryption_mode if found else None
    if wanted.encryption_mode in (None, before):
        return None
    waits = _availability(kind, wanted.name, found)
    harm = ""
    status = found.encryption_status if found else None
    consented = has_consent(kind, wanted.name, context)
    if (before, wanted.encryption_mode) == (MUST, NEVER):
        harm = "stops all traffic while the router must encrypt (should_encrypt in a run before)"
    elif wanted.encryption_mode == MUST and status != UP:
        if consented:
            harm = "stops all traffic until encryption is up"
        else:
            here = encryption_reference(wanted.name, found.id if found else None)
            waits = (*waits, Wait(on=here, until=(UP,), now=status, people=True))
    change = Change(attribute="encryption_mode", before=before, after=wanted.encryption_mode)
    return ModeStep(change=change, waits=waits, harm=harm, consented=bool(harm) and consented)


def _availability(
    kind: str, name: str, found: FoundConnection | FoundLag | None
) -> tuple[Wait, ...]:
    if found and found.state == "available":
        return ()
    here = Reference(kind=kind, name=name, id=found.id if found else None)
    now = found.state if found else None
    return (Wait(on=here, until=("available",), now=now, people=True),)
