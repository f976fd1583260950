# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role dx_network over two accounts: one run proposes and accepts, the next makes one round."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ansible_collections.crossconnect.dx.plugins.modules import estate
from tests.fixtures.aws_model import SECRET_KEY, run_module
from tests.fixtures.two_accounts import KEYS, document

ROOT = Path(__file__).parents[3]
PROPOSE = "CreateDirectConnectGatewayAssociationProposal"
ACCEPT = "AcceptDirectConnectGatewayAssociationProposal"
READS = {"DescribeDirectConnectGateways", "DescribeDirectConnectGatewayAssociations"}


@pytest.fixture
def play(aws_model, tmp_path):
    """Return a way to run the role in both accounts; it gives the results by account."""
    hosts = {name: {"dx_aws": aws_model.options(key)} for name, key in KEYS.items()}
    inventory = {"aws_accounts": {"hosts": hosts, "vars": {"ansible_connection": "local"}}}
    (tmp_path / "hosts.yml").write_text(yaml.safe_dump(inventory))
    (tmp_path / "play.yml").write_text(
        yaml.safe_dump(
            [
                {
                    "hosts": "aws_accounts",
                    "gather_facts": False,
                    "module_defaults": {"group/crossconnect.dx.aws": "{{ dx_aws }}"},
                    "roles": [{"role": "crossconnect.dx.dx_network"}],
                    "tasks": [
                        {
                            "ansible.builtin.copy": {
                                "content": "{{ dx_network_result | to_json }}",
                                "dest": f"{tmp_path}/{{{{ inventory_hostname }}}}.json",
                                "mode": "0600",
                            },
                        }
                    ],
                }
            ]
        )
    )

    def run(*, failing=(), **variables):
        aws_model.forget_calls()
        done = subprocess.run(
            [
                str(Path(sys.executable).parent / "ansible-playbook"),
                "-i",
                tmp_path / "hosts.yml",
                tmp_path / "play.yml",
                "-e",
                json.dumps({"ansible_python_interpreter": sys.executable, **variables}),
            ],
            cwd=tmp_path,
            env={**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg")},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert bool(done.returncode) is bool(failing), done.stdout + done.stderr
        assert SECRET_KEY not in done.stdout
        ended = [name for name in hosts if name not in failing]
        return {name: json.loads((tmp_path / f"{name}.json").read_text()) for name in ended}

    return run


def test_one_run_proposes_and_accepts_and_the_next_makes_one_round(play, aws_model):
    results = play(dx_estate=document())

    assert aws_model.changes() == ["CreateDirectConnectGateway", PROPOSE, ACCEPT]
    assert results["network"]["awaited"] == []
    # Whoever has proposed may look before AWS has finished; nobody else is awaited.
    assert {each["from"] for each in results["applications"]["awaited"]} <= {"AWS"}
    assert all(result["changed"] for result in results.values())
    assert "accept association core/tgw-core" in results["network"]["plan_text"]

    again = play(dx_estate=document())

    assert aws_model.changes() == []
    assert not any(result["changed"] for result in again.values())
    # Gateways in one account, associations and proposals in both: each read once.
    assert {name: aws_model.calls().count(name) for name in READS} == {
        "DescribeDirectConnectGateways": 2,
        "DescribeDirectConnectGatewayAssociations": 2,
    }


def test_an_account_that_fails_holds_no_other_up_and_the_next_run_completes(play, aws_model):
    aws_model.break_call(ACCEPT, "error-before", count=9)

    left = play(dx_estate=document(), failing=["network"], dx_network_settle_seconds=2)

    assert aws_model.changes() == ["CreateDirectConnectGateway", PROPOSE, ACCEPT]
    (awaited,) = left["applications"]["awaited"]
    assert awaited["from"] == "the owner of account network"

    aws_model.heal()
    done = play(dx_estate=document())

    assert aws_model.changes() == [ACCEPT]
    assert done["network"]["awaited"] == []


def test_both_accounts_take_the_estate_down_in_one_run(play, aws_model):
    play(dx_estate=document())

    play(dx_estate=document(), dx_network_state="absent")

    assert aws_model.changes() == [
        "DeleteDirectConnectGatewayAssociation",
        "DeleteDirectConnectGateway",
    ]


def hosted():
    """Return an estate in which one account's port carries another's interface; no number in it."""
    return {
        "name": "acme",
        "connections": [
            {"name": "fra-a", "account": "network", "location": "EqFA5", "bandwidth": "10Gbps"}
        ],
        "gateways": [{"name": "theirs", "account": "applications", "amazon_asn": 64520}],
        "virtual_interfaces": [
            {
                "name": "fra-a-theirs",
                "on": "fra-a",
                "type": "private",
                "account": "applications",
                "gateway": "theirs",
                "vlan": 201,
                "customer_asn": 65001,
                "peers": [{"family": "ipv4"}],
            }
        ],
    }


def test_one_run_allocates_an_interface_for_an_account_of_the_play_and_has_it_confirmed(
    play, aws_model
):
    ports = {**hosted(), "virtual_interfaces": [], "gateways": []}
    run_module(estate.main, estate=ports, account="network", **aws_model.options())
    aws_model.patch("fra-a")

    results = play(dx_estate=hosted())

    assert "AllocatePrivateVirtualInterface" in aws_model.changes()
    assert "ConfirmPrivateVirtualInterface" in aws_model.changes()
    assert {each["from"] for each in results["applications"]["awaited"]} <= {"AWS"}

    again = play(dx_estate=hosted())

    assert aws_model.changes() == []
    assert not any(result["changed"] for result in again.values())
