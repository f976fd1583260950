# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which keys a router holds that only the router can read: told by fingerprints, never kept.

A fingerprint is an HMAC, with a random salt, of the router's own words for a secret together with
the secret. So a key is recalled only while the router's words are those of the day it was set.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SALT_BYTES = 32
# What stands behind the secret of a MACsec key.
_BEHIND = re.compile(r"(?: cryptographic-algorithm \S+| fallback)$")


def file_of(router: str, folder: str | None = None) -> Path:
    """Return the file of a router: in the folder, or in the user's directory for state."""
    state = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    base = folder or f"{state}/crossconnect/fingerprints"
    return Path(base).expanduser() / f"{quote(router, safe='')}.json"


class Fingerprints:
    """The fingerprints of one router's keys.

    Attributes:
        path: Where they are kept; None keeps them as long as the process lasts.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Begin with what is kept; a file that cannot be read is as good as none."""
        self.path = path
        kept = _read(path)
        self._salt = str(kept.get("salt") or secrets.token_hex(SALT_BYTES))
        known = kept.get("fingerprints")
        self._known: dict[str, str] = dict(known) if isinstance(known, dict) else {}
        self._changed = False

    def recall(self, path: Sequence[str], secret: str) -> bool:
        """Whether a statement of the router holds a secret, as far as that is remembered.

        Args:
            path: The statement as the router prints it, with the blocks that it stands in.
            secret: The secret in clear.
        """
        known = self._known.get(_place(path), "")
        return hmac.compare_digest(known, self._fingerprint(path, secret))

    def learn(self, path: Sequence[str], secret: str) -> bool:
        """Remember that a statement of the router holds a secret; True, as `recall` would say."""
        fingerprint = self._fingerprint(path, secret)
        if self._known.get(_place(path)) != fingerprint:
            self._known[_place(path)] = fingerprint
            self._changed = True
        return True

    def save(self) -> None:
        """Keep what was learned, for its owner's eyes only.

        Raises:
            OSError: The file cannot be written.
        """
        if not self._changed or self.path is None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        content = json.dumps({"salt": self._salt, "fingerprints": self._known}, indent=1)
        draft = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(f"{content}\n")
            draft.replace(self.path)
        finally:
            draft.unlink(missing_ok=True)
        self._changed = False

    def _fingerprint(self, path: Sequence[str], secret: str) -> str:
        words = "\0".join((*path, secret)).encode()
        return hmac.new(self._salt.encode(), words, hashlib.sha256).hexdigest()


def _place(path: Sequence[str]) -> str:
    """Return where a statement stands: all of it but the secret, its last word or nearly so."""
    return _BEHIND.sub("", " ".join(path)).rpartition(" ")[0]


def _read(path: Path | None) -> Mapping[str, object]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
