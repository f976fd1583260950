# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two plays on a simulated NX-OS router: the second one recalls a key that nobody can read."""

from __future__ import annotations

import json

from tests.fixtures.golden import GOLDEN
from tests.fixtures.nxos_transactions import (
    KEY,
    OWNERS,
    configured,
    is_clean,
    stranger,
)
from tests.fixtures.playbook import run_playbook
from tests.fixtures.routers.ssh_server import LOOPBACK, SSHServer
from tests.fixtures.ssh_session import PASSWORD, USER

MODULE = "crossconnect.dx.device_"
PLAY = [
    {
        "hosts": "all",
        "gather_facts": False,
        "tasks": [
            {
                MODULE + "config": {
                    "config": "{{ lookup('ansible.builtin.file', candidate) }}",
                    "keys": "{{ keys }}",
                    "mode": "owned",
                    "owners": OWNERS,
                    "revert_in": 120,
                }
            },
            {MODULE + "confirm": {}},
        ],
    }
]


def test_a_second_run_recalls_the_keys_from_the_control_node(tmp_path):
    router = stranger()
    (tmp_path / "play.yml").write_text(json.dumps(PLAY), encoding="utf-8")
    with SSHServer(router, user=USER, password=PASSWORD) as server:
        (tmp_path / "known_hosts").write_text(server.known_host, encoding="utf-8")
        host = {
            "ansible_connection": "crossconnect.dx.napalm",
            "ansible_host": LOOPBACK,
            "ansible_port": server.port,
            "ansible_user": USER,
            "ansible_password": PASSWORD,
            "dx_platform": "nxos",
            "dx_known_hosts_file": str(tmp_path / "known_hosts"),
            "candidate": str(GOLDEN / "candidates/nxos/dual-stack.cfg"),
            "keys": {"fra-a-transit": KEY},
        }
        inventory = tmp_path / "hosts.yml"
        inventory.write_text(json.dumps({"all": {"hosts": {"edge-fra-1": host}}}), encoding="utf-8")
        words = ("-i", str(inventory), "--diff", "-vvv", str(tmp_path / "play.yml"))
        state = {"XDG_STATE_HOME": str(tmp_path / "state")}
        first, second = (run_playbook(*words, folder=tmp_path, **state) for _ in range(2))
    assert "changed=2 " in first.output
    assert "changed=0 " in second.output, second.output
    assert (first.rc, second.rc, server.logins) == (0, 0, 2)
    assert configured(router)
    assert is_clean(router)
    assert KEY not in first.output + second.output
    (kept,) = (tmp_path / "state/crossconnect/fingerprints").iterdir()
    assert kept.name == "edge-fra-1.json"
    assert KEY not in kept.read_text(encoding="utf-8")
