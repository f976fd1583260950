# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Direct Connect locations that the model offers.

Codes and names are AWS's; providers and MACsec speeds are plausible, not a copy of the service's
list (DescribeLocations is the only true source, and it needs an account).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One colocation site: where AWS has ports, and of which speeds."""

    code: str
    name: str
    region: str
    port_speeds: tuple[str, ...]
    macsec_port_speeds: tuple[str, ...]
    providers: tuple[str, ...]

    @property
    def devices(self) -> tuple[str, str]:
        """Two AWS devices, so that ports of one location can be told apart."""
        return f"{self.code}-1a2b3c4d5e6f7", f"{self.code}-2b3c4d5e6f7a8"


_ALL = ("1Gbps", "10Gbps", "100Gbps")
_TEN_AND_UP = ("10Gbps", "100Gbps")

LOCATIONS = {
    location.code: location
    for location in (
        Location(
            code="EqFA5",
            name="Equinix FR5, Frankfurt, DEU",
            region="eu-central-1",
            port_speeds=(*_ALL, "400Gbps"),
            macsec_port_speeds=(*_TEN_AND_UP, "400Gbps"),
            providers=("Equinix", "Colt", "euNetworks", "Lumen Technologies"),
        ),
        Location(
            code="EqAM3",
            name="Equinix AM3, Amsterdam, NLD",
            region="eu-central-1",
            port_speeds=_ALL,
            macsec_port_speeds=_TEN_AND_UP,
            providers=("Equinix", "Colt", "BICS"),
        ),
        Location(
            code="IXFRA6",
            name="Interxion FRA6, Frankfurt, DEU",
            region="eu-central-1",
            port_speeds=_ALL,
            macsec_port_speeds=_TEN_AND_UP,
            providers=("Interxion", "Colt", "DE-CIX"),
        ),
        Location(
            code="CEPRG",
            name="CE Colo, Prague, CZE",
            region="eu-central-1",
            port_speeds=("1Gbps", "10Gbps"),
            macsec_port_speeds=(),
            providers=("CE Colo", "Dial Telecom"),
        ),
        Location(
            code="EqLD5",
            name="Equinix LD5, London (Slough), GBR",
            region="eu-west-2",
            port_speeds=_ALL,
            macsec_port_speeds=_TEN_AND_UP,
            providers=("Equinix", "Colt", "BT"),
        ),
        Location(
            code="EqDC2",
            name="Equinix DC2/DC11, Ashburn, VA",
            region="us-east-1",
            port_speeds=(*_ALL, "400Gbps"),
            macsec_port_speeds=(*_TEN_AND_UP, "400Gbps"),
            providers=("Equinix", "AT&T", "Lumen Technologies", "Verizon"),
        ),
    )
}


def describe(location: Location) -> dict[str, Any]:
    """Return a location as DescribeLocations words it."""
    return {
        "locationCode": location.code,
        "locationName": location.name,
        "region": location.region,
        "availablePortSpeeds": list(location.port_speeds),
        "availableMacSecPortSpeeds": list(location.macsec_port_speeds),
        "availableProviders": list(location.providers),
        "availableBillingModes": [
            {"billingMode": mode, "availablePortSpeeds": list(speeds)}
            for mode, speeds in billing_modes(location).items()
        ],
    }


def billing_modes(location: Location) -> dict[str, tuple[str, ...]]:
    """Return the port speeds that can be billed in each mode; the tiers are for ports of 10G up."""
    tiers = tuple(speed for speed in location.port_speeds if speed != "1Gbps")
    flat = {f"FlatRateTier{number}": tiers for number in range(1, 6)}
    return {"PayAsYouGo": location.port_speeds, **flat}
