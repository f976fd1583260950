# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All pages of a list call: 13 Direct Connect operations have pages, boto3 pages only 3 of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# More than this AWS does not return, whatever is asked for.
PAGE = 100


def all_pages(call: Callable[..., Any], key: str, **parameters: Any) -> Iterator[Any]:
    """Yield the items of every page.

    Args:
        call: The bound list call of a Direct Connect client.
        key: Under which the answer holds its items.
        parameters: What else the call takes.
    """
    answer = call(maxResults=PAGE, **parameters)
    yield from answer.get(key, [])
    while token := answer.get("nextToken"):
        answer = call(maxResults=PAGE, nextToken=token, **parameters)
        yield from answer.get(key, [])
