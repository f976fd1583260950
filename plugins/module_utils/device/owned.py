# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replace what belongs to Crossconnect on a router, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .languages.composing import remembers_nothing
from .platforms import load

if TYPE_CHECKING:
    from collections.abc import Collection

    from .candidate import Candidate
    from .languages.composing import Recall
    from .platforms import Platform


def compose(
    platform: Platform,
    running: str,
    rendered: str,
    owners: Collection[str],
    recall: Recall = remembers_nothing,
) -> Candidate:
    """Return what replaces all that the owners have on a router, and nothing else.

    Args:
        platform: The platform whose language the texts are in.
        running: The whole running configuration.
        rendered: What the owners shall have from now on; empty takes everything away.
        owners: Names such as `DX-VIF101`; see the platform's own module for what they own.
        recall: Whether a statement holds a key, where only the router can read it.

    Raises:
        ValueError: Nobody has taught Crossconnect the platform's ownership yet.
    """
    if not platform.language:
        raise ValueError(f"mode owned is not there for platform {platform.name} yet")
    known = {"recall": recall} if platform.hides_keys else {}
    composed: Candidate = load(platform.language).compose(running, rendered, owners, **known)
    return composed
