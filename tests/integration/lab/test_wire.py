# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wire: real tags, exact MTU, and cables that break in three ways."""

from __future__ import annotations

import json
import subprocess

import pytest

from lab.nodes import run_in
from tests.fixtures.polling import until

pytestmark = pytest.mark.lab
AMAZON = "169.254.101.1"


def test_frames_on_the_wire_carry_the_tag(tagged):
    sniffer = subprocess.Popen(
        ["ip", "netns", "exec", f"clab-{tagged.name}-eqfa5",
         "tcpdump", "-c", "2", "-l", "-n", "-e", "-i", "eth2", "icmp or (vlan and icmp)"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while "listening" not in sniffer.stderr.readline():
        assert sniffer.poll() is None, "tcpdump does not start"
    answered, said = tagged.ping("edge-fra-1", AMAZON, count=2)
    assert answered, said
    frames, _ = sniffer.communicate(timeout=10)
    for frame in frames.splitlines():
        assert "802.1Q (0x8100)" in frame
        assert "vlan 101, p 0, ethertype IPv4" in frame


def test_an_mtu_of_8500_is_exact(tagged):
    fits, said = tagged.ping("edge-fra-1", AMAZON, "-M", "do", "-s", str(8500 - 28))
    assert fits, said
    too_long, said = tagged.ping("edge-fra-1", AMAZON, "-M", "do", "-s", str(8501 - 28))
    assert not too_long
    assert "mtu=8500" in said


def test_another_vlan_hears_nothing(tagged):
    tagged.run("aws-fra", "ip link delete eth1.101")
    tagged.run("aws-fra", "ip link add link eth1 name eth1.102 type vlan id 102")
    tagged.run("aws-fra", "ip link set eth1.102 up && ip address add 169.254.101.1/30 dev eth1.102")
    deaf, _ = tagged.ping("edge-fra-1", AMAZON, count=3)
    tagged.run("aws-fra", "ip link delete eth1.102")
    tagged.run("aws-fra", "ip link add link eth1 name eth1.101 type vlan id 101")
    tagged.run("aws-fra", "ip link set eth1.101 up && ip address add 169.254.101.1/30 dev eth1.101")
    until(lambda: tagged.ping("edge-fra-1", AMAZON)[0], "the right VLAN is heard")
    assert not deaf


def test_untagged_frames_pass_beside_the_tagged(tagged):
    tagged.run("edge-fra-1", "ip address add 192.0.2.1/30 dev eth1")
    tagged.run("aws-fra", "ip address add 192.0.2.2/30 dev eth1")
    until(lambda: tagged.ping("edge-fra-1", "192.0.2.2")[0], "untagged frames pass")
    answered, said = tagged.ping("edge-fra-1", AMAZON)
    assert answered, said
    for node in ("edge-fra-1", "aws-fra"):
        tagged.run(node, "ip address flush dev eth1 scope global")


def test_a_port_sees_light_only_while_it_is_patched(lab):
    ends = ("edge-ams-1", "aws-ams")
    assert [lab.carrier(node) for node in ends] == [False, False]
    cable = lab.do("patch", "ams-a", "--aws-port", "aws-ams:eth1")["ams-a"]
    assert (cable["location"], cable["customer"]) == ("EqAM3", "edge-ams-1:eth1")
    assert [lab.carrier(node) for node in ends] == [True, True]
    assert lab.do("patch", "ams-a")["changed"] is False
    assert lab.do("unpatch", "ams-a")["changed"] is True
    assert [lab.carrier(node) for node in ends] == [False, False]
    assert lab.do("unpatch", "ams-a")["changed"] is False
    assert json.loads((lab.directory / "cables.json").read_text()) == {}


def test_a_patch_that_was_cut_short_is_done_again(lab):
    namespace = f"clab-{lab.name}-eqam3"
    argv = ["ip", "-n", namespace, "link", "add", "x-eth1", "type", "bridge"]
    subprocess.run(argv, check=True)
    lab.do("patch", "ams-a", "--aws-port", "aws-ams:eth1")
    assert lab.carrier("edge-ams-1")
    lab.do("unpatch", "ams-a")


def test_a_port_takes_one_cable(cable):
    done = cable.ask("patch", "b", "--port", "edge-fra-1:eth1", "--aws-port", "aws-fra:eth1")
    assert done.returncode == 1
    assert "the cable of fra-a is in" in done.stderr


def test_a_cut_cable_takes_the_light_from_both_ends(tagged):
    tagged.do("fault", "fra-a", "cable")
    assert [tagged.carrier(node) for node in ("edge-fra-1", "aws-fra")] == [False, False]
    state = json.loads(tagged.run("edge-fra-1", "ip -j link show eth1.101"))[0]["operstate"]
    assert state == "LOWERLAYERDOWN"
    tagged.do("heal", "fra-a")
    assert [tagged.carrier(node) for node in ("edge-fra-1", "aws-fra")] == [True, True]
    until(lambda: tagged.ping("edge-fra-1", AMAZON)[0], "the healed cable carries frames")


def test_a_silent_fault_loses_frames_in_the_light(tagged):
    tagged.do("fault", "fra-a", "silent")
    assert not tagged.ping("edge-fra-1", AMAZON)[0]
    assert tagged.carrier("edge-fra-1")
    assert tagged.do("fault", "fra-a", "silent")["changed"] is False
    tagged.do("heal", "fra-a")
    until(lambda: tagged.ping("edge-fra-1", AMAZON)[0], "the healed cable carries frames")
    assert tagged.do("heal", "fra-a")["changed"] is False


def test_a_fault_of_one_vlan_spares_the_others(tagged):
    for node, address in (("edge-fra-1", "169.254.103.2/30"), ("aws-fra", "169.254.103.1/30")):
        tagged.run(node, "ip link add link eth1 name eth1.103 type vlan id 103")
        tagged.run(node, f"ip link set eth1.103 up && ip address add {address} dev eth1.103")
    tagged.do("fault", "fra-a", "vlan", "--vlan", "101")
    broken = not tagged.ping("edge-fra-1", AMAZON, count=3)[0]
    until(lambda: tagged.ping("edge-fra-1", "169.254.103.1")[0], "VLAN 103 still passes")
    tagged.do("heal", "fra-a")
    for node in ("edge-fra-1", "aws-fra"):
        tagged.run(node, "ip link delete eth1.103")
    assert broken


def test_a_vlan_link_reads_as_on_any_kernel(cable):
    login = f"{cable.loopback}.11"
    line = "sudo ip link add link eth1 name eth1.300 mtu 1500 type vlan id 300"
    assert cable.ssh(login, "automation", line).returncode == 0
    link = json.loads(cable.run("edge-fra-1", "ip -d -j link show eth1.300"))[0]
    told = link["linkinfo"]["info_kind"], link["linkinfo"]["info_data"]["id"], link["mtu"]
    assert told == ("vlan", 300, 1500)
    listed = json.loads(cable.run("edge-fra-1", "ip -j -details link show type vlan"))
    assert [each["ifname"] for each in listed] == ["eth1.300"]
    assert " vlan protocol 802.1Q id 300 " in cable.run("edge-fra-1", "ip -d link show eth1.300")
    assert cable.ssh(login, "automation", "sudo ip link del dev eth1.300").returncode == 0
    assert json.loads(cable.run("edge-fra-1", "ip -j -d link show type vlan")) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("name eth1.301 type vlan id 300", "File exists", id="a VLAN twice"),
        pytest.param("name eth1.300 type vlan id 302", "File exists", id="a name twice"),
        pytest.param("name eth1.5000 type vlan id 5000", "VLAN id", id="no VLAN"),
        pytest.param("name eth1.303 type vlan", "VLAN properties", id="without a VLAN"),
    ],
)
def test_a_wrong_vlan_link_is_refused_and_leaves_nothing(cable, line, message):
    cable.run("edge-fra-1", "ip link add link eth1 name eth1.300 type vlan id 300")
    argv = ["ip", "link", "add", "link", "eth1", *line.split()]
    done = run_in(cable.directory, "edge-fra-1", argv)
    links = json.loads(cable.run("edge-fra-1", "ip -j link show"))
    cable.run("edge-fra-1", "ip link delete eth1.300")
    assert done.returncode == 2
    assert message in done.stderr
    assert [link["ifname"] for link in links if "." in link["ifname"]] == ["eth1.300"]


