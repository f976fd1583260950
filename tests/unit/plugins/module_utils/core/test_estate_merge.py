# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An estate in several files: one document, or a fault that names the files."""

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_fault import EstateError
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_merge import (
    merge_documents,
)


def faults(files):
    with pytest.raises(EstateError) as caught:
        merge_documents(files)
    return str(caught.value).splitlines()


def test_lists_follow_one_another_and_mappings_add_up():
    files = {
        "00-estate.yml": {"name": "acme", "tags": {"owner": "network"}},
        "ams.yml": {"connections": [{"name": "ams-a"}], "tags": {"cost": "7"}},
        "empty.yml": None,
        "fra.yml": {"connections": [{"name": "fra-a"}], "gateways": [{"name": "core"}]},
    }
    assert merge_documents(files) == {
        "name": "acme",
        "tags": {"owner": "network", "cost": "7"},
        "connections": [{"name": "ams-a"}, {"name": "fra-a"}],
        "gateways": [{"name": "core"}],
    }


def test_the_files_are_left_as_they_were():
    first = {"connections": [{"name": "a"}], "tags": {"a": "1"}}
    merge_documents({"a": first, "b": {"connections": [{"name": "b"}], "tags": {"b": "2"}}})
    assert first == {"connections": [{"name": "a"}], "tags": {"a": "1"}}


def test_what_every_file_tells_alike_may_be_told_more_than_once():
    told = {"name": "acme", "tags": {"owner": "network"}}
    assert merge_documents({"a.yml": told, "b.yml": dict(told)}) == told


def test_a_name_in_two_files_is_a_fault_that_names_both():
    files = {
        "ams.yml": {"connections": [{"name": "fra-a"}]},
        "fra.yml": {"connections": [{"name": "fra-a"}], "gateways": [{"name": "fra-a"}]},
    }
    assert faults(files) == [
        "fra.yml: connections: fra-a is declared by ams.yml already: declare it once"
    ]


def test_a_name_twice_in_one_file_is_left_to_the_rules():
    files = {"a.yml": {"connections": [{"name": "fra-a"}, {"name": "fra-a"}]}}
    assert len(merge_documents(files)["connections"]) == 2


def test_contradictions_are_told_all_at_once_with_the_file_that_spoke_first():
    files = {
        "a.yml": {"name": "acme", "tags": {"owner": "network"}, "connections": "none"},
        "b.yml": {"name": "other", "tags": {"owner": "cloud"}, "connections": [{"name": "x"}]},
        "c.yml": ["fra"],
        "d.yml": {"connections": [7, {"name": 7}, {}]},
    }
    assert faults(files) == [
        "c.yml: must be a mapping of the estate's sections, as connections",
        "b.yml: name: is told differently by a.yml: tell it once",
        "b.yml: tags.owner: is told differently by a.yml: tell it once",
        "b.yml: connections: is told differently by a.yml: tell it once",
        "d.yml: connections: is told differently by a.yml: tell it once",
    ]
