# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module is run as Ansible runs it, against real paths: loopback, and through a router."""

import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures.polling import until

MODULE = "ansible_collections.crossconnect.dx.plugins.modules.path_test"
ROOT = Path(__file__).parents[4]

# near --- middle --- far: the middle forwards, and its far side carries 1400 bytes at most.
NAMESPACES = ("near", "middle", "far")
LINKS = """\
link add near0 netns {near} type veth peer name middle0 netns {middle}
link add far0 netns {far} type veth peer name middle1 netns {middle}
-n {near} link set near0 mtu 9000 up
-n {middle} link set middle0 mtu 9000 up
-n {middle} link set middle1 mtu 1400 up
-n {far} link set far0 mtu 1400 up
-n {near} address add 192.0.2.2/25 dev near0
-n {middle} address add 192.0.2.1/25 dev middle0
-n {middle} address add 192.0.2.129/25 dev middle1
-n {far} address add 192.0.2.130/25 dev far0
-n {near} address add 2001:db8:1::2/64 dev near0 nodad
-n {middle} address add 2001:db8:1::1/64 dev middle0 nodad
-n {middle} address add 2001:db8:2::1/64 dev middle1 nodad
-n {far} address add 2001:db8:2::2/64 dev far0 nodad
-n {near} route add default via 192.0.2.1
-n {far} route add default via 192.0.2.129
-n {near} -6 route add default via 2001:db8:1::1
-n {far} -6 route add default via 2001:db8:2::1
netns exec {middle} sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
"""


def run_module(*, inside=None, **options):
    """Run the module in a process of its own, in a namespace if one is named; return its answer."""
    prefix = ["ip", "netns", "exec", inside] if inside else []
    arguments = {"ANSIBLE_MODULE_ARGS": {"_ansible_remote_tmp": "/tmp", **options}}  # noqa: S108
    done = subprocess.run(
        [*prefix, sys.executable, "-m", MODULE],
        input=json.dumps(arguments),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT / "collections",
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def path():
    """Two hosts and a router between them, in kernels' namespaces of this test's own."""
    if os.geteuid() != 0:
        pytest.skip("needs root to make network namespaces")
    names = {name: f"xc-{name}-{os.getpid()}" for name in NAMESPACES}
    with contextlib.ExitStack() as stack:
        for name in names.values():
            subprocess.run(["ip", "netns", "add", name], check=True)
            stack.callback(subprocess.run, ["ip", "netns", "delete", name], check=True)
            subprocess.run(["ip", "-n", name, "link", "set", "lo", "up"], check=True)
        for line in LINKS.format_map(names).splitlines():
            subprocess.run(["ip", *line.split()], check=True)
        for address in ("192.0.2.130", "2001:db8:2::2"):
            wait_until_reachable(names["near"], address)
        yield names


def wait_until_reachable(near, address):
    """Poll until the far end answers: a kernel takes a moment to find its IPv6 neighbors."""
    ping = ["ip", "netns", "exec", near, "ping", "-c", "1", "-W", "1", address]
    until(
        lambda: subprocess.run(ping, capture_output=True, check=False).returncode == 0,
        f"an answer of {address}",
        seconds=20,
    )


def test_loopback_is_reachable_over_both_families():
    answer = run_module(
        targets=[{"address": "127.0.0.1"}, {"address": "::1", "name": "me"}], count=2, timeout=1
    )
    assert not answer["changed"]
    assert [(check["id"], check["target"], check["verdict"]) for check in answer["checks"]] == [
        ("ping4", "127.0.0.1", "pass"),
        ("ping6", "me ::1", "pass"),
    ]
    assert answer["paths"][0]["received"] == 2
    assert answer["paths"][0]["rtt_avg_ms"] > 0


def test_check_mode_tests_all_the_same():
    answer = run_module(targets=[{"address": "127.0.0.1"}], count=1, _ansible_check_mode=True)
    assert answer["checks"][0]["verdict"] == "pass"


def test_a_router_in_the_path_enforces_the_mtu_exactly(path):
    answer = run_module(
        inside=path["near"],
        targets=[
            {"address": "192.0.2.130", "mtu": 1400},
            {"address": "2001:db8:2::2", "mtu": 1400},
        ],
        count=2,
        timeout=1,
    )
    verdicts = {check["id"]: (check["verdict"], check["measured"]) for check in answer["checks"]}
    assert verdicts["mtu4"] == ("pass", "1400 bytes pass whole")
    assert verdicts["mtu6"] == ("pass", "1400 bytes pass whole")
    assert verdicts["mtu4_limit"][0] == "pass"
    assert verdicts["mtu4_limit"][1].endswith("says 1400 is the limit")
    assert verdicts["mtu6_limit"][0] == "pass"


def test_a_path_narrower_than_declared_fails(path):
    answer = run_module(
        inside=path["near"],
        targets=[{"address": "192.0.2.130", "name": "far", "mtu": 8500}],
        count=2,
        timeout=1,
    )
    assert [(check["id"], check["verdict"]) for check in answer["checks"]] == [
        ("ping4", "pass"),
        ("mtu4", "fail"),
        ("mtu4_limit", "na"),
    ]
    # The router tells the first packet; this host may remember its word for the next one.
    assert re.search("1400 (is|as) the limit", answer["checks"][1]["measured"])


def test_the_own_interface_as_the_limit_is_said(path):
    answer = run_module(
        inside=path["near"], targets=[{"address": "192.0.2.1", "mtu": 9000}], count=1, timeout=1
    )
    assert answer["checks"][2]["verdict"] == "na"
    assert "own interface carries 9000 bytes" in answer["checks"][2]["measured"]


def test_an_address_without_a_route_fails_with_the_reason(path):
    answer = run_module(
        inside=path["middle"],
        targets=[{"address": "198.51.100.7", "mtu": 1500}],
        count=1,
        timeout=1,
    )
    assert answer["checks"][0]["verdict"] == "fail"
    assert "unreachable" in answer["checks"][0]["measured"]
    assert [check["verdict"] for check in answer["checks"]] == ["fail", "na", "na"]


def test_all_bad_options_are_named_at_once():
    answer = run_module(targets=[{"address": "host-dc", "mtu": 70000}], count=0, timeout=-1)
    assert answer["failed"]
    assert answer["msg"].splitlines() == [
        "targets[0].address: host-dc is not an IP address",
        "targets[0].mtu: 70000 is not an MTU (576 to 65535)",
        "count: must be at least 1",
        "timeout: must be at least 1",
    ]


def test_no_target_is_no_check():
    assert run_module(targets=[])["checks"] == []
