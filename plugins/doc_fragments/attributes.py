# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules promise."""

from __future__ import annotations


class ModuleDocFragment:
    """Promises, by the kind of module."""

    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Predicts what would change, without changing it.
    support: full
  diff_mode:
    description: Shows what changes, or would change.
    support: full
  idempotent:
    description: A second run with the same options changes nothing.
    support: full
"""

    INFO = r"""
options: {}
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
  diff_mode:
    description: There is nothing to show, as nothing changes.
    support: none
  idempotent:
    description: Changes nothing, however often it runs.
    support: full
"""
