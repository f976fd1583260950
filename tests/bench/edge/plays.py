# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same job by two playbooks: facts, install and commit, facts again, all sessions up.

Ours is what the role edge_router does on a router: the modules over one session, with a revert
timer, gates, a confirmation and a second comparison. The peer's is what its own documentation
shows: a module each, which waits for the sessions by trying again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .field import KEY, KEY_NAME

if TYPE_CHECKING:
    from .field import Field

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
PEER = ROOT / ".cache/bench/venv"
PACKAGE = PEER / "lib" / f"python3.{sys.version_info.minor}" / "site-packages/napalm_ansible"
MODULE = "crossconnect.dx.device_"
FORKS = 8
GATE_SECONDS = 60
PLACEHOLDER = f"@@KEY:{KEY_NAME}@@"


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What one playbook cost: wall seconds, CPU seconds of the control node alone, logins."""

    seconds: float
    cpu: float
    logins: int


def ours(field: Field) -> Play:
    """Have our modules do it."""
    change = {
        "config": "{{ candidate }}",
        "keys": "{{ keys }}",
        "mode": "owned",
        "owners": ["DX-VIF101"],
    }
    baseline = "{{ before.facts | combine({'taken_at': before.taken_at}) }}"
    again = {MODULE + "config": {**change, "commit": False}, "register": "again"}
    tasks: list[dict[str, Any]] = [
        {MODULE + "facts": {"getters": ["bgp_neighbors", "interfaces"]}, "register": "before"},
        {MODULE + "config": {**change, "revert_in": 300}, "register": "commit"},
        {
            MODULE + "check": {
                "bgp": "{{ sessions }}", "bfd": True, "baseline": baseline, "timeout": GATE_SECONDS,
            }
        },
        {MODULE + "confirm": {}},
        {**again, "failed_when": "again.diff.prepared | length > 0"},
    ]  # fmt: skip
    return _play(field, Path(sys.executable).parent, tasks, _our_hosts(field), {})


def theirs(field: Field) -> Play:
    """Have napalm-ansible's modules do it."""
    provider = {"provider": "{{ provider }}"}
    facts = {"napalm_get_facts": {**provider, "filter": "bgp_neighbors,interfaces"}}
    install = {
        **provider,
        "config_file": "{{ file }}",
        "commit_changes": True,
        "replace_config": False,
        "get_diffs": True,
    }
    tasks = [
        facts,
        {"napalm_install_config": install},
        facts,
        {
            "napalm_validate": {**provider, "validation_file": "{{ validation }}"},
            "register": "report",
            "until": "report.compliance_report.complies",
            "retries": GATE_SECONDS,
            "delay": 1,
        },
    ]
    environment = {
        "ANSIBLE_LIBRARY": str(PACKAGE / "modules"),
        "ANSIBLE_ACTION_PLUGINS": str(PACKAGE / "plugins/action"),
        "PYTHONPATH": f"{ROOT / 'collections'}:{HERE}",
    }
    return _play(field, PEER / "bin", tasks, _their_hosts(field), environment)


def _our_hosts(field: Field) -> dict[str, Any]:
    options = field.options()
    common = {
        "ansible_connection": "crossconnect.dx.napalm",
        "ansible_port": options["port"],
        "ansible_user": "automation",
        "ansible_ssh_private_key_file": options["key_file"],
        "dx_known_hosts_file": options["alt_key_file"],
        "dx_platform": "frr",
        "keys": {KEY_NAME: KEY},
    }
    return {
        router: {
            **common,
            "ansible_host": field.address(router),
            "candidate": field.candidate(router),
            "sessions": [
                {"neighbor": end, "interface": "eth1.101", "name": KEY_NAME, "family": family}
                for end, family in zip(field.neighbors(router), ("ipv4", "ipv6"), strict=True)
            ],
        }
        for router in field.routers
    }


def _their_hosts(field: Field) -> dict[str, Any]:
    hosts = {}
    for router in field.routers:
        files = {name: field.home / f"{router}.{name}" for name in ("cfg", "validate.yml")}
        files["cfg"].write_text(field.candidate(router).replace(PLACEHOLDER, KEY), "utf-8")
        peers = {end: {"is_up": True} for end in field.neighbors(router)}
        wanted = [{"get_bgp_neighbors": {"global": {"peers": peers}}}]
        files["validate.yml"].write_text(json.dumps(wanted), "utf-8")
        hosts[router] = {
            "ansible_connection": "local",
            "ansible_python_interpreter": str(PEER / "bin/python"),
            "file": str(files["cfg"]),
            "validation": str(files["validate.yml"]),
            "provider": {
                "hostname": field.address(router),
                "username": "automation",
                "password": "",
                "dev_os": "frr",
                "optional_args": field.options(),
            },
        }
    return hosts


def _play(
    field: Field,
    programs: Path,
    tasks: list[dict[str, Any]],
    hosts: dict[str, Any],
    environment: dict[str, str],
) -> Play:
    """Run the tasks on all routers; afterwards all sessions must be up.

    Raises:
        RuntimeError: It failed.
    """
    files = {
        "hosts.json": {"all": {"hosts": hosts}},
        "play.json": [{"hosts": "all", "gather_facts": False, "tasks": tasks}],
    }
    for name, content in files.items():
        (field.home / name).write_text(json.dumps(content), encoding="utf-8")
    logins, figures = field.logins(), field.home / "figures.json"
    play = ["--forks", str(FORKS), "-i", "hosts.json", "play.json"]
    done = subprocess.run(
        [sys.executable, HERE / "measure.py", figures, programs / "ansible-playbook", *play],
        env=_environment(field, environment),
        cwd=field.home, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode or not all(map(field.established, field.routers)):
        raise RuntimeError(f"{done.stdout[-4000:]}\n{done.stderr[-2000:]}")
    return Play(**json.loads(figures.read_text("utf-8")), logins=field.logins() - logins)


def _environment(field: Field, more: dict[str, str]) -> dict[str, str]:
    configuration = field.home / "ansible.cfg"
    configuration.write_text("[defaults]\n", encoding="utf-8")
    return {
        **os.environ,
        "ANSIBLE_CONFIG": str(configuration),
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "collections"),
        "ANSIBLE_HOME": str(field.home),
        "ANSIBLE_DEPRECATION_WARNINGS": "false",
        "ANSIBLE_NOCOLOR": "1",
        **more,
    }
