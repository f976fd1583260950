# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that are not moto's: injected errors, in the form of the service that is called."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from .faults import Fault

_XML_CODE = re.compile(r"<Code>([^<]+)</Code>")
_FIRST_ERROR = 400
# What a session's end is called; the other services say ExpiredTokenException.
_EXPIRED = {"cloudwatch": "ExpiredToken", "ec2": "RequestExpired", "sts": "ExpiredToken"}
_SERVER_ERRORS = {"directconnect": "DirectConnectServerException"}


def error(service: str, code: str, message: str, status: int) -> Response:
    """Return an error in the protocol of the service: XML for EC2 and STS, else JSON."""
    marked = f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    if service == "ec2":
        text = (
            f"<Response><Errors>{marked}</Errors>"
            "<RequestID>00000000-0000-0000-0000-000000000000</RequestID></Response>"
        )
        return Response(text, status, content_type="text/xml")
    if service == "sts":
        return Response(f"<ErrorResponse>{marked}</ErrorResponse>", status, content_type="text/xml")
    text = json.dumps({"__type": code, "message": message})
    answer = Response(text, status, content_type="application/x-amz-json-1.1")
    answer.headers["x-amzn-ErrorType"] = code
    return answer


def server_error(service: str) -> Response:
    """Return a 5xx: the caller cannot know whether the service acted."""
    code = _SERVER_ERRORS.get(service, "InternalError")
    return error(service, code, "An internal error has occurred.", 500)


def unknown_operation(service: str, message: str) -> Response:
    """Return what an operation that moto does not have is answered with."""
    code = "InvalidAction" if service in {"ec2", "sts"} else "UnknownOperationException"
    return error(service, code, message or "The operation is not known.", 400)


def before(service: str, fault: Fault | None) -> Response | None:
    """Return the answer of a fault that strikes before the service acts."""
    if fault is None:
        return None
    if fault.mode == "throttle":
        code = "RequestLimitExceeded" if service == "ec2" else "ThrottlingException"
        return error(service, code, "Rate exceeded", 503 if service == "ec2" else 400)
    if fault.mode == "expired-token":
        code = _EXPIRED.get(service, "ExpiredTokenException")
        return error(service, code, "The security token included in the request is expired", 400)
    return server_error(service) if fault.mode in {"error-before", "stuck"} else None


def error_code(answer: Response) -> str | None:
    """Return the code of an error answer, None of a good one."""
    if answer.status_code < _FIRST_ERROR:
        return None
    text = answer.get_data(as_text=True)
    header = answer.headers.get("x-amzn-ErrorType")
    match = _XML_CODE.search(text)
    if header or match:
        return header or (match.group(1) if match else None)
    try:
        return str(json.loads(text).get("__type", answer.status_code))
    except (ValueError, AttributeError):
        return str(answer.status_code)
