# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one error that people see; its text says what to do next."""

from __future__ import annotations


class LabError(Exception):
    """The lab cannot do what was asked."""
