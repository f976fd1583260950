# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One object by itself: a small estate around it, and the same reconciliation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.estate_fault import EstateError
from ..core.estate_ground import ground
from ..core.limits import Limits
from ..core.model import Estate
from ..core.plan import Terms
from .reconcile import Task, reconcile
from .waits import Patience

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..core.estate_ground import Rule
    from ..core.model import Taggable
    from ..core.plan import Scope
    from .session import Aws

# The account of a single object: it is the one that the session reaches.
HERE = "this account"

SINGLE_SPEC: dict[str, Any] = {
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "estate": {"type": "str"},
    "consent": {"type": "list", "elements": "str", "default": []},
    "settle_seconds": {"type": "int", "default": 60},
    "wait_seconds": {"type": "int", "default": 0},
}


def reconcile_single(
    options: Mapping[str, Any],
    things: Mapping[str, tuple[Taggable, ...]],
    scope: Scope | frozenset[Scope],
    aws: Aws,
    *,
    check_mode: bool,
) -> dict[str, Any]:
    """Bring one object to what it shall be, and return the module's result.

    Args:
        options: The module's options, those of SINGLE_SPEC among them.
        things: The object and its parents, by the estate's attribute.
        scope: The object's kind, or all that come and go with it; its parents are taken as found.
        aws: The account.
        check_mode: Plan only.

    Raises:
        PlanError: It cannot be reached, or a parent is missing.
        AwsError: A call failed.
    """
    kinds = scope if isinstance(scope, frozenset) else frozenset({scope})
    task = Task(
        estate=single_estate(options, things),
        terms=Terms(
            account=HERE,
            scope=kinds,
            consent=frozenset(options["consent"]),
            replace=frozenset(options.get("replace", ())),
        ),
        state=options["state"],
        patience=Patience(
            settle_seconds=options["settle_seconds"], wait_seconds=options["wait_seconds"]
        ),
        check_mode=check_mode,
        parents_exist=True,
    )
    return reconcile(task, aws)


def single_estate(options: Mapping[str, Any], things: Mapping[str, tuple[Taggable, ...]]) -> Estate:
    """Return the small estate around one object."""
    parts: dict[str, Any] = dict(things)
    return Estate(name=options["estate"] or "", **parts)


def judge(estate: Estate, rules: Iterable[Rule]) -> None:
    """Hold one object to the rules of an estate, before any call.

    Raises:
        EstateError: With every fault at once.
    """
    base = ground(estate, limits=Limits(), accounts=None, routers=None)
    faults = [fault for rule in rules for fault in rule(base)]
    if faults:
        raise EstateError(faults)


def first(kind: str, result: dict[str, Any]) -> dict[str, Any]:
    """Add the one object to the result under its kind; null if it does not exist."""
    observed = result["observed"]
    things = {
        "connection": observed["connections"],
        "lag": observed["lags"],
        "hosted_connection": observed["hosted_connections"],
        "resiliency_group": observed["resiliency_groups"],
        "gateway": observed["gateways"],
        "association": [
            *(tie for thing in observed["gateways"] for tie in thing["associations"]),
            *observed["offered_associations"],
        ],
        "virtual_gateway": observed["virtual_gateways"],
        "customer_gateway": observed["customer_gateways"],
        "vpn_connection": observed["vpn_connections"],
        "virtual_interface": observed["virtual_interfaces"],
        "alarms": [observed["alarms"]],
    }[kind]
    return {**result, kind: things[0] if things else None}
