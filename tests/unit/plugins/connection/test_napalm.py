# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a request may last: what any may, and what it is told to wait beside."""

from __future__ import annotations

import signal

import pytest

from ansible_collections.crossconnect.dx.plugins.connection.napalm import may_last


@pytest.fixture
def _no_alarm():
    yield
    signal.alarm(0)


@pytest.mark.usefixtures("_no_alarm")
def test_what_waits_has_its_time_beside_what_any_request_has():
    signal.alarm(600)
    may_last(899.5)
    assert signal.alarm(0) == 1500


def test_where_nobody_counts_nobody_begins_to():
    may_last(60)
    assert signal.alarm(0) == 0
