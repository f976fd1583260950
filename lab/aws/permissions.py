# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a caller may do: by access key, from the state directory's policies.json.

The file maps access key ids to lists of IAM actions ("directconnect:CreateLag"). A key that is not
in it may do everything, so that a lab needs no set-up.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from . import answers
from .accounts import access_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.wrappers import Response

# AWS asks for no permission here, and knows no way to deny it.
FREE = ("sts:GetCallerIdentity",)
# What it takes to make something that has tags from the first (Service Authorization Reference).
_TAGGING = {
    "cloudwatch": "cloudwatch:TagResource",
    "directconnect": "directconnect:TagResource",
    "ec2": "ec2:CreateTags",
    "networkmanager": "networkmanager:TagResource",
}
# What Network Manager asks for beside what is called.
_BESIDE = {
    "networkmanager:CreateDirectConnectGatewayAttachment": "ec2:DescribeRegions",
    "networkmanager:UpdateDirectConnectGatewayAttachment": "ec2:DescribeRegions",
    "networkmanager:DeleteAttachment": "ec2:DescribeRegions",
}
_CODES = {
    "directconnect": ("AccessDeniedException", 400),
    "ec2": ("UnauthorizedOperation", 403),
    "networkmanager": ("AccessDeniedException", 403),
}


def refusal(
    state_directory: Path, environ: dict[str, Any], *, account: str, service: str, operation: str
) -> Response | None:
    """Return the service's answer to a caller who may not do this, None to one who may."""
    key = access_key(environ.get("HTTP_AUTHORIZATION", ""))
    allowed = _policies(state_directory / "policies.json").get(key)
    if allowed is None:
        return None
    for action in _actions(environ, service, operation):
        if action not in allowed and action not in FREE:
            code, status = _CODES.get(service, ("AccessDenied", 403))
            return answers.error(service, code, _message(account, key, action), status)
    return None


def _policies(path: Path) -> dict[str, list[str]]:
    """Return who may do what; a file that cannot be read lets nobody do anything.

    Raises:
        ValueError: It is no JSON.
    """
    try:
        policies: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return policies


def _actions(environ: dict[str, Any], service: str, operation: str) -> Iterator[str]:
    """Yield the actions that a call takes."""
    called = f"{service}:{operation}"
    yield called
    if called in _BESIDE:
        yield _BESIDE[called]
    if service in _TAGGING and _bears_tags(environ, service):
        yield _TAGGING[service]


def _bears_tags(environ: dict[str, Any], service: str) -> bool:
    """Tell whether the parameters have tags; what is read of them stays readable."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    if service == "ec2":
        return any(name.startswith("TagSpecification.") for name, _ in parse_qsl(body.decode()))
    try:
        return _has_tags(json.loads(body or b"{}"))
    except ValueError:
        return False


def _has_tags(value: Any) -> bool:
    """Tell whether there are tags anywhere in a value: those of allocations lie deeper."""
    if not isinstance(value, dict):
        return False
    here = any(value.get(name) for name in ("tags", "childConnectionTags", "Tags"))
    return here or any(_has_tags(each) for each in value.values())


def _message(account: str, key: str, action: str) -> str:
    return (
        f"User: arn:aws:iam::{account}:user/{key} is not authorized to perform: {action} "
        f"because no identity-based policy allows the {action} action"
    )
