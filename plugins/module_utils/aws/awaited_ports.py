# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is awaited of hosted connections, from either end, and of MACsec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.model import Connection
from ..core.planner.encryption import UP
from .awaited_owners import owner_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..core.plan import Action

# A port in these states is lit, or was: what it lacks may be encryption.
LIT = ("available", "down")


def offers(actions: Iterable[Action], account_id: str) -> Iterator[dict[str, Any]]:
    """Yield what a provider has to provision before it can be confirmed.

    A partner that is an account of the same estate is told of with the other accounts.

    Args:
        actions: The plan's.
        account_id: The number that the provider asks for.
    """
    for action in actions:
        wanted = action.wanted
        if not isinstance(wanted, Connection) or action.verb != "confirm":
            continue
        if action.id is None and not any(wait.owner for wait in action.waits_for):
            vlan = f", VLAN {wanted.vlan}" if wanted.vlan else ""
            yield _record(
                ("connection", action.name, "not there"),
                wanted.provider or "provider",
                f"the hosted connection {action.name}: have it provisioned for account "
                f"{account_id} ({wanted.bandwidth} at {wanted.location}{vlan}), then run again",
            )


def allocated(observed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the hosted connections that their customers have yet to confirm."""
    for thing in observed["hosted_connections"]:
        if thing["state"] == "ordering":
            yield _record(
                ("hosted_connection", thing["name"], thing["state"]),
                owner_words(thing["owner"]),
                f"confirmation of {thing['name']} ({thing['id']})",
            )


def unencrypted(observed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the ports and LAGs that have keys, and no encryption all the same."""
    for thing in (*observed["connections"], *observed["lags"]):
        keys = [key["ckn"] for key in thing["macsec_keys"] if key["state"] == "associated"]
        bundled = thing.get("lag")
        if keys and thing["state"] in LIT and thing["encryption_status"] != UP and not bundled:
            yield _record(
                ("encryption", thing["name"], thing["encryption_status"] or "unknown"),
                "own team",
                f"CKN {' or '.join(keys)} in the key chain of the router's port",
            )


def _record(thing: tuple[str, str, str], who: str, what: str) -> dict[str, Any]:
    kind, name, state = thing
    return {"kind": kind, "name": name, "state": state, "from": who, "what": what, "since": None}
