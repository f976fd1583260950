# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What carries virtual interfaces: a connection or a LAG, by its name in the estate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..plan import Reference, Wait

if TYPE_CHECKING:
    from ..snapshot import FoundConnection, FoundLag
    from .context import Context
    from .identity import Match


def carrier_kind(name: str, context: Context) -> Literal["connection", "lag"]:
    """Return the kind of what the account's part of the estate calls by a name."""
    return "lag" if name in context.lags else "connection"


def carrier(name: str, context: Context) -> Match[FoundConnection] | Match[FoundLag]:
    """Return the match of a carrier; KeyError when the account's part declares none."""
    return context.lags[name] if name in context.lags else context.connections[name]


def carrier_reference(name: str, context: Context) -> tuple[Reference, tuple[Wait, ...]]:
    """Return a carrier to build on, and what must be waited for before one can."""
    found = carrier(name, context).found
    reference = Reference(
        kind=carrier_kind(name, context), name=name, id=found.id if found else None
    )
    if found and found.state == "available":
        return reference, ()
    now = found.state if found else None
    return reference, (Wait(on=reference, until=("available",), now=now, people=True),)
