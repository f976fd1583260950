# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first process of the guest: make its world, run pytest in it, switch the guest off.

    guest.py MODULES ARGUMENT... end-of-arguments

Its root is the host's, read-only: an overlay in memory takes what is written.
"""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
# The guest has no modprobe: what the tests need is loaded ahead, with what that needs itself.
MODULES = ("overlay", "veth", "bridge", "8021q", "vrf", "bonding")
# Else the module makes a bond of its own.
OPTIONS = {"bonding": b"max_bonds=0"}
FINIT_MODULE = 313  # x86-64, the only architecture of the package
POWER_OFF = 0x4321FEDC
LAYER = Path("/mnt")
LIBC = ctypes.CDLL(None, use_errno=True)


def load(folder: Path) -> None:
    """Load the modules, those that others need before them."""
    needed = {}
    for line in (folder / "modules.dep").read_text(encoding="utf-8").splitlines():
        file, _, others = line.partition(":")
        needed[Path(file).stem] = [*reversed(others.split()), file]
    for name in MODULES:
        for file in needed[name]:
            _load(folder / file)


def _load(file: Path) -> None:
    with file.open("rb") as module:
        options = OPTIONS.get(file.stem, b"")
        if LIBC.syscall(FINIT_MODULE, module.fileno(), options, 0) == -1:
            code = ctypes.get_errno()
            if code != errno.EEXIST:
                raise OSError(code, os.strerror(code), str(file))


def mount(kind: str, where: Path, options: str = "") -> None:
    """Mount a file system that has no device."""
    where.mkdir(parents=True, exist_ok=True)
    extra = ["-o", options] if options else []
    subprocess.run(["/bin/mount", "-t", kind, *extra, kind, str(where)], check=True)


def enter() -> None:
    """Make the world that may be written to, and go there."""
    mount("tmpfs", LAYER, "mode=755")
    root, upper, work = (LAYER / name for name in ("root", "upper", "work"))
    for folder in (upper, work):
        folder.mkdir()
    mount("overlay", root, f"lowerdir=/,upperdir={upper},workdir={work}")
    for kind, where in (("proc", "proc"), ("sysfs", "sys"), ("devtmpfs", "dev")):
        mount(kind, root / where)
    for where in ("run", "tmp", "dev/shm"):
        mount("tmpfs", root / where, "mode=1777")
    mount("devpts", root / "dev/pts")
    # Not chroot: whoever enters a node's mount namespace finds himself at the very root of it.
    os.chdir(root)
    subprocess.run(["/sbin/pivot_root", ".", "mnt"], check=True)
    subprocess.run(["/bin/umount", "--lazy", "/mnt"], check=True)
    os.chdir(REPOSITORY)


def tests(arguments: list[str]) -> int:
    """Run pytest, with nothing loaded that it does not need."""
    path = f"{Path(sys.executable).parent}:/usr/sbin:/usr/bin:/sbin:/bin"
    world = {"PATH": path, "HOME": "/root", "LANG": "C.UTF-8", "COLUMNS": "100"}
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True, env=world)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", *arguments]
    alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, check=False, env=world | alone).returncode


def main() -> None:
    """Tell how it went in the last line, whatever happens, and switch off."""
    code = 1
    try:
        load(Path(sys.argv[1]))
        enter()
        print("guest: ready", flush=True)  # noqa: T201
        code = tests(sys.argv[2 : sys.argv.index("end-of-arguments")])
    finally:
        print(f"guest: ended with code {code}", flush=True)  # noqa: T201
        LIBC.reboot(POWER_OFF)


if __name__ == "__main__":
    main()
