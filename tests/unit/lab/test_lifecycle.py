# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a lab lies on loopback, and what the command line accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.__main__ import main, parser
from lab.keys import known_hosts
from lab.lifecycle import login_address, loopback_of
from lab.topology_file import read_topology

REPOSITORY = Path(__file__).parents[3]


def test_the_management_network_is_mirrored_on_loopback():
    topology = read_topology(REPOSITORY / "lab/dx.clab.yml")
    assert loopback_of(topology) == "127.20.20"
    assert login_address("127.20.31", "172.20.20.11") == "127.20.31.11"


def test_known_hosts_name_the_port():
    text = known_hosts({"127.20.20.11": "ssh-ed25519 AAAA"})
    assert text == "[127.20.20.11]:2222 ssh-ed25519 AAAA\n"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("--json --name t up", id="before the command"),
        pytest.param("up --json --name t", id="after the command"),
    ],
)
def test_common_options_stand_on_either_side_of_the_command(line):
    options = parser().parse_args(line.split())
    assert (options.json, options.name) == (True, "t")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("--name ../etc status", "is no name for a lab", id="a path as name"),
        pytest.param("--name t --loopback 10.0.0 up", "127.x.y network", id="not loopback"),
        pytest.param("--name absent status", "lab absent is not up", id="no such lab"),
        pytest.param("--name absent fault aws", "needs --mode", id="a fault without mode"),
        pytest.param("--name absent fault c", "name the fault", id="a fault without kind"),
    ],
)
def test_a_wrong_line_is_answered_with_a_sentence(line, message, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["lab", *line.split()])
    assert main() == 1
    assert message in capsys.readouterr().err
