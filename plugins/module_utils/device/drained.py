# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which ways are drained, read from the router that drains them.

The router is the one place that remembers it: so no run takes a way back into service that somebody
else has drained, from whichever control node.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .platforms import load

if TYPE_CHECKING:
    from .platforms import Platform


def drained(platform: Platform, running: str) -> list[str]:
    """Return the owners (`DX-VIF<vlan>`) whose policy from AWS has the entry that drains.

    Args:
        platform: The platform whose language the configuration is in.
        running: The running configuration, in the platform's `running_format`.
    """
    # IOS and NX-OS leave a blank at the end of some lines.
    running = "\n".join(line.rstrip() for line in running.splitlines())
    return sorted({found["owner"] for found in re.finditer(platform.drains, running, re.MULTILINE)})


def shut(platform: Platform, running: str) -> list[str]:
    """Return the owners all of whose BGP sessions the router keeps down; see `drained`."""
    found: list[str] = load(platform.language).shut(running)
    return found
