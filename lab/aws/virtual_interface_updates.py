# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What changes on a virtual interface in place, and its move to another connection or LAG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import carriers, shares, virtual_interfaces
from . import virtual_interface_rules as rules
from .errors import ClientError
from .request import Answer, Request, operation

if TYPE_CHECKING:
    from .carriers import Carrier
    from .state import VirtualInterface

_PREFIX_COUNTS = ("prefixPoolAllocatedCountIpv4", "prefixPoolAllocatedCountIpv6")


@operation("UpdateVirtualInterfaceAttributes")
def update_attributes(request: Request) -> Answer:
    """Change name, MTU, SiteLink, prefix counts or the rate limit; all or nothing.

    An empty rate limit takes the limit away.
    """
    wanted = request.parameters
    found = virtual_interfaces.find(request, wanted["virtualInterfaceId"])
    carrier = request.world.find_carrier(found.connection_id)
    _check(request, found, carrier)
    if "rateLimit" in wanted and carrier is not None:
        found.rate_limit = shares.rate_limit(request, carrier, wanted, found)
    found.name = wanted.get("virtualInterfaceName", found.name)
    found.mtu = wanted.get("mtu", found.mtu)
    found.site_link = wanted.get("enableSiteLink", found.site_link)
    found.prefixes_ipv4 = wanted.get("prefixPoolAllocatedCountIpv4", found.prefixes_ipv4)
    found.prefixes_ipv6 = wanted.get("prefixPoolAllocatedCountIpv6", found.prefixes_ipv6)
    request.world.nudge()
    return virtual_interfaces.describe(request, found)


def _check(request: Request, found: VirtualInterface, carrier: Carrier | None) -> None:
    wanted = request.parameters
    rules.check_name(wanted.get("virtualInterfaceName", found.name))
    if "mtu" in wanted:
        rules.check_mtu(request, carrier, found.type, wanted["mtu"])
    if "enableSiteLink" in wanted and found.account != request.account:
        raise ClientError(f"Only the owner of Virtual Interface {found.id} can change SiteLink.")
    if wanted.get("enableSiteLink"):
        rules.check_site_link(found.type, found.gateway_id)
    if found.type == "public" and any(key in wanted for key in _PREFIX_COUNTS):
        raise ClientError("Prefix pools are not applicable to public Virtual Interfaces.")
    if carrier is not None:
        shares.check_prefix_counts(request, carrier, wanted, found)


@operation("AssociateVirtualInterface")
def associate(request: Request) -> Answer:
    """Move the virtual interface to a connection or a LAG of the account; sessions go down.

    The account owns the interface or what it rides on now.
    """
    found = virtual_interfaces.find(request, request.parameters["virtualInterfaceId"])
    carrier = carriers.find_for_interfaces(request, request.parameters["connectionId"])
    if carrier.id != found.connection_id:
        _check_move(request, found, carrier)
        found.connection_id = carrier.id
        request.world.nudge()
    return virtual_interfaces.describe(request, found)


def _check_move(request: Request, found: VirtualInterface, carrier: Carrier) -> None:
    present = request.world.find_carrier(found.connection_id)
    if present is not None and carriers.hosted_vlan(present):
        raise ClientError(
            f"Virtual Interface {found.id} is on a hosted connection and moves with it only."
        )
    if carrier.region != found.region:
        raise ClientError(f"{carrier.id} is not in Region {found.region}.")
    rules.check_vlan(request, carrier, found.vlan)
    rules.check_room(request, carrier, found.type)
    rules.check_addresses_free(request, carrier, found)
    rules.check_mtu(request, carrier, found.type, found.mtu)
    shares.rate_limit(request, carrier, {"rateLimit": found.rate_limit})
