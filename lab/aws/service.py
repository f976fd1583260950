# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""moto's Direct Connect responses, led to our operations.

Every operation is a function of a request, registered by its name; whatever nobody answers is
refused with a typed error instead of moto's page of HTML.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult
from moto.directconnect import urls
from moto.directconnect.responses import DirectConnectResponse

from . import (  # noqa: F401 - importing these registers their operations
    agreements,
    associations,
    connections,
    failover,
    gateways,
    hosted,
    interconnects,
    lags,
    loa,
    macsec,
    peers,
    proposals,
    resiliency,
    router_configuration,
    routes,
    tags,
    validation,
    virtual_interface_allocations,
    virtual_interface_updates,
    virtual_interfaces,
)
from .errors import ClientError, ModelError, UnknownOperationError
from .request import OPERATIONS, Request

if TYPE_CHECKING:
    from .world import World

Answered = tuple[int, dict[str, str], Any]


class Service(DirectConnectResponse):
    """One HTTP request to Direct Connect."""

    world: World

    def call_action(self) -> Any:
        """Answer the operation, or refuse it in the service's own form."""
        name = str(self._get_action())
        try:
            return self.serialized(ActionResult(self._answer(name)))
        except ModelError as error:
            return error_answer(error)

    def _answer(self, name: str) -> dict[str, Any]:
        if not validation.is_known(name):
            raise UnknownOperationError(f"Direct Connect has no operation {name}.")
        if name not in OPERATIONS:
            raise UnknownOperationError(f"The lab's model of AWS does not answer {name}.")
        parameters = self._parameters()
        validation.check(name, parameters)
        request = Request(
            world=self.world,
            account=self.current_account,
            region=self.region,
            operation=name,
            parameters=parameters,
        )
        with self.world.lock:
            answer = OPERATIONS[name](request)
            if self.world.is_changed or not request.reads:
                self.world.keep()
        return answer

    def _parameters(self) -> dict[str, Any]:
        try:
            parameters = json.loads(self.body or "{}")
        except json.JSONDecodeError:
            raise ClientError("The request is not valid JSON.") from None
        if not isinstance(parameters, dict):
            raise ClientError("The request is not a JSON object.")
        return parameters


def error_answer(error: ModelError) -> Answered:
    """Return an error as AWS JSON 1.1 writes it."""
    headers = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-ErrorType": error.code}
    body = json.dumps({"__type": error.code, "message": error.message})
    return error.status, headers, body


def install(world: World) -> None:
    """Put our responses in the place of moto's, in this world."""
    Service.world = world
    urls.url_paths = {"{0}/$": Service.dispatch}
