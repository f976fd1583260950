# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table is aligned, wraps within its width, and loses no word."""

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.circuit_table import (
    circuit_table,
)
from tests.fixtures.demo_run import MOMENTS, papers
from tests.fixtures.golden import assert_golden


def circuit(name, step, state, next_action, awaited=None):
    return {
        "name": name,
        "step": step,
        "state": state,
        "awaited": awaited and {"from": awaited, "what": "it", "since": None},
        "next_action": next_action,
        "virtual_interfaces": [],
        "checks": {3: [], 7: [{"verdict": "fail"}], 8: [{"verdict": "pass"}]}[step],
    }


REPORT = {
    "circuits": [
        circuit("fra-a", 8, "in service", "none"),
        circuit(
            "ams-a",
            3,
            "LOA-CFA issued, waiting for the cross-connect",
            "send the LOA-CFA with the cross-connect order, connect the port, run site.yml again",
            "Equinix",
        ),
        circuit(
            "osl-backup",
            7,
            "edge-osl-1 keeps its old configuration: the session with 2001:db8:ffff:1::1 on"
            " eth1.104 did not establish, since the keys of the two ends differ",
            "mend the cause, then run site.yml again",
            "own team",
        ),
    ]
}


@pytest.mark.parametrize("width", [80, 100, 120, 250])
def test_the_table_reads_as_it_should(width):
    table = circuit_table(REPORT, width=width)
    text = "".join(f"{tone:5}|{line}\n" for line, tone in table)
    assert_golden(f"circuit_table/{width}.txt", text)


@pytest.mark.parametrize("width", [100, 120, 200])
@pytest.mark.parametrize("name", MOMENTS)
def test_no_line_is_wider_than_allowed_and_no_word_is_lost(name, width):
    report = papers(name)[0]
    table = [line for line, _ in circuit_table(report, width=width)]
    assert max(map(len, table)) <= width
    words = set(" ".join(table).split())
    for one in report["circuits"]:
        assert set(one["next_action"].split()) <= words
        assert set(one["state"].split()) <= words


def test_a_tiny_terminal_gets_a_table_all_the_same():
    assert len(circuit_table(REPORT, width=20)) > len(circuit_table(REPORT, width=100))


def test_an_estate_without_circuits_gets_the_headings():
    assert len(circuit_table({"circuits": []}, width=100)) == 2
