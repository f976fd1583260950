# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags of connections, LAGs, virtual interfaces, gateways and resiliency groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import ClientError, DuplicateTagKeysError, TooManyTagsError
from .request import Answer, Request, operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAXIMUM = 50
# What belongs to no Region, as its ARN says.
_GLOBAL = ("dx-gateway", "dx-resiliency-group")


def read(pairs: Iterable[Mapping[str, str]] | None) -> dict[str, str]:
    """Return the request's list of tags as a dictionary; raises on a key that stands twice."""
    tags: dict[str, str] = {}
    for pair in pairs or ():
        if pair["key"] in tags:
            raise DuplicateTagKeysError("Duplicate tag keys are not allowed.")
        tags[pair["key"]] = pair.get("value", "")
    return _bounded(tags)


def write(tags: Mapping[str, str]) -> list[dict[str, str]]:
    """Return tags as the service lists them."""
    return [{"key": key, "value": value} for key, value in tags.items()]


def _bounded(tags: dict[str, str]) -> dict[str, str]:
    if len(tags) > MAXIMUM:
        raise TooManyTagsError(f"A resource can have at most {MAXIMUM} tags.")
    return tags


def _tagged(request: Request, arn: str) -> dict[str, str]:
    """Return the tags of the resource with this ARN, to be changed in place."""
    prefix, _, resource = arn.rpartition(":")
    kind, _, identifier = resource.partition("/")
    region = "" if kind in _GLOBAL else request.region
    if prefix != f"arn:aws:directconnect:{region}:{request.account}":
        raise ClientError(f"Resource {arn} does not exist.")
    holders: dict[str, Any] = {
        "dxcon": request.ledger.connections,
        "dxlag": request.ledger.lags,
        "dxvif": request.ledger.virtual_interfaces,
        "dx-gateway": request.global_ledger.gateways,
        "dx-resiliency-group": request.ledger.resiliency_groups,
    }
    found = holders.get(kind, {}).get(identifier)
    if found is None or found.deleted_at is not None:
        raise ClientError(f"Resource {arn} does not exist.")
    tags: dict[str, str] = found.tags
    return tags


@operation("TagResource")
def tag_resource(request: Request) -> Answer:
    """Add tags, or give present ones another value."""
    tags = _tagged(request, request.parameters["resourceArn"])
    added = read(request.parameters["tags"])
    _bounded({**tags, **added})
    tags.update(added)
    return {}


@operation("UntagResource")
def untag_resource(request: Request) -> Answer:
    """Remove tags by key; a key that is not there is no error."""
    tags = _tagged(request, request.parameters["resourceArn"])
    for key in request.parameters["tagKeys"]:
        tags.pop(key, None)
    return {}


@operation("DescribeTags")
def describe_tags(request: Request) -> Answer:
    """Return the tags of the resources asked for."""
    return {
        "resourceTags": [
            {"resourceArn": arn, "tags": write(_tagged(request, arn))}
            for arn in request.parameters["resourceArns"]
        ]
    }
