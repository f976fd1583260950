# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ncclient lacks, for every driver that speaks NETCONF (RFC 6241) by it."""

from __future__ import annotations

import logging
from typing import Any

from ..masking import mask

# Those that log what is sent and what comes, in the words of ncclient and of those above it.
LOGS = (
    "ncclient.transport.session",
    "ncclient.transport.ssh",
    "ncclient.transport.parser",
    "ncclient.operations.rpc",
    "napalm.iosxr_netconf.iosxr_netconf",
    "jnpr.junos.device",
    "jnpr.junos.rpcmeta",
)


class _WithoutKeys(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()), ()
        return True


def keep_keys_out_of_the_log() -> None:
    """Put the mask before the logs, once for the process."""
    for name in LOGS:
        log = logging.getLogger(name)
        if not any(isinstance(each, _WithoutKeys) for each in log.filters):
            log.addFilter(_WithoutKeys())


def end_before_telling(manager: Any) -> None:
    """Let a session that is lost count as ended before it tells those who wait for an answer.

    ncclient tells them first. Who asks again in between puts a request into a queue that nobody
    reads any more, and waits for its whole time, which is minutes.

    Args:
        manager: ncclient's, logged in.
    """
    session = manager._session  # noqa: SLF001 - ncclient has no other way to it
    tell = session._dispatch_error  # noqa: SLF001

    def end_and_tell(error: Exception) -> None:
        session._connected = False  # noqa: SLF001
        tell(error)

    session._dispatch_error = end_and_tell  # noqa: SLF001
