# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The estate's document as a JSON Schema, for editors: completion, and checks while typing.

It says what the shape is. What depends on more than one value, or on AWS's limits, is judged by the
rules; so a document that an editor is content with may still have faults.
"""

from __future__ import annotations

import re
from typing import Any

from .estate_document import ESTATE
from .estate_shape import Attribute, Leaf, ListOf, Reader, Record

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {"str": "string", "int": "integer", "bool": "boolean"}
# What Ansible fills in may stand wherever a number, a word of a few or a flag is asked for.
_TEMPLATE: Schema = {"type": "string", "pattern": r"\{\{.+\}\}"}
# Ansible's markup in descriptions: C(code), V(value), O(option).
_MARKUP = re.compile(r"\b[A-Z]\(([^)]*)\)")


def variable_schema() -> Schema:
    """Return the schema of a file of variables: `dx_estate`, and whatever else is there."""
    return {
        "$schema": DIALECT,
        "title": "Variables with a Crossconnect estate",
        "type": "object",
        "properties": {"dx_estate": _or_template(_record(ESTATE))},
    }


def file_schema() -> Schema:
    """Return the schema of one file of an estate's directory: any part of the estate."""
    whole = _record(ESTATE)
    whole.pop("required")
    return {"$schema": DIALECT, "title": "Part of a Crossconnect estate", **whole}


def _record(record: Record) -> Schema:
    needed = [name for name, attribute in record.attributes.items() if attribute.needed]
    return {
        "type": "object",
        "properties": {name: _described(each) for name, each in record.attributes.items()},
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
    }


def _described(attribute: Attribute) -> Schema:
    return {"description": _MARKUP.sub(r"\1", attribute.about), **_schema(attribute.reader)}


def _schema(reader: Reader) -> Schema:
    if isinstance(reader, Record):
        return _record(reader)
    if isinstance(reader, ListOf):
        return {"type": "array", "items": _schema(reader.item)}
    if isinstance(reader, Leaf):
        return _leaf(reader)
    return {"type": "object", "additionalProperties": {"type": "string"}}


def _leaf(leaf: Leaf) -> Schema:
    if leaf.choices:
        return {"anyOf": [{"enum": list(leaf.choices)}, _TEMPLATE]}
    if leaf.kind == "str":
        return {"type": "string"}
    return _or_template({"type": _TYPES[leaf.kind]})


def _or_template(schema: Schema) -> Schema:
    """Let a template stand in; one list of types gives better messages than two alternatives."""
    return {**schema, "type": [schema["type"], "string"], "pattern": _TEMPLATE["pattern"]}
