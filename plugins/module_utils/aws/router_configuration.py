# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWS says the customer's router must be configured with, held against what it would get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.landings import key_name
from ..core.router_sample import compare, read_sample
from .errors import AwsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.router_sample import Sample
    from .session import Aws


def check_router_configuration(options: Mapping[str, Any], aws: Aws) -> dict[str, Any]:
    """Return the result of router_configuration_check, at one call per attachment.

    Raises:
        AwsError: AWS has something else; a sentence per difference.
    """
    found = [
        compare(
            _sample(aws, attachment["id"]),
            attachment,
            options["keys"].get(key_name(attachment["name"])),
            options["router"],
        )
        for attachment in options["attachments"]
    ]
    checks = [record for each in found for record in each.checks]
    problems = [words for each in found for words in each.problems]
    result = {"checks": checks, "problems": problems, "calls": dict(sorted(aws.calls.items()))}
    if problems:
        raise AwsError("\n".join(problems), **result)
    return {"changed": False, **result}


def _sample(aws: Aws, interface_id: str) -> Sample | None:
    answer = aws.reader().describe_router_configuration(virtualInterfaceId=interface_id)
    return read_sample(answer.get("customerRouterConfig", ""))
