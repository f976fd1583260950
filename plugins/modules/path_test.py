#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: path_test
short_description: Test what a path carries, from a host behind an edge router
version_added: 0.1.0
description:
  - Pings each target over IPv4 or IPv6, all of them at the same time, and judges loss, round trip
    and MTU.
  - Runs on the host that the test starts from. It needs Python and the C(ping) command of iputils
    there.
  - >-
    The MTU is tested from both sides with packets that no router may fragment: a packet of
    O(targets[].mtu) bytes must pass whole, and one that is a byte larger must not.
  - A failed check does not fail the task. The verdicts are returned, and who runs the module
    decides.
author:
  - The Crossconnect founders (@crossconnect)
attributes:
  check_mode:
    description: Can run in check mode. It tests all the same, since testing changes nothing.
    support: full
  diff_mode:
    description: Nothing is changed, so there is nothing to show.
    support: none
options:
  targets:
    description: The far ends to test.
    type: list
    elements: dict
    required: true
    suboptions:
      address:
        description: The IPv4 or IPv6 address to ping.
        type: str
        required: true
      name:
        description: What the reader of the report calls the far end.
        type: str
      mtu:
        description:
          - The largest IP packet, in bytes, that the path is declared to carry.
          - Not set, the MTU is not tested.
        type: int
      gateway:
        description:
          - The gateway that the path leads to. The test has no use for it.
          - It lets one list of targets say which of them can be reached already.
        type: str
  count:
    description: How many packets to send to each target, five a second.
    type: int
    default: 5
  timeout:
    description: How many seconds to wait for each answer.
    type: int
    default: 2
"""

EXAMPLES = r"""
- name: Test the path to two hosts in the cloud
  crossconnect.dx.path_test:
    targets:
      - {address: 10.20.0.10, name: app-1, mtu: 8500}
      - {address: "2001:db8:20::10", mtu: 8500}
    count: 20
  register: path

- name: Refuse a path that does not carry what it must
  ansible.builtin.assert:
    that: path.checks | selectattr('verdict', 'equalto', 'fail') | length == 0
"""

RETURN = r"""
checks:
  description:
    - One record a check, with V(id) one of V(ping4), V(mtu4), V(mtu4_limit), V(ping6), V(mtu6),
      V(mtu6_limit).
    - The verdict is V(pass), V(warn), V(fail) or V(na). It is V(na) for a limit that could not be
      tried, because the test host's own interface carries no larger packet.
  returned: always
  type: list
  elements: dict
  sample:
    - id: ping4
      target: app-1 10.20.0.10
      verdict: pass
      measured: 0 % of 20 lost, round trip min/avg/max 0.31/0.42/0.77 ms
      expected: 0 % lost
    - id: mtu4_limit
      target: app-1 10.20.0.10
      verdict: pass
      measured: "8501 bytes do not pass: 192.168.10.1 says 8500 is the limit"
      expected: a packet of 8501 bytes is refused
paths:
  description: The figures behind the checks, one record a target. Times are in milliseconds.
  returned: always
  type: list
  elements: dict
  sample:
    - {address: 10.20.0.10, name: app-1, transmitted: 20, received: 20, loss_percent: 0.0,
       rtt_min_ms: 0.31, rtt_avg_ms: 0.42, rtt_max_ms: 0.77, mtu: 8500}
