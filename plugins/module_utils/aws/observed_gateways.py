# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the account shows of associations, of either end, and of virtual private gateways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.planner.identity import ORDERED_TAG
from ..core.planner.ties import (
    found_offer,
    found_tie,
    living_associations,
    offered_ties,
    own_ties,
)
from ..core.snapshot import FoundAssociation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.planner.context import Context


def observed_associations(gateway: str, context: Context) -> Iterator[dict[str, Any]]:
    """Yield the declared associations of one of the account's gateways, under their names."""
    for tie in own_ties(context):
        found = found_tie(tie, context) if tie.gateway.name == gateway else None
        if found is not None:
            yield _association(tie.wanted.target, found)


def undeclared_associations(
    gateway: str, gateway_id: str, context: Context
) -> Iterator[dict[str, Any]]:
    """Yield what else one of the account's gateways is associated with: it announces that too."""
    declared = {thing["id"] for thing in observed_associations(gateway, context)}
    for found in living_associations(context, gateway_id):
        if found.id not in declared:
            yield _association(None, found)


def observed_offers(context: Context) -> Iterator[dict[str, Any]]:
    """Yield what ties the account's targets to other accounts' gateways, or is proposed to."""
    for tie in offered_ties(context):
        found = found_offer(tie, context)
        if found is None:
            continue
        accepted = isinstance(found, FoundAssociation)
        yield {
            "gateway": tie.gateway.name,
            "account": tie.gateway.account,
            "id": found.id if accepted else None,
            "proposal_id": None if accepted else found.id,
            "target": tie.wanted.target,
            "target_id": found.target_id,
            "target_type": found.target_type,
            "state": found.state,
            "allowed_prefixes": list(
                found.allowed_prefixes
                if isinstance(found, FoundAssociation)
                else found.requested_prefixes
            ),
        }


def _association(target: str | None, found: FoundAssociation) -> dict[str, Any]:
    return {
        "id": found.id,
        "target": target,
        "target_id": found.target_id,
        "target_type": found.target_type,
        "state": found.state,
        "allowed_prefixes": list(found.allowed_prefixes),
        "edge_locations": list(found.edge_locations or ()),
    }


def observed_virtual_gateways(context: Context) -> Iterator[dict[str, Any]]:
    """Yield the declared virtual private gateways that exist."""
    for name, match in context.virtual_gateways.items():
        found = match.found
        if found is None:
            continue
        tables = context.snapshot.route_tables
        yield {
            "name": name,
            "id": found.id,
            "state": found.state,
            "amazon_asn": found.amazon_asn,
            "vpc_id": found.vpc_id,
            "attachment_state": found.attachment_state,
            "propagates_to": [table.id for table in tables if found.id in table.learns_from],
            "ordered_at": found.tags.get(ORDERED_TAG),
        }
