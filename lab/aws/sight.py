# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is seen of the AWS routers at one moment: cables, ports with light, sessions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .state import Connection


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """Where light is: `cables` maps the plugged connections to AWS's ports."""

    cables: Mapping[str, str]
    dark_ports: frozenset[str] = frozenset()

    def shines_on(self, connection: Connection) -> bool:
        """Tell whether a port's cable is plugged and AWS's end sees light."""
        return connection.id in self.cables and connection.aws_port not in self.dark_ports
