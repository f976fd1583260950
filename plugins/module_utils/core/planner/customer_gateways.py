# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customer gateways: made, tagged, and made anew where AWS changes nothing of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import Action, Change, Draft, Reference, Wait
from ..snapshot import GONE
from .consent import with_consent
from .drift import WAY_OUT, differing, fixed_faults, given, tag_draft
from .identity import namesake_words
from .tags import tags_with_name

if TYPE_CHECKING:
    from ..model_vpn import CustomerGateway
    from ..snapshot_vpn import FoundCustomerGateway
    from .context import Context


def plan_customer_gateways(context: Context) -> Draft:
    """Return what is to be done about the declared customer gateways of the account."""
    draft = Draft()
    for wanted in context.part.customer_gateways:
        match = context.customer_gateways[wanted.name]
        if match.fault is not None:
            draft += Draft(faults=(match.fault,))
        elif match.found is None:
            draft += _make(wanted, context)
        else:
            draft += _keep(wanted, match.found, context, adopted=match.adopted)
    return draft


def _make(wanted: CustomerGateway, context: Context) -> Draft:
    """Return the creation; AWS would answer it with one that is there and looks the same."""
    same = (wanted.address, wanted.asn, wanted.name)
    for found in context.snapshot.customer_gateways:
        if found.state not in GONE and (found.address, found.asn, found.device_name) == same:
            fault = f"customer_gateway {wanted.name}: {namesake_words(wanted.name, found)}"
            return Draft(faults=(fault,))
    return Draft(actions=(_create(wanted, context),))


def _create(wanted: CustomerGateway, context: Context, *after: Wait) -> Action:
    return Action(
        verb="create",
        kind="customer_gateway",
        name=wanted.name,
        wanted=wanted,
        tags=tags_with_name(context.estate, wanted, None),
        changes=given(
            address=wanted.address, asn=wanted.asn, certificate_arn=wanted.certificate_arn
        ),
        waits_for=after,
    )


def _keep(
    wanted: CustomerGateway, found: FoundCustomerGateway, context: Context, *, adopted: bool
) -> Draft:
    fixed = differing(
        {
            "address": (found.address, wanted.address),
            "asn": (found.asn, wanted.asn),
            "certificate_arn": (found.certificate_arn, wanted.certificate_arn),
        }
    )
    users = [
        vpn.name or vpn.id
        for vpn in context.snapshot.vpn_connections
        if vpn.customer_gateway_id == found.id and vpn.state not in GONE
    ]
    if fixed and not users and wanted.name in context.terms.replace:
        return _replace(wanted, found, fixed, context)
    tags = tags_with_name(context.estate, wanted, found)
    return Draft(
        faults=fixed_faults("customer_gateway", wanted.name, fixed, _way_out(wanted, users))
    ) + tag_draft("customer_gateway", wanted, found, tags, adopted=adopted)


def _way_out(wanted: CustomerGateway, users: list[str]) -> str:
    if not users:
        return WAY_OUT.format(wanted.name)
    return (
        f"declare a customer gateway of another name and let {', '.join(sorted(users))} begin at "
        "it: AWS moves a VPN connection, and deletes no customer gateway that has one"
    )


def _replace(
    wanted: CustomerGateway,
    found: FoundCustomerGateway,
    fixed: tuple[Change, ...],
    context: Context,
) -> Draft:
    """Return the deletion and the creation of what nothing begins at."""
    gone = Wait(
        on=Reference(kind="customer_gateway", name=wanted.name, id=found.id), now=found.state
    )
    delete = Action(
        verb="delete", kind="customer_gateway", name=wanted.name, id=found.id, changes=fixed
    )
    consented = with_consent(delete, "REPLACES it", context)
    return Draft(actions=(consented, _create(wanted, context, gone)))
