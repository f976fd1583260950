# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the kernel carries an attachment on, as a table: one row a feature.

A row that needs more than its commands has a test of its own beside `test_attachments.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CANDIDATES = Path(__file__).parents[1] / "golden/candidates/frr"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One way for an attachment to lie on the kernel.

    Attributes:
        feature: What the kernel must have, as `conftest.PROBES` names it.
        candidate: The golden candidate of virtual interface 101.
        shown: What `ip -d link show` says of eth1.101, or of `interface`.
        before: Shell commands by which the operator has prepared the router; `after` undoes them.
        far: Shell commands that prepare AWS's end; `far_after` undoes them.
        far_port: What AWS's VLAN 101 is on.
    """

    feature: str
    candidate: str
    shown: str
    interface: str = "eth1.101"
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    far_after: tuple[str, ...] = ()
    far_port: str = "eth1"

    @property
    def text(self) -> str:
        """The candidate, with its keys' placeholders."""
        return (CANDIDATES / f"{self.candidate}.cfg").read_text(encoding="utf-8")


def vtysh(*lines: str) -> str:
    """Return the shell command that configures FRR."""
    words = " ".join(f"-c '{line}'" for line in ("configure", *lines))
    return f"vtysh {words}"


VRF_MADE = (
    "ip link add DX type vrf table 10",
    "ip link set DX up",
    vtysh(
        "router bgp 65001 vrf DX",
        "bgp router-id 10.255.0.11",
        "no bgp default ipv4-unicast",
        "no bgp network import-check",
        "address-family ipv4 unicast",
        "network 192.168.10.0/24",
        "address-family ipv6 unicast",
        "network 2001:db8:10::/64",
    ),
)
VRF_UNMADE = (vtysh("no router bgp 65001 vrf DX"), "ip link del DX")

CASES = {
    "a VLAN of the kernel's own": Case(
        feature="802.1Q", candidate="dual-stack", shown="vlan protocol 802.1Q id 101"
    ),
    "a VLAN in a VRF": Case(
        feature="VRF",
        candidate="vrf",
        shown="vrf_slave table 10",
        before=VRF_MADE,
        after=VRF_UNMADE,
    ),
}
