# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual interfaces: the one place that makes, changes, moves and deletes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..core.planner.peers import first_peer
from ..core.snapshot import GONE
from .errors import AWS_ERRORS, outcome_is_unknown
from .handler import Handler
from .made import Made
from .peers import given, peer_parameters
from .tagging import tags_given
from .virtual_interfaces import read_virtual_interfaces

if TYPE_CHECKING:
    from ..core.model import VirtualInterface
    from ..core.plan import Action
    from ..core.snapshot import FoundVirtualInterface
    from .made import Ids
    from .session import Aws

# AWS's names of what UpdateVirtualInterfaceAttributes can change.
ATTRIBUTES = {
    "name": "virtualInterfaceName",
    "mtu": "mtu",
    "site_link": "enableSiteLink",
    "rate_limit": "rateLimit",
    "prefix_pool_allocated_count_ipv4": "prefixPoolAllocatedCountIpv4",
    "prefix_pool_allocated_count_ipv6": "prefixPoolAllocatedCountIpv6",
}
ENDS = {"gateway": "directConnectGatewayId", "virtual_gateway": "virtualGatewayId"}


def create_virtual_interface(aws: Aws, action: Action, ids: Ids) -> Made:
    """Make the interface with its first peer; for another account it is allocated."""
    wanted = cast("VirtualInterface", action.wanted)
    owners = [parent for parent in action.parents if parent.kind == "account"]
    verb, suffix = ("allocate", "Allocation") if owners else ("create", "")
    new = {**_common(wanted, action), **_of_type(wanted)}
    if not owners:
        new |= _own(wanted, action, ids)
    parameters: dict[str, Any] = {
        "connectionId": ids.parent(action, "connection", "lag"),
        f"new{wanted.type.capitalize()}VirtualInterface{suffix}": new,
    }
    if owners:
        parameters["ownerAccount"] = owners[0].id
    call = getattr(aws.writer(), f"{verb}_{wanted.type}_virtual_interface")
    answer = call(**parameters)
    # AWS wraps the answer of the transit calls only.
    made = answer.get("virtualInterface", answer)
    return Made(id=made["virtualInterfaceId"], state=made["virtualInterfaceState"])


def _common(wanted: VirtualInterface, action: Action) -> dict[str, Any]:
    """Return what every kind of interface takes, allocated or not."""
    return given(
        virtualInterfaceName=wanted.name,
        vlan=wanted.vlan,
        asnLong=wanted.customer_asn,
        rateLimit=wanted.rate_limit,
        **tags_given(action.tags),
        **peer_parameters(first_peer(wanted)),
    )


def _of_type(wanted: VirtualInterface) -> dict[str, Any]:
    """Return what an interface of its type takes: a public one has route filters and no MTU."""
    if wanted.type != "public":
        return given(mtu=wanted.mtu)
    filters = [{"cidr": prefix} for prefix in wanted.route_filter_prefixes or ()]
    return {"routeFilterPrefixes": filters} if filters else {}


def _own(wanted: VirtualInterface, action: Action, ids: Ids) -> dict[str, Any]:
    """Return what only its owner can set."""
    if wanted.type == "public":
        return {}
    return given(
        enableSiteLink=wanted.site_link,
        prefixPoolAllocatedCountIpv4=wanted.prefix_pool_allocated_count_ipv4,
        prefixPoolAllocatedCountIpv6=wanted.prefix_pool_allocated_count_ipv6,
        **_ends(action, ids),
    )


def _ends(action: Action, ids: Ids) -> dict[str, str]:
    kinds = (parent.kind for parent in action.parents)
    return {ENDS[kind]: ids.parent(action, kind) for kind in kinds if kind in ENDS}


def confirm_virtual_interface(aws: Aws, action: Action, ids: Ids) -> None:
    """Accept what another account has allocated; one that is accepted already is left as it is."""
    wanted = cast("VirtualInterface", action.wanted)
    call = getattr(aws.writer(), f"confirm_{wanted.type}_virtual_interface")
    call(virtualInterfaceId=action.id, **_ends(action, ids))


def update_virtual_interface(aws: Aws, action: Action, _ids: Ids) -> None:
    """Change in place what AWS can change in place, by one call."""
    attributes = {ATTRIBUTES[change.attribute]: change.after for change in action.changes}
    aws.writer().update_virtual_interface_attributes(virtualInterfaceId=action.id, **attributes)


def move_virtual_interface(aws: Aws, action: Action, ids: Ids) -> None:
    """Put the interface onto another connection or LAG."""
    aws.writer().associate_virtual_interface(
        virtualInterfaceId=action.id, connectionId=ids.parent(action, "connection", "lag")
    )


def delete_virtual_interface(aws: Aws, action: Action, _ids: Ids) -> None:
    """Delete the interface; its peers go with it.

    One that two accounts have to do with may just have been deleted by the other.
    """
    try:
        aws.writer().delete_virtual_interface(virtualInterfaceId=action.id)
    except AWS_ERRORS as error:
        if outcome_is_unknown(error) or not _is_gone(aws, action.id):
            raise


def _is_gone(aws: Aws, interface_id: str | None) -> bool:
    things = read_virtual_interfaces(aws)
    return all(thing.state in GONE for thing in things if thing.id == interface_id)


def _has_moved(action: Action, ids: Ids, found: FoundVirtualInterface) -> bool:
    """Tell whether the interface is where a call was to move it."""
    return found.connection_id == ids.parent(action, "connection", "lag")


HANDLER = Handler(
    writes={
        "create": create_virtual_interface,
        "confirm": confirm_virtual_interface,
        "update": update_virtual_interface,
        "move": move_virtual_interface,
        "delete": delete_virtual_interface,
    },
    read=read_virtual_interfaces,
    kept=lambda snapshot: snapshot.virtual_interfaces,
    shows={"move": _has_moved},
    unsettled_by=frozenset({"create", "confirm", "update", "move"}),
)
