# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which routers may change together: never two that stand in for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import Estate


def router_batches(estate: Estate, routers: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the routers in batches, each with one router at most of every redundancy group.

    Routers of which no group is known share one: they go one by one.
    """
    batches: list[list[str]] = []
    turns: dict[str | None, int] = {}
    for name in routers:
        group = estate.router(name).redundancy_group
        turn = turns.get(group, 0)
        turns[group] = turn + 1
        if turn == len(batches):
            batches.append([])
        batches[turn].append(name)
    return tuple(map(tuple, batches))


def redundant_with(estate: Estate, router: str, routers: Iterable[str]) -> tuple[str, ...]:
    """Return which of the routers must not change together with a certain one."""
    group = estate.router(router).redundancy_group
    return tuple(
        name for name in routers if name != router and estate.router(name).redundancy_group == group
    )
