# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on demand: in a cable, or in the model of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from . import filters, model
from .cables import FILE
from .commands import ip_batch
from .errors import LabError
from .panel import Panel, panel
from .result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .state import LabState

Kind = Literal["cable", "silent", "vlan", "loss"]
MEANING: Mapping[str, str] = {
    "cable": "the cable is cut: both ends lose the light",
    "silent": "all frames are lost, and both ends see light",
    "vlan": "the frames of VLAN {vlan} are lost, and both ends see light",
    "loss": "{percent} of 100 frames are lost, each way",
}


def _cable(state: LabState, name: str) -> tuple[dict[str, Any], Panel]:
    document = state.running()
    cables = state.read(FILE)
    if name not in cables:
        raise LabError(f"{name} is not patched: `python -m lab patch {name}` first")
    cable = cables[name]
    return cables, panel(document, cable["customer"], cable["aws"])


def cable_fault(kind: Kind, *, vlan: int | None, percent: int | None) -> dict[str, Any]:
    """Return a fault of a cable.

    Args:
        kind: `cable` cuts it, `silent` loses all frames, `vlan` those of one VLAN, `loss` some.
        vlan: The VLAN of kind `vlan`.
        percent: How many of 100 frames kind `loss` loses.

    Raises:
        LabError: A kind goes without what it needs, or with what it does not.
    """
    given = {key: value for key, value in (("vlan", vlan), ("percent", percent)) if value}
    needed = {"vlan": {"vlan"}, "loss": {"percent"}}.get(kind, set())
    if set(given) != needed:
        raise LabError("--vlan is for the fault `vlan` and --percent for `loss`, which need them")
    return {"kind": kind, **given}


def break_cable(state: LabState, name: str, fault: Mapping[str, Any]) -> Result:
    """Break the cable of a connection in one way more."""
    cables, place = _cable(state, name)
    broken: list[dict[str, Any]] = cables[name]["faults"]
    if fault in broken:
        return Result(changed=False, text=f"{name} has that fault already", data={name: broken})
    broken.append(dict(fault))
    _apply(place, broken)
    state.write(cables, FILE)
    text = f"{name}: {MEANING[fault['kind']].format(**fault)}"
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
    filters.lose(place, faults)


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
