# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Direct Connect locations: what AWS has where, by one call that takes nothing and has no pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.location import BillingMode, Location, megabits, speed
from ..core.location_orders import misplaced, orders
from .errors import AWS_ERRORS, AwsError, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.estate_fault import Fault
    from ..core.model import Estate
    from ..core.plan import Plan
    from .session import Aws


def read_locations(aws: Aws) -> tuple[Location, ...]:
    """Return the locations that the Region's ports can be ordered at.

    Raises:
        AwsError: The call failed.
    """
    try:
        answer = aws.reader().describe_locations()
    except AWS_ERRORS as error:
        raise AwsError(sentence("ask for the locations", error)) from error
    return tuple(found_location(each) for each in answer.get("locations", []))


def found_location(answer: dict[str, Any]) -> Location:
    """Return a location as AWS describes it; there speeds are "10G", in orders "10Gbps"."""
    return Location(
        code=answer.get("locationCode", ""),
        name=answer.get("locationName", ""),
        region=answer.get("region", ""),
        port_speeds=_speeds(answer.get("availablePortSpeeds")),
        macsec_port_speeds=_speeds(answer.get("availableMacSecPortSpeeds")),
        providers=tuple(sorted(answer.get("availableProviders") or (), key=str.casefold)),
        billing_modes=tuple(map(_billing_mode, answer.get("availableBillingModes") or ())),
    )


def _billing_mode(answer: dict[str, Any]) -> BillingMode:
    return BillingMode(
        mode=answer.get("billingMode", ""),
        port_speeds=_speeds(answer.get("availablePortSpeeds")),
        included_regions=tuple(answer.get("includedRegions") or ()),
    )


def _speeds(answer: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(sorted(map(speed, answer or ()), key=megabits))


def misplaced_orders(aws: Aws, estate: Estate, plan: Plan) -> tuple[Fault, ...]:
    """Return what a plan orders where AWS does not have it; asks AWS only if it orders anything.

    Raises:
        AwsError: The call failed.
    """
    ordered = orders(estate, plan)
    return misplaced(ordered, read_locations(aws), aws.region) if ordered else ()
