# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""EC2's pages, which moto does not cut: nobody asks for them, so all is told at once by default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.ec2.exceptions import EC2ClientError

from .neighbour_validation import page_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN = "page-from-"  # noqa: S105 - marks where a page starts


def check(operation: str, parameters: Mapping[str, Any]) -> None:
    """Refuse pages of a size that EC2 does not cut, and tokens that nobody gave.

    Raises:
        EC2ClientError: In EC2's words.
    """
    bounds = page_bounds(operation)
    if bounds is None:
        return
    size = parameters.get("MaxResults")
    if size is not None and not bounds[0] <= int(size) <= bounds[1]:
        raise EC2ClientError(
            "InvalidParameterValue",
            f"Value ( {size} ) for parameter MaxResults is invalid. "
            f"Expecting a value between {bounds[0]} and {bounds[1]}.",
        )
    token = parameters.get("NextToken")
    if token is not None and not token.removeprefix(_TOKEN).isdecimal():
        raise EC2ClientError("InvalidNextToken", f"The token {token} is invalid.")


def cut(operation: str, parameters: Mapping[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """Return the page of the answer that the call asks for, and the token of the next one."""
    if page_bounds(operation) is None:
        return answer
    start = int(str(parameters.get("NextToken") or 0).removeprefix(_TOKEN))
    ((name, rows),) = answer.items()
    rows = list(rows)
    end = start + int(parameters.get("MaxResults") or len(rows))
    more = {"NextToken": f"{_TOKEN}{end}"} if end < len(rows) else {}
    return {name: rows[start:end], **more}
