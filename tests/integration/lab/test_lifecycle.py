# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Up from nothing, and down to nothing, whatever happened in between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from lab import model
from tests.fixtures.polling import until

pytestmark = pytest.mark.lab
REPOSITORY = Path(__file__).parents[3]
WATCHED = ("/etc", "/home", "/run", "/var/lib/crossconnect", "/var/log/frr", "/var/tmp")  # noqa: S108


def processes(name):
    """Return the processes that belong to a lab by what they run or were told."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes() + (entry / "mountinfo").read_bytes()
        except OSError:
            continue
        if f"/run/crossconnect/{name}".encode() in words:
            found.append(entry.name)
    return found


def remains(name):
    """Return everything in this machine that a lab of this name could leave."""
    mounts = Path("/proc/mounts").read_text().splitlines()
    namespaces = subprocess.run(["ip", "netns"], capture_output=True, text=True, check=True).stdout
    return {
        "processes": processes(name),
        "mounts": [line for line in mounts if name in line],
        "namespaces": [line for line in namespaces.splitlines() if f"clab-{name}-" in line],
        "files": [str(file) for file in Path("/run").glob(f"*/*{name}*")],
    }


def host_links():
    return {link["ifname"] for link in json.loads(subprocess.check_output(["ip", "-j", "link"]))}


def host_files():
    """Return the files of the host that no running lab accounts for."""
    found = {str(file) for place in WATCHED for file in Path(place).rglob("*")}
    labs = ("/run/crossconnect", "/run/netns", "/run/sudo")
    return {file for file in found if not file.startswith(labs)}


NOTHING = {"processes": [], "mounts": [], "namespaces": [], "files": []}


def test_down_leaves_nothing_behind(make_lab, figure):
    lab, links, files = make_lab(), host_links(), host_files()
    figure("lab up from nothing", f"{lab.do('up')['seconds']} s")
    lab.do("patch", "fra-a", "--aws-port", "aws-fra:eth1")
    assert lab.ssh(f"{lab.loopback}.11", "automation", "true").returncode == 0
    assert remains(lab.name)["processes"]
    figure("lab down", f"{lab.do('down')['seconds']} s")
    assert remains(lab.name) == NOTHING
    assert host_links() == links
    assert host_files() == files
    assert lab.do("down")["changed"] is False


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param("lab.json", id="before the first namespace"),
        pytest.param("host-vpc", id="among the nodes"),
        pytest.param("edge-fra-1/init.log", id="while a router starts"),
    ],
)
def test_down_clears_up_after_an_up_that_was_killed(make_lab, moment):
    lab = make_lab()
    up = subprocess.Popen(lab.argv("up"), cwd=REPOSITORY, stdout=subprocess.DEVNULL)
    until((lab.directory / moment).exists, moment, pause=0)
    up.send_signal(signal.SIGKILL)
    up.wait()
    assert json.loads((lab.directory / "lab.json").read_text())["phase"] == "starting"
    assert lab.do("down")["changed"] is True
    assert remains(lab.name) == NOTHING


def states(lab):
    """Return the states of the orders that the model of AWS holds, by their ids."""
    return {each["id"]: each["state"] for each in model.ask(lab.loopback, "connections")}


def end_process(name):
    """Return a way to kill one of the processes beside the nodes."""
    return lambda _, document: os.kill(document["processes"][name]["pid"], signal.SIGKILL)


def freeze_model(_, document):
    os.kill(document["processes"]["aws"]["pid"], signal.SIGSTOP)


def kill_in(node, *daemons):
    """Return a way to kill daemons of FRR on a node."""
    files = " ".join(f"/run/frr/{daemon}.pid" for daemon in daemons)
    return lambda lab, _: lab.run(node, f"kill -9 $(cat {files})")


@pytest.mark.parametrize(
    ("strike", "missing", "mended"),
    [
        pytest.param(
            end_process("gateway"),
            "the SSH gateway has ended",
            "the SSH gateway runs again",
            id="the gateway was killed",
        ),
        pytest.param(
            end_process("aws"),
            "the model of AWS has ended",
            "the model of AWS runs again, with all orders of before",
            id="the model of AWS was killed",
        ),
        pytest.param(
            freeze_model,
            "the model of AWS runs and does not answer",
            "the model of AWS runs again, with all orders of before",
            id="the model of AWS hangs",
        ),
        pytest.param(
            kill_in("edge-fra-1", "watchfrr", "bgpd", "zebra"),
            "edge-fra-1 lacks watchfrr, zebra, bgpd of FRR",
            "FRR of edge-fra-1 runs again, from its saved configuration",
            id="FRR of a router was killed",
        ),
    ],
)
def test_up_brings_back_what_has_died_and_leaves_the_rest_alone(
    make_lab, order, strike, missing, mended
):
    lab = make_lab()
    before = lab.do("up")
    ordered = order(lab, "fra-a")
    lab.do("patch", "fra-a")
    strike(lab, before)
    until(lambda: lab.do("status")["missing"] == [missing], f"status says that {missing}")
    after = lab.do("up")
    assert (after["changed"], after["mended"]) == (True, [mended])
    assert after["nodes"] == before["nodes"], "no node was begun anew"
    status = lab.do("status")
    assert (status["whole"], status["missing"]) == (True, [])
    assert lab.do("up")["changed"] is False
    assert lab.ssh(f"{lab.loopback}.11", "automation", "vtysh -c 'show version'").returncode == 0
    until(lambda: states(lab) == {ordered: "available"}, "the order has its cable yet")
    assert lab.do("patch", "fra-a")["changed"] is False
    lab.do("down")
    assert remains(lab.name) == NOTHING


def test_up_begins_anew_and_says_so_when_a_node_has_died(make_lab):
    lab = make_lab()
    before = lab.do("up")
    os.kill(before["nodes"]["host-dc"]["pid"], signal.SIGKILL)
    until(lambda: not lab.do("status")["whole"], "the lab knows that it is not whole")
    argv = [word for word in lab.argv("up") if word != "--json"]
    done = subprocess.run(argv, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert "begun anew, for node host-dc has ended: all orders, cables and config" in done.stdout
    assert lab.do("status")["whole"] is True


def test_two_labs_live_side_by_side(make_lab):
    one, other = make_lab(), make_lab()
    one.do("up")
    other.do("up")
    one.run("edge-fra-1", "ip link set lo alias one")
    assert one.do("down")["changed"] is True
    assert remains(one.name) == NOTHING
    done = other.ssh(f"{other.loopback}.11", "automation", "ip link show lo")
    assert done.returncode == 0, done.stderr
    assert "alias one" not in done.stdout


def test_the_key_belongs_to_the_user_behind_sudo(make_lab):
    lab = make_lab()
    lab.do("up", env={"SUDO_UID": "12345", "SUDO_GID": "23456"})
    key = (lab.directory / "id_ed25519").stat()
    assert (key.st_uid, key.st_gid, key.st_mode & 0o777) == (12345, 23456, 0o600)
    assert (lab.directory / "known_hosts").stat().st_mode & 0o777 == 0o644


def test_an_address_in_use_is_named_and_nothing_is_begun(make_lab):
    one, other = make_lab(), make_lab()
    one.do("up")
    other.loopback = one.loopback
    done = other.ask("up")
    assert done.returncode == 1
    assert f"cannot listen on {one.loopback}.11 port 2222 for edge-fra-1" in done.stderr
    assert "choose other addresses with --loopback" in done.stderr
    assert remains(other.name) == NOTHING


def test_a_node_that_does_not_start_says_why_and_leaves_nothing(make_lab, tmp_path):
    lab = make_lab()
    file = tmp_path / "t.clab.yml"
    file.write_text("name: t\ntopology: {nodes: {one: {exec: ['echo no luck >&2; false']}}}\n")
    done = lab.ask("up", "--topology", str(file))
    assert done.returncode == 1
    assert "one: `echo no luck >&2; false` failed: no luck" in done.stderr
    assert remains(lab.name) == NOTHING


def test_up_starts_over_where_an_up_was_killed_at_its_very_beginning(make_lab):
    lab = make_lab()
    lab.directory.mkdir(parents=True)
    assert lab.do("up")["changed"] is True
