# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much a way is preferred, told to AWS by communities and kept by the router."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import VirtualInterface

# How AWS ranks what we announce, evaluated before the AS path; private and transit interfaces.
COMMUNITIES = {"low": "7224:7100", "medium": "7224:7200", "high": "7224:7300"}
# How far AWS carries what we announce over a public interface.
SCOPES = {"region": "7224:9100", "continent": "7224:9200", "world": "7224:9300"}
# How we rank what AWS announces, so that both directions prefer the same circuit.
LOCAL_PREFERENCES = {"low": 50, "medium": 100, "high": 200}

# A way that is drained: the last resort of both sides, while its session stays up. AWS documents no
# graceful shutdown (RFC 8326), so it is told by its own community and a longer path; the other
# community of RFC 8326 is there for whoever else hears the route.
DRAINED_LOCAL_PREFERENCE = 10
DRAINED_PREPEND = 4
DRAINED_COMMUNITIES = ("7224:7100", "65535:0")


def communities(interface: VirtualInterface) -> tuple[str, ...]:
    """Return what tells AWS how much to prefer this way, or over its public network how far."""
    routing = interface.routing
    if interface.type == "public":
        return (SCOPES[routing.scope],) if routing.scope else ()
    return (COMMUNITIES[routing.preference],) if routing.preference else ()


def local_preference(interface: VirtualInterface) -> int | None:
    """Return how the router ranks what AWS announces; None leaves it to the router."""
    preference = interface.routing.preference
    return LOCAL_PREFERENCES[preference] if preference else None
