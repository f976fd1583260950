# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Broken estates and the exact words that the operator reads.

Each case is a folder of tests/golden/errors: estate.yml, limits.yml with the limits that it
overrides if any, errors.txt.
"""

import pytest
import yaml

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import (
    EstateError,
    read_estate,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.limits_reader import read_limits
from tests.fixtures.golden import GOLDEN, assert_golden

ERRORS = GOLDEN / "errors"
CASES = sorted(path.name for path in ERRORS.iterdir())


def documents(case):
    limits = ERRORS / case / "limits.yml"
    return (
        yaml.safe_load((ERRORS / case / "estate.yml").read_text()),
        yaml.safe_load(limits.read_text()) if limits.exists() else {},
    )


def errors(case):
    document, limits = documents(case)
    with pytest.raises(EstateError) as caught:
        read_estate(
            document,
            accounts=["network"],
            routers=["edge-fra-1", "edge-ams-1"],
            limits=read_limits(limits),
        )
    return f"{caught.value}\n"


@pytest.mark.parametrize("case", CASES)
def test_a_broken_estate_gets_all_its_faults_in_these_words(case):
    assert_golden(f"errors/{case}/errors.txt", errors(case))


def keys(value):
    """Yield every key of a document, BGP's and MACsec's, wherever it stands."""
    if isinstance(value, dict):
        yield from (str(item) for name, item in value.items() if name in ("key", "cak"))
    if isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from keys(item)


@pytest.mark.parametrize("case", CASES)
def test_no_fault_shows_a_key(case):
    assert [key for key in keys(documents(case)[0]) if key in errors(case)] == []
