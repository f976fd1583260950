# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Direct Connect gateways: made, tagged, renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Draft
from .drift import differing, fixed_faults, given, tag_draft
from .tags import wanted_tags

if TYPE_CHECKING:
    from ..model import Gateway
    from ..snapshot import FoundGateway
    from .context import Context

WAY_OUT = "make another gateway under a new name and move the virtual interfaces to it"


def plan_gateways(context: Context) -> Draft:
    """Return what is to be done about the declared gateways of the account."""
    draft = Draft()
    for wanted in context.part.gateways:
        draft += _plan(wanted, context)
    return draft


def _plan(wanted: Gateway, context: Context) -> Draft:
    match = context.gateways[wanted.name]
    if match.fault is not None:
        return Draft(faults=(match.fault,))
    tags = wanted_tags(context.estate, wanted)
    there = match.found.id if match.found else "not there"
    if wanted.id is not None and wanted.id != there:
        return Draft(faults=(_other(wanted, there),))
    if match.found is None:
        return Draft(actions=(_create(wanted, tags),))
    fixed = differing({"amazon_asn": (match.found.amazon_asn, wanted.amazon_asn)})
    return (
        Draft(faults=fixed_faults("gateway", wanted.name, fixed, WAY_OUT))
        + tag_draft("gateway", wanted, match.found, tags, adopted=match.adopted)
        + _rename(wanted, match.found)
    )


def _other(wanted: Gateway, there: str) -> str:
    """Say that the document's id is not that of the gateway of this name."""
    return (
        f"gateway {wanted.name}: its id is {wanted.id} in the estate and {there} in account "
        f"{wanted.account}: leave the id out, or name the account that owns it"
    )


def _create(wanted: Gateway, tags: dict[str, str]) -> Action:
    return Action(
        verb="create",
        kind="gateway",
        name=wanted.name,
        wanted=wanted,
        tags=tags,
        changes=given(amazon_asn=wanted.amazon_asn),
    )


def _rename(wanted: Gateway, found: FoundGateway) -> Draft:
    changes = differing({"name": (found.name, wanted.name)})
    if not changes:
        return Draft()
    action = Action(
        verb="update", kind="gateway", name=wanted.name, id=found.id, wanted=wanted, changes=changes
    )
    return Draft(actions=(action,))
