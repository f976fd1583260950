# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Patience: two clocks, and pauses that grow."""

from __future__ import annotations

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.waits import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    Patience,
    Watch,
)


def test_without_patience_there_is_no_second_look():
    watch = Watch(Patience(settle_seconds=0, wait_seconds=0))

    assert (watch.has_time(people=False), watch.has_time(people=True)) == (False, False)


def test_people_and_aws_have_clocks_of_their_own():
    watch = Watch(Patience(settle_seconds=0, wait_seconds=60))

    assert (watch.has_time(people=False), watch.has_time(people=True)) == (False, True)


def test_pauses_grow_to_half_a_minute_and_start_over_with_progress():
    pauses = []
    watch = Watch(Patience(), sleep=pauses.append)

    for _ in range(20):
        watch.pause()
    watch.progress()
    watch.pause()

    first, *_, longest, again = pauses
    assert 0.8 * FIRST_PAUSE <= first <= 1.2 * FIRST_PAUSE
    assert 0.8 * LONGEST_PAUSE <= longest <= 1.2 * LONGEST_PAUSE
    assert again < 1
