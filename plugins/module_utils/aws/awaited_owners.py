# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is awaited of the owners of other accounts, for associations between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..core.plan import Action


def owner_words(account: str) -> str:
    """Return who is awaited; the role dx_network knows by these words whether to pass again."""
    return f"the owner of account {account}"


def unaccepted(observed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what the account has proposed and the gateway's owner has yet to accept."""
    for thing in observed["offered_associations"]:
        name = f"{thing['gateway']}/{thing['target']}"
        who, what = owner_words(thing["account"]), "acceptance of the proposal"
        if thing["state"] not in ("requested", "associated"):
            who, what = "AWS", "the change to finish"
        if thing["state"] != "associated":
            yield _record("association", name, thing["state"], who, what)


def unproposed(actions: Iterable[Action]) -> Iterator[dict[str, Any]]:
    """Yield what another account's owner has to do before an action of the plan can be sent."""
    seen = set()
    for action in actions:
        for wait in action.waits_for:
            if wait.owner is None or (wait.on.kind, wait.on.name) in seen:
                continue
            seen.add((wait.on.kind, wait.on.name))
            goal = " or ".join(wait.until) or "gone"
            yield _record(
                wait.on.kind,
                wait.on.name,
                wait.now or "not there",
                owner_words(wait.owner),
                f"{wait.on.kind} {wait.on.name}, to be {goal}",
            )


def _record(kind: str, name: str, state: str, who: str, what: str) -> dict[str, Any]:
    return {"kind": kind, "name": name, "state": state, "from": who, "what": what, "since": None}
