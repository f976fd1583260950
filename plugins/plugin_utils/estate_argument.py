# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the filters share: the estate as templates hand it over, and records to hand back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ansible.errors import AnsibleFilterError

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import (
    EstateError,
    read_estate,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits_reader import read_limits

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits import Limits
    from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import Estate


def estate_and_limits(
    document: object, limits: Mapping[str, Any] | None = None
) -> tuple[Estate, Limits]:
    """Read the estate's document and the overridden limits.

    Raises:
        AnsibleFilterError: With every fault, one a line.
    """
    try:
        in_force = read_limits(limits)
        return read_estate(document, limits=in_force), in_force
    except EstateError as error:
        raise AnsibleFilterError(f"The estate is faulty:\n{error}") from error


def records(values: Iterable[DataclassInstance]) -> list[dict[str, Any]]:
    """Return dataclasses as plain mappings and lists, as templates like them."""
    return [_plain(asdict(value)) for value in values]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
