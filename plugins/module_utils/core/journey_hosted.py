# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosted connections on the journey: the customer waits for a provider, the partner for customers.

A hosted connection has neither a letter nor a cross-connect: the port below it is its provider's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .journey_view import CONFIGURE_AWS, ORDER, VALIDATE, Stop, View, awaiting

if TYPE_CHECKING:
    from collections.abc import Mapping

PROVIDER, OTHER_OWNER = "provider", "the owner of the account"

# State: how the circuit stands, and what its provider owes.
_DELIVERY: Mapping[str, tuple[str, str]] = {
    "requested": ("confirmed, not provisioned yet", "the hosted connection"),
    "pending": ("confirmed, waiting for the provider's port", "a port that is up"),
    "down": ("the provider's port is down", "a port that is up"),
}


def provided(view: View) -> Stop | None:
    """Let a circuit pass that is a port of one's own, or a hosted connection that can be used."""
    if not getattr(view.circuit, "hosted", False):
        return None
    if not view.found:
        return _not_there(view)
    if view.found["state"] == "ordering":
        return Stop(ORDER, "provisioned, not confirmed yet", "run site.yml to confirm it")
    if view.found["state"] not in _DELIVERY:
        return None
    state, owed = _DELIVERY[view.found["state"]]
    return Stop(
        ORDER, state, f"ask {_provider(view)} about {view.found['id']}", awaiting(PROVIDER, owed)
    )


def _not_there(view: View) -> Stop:
    circuit = view.circuit
    return Stop(
        ORDER,
        "not provisioned yet",
        f"have {_provider(view)} provision {circuit.name} ({circuit.bandwidth} at "
        f"{circuit.location}) for account {circuit.account}, then run site.yml",
        awaiting(PROVIDER, f"the hosted connection {circuit.name}"),
    )


def _provider(view: View) -> str:
    return view.circuit.provider or "the provider"


def hosted(view: View) -> Stop | None:
    """Say how a partner's port stands that carries customers, and no interfaces of its own."""
    given = [each for each in view.estate.hosted_connections if each.on == view.circuit.name]
    if view.interfaces or not given:
        return None
    states = {
        thing["name"]: thing["state"]
        for account in view.evidence.observed
        for thing in account.get("hosted_connections", ())
    }
    for each in given:
        if each.name not in states:
            return Stop(
                CONFIGURE_AWS, f"{each.name} not allocated yet", "run site.yml to allocate it"
            )
    for each in given:
        if states[each.name] == "ordering":
            return Stop(
                CONFIGURE_AWS,
                f"{each.name} not confirmed yet",
                f"have {each.owner} confirm it, then run site.yml again",
                awaiting(OTHER_OWNER, f"confirmation of {each.name}"),
            )
    return Stop(VALIDATE, "in service", "none")
