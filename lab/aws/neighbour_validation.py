# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parameters of the neighbours' calls against botocore's descriptions, which moto does not check.

EC2 refuses what it does not know and what is missing. Network Manager overlooks what it does not
know, as REST services do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ALWAYS = {"Action", "Version"}
# A filter's name in the words about `Filters`: <code>tag</code>:&lt;key&gt; has another end.
_FILTER = re.compile(r"<li>\s*<p>\s*<code>([a-z0-9.-]+)</code>")


@cache
def _model(service: str) -> Any:
    return botocore.session.get_session().get_service_model(service)


def missing(service: str, operation: str, parameters: Mapping[str, Any]) -> str | None:
    """Return the first member that the description requires and the call does not have.

    A member of a member is told with its place: "Dimensions.1.Name".
    """
    shape = _model(service).operation_model(operation).input_shape
    return next(_missing(shape, parameters, ""), None)


def _missing(shape: Any, value: Any, place: str) -> Iterator[str]:
    if shape.type_name == "structure" and isinstance(value, Mapping):
        yield from (f"{place}{name}" for name in shape.required_members if name not in value)
        for name in value.keys() & shape.members.keys():
            yield from _missing(shape.members[name], value[name], f"{place}{name}.")
    elif shape.type_name == "list" and isinstance(value, list):
        for number, each in enumerate(value, start=1):
            yield from _missing(shape.member, each, f"{place}{number}.")


def wrong(service: str, operation: str, parameters: Mapping[str, Any]) -> str | None:
    """Return the first value that is outside of what the description says of it, as a sentence.

    Lengths, bounds, patterns and choices are looked at.
    """
    shape = _model(service).operation_model(operation).input_shape
    return next(_wrong(shape, parameters, ""), None)


def _wrong(shape: Any, value: Any, place: str) -> Iterator[str]:
    if shape.type_name == "structure" and isinstance(value, Mapping):
        for name, member in shape.members.items():
            if name in value:
                yield from _wrong(member, value[name], f"{place}.{name}".lstrip("."))
        return
    if isinstance(value, (list, str)) and not _within(len(value), shape.metadata):
        yield f"The length of {place} is out of range."
    elif isinstance(value, (int, float)) and not _within(value, shape.metadata):
        yield f"The value of {place} is out of range."
    elif isinstance(value, str) and not _fits(value, shape):
        yield f"The value of {place} is not valid: {value}"
    elif isinstance(value, list) and shape.type_name == "list":
        for number, each in enumerate(value, start=1):
            yield from _wrong(shape.member, each, f"{place}.{number}")


def _within(number: float, bounds: Mapping[str, Any]) -> bool:
    return bool(bounds.get("min", number) <= number <= bounds.get("max", number))


def _fits(value: str, shape: Any) -> bool:
    choices = getattr(shape, "enum", None)
    if choices:
        return value in choices
    return re.fullmatch(shape.metadata.get("pattern", "(?s).*"), value) is not None


def unknown_to_ec2(operation: str, keys: Iterable[str]) -> str | None:
    """Return the first key of a form ("Filter.1.Name") that the operation does not have."""
    shape = _model("ec2").operation_model(operation).input_shape
    known = {_form_name(name, member) for name, member in shape.members.items()} | _ALWAYS
    return next((key for key in keys if key.partition(".")[0] not in known), None)


def unknown_filter(operation: str, names: Iterable[str]) -> str | None:
    """Return the first name of a filter that EC2's description of the operation does not have."""
    members = _model("ec2").operation_model(operation).input_shape.members
    known = {*_FILTER.findall(members["Filters"].documentation), "tag-key"}
    return next((each for each in names if each not in known and each[:4] != "tag:"), None)


@cache
def page_bounds(operation: str) -> tuple[int, int] | None:
    """Return the sizes of EC2's smallest and largest page; None: the operation has no pages."""
    members = _model("ec2").operation_model(operation).input_shape.members
    if "MaxResults" not in members:
        return None
    bounds = members["MaxResults"].metadata
    return bounds["min"], bounds["max"]


def _form_name(name: str, member: Any) -> str:
    """Return a member's name as EC2's forms have it."""
    if "queryName" in member.serialization:
        return str(member.serialization["queryName"])
    written = str(member.serialization.get("name", name))
    return written[0].upper() + written[1:]
