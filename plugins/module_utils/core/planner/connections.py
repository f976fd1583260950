# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections: ordered once, tagged, changed in place; never replaced."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..plan import Action, Draft, Reference
from .billing import plan_billing
from .confirmations import plan_hosted
from .consent import consent_name, has_consent
from .drift import differing, fixed_faults, given, tag_draft
from .encryption import mode_step
from .identity import namesake_words
from .lag_members import bundled
from .tags import wanted_tags

if TYPE_CHECKING:
    from ..model import Connection
    from ..snapshot import FoundConnection
    from .context import Context

MONEY = "ORDERS A PHYSICAL PORT, AWS bills its hours"
WAY_OUT = "order another connection under a new name and retire this one"
_BUNDLED = (
    "connection {} is a member of {}, whose encryption mode it has: declare encryption_mode with "
    "the LAG"
)


def plan_connections(context: Context) -> Draft:
    """Return what is to be done about the declared connections of the account.

    A port of a LAG that is not there is not ordered here: its LAG orders it.
    """
    draft = Draft()
    for wanted in context.part.connections:
        draft += _plan(wanted, context)
    return draft + plan_billing(context)


def _plan(wanted: Connection, context: Context) -> Draft:
    match = context.connections[wanted.name]
    if match.fault is not None:
        return Draft(faults=(match.fault,))
    if wanted.hosted:
        return plan_hosted(wanted, match, context)
    tags = wanted_tags(context.estate, wanted)
    if match.found is None and wanted.name in bundled(context):
        return Draft()
    if match.found is None:
        return Draft(actions=(order_port(wanted, context),)) + _update(wanted, None, context)
    return (
        Draft(faults=_faults(wanted, match.found))
        + tag_draft("connection", wanted, match.found, tags, adopted=match.adopted)
        + _update(wanted, match.found, context)
    )


def order_port(wanted: Connection, context: Context) -> Action:
    """Order the port, with consent only if one of that name is there and bears other tags."""
    others = context.lookup.namesakes(wanted.name)
    return Action(
        verb="create",
        kind="connection",
        name=wanted.name,
        wanted=wanted,
        tags=wanted_tags(context.estate, wanted),
        changes=given(
            bandwidth=wanted.bandwidth,
            location=wanted.location,
            provider=wanted.provider,
            request_macsec=wanted.request_macsec,
            billing_mode=wanted.billing_mode,
        ),
        reason="; ".join((MONEY, *(namesake_words(wanted.name, thing) for thing in others))),
        consent=consent_name("connection", wanted.name, context) if others else None,
        consented=has_consent("connection", wanted.name, context),
    )


def _faults(wanted: Connection, found: FoundConnection) -> tuple[str, ...]:
    pairs = {
        "hosted": (bool(found.vlan), False),
        "location": (found.location, wanted.location),
        "bandwidth": (found.bandwidth, wanted.bandwidth),
        # AWS does not name a provider for every port: silence is no contradiction.
        "provider": (found.provider or wanted.provider, wanted.provider),
        # A capable port may well stand idle: only a wish for MACsec can be disappointed.
        "request_macsec": (found.macsec_capable, wanted.request_macsec or None),
    }
    bundled_mode = found.lag_id and wanted.encryption_mode not in (None, found.encryption_mode)
    return (
        *fixed_faults("connection", wanted.name, differing(pairs), WAY_OUT),
        *((_BUNDLED.format(wanted.name, found.lag_id),) if bundled_mode else ()),
    )


def _update(wanted: Connection, found: FoundConnection | None, context: Context) -> Draft:
    """Rename and set the encryption mode: by one call, unless the mode has to wait."""
    rename = differing({"name": (found.name, wanted.name)}) if found else ()
    mode = mode_step("connection", wanted, found, context)
    update = Action(
        verb="update",
        kind="connection",
        name=wanted.name,
        id=found.id if found else None,
        wanted=wanted,
        changes=rename,
    )
    if mode is None:
        return Draft(actions=(update,) if rename else ())
    first = (update,) if rename and mode.waits else ()
    set_mode = replace(
        update,
        changes=(mode.change,) if first else (*rename, mode.change),
        parents=() if found else (Reference(kind="connection", name=wanted.name),),
        waits_for=mode.waits,
        reason=mode.harm,
        consent=consent_name("connection", wanted.name, context) if mode.harm else None,
        consented=mode.consented,
    )
    return Draft(actions=(*first, set_mode))
