# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ground of the campaign: a lab of its own, AWS's side of the demo made, one router to change.

The router carries one circuit already (`fra-a-private`, and iBGP with its neighbour); each case has
the role add another (`fra-a-transit`, two sessions), and must not disturb the first.
"""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import boto3
import yaml

from ansible_collections.crossconnect.dx.plugins.modules import estate
from tests.fixtures.aws_model import run_module

from .router import Router
from .run import Run

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[3]
INVENTORY = ROOT / "inventories/lab"
ROUTER, ADDED = "edge-fra-1", "fra-a-transit"
CABLES = ("fra-a", "ams-a")
KEY_OF = re.compile(r"""\"\{\{ vault_dx_keys\['([^']+)'] }}\"""")
MOST_PASSES = 6
GATE_SECONDS, REVERT_SECONDS = 60, 300


class Site:
    """One lab from up to down."""

    def __init__(self, home: Path) -> None:
        """Choose the lab by LAB_NAME and LAB_LOOPBACK; files go into `home`."""
        self.home = home
        self.name = os.environ.get("LAB_NAME", "campaign")
        self.loopback = os.environ.get("LAB_LOOPBACK", "127.20.203")
        self.keys: dict[str, str] = _read("vault")["vault_dx_keys"]
        self.estate: dict[str, Any] = _read("estate", self.keys)["dx_estate"]
        self.observed: dict[str, Any] = {}
        self._runs = 0

    def __enter__(self) -> Self:
        """Bring it up, and make AWS's side."""
        self.lab("down")
        self.lab("up")
        try:
            self.observed = self.make()
            self.router = Router(ROUTER, Path("/run/crossconnect") / self.name, self.loopback)
        except BaseException:
            self.lab("down")
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Take it away."""
        self.lab("down")

    def lab(self, *words: str) -> None:
        """Give the lab a command."""
        subprocess.run(
            [sys.executable, "-m", "lab", *words],
            cwd=ROOT, env=self.environment, check=True, capture_output=True,
        )  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        """What runs and the lab's commands find in their environment."""
        return {
            **os.environ,
            "LAB_NAME": self.name,
            "LAB_LOOPBACK": self.loopback,
            "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
            "ANSIBLE_NOCOLOR": "1",
        }

    def make(self) -> dict[str, Any]:
        """Make AWS's side, cables included, or mend it; return what AWS has then.

        Raises:
            RuntimeError: It does not come to its end.
        """
        result: dict[str, Any] = {}
        for _ in range(MOST_PASSES):
            result = run_module(
                estate.main, estate=self.estate, account="network", settle_seconds=20, **self.aws
            )
            if result.get("failed"):
                raise RuntimeError(result["msg"])
            if not result["changed"] and not result["plan"]:
                return dict(result["observed"])
            for cable in CABLES:
                self.lab("patch", cable)
        raise RuntimeError(f"AWS's side is never complete: {result['plan_text']}")

    @property
    def aws(self) -> dict[str, Any]:
        """The options of AWS's modules, as the inventory has them."""
        text = (INVENTORY / "group_vars/aws_accounts.yml").read_text(encoding="utf-8")
        return dict(yaml.safe_load(text.replace("{{ lab_loopback }}", self.loopback))["dx_aws"])

    def delete_peer(self) -> None:
        """Delete the added interface's IPv4 peer in AWS."""
        options = self.aws
        client = boto3.client(
            "directconnect",
            region_name=options["region"],
            endpoint_url=options["endpoint_url"],
            aws_access_key_id=options["access_key"],
            aws_secret_access_key=options["secret_key"],
        )
        found = interface_in(self.observed)
        client.delete_bgp_peer(virtualInterfaceId=found["id"], bgpPeerId=found["peers"][0]["id"])

    def without(self, names: Iterable[str]) -> dict[str, Any]:
        """Return what AWS has without some interfaces."""
        observed = copy.deepcopy(self.observed)
        kept = [each for each in observed["virtual_interfaces"] if each["name"] not in names]
        return {**observed, "virtual_interfaces": kept}

    def altered(self, **attributes: Any) -> dict[str, Any]:
        """Return what AWS has, with the added interface altered."""
        observed = copy.deepcopy(self.observed)
        interface_in(observed).update(attributes)
        return observed

    def start(self, observed: dict[str, Any] | None = None, **variables: Any) -> Run:
        """Start the role on the router: what AWS has as it is, unless told otherwise."""
        self._runs += 1
        variables = {
            "edge_router_observed": [observed or self.observed],
            "edge_router_gate_seconds": GATE_SECONDS,
            "edge_router_revert_seconds": REVERT_SECONDS,
            **variables,
        }
        home = self.home / f"run-{self._runs}"
        home.mkdir()
        return Run(home, ROUTER, variables, self.environment, INVENTORY)


def interface_in(document: dict[str, Any]) -> dict[str, Any]:
    """Return the interface that is added, from an estate or from what AWS has."""
    named = (each for each in document["virtual_interfaces"] if each["name"] == ADDED)
    return next(named)


def _read(name: str, keys: dict[str, str] | None = None) -> dict[str, Any]:
    """Read the demo's inventory, keys filled in."""
    text = (INVENTORY / f"group_vars/all/{name}.yml").read_text(encoding="utf-8")
    filled = KEY_OF.sub(lambda match: json.dumps((keys or {})[match[1]]), text)
    return dict(yaml.safe_load(filled))
