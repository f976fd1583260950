# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="no-untyped-call"
"""The tables of `show bgp all summary vrf all`, put together.

NAPALM reads one table well, but keeps only the last one of a VRF, and fails on one without
neighbors and on one of another family.
"""

from __future__ import annotations

import re
from typing import Any

from napalm.nxos_ssh.nxos_ssh import bgp_summary_parser

_HEAD = "BGP summary information for "
_UNICAST = re.compile(r"address family IPv[46] Unicast")


def read(text: str) -> dict[str, Any]:
    """Return the sessions in NAPALM's form: by VRF, then by address; the default VRF is global."""
    tables: dict[str, Any] = {}
    for part in text.split(_HEAD)[1:]:
        if _UNICAST.search(part.partition("\n")[0]) is None or "PfxRcd" not in part:
            continue
        for vrf, table in bgp_summary_parser(f"{_HEAD}{part.strip()}").items():
            peers = tables.setdefault(vrf, {**table, "peers": {}})["peers"]
            for address, peer in table["peers"].items():
                families = peers.get(address, {}).get("address_family", {})
                peers[address] = {**peer, "address_family": families | peer["address_family"]}
    return tables
