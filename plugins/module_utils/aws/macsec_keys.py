# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec keys of connections and LAGs: the one place that writes them; and their encryption."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from ..core.model import MacsecKey
from ..core.planner.encryption import encryption_id, key_id
from ..core.planner.macsec_keys import is_same
from .connections import read_connections
from .handler import Handler
from .lags import read_lags
from .macsec_answers import keys_of
from .made import Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..core.plan import Action
    from ..core.snapshot import FoundConnection, FoundLag, Snapshot
    from .made import Ids
    from .session import Aws

CARRIERS = ("connection", "lag")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A key on a carrier, or the carrier's encryption: what has a state and no id at AWS."""

    id: str
    state: str


def read_carriers(aws: Aws) -> tuple[FoundConnection | FoundLag, ...]:
    """Return what can have MACsec keys."""
    return (*read_connections(aws), *read_lags(aws))


def _kept(snapshot: Snapshot) -> Iterator[FoundConnection | FoundLag]:
    yield from snapshot.connections
    yield from snapshot.lags


def associate_key(aws: Aws, action: Action, ids: Ids) -> Made:
    """Add a key to a carrier."""
    wanted = cast("MacsecKey", action.wanted)
    carrier_id = ids.parent(action, *CARRIERS)
    key = {"secretARN": wanted.secret} if wanted.secret else _pair(wanted)
    answer = aws.writer().associate_mac_sec_key(connectionId=carrier_id, **key)
    found = next(each for each in keys_of(answer) if is_same(wanted, each))
    return Made(id=key_id(carrier_id, found.ckn), state=found.state)


def _pair(wanted: MacsecKey) -> dict[str, str | None]:
    return {"ckn": wanted.ckn, "cak": wanted.cak}


def disassociate_key(aws: Aws, action: Action, ids: Ids) -> None:
    """Take a key away from a carrier."""
    aws.writer().disassociate_mac_sec_key(
        connectionId=ids.parent(action, *CARRIERS), secretARN=ids.parent(action, "secret")
    )


def _keys(carrier: Any) -> Iterator[Part]:
    """Yield the keys that a carrier has of its own: those of a LAG's ports are the LAG's."""
    if getattr(carrier, "lag_id", None) is None:
        for key in carrier.macsec_keys:
            yield Part(id=key_id(carrier.id, key.ckn), state=key.state)


def _encryption(carrier: Any) -> Iterator[Part]:
    yield Part(id=encryption_id(carrier.id), state=carrier.encryption_status or "unknown")


def _find(action: Action, ids: Ids, things: Iterable[Any]) -> Part | None:
    """Return the key of an action: by its id, else by what the estate calls it."""
    carrier_id = ids.parent(action, *CARRIERS)
    carrier = next((thing for thing in things if thing.id == carrier_id), None)
    for key in carrier.macsec_keys if carrier else ():
        wanted = action.wanted
        named = isinstance(wanted, MacsecKey) and is_same(wanted, key)
        if named or key_id(carrier_id, key.ckn) == action.id:
            return Part(id=key_id(carrier_id, key.ckn), state=key.state)
    return None


def _unsettled(action: Action, ids: Ids) -> tuple[str, ...]:
    """Name the carrier's encryption: each step of a rotation must see it up anew."""
    return (encryption_id(ids.parent(action, *CARRIERS)),)


HANDLER = Handler(
    writes={"create": associate_key, "delete": disassociate_key},
    read=read_carriers,
    kept=_kept,
    parts=_keys,
    find=_find,
    unsettles=_unsettled,
)
# Nothing is ever done to it; it is waited for.
ENCRYPTION_HANDLER = Handler(writes={}, read=read_carriers, kept=_kept, parts=_encryption)
