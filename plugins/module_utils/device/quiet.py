# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wait until no traffic flows over interfaces but what their own sessions say to each other."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# What counts packets in NAPALM's shape of an interface's counters.
COUNTED = tuple(
    f"{way}_{cast}_packets"
    for way in ("rx", "tx")
    for cast in ("unicast", "multicast", "broadcast")
)
Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How many packets each interface has carried, both ways, at a moment."""

    at: float
    packets: Mapping[str, int]


def wait(
    driver: Any,
    interfaces: Sequence[str],
    *,
    packets_per_second: float,
    interval: float,
    timeout: float,
) -> list[Record]:
    """Return a check record per interface, once all are quiet or the time is over.

    Args:
        driver: The driver, which is asked for `get_interfaces_counters`.
        interfaces: Which to look at. One that the router does not count packets of is `na`.
        packets_per_second: Up to this rate, both ways together, an interface is quiet: BFD at
            300 ms and BGP stay below 10 for each session.
        interval: Seconds between two looks.
        timeout: Seconds in all; there are two looks at least.
    """
    end = time.monotonic() + timeout
    before = _look(driver)
    while True:
        time.sleep(interval)
        now = _look(driver)
        records = [_record(name, before, now, packets_per_second) for name in interfaces]
        if time.monotonic() >= end or all(each["verdict"] != "fail" for each in records):
            return records
        before = now


def _look(driver: Any) -> Look:
    counted = {
        # -1 is NAPALM's word for what a platform does not count.
        name: [number for each in COUNTED if (number := int(found.get(each, -1))) >= 0]
        for name, found in driver.get_interfaces_counters().items()
    }
    # A way has carried its BGP session at least: NAPALM says 0 where NX-OS has no counter.
    packets = {name: total for name, numbers in counted.items() if (total := sum(numbers))}
    return Look(at=time.monotonic(), packets=packets)


def _record(name: str, before: Look, now: Look, limit: float) -> Record:
    counted = name in before.packets and name in now.packets
    rate = 0.0
    if counted:
        rate = max(now.packets[name] - before.packets[name], 0) / (now.at - before.at)
    verdict = "pass" if rate <= limit else "fail"
    return {
        "id": "quiet",
        "target": name,
        "verdict": verdict if counted else "na",
        "measured": f"{rate:.1f} packets per second" if counted else "the router does not count",
        "expected": f"at most {limit:g} packets per second",
    }
