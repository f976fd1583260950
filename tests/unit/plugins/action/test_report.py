# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The task writes three files for real, says truly whether anything changed, and keeps secrets."""

import copy
import json
import re

import pytest
import yaml

from tests.fixtures.demo_run import DOCUMENT, KEY, MOMENTS
from tests.fixtures.playbook import play

PRINT = {"ansible.builtin.debug": {"var": "told"}}


def report_task(moment, **more):
    options = {"estate": DOCUMENT, "changed": {"aws": 3, "routers": 1}, **MOMENTS[moment], **more}
    return {"name": "Report", "crossconnect.dx.report": options, "register": "told"}


def changed(played):
    assert played.rc == 0, played.output
    return int(re.search(r"localhost +: ok=\d+ +changed=(\d+)", played.output)[1])


def files(folder):
    return {path.name: path.read_text() for path in (folder / "artifacts" / "demo").iterdir()}


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Make a folder in which one run has reported on circuits in service."""
    folder = tmp_path_factory.mktemp("first")
    played = play(folder, [report_task("in service"), PRINT], "-vvv", "--diff")
    assert changed(played) == 1
    return folder, played


@pytest.fixture
def folder(first, tmp_path):
    """Make a folder of one's own with the files of that run."""
    target = tmp_path / "artifacts" / "demo"
    target.mkdir(parents=True)
    for name, text in files(first[0]).items():
        (target / name).write_text(text)
    return tmp_path


def test_three_files_are_written_that_everybody_may_read(first):
    target = first[0] / "artifacts" / "demo"
    assert sorted(path.name for path in target.iterdir()) == [
        "handover.yml",
        "report.html",
        "report.json",
    ]
    assert {path.stat().st_mode & 0o777 for path in target.iterdir()} == {0o644}


def test_the_files_say_what_the_run_saw(first):
    written = files(first[0])
    report = json.loads(written["report.json"])
    handover = yaml.safe_load(written["handover.yml"])
    assert [circuit["step"] for circuit in report["circuits"]] == [8, 8]
    assert report["changed"] == {"aws": 3, "routers": 1}
    assert handover["circuits"][0]["virtual_interfaces"][0]["interface"] == "eth1.101"
    assert "Both circuits are in service" in written["report.html"]


def test_a_key_is_neither_printed_nor_written(first):
    folder, played = first
    assert "fra-a-transit" in played.output
    assert KEY not in played.output
    assert all(KEY not in text for text in files(folder).values())


def test_the_same_world_a_second_time_is_no_change_but_a_new_record(folder):
    before = files(folder)
    later = copy.deepcopy(MOMENTS["in service"]["checks"])
    later[5]["measured"] = "0 % of 20 lost, round trip min/avg/max 0.4/0.5/0.6 ms"

    played = play(
        folder, [report_task("in service", checks=later, changed={"aws": 0, "routers": 0})]
    )

    assert changed(played) == 0
    after = files(folder)
    assert json.loads(after["report.json"])["changed"] == {"aws": 0, "routers": 0}
    assert "0.4/0.5/0.6" in after["report.html"]
    assert after["handover.yml"] == before["handover.yml"]


def test_another_world_is_a_change_and_the_diff_shows_it(folder):
    played = play(folder, [report_task("failing")], "--diff")

    assert changed(played) == 1
    assert '+          "verdict": "fail"' in played.output
    assert "1 of 2 circuits failing" in files(folder)["report.html"]


def test_a_task_that_wants_no_diff_shows_none(folder):
    task = {**report_task("failing"), "diff": False}

    played = play(folder, [task], "--diff")

    assert changed(played) == 1
    assert "(last run)" not in played.output
    assert '"verdict"' not in played.output


def test_the_letter_to_send_is_named_as_one_would_type_it(tmp_path):
    letter = "{{ lookup('ansible.builtin.env', 'PWD') }}/artifacts/demo/loa/fra-a.pdf"
    task = report_task("ordered", letters={"fra-a": letter})

    assert play(tmp_path, [task]).rc == 0

    report = json.loads((tmp_path / "artifacts" / "demo" / "report.json").read_text())
    assert "send artifacts/demo/loa/fra-a.pdf to" in report["circuits"][0]["next_action"]


def test_check_mode_foretells_and_writes_nothing(folder):
    before = files(folder)

    played = play(folder, [report_task("failing"), PRINT], "--check")

    assert changed(played) == 1
    assert "in test" in played.output
    assert files(folder) == before


def test_check_mode_makes_no_folder(tmp_path):
    assert changed(play(tmp_path, [report_task("ordered")], "--check")) == 1
    assert not (tmp_path / "artifacts").exists()


@pytest.mark.parametrize(
    "left",
    [
        pytest.param("{", id="half a file"),
        pytest.param("[]", id="no object"),
        pytest.param('{"estate": "demo"}', id="another shape"),
    ],
)
def test_what_a_broken_run_left_behind_is_overwritten(folder, left):
    target = folder / "artifacts" / "demo"
    (target / "report.json").write_text(left)
    (target / "handover.yml").write_text("a: [")

    assert changed(play(folder, [report_task("in service")])) == 1
    assert json.loads((target / "report.json").read_text())["estate"] == "demo"
    assert yaml.safe_load((target / "handover.yml").read_text())["estate"] == "demo"


def test_a_folder_of_one_s_own_is_made(tmp_path):
    task = report_task("ordered", dest=f"{tmp_path}/some/where")
    assert changed(play(tmp_path, [task])) == 1
    assert (tmp_path / "some" / "where" / "report.html").exists()


def test_a_faulty_estate_is_refused_with_every_fault(tmp_path):
    estate = copy.deepcopy(DOCUMENT)
    estate["virtual_interfaces"][0]["vlan"] = 5000
    estate["virtual_interfaces"][1]["customer_asn"] = 0

    played = play(tmp_path, [report_task("ordered", estate=estate)])

    assert played.rc == 2
    assert "virtual_interfaces[0].vlan" in played.output
    assert "virtual_interfaces[1].customer_asn" in played.output
    assert KEY not in played.output
    assert not (tmp_path / "artifacts").exists()
