# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plays that change routers take them in batches in which none stands in for another."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from tests.fixtures.playbook import ROOT, run_playbook

GROUPS = {"a1": "a", "a2": "a", "b1": "b", "b2": "b", "c1": "c"}
ESTATE = {
    "name": "acme",
    "routers": [{"name": name, "redundancy_group": group} for name, group in GROUPS.items()],
}
INVENTORY = {
    "all": {
        "vars": {"dx_estate": ESTATE},
        "children": {"edge_routers": {"hosts": {name: {} for name in GROUPS}}},
    }
}
FIRST = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": []}
SHOW = {"ansible.builtin.debug": {"msg": "batch {{ ansible_play_batch | join(' ') }}"}}


def batches(path, folder, *words):
    """Run the play of a playbook that changes routers, with a look at the batch for a task."""
    plays = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    (change,) = [play for play in plays if "serial" in play]
    change = {key: value for key, value in change.items() if key != "roles"}
    book, hosts = folder / "play.yml", folder / "hosts.yml"
    show = change | {"tasks": [SHOW | {"run_once": True}]}
    book.write_text(json.dumps([FIRST | {"tasks": [SHOW]}, show]))
    hosts.write_text(json.dumps(INVENTORY))
    done = run_playbook("-i", str(hosts), str(book), *words, folder=folder)
    assert done.rc == 0, done.output
    return [found.split() for found in re.findall(r'"?msg"?: "?batch ([^"\n]+)', done.output)][1:]


@pytest.mark.parametrize("path", ["playbooks/steps/configure.yml", "playbooks/teardown.yml"])
def test_redundant_routers_are_never_in_one_batch(path, tmp_path):
    assert batches(path, tmp_path) == [["a1", "b1", "c1"], ["a2", "b2"]]


def test_a_limit_that_leaves_routers_out_lets_no_two_of_a_group_move_together(tmp_path):
    found = batches("playbooks/steps/configure.yml", tmp_path, "--limit", "all,localhost,!b1,!c1")
    assert found == [["a1", "b2"], ["a2"]]