"""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.crossconnect.dx.plugins.module_utils.core.path_checks import (
    PathProbe,
    Ping,
    judge,
    ping_command,
    read_ping,
)

ARGUMENT_SPEC: dict[str, Any] = {
    "targets": {
        "type": "list",
        "elements": "dict",
        "required": True,
        "options": {
            "address": {"type": "str", "required": True},
            "name": {"type": "str"},
            "mtu": {"type": "int"},
            "gateway": {"type": "str"},
        },
    },
    "count": {"type": "int", "default": 5},
    "timeout": {"type": "int", "default": 2},
}

SMALLEST_MTU = 576
LARGEST_MTU = 65535
# Enough packets to tell a lost one from a refused one.
MTU_PACKETS = 3


def output(command: list[str], *, seconds: float) -> str:
    """Run a command and return all it wrote; '' when it is missing or never ends."""
    try:
        done = subprocess.run(  # noqa: S603 (an argument list, no shell; the address is checked)
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=seconds,
            env={"LC_ALL": "C", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def ping(address: str, *, count: int, timeout: int, packet: int | None = None) -> Ping:
    """Ping an address; with a packet size, in packets that must not be fragmented."""
    seconds = count * (timeout + 1) + 5
    # `probe` pays no heed to a limit that the kernel remembers; older versions of ping lack it.
    for discovery in ("probe", "do"):
        command = ping_command(
            address, count=count, timeout=timeout, packet=packet, discovery=discovery
        )
        text = output(command, seconds=seconds)
        if "invalid -M argument" not in text:
            break
    return read_ping(text)


def interface_mtu(address: str) -> int | None:
    """Return the MTU of the interface that the route to an address leaves by."""
    text = output(["ip", "-json", "route", "get", address], seconds=5)
    try:
        interface = json.loads(text)[0]["dev"]
        return int(Path("/sys/class/net", interface, "mtu").read_text("ascii"))
    except (ValueError, LookupError, OSError):
        return None


def probe(target: dict[str, Any], *, count: int, timeout: int) -> PathProbe:
    """Run every ping that one target needs; large packets only where small ones pass."""
    address, mtu = target["address"], target["mtu"]
    plain = ping(address, count=count, timeout=timeout)
    found = PathProbe(address=address, name=target["name"], plain=plain, mtu=mtu)
    if mtu is None or not plain.answered:
        return found
    own = interface_mtu(address)
    whole = ping(address, count=MTU_PACKETS, timeout=timeout, packet=mtu)
    larger = None
    if whole.answered and own is not None and own > mtu:
        larger = ping(address, count=MTU_PACKETS, timeout=timeout, packet=mtu + 1)
    return replace(found, interface_mtu=own, whole=whole, larger=larger)


def figures(path: PathProbe) -> dict[str, Any]:
    """Return one target's numbers for other programs."""
    ping = path.plain
    return {
        "address": path.address,
        "name": path.name,
        "transmitted": ping.transmitted,
        "received": ping.received,
        "loss_percent": ping.loss_percent,
        "rtt_min_ms": ping.rtt_min_ms,
        "rtt_avg_ms": ping.rtt_avg_ms,
        "rtt_max_ms": ping.rtt_max_ms,
        "mtu": path.mtu,
    }


def option_faults(options: dict[str, Any]) -> list[str]:
    """Name every option that cannot be meant, with the rule that it breaks."""
    faults = []
    for index, target in enumerate(options["targets"]):
        try:
            ip_address(target["address"])
        except ValueError:
            faults.append(f"targets[{index}].address: {target['address']} is not an IP address")
        if target["mtu"] is not None and not SMALLEST_MTU <= target["mtu"] <= LARGEST_MTU:
            faults.append(f"targets[{index}].mtu: {target['mtu']} is not an MTU (576 to 65535)")
    faults += [f"{name}: must be at least 1" for name in ("count", "timeout") if options[name] < 1]
    return faults


def main() -> None:
    """Ping all targets at the same time, judge, report."""
    module = AnsibleModule(ARGUMENT_SPEC, supports_check_mode=True)
    if faults := option_faults(module.params):
        module.fail_json(msg="\n".join(faults))
    module.get_bin_path("ping", required=True)
    targets = module.params["targets"]
    with ThreadPoolExecutor(max_workers=max(1, min(32, len(targets)))) as pool:
        probes = list(
            pool.map(
                lambda target: probe(
                    target, count=module.params["count"], timeout=module.params["timeout"]
                ),
                targets,
            )
        )
    module.exit_json(
        changed=False,
        checks=[check for path in probes for check in judge(path)],
        paths=[figures(path) for path in probes],
    )


if __name__ == "__main__":
    main()
