# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The estate's routers: what is the same for all virtual interfaces that land on one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Landing = Literal["subinterface", "svi", "irb"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Router:
    """How virtual interfaces land on a router; one that needs nothing special is not declared.

    Attributes:
        name: Its name in the inventory.
        landing: A sub-interface of the port; or, where ports take none, an interface of the VLAN
            (SVI), or Junos's `irb`.
        keepalive_seconds: How often its sessions say that they are there; `hold_seconds` is after
            what silence they are over. None for the limits' numbers.
        multipath: Over how many sessions it shares traffic; None leaves that to the router.
        redundancy_group: Routers of one group stand in for each other and never change together.
            Without it a router shares one with all others that have none.
    """

    name: str
    landing: Landing = "subinterface"
    keepalive_seconds: int | None = None
    hold_seconds: int | None = None
    multipath: int | None = None
    redundancy_group: str | None = None
