# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Linux that runs as a program: Debian's user-mode Linux over this machine's own files.

Nothing is installed: the package is unpacked into a folder. The guest reads this machine's files as
they are and writes into its memory, so that nothing of it is left behind.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

GUEST = Path(__file__).with_name("guest.py")
PACKAGE = "user-mode-linux"
MEMORY = "2G"
END = "end-of-arguments"  # the kernel adds some of its own
# What the guest says first and last; what stands before the first is the kernel's.
READY, VERDICT = "guest: ready", "guest: ended with code "


class UnableError(Exception):
    """The guest cannot run here; the message is the reason."""


def unpacked(folder: Path) -> Path:
    """Return the folder of Debian's package, fetched and unpacked when it is not there yet.

    Raises:
        UnableError: It cannot be had here.
    """
    root = folder / "root"
    if not (root / "usr/bin/linux.uml").exists():
        folder.mkdir(parents=True, exist_ok=True)
        _run(["apt-get", "-q", "download", PACKAGE], folder)
        (file,) = folder.glob(f"{PACKAGE}_*.deb")
        _run(["dpkg-deb", "--extract", str(file), str(root)], folder)
        file.unlink()
    return root


def _run(argv, folder):
    try:
        done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise UnableError(f"there is no {argv[0]}: it takes Debian or Ubuntu") from None
    if done.returncode:
        raise UnableError(f"Debian's package {PACKAGE} cannot be had: {_last(done.stderr)}")


def _last(text):
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else "without a word"


def run(root: Path, arguments: list[str], *, seconds: float) -> int:
    """Boot, run `pytest ARGUMENTS` inside, show what it prints, and return its code.

    Raises:
        UnableError: The guest does not come to life here.
        TimeoutError: It does not end in time.
    """
    (modules,) = (root / "usr/lib/uml/modules").iterdir()
    with tempfile.TemporaryDirectory(
        prefix="crossconnect-kernel-", ignore_cleanup_errors=True
    ) as scratch:
        argv = [
            str(root / "usr/bin/linux.uml"), f"mem={MEMORY}", f"uml_dir={scratch}/",
            "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "quiet",
            "con=null", "con0=null,fd:1", f"init={sys.executable}", "--",
            str(GUEST), str(modules), *arguments, END,
        ]  # fmt: skip
        # The guest may read what the one who starts it may read: passwords, keys of sshd.
        sudo = [] if os.geteuid() == 0 else ["sudo"]
        guest = [*sudo, "timeout", "--kill-after=5", str(seconds), *argv]
        with subprocess.Popen(
            guest, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as machine:
            return _follow(machine)


def _follow(machine):
    before, code = [], None
    for raw in machine.stdout:
        line = raw.decode(errors="replace").rstrip()
        if line.startswith(VERDICT):
            code = int(line.removeprefix(VERDICT))
        elif before is None:
            print(line, flush=True)  # noqa: T201
        elif line == READY:
            before = None
        else:
            before.append(line)
    if before is not None:
        raise UnableError(f"user-mode Linux does not start: {_last(chr(10).join(before))}")
    if code is None:
        raise TimeoutError("the guest was ended, or ended, before its tests did")
    return code
