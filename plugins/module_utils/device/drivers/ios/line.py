# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A netmiko channel that notices when the router has hung up, and a log of netmiko's without keys.

netmiko logs all that a router prints, at level DEBUG; a router prints keys.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from netmiko import log
from netmiko.channel import SSHChannel
from netmiko.exceptions import ReadException

from ...masking import mask

_ESCAPED = re.compile(r"\\(\W)")
QUESTION = r"\]\?\s*$|\[confirm\]\s*$"


class Line(SSHChannel):
    """A session's terminal."""

    def read_buffer(self) -> str:
        """Return what has come; ReadException when nothing more can come."""
        output = super().read_buffer()
        if not output and self.remote_conn is not None and self.remote_conn.closed:
            raise ReadException("the router has closed the session")
        return output


def ask(device: Any, command: str, seconds: float) -> str:
    """Give a command that may ask back, and say yes to what it asks.

    Args:
        device: netmiko's connection.
        command: As `copy flash:/a running-config`, which asks for the name of its target.
        seconds: How long each answer may take.
    """
    prompt = re.escape(device.base_prompt) + r"\S*[#>]\s*$"
    options = {
        "expect_string": f"(?:{prompt}|{QUESTION})",
        "read_timeout": seconds,
        "strip_prompt": False,
    }
    answer = part = str(device.send_command(command, **options))
    while re.search(QUESTION, part):
        part = str(device.send_command("\n", cmd_verify=False, **options))
        answer += part
    return answer


class WithoutKeys(logging.Filter):
    """Masks what looks like a secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the message, and let it pass.

        netmiko logs what it waits for as a pattern, so with a backslash before each blank.
        """
        record.msg, record.args = mask(_ESCAPED.sub(r"\1", record.getMessage())), ()
        return True


def keep_keys_out_of_the_log() -> None:
    """Put the mask before netmiko's log, once for the process."""
    if not any(isinstance(each, WithoutKeys) for each in log.filters):
        log.addFilter(WithoutKeys())
