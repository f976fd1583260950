# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make links survive a reboot, through whatever manages the router's links."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import ifupdown, networkd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .links import Change

MANAGERS = {"ifupdown": ifupdown, "systemd-networkd": networkd}
NONE = "none"


def manager(wished: str = "auto") -> str:
    """Which link manager the router uses: ifupdown, systemd-networkd or none."""
    if wished != "auto":
        return wished
    if _process("systemd-networkd"):
        return "systemd-networkd"
    return "ifupdown" if ifupdown.in_use() else NONE


def _process(name: str) -> bool:
    """Whether a program of that name runs; /proc, since D-Bus may be another machine's."""
    for comm in Path("/proc").glob("[0-9]*/comm"):
        try:
            if comm.read_text(encoding="utf-8").strip() == name[:15]:
                return True
        except OSError:  # the process ended meanwhile
            continue
    return False


def persist(changes: Iterable[Change], wished: str = "auto") -> str:
    """Write or remove the link manager's files; returns the manager."""
    chosen = manager(wished)
    files = MANAGERS.get(chosen)
    for change in changes:
        if change.before and files:
            files.forget(change.before)
        if change.after and files:
            files.keep(change.after)
    return chosen
