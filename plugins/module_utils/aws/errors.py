# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's errors as sentences that tell the operator what to do next; no secret is ever quoted."""

from __future__ import annotations

import re
from typing import Any

from .granted import EVERY_JOB, GRANTED_BY

try:
    from botocore.exceptions import (
        BotoCoreError,
        ClientError,
        ConnectionError,  # noqa: A004
        ConnectTimeoutError,
        EndpointConnectionError,
        HTTPClientError,
        NoCredentialsError,
        NoRegionError,
        ParamValidationError,
        PartialCredentialsError,
        ProxyConnectionError,
    )
    from botocore.parsers import ResponseParserError

    AWS_ERRORS: tuple[type[Exception], ...] = (BotoCoreError, ClientError, ResponseParserError)
    # An answer that cannot be read says as little as none; and it may hold a secret.
    LOST: tuple[type[Exception], ...] = (ConnectionError, HTTPClientError, ResponseParserError)
    NEVER_SENT: tuple[type[Exception], ...] = (
        ConnectTimeoutError,
        EndpointConnectionError,
        ProxyConnectionError,
    )
    UNREADABLE: tuple[type[Exception], ...] = (ResponseParserError,)
    NOT_IDENTIFIED: tuple[type[Exception], ...] = (NoCredentialsError, PartialCredentialsError)
except ImportError:  # the module says so before anything is called
    AWS_ERRORS = LOST = NEVER_SENT = UNREADABLE = NOT_IDENTIFIED = ()

NOT_ACCEPTED = frozenset(
    {
        "AuthFailure",
        "ExpiredToken",
        "ExpiredTokenException",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
# A request is signed with its time: these say that it is too old, or from the future.
_OUT_OF_TIME = frozenset({"RequestExpired", "RequestTimeTooSkewed"})
_OUT_OF_TIME_WORDS = re.compile(r"Signature (?:expired|not yet current)")
NOT_ALLOWED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
# AWS names what was not allowed, which can be more than what was called: to tag, or to pass a role.
_NAMED_ACTION = re.compile(r"not authorized to perform: ([a-z0-9-]+:\w+)")
# EC2's word for it has no "Throttl" in it, and comes as a failure of the server.
TOO_BUSY = frozenset({"RequestLimitExceeded", "SlowDown", "TooManyRequestsException"})
SERVER_FAULT = 500


class AwsError(Exception):
    """AWS did not do what was asked; the text is for the operator.

    Attributes:
        result: What the module's result holds beside the text.
    """

    def __init__(self, message: str, **result: Any) -> None:
        """Take the text, and what else is to be reported."""
        super().__init__(message)
        self.result = result


def outcome_is_unknown(error: Exception) -> bool:
    """Return whether AWS may have acted all the same: a lost answer, or a failure on its side."""
    if isinstance(error, NEVER_SENT) or is_throttled(error):
        return False
    if isinstance(error, LOST):
        return True
    return _status(getattr(error, "response", {})) >= SERVER_FAULT


def is_refused(error: Exception) -> bool:
    """Return whether Direct Connect itself said no to what was asked, for good."""
    response = getattr(error, "response", None) or {}
    return bool(response.get("Error", {}).get("Code") == "DirectConnectClientException")


def is_throttled(error: Exception) -> bool:
    """Return whether AWS turned the call away for being too busy: it did nothing."""
    response = getattr(error, "response", None) or {}
    code = str(response.get("Error", {}).get("Code", ""))
    return "Throttl" in code or code in TOO_BUSY


def sentence(doing: str, error: Exception) -> str:
    """Return what happened and, where it can be known, what to do.

    Args:
        doing: What was being done, as "create connection fra-a".
        error: One of AWS_ERRORS.
    """
    if isinstance(error, NOT_IDENTIFIED):
        return (
            f"{doing}: there are no AWS credentials; set profile, or access_key and secret_key, "
            "or their environment variables"
        )
    if isinstance(error, NoRegionError):
        return f"{doing}: there is no Region; set region or AWS_REGION"
    if isinstance(error, ParamValidationError):
        # Its own text quotes the parameters, the BGP key among them.
        return f"{doing}: boto3 does not accept the parameters of this call"
    if isinstance(error, LOST):
        return f"{doing}: {_lost(error)}"
    if not hasattr(error, "response"):
        return f"{doing}: {error}"
    return _answered(doing, error, error.response)


def _lost(error: Exception) -> str:
    if isinstance(error, UNREADABLE):
        return "AWS's answer cannot be read: is a proxy, or a portal, between?"
    endpoint = getattr(error, "kwargs", {}).get("endpoint_url", "AWS")
    return f"the connection to {endpoint} failed ({type(error).__name__})"


def _answered(doing: str, error: Exception, response: dict[str, Any]) -> str:
    operation = getattr(error, "operation_name", "the call")
    details = response.get("Error", {})
    code = details.get("Code", "no code")
    message = details.get("Message") or "no reason given"
    if code in _OUT_OF_TIME or _OUT_OF_TIME_WORDS.search(message):
        return (
            f"{doing}: AWS takes this request for out of time ({code}): set the clock of this "
            "control node, which may be wrong by 5 minutes at most; if it is right, the "
            "credentials have expired: renew them; then run again"
        )
    if code in NOT_ACCEPTED:
        return f"{doing}: AWS does not accept the credentials ({code}); renew them and run again"
    if code in NOT_ALLOWED:
        return f"{doing}: {_not_allowed(operation, code, message)}"
    if is_throttled(error):
        return f"{doing}: AWS is too busy for {operation} ({code}); run again in a minute"
    if _status(response) >= SERVER_FAULT:
        return f"{doing}: AWS failed at {operation} ({code}): {message}"
    return f"{doing}: AWS refused {operation} ({code}): {message}"


def _not_allowed(operation: str, code: str, message: str) -> str:
    """Return which action is missing, and which of our policies has it."""
    named = _NAMED_ACTION.search(message)
    called = {action.partition(":")[2]: action for action in GRANTED_BY}
    action = named.group(1) if named else called.get(operation, operation)
    return (
        f"AWS does not let these credentials call {action} ({code}): {message.rstrip('.')}; "
        f"{_permission(GRANTED_BY.get(action, ()))}, and run again"
    )


def _permission(jobs: tuple[str, ...]) -> str:
    """Return how to get what these jobs' policies allow."""
    if not jobs:
        return "have it allowed"
    if jobs == EVERY_JOB:
        return "each policy in iam/ allows it: attach the one for this job (docs/iam.md)"
    files = " or ".join(f"iam/{job}.json" for job in jobs)
    return f"{files} allows it: attach it (docs/iam.md)"


def _status(response: dict[str, Any]) -> int:
    return int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
