# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner: which object is meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.identity import identify
from tests.fixtures.acme import FOUND_CORE, marks

TAGGED = FOUND_CORE
UNTAGGED = replace(FOUND_CORE, id="gw-untagged", tags={})
FOREIGN = replace(FOUND_CORE, id="gw-foreign", tags={**marks("core"), "crossconnect:estate": "x"})
HALF_TAGGED = replace(FOUND_CORE, id="gw-half", tags={"crossconnect:estate": "acme"})
RETAGGED = replace(FOUND_CORE, id="gw-retagged", tags=marks("other"))
RENAMED = replace(FOUND_CORE, id="gw-renamed", name="something else")


@pytest.mark.parametrize(
    ("estate", "things", "meant"),
    [
        pytest.param("acme", [UNTAGGED, TAGGED], "gw-core", id="the tag wins"),
        pytest.param("acme", [RENAMED], "gw-renamed", id="the tag survives a rename"),
        pytest.param("acme", [UNTAGGED, FOREIGN], "gw-untagged", id="the name among the untagged"),
        pytest.param("acme", [HALF_TAGGED], "gw-half", id="a lost name tag does not hide it"),
        pytest.param("acme", [RETAGGED], None, id="the name tag wins over the name"),
        pytest.param("acme", [FOREIGN], None, id="another estate's is not ours"),
        pytest.param("", [FOREIGN], "gw-foreign", id="without an estate the name decides"),
        pytest.param("acme", [replace(TAGGED, state="deleting")], None, id="gone is gone"),
    ],
)
def test_the_object_that_is_meant_is_found(estate, things, meant):
    match = identify("gateway", "core", estate=estate, candidates=things)

    assert (match.found.id if match.found else None, match.fault) == (meant, None)


def test_without_an_estate_the_id_will_do_as_well():
    match = identify("gateway", "gw-foreign", estate="", candidates=[FOREIGN, UNTAGGED])

    assert match.found == FOREIGN


def test_no_name_means_nothing():
    nameless = replace(UNTAGGED, name="")

    assert identify("gateway", "", estate="", candidates=[nameless]).found is None
