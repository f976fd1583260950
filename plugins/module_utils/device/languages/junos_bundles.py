# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles on Junos: what cannot be made there, or is somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .junos_objects import MEMBERSHIP, object_of
from .set_lines import under

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .junos_objects import Ownership
    from .set_lines import Words

COUNT = ("chassis", "aggregated-devices", "ethernet", "device-count")
_PORT = len(("interfaces", "xe-0/0/1"))
# What a port has of its own and a member of a bundle must not have.
_ALONE = {"unit", "flexible-vlan-tagging", "vlan-tagging", "mtu", "encapsulation"}


def bundle_faults(
    have: Collection[Words], want: Collection[Words], mine: Ownership
) -> Iterator[str]:
    """Yield a sentence for each wanted bundle or membership that the router would not have."""
    members = {path[1]: path[-1] for path in want if MEMBERSHIP in path}
    for bundle in sorted(set(members.values())):
        number = bundle.removeprefix("ae")
        if number.isdecimal():
            yield from _too_few(have, bundle, int(number) + 1)
        else:
            yield f"{bundle} is no name of a bundle on Junos: give the LAG's port as ae<number>"
    for port, bundle in sorted(members.items()):
        yield from _elsewhere(have, mine, port, bundle)
        yield from _alone(have, mine, port, bundle)


def riders(have: Collection[Words], gone: Collection[Words], mine: Ownership) -> Iterator[str]:
    """Yield a sentence for each bundle that would go from under somebody else's units."""
    for bundle in gone:
        if len(bundle) == _PORT:
            units = {
                f"{path[1]}.{path[3]}"
                for path in have
                if under(path, (*bundle, "unit")) and not mine.owns(path)
            }
            if units:
                yield (
                    f"{bundle[1]} would go, and {', '.join(sorted(units))} on it is not ours: take"
                    " that off the router first, or leave the bundle"
                )


def _too_few(have: Collection[Words], bundle: str, least: int) -> Iterator[str]:
    """Say that the router makes fewer bundles; a group that is applied counts as well."""
    told = [int(path[-1]) for path in have if path[-len(COUNT) - 1 : -1] == COUNT]
    if max(told, default=0) < least:
        yield (
            f"the router makes {max(told, default=0)} bundles, and {bundle} needs {least}:"
            f" configure it first, set {' '.join(COUNT)} {least}"
        )


def _elsewhere(have: Collection[Words], mine: Ownership, port: str, bundle: str) -> Iterator[str]:
    for path in have:
        if (
            path[1:2] == (port,)
            and MEMBERSHIP in path
            and path[-1] != bundle
            and not mine.owns(path)
        ):
            yield (
                f"{port} is in {path[-1]}, which is not ours: take it out first, or give the"
                " estate another port"
            )


def _alone(have: Collection[Words], mine: Ownership, port: str, bundle: str) -> Iterator[str]:
    """Say what a port has that a member of a bundle may not have; what is ours goes by itself."""
    found = {
        " ".join(path[_PORT : _PORT + (2 if path[_PORT] == "unit" else 1)])
        for path in have
        if path[:_PORT] == ("interfaces", port)
        and set(path[_PORT:][:1]) & _ALONE
        and not mine.owns(object_of(path) or path)
    }
    if found:
        yield (
            f"{port} shall be in {bundle}, and has {', '.join(sorted(found))} of its own, which"
            " Junos does not take: delete it first"
        )
