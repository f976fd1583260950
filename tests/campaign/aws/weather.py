# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad weather: reads are throttled, creates fail after they were carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lab.aws import service  # noqa: F401 - importing it registers the operations
from lab.aws.calls import READING
from lab.aws.request import OPERATIONS

from .ground import PHASES, Verdict, finish, is_over, prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fixtures.aws_model import AwsModel

    from .stories import Phase

# EC2's operations are not registered there.
READS_OF_EC2 = (
    "DescribeRouteTables",
    "DescribeTransitGatewayAttachments",
    "DescribeTransitGatewayRouteTables",
    "DescribeTransitGateways",
    "DescribeVpcs",
    "DescribeVpnGateways",
    "GetTransitGatewayAttachmentPropagations",
)
CHANGES_OF_EC2 = (
    "AssociateTransitGatewayRouteTable",
    "AttachVpnGateway",
    "CreateVpnGateway",
    "EnableTransitGatewayRouteTablePropagation",
    "EnableVgwRoutePropagation",
)
READS = (*(name for name in OPERATIONS if READING.match(name)), *READS_OF_EC2)
MAKING = ("Accept", "Allocate", "Associate", "Confirm", "Create")
CREATES = (*(name for name in OPERATIONS if name.startswith(MAKING)), *CHANGES_OF_EC2)
THROTTLED, FAILED = 0.3, 0.05


def campaign(
    model: AwsModel, rounds: int, *, failed: float = FAILED, phases: Sequence[Phase] = PHASES
) -> tuple[Verdict, int, int]:
    """Live each phase in bad weather; return the verdict, and how often either fault struck."""
    verdict, throttled, broken = Verdict(), 0, 0
    for number in range(rounds):
        for phase in phases:
            prepare(model, phase)
            model.forget_calls()
            for operation in READS:
                model.break_call(operation, "throttle", count=None, rate=THROTTLED)
            for operation in CREATES:
                model.break_call(operation, "error-after", count=None, rate=failed)
            last = finish(model, phase)
            errors = model.errors()
            throttled += sum("Throttl" in error or "Limit" in error for error in errors)
            broken += sum("Server" in error or "Internal" in error for error in errors)
            model.heal()
            if not all(map(is_over, last)):
                last = finish(model, phase)
            verdict.judge(f"round {number}, {phase.name}", model, phase, last)
    return verdict, throttled, broken
