# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role edge_router secures a port by the estate's MACsec keys; nobody else is told the CAK."""

from __future__ import annotations

from tests.fixtures import two_sites
from tests.fixtures.nxos_transactions import stranger
from tests.fixtures.simulated_hosts import listening

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
    router, wish = stranger(), estate()
    router.take(("feature macsec",))
    common = {"dx_make_macsec": True, "edge_router_observed": []}
    with listening(tmp_path, "nxos", {"edge-fra-1": router}) as hosts:
        first, second = (hosts.play(PLAY, dx_estate=wish, **common) for _ in range(2))
        secured = router.running
        wish["connections"][0] |= {"encryption_mode": "no_encrypt", "macsec_keys": []}
        third = hosts.play(PLAY, dx_estate=wish, **common)
    assert (first.rc, second.rc) == (0, 0), first.output + second.output
    assert f" key {CKN}\n  key-octet-string <hidden>" in first.output
    assert "changed=0 " in second.output, second.output
    assert "macsec keychain DX-PORTEthernet1_1-CAK policy DX-PORTEthernet1_1-MKA" in secured
    assert (third.rc, "DX-PORT" in router.running) == (0, False), third.output
    assert CAK not in first.output + second.output + third.output
    for file in (tmp_path / "state").rglob("*"):
        assert file.is_dir() or CAK not in file.read_text(encoding="utf-8")
