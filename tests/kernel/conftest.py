# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two routers with two wires between them, on a kernel that has what a test asks for.

Most kernels lack some of it: `make test-kernel` brings one that has all.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import Session
from lab.nodes import run_in
from tests.fixtures.polling import until
from tests.integration.device.conftest import Router, free_loopback
from tests.integration.device.far_end import FarEnd

REPOSITORY = Path(__file__).parents[2]
CONFIGURATIONS = Path(__file__).with_name("config")
TOPOLOGY = Path(__file__).with_name("kernel.clab.yml")
# How to see that the kernel has it, in a namespace that ends with the question.
PROBES = {
    "802.1Q": "ip link add v0 type veth peer v1 && ip link add link v0 name v0.1 type vlan id 1",
    "VRF": "ip link add name v type vrf table 1",
    "LACP": "ip link add name b type bond mode 802.3ad",
}


def require(feature: str) -> None:
    """Skip the test where the kernel lacks a feature."""
    if os.geteuid() != 0:
        pytest.skip("the lab makes network namespaces: needs root")
    done = subprocess.run(
        ["unshare", "--net", "sh", "-c", PROBES[feature]],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"this kernel has no {feature} ({done.stderr.strip()}): make test-kernel")


@pytest.fixture(scope="session")
def lab_state():
    """Bring the lab up for these tests alone, and take it away afterwards."""
    name, loopback = f"k{secrets.token_hex(3)}", free_loopback()

    def command(word):
        options = ["--topology", str(TOPOLOGY), "--name", name, "--loopback", loopback]
        done = subprocess.run(
            [sys.executable, "-m", "lab", *options, word],
            check=False, cwd=REPOSITORY, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    command("up")
    state = Path("/run/crossconnect") / name
    for node in ("edge-fra-1", "aws-fra"):
        until(lambda node=node: whole(state, node), f"{node} has its configuration", 180, 1)
    yield state, loopback
    command("down")


def whole(state, node):
    """Whether FRR has read all of its configuration, which a slow start may have cut short."""
    wanted = (CONFIGURATIONS / node / "frr.conf").read_text("utf-8").split("router bgp")[1]
    running = run_in(state, node, ["vtysh", "-c", "show running-config"]).stdout
    if wanted in running:
        return True
    run_in(state, node, ["vtysh", "-b"])
    return False


@pytest.fixture(scope="session")
def edge(lab_state):
    return Router("edge-fra-1", *lab_state)


@pytest.fixture(scope="session")
def far_end(lab_state):
    return FarEnd(lab_state[0])


@pytest.fixture
def router(edge, far_end):
    """Edge-fra-1 in its base configuration, before and after."""
    before = edge.running()
    yield edge
    with edge.driver(force_rollback=True) as driver:
        if driver.has_pending_commit():
            driver.rollback()
    far_end.clear()
    assert edge.running() == before, f"a test left its mark on {edge.name}"


@pytest.fixture
def session(router):
    session = Session(
        platform_name="frr",
        name=router.name,
        host=router.address,
        user="automation",
        optional_args=router.options,
    )
    session.open()
    yield session
    session.close()
