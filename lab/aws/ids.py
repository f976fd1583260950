# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Identifiers and ARNs in the forms that the real service gives them."""

from __future__ import annotations

import secrets
import string
import uuid

_LETTERS = string.ascii_lowercase + string.digits
_KEY_LETTERS = string.ascii_letters + string.digits


def new_id(prefix: str) -> str:
    """Return `prefix` (dxcon, dxvif, dxpeer) with eight letters or digits."""
    return f"{prefix}-" + "".join(secrets.choice(_LETTERS) for _ in range(8))


def new_long_id(prefix: str) -> str:
    """Return `prefix` (dxrg) with seventeen letters or digits."""
    return f"{prefix}-" + "".join(secrets.choice(_LETTERS) for _ in range(17))


def new_uuid() -> str:
    """Return an id of a gateway, an association or a failover test."""
    return str(uuid.uuid4())


def new_key() -> str:
    """Return a BGP key as AWS makes one up when the caller names none."""
    return "0x" + "".join(secrets.choice(_KEY_LETTERS) for _ in range(24))


def connection_arn(region: str, account: str, connection: str) -> str:
    """Return the ARN of a connection."""
    return f"arn:aws:directconnect:{region}:{account}:dxcon/{connection}"


def virtual_interface_arn(region: str, account: str, virtual_interface: str) -> str:
    """Return the ARN of a virtual interface."""
    return f"arn:aws:directconnect:{region}:{account}:dxvif/{virtual_interface}"


def gateway_arn(account: str, gateway: str) -> str:
    """Return the ARN of a gateway, which belongs to no Region."""
    return f"arn:aws:directconnect::{account}:dx-gateway/{gateway}"


def macsec_secret_arn(region: str, account: str) -> str:
    """Return the ARN of a new secret, in the form of those that Direct Connect itself makes."""
    name = "".join(secrets.choice(_LETTERS) for _ in range(12))
    suffix = "".join(secrets.choice(_KEY_LETTERS) for _ in range(6))
    return f"arn:aws:secretsmanager:{region}:{account}:secret:directconnect!prod/{name}-{suffix}"


def resiliency_group_arn(account: str, group: str) -> str:
    """Return the ARN of a resiliency group, which belongs to no Region."""
    return f"arn:aws:directconnect::{account}:dx-resiliency-group/{group}"
