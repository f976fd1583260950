# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the service words a connection, and what a connection and a LAG have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import carriers, encryption, lifecycle, shares, tags
from .clock import as_datetime

if TYPE_CHECKING:
    from .carriers import Carrier
    from .request import Answer, Request
    from .state import Connection


def connection(request: Request, found: Connection) -> Answer:
    """Return a connection as the service words it."""
    answer: Answer = {
        "ownerAccount": found.account,
        "connectionId": found.id,
        "connectionName": found.name,
        "connectionState": carriers.state(request, found),
        "bandwidth": found.bandwidth,
        "vlan": found.hosted_vlan,
        "partnerName": found.partner,
        "lagId": found.lag_id,
        "billingMode": found.billing_mode,
        "portEncryptionStatus": port_encryption(request, found) if found.macsec else None,
        **common(request, found),
        **shares.describe(request, found),
    }
    if found.hosted_vlan:
        parent = carriers.parent_of(request.world, found)
        answer["partnerInterconnectMacSecCapable"] = parent is not None and parent.macsec
    if found.loa_issued_at is not None:
        answer["loaIssueTime"] = as_datetime(found.loa_issued_at)
    return without_nothing(answer)


def without_nothing(answer: Answer) -> Answer:
    """Return the answer without the members that have no value, which AWS leaves out."""
    return {key: value for key, value in answer.items() if value is not None}


def common(request: Request, found: Carrier) -> Answer:
    """Return what connections, interconnects and LAGs are all worded with."""
    capable = found.macsec
    governor = encryption.governor(request.world, found)
    return {
        "region": found.region,
        "location": found.location,
        "providerName": found.provider,
        "jumboFrameCapable": shares.is_jumbo_frame_capable(request, found),
        "awsDevice": found.device,
        "awsDeviceV2": found.device,
        "awsLogicalDeviceId": carriers.logical_device(found),
        "hasLogicalRedundancy": "yes" if shares.has_logical_redundancy(found) else "no",
        "tags": tags.write(found.tags),
        "macSecCapable": capable,
        "encryptionMode": governor.encryption_mode if capable else None,
        "macSecKeys": keys(request, found),
    }


def keys(request: Request, found: Carrier) -> list[Answer]:
    """Return the MACsec keys, each by its CKN; no answer ever holds a CAK."""
    world = request.world
    return [
        {
            "secretARN": key.secret_arn,
            "ckn": key.ckn,
            "state": lifecycle.macsec_key_state(key, world.now, world.delays),
            "startOn": as_datetime(key.associated_at).isoformat(timespec="seconds"),
        }
        for key in encryption.keys(world, found)
    ]


def port_encryption(request: Request, found: Connection) -> str:
    """Return whether frames on the port are encrypted."""
    lit = request.light.shines_on(found) and encryption.is_up(request.world, found)
    return encryption.UP if lit else encryption.DOWN
