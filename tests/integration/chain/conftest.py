# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lab of each test file's own, and an operator at its shell."""

from __future__ import annotations

import pytest

from tests.integration.chain.shell import Operator


@pytest.fixture(scope="module")
def operator(request, tmp_path_factory):
    """Bring a fresh lab up for one test file, and take it down after it."""
    name, octet = request.module.LAB
    hand = Operator(
        name=name, loopback=f"127.20.{octet}", artifacts=tmp_path_factory.mktemp("artifacts")
    )
    hand.lab("down")
    hand.lab("up")
    yield hand
    hand.lab("down")
