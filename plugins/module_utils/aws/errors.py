# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's errors as sentences that tell the operator what to do next; no secret is ever quoted."""

from __future__ import annotations

from typing import Any

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

    AWS_ERRORS: tuple[type[Exception], ...] = (BotoCoreError, ClientError)
    LOST: tuple[type[Exception], ...] = (ConnectionError, HTTPClientError)
    NEVER_SENT: tuple[type[Exception], ...] = (
        ConnectTimeoutError,
        EndpointConnectionError,
        ProxyConnectionError,
    )
    NOT_IDENTIFIED: tuple[type[Exception], ...] = (NoCredentialsError, PartialCredentialsError)
except ImportError:  # the module says so before anything is called
    AWS_ERRORS = LOST = NEVER_SENT = NOT_IDENTIFIED = ()

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
        endpoint = getattr(error, "kwargs", {}).get("endpoint_url", "AWS")
        return f"{doing}: the connection to {endpoint} failed ({type(error).__name__})"
    if not hasattr(error, "response"):
        return f"{doing}: {error}"
    return _answered(doing, error, error.response)


def _answered(doing: str, error: Exception, response: dict[str, Any]) -> str:
    operation = getattr(error, "operation_name", "the call")
    details = response.get("Error", {})
    code = details.get("Code", "no code")
    message = details.get("Message") or "no reason given"
    if code in NOT_ACCEPTED:
        return f"{doing}: AWS does not accept the credentials ({code}); renew them and run again"
    if is_throttled(error):
        return f"{doing}: AWS is too busy for {operation} ({code}); run again in a minute"
    if _status(response) >= SERVER_FAULT:
        return f"{doing}: AWS failed at {operation} ({code}): {message}"
    return f"{doing}: AWS refused {operation} ({code}): {message}"


def _status(response: dict[str, Any]) -> int:
    return int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
