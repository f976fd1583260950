# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lab of each test file's own, and an operator at its shell."""

from __future__ import annotations

import subprocess
import time

import pytest

from tests.integration.chain.shell import Operator


@pytest.fixture(scope="module")
def operator(request, tmp_path_factory, figure):
    """Bring a fresh lab up for one test file; afterwards nothing of it may be left."""
    name, octet = request.module.LAB
    hand = Operator(
        name=name, loopback=f"127.20.{octet}", artifacts=tmp_path_factory.mktemp("artifacts")
    )
    hand.lab("down")
    begin = time.monotonic()
    hand.lab("up")
    figure(f"lab {name} up", f"{time.monotonic() - begin:.1f} s, start of Python included")
    yield hand
    hand.lab("down")
    namespaces = subprocess.run(["ip", "netns"], capture_output=True, text=True, check=True).stdout
    assert f"clab-{name}-" not in namespaces
    assert not hand.state.exists()
