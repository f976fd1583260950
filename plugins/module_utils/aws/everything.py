# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that an account has, as an estate's document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.export import export_estate
from ..core.snapshot import GONE, Snapshot
from .associations import read_associations
from .connections import read_connections
from .customer_gateways import read_customer_gateways
from .errors import AWS_ERRORS, AwsError, sentence
from .gateways import read_gateways
from .lags import read_lags
from .resiliency_groups import read_resiliency_groups
from .transit_routes import read_transit_attachments
from .virtual_interfaces import read_virtual_interfaces
from .vpn_connections import read_vpn_connections

if TYPE_CHECKING:
    from .session import Aws


def document_of_everything(aws: Aws, name: str, account: str) -> dict[str, Any]:
    """Return the document and the notes of what it leaves out.

    Args:
        aws: The account.
        name: The name that the estate shall have.
        account: The account's name in the inventory.

    Raises:
        AwsError: A call failed.
    """
    try:
        snapshot, account_id = _read(aws), aws.account_id()
    except AWS_ERRORS as error:
        raise AwsError(sentence(f"read all of account {account}", error)) from error
    export = export_estate(snapshot, name=name, account=account, account_id=account_id)
    return {"document": export.document, "notes": list(export.notes)}


def _read(aws: Aws) -> Snapshot:
    """Read what the account owns or uses.

    What it hosts for customers is not read: AWS answers that to partners only.
    """
    gateways = read_gateways(aws)
    vpns = read_vpn_connections(aws)
    private = any(vpn.transport_attachment_id for vpn in vpns)
    living = [gateway.id for gateway in gateways if gateway.state not in GONE]
    return Snapshot(
        connections=read_connections(aws),
        lags=read_lags(aws),
        resiliency_groups=read_resiliency_groups(aws),
        gateways=gateways,
        associations=read_associations(aws, living),
        transit_attachments=read_transit_attachments(aws) if private else (),
        customer_gateways=read_customer_gateways(aws),
        vpn_connections=vpns,
        virtual_interfaces=read_virtual_interfaces(aws),
    )
