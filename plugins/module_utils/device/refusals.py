# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What never reaches a router, whoever wrote the template: held against every rendered candidate.

Each refusal is a pattern of one statement, in the words of any platform.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .conditions import unconditional
from .masking import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ALL = r"(?:0\.0\.0\.0/0|::/0)"
_ANY = rf"(?:any\b|{_ALL} (?:le|ge)\b)"
_LONGER = r"(?:orlonger|longer|upto|prefix-length-range|through)\b"
_OUTBOUND = r"DX-\S+-OUT-V[46]"
_EVERYTHING = (
    rf"\bprefix-list \S+.* permit {_ANY}",
    rf"^\s*(?:seq )?\d+ permit {_ANY}",
    rf"\broute-filter {_ALL} {_LONGER}",
    rf"^\s*{_ALL} (?:le|ge) \d+,?$",
)
_LIST = re.compile(r"(?:ip|ipv6) prefix-list \S+\s*$")  # its entries stand below it
_INEXACT = (
    rf"\b(?:ip|ipv6) prefix-list {_OUTBOUND} .*permit \S+ (?:le|ge)\b",
    rf"\b{_OUTBOUND}\b.*\broute-filter \S+ {_LONGER}",
)


LEAK = "a leak would be believed, or spread"
UNCONDITIONAL = f"a policy that lets everything pass, for it has no condition: {LEAK}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement that is refused, and why."""

    statement: re.Pattern[str]
    why: str


REFUSALS = tuple(
    Refusal(re.compile(pattern, re.IGNORECASE), why)
    for pattern, why in (
        (
            r"\bttl-security\b|\bttl 25[45]\b|\bttl maximum-hops\b",
            "TTL security: AWS sends with a TTL of 1, so the session would never come up",
        ),
        (
            r"\b(?:ebgp-)?multihop\b",
            "multihop: AWS is one hop away, and further away somebody else would answer",
        ),
        (
            "|".join(_EVERYTHING),
            f"a list that lets everything pass: {LEAK}",
        ),
        (
            "|".join(_INEXACT),
            "an outbound list that is not exact: what is announced is counted before",
        ),
        (
            r"\bgraceful-restart\b(?!.*\bdisable\b)",
            "graceful restart beside BFD: it would keep a path that BFD has found dead",
        ),
        (
            r"\bdot1q-in-clear\b",
            "a VLAN's tag in the clear: AWS has it inside of what MACsec encrypts",
        ),
        (
            r"\b(?:offset|confidentiality-offset|CONF-OFFSET)[ -](?:30|50)\b",
            "a MACsec offset: with AWS everything behind the header is encrypted",
        ),
        (
            r"\bgcm-aes-(?:xpn-)?128\b|\baes128-gcm\b|\baes[-_]128[-_]cmac\b",
            "MACsec with 128 bits: AWS takes keys of 256 bits only",
        ),
        (
            r"^\s*(?:no (?:include-)?sci)\s*$",
            "MACsec without SCI, which AWS wants in every frame",
        ),
        (
            r"\bdescription\b.*@@KEY:",
            "a key in a description, which everybody may read",
        ),
    )
)


def _statements(rendered: str) -> Iterator[tuple[int, str, str]]:
    """Return each line with its number, and what it says: of a list's entry, the list as well."""
    named = ""
    for number, line in enumerate(rendered.splitlines(), start=1):
        if found := _LIST.match(line):
            named = found[0].strip()
        elif not line.startswith(" "):
            named = ""
        yield number, line, f"{named} {line.strip()}" if named and not found else line


def refused(rendered: str, keys: Iterable[str] = ()) -> list[str]:
    """Return a sentence for every statement of a candidate that must not reach a router.

    Args:
        rendered: The candidate, before its keys are filled in.
        keys: The keys; none of them may stand in the text in clear.
    """
    faults = [
        f"line {number}: {line.strip()!r} is refused: {each.why}"
        for number, line, said in _statements(rendered)
        for each in REFUSALS
        if each.statement.search(said)
    ]
    faults += [
        f"line {number}: {line!r} is refused: {UNCONDITIONAL}"
        for number, line in unconditional(rendered)
    ]
    bare = PLACEHOLDER.sub("", rendered)
    if any(key and key in bare for key in keys):
        faults.append("a key stands in the candidate in clear: write @@KEY:name@@ in its place")
    return faults
