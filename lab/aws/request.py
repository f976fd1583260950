# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of the API: who asks for what, and what helps every operation to answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .calls import READING
from .errors import ClientError
from .sight import Light
from .state import GLOBAL_REGION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .sight import Sight
    from .state import Ledger, VirtualInterface
    from .world import World

PAGE_SIZE = 100
_PAGE_TOKEN = "page-from-"  # noqa: S105 - marks where a page starts


@dataclass(kw_only=True)
class Request:
    """The call and the world it is made in; parameters as the caller wrote them, checked."""

    world: World
    account: str
    region: str
    operation: str
    parameters: dict[str, Any] = field(repr=False)

    @property
    def ledger(self) -> Ledger:
        """What the account holds in the Region."""
        return self.world.ledger(self.account, self.region)

    @property
    def global_ledger(self) -> Ledger:
        """What the account holds in no Region: gateways and associations."""
        return self.world.ledger(self.account, GLOBAL_REGION)

    @cached_property
    def sight(self) -> Sight:
        """One look at the AWS routers, however many objects the answer holds."""
        return self.world.look()

    @cached_property
    def light(self) -> Light:
        """Where light is during this call."""
        return Light(cables=self.cables, dark_ports=self.sight.dark_ports)

    @property
    def reads(self) -> bool:
        """Tell whether the operation changes nothing, so that what was gathered stays true."""
        return READING.match(self.operation) is not None

    @cached_property
    def riding(self) -> dict[str, list[VirtualInterface]]:
        """The live virtual interfaces by what they ride on: gathered once for a whole page."""
        found: dict[str, list[VirtualInterface]] = {}
        for each in self.world.virtual_interfaces():
            if each.deleted_at is None:
                found.setdefault(each.connection_id, []).append(each)
        return found

    @cached_property
    def cables(self) -> dict[str, str]:
        """The cables as they are plugged during this call."""
        return self.world.cables()

    def page(self, key: str, items: Sequence[Any], word: Callable[[Any], Any]) -> dict[str, Any]:
        """Return one page of at most 100 under `key`, each item put into words, and the token."""
        size = min(self.parameters.get("maxResults", PAGE_SIZE), PAGE_SIZE)
        if size < 1:
            raise ClientError("maxResults must be at least 1.")
        start = self._page_start()
        answer: dict[str, Any] = {key: [word(item) for item in items[start : start + size]]}
        if start + size < len(items):
            answer["nextToken"] = f"{_PAGE_TOKEN}{start + size}"
        return answer

    def _page_start(self) -> int:
        token = self.parameters.get("nextToken")
        if token is None:
            return 0
        start = token.removeprefix(_PAGE_TOKEN)
        if start == token or not start.isdecimal():
            raise ClientError("The next token that was provided is not valid.")
        return int(start)


Answer = dict[str, Any]

OPERATIONS: dict[str, Callable[[Request], Answer]] = {}


def operation(name: str) -> Callable[[Callable[[Request], Answer]], Callable[[Request], Answer]]:
    """Register a function as the answer to an operation of the service."""

    def register(function: Callable[[Request], Answer]) -> Callable[[Request], Answer]:
        OPERATIONS[name] = function
        return function

    return register
