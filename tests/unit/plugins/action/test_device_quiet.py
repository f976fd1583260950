# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the wait for silence fails for, and what it says then."""

import pytest

from ansible_collections.crossconnect.dx.plugins.action.device_quiet import ActionModule

CHECKS = [
    {"target": "eth1.101", "verdict": "fail", "measured": "812.0 packets per second"},
    {"target": "eth1.102", "verdict": "na", "measured": "the router does not count"},
    {"target": "eth1.103", "verdict": "pass", "measured": "7.4 packets per second"},
]


class Session:
    """A session of a router whose three interfaces are busy, uncounted and quiet."""

    def __init__(self, checks):
        self._checks = checks

    def device_quiet(self, options):
        assert set(options) == {"timeout"}
        return {"checks": self._checks, "counters": {"logins": 1, "commits": 0}}


def ask(checks, *counted):
    action = object.__new__(ActionModule)
    return action.ask(Session(checks), {"timeout": 120, "counted": list(counted)})


def test_what_is_quiet_and_what_nobody_counts_is_waited_for_no_longer():
    assert "failed" not in ask(CHECKS[1:], "eth1.103")


@pytest.mark.parametrize(
    ("counted", "sentences"),
    [
        pytest.param(
            (), ["eth1.101 still carries 812.0 packets per second after 120 s"], id="busy"
        ),
        pytest.param(
            ("eth1.102",),
            [
                "eth1.101 still carries 812.0 packets per second after 120 s",
                (
                    "eth1.102: the router does not count its packets, so nothing shows that it is"
                    " empty; see for yourself, and consent to it by name (playbooks: dx_consent)"
                ),
            ],
            id="uncounted, too",
        ),
    ],
)
def test_what_is_not_quiet_is_told_line_by_line(counted, sentences):
    result = ask(CHECKS, *counted)

    assert result["failed"]
    assert result["msg"].splitlines() == sentences
