# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parameters against botocore's description of the service: required, known, typed, of the enum.

boto3 checks most of this before it sends. Others do not, and no client checks enums.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.model import StructureShape
from botocore.validate import ParamValidator

from .errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        [report.generate_report()] if report.has_errors() else list(_enums(shape, parameters, ""))
    )
    if faults:
        raise ClientError("; ".join(" ".join(fault.split()) for fault in faults))


def _enums(shape: Any, value: Any, path: str) -> Iterator[str]:
    if shape.type_name == "structure":
        for name, member in value.items():
            yield from _enums(shape.members[name], member, f"{path}.{name}" if path else name)
    elif shape.type_name == "list":
        for number, member in enumerate(value):
            yield from _enums(shape.member, member, f"{path}.{number + 1}.member")
    elif getattr(shape, "enum", None) and value not in shape.enum:
        yield (
            f"1 validation error detected: Value '{value}' at '{path}' failed to satisfy "
            f"constraint: Member must satisfy enum value set: [{', '.join(shape.enum)}]"
        )
