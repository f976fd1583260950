# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an operator should know of an interface that AWS takes as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..limits import Limits
    from ..model import VirtualInterface


def notes_on(wanted: VirtualInterface, limits: Limits) -> tuple[str, ...]:
    """Return a sentence for each setting that AWS will not honour."""
    private = limits.is_private_asn(wanted.customer_asn)
    if wanted.type != "public" or not wanted.routing.prepend or not private:
        return ()
    told = (
        f"virtual_interface {wanted.name}: prepend {wanted.routing.prepend} has no effect: over a "
        f"public interface AWS puts {limits.public_amazon_asn} in the place of a private ASN "
        f"({wanted.customer_asn})"
    )
    return (told,)
