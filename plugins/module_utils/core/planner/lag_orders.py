# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A LAG that is not there: one order for all of its ports, or a LAG around a port that is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..plan import Action, Change, Reference
from ..snapshot import GONE
from .consent import consent_name, has_consent
from .drift import given
from .identity import NAME_TAG, namesake_words
from .lag_ports import interruption, joining
from .lag_settings import encryption, minimum
from .tags import missing_tags, tag_changes, wanted_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model import Connection, Lag
    from ..snapshot import FoundConnection
    from .context import Context


def make_lag(wanted: Lag, context: Context) -> tuple[Action, ...]:
    """Return what makes the LAG, its ports included."""
    reference = Reference(kind="lag", name=wanted.name)
    there = {name: context.connections[name].found for name in wanted.connections}
    first = next(((name, found) for name, found in there.items() if found), None)
    if first is None:
        made = (_order(wanted, context), *_names(wanted, context))
    else:
        made = (_around(wanted, *first, context), *joining(wanted, reference, context, first[0]))
    return (*made, _minimum(wanted, reference), *encryption(wanted, None, context))


def children_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Return the tags that ports ordered with a LAG bear from birth: all but the LAG's name."""
    return {key: value for key, value in tags.items() if key != NAME_TAG}


def _order(wanted: Lag, context: Context) -> Action:
    """Order all ports by one call, with consent only if things of these names are there."""
    number, names = len(wanted.connections), ", ".join(wanted.connections)
    money = f"ORDERS {number} PHYSICAL PORTS ({names}), AWS bills their hours"
    if number == 1:
        money = f"ORDERS 1 PHYSICAL PORT ({names}), AWS bills its hours"
    others = tuple(_namesakes(wanted, context))
    return Action(
        verb="create",
        kind="lag",
        name=wanted.name,
        wanted=wanted,
        tags=wanted_tags(context.estate, wanted),
        changes=_given(wanted, context),
        reason="; ".join((money, *others)),
        consent=consent_name("lag", wanted.name, context) if others else None,
        consented=has_consent("lag", wanted.name, context),
    )


def _given(wanted: Lag, context: Context) -> tuple[Change, ...]:
    ports = [context.part.connection(name) for name in wanted.connections]
    return given(
        connections=wanted.connections,
        bandwidth=wanted.bandwidth,
        location=wanted.location,
        provider=wanted.provider or _common(ports, "provider"),
        request_macsec=wanted.request_macsec,
        billing_mode=_common(ports, "billing_mode"),
    )


def _common(ports: list[Connection], attribute: str) -> str | None:
    """Return what all ports are declared to have; where they differ the call says nothing."""
    values = {getattr(port, attribute) for port in ports}
    return values.pop() if len(values) == 1 else None


def _namesakes(wanted: Lag, context: Context) -> Iterator[str]:
    """Say whose the things of the same names are: a new name must not double what costs money."""
    for name in wanted.connections:
        for thing in context.lookup.namesakes(name):
            yield namesake_words(name, thing)
    for lag in context.snapshot.lags:
        if lag.name == wanted.name and lag.state not in GONE:
            yield namesake_words(wanted.name, lag)


def _names(wanted: Lag, context: Context) -> Iterator[Action]:
    """Give each new port its tags and its name, which the order cannot."""
    born_with = children_tags(wanted_tags(context.estate, wanted))
    for name in wanted.connections:
        port = context.part.connection(name)
        tags = missing_tags(wanted_tags(context.estate, port), born_with)
        rename = Action(
            verb="update",
            kind="connection",
            name=name,
            wanted=port,
            parents=(Reference(kind="connection", name=name),),
            changes=(Change(attribute="name", after=name),),
        )
        if tags:
            yield replace(rename, verb="tag", tags=tags, changes=tag_changes(tags, {}))
        yield rename


def _around(wanted: Lag, name: str, port: FoundConnection, context: Context) -> Action:
    """Make the LAG of a port that is there, so that it is on the port's device."""
    harm = interruption(port, context)
    return Action(
        verb="create",
        kind="lag",
        name=wanted.name,
        wanted=wanted,
        parents=(Reference(kind="connection", name=name, id=port.id),),
        tags=wanted_tags(context.estate, wanted),
        changes=given(
            connections=(name,),
            bandwidth=wanted.bandwidth,
            location=wanted.location,
            provider=wanted.provider,
            request_macsec=wanted.request_macsec,
        ),
        reason="; ".join((f"made of connection {name} ({port.id})", *((harm,) if harm else ()))),
        consent=consent_name("connection", name, context) if harm else None,
        consented=has_consent("connection", name, context),
    )


def _minimum(wanted: Lag, reference: Reference) -> Action:
    """Set the minimum of links, which no create call takes: with AWS's 0 it is never down."""
    return Action(
        verb="update",
        kind="lag",
        name=wanted.name,
        wanted=wanted,
        parents=(reference,),
        changes=(Change(attribute="minimum_links", before=0, after=minimum(wanted, None)),),
    )
