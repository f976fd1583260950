# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What never reaches a router, in the words of every platform."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.refusals import refused

WRONG = [
    (" neighbor 10.0.0.1 ttl-security hops 1", "TTL security"),
    ("  ttl-security", "TTL security"),
    ("set protocols bgp group DX neighbor 10.0.0.1 ttl 255", "TTL security"),
    ("   neighbor 10.0.0.1 ttl maximum-hops 1", "TTL security"),
    (" neighbor 10.0.0.1 ebgp-multihop 2", "multihop"),
    ("set protocols bgp group DX multihop ttl 2", "multihop"),
    ("ip prefix-list DX-VIF1-IN-V4 seq 5 permit any", "lets everything pass"),
    ("ip prefix-list DX-VIF1-IN-V4 seq 5 permit 0.0.0.0/0 le 32", "lets everything pass"),
    ("ipv6 prefix-list DX-VIF1-IN-V6 seq 5 permit ::/0 le 64", "lets everything pass"),
    ("   seq 10 permit 0.0.0.0/0 le 28", "lets everything pass"),
    ("   0.0.0.0/0 le 32,", "lets everything pass"),
    ("set policy-options policy-statement P term A from route-filter ::/0 orlonger", "everything"),
    ("ip prefix-list DX-VIF1-OUT-V4 seq 5 permit 10.0.0.0/8 le 24", "not exact"),
    (
        "set policy-statement DX-VIF1-OUT-V4 term A from route-filter 10.0.0.0/8 upto /24",
        "not exact",
    ),
    (" bgp graceful-restart", "graceful restart"),
    (" macsec dot1q-in-clear 1", "a VLAN's tag in the clear"),
    ("  conf-offset CONF-OFFSET-30", "a MACsec offset"),
    (" confidentiality-offset 50", "a MACsec offset"),
    ("set security macsec connectivity-association DX-PORTxe-MKA offset 30", "a MACsec offset"),
    ("      cipher aes128-gcm-xpn", "MACsec with 128 bits"),
    (" macsec-cipher-suite gcm-aes-128", "MACsec with 128 bits"),
    ("    key-octet-string 0 @@KEY:fra@@ cryptographic-algorithm AES_128_CMAC", "128 bits"),
    ("  no include-sci", "MACsec without SCI"),
    (" neighbor 10.0.0.1 description DX @@KEY:fra@@", "a key in a description"),
]

RIGHT = [
    "ip prefix-list DX-VIF1-IN-V4 seq 5 permit 10.0.0.0/8 le 28",
    "ip prefix-list DX-VIF1-IN-V4 seq 5 permit 0.0.0.0/0",
    "ip prefix-list DX-VIF1-IN-V4 seq 65535 deny any",
    "ip prefix-list DX-VIF1-OUT-V4 seq 65535 deny 0.0.0.0/0 le 32",
    " neighbor 10.0.0.1 graceful-restart-disable",
    "   graceful-restart disable",
    " neighbor 10.0.0.1 password @@KEY:fra@@",
    "  conf-offset CONF-OFFSET-0",
    " macsec-cipher-suite gcm-aes-xpn-256",
]


@pytest.mark.parametrize(("line", "why"), WRONG, ids=[line.strip() for line, _ in WRONG])
def test_what_is_wrong_is_refused_with_its_line_and_the_reason(line, why):
    (fault,) = refused(f"!\n{line}\n")
    assert fault.startswith(f"line 2: {line.strip()!r} is refused: ")
    assert why in fault


@pytest.mark.parametrize("line", RIGHT, ids=str.strip)
def test_what_is_right_passes(line):
    assert refused(line) == []


def test_a_key_in_clear_is_refused_and_not_told():
    (fault,) = refused(" neighbor 10.0.0.1 password Key-That-Leaked", ["Key-That-Leaked", ""])
    assert fault == "a key stands in the candidate in clear: write @@KEY:name@@ in its place"


LIMITED = " match ip address prefix-list DX-VIF1-IN-V4\n"
TERM = "set policy-options policy-statement DX-VIF1-IN-V4 term ALLOW"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("route-map DX-VIF1-IN-V4 permit 10\n", 1),
        (f"route-map A permit 5\n{LIMITED}!\nroute-map A permit 10\n set weight 1\n!\n", 4),
        ("route-map A permit 10\nroute-map A deny 20\n match tag 1\n", 1),
        (f"{TERM} then local-preference 200\n{TERM} then accept\n", 2),
        ("set policy-options policy-statement DX-VIF1-OUT-V4 then accept\n", 1),
    ],
)
def test_a_policy_without_a_condition_is_refused(text, number):
    (fault,) = refused(text)
    assert fault.startswith(f"line {number}: ")
    assert "a policy that lets everything pass" in fault


@pytest.mark.parametrize(
    "text",
    [
        f"route-map A permit 10\n{LIMITED} set local-preference 200\nroute-map A deny 65535\n",
        f"{TERM} from route-filter 10.0.0.0/8 exact\n{TERM} then accept\n",
        "set policy-options policy-statement DX-VIF1-IN-V4 term DENY then reject\n",
    ],
)
def test_a_policy_with_a_condition_is_not(text):
    assert refused(text) == []
