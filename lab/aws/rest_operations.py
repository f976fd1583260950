# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which operation a call to a REST service is: it stands in the method and the path only."""

from __future__ import annotations

import re
from functools import cache

import botocore.session

SERVICES = ("networkmanager",)


def name_of(service: str, method: str, path: str) -> str:
    """Return the operation's name, "" if the service has none at this path."""
    if service not in SERVICES:
        return ""
    for known, pattern, operation in _routes(service):
        if known == method and pattern.fullmatch(path):
            return operation
    return ""


@cache
def _routes(service: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return method, path and name of each operation; paths with fewer variables come first."""
    model = botocore.session.get_session().get_service_model(service)
    https = [(model.operation_model(name).http, name) for name in model.operation_names]
    https.sort(key=lambda each: each[0]["requestUri"].count("{"))
    return tuple(
        (http["method"], re.compile(_pattern(http["requestUri"].partition("?")[0])), name)
        for http, name in https
    )


def _pattern(uri: str) -> str:
    """Return a template of a path ("/attachments/{attachmentId}") as a regular expression."""
    parts = re.split(r"(\{\w+\+?\})", uri)
    return "".join("[^/]+" if part.startswith("{") else re.escape(part) for part in parts)
