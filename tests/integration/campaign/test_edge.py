# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The campaign on the router in short; `make campaign-edge` runs all of it and prints figures."""

from __future__ import annotations

import pytest

from tests.campaign.edge import kills, pairs
from tests.campaign.edge.ground import Verdict, live, prepare
from tests.campaign.edge.site import Site

pytestmark = pytest.mark.lab


def test_what_kills_a_run_or_meets_another_ends_in_one_whole_configuration(tmp_path, monkeypatch):
    monkeypatch.setenv("LAB_NAME", "campaign-short")
    monkeypatch.setenv("LAB_LOOPBACK", "127.20.204")
    (commit,) = (step for step in kills.STEPS if step.name == "during the commit")
    cases = [
        kills.case(commit, whole_node=True, revert_seconds=10),
        *(case for case in pairs.cases() if "at its gates" in case.title),
    ]
    verdict = Verdict()

    with Site(tmp_path) as site:
        base = prepare(site)
        for case in cases:
            live(site, base, case, verdict)

    assert verdict.cases == len(cases)
    assert verdict.clean, str(verdict)
