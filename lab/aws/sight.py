# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is seen on the AWS routers at one moment: ports with light, and sessions."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One look at all AWS routers. Ports and neighbours are written "node:name"."""

    routers: frozenset[str] = frozenset()
    dark_ports: frozenset[str] = frozenset()
    sessions: dict[str, str] = field(default_factory=dict)  # "aws-fra:169.254.1.2" -> "Established"

    def is_established(self, router: str, neighbor: str) -> bool:
        """Tell whether the router's session with the neighbour is up."""
        return self.sessions.get(f"{router}:{neighbor}") == "Established"


NOTHING_SEEN = Sight()
