# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The logs of ncclient and PyEZ, which hold what is sent: keys are masked in them."""

from __future__ import annotations

import logging

from ...masking import mask

LOGS = (
    "ncclient.transport.session",
    "ncclient.transport.ssh",
    "ncclient.transport.parser",
    "ncclient.operations.rpc",
    "jnpr.junos.device",
    "jnpr.junos.rpcmeta",
)


class _Masked(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()), ()
        return True


def keep_keys_out_of_the_log() -> None:
    """Put the mask before these logs, once for the process."""
    for name in LOGS:
        log = logging.getLogger(name)
        if not any(isinstance(each, _Masked) for each in log.filters):
            log.addFilter(_Masked())
