# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an NX-OS router must have before a transaction begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .driver import NXOSDriver

CHECKPOINTS = 10  # NX-OS keeps no more of its users'
SCHEDULER = (
    "its scheduler is off, so it could not take a commit back by itself: configure"
    " `feature scheduler`, and where the user is known to a server only (TACACS+, RADIUS)"
    " `scheduler aaa-authentication username <user> password <password>`"
)
NO_CLOCK = (
    "it does not tell the time (`show clock`), which its timer goes by: set its clock, or NTP"
)


def missing(driver: NXOSDriver, revert_in: int | None) -> list[str]:
    """Return what is missing, a sentence each, with what to do."""
    lacks = []
    if revert_in is not None:
        features = driver.show("show running-config | include feature").splitlines()
        if "feature scheduler" not in [line.strip() for line in features]:
            lacks.append(SCHEDULER)
        if driver.clock() is None:
            lacks.append(NO_CLOCK)
    if not lacks and driver.has_pending_commit() and driver.pending:
        lacks.append(waits(driver.pending))
    kept = [name for name in driver.checkpoints() if not name.startswith("system-")]
    if len(kept) >= CHECKPOINTS:
        lacks.append(
            f"it keeps {len(kept)} checkpoints, and cannot keep more: delete one of"
            f" {', '.join(kept)} with `no checkpoint <name>`"
        )
    return lacks


def waits(record: dict[str, str | None]) -> str:
    """Tell of somebody else's commit."""
    since = f" since {record['since']}" if record["since"] else ""
    return (
        f"a commit of {record['owner'] or 'an unknown user'} awaits its confirmation{since}, the"
        f" router takes it back at {record['deadline']}: wait, or have it confirmed or reverted"
    )
