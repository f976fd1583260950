# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of coverage claims nothing of us that nothing in the repository shows."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "coverage.md"
LINK = re.compile(r"\[[^]]+\]\(([^)#]+)#?(\w*)\)")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.read_text().splitlines()
    if line.startswith("| ") and line.count(" | ") == 5
]
CLAIMS = {row[0]: row[1] for row in ROWS if row[0] not in ("Capability", "---")}


@pytest.mark.parametrize("capability", CLAIMS)
def test_each_claim_of_ours_has_a_test_or_a_file_behind_it(capability):
    claim = CLAIMS[capability]
    links = LINK.findall(claim)
    assert bool(links) == (claim != "-"), "a claim is a link, or a dash"
    for path, name in links:
        file = PAGE.parent / path
        assert file.is_file(), path
        assert f"def {name}(" in file.read_text() if name else file.suffix != ".py", name


def test_the_table_has_its_rows():
    assert len(CLAIMS) >= 40
