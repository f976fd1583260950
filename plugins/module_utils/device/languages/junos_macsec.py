# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec on Junos: what cannot be made there, or is somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from .set_lines import Words

MACSEC = ("security", "macsec")
ASSOCIATION, INTERFACES = (*MACSEC, "connectivity-association"), (*MACSEC, "interfaces")
OURS = "DX-PORT"
_AT_PORT = len((*INTERFACES, "port"))


def binding_of(path: Words) -> Words | None:
    """Return the port that a statement secures, as a path; None for any other statement."""
    binds = path[:3] == INTERFACES and path[_AT_PORT:-1] == ASSOCIATION[-1:]
    return path[:_AT_PORT] if binds else None


def ports_of_others(have: Iterable[Words], want: Iterable[Words]) -> Iterator[str]:
    """Return a sentence for each wanted port that somebody else has secured."""
    ports = {port for path in want if (port := binding_of(path))}
    for path in have:
        if binding_of(path) in ports and not path[-1].startswith(OURS):
            yield (
                f"{path[_AT_PORT - 1]} is secured by the connectivity association {path[-1]},"
                " which is not ours: take it off the router first, or leave this port's MACsec to"
                " whoever made it"
            )


def third_keys(want: Iterable[Words]) -> Iterator[str]:
    """Return a sentence for each port with more keys than Junos holds, the last ones fallbacks."""
    fallbacks: dict[str, set[str]] = {}
    for path in want:
        if path[:3] == ASSOCIATION and path[-3:-1] == ("fallback-key", "ckn"):
            fallbacks.setdefault(path[3], set()).add(path[-1])
    for name, keys in fallbacks.items():
        if len(keys) > 1:
            yield (
                f"Junos holds 2 MACsec keys for a port, one and a fallback, and {name} would have"
                f" {len(keys) + 1}: take out of macsec_keys what is in force no longer"
            )


def ports_secured(changed: Iterable[Words], paths: Collection[Words]) -> Iterator[str]:
    """Return the ports whose MACsec a change touches, and the bundles that they are in."""
    associations = {path[3] for path in changed if path[:3] == ASSOCIATION} | {
        path[-1] for path in changed if binding_of(path)
    }
    for path in paths:
        if binding_of(path) and path[-1] in associations:
            port = path[_AT_PORT - 1]
            yield port
            yield from (
                other[-1] for other in paths if other[1:2] == (port,) and "802.3ad" in other
            )
