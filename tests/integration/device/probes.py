# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions to a router that polling asks."""

from __future__ import annotations

SESSIONS = 2  # one per address family


def ibgp_is_up(router):
    """Whether both sessions of the base configuration are established."""
    words = router.shell("vtysh -c 'show bgp summary json'")
    return words.count('"state":"Established"') == SESSIONS
