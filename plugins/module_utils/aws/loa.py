# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding the connection that a letter of authorization is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.plan import PlanError
from ..core.planner.identity import identify
from .connections import read_connections

if TYPE_CHECKING:
    from ..core.snapshot import FoundConnection
    from .session import Aws


def find_connection(aws: Aws, name: str, *, estate: str) -> FoundConnection:
    """Return the one living connection of that name.

    Raises:
        PlanError: There is none, or more than one.
    """
    match = identify("connection", name, estate=estate, candidates=read_connections(aws))
    if match.found is None:
        raise PlanError(match.fault or f"there is no connection {name} in this account: order it")
    return match.found
