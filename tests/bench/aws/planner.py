# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner alone: no network, no Ansible, CPU time of this process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_absent,
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import Snapshot
from tests.bench.estates import ACCOUNT, complete, document, sized

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def seconds(work: Callable[[], Any]) -> float:
    """Return the CPU time of a piece of work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def planner(objects: int) -> dict[str, float]:
    """Return the CPU seconds of each kind of plan over so many objects."""
    text = document(sized(objects))
    estate = read_estate(text)
    snapshot, terms = complete(estate), Terms(account=ACCOUNT)
    assert not plan_present(estate, snapshot, terms).actions
    assert len(plan_present(estate, Snapshot(), terms).actions) == objects
    assert len(plan_absent(estate, snapshot, terms).actions) == objects
    return {
        "read and check the document": seconds(lambda: read_estate(text)),
        "plan a no-op": seconds(lambda: plan_present(estate, snapshot, terms)),
        "plan a first run": seconds(lambda: plan_present(estate, Snapshot(), terms)),
        "plan a demolition": seconds(lambda: plan_absent(estate, snapshot, terms)),
    }
