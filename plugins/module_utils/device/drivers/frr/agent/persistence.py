# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make links survive a reboot, through whatever manages the router's links."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .links import Change, Link

MANAGERS = ("ifupdown", "systemd-networkd", "none")
IFUPDOWN = Path("/etc/network")
IFUPDOWN2 = IFUPDOWN / "ifupdown2"  # the successor, in the same place; it knows VRFs by itself
NETWORKD = Path("/etc/systemd/network")
NETWORKD_ALL = (NETWORKD, Path("/run/systemd/network"), Path("/usr/lib/systemd/network"))
NOTE = "# Made by Crossconnect; it also removes it.\n"


def manager(wished: str = "auto") -> str:
    """Which link manager the router uses: ifupdown, systemd-networkd or none."""
    if wished != "auto":
        return wished
    if _process("systemd-networkd"):
        return "systemd-networkd"
    file = IFUPDOWN / "interfaces"
    sources = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    if any(line.startswith("source") and "interfaces.d" in line for line in sources):
        return "ifupdown"
    return "none"


def _process(name: str) -> bool:
    """Whether a program of that name runs; /proc, since D-Bus may be another machine's."""
    for comm in Path("/proc").glob("[0-9]*/comm"):
        try:
            if comm.read_text(encoding="utf-8").strip() == name[:15]:
                return True
        except OSError:  # the process ended meanwhile
            continue
    return False


def persist(changes: Iterable[Change], wished: str = "auto") -> str:
    """Write or remove the link manager's files; returns the manager."""
    chosen = manager(wished)
    write, remove = {
        "ifupdown": (_write_ifupdown, _remove_ifupdown),
        "systemd-networkd": (_write_networkd, _remove_networkd),
    }.get(chosen, (None, None))
    for change in changes:
        if change.before and remove:
            remove(change.before)
        if change.after and write:
            write(change.after)
    return chosen


def _ifupdown(link: Link) -> Path:
    # run-parts style globbing of some versions ignores names with dots
    return IFUPDOWN / "interfaces.d" / f"crossconnect-{link.name.replace('.', '-')}"


def _write_ifupdown(link: Link) -> None:
    mtu = f"    mtu {link.mtu}\n" if link.mtu else ""
    _write(
        _ifupdown(link),
        f"{NOTE}auto {link.name}\niface {link.name} inet manual\n"
        f"    vlan-raw-device {link.parent}\n    vlan-id {link.vlan}\n{mtu}{_vrf(link)}",
    )


def _vrf(link: Link) -> str:
    if not link.vrf:
        return ""
    if IFUPDOWN2.exists():
        return f"    vrf {link.vrf}\n"
    return f"    up ip link set dev {link.name} master {link.vrf}\n"


def _remove_ifupdown(link: Link) -> None:
    _ifupdown(link).unlink(missing_ok=True)


def _networkd(link: Link) -> tuple[Path, Path, Path]:
    stem = NETWORKD / f"60-crossconnect-{link.name}"
    parent = f"{_parent_file(link.parent)}.d"
    return Path(f"{stem}.netdev"), Path(f"{stem}.network"), NETWORKD / parent / f"{link.name}.conf"


def _parent_file(port: str) -> str:
    """Name the file that configures the port, so that a drop-in can add the VLAN to it."""
    files = sorted(path for folder in NETWORKD_ALL for path in folder.glob("*.network"))
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            key, _, names = line.partition("=")
            if key.strip() == "Name" and any(fnmatch(port, name) for name in names.split()):
                return path.name
    return f"60-crossconnect-{port}.network"


def _write_networkd(link: Link) -> None:
    netdev, network, drop_in = _networkd(link)
    mtu = f"MTUBytes={link.mtu}\n" if link.mtu else ""
    _write(netdev, f"{NOTE}[NetDev]\nName={link.name}\nKind=vlan\n{mtu}\n[VLAN]\nId={link.vlan}\n")
    # FRR owns the addresses: networkd must neither take them away nor ask for others.
    keep = "[Network]\nLinkLocalAddressing=ipv6\nIPv6AcceptRA=no\nKeepConfiguration=yes\n"
    vrf = f"VRF={link.vrf}\n" if link.vrf else ""
    _write(network, f"{NOTE}[Match]\nName={link.name}\n\n{keep}{vrf}")
    own = NETWORKD / f"60-crossconnect-{link.parent}.network"
    if drop_in.parent.name == f"{own.name}.d" and not own.exists():
        _write(own, f"{NOTE}[Match]\nName={link.parent}\n\n{keep}")
    _write(drop_in, f"{NOTE}[Network]\nVLAN={link.name}\n")


def _remove_networkd(link: Link) -> None:
    for path in _networkd(link):
        path.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
