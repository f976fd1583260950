# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a document to an estate: read it, judge it by every rule, return it or all its faults."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from . import (
    estate_rules_alarms,
    estate_rules_connections,
    estate_rules_gateways,
    estate_rules_hosted,
    estate_rules_interfaces,
    estate_rules_lags,
    estate_rules_macsec,
    estate_rules_names,
    estate_rules_peers,
    estate_rules_public,
    estate_rules_resiliency,
    estate_rules_routers,
    estate_rules_routing,
    estate_rules_shares,
    estate_rules_ties,
    estate_rules_tunnels,
    estate_rules_vpn,
)
from .estate_canonical import canonical
from .estate_document import ESTATE
from .estate_fault import EstateError, Fault
from .estate_ground import Rule, ground
from .estate_shape import Faults, read_value
from .limits import Limits

if TYPE_CHECKING:
    from collections.abc import Collection

    from .model import Estate

__all__ = ["RULES", "EstateError", "Fault", "read_estate"]

RULES: tuple[Rule, ...] = (
    *estate_rules_names.RULES,
    *estate_rules_connections.RULES,
    *estate_rules_lags.RULES,
    *estate_rules_macsec.RULES,
    *estate_rules_hosted.RULES,
    *estate_rules_resiliency.RULES,
    *estate_rules_gateways.RULES,
    *estate_rules_ties.RULES,
    *estate_rules_tunnels.RULES,
    *estate_rules_vpn.RULES,
    *estate_rules_interfaces.RULES,
    *estate_rules_peers.RULES,
    *estate_rules_public.RULES,
    *estate_rules_routing.RULES,
    *estate_rules_routers.RULES,
    *estate_rules_shares.RULES,
    *estate_rules_alarms.RULES,
)


def read_estate(
    document: object,
    *,
    accounts: Collection[str] | None = None,
    routers: Collection[str] | None = None,
    limits: Limits | None = None,
) -> Estate:
    """Return the estate that a document describes.

    In the estate that is returned a peer without a key has that of the interface's other peer, and
    prefixes are spelled as AWS spells them.

    Args:
        document: The mapping `dx_estate`, as YAML or Ansible gives it.
        accounts: The accounts that the inventory knows; None when nobody can tell.
        routers: The routers that the inventory knows; None when nobody can tell.
        limits: The limits in force; None for the built-in ones.

    Raises:
        EstateError: With every fault at once, in the document's order.
    """
    faults = Faults()
    estate: Estate = read_value(ESTATE, document, "", faults)
    base = ground(estate, limits=limits or Limits(), accounts=accounts, routers=routers)
    for rule in RULES:
        for fault in rule(base):
            faults.broken(fault)
    if faults.found:
        raise EstateError(sorted(faults.found, key=_place))
    return canonical(estate)


def _place(fault: Fault) -> tuple[Any, ...]:
    """Sort by section as the document has them, then by position, then by attribute."""
    section = re.split(r"[.\[]", fault.path, maxsplit=1)[0]
    sections = list(ESTATE.attributes)
    order = sections.index(section) if section in sections else len(sections)
    words = re.findall(r"\d+|[^\d\[\].]+", fault.path)
    return order, [(int(word), "") if word.isdigit() else (-1, word) for word in words]
