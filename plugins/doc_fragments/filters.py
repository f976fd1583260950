# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation that the filters share."""

from __future__ import annotations


class ModuleDocFragment:
    """What filters are told of the estate and of AWS."""

    # Of filters that look at an estate for one router.
    DOCUMENTATION = r"""
options:
  _input:
    description: The estate, C(dx_estate).
    type: dict
    required: true
  router:
    description: The router's name in the inventory.
    type: str
    required: true
  limits:
    description: Limits that AWS has raised for you, by name, C(dx_limits).
    type: dict
    default: {}
"""

    # Of filters that judge something by an estate. Not "estate", the name of another fragment:
    # Ansible would take that one.
    JUDGE = r"""
options:
  estate:
    description: The estate, C(dx_estate).
    type: dict
    required: true
  limits:
    description: Limits that AWS has raised for you, by name, C(dx_limits).
    type: dict
    default: {}
"""

    OBSERVED = r"""
options:
  observed:
    description:
      - What AWS has, one mapping per account, as RV(crossconnect.dx.estate#module:observed).
    type: list
    elements: dict
    required: true
"""
