# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""At the end of a real run stands the table: who is where, who is awaited, what to do next."""

import pytest

from ansible_collections.crossconnect.dx.plugins.callback.circuits import closing_lines
from tests.fixtures.demo_run import DOCUMENT, MOMENTS
from tests.fixtures.playbook import play


def report_task(moment, **more):
    return {"crossconnect.dx.report": {"estate": DOCUMENT, **MOMENTS[moment], **more}}


def after_the_recap(played):
    return played.output.partition("PLAY RECAP")[2].splitlines()


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Print what a run prints whose last report found one circuit in service and one awaited."""
    folder = tmp_path_factory.mktemp("circuits")
    figures = {"api_calls": 11, "logins": 1}
    tasks = [report_task("ordered"), report_task("one in service", figures=figures)]
    played = play(folder, tasks, COLUMNS="100")
    assert played.rc == 0, played.output
    return after_the_recap(played)


def test_the_table_stands_after_the_recap_and_once(printed):
    assert sum(line.startswith("CIRCUITS [demo]") for line in printed) == 1
    assert sum(line.startswith("circuit ") for line in printed) == 1


def test_the_last_report_counts(printed):
    rows = [line.split() for line in printed]
    assert ["fra-a", "8/8", "in", "service", "-", "none"] in rows
    assert any(row[:2] == ["ams-a", "3/8"] for row in rows)


def test_the_lines_below_say_what_it_took_and_where_the_papers_are(printed):
    assert "Changed:  0 in AWS, 0 on routers" in printed
    assert "Relies:   gateway core meets basic-resiliency (95 %)" in printed
    assert "Took:     11 API calls, 1 login" in printed
    assert "Report:   artifacts/demo/report.html" in printed
    assert "Handover: artifacts/demo/handover.yml" in printed


def test_a_vpn_connection_that_stands_in_is_named_beside_what_circuits_can_rely_on():
    verdict = {
        "sentence": "gateway core meets x (95 %); for y it lacks z",
        "vpn_backups": ["vpn-a"],
    }
    report = {"resiliency": [verdict], "changed": {"aws": 0, "routers": 0}}
    relies, *_ = closing_lines({"report": report}, check_mode=True)
    assert relies == "Relies:   gateway core meets x (95 %); VPN backup by vpn-a"


def test_check_mode_names_no_file_that_is_not_there(tmp_path):
    lines = after_the_recap(play(tmp_path, [report_task("ordered")], "--check"))
    assert "Report:   not written, because this was check mode" in lines
    assert not any(line.startswith("Handover:") for line in lines)


def test_the_text_is_plain_and_fits(printed):
    heading = next(line for line in printed if line.startswith("CIRCUITS"))
    table = printed[printed.index(heading) :]
    text = "\n".join(table)
    assert "\x1b" not in text
    assert "\r" not in text
    assert max(map(len, table)) <= 100


def test_colours_are_there_when_they_are_wanted(tmp_path):
    played = play(
        tmp_path, [report_task("in service")], ANSIBLE_FORCE_COLOR="1", ANSIBLE_NOCOLOR="0"
    )
    assert "\x1b[0;32mfra-a" in played.output


def test_a_playbook_that_does_not_report_prints_nothing(tmp_path):
    played = play(tmp_path, [{"ansible.builtin.debug": {"msg": "no report here"}}])
    assert played.rc == 0
    assert "CIRCUITS" not in played.output


def test_a_report_that_failed_prints_nothing(tmp_path):
    played = play(tmp_path, [report_task("ordered", observed="nonsense")])
    assert played.rc == 2
    assert "CIRCUITS" not in played.output
