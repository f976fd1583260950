# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec keys as the answers on connections and LAGs bear them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.snapshot import FoundMacsecKey

if TYPE_CHECKING:
    from collections.abc import Mapping


def keys_of(answer: Mapping[str, Any]) -> tuple[FoundMacsecKey, ...]:
    """Return the MACsec keys of a connection, a LAG, or the answer to a change of its keys."""
    return tuple(
        FoundMacsecKey(
            ckn=key.get("ckn", ""), state=key.get("state", "unknown"), secret=key.get("secretARN")
        )
        for key in answer.get("macSecKeys", [])
    )
