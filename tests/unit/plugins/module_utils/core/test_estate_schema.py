# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The estate's schema: what an editor checks while somebody types."""

import json
import re
from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_schema import (
    file_schema,
    variable_schema,
)
from tests.fixtures.two_sites import document

ROOT = Path(__file__).parents[5]
ESTATES = sorted(ROOT.glob("inventories/*/group_vars/all/estate.yml"))


def errors(schema, document):
    return [error.message for error in Draft202012Validator(schema).iter_errors(document)]


@pytest.mark.parametrize(
    ("name", "schema"),
    [("estate.schema.json", variable_schema), ("estate-file.schema.json", file_schema)],
    ids=["variable", "file"],
)
def test_the_schemas_that_editors_load_are_those_of_the_document(name, schema):
    shipped = json.loads((ROOT / "docs" / name).read_text())
    Draft202012Validator.check_schema(shipped)
    assert shipped == schema(), "run: python -m tools.schemas"


@pytest.mark.parametrize("path", ESTATES, ids=lambda path: path.parents[2].name)
def test_the_estates_that_we_ship_obey_and_name_their_schema(path):
    # Editors read YAML 1.2, in which a bare `on` is a word.
    text = re.sub(r"\bon:", "'on':", path.read_text())
    assert errors(variable_schema(), yaml.safe_load(text)) == []
    (line,) = (line for line in text.splitlines() if "yaml-language-server" in line)
    assert (path.parent / line.rpartition("=")[2]).resolve() == ROOT / "docs/estate.schema.json"


def test_a_part_of_an_estate_needs_no_name_and_templates_may_stand_for_numbers():
    part = {"virtual_interfaces": document()["virtual_interfaces"][:1]}
    part["virtual_interfaces"][0] |= {"vlan": "{{ vlans.fra }}", "site_link": "{{ true }}"}
    assert errors(file_schema(), part) == []


WRONG = {
    "unknown attribute": ("connections", {"speed": "10Gbps"}),
    "missing attribute": ("connections", {"location": None}),
    "number as text": ("virtual_interfaces", {"vlan": "101"}),
    "no such word": ("virtual_interfaces", {"type": "leased"}),
    "text as list": ("virtual_interfaces", {"routing": {"accept": "10.0.0.0/8"}}),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_has_another_shape_is_marked_while_typing(case):
    section, change = WRONG[case]
    wrong = deepcopy(document())
    thing = {**wrong[section][0], **change}
    wrong[section][0] = {name: value for name, value in thing.items() if value is not None}
    assert errors(variable_schema(), {"dx_estate": document()}) == []
    assert errors(variable_schema(), {"dx_estate": wrong})
    assert errors(file_schema(), wrong)


def test_every_attribute_is_explained_without_markup():
    def descriptions(schema):
        for name, inner in schema.get("properties", {}).items():
            yield name, inner.get("description", "")
            yield from descriptions(inner.get("items", inner))

    said = dict(descriptions(file_schema()))
    assert all(text.endswith(".") and "C(" not in text for text in said.values())
    assert said["bandwidth"]
