# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever an estate may declare does something: it is read behind the rules that judge it.

Code is searched for the attribute's name, read of an object or named in a table of attributes. So
an attribute is missed here if another kind has one of the same name that is read.
"""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_document import ESTATE
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_shape import (
    ListOf,
    Record,
)

PLUGINS = Path(__file__).parents[5] / "plugins"
# What declares and judges an estate, or writes one, is no use of it.
DECLARES = ("model.py", "snapshot.py", "estate", "export")


def records(reader):
    """Yield each record of the document, the nested ones too."""
    inner = reader.item if isinstance(reader, ListOf) else reader
    if isinstance(inner, Record):
        yield inner
        for attribute in inner.attributes.values():
            yield from records(attribute.reader)


ATTRIBUTES = sorted(
    {(record.build.__name__, name) for record in records(ESTATE) for name in record.attributes}
)


def words(tree):
    """Yield what a file reads of objects, and the texts by which it may do so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def used():
    """Return the words of all code behind the rules."""
    core = PLUGINS / "module_utils" / "core"
    files = [
        *(path for path in core.glob("*.py") if not path.name.startswith(DECLARES)),
        *(
            path
            for part in ("core/planner", "aws", "device")
            for path in (PLUGINS / "module_utils" / part).glob("*.py")
        ),
    ]
    return {word for path in files for word in words(ast.parse(path.read_text()))}


USED = used()


@pytest.mark.parametrize(
    ("kind", "attribute"), ATTRIBUTES, ids=[".".join(each) for each in ATTRIBUTES]
)
def test_a_declared_attribute_is_read_behind_the_rules(kind, attribute):
    assert attribute in USED, f"nobody reads {attribute} of {kind}"


@pytest.mark.parametrize("record", list(records(ESTATE)), ids=lambda each: each.build.__name__)
def test_the_document_and_the_model_have_the_same_attributes(record):
    assert set(record.attributes) == {field.name for field in fields(record.build)}


def test_an_attribute_that_nobody_reads_would_be_found():
    assert "transit_gateway_asn" in USED
    assert "an_attribute_of_no_kind" not in USED
