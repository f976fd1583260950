# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent on the router reads requests as long as somebody is there to send them."""

from __future__ import annotations

import os
import threading

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.agent.serving import (  # noqa: E501
    requests,
)


@pytest.fixture
def pipe():
    stream, sender = os.pipe()
    yield stream, sender
    os.close(stream)


def test_requests_are_lines_however_they_arrive(pipe):
    stream, sender = pipe
    for piece in (b"one\ntw", b"o\n", b"three\n"):
        os.write(sender, piece)
    os.close(sender)
    assert list(requests(stream, 5)) == [b"one", b"two", b"three"]


def test_a_sender_that_falls_silent_without_closing_is_given_up(pipe):
    stream, sender = pipe
    os.write(sender, b"one\n")
    assert list(requests(stream, 0.1)) == [b"one"]
    os.close(sender)


def test_signs_of_life_keep_the_agent(pipe):
    stream, sender = pipe
    over = threading.Event()

    def send():
        for _ in range(4):
            os.write(sender, b"hello\n")
            over.wait(0.1)
        os.close(sender)

    threading.Thread(target=send).start()
    assert list(requests(stream, 1)) == [b"hello"] * 4
