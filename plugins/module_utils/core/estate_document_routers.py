# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document's part on routers."""

from __future__ import annotations

from .estate_shape import NUMBER, TEXT, Attribute, Record, choice
from .model_routers import Router

ROUTER = Record(
    Router,
    {
        "name": Attribute(
            TEXT, "The router's name in the inventory.", needed="the router's name in the inventory"
        ),
        "landing": Attribute(
            choice("subinterface", "svi", "irb"),
            "What a virtual interface lands on: a sub-interface of the port; the VLAN's interface "
            "(SVI) on switches whose ports take none; V(irb) on Junos.",
        ),
        "keepalive_seconds": Attribute(NUMBER, "How often a BGP session says that it is there."),
        "hold_seconds": Attribute(NUMBER, "After how much silence a BGP session is over."),
        "multipath": Attribute(NUMBER, "Over how many sessions the router shares traffic."),
        "redundancy_group": Attribute(
            TEXT, "Routers of one group stand in for each other and never change together."
        ),
    },
)
