# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's side of the model of AWS: starting its process, and talking to it."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from .commands import ENVIRONMENT
from .errors import LabError

PORT = 4566
HEALTHY_SECONDS = 30.0
ANSWER_SECONDS = 10.0
# The question for health takes no lock and no thought: silence for so long is no load.
HEALTH_SECONDS = 4.0


def address(loopback: str) -> str:
    """Return the model's address in a lab."""
    return f"{loopback}.2"


def endpoint(loopback: str) -> str:
    """Return the URL that stands for AWS in a lab."""
    return f"http://{address(loopback)}:{PORT}"


def exists() -> bool:
    """Tell whether this tree holds the model at all."""
    try:
        return importlib.util.find_spec("lab.aws.__main__") is not None
    except ModuleNotFoundError:
        return False


def start(state: Path, loopback: str, mark: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the model; it is of use once `wait_until_healthy` returns."""
    with (state / "aws.log").open("w", encoding="utf-8") as log:
        return subprocess.Popen(
            [
                sys.executable, "-m", "lab.aws", "--host", address(loopback),
                "--port", str(PORT), "--state", str(state),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**ENVIRONMENT, **mark, "PYTHONPATH": str(Path(__file__).parents[1])},
        )  # fmt: skip


def wait_until_healthy(process: subprocess.Popen[bytes], state: Path, loopback: str) -> None:
    """Wait until the model answers.

    Raises:
        LabError: It ended, or it does not answer in time.
    """
    deadline = time.monotonic() + HEALTHY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            ask(loopback, "health")
        except LabError:
            time.sleep(0.02)
        else:
            return
    said = (state / "aws.log").read_text(encoding="utf-8").strip()[-1000:]
    raise LabError(f"the model of AWS does not answer at {endpoint(loopback)}: {said or 'no word'}")


def ask(
    loopback: str,
    subject: str,
    document: Any = None,
    *,
    method: str | None = None,
    seconds: float = ANSWER_SECONDS,
) -> Any:
    """Ask the model for `/_lab/<subject>`, or post a document there.

    Raises:
        LabError: It does not answer, or refuses; the message holds its words.
    """
    body = None if document is None else json.dumps(document).encode()
    url = f"{endpoint(loopback)}/_lab/{subject}"
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data=body, headers=headers, method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors="replace").strip()
        raise LabError(f"the model of AWS refuses /_lab/{subject}: {said}") from error
    except OSError as error:
        raise LabError(f"the model of AWS does not answer at {endpoint(loopback)}") from error
