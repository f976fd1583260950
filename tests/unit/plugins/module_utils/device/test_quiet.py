# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Traffic that goes away, that stays, and that nobody counts."""

from __future__ import annotations

from itertools import accumulate, chain, repeat

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device import quiet

INTERVAL = 0.02
LIMIT = 50.0


class Counting:
    """A driver whose interface carries so many packets from look to look; the last goes on."""

    def __init__(self, *packets):
        endless = chain(packets, repeat(packets[-1]))
        self.looks = 0
        self._totals = accumulate(endless)

    def get_interfaces_counters(self):
        self.looks += 1
        total = next(self._totals)
        return {
            "eth1.101": {"rx_unicast_packets": total, "tx_unicast_packets": 0},
            # NAPALM's word for what a platform does not count.
            "eth1.102": {"rx_unicast_packets": -1, "tx_unicast_packets": -1},
            # And what it says of a sub-interface of NX-OS that has no counters.
            "eth1.103": {"rx_unicast_packets": 0, "tx_unicast_packets": 0},
        }


def wait(driver, *interfaces, timeout=5.0):
    return quiet.wait(
        driver, interfaces, packets_per_second=LIMIT, interval=INTERVAL, timeout=timeout
    )


def test_it_returns_as_soon_as_traffic_has_gone():
    driver = Counting(1, 1000, 1000, 0)

    (record,) = wait(driver, "eth1.101")

    assert (record["id"], record["target"], record["verdict"]) == ("quiet", "eth1.101", "pass")
    assert record["expected"] == "at most 50 packets per second"
    assert driver.looks == 4


def test_what_still_flows_when_the_time_is_over_is_told():
    (record,) = wait(Counting(1, 1000), "eth1.101", timeout=3 * INTERVAL)

    assert record["verdict"] == "fail"
    assert float(record["measured"].split()[0]) > LIMIT


def test_what_nobody_counts_is_not_waited_for():
    driver = Counting(0)

    (record,) = wait(driver, "Gi0/0/0.101")

    assert (record["verdict"], record["measured"]) == ("na", "the router does not count")
    assert driver.looks == 2


@pytest.mark.parametrize("interface", ["eth1.102", "eth1.103"])
def test_counters_that_a_platform_does_not_have_are_none(interface):
    (record,) = wait(Counting(0), interface)

    assert record["verdict"] == "na"
