# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's sample for the customer's router: the XML from which its text samples are made."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from . import virtual_interfaces
from .errors import ClientError
from .request import Answer, Request, operation

if TYPE_CHECKING:
    from .state import Peer, VirtualInterface

DEFAULT_ROUTER = "CiscoSystemsInc-2900SeriesRouters-IOS124"
ROUTERS = {
    DEFAULT_ROUTER: ("Cisco Systems, Inc.", "2900 Series Routers", "IOS 12.4+", "cisco-generic"),
    "CiscoSystemsInc-Nexus7000SeriesSwitches-NXOS51": (
        "Cisco Systems, Inc.",
        "Nexus 7000 Series Switches",
        "NX-OS 5.1+",
        "cisco-nexus",
    ),
    "JuniperNetworksInc-MXSeriesRouters-JunOS95": (
        "Juniper Networks, Inc.",
        "MX Series Routers",
        "JunOS 9.5+",
        "juniper-mx",
    ),
    "PaloAltoNetworks-PA5000Series-PANOS412": (
        "Palo Alto Networks",
        "PA-5000 Series",
        "PAN-OS 4.1.2+",
        "palo-alto",
    ),
}


@operation("DescribeRouterConfiguration")
def describe_router_configuration(request: Request) -> Answer:
    """Return what the other end must be configured with, and for which router type."""
    found = virtual_interfaces.find(request, request.parameters["virtualInterfaceId"])
    kind = request.parameters.get("routerTypeIdentifier", DEFAULT_ROUTER)
    if kind not in ROUTERS:
        raise ClientError(f"Router type {kind} is not valid.")
    vendor, platform, software, template = ROUTERS[kind]
    asn = virtual_interfaces.amazon_asn_of(request, found)
    return {
        "customerRouterConfig": customer_router_config(found, asn),
        "router": {
            "vendor": vendor,
            "platform": platform,
            "software": software,
            "xsltTemplateName": f"customer-router-{template}.xslt",
            "xsltTemplateNameForMacSec": "",
            "routerTypeIdentifier": kind,
        },
        "virtualInterfaceId": found.id,
        "virtualInterfaceName": found.name,
    }


def customer_router_config(virtual_interface: VirtualInterface, amazon_asn: int) -> str:
    """Return the virtual interface as XML, in the element names that AWS uses."""
    root = ET.Element("logical_connection", id=virtual_interface.id)
    _append(root, {"vlan": str(virtual_interface.vlan)})
    alive = virtual_interface.live_peers or virtual_interface.peers
    for peer in alive:
        _append(root, _session(peer))
    _append(root, {"amazon_bgp_asn": str(amazon_asn), "connection_type": virtual_interface.type})
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _session(peer: Peer) -> dict[str, str]:
    """Return a session's elements; AWS tells those of IPv6 by their names."""
    texts = {
        "customer_address": peer.customer_address,
        "amazon_address": peer.amazon_address,
        "bgp_asn": str(peer.asn),
        "bgp_auth_key": peer.key,
    }
    prefix = "ipv6_" if peer.family == "ipv6" else ""
    return {prefix + name: text for name, text in texts.items()}


def _append(parent: ET.Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text
