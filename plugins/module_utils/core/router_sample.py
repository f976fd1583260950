# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's sample for the customer's router, held against what the router would get.

The sample is the XML `logical_connection` of DescribeRouterConfiguration: the IPv4 session in
elements such as `customer_address`, the IPv6 session in the same with `ipv6_` before them (AWS's
command line reference, describe-virtual-interfaces, read 2026-11). It bears the keys: they are
compared here, and never returned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_interface
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from .check import check, passes
from .evidence import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .check import Check

SAME, OTHER, ONE = "the same", "another", "one"
# A document type can make a small text endless, and AWS's has none.
_SUSPICIOUS = "<!"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSession:
    """One BGP session as AWS has it; None or empty for what AWS does not tell."""

    customer_address: str
    amazon_address: str | None
    customer_asn: int | None
    key: str | None = field(repr=False)

    @property
    def family(self) -> str:
        """The address family, ipv4 or ipv6."""
        return f"ipv{ip_interface(self.customer_address).version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A virtual interface as AWS has it, sessions by family."""

    vlan: int | None
    amazon_asn: int | None
    sessions: Mapping[str, SampleSession]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What was compared, and a sentence per difference."""

    checks: Sequence[Check]
    problems: Sequence[str]


def read_sample(text: str) -> Sample | None:
    """Read AWS's sample; None where it is not the XML that is known."""
    if _SUSPICIOUS in text:
        return None
    try:
        # A declaration of an encoding is for bytes.
        root = ET.fromstring(text.encode())  # noqa: S314 - AWS's answer, without a document type
    except ET.ParseError:
        return None
    if root.tag != "logical_connection":
        return None
    found = [_session(root, prefix) for prefix in ("", "ipv6_")]
    return Sample(
        vlan=_number(root, "vlan"),
        amazon_asn=_number(root, "amazon_bgp_asn"),
        sessions={session.family: session for session in found if session},
    )


def _session(root: ET.Element, prefix: str) -> SampleSession | None:
    customer = root.findtext(f"{prefix}customer_address")
    if not customer:
        return None
    return SampleSession(
        customer_address=customer,
        amazon_address=root.findtext(f"{prefix}amazon_address"),
        customer_asn=_number(root, f"{prefix}bgp_asn"),
        key=root.findtext(f"{prefix}bgp_auth_key"),
    )


def _number(root: ET.Element, name: str) -> int | None:
    """Return a number; AWS writes 0 where it has none that fits."""
    text = root.findtext(name) or ""
    return int(text) or None if text.isdigit() else None


def compare(
    sample: Sample | None, attachment: Mapping[str, Any], key: str | None, router: str
) -> Comparison:
    """Hold an attachment against AWS's sample.

    Args:
        sample: What AWS has; None where it could not be read, which is no difference.
        attachment: What the router would get, as the filter `attachments` returns it.
        key: The key that the router would get for the peers that name one.
        router: The router's name, for the sentences.
    """
    name = attachment["name"]
    if sample is None:
        unknown = "AWS's sample is not in the form that is known"
        return Comparison(checks=[check("aws_sample", name, "na", unknown, SAME)], problems=[])
    lines = [_Line("aws_vlan", name, "VLAN", sample.vlan, attachment["vlan"])]
    for peer in attachment["peers"]:
        if session := sample.sessions.get(peer["family"]):
            lines += _of_peer(session, sample.amazon_asn, attachment, peer, key)
    told = [line for line in lines if line.measured is not None]
    return Comparison(
        checks=[line.record for line in told],
        problems=[line.sentence(router) for line in told if not line.good],
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing that both sides must have alike, as AWS has it and as the router would."""

    id: str
    target: str
    word: str
    measured: object
    expected: object

    @property
    def good(self) -> bool:
        return self.measured == self.expected

    @property
    def record(self) -> Check:
        return passes(self.id, self.target, self.good, self.measured, self.expected)

    def sentence(self, router: str) -> str:
        if self.id == "aws_key":
            ours = "no BGP key" if self.measured == ONE else "another BGP key than AWS has"
            return (
                f"{router} would get {ours} for {self.target}: put the key that AWS has into the"
                " vault, or have the BGP peer made anew with yours"
            )
        return (
            f"AWS has {self.word} {self.measured} for {self.target}, {router} would get"
            f" {self.expected}: one of them is wrong; correct the estate, or what was made at AWS"
        )


def _of_peer(
    session: SampleSession,
    amazon_asn: int | None,
    attachment: Mapping[str, Any],
    peer: Mapping[str, Any],
    key: str | None,
) -> Iterator[_Line]:
    target = f"{attachment['name']} {peer['family']}"
    pairs = (
        ("aws_customer_address", "your address", str(ip_interface(session.customer_address)),
         str(ip_interface(peer["local_address"]))),
        ("aws_amazon_address", "its own address", bare(session.amazon_address),
         bare(peer["remote_address"])),
        ("aws_customer_asn", "your ASN", session.customer_asn, attachment["local_asn"]),
        ("aws_amazon_asn", "its own ASN", amazon_asn, peer["remote_asn"]),
    )  # fmt: skip
    for identity, word, measured, expected in pairs:
        yield _Line(identity, target, word, measured, expected)
    yield _Line(
        "aws_key", target, "key", _key(session.key, key if peer["key_name"] else None), SAME
    )


def _key(theirs: str | None, ours: str | None) -> str | None:
    """Return a word for AWS's key beside the router's; None where AWS does not tell."""
    if not theirs:
        return None
    if not ours:
        return ONE
    return SAME if theirs == ours else OTHER
