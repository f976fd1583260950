# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an IOS router must have before a transaction begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import answers

if TYPE_CHECKING:
    from .driver import IOSDriver

FREE_BYTES = 2_000_000  # the candidate, the archive of the old configuration, and air
SCP_LINE = "ip scp server enable"
ARCHIVE = (
    "its archive is not enabled, so it could not take a commit back by itself:"
    " configure `archive`, and below it `path flash:dx-archive` and `maximum 5`"
)
SCP = (
    "it takes no files by SCP: configure `ip scp server enable`, and let the user enter at"
    " privilege 15 (`aaa authorization exec`); or set inline_transfer in the optional arguments"
)


def missing(driver: IOSDriver, revert_in: int | None) -> list[str]:
    """Return what is missing, a sentence each, with what to do."""
    lacks = []
    if revert_in is not None and not driver.has_archive():
        lacks.append(ARCHIVE)
    elif driver.has_pending_commit() and driver.pending:
        lacks.append(_waits(driver.pending))
    shown = driver.show(f"show running-config | include {SCP_LINE}").splitlines()
    if not driver.inline_transfer and SCP_LINE not in shown:
        lacks.append(SCP)
    free = answers.free_bytes(driver.show(f"dir {driver.dest_file_system}"))
    if free is not None and free < FREE_BYTES:
        lacks.append(
            f"its {driver.dest_file_system} has {free} bytes free, a commit needs {FREE_BYTES}:"
            " delete what is old there"
        )
    return lacks


def _waits(record: dict[str, str | None]) -> str:
    until = f", the router takes it back at {record['deadline']}" if record["deadline"] else ""
    return (
        f"a commit of {record['owner'] or 'an unknown user'} awaits its confirmation since"
        f" {record['since']}{until}: wait, or have it confirmed or reverted"
    )
