# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec keys of ports and LAGs: a new one is in force before an old one goes.

AWS never shows a CAK, so a key is known by its CKN or by its secret, and another CAK under the same
CKN is not seen. Nor does AWS say which of several keys is in use: that the router holds the new one
shows only once the old one has gone. So a port that must encrypt loses a key by consent only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..model import MacsecKey
from ..plan import Action, Draft, Reference, Wait
from ..snapshot import GONE
from .carriers import carrier, carrier_kind
from .consent import consent_name, has_consent
from .encryption import MUST, UP, encryption_reference, key_id, key_name
from .goals import ORDERED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from ..model import Connection, Lag
    from ..snapshot import FoundConnection, FoundLag, FoundMacsecKey
    from .context import Context

KIND: Literal["macsec_key"] = "macsec_key"
IN_FORCE = "associated"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Port:
    """A connection or LAG, the keys that it shall have and can have, and what exists of it."""

    name: str
    kind: Literal["connection", "lag"]
    keys: tuple[MacsecKey, ...]
    found: FoundConnection | FoundLag | None
    places: int
    consent: str
    consented: bool

    @property
    def present(self) -> tuple[FoundMacsecKey, ...]:
        """The keys that AWS lists, those that are going included."""
        return self.found.macsec_keys if self.found else ()

    @property
    def reference(self) -> Reference:
        """The port itself."""
        return Reference(kind=self.kind, name=self.name, id=self.found.id if self.found else None)

    @property
    def must_encrypt(self) -> bool:
        """True when nothing passes without encryption."""
        return self.found is not None and self.found.encryption_mode == MUST

    @property
    def encryption(self) -> str | None:
        """AWS's word for whether frames are encrypted."""
        return self.found.encryption_status if self.found else None

    def key(self, label: str, ckn: str | None = None) -> Reference:
        """Return the reference to a key: with an id if AWS lists it under the CKN given."""
        known = key_id(self.found.id, ckn) if self.found and ckn else None
        return Reference(kind=KIND, name=key_name(self.name, label), id=known)


def plan_macsec_keys(context: Context) -> Draft:
    """Return what is to be done about the MACsec keys of the account's ports and LAGs."""
    draft = Draft()
    for wanted in _carriers(context):
        if wanted.macsec_keys is not None:
            draft += _plan(wanted, wanted.macsec_keys, context)
    return draft


def plan_keys_absent(context: Context, going: AbstractSet[str]) -> Draft:
    """Return what takes the declared keys away from ports and LAGs that stay.

    Args:
        context: What the planner looks at.
        going: The ids of what is given up, which takes its keys along.
    """
    draft = Draft()
    for wanted in _carriers(context):
        found = carrier(wanted.name, context).found
        if found and wanted.macsec_keys and found.id not in going:
            staying = tuple(
                MacsecKey(ckn=key.ckn)
                for key in found.macsec_keys
                if key.state not in GONE
                and not any(is_same(each, key) for each in wanted.macsec_keys)
            )
            draft += _plan(wanted, staying, context)
    return draft


def _carriers(context: Context) -> tuple[Connection | Lag, ...]:
    return (*context.part.connections, *context.part.lags)


def is_same(wanted: MacsecKey, found: FoundMacsecKey) -> bool:
    """Tell whether a key of the estate is the one at AWS, by its CKN or its secret."""
    if wanted.ckn:
        return wanted.ckn.lower() == found.ckn.lower()
    return wanted.secret == found.secret


def _plan(wanted: Connection | Lag, keys: tuple[MacsecKey, ...], context: Context) -> Draft:
    match = carrier(wanted.name, context)
    faults = [match.fault] if match.fault else _faults(wanted, match.found)
    if faults:
        return Draft(faults=tuple(faults))
    port = _Port(
        name=wanted.name,
        kind=(kind := carrier_kind(wanted.name, context)),
        keys=keys,
        found=match.found,
        places=context.terms.limits.macsec_keys_per_port,
        consent=consent_name(kind, wanted.name, context),
        consented=has_consent(kind, wanted.name, context),
    )
    return _rotate(port)


def _faults(wanted: Connection | Lag, found: FoundConnection | FoundLag | None) -> list[str]:
    faults = []
    if found and wanted.macsec_keys and found.macsec_capable is False:
        faults.append(
            f"{wanted.name} ({found.id}) was not requested with MACsec and takes no key: leave "
            "macsec_keys out, or order another under a new name with request_macsec"
        )
    if lag_id := getattr(found, "lag_id", None):
        faults.append(
            f"connection {wanted.name} is a member of {lag_id}, whose MACsec keys it uses: "
            "declare macsec_keys with the LAG"
        )
    return faults


