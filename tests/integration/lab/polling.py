# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting without sleeping blindly."""

from __future__ import annotations

import time

import pytest


def until(probe, message, seconds=10.0):
    """Wait until a probe holds and return what it says; fail with a message after a while."""
    deadline = time.monotonic() + seconds
    while not (answer := probe()):
        if time.monotonic() > deadline:
            pytest.fail(f"not after {seconds} s: {message}")
        time.sleep(0.05)
    return answer
