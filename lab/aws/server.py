# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP server: control routes, then faults and the call log around moto's own application."""

from __future__ import annotations

import io
import json
import logging
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from . import answers, permissions, rest_operations, service
from .accounts import account_of
from .calls import Call, CallLog
from .control import PREFIX, Control
from .ec2_loader import Ec2Loader
from .faults import Fault, Faults
from .routers import Routers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask
    from werkzeug.serving import BaseWSGIServer

    from .world import World

LOG = logging.getLogger(__name__)
_SCOPE_SERVICE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request")
_MOTO_RESET = "/moto-api/reset"
_NEIGHBOURS = ("cloudwatch", "ec2", "networkmanager")
# What signs its calls with another name than IAM knows it by.
_SIGNS_AS = {"monitoring": "cloudwatch"}

Environ = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Who calls what, as the request's head says."""

    account: str
    service: str
    operation: str


class Dispatcher(DomainDispatcherApplication):
    """moto's own, which would look through the directories of its services at each request."""

    def __init__(self, create_app: Callable[..., Flask]) -> None:
        """Dispatch to the applications that this makes."""
        super().__init__(create_app)
        self._backends: dict[str | None, Any] = {}

    def get_backend_for_host(self, host: str | None) -> Any:
        """Return the name of moto's service, looked for once for each host."""
        if host not in self._backends:
            self._backends[host] = super().get_backend_for_host(host)
        return self._backends[host]


class Application:
    """The WSGI application of one world."""

    def __init__(self, world: World) -> None:
        """Wire the world to HTTP and to its routers."""
        self._world = world
        self._faults = Faults()
        self._calls = CallLog(world.state_directory / "calls.jsonl")
        service.install(world)
        self._moto = Dispatcher(create_backend_app)
        self._ec2 = Ec2Loader(self._moto, world)
        self._control = Control(world, self._faults, self._ec2)
        self._routers = Routers(world)
        world.look, world.nudge = self._routers.look, self._routers.nudge
        world.wait_for_ec2 = self._ec2.wait

    def start(self) -> None:
        """Begin what runs beside the requests."""
        self._ec2.start()
        self._routers.start()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        path = str(environ.get("PATH_INFO", ""))
        if path.startswith(PREFIX) or path == _MOTO_RESET:
            return self._controlled(environ, path)(environ, start_response)
        self._ec2.wait_until_restored()
        authorization = environ.get("HTTP_AUTHORIZATION", "")
        heading = Heading(
            account=account_of(self._world.state_directory, authorization),
            service=_service(authorization),
            operation=_operation(environ, _service(authorization)),
        )
        environ["HTTP_X_MOTO_ACCOUNT_ID"] = heading.account
        refusal = self._refusal(environ, heading)
        fault = None if refusal else self._faults.strike(heading.operation)
        answer = refusal or self._answer(environ, heading, fault)
        error = answers.error_code(answer)
        dropped = fault is not None and fault.mode == "drop-answer"
        self._log(heading, "ConnectionClosed" if dropped else error)
        if dropped:
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError("the answer is dropped on demand")
        return answer(environ, start_response)

    def _controlled(self, environ: Environ, path: str) -> Response:
        method = str(environ["REQUEST_METHOD"])
        if path == _MOTO_RESET:
            method, path = "POST", f"{PREFIX}reset"
        raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        status, answer = self._control.answer(method, path, json.loads(raw or b"{}"))
        return Response(json.dumps(answer), status, content_type="application/json")

    def _refusal(self, environ: Environ, heading: Heading) -> Response | None:
        return permissions.refusal(
            self._world.state_directory,
            environ,
            account=heading.account,
            service=heading.service,
            operation=heading.operation,
        )

    def _answer(self, environ: Environ, heading: Heading, fault: Fault | None) -> Response:
        if fault is not None and fault.mode == "stuck":
            self._faults.hold(heading.operation, fault.seconds)
        early = answers.before(heading.service, fault)
        if early is not None:
            return early
        answer = self._acted(environ, heading)
        if fault is not None and fault.mode == "slow":
            self._faults.hold(heading.operation, fault.seconds)
        if fault is not None and fault.mode == "error-after":
            return answers.server_error(heading.service)
        return answer

    def _acted(self, environ: Environ, heading: Heading) -> Response:
        """Have the service act; what it did is kept before anybody is told."""
        if heading.service in rest_operations.SERVICES and not heading.operation:
            return answers.unknown_operation(heading.service, "There is nothing at this path.")
        if heading.service == "directconnect":
            return self._through_moto(environ, heading)
        if heading.service in _NEIGHBOURS or self._world.archive is not None:
            self._ec2.wait()
        with self._world.lock:
            answer = self._through_moto(environ, heading)
            # Reading counts too: a look at an account that was never seen makes its default VPC.
            if self._world.archive is not None:
                self._world.archive.write_if_neighbours_changed(self._world)
        return answer

    def _through_moto(self, environ: Environ, heading: Heading) -> Response:
        try:
            return Response.from_app(self._moto, environ, buffered=True)
        except NotImplementedError as error:
            return answers.unknown_operation(heading.service, str(error))
        except Exception:
            LOG.exception("%s of %s failed in the model itself", heading.operation, heading.service)
            return answers.server_error(heading.service)

    def _log(self, heading: Heading, error: str | None) -> None:
        if heading.operation:
            self._calls.write(
                Call(
                    account=heading.account,
                    service=heading.service,
                    operation=heading.operation,
                    error=error,
                )
            )


def _service(authorization: str) -> str:
    match = _SCOPE_SERVICE.search(authorization)
    name = match.group(1) if match else ""
    return _SIGNS_AS.get(name, name)


def _operation(environ: Environ, service: str) -> str:
    """Return the operation's name: from the target header, the path, or the form.

    What is read of the form stays readable.
    """
    if service in rest_operations.SERVICES:
        return rest_operations.name_of(service, environ["REQUEST_METHOD"], environ["PATH_INFO"])
    target = str(environ.get("HTTP_X_AMZ_TARGET", ""))
    if target:
        return target.rpartition(".")[2]
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    form = parse_qs(body.decode("utf-8", errors="replace"))
    return str(form.get("Action", [""])[0])


class QuietHandler(MotoRequestHandler):
    """moto's handler without a line on the terminal for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: calls.jsonl holds the calls."""


def listen(world: World, host: str, port: int) -> BaseWSGIServer:
    """Return a server that is bound (port 0: any free one) and answers once it is told to serve."""
    application = Application(world)
    server = make_server(host, port, application, threaded=True, request_handler=QuietHandler)
    application.start()
    return server
