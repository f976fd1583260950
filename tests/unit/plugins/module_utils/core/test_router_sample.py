# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's sample for the customer's router against what the router would get."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.router_sample import (
    compare,
    read_sample,
)

KEY = "Key-Of-The-Vault-0815"
ANOTHER = "Key-That-Aws-Has-4711"
# The form of AWS's own examples, both families.
SAMPLE = f"""<?xml version="1.0" encoding="UTF-8"?>
<logical_connection id="dxvif-fg1vuj3d">
  <vlan>101</vlan>
  <customer_address>169.254.101.2/30</customer_address>
  <amazon_address>169.254.101.1/30</amazon_address>
  <bgp_asn>65001</bgp_asn>
  <bgp_auth_key>{KEY}</bgp_auth_key>
  <ipv6_customer_address>2001:DB8:101:0::2/125</ipv6_customer_address>
  <ipv6_amazon_address>2001:DB8:101:0::1/125</ipv6_amazon_address>
  <ipv6_bgp_asn>65001</ipv6_bgp_asn>
  <ipv6_bgp_auth_key>{KEY}</ipv6_bgp_auth_key>
  <amazon_bgp_asn>64512</amazon_bgp_asn>
  <connection_type>transit</connection_type>
</logical_connection>
"""
ATTACHMENT = {
    "name": "fra-a-transit",
    "vlan": 101,
    "local_asn": 65001,
    "peers": [
        {
            "family": "ipv4",
            "local_address": "169.254.101.2/30",
            "remote_address": "169.254.101.1",
            "remote_asn": 64512,
            "key_name": "fra-a-transit",
        },
        {
            "family": "ipv6",
            "local_address": "2001:db8:101::2/125",
            "remote_address": "2001:db8:101::1",
            "remote_asn": 64512,
            "key_name": "fra-a-transit",
        },
    ],
}
CORRECT = "one of them is wrong; correct the estate, or what was made at AWS"
VAULT = "put the key that AWS has into the vault, or have the BGP peer made anew with yours"


def held(text=SAMPLE, attachment=ATTACHMENT, key=KEY):
    return compare(read_sample(text), attachment, key, "edge-fra-1")


def test_what_is_alike_passes_in_every_point():
    found = held()

    assert found.problems == []
    assert {record["verdict"] for record in found.checks} == {"pass"}
    assert len(found.checks) == 1 + 2 * 5


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        pytest.param(
            ("<vlan>101", "<vlan>102"),
            f"AWS has VLAN 102 for fra-a-transit, edge-fra-1 would get 101: {CORRECT}",
            id="another VLAN",
        ),
        pytest.param(
            ("<customer_address>169.254.101.2/30", "<customer_address>169.254.101.6/30"),
            "AWS has your address 169.254.101.6/30 for fra-a-transit ipv4, edge-fra-1 would get"
            f" 169.254.101.2/30: {CORRECT}",
            id="another address of ours",
        ),
        pytest.param(
            ("::1/125", "::3/125"),
            "AWS has its own address 2001:db8:101::3 for fra-a-transit ipv6, edge-fra-1 would get"
            f" 2001:db8:101::1: {CORRECT}",
            id="another address of theirs",
        ),
        pytest.param(
            ("<ipv6_bgp_asn>65001", "<ipv6_bgp_asn>65009"),
            f"AWS has your ASN 65009 for fra-a-transit ipv6, edge-fra-1 would get 65001: {CORRECT}",
            id="another ASN of ours",
        ),
        pytest.param(
            (f"<ipv6_bgp_auth_key>{KEY}", f"<ipv6_bgp_auth_key>{ANOTHER}"),
            f"edge-fra-1 would get another BGP key than AWS has for fra-a-transit ipv6: {VAULT}",
            id="another key",
        ),
    ],
)
def test_a_difference_says_what_aws_has_and_what_the_router_would_get(wrong, problem):
    found = held(SAMPLE.replace(*wrong))

    assert found.problems == [problem]
    assert [record["verdict"] for record in found.checks].count("fail") == 1
    assert KEY not in repr(found)
    assert ANOTHER not in repr(found)


def test_amazons_other_asn_is_told_of_both_sessions():
    problems = held(SAMPLE.replace("64512", "64513")).problems

    assert [words.partition(",")[0] for words in problems] == [
        "AWS has its own ASN 64513 for fra-a-transit ipv4",
        "AWS has its own ASN 64513 for fra-a-transit ipv6",
    ]


@pytest.mark.parametrize("key", [None, KEY], ids=["no key in the vault", "a peer without its key"])
def test_a_key_that_only_aws_has_is_told(key):
    peers = [{**ATTACHMENT["peers"][0], "key_name": "fra-a-transit" if key is None else None}]

    assert held(attachment={**ATTACHMENT, "peers": peers}, key=key).problems == [
        f"edge-fra-1 would get no BGP key for fra-a-transit ipv4: {VAULT}"
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<logical_connection/>", id="nothing in it"),
        pytest.param(
            "<logical_connection><vlan>?</vlan><amazon_bgp_asn>0</amazon_bgp_asn>"
            "<customer_address>169.254.101.2/30</customer_address></logical_connection>",
            id="numbers that are none",
        ),
    ],
)
def test_what_aws_does_not_tell_is_no_difference(text):
    assert held(text).problems == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("interface GigabitEthernet0/1.101\n encapsulation dot1q 101", id="a text"),
        pytest.param("<another/>", id="another document"),
        pytest.param(SAMPLE.replace("<logical", "<!DOCTYPE x><logical", 1), id="a document type"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_sample_of_an_unknown_form_is_not_judged(text):
    found = held(text)

    assert found.problems == []
    assert [(record["id"], record["verdict"]) for record in found.checks] == [("aws_sample", "na")]


def test_a_sample_shows_no_key():
    assert KEY not in repr(read_sample(SAMPLE))
