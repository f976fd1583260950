# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text that configures a customer's device; it bears the keys, and goes into a file only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.plan import PlanError
from ..core.planner.identity import identify
from .vpn_connections import read_vpn_connections

if TYPE_CHECKING:
    from ..core.snapshot_vpn import FoundVpnConnection
    from .session import Aws


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A type of device that AWS has a sample configuration for."""

    id: str
    words: str


def find_vpn_connection(aws: Aws, name: str, *, estate: str) -> FoundVpnConnection:
    """Return the one living VPN connection of that name.

    Raises:
        PlanError: There is none, or more than one.
    """
    found = read_vpn_connections(aws)
    match = identify("vpn_connection", name, estate=estate, candidates=found)
    if match.found is None:
        raise PlanError(
            match.fault or f"there is no VPN connection {name} in this account: make it"
        )
    return match.found


def find_device(aws: Aws, wanted: str) -> Device:
    """Return the type of device of that id, else the only one whose words have these in them.

    Raises:
        PlanError: There is none, or more than one.
    """
    pages = aws.reader("ec2").get_paginator("get_vpn_connection_device_types").paginate()
    devices = [
        Device(
            id=answer["VpnConnectionDeviceTypeId"],
            words=f"{answer['Vendor']}, {answer['Platform']}, {answer['Software']}",
        )
        for page in pages
        for answer in page["VpnConnectionDeviceTypes"]
    ]
    found = [each for each in devices if each.id == wanted]
    found = found or [each for each in devices if wanted.lower() in each.words.lower()]
    if len(found) == 1:
        return found[0]
    there = "; ".join(f"{each.words} ({each.id})" for each in found or devices)
    count = f"{len(found)} types of device fit" if found else "AWS knows no device"
    raise PlanError(f"{count} {wanted}: name one by its id ({there})")


def read_configuration(aws: Aws, vpn_id: str, device: Device | None) -> str:
    """Return the configuration of a device, or AWS's XML; both bear the keys.

    Raises:
        PlanError: AWS has none to give.
    """
    reader = aws.reader("ec2")
    if device is not None:
        answer = reader.get_vpn_connection_device_sample_configuration(
            VpnConnectionId=vpn_id, VpnConnectionDeviceTypeId=device.id
        )
        return str(answer["VpnConnectionDeviceSampleConfiguration"])
    answer = reader.describe_vpn_connections(VpnConnectionIds=[vpn_id])
    text = answer["VpnConnections"][0].get("CustomerGatewayConfiguration")
    if not text:
        raise PlanError(f"AWS has no configuration of {vpn_id} to give: it is being deleted")
    return str(text)
