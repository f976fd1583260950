# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Consent: what harms somebody is done only to a name that the operator has given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..plan import Action
    from .context import Context


def with_consent(
    action: Action, reason: str, context: Context, *, name: str | None = None
) -> Action:
    """Return the action with its reason, which takes consent if there is one.

    Args:
        action: What is to be done.
        reason: What it harms; empty for what harms nothing.
        context: What the planner looks at, the consent among it.
        name: What is consented to; None for the action's own name.
    """
    consent = name or action.name
    return replace(
        action,
        reason=reason,
        consent=consent if reason else None,
        consented=consent in context.terms.consent,
    )
