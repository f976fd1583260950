# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Begin a router's session: forked from the run's warm process, else in Ansible's own way."""

from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError
from ansible.executor.task_executor import start_connection
from ansible.plugins.loader import connection_loader
from ansible.utils.collection_loader import AnsibleCollectionConfig  # type: ignore[attr-defined]
from ansible.utils.display import Display
from ansible.utils.path import unfrackpath


def start_session(play_context: Any, options: dict[str, Any], task: str) -> str:
    """Return the path of the socket of a persistent process for the router of `play_context`.

    Raises:
        AnsibleError: The process does not start.
    """
    folder = Path(unfrackpath(vars(constants)["PERSISTENT_CONTROL_PATH_DIR"]))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        # Imported here: costs time, for this moment only; and ansible-core 2.18 lacks a part of it.
        from .warm import UnavailableError, ask  # noqa: PLC0415
    except ImportError:
        return str(start_connection(play_context, options, task))
    try:
        answer = ask(folder, _run(), _request(play_context, options, task))
        told = json.loads(answer["err" if answer["rc"] else "out"])
    except (UnavailableError, ValueError) as error:
        Display().vvvv(f"sessions are begun one by one: {error}")
        return str(start_connection(play_context, options, task))
    if "error" in told:
        raise AnsibleError(told["error"])
    return str(told["socket_path"])


def _run() -> int:
    """Return the run's process, of which this is a worker, even if the run has just ended.

    An orphan's parent would be process 1, which a watch would outlive nothing of.
    """
    parent = multiprocessing.parent_process()
    return (parent and parent.pid) or os.getppid()


def _request(play_context: Any, options: dict[str, Any], task: str) -> dict[str, Any]:
    """Return what `start_connection` would start `ansible-connection` with."""
    from .warm import payload  # noqa: PLC0415

    collections = os.pathsep.join(AnsibleCollectionConfig.collection_paths)
    environment = {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": collections,
        "ANSIBLE_CONNECTION_PLUGINS": connection_loader.print_paths(),
    }
    verbosity = Display().verbosity
    flags = [f"-{'v' * verbosity}"] if verbosity else []
    return {
        "words": [*flags, str(_run()), str(task)],
        "environment": environment,
        "payload": payload(options, play_context.serialize()),
        "platform": options["platform"],
    }
