# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role edge_router secures a port by the estate's MACsec keys; nobody else is told the CAK."""

from __future__ import annotations

import json

from tests.fixtures import two_sites
from tests.fixtures.nxos_transactions import stranger
from tests.fixtures.playbook import run_playbook
from tests.fixtures.routers.ssh_server import LOOPBACK, SSHServer
from tests.fixtures.ssh_session import PASSWORD, USER

CKN, CAK = "ab01" * 16, "1c4f" * 16
PLAY = [
    {
        "hosts": "edge-fra-1",
        "gather_facts": False,
        "roles": ["crossconnect.dx.edge_router"],
    }
]


def estate():
    wish = two_sites.document()
    wish["virtual_interfaces"] = []
    wish["connections"] = [
        {
            **wish["connections"][0],
            "port": "Ethernet1/1",
            "request_macsec": True,
            "encryption_mode": "should_encrypt",
            "macsec_keys": [{"ckn": CKN, "cak": CAK}],
        }
    ]
    return wish


def test_a_port_is_secured_once_and_opened_and_the_cak_is_told_to_the_router_alone(tmp_path):
    router = stranger()
    router.take(("feature macsec",))
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
            "dx_estate": estate(),
            "dx_make_macsec": True,
            "edge_router_observed": [],
        }
        inventory = tmp_path / "hosts.yml"
        inventory.write_text(json.dumps({"all": {"hosts": {"edge-fra-1": host}}}), encoding="utf-8")
        words = ("-i", str(inventory), "--diff", "-vvv", str(tmp_path / "play.yml"))
        state = {"XDG_STATE_HOME": str(tmp_path / "state")}
        first, second = (run_playbook(*words, folder=tmp_path, **state) for _ in range(2))
        secured = router.running
        host["dx_estate"]["connections"][0] |= {"encryption_mode": "no_encrypt", "macsec_keys": []}
        inventory.write_text(json.dumps({"all": {"hosts": {"edge-fra-1": host}}}), encoding="utf-8")
        third = run_playbook(*words, folder=tmp_path, **state)
    assert (first.rc, second.rc) == (0, 0), first.output + second.output
    assert f" key {CKN}\n  key-octet-string <hidden>" in first.output
    assert "changed=0 " in second.output, second.output
    assert "macsec keychain DX-PORTEthernet1_1-CAK policy DX-PORTEthernet1_1-MKA" in secured
    assert (third.rc, "DX-PORT" in router.running) == (0, False), third.output
    assert CAK not in first.output + second.output + third.output
    for file in (tmp_path / "state").rglob("*"):
        assert file.is_dir() or CAK not in file.read_text(encoding="utf-8")
