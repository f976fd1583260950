# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each platform can do, as data: it decides how a transaction runs there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ..core.preferences import DRAINED_LOCAL_PREFERENCE

OWN = r"(?P<owner>DX-VIF\d+)"
# Where line follows line: the session turned to the map that drains. An entry 5 is of old.
TURNED = rf"^(?:\s+(?:neighbor \S+ )?)?route-map {OWN}-IN-V[46](?:-DRAIN in| permit 5)$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A NAPALM driver and its manners."""

    name: str
    driver: str  # module:class; a leading dot is this collection's
    replace: bool = True
    merge: bool = True
    merge_is_atomic: bool = True
    revert: bool = False  # takes an unconfirmed commit back by itself
    revert_step_seconds: int = 1
    revert_minimum_seconds: int = 1
    revert_maximum_seconds: int = 86399
    message: bool = False  # commit_config takes a message
    compare_ignores_case: bool = False  # its comparison may show nothing where something changes
    landings: tuple[str, ...] = ("subinterface",)  # what its templates let an interface be
    vlan_interface: str = "Vlan"  # what it calls a VLAN's own interface
    vrf: bool = False  # whether its templates put an attachment into a VRF
    macsec_keys: int = 0  # how many MACsec keys a port holds by its templates; 0: none is secured
    running_format: str = "text"  # the form of the running configuration that `language` reads
    language: str = ""  # module with compose(running, rendered, owners) and owners(running)
    lock: str = ""  # module:function that takes the driver's lock, and returns what runs
    drains: str = rf"^route-map {OWN}-IN-V[46] permit 5$"  # what a way that is drained has
    evidence: str = ""  # module with evidence and BFD states of a session
    hides_keys: bool = False  # prints keys otherwise than they were set; `compose` takes `recall`

    def refuses_to_revert(self, seconds: int) -> str:
        """Say why it does not take a commit back after so many seconds; empty if it does."""
        if not self.revert:
            return (
                "does not take a commit back by itself, so a run that dies would leave it half"
                " tested: to accept that, name the router in edge_router_allow_no_revert"
            )
        low, high = self.revert_minimum_seconds, self.revert_maximum_seconds
        step = self.revert_step_seconds
        if not low <= seconds <= high or seconds % step:
            return f"reverts after {low} to {high} seconds in steps of {step}, not after {seconds}"
        return ""

    def interface(self, name: str) -> str:
        """Return an interface's name as the platform has it, from the estate's."""
        return re.sub(r"^Vlan(?=\d)", self.vlan_interface, name)


PLATFORMS = {
    platform.name: platform
    for platform in (
        Platform(
            name="frr",
            driver=".drivers.frr.driver:FRRDriver",
            vrf=True,
            revert=True,
            message=True,
            language=".drivers.frr.owned",
            lock=".drivers.frr.owned:locked",
            drains=TURNED,
            evidence=".drivers.frr.evidence",
        ),
        Platform(
            name="ios",
            driver=".drivers.ios.driver:IOSDriver",
            landings=("subinterface", "svi"),
            vrf=True,
            macsec_keys=3,
            merge_is_atomic=False,
            compare_ignores_case=True,
            revert=True,
            revert_step_seconds=60,
            revert_minimum_seconds=60,
            revert_maximum_seconds=7200,
            language=".languages.ios",
            drains=TURNED,
            hides_keys=True,
            evidence=".drivers.ios.evidence",
        ),
        # NAPALM's `iosxr` speaks to the XML agent, which goes away: both names are NETCONF here.
        *(
            Platform(
                name=name,
                driver=".drivers.iosxr.driver:IOSXRDriver",
                landings=("subinterface", "svi"),
                vlan_interface="BVI",
                vrf=True,
                macsec_keys=3,
                revert=True,
                revert_minimum_seconds=30,
                revert_maximum_seconds=65535,
                language=".languages.iosxr",
                # One piece of text, which sets the preference of a way that is drained.
                drains=rf"^route-policy {OWN}-IN-V[46]$(?:\n(?!end-policy).*)*"
                rf"\n\s*set local-preference {DRAINED_LOCAL_PREFERENCE}$",
                hides_keys=True,
                evidence=".drivers.iosxr.evidence",
            )
            for name in ("iosxr", "iosxr_netconf")
        ),
        # NAPALM's `nxos` speaks to NX-API, and sees less: both names are SSH here.
        *(
            Platform(
                name=name,
                driver=".drivers.nxos.driver:NXOSDriver",
                replace=False,
                landings=("subinterface", "svi"),
                vrf=True,
                merge_is_atomic=False,
                macsec_keys=3,
                revert=True,  # at the next whole minute
                revert_minimum_seconds=60,
                language=".languages.nxos",
                drains=TURNED,
                hides_keys=True,
                evidence=".drivers.nxos.evidence",
            )
            for name in ("nxos", "nxos_ssh")
        ),
        Platform(
            name="eos",
            driver=".drivers.eos.driver:EOSDriver",
            landings=("subinterface", "svi"),
            vrf=True,
            macsec_keys=2,
            revert=True,
            language=".languages.eos",
            hides_keys=True,
            evidence=".drivers.eos.evidence",
        ),
        Platform(
            name="junos",
            driver=".drivers.junos.driver:JunosDriver",
            landings=("subinterface", "irb"),
            vrf=True,
            macsec_keys=2,
            revert=True,
            revert_step_seconds=60,
            revert_minimum_seconds=60,
            message=True,
            running_format="set",
            language=".languages.junos",
            # No term matches nothing: where nothing is accepted, what goes out tells.
            drains=rf"^set policy-options policy-statement {OWN}-(?:IN|OUT)-V[46] term DRAIN ",
            evidence=".drivers.junos.evidence",
            hides_keys=True,
        ),
        Platform(name="mock", driver="napalm.base.mock:MockDriver", revert=True, message=True),
    )
}


def platform(name: str) -> Platform:
    """Return the platform of that name; ValueError names those that there are."""
    if name not in PLATFORMS:
        raise ValueError(f"{name} is not a platform (dx_platform): {', '.join(PLATFORMS)}")
    return PLATFORMS[name]


def load(target: str) -> Any:
    """Import `module` or `module:name`, when it is needed and not before."""
    module, _, name = target.partition(":")
    found = import_module(module, __package__ if module.startswith(".") else None)
    return getattr(found, name) if name else found
