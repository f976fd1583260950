# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cross-connects: the colocation technician's work, by command.

A location is a node with one interface for each port of its patch panel. A cable is a bridge
between two of them; ports without a cable are down, so that both ends see no light. cables.json
holds them by the connection's name, and the model of AWS reads it to make a connection available.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from . import filters, model
from .commands import ip_batch, run
from .errors import LabError
from .panel import Panel, free_customer_port, panel
from .result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .state import LabState

FILE = "cables.json"


def connection_named(loopback: str, name: str) -> dict[str, Any]:
    """Return what the model of AWS says of a connection that awaits its cable.

    Raises:
        LabError: There is no such connection, or several, or it ends at no router of the lab.
    """
    found = [entry for entry in model.ask(loopback, "connections") if entry["name"] == name]
    if len(found) != 1:
        many = "several connections have" if found else "no connection has"
        raise LabError(f"{many} the name {name}: order it first, by a name of its own")
    if not found[0]["aws_port"]:
        raise LabError(f"{name} is at {found[0]['location']}, where this lab has no port of AWS")
    return dict(found[0])


def patch(state: LabState, name: str, port: str | None, aws_port: str | None) -> Result:
    """Put the cable of a connection in.

    Args:
        state: The lab.
        name: The connection's name, as ordered.
        port: The customer's port; without it the free one at the location.
        aws_port: AWS's port; without it the model of AWS is asked.
    """
    document = state.running()
    cables = state.read(FILE)
    if name in cables and not _outlived(document["loopback"], name, cables[name]):
        return _patched_already(name, cables[name], port)
    if name in cables:
        unpatch(state, name)
        del cables[name]
    known: dict[str, Any] = {"id": None}
    if aws_port is None:
        known = connection_named(document["loopback"], name)
        aws_port = str(known["aws_port"])
    customer = port or free_customer_port(document, aws_port, cables)
    refuse_used_ports(cables, customer, aws_port)
    place = panel(document, customer, aws_port)
    _plug(place)
    since = datetime.now(UTC).isoformat(timespec="seconds")
    ends = {"location": place.location, "customer": customer, "aws": aws_port}
    cables[name] = {"id": known["id"], **ends, "since": since, "faults": []}
    state.write(cables, FILE)
    text = f"{name}: {customer} and {aws_port} are joined at {place.location}"
    return Result(changed=True, text=text, data={name: cables[name]})


def _outlived(loopback: str, name: str, cable: Mapping[str, Any]) -> bool:
    """Whether a cable was put in for an order that has been given up, and placed anew since."""
    if cable["id"] is None:
        return False
    orders = [entry["id"] for entry in model.ask(loopback, "connections") if entry["name"] == name]
    return bool(orders) and cable["id"] not in orders


def _patched_already(name: str, cable: dict[str, Any], port: str | None) -> Result:
    if port not in {None, cable["customer"]}:
        raise LabError(f"{name} is patched to {cable['customer']}: unpatch it first")
    return Result(changed=False, text=f"{name} is patched already", data={name: cable})


def refuse_used_ports(cables: Mapping[str, Mapping[str, Any]], customer: str, aws: str) -> None:
    """Refuse a second cable in one port.

    Raises:
        LabError: Another connection's cable is in one of the ports.
    """
    for name, cable in cables.items():
        for port in {customer, aws} & {cable["customer"], cable["aws"]}:
            raise LabError(f"the cable of {name} is in {port} already: unpatch it first")


def _plug(place: Panel) -> None:
    _unplug(place)
    lines = [
        f"link add name {place.bridge} type bridge mcast_snooping 0",
        f"link set dev {place.bridge} addrgenmode none up",
    ]
    lines += [f"link set dev {port} master {place.bridge} up" for port in place.ports]
    ip_batch(lines, namespace=place.namespace)


def _unplug(place: Panel) -> None:
    """Leave the ports as they are without a cable, also after a patch that was cut short."""
    ip_batch([f"link set dev {port} down" for port in place.ports], namespace=place.namespace)
    filters.lose(place, [])
    bridges = run(["ip", "-n", place.namespace, "-o", "link", "show", "type", "bridge"])
    if f" {place.bridge}:" in bridges:
        ip_batch([f"link delete {place.bridge}"], namespace=place.namespace)


def unpatch(state: LabState, name: str) -> Result:
    """Pull the cable of a connection out."""
    document = state.running()
    cables = state.read(FILE)
    if name not in cables:
        return Result(changed=False, text=f"{name} is not patched", data={})
    cable = cables.pop(name)
    place = panel(document, cable["customer"], cable["aws"])
    _unplug(place)
    state.write(cables, FILE)
    text = f"{name}: the cable at {place.location} is out"
    return Result(changed=True, text=text, data={name: cable})
