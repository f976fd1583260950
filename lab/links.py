# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Network namespaces and the wires between them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .commands import ip_batch, run
from .errors import LabError
from .state import ALL_LABS, ROOT, sole_command
from .topology import LOCATION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .topology import Link, Topology

NAMESPACES = Path("/run/netns")
MOUNT_POINT = 4  # of a line of /proc/self/mountinfo
# Whoever finds no /run/netns makes it; the last lab to leave takes it away again.
MADE_HERE = ROOT / ".made-netns"


def namespace(lab: str, node: str) -> str:
    """Return the name of a node's network namespace: containerlab's own."""
    return f"clab-{lab}-{node}"


def make_namespaces(lab: str, nodes: Iterable[str]) -> None:
    """Make one network namespace for each node."""
    with sole_command(ALL_LABS):
        if not NAMESPACES.exists():
            MADE_HERE.touch()
        ip_batch([f"netns add {namespace(lab, node)}" for node in nodes])


def make_links(topology: Topology, lab: str) -> None:
    """Plug all wires in and raise them, save at the locations, where `patch` gives light."""
    ip_batch([_wire(lab, link) for link in topology.links])
    for node in topology.nodes.values():
        interfaces = [
            end.interface for link in topology.links for end in link.ends if end.node == node.name
        ]
        verb = "addrgenmode none" if LOCATION in node.labels else "up"
        lines = [f"link set dev {interface} {verb}" for interface in interfaces]
        ip_batch(lines, namespace=namespace(lab, node.name))


def _wire(lab: str, link: Link) -> str:
    one, other = link.ends
    return (
        f"link add {one.interface} netns {namespace(lab, one.node)} mtu {link.mtu} type veth "
        f"peer name {other.interface} netns {namespace(lab, other.node)} mtu {link.mtu}"
    )


def remove_namespaces(lab: str, nodes: Iterable[str]) -> int:
    """Remove the nodes' namespaces, and with them all their links; return how many there were."""
    names = [namespace(lab, node) for node in nodes]
    present = [name for name in names if (NAMESPACES / name).exists()]
    ip_batch([f"netns delete {name}" for name in present])
    return len(present)


def remove_namespace_folder() -> None:
    """Take /run/netns away where a lab made it and nothing is left in it."""
    if not MADE_HERE.exists() or (NAMESPACES.exists() and any(NAMESPACES.iterdir())):
        return
    while _mounted(NAMESPACES):
        run(["umount", str(NAMESPACES)])
    if NAMESPACES.exists():
        NAMESPACES.rmdir()
    MADE_HERE.unlink()


def _mounted(folder: Path) -> bool:
    """Tell it of a folder that is mounted on itself, too, as iproute2 does it."""
    mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    return str(folder) in {line.split()[MOUNT_POINT] for line in mounts}


def tags_natively() -> bool:
    """Tell whether this kernel has 802.1Q, by making such a link where it harms no one.

    Raises:
        LabError: Not even a namespace can be made here.
    """
    script = (
        "ip link add name v0 type veth peer name v1 && ip link add link v0 name v0.1 type vlan id 1"
    )
    try:
        run(["unshare", "--net", "sh", "-c", script])
    except LabError as error:
        if "Unknown device type" in str(error):
            return False
        raise
    return True
