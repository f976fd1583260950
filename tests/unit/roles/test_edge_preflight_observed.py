# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role edge_preflight holds a router against what the run has seen of AWS, where it has."""

from __future__ import annotations

import json

from tests.fixtures.playbook import play
from tests.fixtures.two_sites import document

ROUTER = "edge-fra-1"
NOTHING = {"interfaces": {}, "interfaces_ip": {}, "bgp_neighbors": {}}


def accounts(**facts):
    """Return the tasks that make two accounts known, one of them with a fact."""
    return [
        {"ansible.builtin.add_host": {"name": "network", "groups": "aws_accounts"} | facts},
        {"ansible.builtin.add_host": {"name": "partner", "groups": "aws_accounts"}},
    ]


JUDGE = [
    {
        "ansible.builtin.include_role": {
            "name": "crossconnect.dx.edge_preflight",
            "tasks_from": "judge",
        }
    },
    {
        "ansible.builtin.copy": {
            "content": "{{ edge_preflight_checks | selectattr('id', 'eq', 'macsec') | to_json }}",
            "dest": "{{ playbook_dir }}/checks.json",
            "mode": "0600",
        }
    },
]


def warnings(folder, tasks):
    wish = document()
    wish["connections"][0] |= {"request_macsec": True, "macsec_keys": []}
    known = {
        "dx_estate": wish,
        "dx_make_macsec": True,
        "dx_platform": "ios",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
        "__edge_preflight_router": {"facts": NOTHING},
        "__edge_preflight_instances": {},
        "inventory_hostname": ROUTER,
    }
    done = play(folder, [*tasks, *JUDGE], "-e", json.dumps(known))
    assert done.rc == 0, done.output
    return [
        (each["verdict"], each["target"])
        for each in json.loads((folder / "checks.json").read_text(encoding="utf-8"))
    ]


def test_a_port_that_aws_holds_to_encrypt_is_warned_of(tmp_path):
    seen = {
        "account": "network",
        "connections": [{"name": "fra-a", "encryption_mode": "must_encrypt"}],
    }
    tasks = accounts(dx_order_result={"observed": seen})
    assert warnings(tmp_path, tasks) == [("warn", "edge-fra-1:eth1")]


def test_a_run_that_has_not_looked_at_aws_warns_of_nothing(tmp_path):
    assert warnings(tmp_path, []) == []
