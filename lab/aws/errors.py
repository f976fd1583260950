# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The typed errors of the service.

Direct Connect knows no NotFound and no Conflict: nearly everything is a
DirectConnectClientException that clients tell apart by its text. Texts that published clients match
on are kept word for word.
"""

from __future__ import annotations


class ModelError(Exception):
    """An answer that is an error: code as the service names it, HTTP status, message."""

    code = "DirectConnectClientException"
    status = 400

    def __init__(self, message: str) -> None:
        """Say what the service would say."""
        super().__init__(message)
        self.message = message


class ClientError(ModelError):
    """What the caller asked for cannot be done."""


class ServerError(ModelError):
    """The service failed; whether it acted is unknown to the caller."""

    code = "DirectConnectServerException"
    status = 500


class DuplicateTagKeysError(ModelError):
    """One tag key stands twice in the request."""

    code = "DuplicateTagKeysException"


class TooManyTagsError(ModelError):
    """More than 50 tags on one resource."""

    code = "TooManyTagsException"


class LimitExceededError(ModelError):
    """A quota that the service types on its own: the rate limiters of a connection."""

    code = "LimitExceededException"


class UnknownOperationError(ModelError):
    """The operation does not exist, or this model does not answer it."""

    code = "UnknownOperationException"
