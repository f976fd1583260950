# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links in the files of ifupdown and of ifupdown2, its successor in the same place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import bonds
from .note import NOTE, write

if TYPE_CHECKING:
    from .bonds import Bond
    from .links import Link
    from .vlans import Vlan

FOLDER = Path("/etc/network")
SUCCESSOR = FOLDER / "ifupdown2"  # it knows VRFs and bonds by itself


def in_use() -> bool:
    """Whether ifupdown reads the folder that the files are put into."""
    file = FOLDER / "interfaces"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return any(line.startswith("source") and "interfaces.d" in line for line in lines)


def keep(link: Link) -> None:
    """Write the file of a link."""
    lines = _bond(link) if isinstance(link, bonds.Bond) else _vlan(link)
    mtu = [f"mtu {link.mtu}"] if link.mtu else []
    text = "".join(f"    {line}\n" for line in [*lines, *mtu])
    write(_file(link), f"{NOTE}auto {link.name}\niface {link.name} inet manual\n{text}")


def forget(link: Link) -> None:
    """Remove the file of a link."""
    _file(link).unlink(missing_ok=True)


def _file(link: Link) -> Path:
    # run-parts style globbing of some versions ignores names with dots
    return FOLDER / "interfaces.d" / f"crossconnect-{link.name.replace('.', '-')}"


def _vlan(link: Vlan) -> list[str]:
    lines = [f"vlan-raw-device {link.parent}", f"vlan-id {link.vlan}"]
    if link.vrf and SUCCESSOR.exists():
        lines.append(f"vrf {link.vrf}")
    elif link.vrf:
        lines.append(f"up ip link set dev {link.name} master {link.vrf}")
    return lines


def _bond(link: Bond) -> list[str]:
    options = {**bonds.OPTIONS, "min_links": str(link.minimum)}
    if SUCCESSOR.exists():
        words = [f"bond-{name.replace('_', '-')} {value}" for name, value in options.items()]
        return [f"alias {bonds.MADE}", f"bond-slaves {' '.join(link.members)}", *words]
    # Without the package ifenslave, ifupdown itself knows of no bonds.
    words = [f"{name} {value}" for name, value in options.items()]
    ports = [f"ip link set dev {port} down" for port in link.members]
    ports += [f"ip link set dev {port} master {link.name}" for port in link.members]
    there = f"ip link show dev {link.name} >/dev/null 2>&1"
    return [
        f"pre-up {there} || ip link add name {link.name} type bond {' '.join(words)}",
        f'pre-up ip link set dev {link.name} alias "{bonds.MADE}"',
        *(f"pre-up {command}" for command in ports),
        f"post-down ip link del {link.name}",
    ]
