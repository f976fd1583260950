# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec on a port: which keys are in force, and whether frames pass.

Members of a LAG have the keys and the mode of the LAG. Nothing is encrypted in the lab: encryption
is up while the customer's router holds a CKN that is associated here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import lifecycle

if TYPE_CHECKING:
    from .carriers import Carrier
    from .state import MacsecKey
    from .world import World

MODES = ("no_encrypt", "should_encrypt", "must_encrypt")
UP, DOWN = "Encryption Up", "Encryption Down"


def governor(world: World, carrier: Carrier) -> Carrier:
    """Return whose keys and mode are in force: the LAG's for its members."""
    lag_id = getattr(carrier, "lag_id", None)
    return (world.find_carrier(lag_id) if lag_id else None) or carrier


def keys(world: World, carrier: Carrier) -> list[MacsecKey]:
    """Return the keys that AWS still lists."""
    found = governor(world, carrier).macsec_keys
    return [k for k in found if lifecycle.macsec_key_state(k, world.now, world.delays) != "gone"]


def is_up(world: World, carrier: Carrier) -> bool:
    """Tell whether both ends hold a key that is associated."""
    ckns = governor(world, carrier).router_ckns
    return any(
        lifecycle.macsec_key_state(key, world.now, world.delays) == "associated"
        and (ckns is None or key.ckn in ckns)
        for key in keys(world, carrier)
    )


def blocks(world: World, carrier: Carrier) -> bool:
    """Tell whether the port passes nothing, for it must encrypt and cannot."""
    mode = governor(world, carrier).encryption_mode
    return carrier.macsec and mode == "must_encrypt" and not is_up(world, carrier)
