# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The committed reference says what the plugins say of themselves."""

from pathlib import Path

import pytest
import yaml

from tools.reference.collect import collect, options_of_every_aws_module
from tools.reference.index import pages

ROOT = Path(__file__).parents[3]
PLACE = ROOT / "docs" / "reference"


@pytest.fixture(scope="module")
def entries():
    return collect(ROOT)


def test_the_reference_is_what_the_plugins_say_of_themselves(entries):
    written = pages(entries)
    found = {str(path.relative_to(PLACE)): path.read_text() for path in PLACE.rglob("*.md")}
    stale = sorted(
        name for name in written.keys() | found.keys() if written.get(name) != found.get(name)
    )
    assert not stale, f"Stale in docs/reference: {', '.join(stale)}. `make reference` writes them."


def test_every_module_role_and_plugin_has_a_page():
    parts = {
        "plugins/modules": "module",
        "plugins/filter": "filter",
        "plugins/lookup": "lookup",
        "roles": "role",
    }
    for folder, kind in parts.items():
        names = {path.stem for path in (ROOT / folder).iterdir() if path.stem[0] not in "._"}
        assert {path.stem for path in (PLACE / kind).glob("*.md")} == names


def test_the_action_group_holds_every_module_that_takes_aws_options(entries):
    shared = options_of_every_aws_module()
    takers = {
        entry.name
        for entry in entries
        if entry.kind == "module" and shared <= entry.about["doc"].get("options", {}).keys()
    }
    groups = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())["action_groups"]
    assert set(groups["aws"]) == takers
