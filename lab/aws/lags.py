# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LAGs are stock moto's for now: listed by pages, in the types that the service answers."""

from __future__ import annotations

from typing import Any

from moto.directconnect.models import directconnect_backends

from .errors import ClientError
from .request import Answer, Request, operation


@operation("DescribeLags")
def describe_lags(request: Request) -> Answer:
    """Return the LAGs that moto's CreateLag made."""
    lags = directconnect_backends[request.account][request.region].lags
    wanted = request.parameters.get("lagId")
    if wanted is not None and wanted not in lags:
        raise ClientError(f"Could not find Lag with ID {wanted}")
    found = [lag.to_dict() for identifier, lag in lags.items() if wanted in (None, identifier)]
    return request.page("lags", found, _in_the_service_types)


def _in_the_service_types(lag: dict[str, Any]) -> Answer:
    return {
        **{key: value for key, value in lag.items() if value is not None and key != "connections"},
        "hasLogicalRedundancy": "no",
        "connections": [],
    }
