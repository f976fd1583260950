# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program to be killed: one transaction, with each step told before it begins.

Arguments: the driver's address, its optional arguments as JSON. Waits for a line of input where a
step is to be reached and not begun, so that nobody depends on who is faster.
"""

from __future__ import annotations

import json
import sys

from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import Session
from tests.integration.device.attachment import KEY, attachment


def main(address: str, options: str) -> None:
    """Load, compare, commit, look, confirm, compare again."""
    session = Session(
        platform_name="frr", host=address, user="automation", optional_args=json.loads(options)
    )
    say("open")
    session.open()
    say("load")
    session.load(attachment(), mode="owned", owners=["DX-VIF101"])
    say("commit")
    session.commit(revert_in=300)
    say("gates")
    neighbor = {"neighbor": "169.254.101.1", "interface": "eth1.101"}
    session.check(bgp=[{**neighbor, "name": KEY, "family": "ipv4"}], timeout=0.2)
    say("confirm")
    session.confirm()
    say("compare")
    session.load(attachment(), mode="owned", owners=["DX-VIF101"])
    say("end")


def say(step: str) -> None:
    """Tell the next step and wait for leave to begin it."""
    print(step, flush=True)  # noqa: T201 - read by the test
    sys.stdin.readline()


main(*sys.argv[1:])
