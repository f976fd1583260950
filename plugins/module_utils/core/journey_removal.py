# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way back: what a circuit that shall go is at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .journey_view import AWS, ORDER, Stop, awaiting

if TYPE_CHECKING:
    from .journey_view import View


def removed(view: View) -> Stop:
    """Say how far a circuit has gone."""
    name = view.circuit.name
    if not view.found:
        action = f"take {name} out of the estate; site.yml would order it anew"
        return Stop(ORDER, "taken down", action)
    if view.found["state"] == "deleting":
        return Stop(
            ORDER,
            "being deleted",
            "run playbooks/teardown.yml again to see it gone",
            awaiting(AWS, f"the end of {name}"),
        )
    return Stop(
        ORDER,
        f"still there, {view.found['state']}",
        f"run playbooks/teardown.yml with {name} and what rides on it in dx_consent",
    )
