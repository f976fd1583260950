# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VLAN interfaces are a part of the configuration, and outlive a reboot."""

from __future__ import annotations

import pytest
from napalm.base.exceptions import MergeConfigException

pytestmark = pytest.mark.lab


def mtu(router, name):
    return router.shell(f"cat /sys/class/net/{name}/mtu 2>/dev/null").strip()


def test_a_link_comes_and_goes_with_its_line(router, driver):
    driver.load_merge_candidate(config="link eth1.300 vlan 300 mtu 1500\n")
    driver.commit_config(revert_in=60)
    assert mtu(router, "eth1.300") == "1500"
    assert "link eth1.300 vlan 300 mtu 1500" in driver.get_config()["running"]
    driver.rollback()
    assert mtu(router, "eth1.300") == ""


def test_an_mtu_changes_in_place_and_rolls_back(router, driver):
    driver.load_merge_candidate(config="link eth1.300 vlan 300 mtu 1500\n")
    driver.commit_config()
    index = router.shell("cat /sys/class/net/eth1.300/ifindex")
    driver.load_merge_candidate(config="link eth1.300 vlan 300 mtu 8500\n")
    assert driver.compare_config() == (
        "- link eth1.300 vlan 300 mtu 1500\n+ link eth1.300 vlan 300 mtu 8500"
    )
    driver.commit_config(revert_in=60)
    assert mtu(router, "eth1.300") == "8500"
    driver.rollback()
    assert mtu(router, "eth1.300") == "1500"
    assert router.shell("cat /sys/class/net/eth1.300/ifindex") == index
    driver.load_merge_candidate(config="no link eth1.300\n")
    driver.commit_config()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("link eth9.5 vlan 5", "the router has no port eth9", id="no such port"),
        pytest.param("link eth1.5 vlan 5 mtu 9500", "eth1 has an MTU of", id="MTU over the port's"),
        pytest.param(
            "link eth1.5 vlan 5 vrf eth3",
            "the router(.s kernel has no VRFs| has no VRF eth3)",
            id="no such VRF",
        ),
        pytest.param("link bond9 bond eth9", "the router has no port eth9", id="no port for LACP"),
        pytest.param("link eth1.5 vlam 5", "not a link statement", id="not the language"),
        pytest.param(
            "interface eth1.6\n ip address 192.0.2.1/30", "no such interface", id="no link for it"
        ),
    ],
)
def test_what_iproute2_would_refuse_is_refused_at_load(driver, line, words):
    with pytest.raises(MergeConfigException, match=words):
        driver.load_merge_candidate(config=f"{line}\n")
    driver.discard_config()


def test_a_kernel_without_bonds_is_told_before_anything_is_touched(router, driver):
    if not router.shell("unshare --net ip link add name b type bond 2>&1"):
        pytest.skip("this kernel has bonds: make test-kernel proves them")
    with pytest.raises(MergeConfigException, match="kernel has no bonds: it lacks the module bond"):
        driver.load_merge_candidate(config="link bond9 bond eth2\n")
    driver.discard_config()


def test_ifupdown_is_told_of_confirmed_links(router):
    router.shell("echo 'source /etc/network/interfaces.d/*' > /etc/network/interfaces")
    try:
        with router.driver() as driver:
            driver.load_merge_candidate(config="link eth1.300 vlan 300 mtu 1500\n")
            driver.commit_config(revert_in=60)
            assert router.shell("ls /etc/network/interfaces.d 2>/dev/null") == ""
            driver.confirm_commit()
            written = router.shell("cat /etc/network/interfaces.d/crossconnect-eth1-300")
            assert "iface eth1.300 inet manual" in written
            assert "vlan-raw-device eth1" in written
            driver.rollback()
            assert router.shell("ls /etc/network/interfaces.d") == ""
    finally:
        router.shell("rm -r /etc/network/interfaces /etc/network/interfaces.d")


def test_networkd_is_told_of_confirmed_links(router):
    with router.driver(link_manager="systemd-networkd") as driver:
        driver.load_merge_candidate(config="link eth1.300 vlan 300 mtu 1500\n")
        driver.commit_config()
        folder = "/etc/systemd/network"
        assert "Id=300" in router.shell(f"cat {folder}/60-crossconnect-eth1.300.netdev")
        drop_in = router.shell(f"cat {folder}/60-crossconnect-eth1.network.d/eth1.300.conf")
        assert "VLAN=eth1.300" in drop_in
        driver.rollback()
        assert "eth1.300" not in router.shell(f"find {folder} -name '*eth1.300*'")
