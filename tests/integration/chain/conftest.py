# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One lab, an operator at its shell, and the journey that the tests of this folder start from."""

from __future__ import annotations

import subprocess
import time
from types import SimpleNamespace

import pytest

from tests.integration.chain.secrets import CommandLines
from tests.integration.chain.shell import Operator

LAB = "chain"


@pytest.fixture(scope="session")
def operator(tmp_path_factory, figure):
    """Bring a fresh lab up; afterwards nothing of it may be left."""
    hand = Operator(name=LAB, loopback="127.20.201", artifacts=tmp_path_factory.mktemp("artifacts"))
    hand.lab("down")
    begin = time.monotonic()
    hand.lab("up")
    figure("lab up", f"{time.monotonic() - begin:.1f} s, start of Python included")
    yield hand
    hand.lab("down")
    namespaces = subprocess.run(["ip", "netns"], capture_output=True, text=True, check=True).stdout
    assert f"clab-{LAB}-" not in namespaces
    assert not hand.state.exists()


@pytest.fixture(scope="session")
def journey(operator, figure):
    """Run the whole journey once; the tests below read what came of it."""
    told = SimpleNamespace()
    told.check = operator.play("site.yml", "--check", "--diff")
    told.first = operator.play("site.yml")
    told.ordered = operator.report()
    operator.lab("patch", "fra-a")
    operator.lab("patch", "ams-a")
    with CommandLines() as told.command_lines:
        told.second = operator.play("site.yml", "-vvv", "--diff")
    told.proven = operator.report()
    told.third = operator.play("site.yml")
    told.rested = operator.report()
    for name in ("first", "second", "third"):
        run = getattr(told, name)
        figure(
            f"site.yml, {name} run",
            f"{run.seconds:.1f} s, {len(run.calls)} API calls, {len(run.logins)} logins",
        )
    return told
