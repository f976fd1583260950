# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys go in at their placeholders, and nowhere out."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.masking import (
    HIDDEN,
    KeyMissing,
    fill,
    mask,
    without_secrets,
)

KEYS = {"fra-a": "first-key", "fra-b": "first-key-and-more"}


def test_placeholders_are_filled():
    assert fill("password @@KEY:fra-a@@\n", KEYS) == "password first-key\n"


def test_a_missing_key_is_named():
    with pytest.raises(KeyMissing, match="no key is given for ams-a, ams-b"):
        fill("@@KEY:ams-b@@ @@KEY:ams-a@@", KEYS)


@pytest.mark.parametrize("key", ["", "two\nlines"], ids=["empty", "more than one line"])
def test_a_key_that_cannot_stand_on_a_line_is_refused(key):
    with pytest.raises(KeyMissing, match="the key of fra-a"):
        fill("@@KEY:fra-a@@", {"fra-a": key})


def test_known_keys_become_their_placeholders_the_longer_first():
    assert mask("x first-key-and-more first-key", KEYS) == "x @@KEY:fra-b@@ @@KEY:fra-a@@"


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        pytest.param(
            " neighbor 192.0.2.1 password hush hush",
            " neighbor 192.0.2.1 password <hidden>",
            id="FRR",
        ),
        pytest.param(" password 7 0822455D", " password 7 <hidden>", id="IOS, type 7"),
        pytest.param(
            " password encrypted 0822455D", " password encrypted <hidden>", id="IOS-XR"
        ),
        pytest.param(
            'authentication-key "$9$abc"; ', "authentication-key <hidden>", id="Junos"
        ),
        pytest.param("  key-string 7 0822", "  key-string 7 <hidden>", id="key chain"),
        pytest.param(
            "key-octet-string 7 0822 cryptographic-algorithm AES_256_CMAC",
            "key-octet-string 7 <hidden>",
            id="MACsec on NX-OS",
        ),
        pytest.param("no key ab01 7 0822 fallback", "no key ab01 7 <hidden>", id="MACsec on EOS"),
        pytest.param("key ab01 8a $x$ fallback", "key ab01 8a <hidden>", id="EOS, type 8a"),
        pytest.param(
            'set x pre-shared-key cak "$9$abc"', "set x pre-shared-key cak <hidden>",
            id="MACsec on Junos",
        ),
        pytest.param("set x fallback-key ckn ab01", "set x fallback-key ckn ab01", id="its name"),
        pytest.param("radius-server key 7 0822", "radius-server key 7 <hidden>", id="RADIUS"),
        pytest.param("password @@KEY:fra-a@@", "password @@KEY:fra-a@@", id="placeholder"),
        pytest.param("service password-vault", "service password-vault", id="no secret"),
    ],
)  # fmt: skip
def test_unknown_secrets_are_hidden_by_their_words(line, masked):
    assert mask(line) == masked


def test_secrets_that_getters_return_in_fields_of_their_own_are_hidden():
    facts = {
        "bgp_config": {"DX": {"neighbors": {"192.0.2.1": {"authentication_key": "0822455D"}}}},
        "users": {"ops": {"level": 15, "password": "$6$hash", "sshkeys": ["ssh-rsa AAAA"]}},
        "snmp_information": {"contact": "noc", "community": {"hush": {"mode": "ro"}}},
        "bgp_neighbors_detail": [{"description": "a secret place"}, {"authentication_key": ""}],
    }

    assert without_secrets(facts) == {
        "bgp_config": {"DX": {"neighbors": {"192.0.2.1": {"authentication_key": "<hidden>"}}}},
        "users": {"ops": {"level": 15, "password": "<hidden>", "sshkeys": ["ssh-rsa AAAA"]}},
        "snmp_information": {"contact": "noc", "community": {"<hidden> 1": {"mode": "ro"}}},
        "bgp_neighbors_detail": [{"description": "a secret place"}, {"authentication_key": ""}],
    }


@pytest.mark.parametrize(
    "line",
    [
        "snmp-server community SHARED RO",
        "snmp-server community SHARED group network-operator",
        "set snmp community SHARED authorization read-only",
        "snmp-server host 192.0.2.1 traps version 2c SHARED",
        "snmp-server host 192.0.2.1 version 2c SHARED",
        "snmp-server user ops network-admin auth md5 SHARED priv aes-128 SHARED localizedkey",
        "snmp-server user ops network-admin auth sha SHARED priv SHARED localizedkey",
        "crypto isakmp key SHARED address 0.0.0.0",
        "crypto isakmp key 6 SHARED address 0.0.0.0",
        " ip ospf message-digest-key 1 md5 7 SHARED",
        " ip ospf message-digest-key 1 md5 SHARED",
        " wpa-psk ascii 0 SHARED",
        "tacacs server one\n key SHARED",
    ],
)
def test_what_others_share_with_the_router_is_hidden_too(line):
    told = mask(line)
    assert "SHARED" not in told
    assert HIDDEN in told


@pytest.mark.parametrize(
    "line",
    [
        " set community 7224:7300 additive",
        " neighbor 192.0.2.1 send-community",
        "key chain DX-PORTEthernet1/1-CAK macsec\n key 01",
        " key 5a5a0000000000000000000000000000",
        "set policy-options community DX-VIF101-OUT-V4 members 7224:7300",
    ],
)
def test_what_is_no_secret_stays_readable(line):
    assert mask(line) == line
