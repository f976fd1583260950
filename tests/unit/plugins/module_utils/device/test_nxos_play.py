# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two plays on a simulated NX-OS router: the second one recalls a key that nobody can read."""

from __future__ import annotations

from tests.fixtures.golden import GOLDEN
from tests.fixtures.nxos_transactions import (
    KEY,
    OWNERS,
    configured,
    is_clean,
    stranger,
)
from tests.fixtures.simulated_hosts import listening

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
    variables = {
        "candidate": str(GOLDEN / "candidates/nxos/dual-stack.cfg"),
        "keys": {"fra-a-transit": KEY},
    }
    with listening(tmp_path, "nxos", {"edge-fra-1": router}) as hosts:
        first, second = (hosts.play(PLAY, **variables) for _ in range(2))
        logins = hosts.servers["edge-fra-1"].logins
    assert "changed=2 " in first.output
    assert "changed=0 " in second.output, second.output
    assert (first.rc, second.rc, logins) == (0, 0, 2)
    assert configured(router)
    assert is_clean(router)
    assert KEY not in first.output + second.output
    (kept,) = (tmp_path / "state/crossconnect/fingerprints").iterdir()
    assert kept.name == "edge-fra-1.json"
    assert KEY not in kept.read_text(encoding="utf-8")
