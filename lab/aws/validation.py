# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parameters against botocore's description of the service: required, known, typed, constrained.

boto3 checks most of this before it sends. Others do not, and no client checks enums, maxima and
patterns.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.model import StructureShape
from botocore.validate import ParamValidator

from .errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator

# The classes of characters that Java's patterns know and Python's do not.
_UNICODE_CLASS = re.compile(r"\\p\{(\w)\}")
# What an operation takes that takes nothing.
_NOTHING = StructureShape("Nothing", {"type": "structure", "members": {}})


@functools.cache
def service_model() -> Any:
    """Return botocore's description of Direct Connect."""
    return botocore.session.get_session().get_service_model("directconnect")


def is_known(operation: str) -> bool:
    """Tell whether the service has an operation of this name."""
    return operation in service_model().operation_names


def check(operation: str, parameters: dict[str, Any]) -> None:
    """Raise what the service answers to parameters that break its description."""
    shape = service_model().operation_model(operation).input_shape or _NOTHING
    report = ParamValidator().validate(parameters, shape)
    faults = (
        [report.generate_report()] if report.has_errors() else list(_breaches(shape, parameters))
    )
    if faults:
        raise ClientError("; ".join(" ".join(fault.split()) for fault in faults))


def _breaches(shape: Any, value: Any, path: str = "") -> Iterator[str]:
    """Go through all that botocore does not check itself."""
    if shape.type_name == "structure":
        for name, member in value.items():
            yield from _breaches(shape.members[name], member, f"{path}.{name}" if path else name)
        return
    if shape.type_name == "list":
        for number, member in enumerate(value):
            yield from _breaches(shape.member, member, f"{path}.{number + 1}.member")
    for constraint in _constraints(shape, value):
        yield (
            f"1 validation error detected: Value '{_plain(value)}' at '{path}' failed to satisfy "
            f"constraint: Member must {constraint}"
        )


def _plain(value: Any) -> Any:
    return "[...]" if isinstance(value, list) else value


def _constraints(shape: Any, value: Any) -> Iterator[str]:
    """Yield what the value should keep to and does not."""
    if getattr(shape, "enum", None) and value not in shape.enum:
        yield f"satisfy enum value set: [{', '.join(shape.enum)}]"
    most = shape.metadata.get("max")
    if most is not None and isinstance(value, (str, list)) and len(value) > most:
        yield f"have length less than or equal to {most}"
    pattern = shape.metadata.get("pattern")
    if pattern is not None and not _matches(pattern, value):
        yield f"satisfy regular expression pattern: {pattern}"


def _matches(pattern: str, text: str) -> bool:
    """Tell whether the whole text is as a pattern of Java's says.

    Python has no classes of Unicode: those characters stand for themselves by one of theirs.
    """
    classes = _UNICODE_CLASS.findall(pattern)
    ours = "".join("a" if unicodedata.category(each)[0] in classes else each for each in text)
    return re.fullmatch(_UNICODE_CLASS.sub("a", pattern), ours) is not None
