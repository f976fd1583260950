# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep keys out of everything that leaves the process that talks to a router."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACEHOLDER = re.compile(r"@@KEY:([^@\s]+)@@")
HIDDEN = "<hidden>"
# The words that platforms put before a secret, and what may stand between (type, algorithm).
SECRET = re.compile(
    r"\b(password6?|secret|authentication-key|key-string|key-octet-string|cak"
    # The name of a MACsec key is none; EOS prints it before the type and the secret.
    r"|(?:fallback|pre-shared)-key(?! c(?:ak|kn) )|key(?: [0-9A-Fa-f]+)?(?= (?:0|7|8a) )"
    r"|authentication (?:md5|text))"
    r"((?: (?:encrypted|clear|8a(?= )|\d{1,2}(?= )))*) (?!@@KEY:)(?!<)(\S[^\n]*)"
)
# What others share with a router, in lines of their own: it is no business of ours, and of nobody
# who reads a report. A community of BGP is a number, and `key 1` of a chain the key's name.
_BEFORE_SHARED = (
    r"^ *(?:set )?snmp(?:-server)? community",
    r"^ *snmp-server host \S+.* version (?:1|2c)",
    r"\bauth (?:md5|sha(?:-\d+)?)",
    r"\bpriv(?: (?:3?des|aes(?:-?\d+)?))?",
    r"\bisakmp key(?: \d)?",
    r"\bmessage-digest-key \d+ md5(?: \d)?",
    r"\bwpa-psk (?:ascii|hex)(?: 0)?",
    r"^ *key(?= \S+$)(?! [0-9A-Fa-f]+$)",
)
SHARED = re.compile(rf"({'|'.join(_BEFORE_SHARED)}) (?!@@KEY:)(?!<)(\S+)", re.MULTILINE)
# Of NAPALM's own shapes: get_bgp_config, get_users, get_snmp_information.
SECRET_FIELDS = ("authentication_key", "password")
NAMED_BY_SECRETS = "community"


class KeyMissing(ValueError):  # noqa: N818 - said as the operator reads it
    """A candidate names a key that was not given."""


def fill(text: str, keys: Mapping[str, str]) -> str:
    """Put the keys where their placeholders stand.

    Raises:
        KeyMissing: A key is not there, or could not stand on one line.
    """
    wanted = set(PLACEHOLDER.findall(text))
    if missing := sorted(wanted - set(keys)):
        raise KeyMissing(f"no key is given for {', '.join(missing)}")
    for name in sorted(wanted):
        if not keys[name] or not keys[name].isprintable():
            raise KeyMissing(f"the key of {name} is empty or holds characters that do not print")
    return PLACEHOLDER.sub(lambda found: keys[found[1]], text)


def mask(text: str, keys: Mapping[str, str] | None = None) -> str:
    """Replace known keys by their placeholders, and whatever else looks like a secret."""
    known = sorted((keys or {}).items(), key=lambda item: len(item[1]), reverse=True)
    for name, value in known:
        if value:
            text = text.replace(value, f"@@KEY:{name}@@")
    return SHARED.sub(rf"\1 {HIDDEN}", SECRET.sub(rf"\1\2 {HIDDEN}", text))


def without_secrets(facts: Any) -> Any:
    """Return what a getter returned without the secrets that have fields of their own."""
    if isinstance(facts, list):
        return [without_secrets(each) for each in facts]
    if not isinstance(facts, dict):
        return facts
    return {name: _hidden(name, value) for name, value in facts.items()}


def _hidden(field: Any, value: Any) -> Any:
    if field in SECRET_FIELDS and isinstance(value, str):
        return value and HIDDEN
    if field == NAMED_BY_SECRETS and isinstance(value, dict):
        return {f"{HIDDEN} {count}": each for count, each in enumerate(value.values(), start=1)}
    return without_secrets(value)
