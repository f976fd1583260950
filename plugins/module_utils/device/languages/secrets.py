# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets as routers print them, in clear again, so that a key that is the same is let alone."""

from __future__ import annotations


def type_7(word: str) -> str | None:
    """Return what Cisco's type 7 hides, which is no encryption; None if it is not of that type."""
    # Imported here: whoever configures FRR only need not have it.
    from netutils.password import decrypt_type7  # noqa: PLC0415

    try:
        return str(decrypt_type7(word))
    except (ValueError, IndexError):
        return None
