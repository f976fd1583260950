# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the account shows of the estate's LAGs and their ports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.planner.identity import ORDERED_TAG
from ..core.planner.lag_members import members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.planner.context import Context
    from ..core.snapshot import FoundConnection, FoundLag


def observed_lags(context: Context) -> Iterator[dict[str, Any]]:
    """Yield the declared LAGs that exist; what else there is of a port stands with connections."""
    for name, match in context.lags.items():
        if match.found:
            yield {**_lag(name, match.found), "connections": _ports(match.found, context)}


def lag_names(context: Context) -> dict[str, str]:
    """Return the names of LAGs by id: the estate's where it declares them, else AWS's."""
    names = {thing.id: thing.name for thing in context.snapshot.lags}
    return names | {match.found.id: name for name, match in context.lags.items() if match.found}


def observed_keys(found: FoundConnection | FoundLag) -> list[dict[str, Any]]:
    """Return the MACsec keys of a connection or a LAG; AWS tells no CAK to anybody."""
    return [{"ckn": key.ckn, "state": key.state, "secret": key.secret} for key in found.macsec_keys]


def _lag(name: str, found: FoundLag) -> dict[str, Any]:
    return {
        "name": name,
        "id": found.id,
        "state": found.state,
        "location": found.location,
        "bandwidth": found.bandwidth,
        "provider": found.provider,
        "minimum_links": found.minimum_links,
        "jumbo_frame_capable": found.jumbo_frame_capable,
        "aws_device": found.aws_device,
        "aws_logical_device": found.aws_logical_device,
        "encryption_mode": found.encryption_mode,
        "encryption_status": found.encryption_status,
        "macsec_keys": observed_keys(found),
        "ordered_at": found.tags.get(ORDERED_TAG),
    }


def _ports(found: FoundLag, context: Context) -> list[str]:
    """Return the names of the ports: the estate's where it declares them, else AWS's."""
    names = {match.found.id: name for name, match in context.connections.items() if match.found}
    ports = [names.get(port.id, port.name) for port in members(found.id, context.lookup)]
    return sorted(ports)
