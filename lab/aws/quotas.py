# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The quotas of an account, which AWS raises on request; here a control route raises them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True, kw_only=True)
class Quotas:
    """How many of each kind there may be (sources: docs/aws-model.md)."""

    connections_per_location: int = 10
    lags_per_region: int = 10
    interconnects_per_location: int = 10
    gateways_per_account: int = 200
    interfaces_per_gateway: int = 30
    private_and_public_per_connection: int = 50
    transit_per_connection: int = 4
    virtual_gateways_per_gateway: int = 20
    transit_gateways_per_gateway: int = 6
    gateways_per_transit_gateway: int = 20
    prefixes_per_transit_gateway: int = 200
    resiliency_groups_per_account: int = 100

    def change(self, wanted: Mapping[str, Any]) -> None:
        """Give quotas other values: all of them, or none.

        Raises:
            ValueError: One is none of ours, or its value is no number of things.
        """
        known = {each.name for each in fields(self)}
        for name, value in wanted.items():
            if name not in known:
                raise ValueError(f"{name} is none of {', '.join(sorted(known))}")
            if type(value) is not int or value < 0:
                raise ValueError(f"{name} must be a whole number, not {value!r}")
        for name, value in wanted.items():
            setattr(self, name, value)
