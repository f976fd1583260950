# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same objects found by community.aws's modules, and by ours: one playbook each, same Ansible.

The peer's modules read one page of a list only, so they are given the ids that they would not find
beyond it: what they cost is then what they cost at their best.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.estates import ACCOUNT, KEY, Size, document

if TYPE_CHECKING:
    from tests.fixtures.aws_model import AwsModel

ROOT = Path(__file__).parents[3]
ANSIBLE = ROOT / ".cache/bench/venv/bin/ansible-playbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one playbook cost: calls as the model logged them, wall seconds from start to end."""

    calls: int
    seconds: float


def ours(model: AwsModel, size: Size, where: Path) -> Run:
    """Find the whole estate by one task."""
    task = {
        "crossconnect.dx.estate": {
            **model.options(),
            "estate": document(size),
            "account": ACCOUNT,
            "limits": {"virtual_interfaces_per_gateway": 10_000},
        }
    }
    return _play(model, [task], where)


def theirs(model: AwsModel, observed: dict[str, Any], count: int, where: Path) -> Run:
    """Find so many connections and so many interfaces, a task of the loop for each."""
    connections, interfaces = observed["connections"], observed["virtual_interfaces"]
    connection = {
        "state": "present",
        # Without its name: given both, the module finds the connection twice and says it is not
        # there.
        "connection_id": "{{ item.id }}",
        "location": "{{ item.location }}",
        "bandwidth": "{{ item.bandwidth }}",
        **model.options(),
    }
    interface = {
        "state": "present",
        "public": False,
        "name": "{{ item.name }}",
        "virtual_interface_id": "{{ item.id }}",
        "id_to_associate": "{{ item.connection_id }}",
        "vlan": "{{ item.vlan }}",
        "bgp_asn": "{{ item.customer_asn }}",
        "authentication_key": KEY,
        "direct_connect_gateway_id": "{{ item.gateway_id }}",
        **model.options(),
    }
    tasks = [
        {"community.aws.directconnect_connection": connection, "loop": connections[:count]},
        {"community.aws.directconnect_virtual_interface": interface, "loop": interfaces[:count]},
    ]
    return _play(model, tasks, where)


def _play(model: AwsModel, tasks: list[dict[str, Any]], where: Path) -> Run:
    """Run the tasks as a playbook that must find all as it is.

    Raises:
        RuntimeError: It failed, or it changed something.
    """
    playbook = where / "playbook.json"
    playbook.write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
    configuration = where / "ansible.cfg"
    configuration.write_text("[defaults]\n")
    environment = {
        **os.environ,
        "ANSIBLE_CONFIG": str(configuration),
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "collections"),
        "ANSIBLE_HOME": str(where),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_DEPRECATION_WARNINGS": "false",
    }
    model.forget_calls()
    started = time.monotonic()
    done = subprocess.run(
        [ANSIBLE, playbook], env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - started
    if done.returncode or "changed=0 " not in done.stdout:
        raise RuntimeError(f"{done.stdout[-3000:]}\n{done.stderr[-2000:]}")
    return Run(calls=len(model.calls()), seconds=seconds)
