# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several accounts in one play: what each tells the others, and whether they go round again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Result = dict[str, Any]

# Who is awaited where it may be an account of the same play; the number is what it can tell.
OTHER_OWNER = "other account's owner"
OWNER = "the owner of account "
NUMBER = "the number of account "


def neighbours_of(results: Sequence[Mapping[str, Any]], account: str) -> list[dict[str, Any]]:
    """Return what the other accounts of a play have told, as the module estate takes it.

    Args:
        results: What the module returned in each account; one that failed tells nothing.
        account: The account that is told.
    """
    return [
        {
            "account": seen["account"],
            "account_id": seen["account_id"],
            "gateways": [_named(thing["name"], thing["id"]) for thing in seen["gateways"]],
            "targets": [
                *(_named(tie["target"], tie["target_id"]) for tie in seen["offered_associations"]),
                *(_named(thing["name"], thing["id"]) for thing in seen["virtual_gateways"]),
            ],
        }
        for seen in _seen(results)
        if seen["account"] != account
    ]


def pass_due(results: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether another round may get further: one account awaits another of the play.

    A round that changed nothing, though the accounts knew of each other, is the last.
    """
    accounts = {seen["account"] for seen in _seen(results)}
    fresh = any(result.get("moved", True) for result in results)
    return len(accounts) > 1 and fresh and any(_awaits(each, accounts) for each in results)


def _awaits(result: Mapping[str, Any], accounts: set[str]) -> bool:
    return any(
        each["from"] == OTHER_OWNER
        or each["from"].removeprefix(OWNER) in accounts
        or each["what"].startswith(NUMBER)
        for each in result.get("awaited", ())
    )


def merged(first: Mapping[str, Any], last: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result of two rounds: the first one's plan, the last one's outcome."""
    calls = dict(first["calls"])
    for operation, number in last["calls"].items():
        calls[operation] = calls.get(operation, 0) + number
    return {
        **last,
        "moved": last["changed"],
        "changed": first["changed"] or last["changed"],
        "plan": first["plan"] or last["plan"],
        "plan_text": first["plan_text"] or last["plan_text"],
        "calls": calls,
    }


def _seen(results: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [result["observed"] for result in results if "observed" in result]


def _named(name: str, thing_id: str) -> dict[str, str]:
    return {"name": name, "id": thing_id}
