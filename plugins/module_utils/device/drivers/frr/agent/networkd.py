# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links in the files of systemd-networkd."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from . import bonds
from .note import NOTE, write

if TYPE_CHECKING:
    from .bonds import Bond
    from .links import Link
    from .vlans import Vlan

FOLDER = Path("/etc/systemd/network")
FOLDERS = (FOLDER, Path("/run/systemd/network"), Path("/usr/lib/systemd/network"))
# FRR owns the addresses: networkd must neither take them away nor ask for others.
KEEP = "[Network]\nLinkLocalAddressing=ipv6\nIPv6AcceptRA=no\nKeepConfiguration=yes\n"


def keep(link: Link) -> None:
    """Write the files of a link, and tell its ports of it."""
    bundle = isinstance(link, bonds.Bond)
    mtu = f"MTUBytes={link.mtu}\n" if link.mtu else ""
    device = f"[NetDev]\nName={link.name}\nKind={'bond' if bundle else 'vlan'}\n{mtu}"
    vrf = f"VRF={link.vrf}\n" if not isinstance(link, bonds.Bond) and link.vrf else ""
    write(_own(link.name, "netdev"), f"{NOTE}{device}\n{_particular(link)}")
    write(_own(link.name, "network"), f"{NOTE}[Match]\nName={link.name}\n\n{KEEP}{vrf}")
    if bundle:
        # A bond has the MAC address of its first port; another file would give it one of its own.
        alias = f"[Link]\nAlias={bonds.MADE}\nMACAddressPolicy=none\n"
        write(_own(link.name, "link"), f"{NOTE}[Match]\nOriginalName={link.name}\n\n{alias}")
    for port in _ports(link):
        _tell(port, link)


def forget(link: Link) -> None:
    """Remove the files of a link."""
    for port in _ports(link):
        _untell(port, link)
    for kind in ("netdev", "network", "link"):
        _own(link.name, kind).unlink(missing_ok=True)


def _own(name: str, kind: str) -> Path:
    return FOLDER / f"60-crossconnect-{name}.{kind}"


def _ports(link: Link) -> tuple[str, ...]:
    return link.members if isinstance(link, bonds.Bond) else (link.parent,)


def _particular(link: Link) -> str:
    return _bond(link) if isinstance(link, bonds.Bond) else _vlan(link)


def _vlan(link: Vlan) -> str:
    return f"[VLAN]\nId={link.vlan}\n"


def _bond(link: Bond) -> str:
    minimum = f"MinLinks={link.minimum}\n" if link.minimum else ""
    options = bonds.OPTIONS
    return (
        f"[Bond]\nMode={options['mode']}\nMIIMonitorSec={options['miimon']}ms\n"
        f"TransmitHashPolicy={options['xmit_hash_policy']}\n{minimum}"
    )


def _tell(port: str, link: Link) -> None:
    """Add the link to what configures the port, in a file of its own beside it."""
    path = _drop_in(port, link.name)
    own = _own(port, "network")
    if path.parent.name == f"{own.name}.d" and not own.exists():
        write(own, f"{NOTE}[Match]\nName={port}\n\n{KEEP}")
    word = "Bond" if isinstance(link, bonds.Bond) else "VLAN"
    write(path, f"{NOTE}[Network]\n{word}={link.name}\n")


def _untell(port: str, link: Link) -> None:
    path, own = _drop_in(port, link.name), _own(port, "network")
    path.unlink(missing_ok=True)
    alone = path.parent.exists() and not any(path.parent.iterdir())
    if alone and path.parent.name == f"{own.name}.d" and not _own(port, "netdev").exists():
        path.parent.rmdir()
        own.unlink(missing_ok=True)


def _drop_in(port: str, name: str) -> Path:
    return FOLDER / f"{_file_of(port)}.d" / f"{name}.conf"


def _file_of(port: str) -> str:
    """Name the file that configures the port."""
    files = sorted(path for folder in FOLDERS for path in folder.glob("*.network"))
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            key, _, names = line.partition("=")
            if key.strip() == "Name" and any(fnmatch(port, name) for name in names.split()):
                return path.name
    return _own(port, "network").name
