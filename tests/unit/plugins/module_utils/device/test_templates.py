# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The templates of every platform: attachments in, a candidate out, as in the golden files."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.refusals import refused
from tests.fixtures.candidates import CASES, PLATFORMS, golden_candidates
from tests.fixtures.golden import assert_golden


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_attachments_render_to_the_golden_candidate(platform, case):
    assert_golden(f"candidates/{platform}/{case}.cfg", golden_candidates()[platform][case])


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_nothing_of_a_candidate_is_refused(platform, case):
    assert refused(golden_candidates()[platform][case]) == []
