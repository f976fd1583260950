# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a router saw to the reason why a session is not up."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.diagnosis import (
    Evidence,
    diagnose,
)

BAD_AS = "OPEN Message Error/Bad Peer AS"
BAD_ID = "OPEN Message Error/Bad BGP Identifier"


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        pytest.param({"configured": False}, "the router has no such neighbor", id="removed"),
        pytest.param({"shut_down": True}, "the session is shut down", id="shut down"),
        pytest.param({"interface_up": False}, "the interface has no carrier", id="no light"),
        pytest.param({"prefix_limit": True}, "more prefixes than the router", id="our limit"),
        pytest.param({"last_error": BAD_AS}, "different ASNs", id="ASNs differ"),
        pytest.param({"last_error": BAD_ID}, "a router id of its own", id="no router id"),
        pytest.param({"md5_failures": 4}, "different keys (4 TCP", id="keys differ"),
        pytest.param({"md5_missing": 3}, "the other side has none (3 TCP", id="key on our side"),
        pytest.param({"md5_unexpected": 2}, "the router has none (2 TCP", id="key on their side"),
        pytest.param({"peer_resolved": False}, "check the VLAN", id="silence on the link"),
        pytest.param(
            {"state": "Idle", "was_established": True},
            "the other side's prefix limit may be exceeded",
            id="idle after established",
        ),
        pytest.param(
            {"state": "Idle", "was_established": True, "last_error": "Cease/Maximum Prefixes"},
            "may be exceeded (Cease/Maximum Prefixes)",
            id="idle after established, with a notification",
        ),
        pytest.param({"last_error": "Cease/BFD Down"}, "BFD hears nothing more", id="BFD down"),
        pytest.param({"last_error": "Cease/Other"}, "ended: Cease/Other", id="notification"),
        pytest.param({"state": "OpenSent"}, "does not complete BGP's opening", id="half open"),
        pytest.param({}, "does not answer TCP port 179 (state Active)", id="no answer"),
    ],
)
def test_the_evidence_is_put_into_words(seen, words):
    assert words in diagnose(Evidence(**({"state": "Active"} | seen)))


def test_the_wire_is_judged_before_the_protocol():
    seen = Evidence(state="Active", interface_up=False, md5_failures=9, last_error=BAD_AS)
    assert "no carrier" in diagnose(seen)
