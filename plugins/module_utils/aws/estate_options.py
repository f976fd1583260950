# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The estate as a module's option: typed, so that a key is a secret from the first moment on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.estate import read_estate
from ..core.estate_document import ESTATE
from ..core.estate_shape import Leaf, ListOf, Record
from ..core.limits_reader import read_limits
from ..core.plan import ALL_SCOPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.estate_shape import Attribute, Reader
    from ..core.model import Estate

Spec = dict[str, Any]


def options_of(record: Record) -> Spec:
    """Return a record's attributes as an argument spec."""
    aliases = _aliases(record)
    return {
        name: {**_option(attribute), **aliases.get(name, {})}
        for name, attribute in record.attributes.items()
    }


def _option(attribute: Attribute) -> Spec:
    option = _typed(attribute.reader)
    if attribute.needed:
        option["required"] = True
    # Told of every option: Ansible takes some for secrets by their names, as the ARN of a secret.
    option["no_log"] = attribute.secret
    return option


def _typed(reader: Reader) -> Spec:
    if isinstance(reader, ListOf):
        item = _typed(reader.item)
        return {"elements": item.pop("type"), **item, "type": "list"}
    if isinstance(reader, Record):
        return {"type": "dict", "options": options_of(reader)}
    if isinstance(reader, Leaf):
        choices = {"choices": list(reader.choices)} if reader.choices else {}
        return {"type": reader.kind, **choices}
    return {"type": "dict"}


def _aliases(record: Record) -> dict[str, Spec]:
    """Return the other spellings that a document may hold: JSON's keys are texts."""
    return {
        name: {"aliases": [spelling]}
        for spelling, name in record.other_spellings.items()
        if isinstance(spelling, str)
    }


ESTATE_SPEC: Spec = options_of(ESTATE)
SCOPES = list(ALL_SCOPES)
ESTATE_MODULE_SPEC: Spec = {
    "estate": {"type": "dict", "required": True, "options": ESTATE_SPEC},
    "account": {"type": "str", "required": True},
    "scope": {"type": "list", "elements": "str", "choices": SCOPES, "default": SCOPES},
    "limits": {"type": "dict", "default": {}},
}


def estate_of(options: Mapping[str, Any]) -> Estate:
    """Return the estate of a module's options.

    Raises:
        EstateError: The document breaks a rule; all faults at once.
    """
    return read_estate(options["estate"], limits=read_limits(options["limits"]))
