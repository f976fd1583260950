# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our FRR driver under the name by which `get_network_driver("frr")` finds it."""

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.driver import (
    FRRDriver,
)

__all__ = ["FRRDriver"]
