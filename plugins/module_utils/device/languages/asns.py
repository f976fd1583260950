# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AS numbers in one notation: a router may print `64086.59905` for what we call 4200000001.

It takes both (RFC 5396), so only what it prints has to be read: compared as text, each session
would be another one at every run, and be taken down for it.
"""

from __future__ import annotations

import re

_WITH_ASN = re.compile(
    r"^(?:router bgp|(?: +| *neighbor \S+ )remote-as| +set as-path prepend| *prepend as-path"
    r"|set .*\b(?:autonomous-system|peer-as|as-path-prepend)) .*$",
    re.MULTILINE,
)
# Two numbers, and not a part of an address.
_DOTTED = re.compile(r"(?<![\w.:])(\d{1,5})\.(\d{1,5})(?![\w.:])")


def with_plain_asns(text: str) -> str:
    """Write the AS numbers of a configuration without dots."""
    return _WITH_ASN.sub(lambda line: _DOTTED.sub(_plain, line[0]), text)


def plain_asn(told: object) -> int:
    """Return an AS number that a router tells as a number, or as text in any notation."""
    return int(_DOTTED.sub(_plain, str(told)))


def _plain(found: re.Match[str]) -> str:
    return str(int(found[1]) << 16 | int(found[2]))
