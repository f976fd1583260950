# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps 3, 5 and 6 of the journey: the order, AWS configured, the details known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .evidence import owner_words
from .journey_lags import undelivered
from .journey_view import (
    AWS,
    COLLECT,
    COLOCATION,
    CONFIGURE_AWS,
    ORDER,
    OWN_TEAM,
    Stop,
    View,
    awaiting,
    meanwhile,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def ordered(view: View) -> Stop | None:
    """Let a circuit pass that AWS knows."""
    if view.found:
        return None
    return Stop(ORDER, "not ordered", "run site.yml to place the order")


def delivered(view: View) -> Stop | None:
    """Let a connection or a LAG pass that is available."""
    state = view.found["state"]
    if state == "available":
        return None
    return undelivered(view) or _DELIVERY.get(state, _odd_delivery)(view)


def _requested(view: View) -> Stop:
    return Stop(
        ORDER,
        "ordered, AWS prepares the LOA-CFA",
        "wait up to 72 hours; answer a mail or a support case of AWS within 7 days",
        awaiting(AWS, "the LOA-CFA", view.ordered_at),
    )


def _pending(view: View) -> Stop:
    letter = view.loas.get(view.circuit.name, "the LOA-CFA")
    return Stop(
        ORDER,
        "LOA-CFA issued, waiting for the cross-connect",
        f"send {letter} to the colocation with the order of a cross-connect{meanwhile(view)}",
        awaiting(
            COLOCATION,
            f"the cross-connect at {view.circuit.location}",
            view.found.get("loa_issue_time") or view.ordered_at,
        ),
    )


def _down(view: View) -> Stop:
    return Stop(
        ORDER,
        "port down",
        f"check light, optics and the cross-connect on both ends at {view.circuit.location}",
        awaiting(COLOCATION, "a working cross-connect"),
    )


def _gone(view: View) -> Stop:
    return Stop(
        ORDER,
        f"{view.found['state']} by AWS",
        "find out why in AWS's mail or support case, then run site.yml to order again",
        awaiting(OWN_TEAM, "a decision to order again"),
    )


def _odd_delivery(view: View) -> Stop:
    state = view.found["state"]
    return Stop(
        ORDER,
        f"{'LAG' if view.ports else 'connection'} {state}",
        "run site.yml again; ask AWS if the state stays",
        awaiting(AWS, f"{view.circuit.name} to be available", view.ordered_at),
    )


_DELIVERY: Mapping[str, Callable[[View], Stop]] = {
    "ordering": _requested,
    "requested": _requested,
    "pending": _pending,
    "down": _down,
    "rejected": _gone,
    "deleting": _gone,
    "deleted": _gone,
}


def designed(view: View) -> Stop | None:
    """Let a circuit pass that something rides on."""
    if view.interfaces:
        return None
    return Stop(
        CONFIGURE_AWS,
        "no virtual interface declared",
        f"declare a virtual interface on {view.circuit.name} in the estate",
        awaiting(OWN_TEAM, "a virtual interface in the estate"),
    )


def configured(view: View) -> Stop | None:
    """Let a circuit pass whose gateways, associations and interfaces all stand."""
    owners = {f"virtual interface {each.name}": each.account for each in view.interfaces}
    for what, state, ready in _parts(view):
        if state is None:
            return Stop(CONFIGURE_AWS, f"{what} not made yet", "run site.yml to make it")
        if state == "confirming":
            return Stop(
                CONFIGURE_AWS,
                f"{what} to be confirmed",
                "have the owner of the other account accept it, then run site.yml again",
                awaiting(owner_words(owners.get(what)), f"to accept {what}"),
            )
        if state not in ready:
            return Stop(
                CONFIGURE_AWS,
                f"{what} {state}",
                "run site.yml again; ask AWS if the state stays",
                awaiting(AWS, f"{what} to be {ready[0]}"),
            )
    return None


def _parts(view: View) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    """Yield each thing in AWS that the circuit needs: name, state, the states that will do."""
    for gateway in view.gateways:
        found = view.gateway(gateway)
        yield f"gateway {gateway.name}", found.get("state"), ("available",)
        states = {thing["target"]: thing["state"] for thing in found.get("associations", ())}
        for association in gateway.associations:
            what = f"association {gateway.name}/{association.target}"
            yield what, states.get(association.target), ("associated", "updating")
    for interface in view.interfaces:
        what, found = f"virtual interface {interface.name}", view.interface(interface)
        yield what, found.get("state"), ("available", "down", "testing")


# Step 6: the details are known.


def collected(view: View) -> Stop | None:
    """Let a circuit pass whose addresses are all known."""
    for interface in view.interfaces:
        known = {peer["family"]: peer for peer in view.interface(interface)["peers"]}
        for peer in interface.peers:
            found = known.get(peer.family, {})
            if not found.get("amazon_address") or not found.get("customer_address"):
                return Stop(
                    COLLECT,
                    f"{peer.family} addresses of {interface.name} not assigned yet",
                    "run site.yml again",
                    awaiting(AWS, f"the {peer.family} addresses of {interface.name}"),
                )
    return None