def _rotate(port: _Port) -> Draft:
    """Add keys while there is room, and take old ones away only then, one at a time."""
    leaving = (key for key in port.present if key.state in GONE)
    gone = tuple(Wait(on=port.key(key.ckn, key.ckn), now=key.state) for key in leaving)
    actions: list[Action] = []
    steps = _steps(port)
    for position, key in enumerate(steps):
        if isinstance(key, MacsecKey):
            actions.append(_add(port, key, gone))
        elif port.must_encrypt and port.keys and not port.consented:
            stale = [each.ckn for each in steps[position:] if not isinstance(each, MacsecKey)]
            return Draft(actions=tuple(actions), notes=(_held_back(port, stale),))
        else:
            added = [action.name for action in actions if action.verb == "create"]
            actions.append(_take(port, key, added, gone))
            gone = (Wait(on=port.key(key.ckn, key.ckn), now=key.state),)
    return Draft(actions=tuple(actions))


def _steps(port: _Port) -> Sequence[MacsecKey | FoundMacsecKey]:
    """Return the keys to add and to take away, in an order for which there is always room."""
    living = [key for key in port.present if key.state not in GONE]
    missing = [key for key in port.keys if not any(is_same(key, each) for each in living)]
    stale = [key for key in living if not any(is_same(each, key) for each in port.keys)]
    room = port.places - len(living)
    steps: list[MacsecKey | FoundMacsecKey] = []
    while missing or stale:
        if missing and (room > 0 or not stale):
            steps.append(missing.pop(0))
            room -= 1
        else:
            steps.append(stale.pop(0))
            room += 1
    return steps


def _add(port: _Port, key: MacsecKey, gone: tuple[Wait, ...]) -> Action:
    state = port.found.state if port.found else None
    ordered = () if state in ORDERED else (Wait(on=port.reference, until=ORDERED, now=state),)
    return Action(
        verb="create",
        kind=KIND,
        name=key_name(port.name, key.label),
        wanted=key,
        parents=(port.reference,),
        waits_for=(*ordered, *gone),
    )


def _take(port: _Port, key: FoundMacsecKey, added: Sequence[str], gone: tuple[Wait, ...]) -> Action:
    reason = _harm(port)
    there = port.key(key.ckn, key.ckn)
    return Action(
        verb="delete",
        kind=KIND,
        name=there.name,
        id=there.id,
        parents=(port.reference, Reference(kind="secret", name=key.ckn, id=key.secret)),
        waits_for=(*_in_force(port, added), *_encrypted(port), *gone),
        reason=reason,
        consent=port.consent if reason else None,
        consented=port.consented,
    )


def _harm(port: _Port) -> str:
    if port.keys:
        return (
            "takes the port down if the router does not hold another" if port.must_encrypt else ""
        )
    if port.must_encrypt:
        return f"the last key goes, and AWS lets {port.name} pass traffic in clear (should_encrypt)"
    return "ends an encryption that is up" if port.encryption == UP else ""


def _in_force(port: _Port, added: Sequence[str]) -> tuple[Wait, ...]:
    """Wait for the keys that stay: those just added, and those that AWS still works on."""
    new = [Reference(kind=KIND, name=name) for name in added]
    kept = [key for key in port.present if any(is_same(each, key) for each in port.keys)]
    return (
        *(Wait(on=reference, until=(IN_FORCE,)) for reference in new),
        *(
            Wait(on=port.key(key.ckn, key.ckn), until=(IN_FORCE,), now=key.state)
            for key in kept
            if key.state not in (IN_FORCE, *GONE)
        ),
    )


def _encrypted(port: _Port) -> tuple[Wait, ...]:
    """Wait for encryption to be up with the keys that stay, unless the operator gave it up."""
    if not port.keys or (port.consented and port.encryption != UP):
        return ()
    here = encryption_reference(port.name, port.found.id if port.found else None)
    status = port.encryption
    return (Wait(on=here, until=(UP,), now=status, people=status != UP),)


def _held_back(port: _Port, stale: Sequence[str]) -> str:
    return (
        f"{port.kind} {port.name} must encrypt and keeps MACsec key {', '.join(stale)}: AWS does "
        "not tell which key is in use, and the port goes down if the router holds no other; put "
        f"{', '.join(key.label for key in port.keys)} into its key chain, then run with "
        f"{port.consent} in the consent list (dx_consent)"
    )
