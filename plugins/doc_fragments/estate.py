# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the estate as an option, written from the estate's document itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.estate_options import (
    ESTATE_MODULE_SPEC,
    options_of,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_document import ESTATE
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_shape import (
    ListOf,
    Record,
)

if TYPE_CHECKING:
    from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_shape import Reader

_ABOUT = {
    "estate": [
        "The whole estate, as in the variable C(dx_estate).",
        "An attribute that is not set means that its value does not matter; it is never reset.",
    ],
    "account": ["The account of the estate whose part is looked at."],
    "scope": ["The kinds to look at; the others are taken as found."],
    "limits": ["Limits that AWS has raised for this account, as in the variable C(dx_limits)."],
}


def documented(record: Record) -> dict[str, Any]:
    """Return a record's attributes as Ansible documents options."""
    return {
        name: {
            "description": [record.attributes[name].about],
            **{key: value for key, value in option.items() if key not in ("options", "no_log")},
            **_below(record.attributes[name].reader),
        }
        for name, option in options_of(record).items()
    }


def _below(reader: Reader) -> dict[str, Any]:
    inner = reader.item if isinstance(reader, ListOf) else reader
    return {"suboptions": documented(inner)} if isinstance(inner, Record) else {}


def _option(name: str) -> dict[str, Any]:
    spec = {key: value for key, value in ESTATE_MODULE_SPEC[name].items() if key != "options"}
    below = {"suboptions": documented(ESTATE)} if name == "estate" else {}
    return {"description": _ABOUT[name], **spec, **below}


class ModuleDocFragment:
    """The estate, the account and the scope."""

    # JSON is YAML, and Ansible asks for text.
    DOCUMENTATION = json.dumps({"options": {name: _option(name) for name in ESTATE_MODULE_SPEC}})
