# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The estate as a module's option: typed, so that a key is a secret from the first moment on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.estate import read_estate
from ..core.limits import read_limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.model import Estate

Spec = dict[str, Any]


def _records(options: Spec) -> Spec:
    return {"type": "list", "elements": "dict", "options": options}


TEXT: Spec = {"type": "str"}
NAME: Spec = {"type": "str", "required": True}
NUMBER: Spec = {"type": "int"}
FLAG: Spec = {"type": "bool"}
TAGS: Spec = {"type": "dict"}
TEXTS: Spec = {"type": "list", "elements": "str"}

CONNECTION_SPEC: Spec = {
    "name": NAME,
    "account": NAME,
    "location": NAME,
    "bandwidth": NAME,
    "provider": TEXT,
    "router": TEXT,
    "port": TEXT,
    "request_macsec": FLAG,
    "tags": TAGS,
}
ASSOCIATION_SPEC: Spec = {
    "transit_gateway": TEXT,
    "virtual_gateway": TEXT,
    "transit_gateway_asn": NUMBER,
    "allowed_prefixes": TEXTS,
}
GATEWAY_SPEC: Spec = {
    "name": NAME,
    "account": NAME,
    "amazon_asn": NUMBER,
    "associations": _records(ASSOCIATION_SPEC),
    "tags": TAGS,
}
PEER_SPEC: Spec = {
    "family": {"type": "str", "required": True, "choices": ["ipv4", "ipv6"]},
    "amazon_address": TEXT,
    "customer_address": TEXT,
    "key": {"type": "str", "no_log": True},
}
ROUTING_SPEC: Spec = {
    "advertise": TEXTS,
    "accept": TEXTS,
    "preference": {"type": "str", "choices": ["low", "medium", "high"]},
    "prepend": NUMBER,
}
VIRTUAL_INTERFACE_SPEC: Spec = {
    "name": NAME,
    # YAML 1.1 reads a bare `on` as true, and JSON makes "true" of it.
    "on": {"type": "str", "required": True, "aliases": ["true"]},
    "type": {"type": "str", "required": True, "choices": ["private", "transit"]},
    "gateway": NAME,
    "vlan": {"type": "int", "required": True},
    "customer_asn": {"type": "int", "required": True},
    "mtu": NUMBER,
    "site_link": FLAG,
    "peers": _records(PEER_SPEC),
    "routing": {"type": "dict", "options": ROUTING_SPEC},
    "tags": TAGS,
}
ESTATE_SPEC: Spec = {
    "name": NAME,
    "connections": _records(CONNECTION_SPEC),
    "gateways": _records(GATEWAY_SPEC),
    "virtual_interfaces": _records(VIRTUAL_INTERFACE_SPEC),
    "tags": TAGS,
}
SCOPES = ["connections", "gateways", "associations", "virtual_interfaces"]
ESTATE_MODULE_SPEC: Spec = {
    "estate": {"type": "dict", "required": True, "options": ESTATE_SPEC},
    "account": NAME,
    "scope": {"type": "list", "elements": "str", "choices": SCOPES, "default": SCOPES},
    "limits": {"type": "dict", "default": {}},
}


def estate_of(options: Mapping[str, Any]) -> Estate:
    """Return the estate of a module's options.

    Raises:
        EstateError: The document breaks a rule; all faults at once.
    """
    return read_estate(options["estate"], limits=read_limits(options["limits"]))
