# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Billing modes: changed in place, all connections that change to the same mode by one call."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ..plan import Action, Change, Draft, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..snapshot import FoundConnection
    from .context import Context

# UpdateConnectionsBillingMode takes so many connections.
AT_ONCE = 200
# What AWS shows for a flat-rate port that it bills together with another: the same tier.
PAIRED = "PortPair"


def plan_billing(context: Context) -> Draft:
    """Return one action for all connections that change to the same billing mode."""
    changing: defaultdict[str, list[tuple[str, FoundConnection]]] = defaultdict(list)
    for wanted in context.part.connections:
        found = context.connections[wanted.name].found
        if found and wanted.billing_mode not in (None, tier(found.billing_mode)):
            changing[wanted.billing_mode or ""].append((wanted.name, found))
    return Draft(
        actions=tuple(
            _change(mode, group) for mode, members in changing.items() for group in _groups(members)
        )
    )


def tier(found: str | None) -> str | None:
    """Return the billing mode as the estate words it: of a pair of ports, the tier of each."""
    return found.removeprefix(PAIRED) if found else None


def _groups(
    members: Sequence[tuple[str, FoundConnection]],
) -> Iterator[Sequence[tuple[str, FoundConnection]]]:
    return (members[start : start + AT_ONCE] for start in range(0, len(members), AT_ONCE))


def _change(mode: str, members: Sequence[tuple[str, FoundConnection]]) -> Action:
    before = sorted({found.billing_mode or "unknown" for _, found in members})
    return Action(
        verb="update",
        kind="billing_mode",
        name=", ".join(name for name, _ in members),
        parents=tuple(
            Reference(kind="connection", name=name, id=found.id) for name, found in members
        ),
        changes=(
            Change(
                attribute="billing_mode",
                before=tuple(before) if len(before) > 1 else before[0],
                after=mode,
            ),
        ),
        reason="CHANGES WHAT AWS BILLS",
    )
