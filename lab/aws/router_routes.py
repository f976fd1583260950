# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes in FRR's tables, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route of a session: what AWS accepted from the customer, or announced to it."""

    cidr: str
    direction: Literal["accepted", "advertised"]
    family: Literal["ipv4", "ipv6"]
    as_path: tuple[int, ...]
    communities: tuple[str, ...] = ()
    installed_at: float | None = None


def read_routes(lab: Path, router: str, neighbors: Sequence[str], amazon_asn: int) -> list[Route]:
    """Return the routes of the sessions with these neighbours."""
    return []
