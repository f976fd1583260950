# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A running lab: routers that route, hosts that are reached, logins that are safe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fixtures.polling import until

pytestmark = pytest.mark.lab


def established(lab, node):
    families = json.loads(lab.run(node, "vtysh -c 'show bgp summary json'"))
    return [
        peer["state"] == "Established"
        for family in families.values()
        for peer in family.get("peers", {}).values()
    ]


def test_a_second_up_changes_nothing(lab):
    before = json.loads((lab.directory / "lab.json").read_text())
    again = lab.do("up")
    assert again["changed"] is False
    assert again["nodes"] == before["nodes"]


@pytest.mark.parametrize("node", ["edge-fra-1", "edge-ams-1", "aws-fra", "aws-ams"])
def test_the_sites_of_one_side_speak_bgp_in_both_families(lab, node):
    until(lambda: established(lab, node) == [True, True], f"two sessions established on {node}")


def test_the_lan_is_known_at_the_other_site(lab):
    def learned():
        told = lab.run("edge-ams-1", "vtysh -c 'show bgp ipv4 unicast json'")
        told += lab.run("edge-ams-1", "vtysh -c 'show bgp ipv6 unicast json'")
        return "192.168.10.0/24" in told and "2001:db8:10::/64" in told

    until(learned, "edge-ams-1 learns the LAN of edge-fra-1")


@pytest.mark.parametrize(
    ("host", "gateway"),
    [
        pytest.param("host-dc", "192.168.10.1", id="data centre"),
        pytest.param("host-dc", "2001:db8:10::1", id="data centre, IPv6"),
        pytest.param("host-vpc", "10.20.0.1", id="VPC"),
        pytest.param("host-vpc", "2001:db8:20::1", id="VPC, IPv6"),
    ],
)
def test_a_host_reaches_its_gateway_with_full_frames(lab, host, gateway):
    overhead = 48 if ":" in gateway else 28
    answered, said = lab.ping(host, gateway, "-M", "do", "-s", str(9001 - overhead))
    assert answered, said


def test_a_key_opens_a_shell_with_sudo(lab):
    done = lab.ssh(f"{lab.loopback}.11", "automation", "hostname; sudo -n id -u; id -nG")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["edge-fra-1", "0", "automation frrvty frr"]


def test_a_network_operator_lands_in_vtysh(lab):
    done = lab.ssh(f"{lab.loopback}.12", "netops", "show version")
    assert done.stdout.startswith("FRRouting")


def test_an_unknown_host_key_is_refused(lab, tmp_path):
    strange = tmp_path / "known_hosts"
    key = (lab.directory / "known_hosts").read_text().splitlines()[-1].split(maxsplit=1)[1]
    strange.write_text(f"[{lab.loopback}.11]:2222 {key}\n")
    done = lab.ssh(f"{lab.loopback}.11", "automation", "true", known_hosts=strange)
    assert done.returncode == 255
    assert "Host key verification failed" in done.stderr


def test_each_login_is_counted_and_an_open_port_is_not(lab):
    def logins():
        return lab.do("status")["logins"].get("host-vpc", 0)

    before = logins()
    lab.ssh(f"{lab.loopback}.32", "nobody", "true")
    lab.ssh(f"{lab.loopback}.32", "automation", "true")
    until(lambda: logins() == before + 1, "one more login on host-vpc")


def test_what_a_node_writes_stays_in_the_node(lab):
    places = ["/etc", "/var/lib", "/home/automation", "/run", "/usr/local/bin"]
    files = [f"{place}/{lab.name}-marker" for place in places]
    done = lab.ssh(f"{lab.loopback}.11", "automation", f"sudo touch {' '.join(files)}")
    assert done.returncode == 0, done.stderr
    assert lab.run("edge-fra-1", f"ls {' '.join(files)}").split() == sorted(files)
    assert [file for file in files if Path(file).exists()] == []


def test_saving_the_configuration_leaves_the_repository_alone(lab):
    base = Path(__file__).parents[3] / "lab/config/edge-ams-1/frr.conf"
    before = base.read_text()
    lab.run(
        "edge-ams-1",
        "vtysh -c 'configure' -c 'interface lo' -c 'description renamed' -c 'end' -c 'write'",
    )
    assert "description renamed" in lab.run("edge-ams-1", "cat /etc/frr/frr.conf")
    assert base.read_text() == before


def test_a_killed_daemon_is_started_again(lab):
    before = lab.run("aws-ams", "pidof bfdd")
    lab.run("aws-ams", f"kill -9 {before}")

    def restarted():
        return lab.run("aws-ams", "pidof bfdd || true") not in {"", before}

    until(restarted, "watchfrr starts bfdd again", seconds=30)
