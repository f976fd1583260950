# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The error of what is done, and yet not finished."""

from __future__ import annotations


class UnfinishedError(Exception):
    """The router did what it was asked to, and something that follows it failed.

    As a commit that is kept and not saved: who takes the error for a refusal would report the old
    configuration.
    """
