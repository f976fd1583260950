# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Consent by name where things of several kinds bear one: none is taken for the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import FoundLag
from tests.fixtures.acme import (
    ACME,
    COMPLETE,
    FOUND_CONNECTION,
    FOUND_TRANSIT,
    TRANSIT,
    marks,
)

# The transit interface bears the name of the port that it rides on.
SAME = replace(
    ACME,
    virtual_interfaces=(replace(TRANSIT, name="fra-a"),),
)
THERE = replace(
    COMPLETE,
    virtual_interfaces=(replace(FOUND_TRANSIT, name="fra-a", tags=marks("fra-a")),),
)


def terms(*consent, **more):
    return Terms(account="network", consent=frozenset(consent), **more)


def refused(plan):
    return {(action.kind, action.consent) for action in plan.actions if action.refused}


PORT, INTERFACE = (
    ("connection", "connection:fra-a"),
    ("virtual_interface", "virtual_interface:fra-a"),
)


@pytest.mark.parametrize(
    ("consent", "left"),
    [
        pytest.param(["fra-a"], {PORT, INTERFACE}, id="the bare name says nothing"),
        pytest.param(["virtual_interface:fra-a"], {PORT}, id="the interface alone"),
        pytest.param(["connection:fra-a"], {INTERFACE}, id="the port alone"),
        pytest.param(["connection:fra-a", "virtual_interface:fra-a"], set(), id="both"),
    ],
)
def test_a_name_of_two_kinds_is_consented_to_with_its_kind(consent, left):
    plan = plan_absent(SAME, THERE, terms(*consent))

    assert refused(plan) == left


def test_a_refusal_tells_the_name_that_is_asked_for():
    assert any(
        each.endswith("this needs connection:fra-a in the consent list (dx_consent)")
        for each in plan_absent(SAME, THERE, terms("fra-a")).refusals
    )


def test_a_leftover_s_name_counts_too():
    stray = FoundLag(
        id="dxlag-1",
        name="fra-a",
        state="available",
        location="EqFA5",
        bandwidth="10Gbps",
        minimum_links=0,
        tags=marks("fra-a"),
    )
    estate = replace(ACME, connections=(), virtual_interfaces=())
    snapshot = replace(COMPLETE, lags=(stray,), virtual_interfaces=())

    plan = plan_present(estate, snapshot, terms("fra-a", prune=True))

    assert refused(plan) == {PORT, ("lag", "lag:fra-a")}


def test_an_outage_of_another_kind_s_name_stops_no_traffic():
    connection = replace(ACME.connections[0], encryption_mode="must_encrypt")
    estate = replace(SAME, connections=(connection,))
    clear = replace(FOUND_CONNECTION, encryption_mode="should_encrypt", macsec_capable=True)
    snapshot = replace(THERE, connections=(clear,))

    (waits,) = plan_present(estate, snapshot, terms("fra-a")).actions
    (stops,) = plan_present(estate, snapshot, terms("connection:fra-a")).actions

    assert waits.awaits_people
    assert "stops all traffic" in stops.reason
    assert stops.waits_for == ()