def test_a_batch_of_sentences_may_hold_vlan_links(cable):
    batch = "link add link eth1 name eth1.310 type vlan id 310\nlink set dev eth1.310 up mtu 1400\n"
    done = run_in(cable.directory, "edge-fra-1", ["ip", "-batch", "-"], input=batch)
    assert done.returncode == 0, done.stderr
    link = json.loads(cable.run("edge-fra-1", "ip -j -d link show eth1.310"))[0]
    assert (link["linkinfo"]["info_kind"], link["mtu"]) == ("vlan", 1400)
    cable.run("edge-fra-1", "ip link delete eth1.310")


def test_a_lossy_cable_loses_some_frames(tagged):
    tagged.do("fault", "fra-a", "loss", "--percent", "40")
    _, said = tagged.ping("edge-fra-1", AMAZON, "-i", "0.005", count=100)
    received = int(said.partition(" received")[0].rpartition(" ")[2])
    assert 5 < received < 75  # 36 of 100 are due: 60 % there, 60 % back
    tagged.do("heal", "fra-a")


def test_a_new_cable_has_none_of_the_old_ones_faults(tagged):
    tagged.do("fault", "fra-a", "silent")
    tagged.do("unpatch", "fra-a")
    tagged.do("patch", "fra-a", "--aws-port", "aws-fra:eth1")
    until(lambda: tagged.ping("edge-fra-1", AMAZON)[0], "the new cable carries frames")
