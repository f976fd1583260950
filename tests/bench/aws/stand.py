# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Estates built on the model of AWS, and the calls that building and finding them take."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.modules import estate
from lab.aws.calls import READING
from tests.bench.estates import ACCOUNT, Size, document
from tests.fixtures.aws_model import run_module

if TYPE_CHECKING:
    from tests.fixtures.aws_model import AwsModel

# As AWS raises them on request.
QUOTAS = {
    "connections_per_location": 10_000,
    "gateways_per_account": 10_000,
    "private_and_public_per_connection": 10_000,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run cost: calls that change, calls that read, wall seconds in this process."""

    changes: int
    reads: int
    seconds: float
    calls: Counter[str]


def reconcile(model: AwsModel, size: Size, **options: Any) -> tuple[Cost, dict[str, Any]]:
    """Run the module once; return what it cost and what it says.

    Raises:
        RuntimeError: It failed.
    """
    started = time.monotonic()
    result = run_module(
        estate.main,
        estate=document(size),
        account=ACCOUNT,
        limits={"virtual_interfaces_per_gateway": 10_000},
        **model.options(),
        **options,
    )
    if result.get("failed"):
        raise RuntimeError(result["msg"])
    calls = Counter(result["calls"])
    reads = sum(count for name, count in calls.items() if READING.match(name))
    cost = Cost(
        changes=calls.total() - reads,
        reads=reads,
        seconds=time.monotonic() - started,
        calls=calls,
    )
    return cost, result


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A run that changes something, between two looks at the account (check mode)."""

    before: Cost
    run: Cost
    after: Cost

    @property
    def polls(self) -> int:
        """The reads that were neither the snapshot before nor the one after."""
        return self.run.reads - self.before.reads - self.after.reads


def build(model: AwsModel, size: Size) -> tuple[Step, Step, dict[str, Any]]:
    """Take an estate to its end; return the step of the orders, of the interfaces, and the end."""
    model.reset()
    model.ask("quotas", QUOTAS)
    empty, _ = reconcile(model, size, check=True)
    orders, _ = reconcile(model, size)
    ordered, _ = reconcile(model, size, check=True)
    model.patch(*(f"port-{number}" for number in range(size.connections)))
    interfaces, result = reconcile(model, size)
    complete, _ = reconcile(model, size, check=True)
    return (
        Step(before=empty, run=orders, after=ordered),
        Step(before=ordered, run=interfaces, after=complete),
        result,
    )
