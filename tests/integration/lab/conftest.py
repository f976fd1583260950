# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lab for tests: names and addresses that no one else uses, and ways to ask it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

import boto3
import pytest

from lab.nodes import run_in
from tests.fixtures.polling import until

REPOSITORY = Path(__file__).parents[3]


def free_loopback():
    """Return a loopback network whose SSH port nobody listens on."""
    for number in secrets.SystemRandom().sample(range(200, 250), 50):
        with socket.socket() as probe:
            try:
                probe.bind((f"127.20.{number}.11", 2222))
            except OSError:
                continue
        return f"127.20.{number}"
    pytest.fail("no free loopback network")
    return None


class LabUnderTest:
    """One lab, by the same command line that people use."""

    def __init__(self):
        self.name = f"t{secrets.token_hex(3)}"
        self.loopback = free_loopback()
        self.directory = Path("/run/crossconnect") / self.name

    def argv(self, *words):
        common = ["--name", self.name, "--loopback", self.loopback, "--json"]
        return [sys.executable, "-m", "lab", *common, *words]

    def ask(self, *words, env=None):
        """Run a command of the lab, whatever its end."""
        return subprocess.run(
            self.argv(*words), capture_output=True, text=True, check=False,
            cwd=REPOSITORY, env={**os.environ, **(env or {})},
        )  # fmt: skip

    def do(self, *words, env=None):
        """Run a command of the lab that must succeed."""
        done = self.ask(*words, env=env)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def run(self, node, line):
        """Run a shell line in a node that must succeed."""
        done = run_in(self.directory, node, ["sh", "-c", line])
        assert done.returncode == 0, f"{node}: {line}: {done.stderr or done.stdout}"
        return done.stdout

    def ping(self, node, address, *options, count=1):
        """Ping from a node and return whether an answer came, and what was said."""
        argv = ["ping", "-n", "-c", str(count), "-i", "0.1", "-W", "0.3", *options, address]
        done = run_in(self.directory, node, argv)
        return done.returncode == 0, done.stdout + done.stderr

    def ssh(self, address, user, line, *, known_hosts=None):
        """Log in with strict host keys and run a line."""
        options = {
            "UserKnownHostsFile": known_hosts or self.directory / "known_hosts",
            "StrictHostKeyChecking": "yes",
            "BatchMode": "yes",
            "IdentitiesOnly": "yes",
        }
        flags = [word for key, value in options.items() for word in ("-o", f"{key}={value}")]
        argv = ["ssh", "-F", "none", "-p", "2222", "-i", str(self.directory / "id_ed25519"), *flags]
        argv += [f"{user}@{address}", line]
        return subprocess.run(argv, capture_output=True, text=True, check=False, timeout=20)

    def carrier(self, node, interface="eth1"):
        return self.run(node, f"cat /sys/class/net/{interface}/carrier").strip() == "1"


@pytest.fixture
def make_lab():
    """Give labs that are not up yet, and take each away in the end."""
    labs = []

    def make():
        labs.append(LabUnderTest())
        return labs[-1]

    yield make
    for each in labs:
        each.do("down")


@pytest.fixture
def order():
    """Order a connection in Frankfurt, as people do at AWS's console, and return its id."""

    def create(lab, name):
        client = boto3.client(
            "directconnect",
            region_name="eu-central-1",
            endpoint_url=f"http://{lab.loopback}.2:4566",
            aws_access_key_id="AKIATESTTESTTESTTEST",
            aws_secret_access_key="opens-nothing",  # noqa: S106
        )
        wanted = {"connectionName": name, "location": "EqFA5", "bandwidth": "10Gbps"}
        return client.create_connection(**wanted)["connectionId"]

    return create


@pytest.fixture(scope="module")
def lab():
    """Give a lab that is up, for the tests of one file."""
    lab = LabUnderTest()
    try:
        lab.do("up")
        yield lab
    finally:
        lab.do("down")


@pytest.fixture
def cable(lab):
    """Patch the circuit in Frankfurt, and leave it unpatched and whole."""
    lab.do("patch", "fra-a", "--aws-port", "aws-fra:eth1")
    yield lab
    lab.do("unpatch", "fra-a")


@pytest.fixture
def tagged(cable):
    """Give both ends of the circuit VLAN 101, MTU 8500, and an address in it."""
    for node, address in (("edge-fra-1", "169.254.101.2/30"), ("aws-fra", "169.254.101.1/30")):
        cable.run(node, "ip link add link eth1 name eth1.101 type vlan id 101")
        cable.run(node, "ip link set eth1.101 mtu 8500 up")
        cable.run(node, f"ip address add {address} dev eth1.101")
    until(lambda: cable.ping("edge-fra-1", "169.254.101.1")[0], "the cable carries VLAN 101")
    yield cable
    for node in ("edge-fra-1", "aws-fra"):
        cable.run(node, "ip link delete eth1.101")
