#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vpn_configuration
short_description: Save the configuration of the device at which a VPN connection begins
version_added: 0.1.0
description:
  - Writes what AWS says of a VPN connection's tunnels, their pre-shared keys in it, to a file that
    only its owner can read. The keys are in no result, log or diff.
  - Without O(device) the file is AWS's XML, which any device can be configured from; with it, it is
    AWS's sample configuration for that device.
  - Makes no call at all if the file is there.
  - Applying the configuration to the device is not part of it.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
seealso:
  - module: crossconnect.dx.vpn_connection
options:
  vpn_connection:
    description: The VPN connection, by Name tag or id.
    type: str
    required: true
  estate:
    description: The name of the estate that it belongs to; with it, the tags decide.
    type: str
  device:
    description:
      - The device, by AWS's id of its type, or by words of vendor, platform and software that fit
        one type only.
    type: str
  dest:
    description: The file to write; its directory must be there.
    type: path
    required: true
  mode:
    description: The file's permissions.
    type: str
    default: '0600'
  force:
    description: Whether to write the file anew although it is there.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Save the configuration for the device in Frankfurt
  crossconnect.dx.vpn_configuration:
    vpn_connection: fra-backup
    device: Strongswan
    dest: artifacts/acme/vpn-fra-backup.conf
    region: eu-central-1
"""

RETURN = r"""
dest:
  description: The file.
  returned: success
  type: str
  sample: artifacts/acme/vpn-fra-backup.conf
device:
  description: The device's type, as AWS words it; null for AWS's XML, or if nothing was asked for.
  returned: success
  type: str
  sample: Strongswan, Ubuntu 16.04, Strongswan 5.5.1+
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeVpnConnections: 2, GetVpnConnectionDeviceTypes: 1}
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.private_file import (
    check_place,
    write_private,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.vpn_configuration import (
    find_device,
    find_vpn_connection,
    read_configuration,
)

if TYPE_CHECKING:
    from ansible_collections.crossconnect.dx.plugins.module_utils.aws.session import Aws

ARGUMENT_SPEC: dict[str, Any] = {
    "vpn_connection": {"type": "str", "required": True},
    "estate": {"type": "str"},
    "device": {"type": "str"},
    "dest": {"type": "path", "required": True},
    "mode": {"type": "str", "default": "0600"},
    "force": {"type": "bool", "default": False},
}


def save(module: AwsModule, aws: Aws) -> dict[str, Any]:
    """Fetch the configuration if it is due, and return the module's result."""
    options = module.params
    dest = Path(options["dest"])
    result = {"changed": False, "dest": str(dest), "device": None, "calls": aws.calls}
    if dest.exists() and not options["force"]:
        return result
    check_place(dest, options["mode"], check_mode=module.check_mode)
    vpn = find_vpn_connection(aws, options["vpn_connection"], estate=options["estate"] or "")
    device = find_device(aws, options["device"]) if options["device"] else None
    if not module.check_mode:
        text = read_configuration(aws, vpn.id, device)
        write_private(dest, text.encode(), options["mode"])
    return {**result, "changed": True, "device": device.words if device else None}


def main() -> None:
    """Save the configuration, once."""
    module = AwsModule(ARGUMENT_SPEC)
    module.perform(lambda aws: save(module, aws))


if __name__ == "__main__":
    main()
