# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# mypy: disable-error-code="no-untyped-call"
"""What a router with IOS XR is asked, over NETCONF."""

from __future__ import annotations

import re
from typing import Any

from napalm.iosxr_netconf import IOSXRNETCONFDriver as NapalmIOSXRNETCONFDriver

from ...masking import mask
from .instances import network_instances

# What differs between two looks at one configuration.
HEADER = re.compile(r"^(?:!!|Building configuration).*\n?", re.MULTILINE)


class IOSXRReader(NapalmIOSXRNETCONFDriver):
    """NAPALM's driver, as far as it reads."""

    def get_config(
        self,
        retrieve: str = "all",
        full: bool = False,  # noqa: FBT001, FBT002 - NAPALM's own parameters
        sanitized: bool = False,  # noqa: FBT001, FBT002
        format: str = "text",  # noqa: A002
    ) -> Any:
        """Return the configurations; NAPALM's driver sanitizes none."""
        found = super().get_config(retrieve=retrieve, full=full, format=format)
        return {name: mask(text) if sanitized else text for name, text in found.items()}

    def cli(self, commands: list[str], encoding: str = "text") -> Any:
        """Say that there are no show commands over NETCONF; NAPALM returns an exception's class."""
        del commands, encoding
        raise NotImplementedError("IOS XR takes no show commands over NETCONF")

    def get_network_instances(self, name: str = "") -> Any:
        """Return the VRFs of the configuration; NAPALM's driver does not know any."""
        return network_instances(self._running(), name)

    def _running(self) -> str:
        return HEADER.sub("", self.get_config(retrieve="running")["running"])
