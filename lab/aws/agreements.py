# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWS knows of the customer: agreements to sign, and whether the account is a partner."""

from __future__ import annotations

from .errors import ClientError
from .request import Answer, Request, operation

# The real service's agreements have other names; their texts are in the console only.
AGREEMENTS = ("DirectConnectServiceTerms",)


@operation("DescribeCustomerMetadata")
def describe(request: Request) -> Answer:
    """Return the agreements; here an account is a partner once it owns an interconnect."""
    signed = request.ledger.agreements
    partner = any(
        each.interconnect and each.deleted_at is None
        for each in request.ledger.connections.values()
    )
    return {
        "agreements": [
            {"agreementName": name, "status": "signed" if name in signed else "unsigned"}
            for name in AGREEMENTS
        ],
        "nniPartnerType": "v2" if partner else "nonPartner",
    }


@operation("ConfirmCustomerAgreement")
def confirm(request: Request) -> Answer:
    """Sign an agreement; without a name, the only one."""
    name = request.parameters.get("agreementName", AGREEMENTS[0])
    if name not in AGREEMENTS:
        raise ClientError(f"Agreement {name} does not exist.")
    request.ledger.agreements.setdefault(name, request.world.now)
    return {"status": "signed"}
