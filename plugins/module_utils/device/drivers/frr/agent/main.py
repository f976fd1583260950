# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent's two programs: `serve` for a session, `timer` for the revert."""

from __future__ import annotations

import sys

from . import serving, timer


def main() -> None:
    """Start the program that the first argument names."""
    programs = {"serve": serving.main, "timer": timer.main}
    programs[sys.argv[1]](*sys.argv[2:])
