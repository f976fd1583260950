# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LAGs: ordered once with all of their ports, or made around a port that is there; then kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Draft, Reference
from .drift import differing, fixed_faults, tag_draft
from .lag_orders import make_lag
from .lag_ports import joining, leaving, port_faults
from .lag_settings import settings
from .tags import wanted_tags

if TYPE_CHECKING:
    from ..model import Lag
    from ..snapshot import FoundLag
    from .context import Context

WAY_OUT = "make another LAG under a new name and move there what rides on this one"


def plan_lags(context: Context) -> Draft:
    """Return what is to be done about the declared LAGs of the account and their ports."""
    draft = Draft()
    for wanted in context.part.lags:
        draft += _plan(wanted, context)
    return draft


def _plan(wanted: Lag, context: Context) -> Draft:
    match = context.lags[wanted.name]
    unclear = (match.fault, *(context.connections[name].fault for name in wanted.connections))
    faults = tuple(fault for fault in unclear if fault)
    faults = faults or port_faults(wanted, match.found, context)
    if faults:
        return Draft(faults=faults)
    if match.found is None:
        return Draft(actions=make_lag(wanted, context))
    tags = wanted_tags(context.estate, wanted)
    return (
        Draft(faults=_fixed(wanted, match.found))
        + tag_draft("lag", wanted, match.found, tags, adopted=match.adopted)
        + Draft(actions=_change(wanted, match.found, context))
    )


def _fixed(wanted: Lag, found: FoundLag) -> tuple[str, ...]:
    pairs = {
        "location": (found.location, wanted.location),
        "bandwidth": (found.bandwidth, wanted.bandwidth),
        # AWS does not name a provider for every LAG: silence is no contradiction.
        "provider": (found.provider or wanted.provider, wanted.provider),
        # A capable LAG may well stand idle: only a wish for MACsec can be disappointed.
        "request_macsec": (found.macsec_capable, wanted.request_macsec or None),
    }
    return fixed_faults("lag", wanted.name, differing(pairs), WAY_OUT)


def _change(wanted: Lag, found: FoundLag, context: Context) -> tuple[Action, ...]:
    """Return the changes in an order in which AWS takes them.

    A port may leave once the minimum of links is low enough; the minimum may rise once the ports
    are there. A LAG that is full takes a new port when the old one has left.
    """
    reference = Reference(kind="lag", name=wanted.name, id=found.id)
    new = joining(wanted, reference, context)
    old = leaving(wanted, found, context)
    changed = settings(wanted, found, context)
    if new and old:
        return (*old, *new, *changed)
    return (*new, *changed, *old)
