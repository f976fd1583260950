# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags in Direct Connect's form: lower-case key and value, set by ARN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..core.plan import Action
    from .made import Ids
    from .session import Aws

# The resource part of the ARN by kind; a gateway is global, so its ARN names no Region.
RESOURCES = {
    "connection": "dxcon",
    "lag": "dxlag",
    "virtual_interface": "dxvif",
    "gateway": "dx-gateway",
    "resiliency_group": "dx-resiliency-group",
}
# What belongs to an account and to no Region, by its ARN.
GLOBAL_KINDS = ("gateway", "resiliency_group")


def as_list(tags: Mapping[str, str]) -> list[dict[str, str]]:
    """Return tags as a create call takes them."""
    return [{"key": key, "value": value} for key, value in sorted(tags.items())]


def tags_given(tags: Mapping[str, str]) -> dict[str, Any]:
    """Return tags as a create call's parameter; AWS refuses an empty list."""
    return {"tags": as_list(tags)} if tags else {}


def as_dict(tags: Iterable[Mapping[str, Any]] | None) -> dict[str, str]:
    """Return tags as an answer bears them; a tag without a value has an empty one."""
    return {str(tag["key"]): str(tag.get("value", "")) for tag in tags or ()}


def tags_of_ec2(answer: Mapping[str, Any]) -> dict[str, str]:
    """Return the tags of an answer of EC2, which spells their parts with capitals."""
    return {tag["Key"]: tag.get("Value", "") for tag in answer.get("Tags", [])}


def ec2_tags(tags: Mapping[str, str]) -> list[dict[str, str]]:
    """Return tags as EC2's calls take them."""
    return [{"Key": key, "Value": value} for key, value in sorted(tags.items())]


def set_ec2_tags(aws: Aws, action: Action, _ids: Ids) -> None:
    """Add or change an action's tags on a thing of EC2's, its name among them; others stay."""
    aws.writer("ec2").create_tags(Resources=[action.id], Tags=ec2_tags(action.tags))


def set_tags(aws: Aws, action: Action, _ids: Ids) -> None:
    """Add or change the action's tags; all others stay."""
    region = "" if action.kind in GLOBAL_KINDS else aws.region
    owner = f"arn:{aws.partition}:directconnect:{region}:{aws.account_id()}"
    aws.writer().tag_resource(
        resourceArn=f"{owner}:{RESOURCES[action.kind]}/{action.id}", tags=as_list(action.tags)
    )
