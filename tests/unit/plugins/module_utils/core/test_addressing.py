# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses and prefixes."""

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.addressing import (
    Overlap,
    address,
    enclosing_prefix,
    family,
    interface_address,
    is_link_end,
    of_family,
    overlaps,
    prefix,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("10.20.0.0/16", "10.20.0.0/16", id="IPv4"),
        pytest.param("2001:0db8::/32", "2001:db8::/32", id="IPv6 in another spelling"),
        pytest.param("10.20.0.1/16", "None", id="host bits"),
        pytest.param("10.20.0.0", "None", id="no length"),
        pytest.param("banana/8", "None", id="no address"),
    ],
)
def test_a_prefix_is_a_network_with_its_length(text, found):
    assert str(prefix(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("169.254.101.1/30", "169.254.101.1/30", id="IPv4"),
        pytest.param("169.254.101.1", "None", id="no length"),
        pytest.param("169.254.101.300/30", "None", id="no address"),
    ],
)
def test_an_interface_address_has_its_prefix_length(text, found):
    assert str(interface_address(text)) == found


@pytest.mark.parametrize(
    ("text", "link_end"),
    [
        pytest.param("169.254.101.1/30", True, id="host of a /30"),
        pytest.param("169.254.101.0/30", False, id="network"),
        pytest.param("169.254.101.3/30", False, id="broadcast"),
        pytest.param("169.254.101.0/31", True, id="lower end of a /31"),
        pytest.param("169.254.101.1/31", True, id="upper end of a /31"),
        pytest.param("224.0.0.1/30", False, id="multicast"),
        pytest.param("127.0.0.1/30", False, id="loopback"),
        pytest.param("0.0.0.0/31", False, id="unspecified"),
        pytest.param("240.0.0.1/30", False, id="reserved"),
    ],
)
def test_a_link_ends_at_addresses_that_hosts_can_have(text, link_end):
    assert is_link_end(interface_address(text)) is link_end


def test_overlaps_name_both_positions_and_never_cross_families():
    prefixes = ["10.0.0.0/8", "2001:db8::/32", "10.20.0.0/16", "banana", "2001:db8:1::/48", "::/0"]
    assert overlaps(prefixes) == (Overlap(0, 2), Overlap(1, 4), Overlap(1, 5), Overlap(4, 5))


def test_prefixes_are_told_apart_by_family():
    prefixes = ["10.0.0.0/8", "2001:db8::/32"]
    assert of_family(prefixes, "ipv4") == ("10.0.0.0/8",)
    assert of_family(prefixes, "ipv6") == ("2001:db8::/32",)
    assert family("2001:db8::1") == "ipv6"


def test_an_address_loses_its_length_and_shows_its_network():
    assert address("169.254.101.1/30") == "169.254.101.1"
    assert enclosing_prefix("10.20.0.1/16") == "10.20.0.0/16"
    assert enclosing_prefix("banana") is None
