# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every variable of a role is documented as it is: defaults and argument specs agree."""

import re
from pathlib import Path

import pytest
import yaml

ROLES = sorted(path for path in (Path(__file__).parents[3] / "roles").iterdir() if path.is_dir())


def read(role, path):
    return yaml.safe_load((role / path).read_text()) or {}


def specs(role):
    """Return the options of every entry of a role, by the entry's name."""
    document = read(role, "meta/argument_specs.yml")["argument_specs"]
    return {name: entry.get("options", {}) for name, entry in document.items()}


def used(role):
    """Return the public variables of a role that its tasks, variables and defaults speak of."""
    texts = [path.read_text() for path in role.glob("**/*.yml") if "meta" not in path.parts]
    return set(re.findall(rf"(?<![\w.]){role.name}_\w+", "\n".join(texts)))


def made(role):
    """Return what the role sets by itself: registered results, facts and variables of tasks."""
    texts = "\n".join(path.read_text() for path in (role / "tasks").glob("*.yml"))
    keys = re.findall(r"^ +(\w+):", texts, re.MULTILINE)
    return {*re.findall(r"register: (\w+)", texts), *keys}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_variable_with_a_default_is_documented_and_the_other_way_round(role):
    documented = {name for options in specs(role).values() for name in options}

    assert documented == set(read(role, "defaults/main.yml"))


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_the_documented_default_is_the_default(role):
    defaults = read(role, "defaults/main.yml")
    for entry, options in specs(role).items():
        for name, option in options.items():
            computed = isinstance(defaults[name], str) and "{{" in defaults[name]
            if not computed:
                assert option.get("default") == defaults[name], f"{entry}: {name}"
            assert option["description"], f"{entry}: {name}"


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_an_option_of_several_entries_is_the_same_in_each(role):
    seen = {}
    for options in specs(role).values():
        for name, option in options.items():
            assert seen.setdefault(name, option) == option, name


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_role_reads_no_variable_of_its_own_name_that_is_neither_documented_nor_made(role):
    tags_and_files = {path.stem for path in role.glob("tasks/*.yml")}
    strangers = used(role) - made(role) - set(read(role, "defaults/main.yml"))

    assert {
        name for name in strangers if name.removeprefix(f"{role.name}_") not in tags_and_files
    } == set()


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_the_readme_names_the_role_and_where_its_options_are(role):
    text = (role / "README.md").read_text()

    assert f"ansible-doc -t role crossconnect.dx.{role.name}" in text
    assert f"crossconnect.dx.{role.name}\n" in text
