# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation that the modules for one object share."""

from __future__ import annotations


class ModuleDocFragment:
    """State, identity, consent and patience of one object."""

    DOCUMENTATION = r"""
options:
  state:
    description:
      - Whether the object shall be there.
    type: str
    choices: [present, absent]
    default: present
  estate:
    description:
      - The name of the estate that the object belongs to.
      - With it, the object is known by its tags C(crossconnect:estate) and C(crossconnect:name)
        first, then by its name if it carries no such tags yet, and it is tagged so.
      - Without it, the object is known by its name or its id alone.
    type: str
  consent:
    description:
      - Names for which an outage, the loss of a physical port, or a second port of the same name is
        agreed to.
    type: list
    elements: str
    default: []
  settle_seconds:
    description:
      - How long to wait for AWS's own quick transitions, counted from the last call that was sent.
    type: int
    default: 60
  wait_seconds:
    description:
      - How long to wait for what people bring about, as the cross-connect.
    type: int
    default: 0
"""
