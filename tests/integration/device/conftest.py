# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lab with one cable in it, and drivers that log in to its routers."""

from __future__ import annotations

import secrets
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.driver import (
    FRRDriver,
)
from lab.nodes import run_in
from tests.fixtures.polling import until
from tests.integration.device.far_end import FarEnd
from tests.integration.device.probes import ibgp_is_up

REPOSITORY = Path(__file__).parents[3]
ROUTERS = {"edge-fra-1": 11, "edge-ams-1": 12}


class Router:
    """One edge router of the lab, seen from outside and from within."""

    def __init__(self, name, state, loopback):
        self.name = name
        self.state = state
        self.address = f"{loopback}.{ROUTERS[name]}"

    @property
    def options(self):
        return {
            "port": 2222,
            "key_file": str(self.state / "id_ed25519"),
            "alt_host_keys": True,
            "alt_key_file": str(self.state / "known_hosts"),
        }

    def driver(self, **options):
        return FRRDriver(self.address, "automation", "", optional_args={**self.options, **options})

    def shell(self, script):
        return run_in(self.state, self.name, ["sh", "-c", script]).stdout

    def running(self):
        """FRR's own words, not the driver's."""
        links = self.shell("ip -br link | grep '@eth1' | grep -v '^eth1@' | cut -d' ' -f1")
        return links + self.shell("vtysh -c 'show running-config no-header'")

    def saved(self):
        return self.shell("cat /etc/frr/frr.conf")


@pytest.fixture(scope="session")
def lab_state():
    """Bring a lab up for these tests alone, and take it away afterwards."""
    name, loopback = f"d{secrets.token_hex(3)}", free_loopback()

    def command(word):
        options = ["--name", name, "--loopback", loopback]
        subprocess.run(
            [sys.executable, "-m", "lab", *options, word],
            check=True, cwd=REPOSITORY, capture_output=True,
        )  # fmt: skip

    command("up")
    yield Path("/run/crossconnect") / name, loopback
    command("down")


def free_loopback():
    for number in secrets.SystemRandom().sample(range(150, 200), 50):
        with socket.socket() as probe:
            try:
                probe.bind((f"127.20.{number}.11", 2222))
            except OSError:
                continue
        return f"127.20.{number}"
    raise AssertionError("no free loopback network")


@pytest.fixture(scope="session")
def routers(lab_state):
    state, loopback = lab_state
    return {name: Router(name, state, loopback) for name in ROUTERS}


@pytest.fixture(scope="session")
def cable(lab_state):
    far_end = FarEnd(lab_state[0])
    far_end.plug_in()
    return far_end


@pytest.fixture
def far_end(cable):
    yield cable
    cable.clear()


@pytest.fixture
def router(routers, cable):  # noqa: ARG001 - the cable must be in
    """Edge-fra-1 in its base configuration, before and after."""
    router = routers["edge-fra-1"]
    until(lambda: ibgp_is_up(router), "iBGP of the base configuration", 20)
    before = router.running()
    yield router
    with router.driver(force_rollback=True) as driver:
        if driver.has_pending_commit():
            driver.rollback()
    after = router.running()
    assert after == before, f"a test left its mark on {router.name}"


@pytest.fixture
def driver(router):
    with router.driver() as driver:
        yield driver
