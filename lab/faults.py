# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on demand: in a cable, or in the model of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from . import model
from .cables import FILE, Panel, panel
from .commands import ip_batch, run
from .errors import LabError
from .lifecycle import Result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .state import LabState

Kind = Literal["cable", "silent", "vlan"]
MEANING: Mapping[str, str] = {
    "cable": "the cable is cut: both ends lose the light",
    "silent": "all frames are lost, and both ends see light",
    "vlan": "the frames of VLAN {vlan} are lost, and both ends see light",
}


def _cable(state: LabState, name: str) -> tuple[dict[str, Any], Panel]:
    document = state.running()
    cables = state.read(FILE)
    if name not in cables:
        raise LabError(f"{name} is not patched: `python -m lab patch {name}` first")
    cable = cables[name]
    return cables, panel(document, cable["customer"], cable["aws"])


def break_cable(state: LabState, name: str, kind: Kind, vlan: int | None) -> Result:
    """Break the cable of a connection in one way more.

    Args:
        state: The lab.
        name: The connection's name.
        kind: `cable` cuts it, `silent` loses all frames, `vlan` those of one VLAN.
        vlan: The VLAN of kind `vlan`.
    """
    if (kind == "vlan") != (vlan is not None):
        raise LabError("--vlan is for the fault `vlan`, and that needs it")
    cables, place = _cable(state, name)
    fault = {"kind": kind} if vlan is None else {"kind": kind, "vlan": vlan}
    broken: list[dict[str, Any]] = cables[name]["faults"]
    if fault in broken:
        return Result(changed=False, text=f"{name} has that fault already", data={name: broken})
    broken.append(fault)
    _apply(place, broken)
    state.write(cables, FILE)
    text = f"{name}: {MEANING[kind].format(vlan=vlan)}"
    return Result(changed=True, text=text, data={name: broken})


def heal_cable(state: LabState, name: str) -> Result:
    """Take all faults of a cable away."""
    cables, place = _cable(state, name)
    changed = bool(cables[name]["faults"])
    cables[name]["faults"] = []
    _apply(place, [])
    state.write(cables, FILE)
    text = f"{name}: the cable is whole"
    return Result(changed=changed, text=text, data={name: []})


def _apply(place: Panel, faults: Sequence[Mapping[str, Any]]) -> None:
    """Make the location behave as the faults say, whatever it did before."""
    light = "down" if {"kind": "cable"} in faults else "up"
    ip_batch([f"link set dev {port} {light}" for port in place.ports], namespace=place.namespace)
    run(["ip", "netns", "exec", place.namespace, "nft", "-f", "-"], text=rules(place, faults))


def rules(place: Panel, faults: Sequence[Mapping[str, Any]]) -> str:
    """Return the nftables text that loses what the faults say, in place of any before it."""
    table = f"bridge {place.bridge.replace('-', '_')}"
    ports = ", ".join(f'"{port}"' for port in place.ports)
    matches = {"silent": "", "vlan": "vlan id {vlan} "}
    drops = [
        f"    iifname {{ {ports} }} {matches[fault['kind']].format(**fault)}drop\n"
        for fault in faults
        if fault["kind"] in matches
    ]
    forget = f"add table {table}\ndelete table {table}\n"
    if not drops:
        return forget
    hook = "    type filter hook forward priority 0; policy accept;\n"
    return f"{forget}table {table} {{\n  chain forward {{\n{hook}{''.join(drops)}  }}\n}}\n"


def break_aws(state: LabState, fault: Mapping[str, Any]) -> Result:
    """Give the model of AWS a fault: `mode`, and what narrows it (`count`, `rate`...)."""
    loopback = state.running()["loopback"]
    answer = model.ask(loopback, "faults", dict(fault))
    text = f"AWS: {fault['mode']} for {fault.get('operation', 'all operations')}"
    return Result(changed=True, text=text, data={"fault": dict(fault), "answer": answer})


def heal_aws(state: LabState) -> Result:
    """Take all faults of the model of AWS away."""
    model.ask(state.running()["loopback"], "faults", method="DELETE")
    return Result(changed=True, text="AWS: all faults are gone", data={})
