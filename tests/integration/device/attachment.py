# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration of one attachment, as the templates write it."""

from __future__ import annotations

from pathlib import Path

GOLDEN = Path(__file__).parents[2] / "golden/candidates/frr/dual-stack.cfg"
KEY = "shared-key"


def attachment(key=KEY):
    """Return the golden candidate of VIF 101, with a key in it."""
    return GOLDEN.read_text(encoding="utf-8").replace("@@KEY:fra-a-transit@@", key)
