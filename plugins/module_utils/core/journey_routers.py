# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps 4, 7 and 8 of the journey: routers ready, configured, and everything tested."""

from __future__ import annotations

from .check import failed
from .evidence import DOWN, UNKNOWN, UP
from .journey_view import (
    CONFIGURE_ROUTERS,
    OWN_TEAM,
    PREPARE,
    VALIDATE,
    RouterResult,
    Stop,
    View,
    awaiting,
    described,
    named,
)
from .landings import owner

# Step 4: the network is prepared.


def prepared(view: View) -> Stop | None:
    """Let a circuit pass whose router did not fail the preflight."""
    broken = failed(view.router.preflight)
    if not broken:
        return None
    return Stop(
        PREPARE,
        f"{view.circuit.router} is not ready: {described(broken)}",
        f"mend what failed on {view.circuit.router}, then run site.yml again",
        awaiting(OWN_TEAM, f"{view.circuit.router} ready for the circuit"),
    )


# Step 7: the routers are configured.


def configured(view: View) -> Stop | None:
    """Let a circuit pass whose router holds what it shall."""
    router, result = view.circuit.router, view.router
    if router is None:
        return Stop(
            CONFIGURE_ROUTERS,
            "no router declared",
            "configure the router by handover.yml, or declare router and port in the estate",
            awaiting(OWN_TEAM, "a router for the circuit"),
        )
    if result.configured is None:
        return None if _seems_configured(view) else _untouched(router, result)
    if not result.configured:
        reason, *more = (result.reason or "the transaction did not complete").splitlines()
        return Stop(
            CONFIGURE_ROUTERS,
            f"{router} {_holds(result)}: {reason}" + (f" (and {len(more)} more)" if more else ""),
            "mend the cause, then run site.yml again",
            awaiting(OWN_TEAM, f"the cause on {router} mended"),
        )
    return None


def _holds(result: RouterResult) -> str:
    return "holds its new configuration, but" if result.changed else "keeps its old configuration"


def _untouched(router: str, result: RouterResult) -> Stop:
    state = f"{router} {result.reason}" if result.reason else f"{router} not configured yet"
    return Stop(CONFIGURE_ROUTERS, state, "run site.yml to configure it")


def _seems_configured(view: View) -> bool:
    """Tell from its sessions whether a router is configured that the run had no reason to touch.

    A session that AWS sees up has a router behind it; of one that is down, the router itself knows
    whether it was told of it.
    """
    return view.router.reason is None and all(
        peer["status"] == UP
        or view.evidence.session(
            view.circuit.router, peer["amazon_address"], peer["family"], interface.routing.vrf
        ).state
        != UNKNOWN
        for interface in view.interfaces
        for peer in view.interface(interface)["peers"]
    )


# Step 8: tested and validated.


def sessions_up(view: View) -> Stop | None:
    """Let a circuit pass whose sessions are all up as AWS sees them, but for those shut."""
    down = [
        f"{interface.name} {peer['family']}"
        for interface in view.interfaces
        if owner(interface.vlan) not in view.router.shut
        for peer in view.interface(interface)["peers"]
        if peer["status"] != UP
    ]
    if not down:
        return None
    said = dict.fromkeys(
        str(check["measured"]).removeprefix("not established: ")
        for check in failed(view.checks)
        if check["id"] == "bgp_router"
    )
    reasons = [words for words in said if words != DOWN]
    return Stop(
        VALIDATE,
        f"BGP down: {', '.join(down)}",
        f"{view.circuit.router} says: {'; '.join(reasons)}"
        if reasons
        else f"check VLAN, addresses, ASNs, key and port on {view.circuit.router}",
        awaiting(OWN_TEAM, "BGP up on both sides"),
    )


def drained(view: View) -> Stop | None:
    """Let a circuit pass that is in use; one that is drained stands here unless it is broken."""
    names: dict[str, list[str]] = {}
    for thing in view.interfaces:
        if (mark := owner(thing.vlan)) in view.router.drained:
            words = "drained, shut" if mark in view.router.shut else "drained"
            names.setdefault(words, []).append(thing.name)
    if not names or failed(view.checks):
        return None
    return Stop(
        VALIDATE,
        "; ".join(f"{words}: {', '.join(these)}" for words, these in names.items()),
        "when the work on it is done, run playbooks/undrain.yml",
        awaiting(OWN_TEAM, "the end of the work on it"),
    )


def verified(view: View) -> Stop | None:
    """Let a circuit pass that was tested without a failure."""
    if not view.checks:
        return Stop(VALIDATE, "configured, not tested yet", "run playbooks/verify.yml")
    if broken := failed(view.checks):
        return Stop(
            VALIDATE,
            f"in test, {len(broken)} of {len(view.checks)} checks failed: {described(broken)}",
            "mend what failed, then run playbooks/verify.yml",
            awaiting(OWN_TEAM, "the failed checks mended"),
        )
    return None


def warned(view: View) -> Stop | None:
    """Let a circuit pass without a warning."""
    warnings = [check for check in view.checks if check["verdict"] == "warn"]
    if not warnings:
        return None
    count = "1 warning" if len(warnings) == 1 else f"{len(warnings)} warnings"
    return Stop(VALIDATE, f"in service, {count}", f"look at {named(warnings)}")
