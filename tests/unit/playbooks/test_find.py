# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/find.yml: a location by query, and the estate's own choices held against AWS."""

from __future__ import annotations

import pytest

from tests.fixtures.acme_document import acme
from tests.fixtures.playbook import ROOT, play_on_model

WISH = {
    "bandwidth": "10Gbps",
    "request_macsec": True,
    "regions": ["eu-central-1"],
    "metro": "Frankfurt",
}


@pytest.fixture
def find(aws_model, tmp_path):
    """Return a way to run the playbook on one account."""
    return lambda **variables: play_on_model("playbooks/find.yml", tmp_path, aws_model, **variables)


def rows(output):
    """Return the codes of the table's rows, the best first."""
    lines = [line.strip(" -'\"").split() for line in output.splitlines()]
    return [words[1] for words in lines if len(words) > 5 and words[0].isdigit()]


def test_the_ranking_is_shown_as_in_the_guide_and_the_estate_s_locations_come_last(find, aws_model):
    done = find(dx_wish=WISH, dx_estate=acme())

    assert done.rc == 0, done.output
    assert rows(done.output) == ["IXFRA6", "EqAM3", "EqFA5"]
    text = (ROOT / "docs" / "guide.md").read_text()
    shown = text[text.index("rank  location") :].partition("```")[0].splitlines()
    said = [line.strip() for line in done.output.splitlines()]
    assert [line for line in shown if line.strip() not in said] == []
    assert len(shown) > 10
    assert aws_model.changes() == []
    assert aws_model.calls().count("DescribeLocations") == 2


def test_who_has_no_estate_yet_finds_all_the_same(find, aws_model):
    done = find(dx_wish=WISH)

    assert done.rc == 0, done.output
    assert rows(done.output)[0] == "EqFA5"
    assert aws_model.calls() == ["DescribeLocations"]


def test_a_wish_that_is_misspelled_costs_no_call(find, aws_model):
    done = find(dx_wish={"bandwith": "10Gbps"})

    assert done.rc != 0
    assert "bandwith" in done.output
    assert aws_model.calls() == []


def test_an_estate_that_cannot_be_ordered_is_told_after_the_ranking(find, aws_model):
    document = acme()
    document["connections"][0] |= {"location": "CEPRG", "bandwidth": "100Gbps"}

    done = find(dx_wish=WISH, dx_estate=document)

    assert done.rc != 0
    assert rows(done.output)
    said = " ".join(done.output.split())
    assert "connections[0].bandwidth: CEPRG (CE Colo, Prague, CZE) has no ports of 100Gbps" in said
    assert aws_model.changes() == []
