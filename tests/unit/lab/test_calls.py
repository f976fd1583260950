# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The call log is counted whole, or from a mark or a moment on."""

from __future__ import annotations

import pytest

import lab.state
from lab.calls import calls, mark
from lab.errors import LabError
from lab.state import LabState, append_line


def call(second, operation, *, mutating=False, error=None):
    return {
        "time": f"2026-01-01T00:00:{second:02}+00:00",
        "account": "111122223333",
        "operation": operation,
        "mutating": mutating,
        "error": error,
    }


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setattr(lab.state, "ROOT", tmp_path)
    state = LabState(name="t")
    state.directory.mkdir()
    state.write({"name": "t", "phase": "up"})
    append_line(state.calls, call(1, "DescribeConnections"))
    append_line(state.calls, call(2, "CreateConnection", mutating=True))
    return state


def test_calls_are_counted_by_operation(state):
    append_line(state.calls, call(3, "DescribeConnections", error="ThrottlingException"))
    result = calls(state, None)
    assert result.data["operations"] == {"CreateConnection": 1, "DescribeConnections": 2}
    assert result.text == (
        "     1  CreateConnection     changes\n"
        "     2  DescribeConnections\n"
        "3 calls, 1 that change, 1 failed"
    )


@pytest.mark.parametrize("since", ["2026-01-01T00:00:02Z", "2026-01-01T00:00:02", "here"])
def test_what_came_before_is_left_out(state, since):
    mark(state, "here")
    append_line(state.calls, call(3, "TagResource", mutating=True))
    found = calls(state, since).data["operations"]
    assert found["TagResource"] == 1
    assert "DescribeConnections" not in found


def test_an_unknown_mark_is_refused_with_the_known_ones(state):
    mark(state, "here")
    with pytest.raises(LabError, match="neither an ISO 8601 time nor a mark; marks: here"):
        calls(state, "there")


def test_a_line_that_is_still_being_written_does_not_count(state):
    with state.calls.open("a") as log:
        log.write('{"time": "2026-01-01T00:0')
    assert calls(state, None).data["total"] == 2


def test_a_lab_that_is_not_up_has_no_calls(state):
    state.write({"name": "t", "phase": "starting"})
    with pytest.raises(LabError, match="run `python -m lab up` first"):
        calls(state, None)
