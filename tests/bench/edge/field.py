# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lab of so many edge routers, each with one port to the far end, which is ready for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.driver import (
    FRRDriver,
)
from lab.nodes import run_in
from tests.fixtures.polling import until

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Self

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests/golden/candidates/frr/dual-stack.cfg"
FAR, PORT, FIRST_HOST = "far", 2222, 11
KEY_NAME, KEY = "fra-a-transit", "Bench-Key-9b1f"
OLD, OLD_V6 = "169.254.101.", "2001:db8:101::"
UP_SECONDS = 120


class Field:
    """The lab from up to down."""

    def __init__(self, home: Path, count: int) -> None:
        """Choose the lab by LAB_NAME and LAB_LOOPBACK; files go into `home`."""
        self.home, self.count = home, count
        self.name = os.environ.get("LAB_NAME", "bench")
        self.loopback = os.environ.get("LAB_LOOPBACK", "127.20.205")
        self.state = Path("/run/crossconnect") / self.name
        self.routers = [f"edge-{number}" for number in range(1, count + 1)]
        self._bases: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Write its plan and bring it up."""
        folder = self.home / f"field-{self.count}"
        folder.mkdir(exist_ok=True)
        self._plan = folder / "bench.clab.yml"
        self._plan.write_text(json.dumps(_topology(folder, self.routers)), encoding="utf-8")
        self._lab("down")
        self._lab("up")
        for router in self.routers:
            self.base(router)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Take it away."""
        self._lab("down")

    def _lab(self, word: str) -> None:
        where = ["--topology", self._plan, "--name", self.name, "--loopback", self.loopback]
        command = [sys.executable, "-m", "lab", *where, word]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    def address(self, router: str) -> str:
        """Return where a router listens."""
        return f"{self.loopback}.{FIRST_HOST + self.routers.index(router)}"

    def options(self) -> dict[str, Any]:
        """Return NAPALM's optional arguments."""
        known = {"key_file": "id_ed25519", "alt_key_file": "known_hosts"}
        paths = {name: str(self.state / file) for name, file in known.items()}
        return {"port": PORT, "use_keys": True, "alt_host_keys": True, **paths}

    def candidate(self, router: str) -> str:
        """Return what a router shall have beyond what it has, with a placeholder for the key."""
        number = self.routers.index(router) + 1
        text = GOLDEN.read_text(encoding="utf-8")
        return text.replace(OLD, _v4(number)).replace(OLD_V6, _v6(number))

    def neighbors(self, router: str) -> tuple[str, str]:
        """Return the far end's addresses."""
        number = self.routers.index(router) + 1
        return f"{_v4(number)}1", f"{_v6(number)}1"

    def logins(self) -> int:
        """Return how many logins there have been so far."""
        log = self.state / "logins.jsonl"
        return len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0

    def shell(self, node: str, script: str) -> str:
        """Run a script on a node."""
        return run_in(self.state, node, ["sh", "-c", script]).stdout

    def feed(self, node: str, path: str, text: str) -> None:
        """Write a file on a node."""
        run_in(self.state, node, ["sh", "-c", f"umask 077; cat > {path}"], input=text)

    def base(self, router: str) -> str:
        """Return what a router had before any change: no link, so FRR's own text is all of it."""
        if router not in self._bases:
            words = "vtysh -c 'show running-config no-header'"
            self._bases[router] = self.shell(router, words)
        return self._bases[router]

    def established(self, router: str) -> bool:
        """Whether both sessions of a router are up."""
        return self.shell(router, "vtysh -c 'show bgp summary json'").count('"Established"') == 2

    def clear(self) -> None:
        """Take the change off all routers, and wait until the far end has noticed."""
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(self._clear, self.routers))
        self.wait_until_down()

    def wait_until_down(self) -> None:
        """Wait until the far end has no session left."""
        words = "vtysh -c 'show bgp summary json'"
        until(lambda: '"Established"' not in self.shell(FAR, words), "all sessions down", 60)

    def _clear(self, router: str) -> None:
        with FRRDriver(
            self.address(router), "automation", "", optional_args=self.options()
        ) as driver:
            driver.load_replace_candidate(config=self.base(router))
            driver.commit_config()


def _v4(number: int) -> str:
    return f"169.254.{100 + number}."


def _v6(number: int) -> str:
    return f"2001:db8:{100 + number}::"


def _topology(folder: Path, routers: Sequence[str]) -> dict[str, Any]:
    nodes: dict[str, Any] = {FAR: _node(folder, FAR, 10 + 90, _far(len(routers)))}
    nodes[FAR]["exec"] = [line for port, _ in enumerate(routers, 1) for line in _vlan(port)]
    for number, name in enumerate(routers, 1):
        nodes[name] = _node(folder, name, FIRST_HOST + number - 1, _edge(name, number))
    links = [
        {"endpoints": [f"{name}:eth1", f"{FAR}:eth{number}"], "mtu": 9100}
        for number, name in enumerate(routers, 1)
    ]
    return {
        "name": "bench",
        "mgmt": {"network": "bench", "ipv4-subnet": "172.20.20.0/24"},
        "topology": {"defaults": {"kind": "linux"}, "nodes": nodes, "links": links},
    }


def _node(folder: Path, name: str, host: int, configuration: str) -> dict[str, Any]:
    (folder / name).mkdir(exist_ok=True)
    (folder / name / "frr.conf").write_text(configuration, encoding="utf-8")
    return {"mgmt-ipv4": f"172.20.20.{host}", "binds": [f"{name}:/etc/frr.base:ro"]}


def _vlan(port: int) -> list[str]:
    name = f"eth{port}.101"
    return [
        f"ip link add link eth{port} name {name} type vlan id 101",
        f"ip link set {name} mtu 8500 up",
    ]


def _edge(name: str, number: int) -> str:
    return (
        f"frr defaults traditional\nhostname {name}\nservice integrated-vtysh-config\n!\n"
        f"interface lo\n ip address 10.255.0.{number}/32\nexit\n!\n"
        f"router bgp 65001\n bgp router-id 10.255.0.{number}\n"
        " no bgp default ipv4-unicast\nexit\n!\n"
    )


def _far(count: int) -> str:
    interfaces = peers = ""
    families = {"ipv4": "", "ipv6": ""}
    for number in range(1, count + 1):
        ends = {"ipv4": f"{_v4(number)}2", "ipv6": f"{_v6(number)}2"}
        interfaces += (
            f"interface eth{number}.101\n ip address {_v4(number)}1/30\n"
            f" ipv6 address {_v6(number)}1/125\nexit\n!\n"
        )
        for family, end in ends.items():
            peers += "".join(
                f" neighbor {end} {words}\n"
                for words in ("remote-as 65001", f"password {KEY}", "bfd", "timers connect 1")
            )
            families[family] += f"  neighbor {end} activate\n"
    activated = "".join(
        f" address-family {family} unicast\n{lines} exit-address-family\n"
        for family, lines in families.items()
    )
    return (
        f"frr defaults datacenter\nhostname {FAR}\nservice integrated-vtysh-config\n!\n{interfaces}"
        "router bgp 64512\n bgp router-id 10.255.0.254\n no bgp ebgp-requires-policy\n"
        f" no bgp default ipv4-unicast\n{peers}{activated}exit\n!\n"
    )
