# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Direct Connect locations that the model offers.

Codes and names are AWS's; providers, MACsec speeds and billing modes are plausible, not a copy of
the service's list (DescribeLocations is the only true source, and it needs an account). As in that
answer, speeds are "10G" and in no order, and a location may name no provider at all.
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
        Location(
            code="EqSG2",
            name="Equinix SG2, Singapore, SGP",
            region="ap-southeast-1",
            port_speeds=_ALL,
            macsec_port_speeds=_TEN_AND_UP,
            providers=("Equinix", "Colt", "Singtel"),
        ),
        Location(
            code="LGKNX",
            name="KINX Gasen, Seoul, KOR",
            region="ap-northeast-2",
            port_speeds=("1Gbps", "10Gbps"),
            macsec_port_speeds=(),
            providers=("KINX", "LG Uplus", "SK Telecom"),
        ),
        Location(
            code="RCL1",
            name="Rack Centre LGS1, Ikeja, NGA",
            region="af-south-1",
            port_speeds=_ALL,
            macsec_port_speeds=_TEN_AND_UP,
            providers=("Globacom", "Mainone"),
        ),
        Location(
            code="EANB1",
            name="East Africa Data Centres NBO1, Nairobi, KEN",
            region="af-south-1",
            port_speeds=_TEN_AND_UP,
            macsec_port_speeds=_TEN_AND_UP,
            providers=(),
        ),
    )
}


def describe(location: Location) -> dict[str, Any]:
    """Return a location as DescribeLocations words it."""
    return {
        "locationCode": location.code,
        "locationName": location.name,
        "region": location.region,
        "availablePortSpeeds": _as_listed(location.port_speeds),
        "availableMacSecPortSpeeds": _as_listed(location.macsec_port_speeds),
        "availableProviders": list(location.providers),
        "availableBillingModes": [
            {
                "billingMode": mode,
                "availablePortSpeeds": _as_listed(speeds),
                "includedRegions": list(_included(mode, location)),
            }
            for mode, speeds in billing_modes(location).items()
        ],
    }


def _as_listed(speeds: tuple[str, ...]) -> list[str]:
    """Return speeds as the list of locations has them, "100G" before "10G"."""
    return sorted(speed.removesuffix("bps") for speed in speeds)


def _included(mode: str, location: Location) -> tuple[str, ...]:
    """Return the Regions that a mode includes; those of the continent for all flat rates."""
    if mode == "PayAsYouGo":
        return ()
    continent = location.region.partition("-")[0]
    return tuple(sorted({each.region for each in LOCATIONS.values() if _is_in(each, continent)}))


def _is_in(location: Location, continent: str) -> bool:
    return location.region.startswith(f"{continent}-")


def billing_modes(location: Location) -> dict[str, tuple[str, ...]]:
    """Return the port speeds that can be billed in each mode; the tiers are for ports of 10G up."""
    tiers = tuple(speed for speed in location.port_speeds if speed != "1Gbps")
    flat = {f"FlatRateTier{number}": tiers for number in range(1, 6)}
    return {"PayAsYouGo": location.port_speeds, **flat}
