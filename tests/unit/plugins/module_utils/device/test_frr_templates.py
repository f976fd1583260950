# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR's candidates stand in the order in which FRR prints its configuration."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr import text
from tests.fixtures.candidates import CASES, golden_candidates


def statements(candidate):
    return [line for line in candidate.splitlines() if not line.lstrip().startswith("!")]


@pytest.mark.parametrize("case", CASES)
def test_the_candidate_stands_in_the_order_of_the_running_configuration(case):
    candidate = golden_candidates()["frr"][case]
    canonical = text.render(text.parse(candidate))
    assert statements(canonical) == statements(candidate)
