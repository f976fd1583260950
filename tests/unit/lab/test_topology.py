# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A containerlab file is read as a whole, and every fault in it is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.errors import LabError
from lab.topology import Endpoint, TopologyError
from lab.topology_file import read_topology

REPOSITORY = Path(__file__).parents[3]
GOLDEN = REPOSITORY / "tests/golden/lab"


@pytest.fixture
def write(tmp_path):
    def write(text):
        file = tmp_path / "t.clab.yml"
        file.write_text(text)
        return file

    return write


def test_every_fault_is_told_at_once_with_its_place():
    with pytest.raises(TopologyError) as caught:
        read_topology(GOLDEN / "broken.clab.yml")
    assert f"{caught.value}\n" == (GOLDEN / "broken.txt").read_text()


def test_the_lab_of_this_repository_has_no_fault():
    topology = read_topology(REPOSITORY / "lab/dx.clab.yml")
    assert topology.name == "dx"
    assert {name for name, node in topology.nodes.items() if node.routes} == {
        "edge-fra-1", "edge-ams-1", "aws-fra", "aws-ams",
    }  # fmt: skip
    assert topology.links[0].ends == (Endpoint("edge-fra-1", "eth1"), Endpoint("eqfa5", "eth1"))
    assert topology.links[0].mtu == 9100


def test_a_node_lies_over_its_kind_and_that_over_the_defaults(write):
    file = write("""
name: t
topology:
  defaults: {kind: linux, image: general, labels: {a: "1", b: "1", c: "1"}}
  kinds: {linux: {image: special, labels: {b: "2", c: "2"}}}
  nodes: {one: {labels: {c: "3"}}, two: {image: own}}
""")
    nodes = read_topology(file).nodes
    assert nodes["one"].image == "special"
    assert nodes["one"].labels == {"a": "1", "b": "2", "c": "3"}
    assert nodes["two"].image == "own"


def test_a_startup_config_makes_a_router(write):
    file = write("name: t\ntopology: {nodes: {one: {startup-config: t.clab.yml}, two: {}}}\n")
    nodes = read_topology(file).nodes
    assert nodes["one"].routes
    assert not nodes["two"].routes


def test_the_digest_follows_the_files_that_are_bound(write, tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config/frr.conf").write_text("before")
    file = write("name: t\ntopology: {nodes: {one: {binds: ['config:/etc/frr.base:ro']}}}\n")
    before = read_topology(file).digest
    (tmp_path / "config/frr.conf").write_text("after")
    assert read_topology(file).digest != before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("name: [", "is not YAML", id="broken YAML"),
        pytest.param("- a list", "the file: must be a mapping", id="a list"),
        pytest.param("name: t", "topology.nodes: must name at least one node", id="no nodes"),
    ],
)
def test_a_file_that_is_no_topology_is_refused(write, text, message):
    with pytest.raises(LabError, match=message):
        read_topology(write(text))


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(LabError, match="cannot read the topology"):
        read_topology(tmp_path / "absent.clab.yml")
