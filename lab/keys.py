# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SSH keys: one pair to log in with, one host key for each node."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .commands import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SSH_PORT = 2222


def make_key(file: Path, comment: str) -> str:
    """Make a key pair and return the public half, without its comment."""
    run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", str(file)])
    return " ".join(file.with_suffix(".pub").read_text(encoding="utf-8").split()[:2])


def known_hosts(keys: Mapping[str, str]) -> str:
    """Return the text of a known_hosts file, from address to public host key."""
    return "".join(f"[{address}]:{SSH_PORT} {key}\n" for address, key in keys.items())


def hand_over(file: Path) -> None:
    """Give a file to the user who called sudo, so that Ansible needs no root to log in."""
    owner, group = os.environ.get("SUDO_UID"), os.environ.get("SUDO_GID")
    if owner and group:
        os.chown(file, int(owner), int(group))
