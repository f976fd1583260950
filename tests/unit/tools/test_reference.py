# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How documentation becomes a page."""

import pytest
from antsibull_docs_parser.dom import PluginIdentifier

from tools.reference.collect import Entry, options_of_every_aws_module
from tools.reference.markup import markdown
from tools.reference.pages import page
from tools.reference.tables import options, returns

LOA = PluginIdentifier("crossconnect.dx.loa", "module")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("C(dx_estate) is V(true)", "`dx_estate` is `true`", id="code"),
        pytest.param("O(mode) or E(HOME)", "`mode` or `HOME`", id="own option"),
        pytest.param("see O(mode=a)", "see `mode=a`", id="option with a value"),
        pytest.param("C(a`b)", "`` a`b ``", id="code with a backtick"),
        pytest.param("DX-VIF<vlan> *", r"DX-VIF\<vlan> \*", id="what looks like markup"),
        pytest.param("a_b_c", "a_b_c", id="underscores"),
        pytest.param(
            "M(crossconnect.dx.estate)",
            "[`crossconnect.dx.estate`](../module/estate.md)",
            id="our module",
        ),
        pytest.param(
            "RV(crossconnect.dx.estate#module:observed)",
            "[`observed`](../module/estate.md)",
            id="a value that our module returns",
        ),
        pytest.param("M(ansible.builtin.debug)", "`ansible.builtin.debug`", id="their module"),
        pytest.param("L(AWS, https://aws.test/)", "[AWS](https://aws.test/)", id="a link"),
    ],
)
def test_markup_becomes_markdown(text, shown):
    assert markdown(text, about=LOA) == shown


@pytest.mark.parametrize("text", ["O(unclosed", "B(bold)"])
def test_markup_without_a_form_is_refused(text):
    with pytest.raises(ValueError, match=r"crossconnect|O\("):
        markdown(text, about=LOA)


def test_options_are_a_table_with_the_required_first_and_records_below():
    found = {
        "a": {"description": "First.", "type": "int", "default": 0, "aliases": ["b"]},
        "peers": {
            "description": ["One.", "Two | three."],
            "type": "list",
            "elements": "dict",
            "required": True,
            "suboptions": {"family": {"description": "F.", "choices": ["ipv4", "ipv6"]}},
        },
    }
    assert options(found, LOA).splitlines() == [
        "| Option | Type | Default | Meaning |",
        "| --- | --- | --- | --- |",
        "| `peers` | list of dict | **required** | One.<br>Two \\| three. |",
        "| `a`<br>also `b` | int | `0` | First. |",
        "",
        "### `peers[]`",
        "",
        "| Option | Type | Default | Meaning |",
        "| --- | --- | --- | --- |",
        "| `family` | str<br>one of `ipv4`, `ipv6` |  | F. |",
    ]


def test_a_default_of_all_choices_is_not_told_twice():
    scope = {"description": "S.", "choices": ["a", "b"], "default": ["a", "b"], "type": "list"}
    assert "| list<br>one of `a`, `b` | all of them |" in options({"scope": scope}, LOA)


def test_an_option_tells_where_else_its_value_comes_from():
    option = {
        "description": "The port.",
        "type": "int",
        "vars": [{"name": "ansible_port"}],
        "env": [{"name": "PORT"}],
        "ini": [{"section": "defaults", "key": "port"}],
    }
    told = options({"port": option}, LOA).splitlines()[2]
    assert "The port.<br>Variables: `ansible_port`.<br>Environment: `PORT`.<br>" in told
    assert "In `ansible.cfg`: `[defaults] port`." in told


def test_what_a_returned_record_contains_has_a_table_of_its_own():
    inner = {"id": {"description": "The id.", "type": "str", "returned": "always"}}
    found = {
        "loa": {"description": "It.", "type": "dict", "returned": "success", "contains": inner}
    }
    assert "### `loa`\n\n| Key | Type | Returned | Meaning |" in returns(found, LOA)


def test_a_module_s_page_points_to_the_options_that_all_aws_modules_share():
    shared = {name: {"description": "S."} for name in options_of_every_aws_module()}
    doc = {
        "short_description": "Save it",
        "version_added": "1.0.0",
        "description": ["Saves it."],
        "options": {"path": {"description": "Where to.", "required": True}, **shared},
    }
    entry = Entry(kind="module", name="loa", source="plugins/modules/loa.py", about={"doc": doc})
    text = page(entry)
    assert "| `path` | str | **required** | Where to. |" in text
    assert "[options of every AWS module](../aws-options.md)" in text
    assert "| `secret_key`" not in text
