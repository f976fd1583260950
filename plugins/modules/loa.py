#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: loa
short_description: Save the letter of authorization (LOA-CFA) of a connection
version_added: 0.1.0
description:
  - Writes the letter, which the colocation needs for the cross-connect, to a file that only its
    owner can read.
  - Makes no call at all if the file is there, because AWS notes the time of each issue.
  - A letter that AWS has not issued yet is no failure; RV(issued) tells.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
options:
  connection:
    description: The connection, by name or id.
    type: str
    required: true
  estate:
    description:
      - The name of the estate that the connection belongs to; with it, the tags decide.
    type: str
  provider:
    description: The provider to name in the letter.
    type: str
  dest:
    description: The PDF file to write; its directory must be there.
    type: path
    required: true
  mode:
    description: The file's permissions.
    type: str
    default: '0600'
  force:
    description: Whether to issue the letter anew although the file is there.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Save the letter for the colocation
  crossconnect.dx.loa:
    connection: fra-a
    dest: artifacts/acme/loa-fra-a.pdf
    region: eu-central-1
"""

RETURN = r"""
dest:
  description: The file.
  returned: success
  type: str
  sample: artifacts/acme/loa-fra-a.pdf
issued:
  description: Whether the letter is there, or could be had in check mode.
  returned: success
  type: bool
  sample: true
connection_state:
  description: The connection's state; null if it was not asked for.
  returned: success
  type: str
  sample: pending
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeConnections: 1, DescribeLoa: 1}
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.connections import read_loa
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.loa import find_connection
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.private_file import (
    check_place,
    write_private,
)

if TYPE_CHECKING:
    from ansible_collections.crossconnect.dx.plugins.module_utils.aws.session import Aws

ARGUMENT_SPEC: dict[str, Any] = {
    "connection": {"type": "str", "required": True},
    "estate": {"type": "str"},
    "provider": {"type": "str"},
    "dest": {"type": "path", "required": True},
    "mode": {"type": "str", "default": "0600"},
    "force": {"type": "bool", "default": False},
}
# Before these are left behind there is no letter.
UNISSUED = ("ordering", "requested")


def save(module: AwsModule, aws: Aws) -> dict[str, Any]:
    """Fetch the letter if it is due, and return the module's result."""
    options = module.params
    dest = Path(options["dest"])
    result = {
        "changed": False,
        "dest": str(dest),
        "issued": True,
        "connection_state": None,
        "calls": aws.calls,
    }
    if dest.exists() and not options["force"]:
        return result
    check_place(dest, options["mode"], check_mode=module.check_mode)
    connection = find_connection(aws, options["connection"], estate=options["estate"] or "")
    result |= {"connection_state": connection.state, "issued": connection.state not in UNISSUED}
    if result["issued"] and not module.check_mode:
        write_private(dest, read_loa(aws, connection.id, options["provider"]), options["mode"])
    return {**result, "changed": result["issued"]}


def main() -> None:
    """Save the letter, once."""
    module = AwsModule(ARGUMENT_SPEC)
    module.perform(lambda aws: save(module, aws))


if __name__ == "__main__":
    main()
