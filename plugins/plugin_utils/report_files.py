# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of a report: read what the last run left, write what this one found."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import yaml

HANDOVER_HEAD = """\
---
# The details of every circuit as AWS assigned them, for those who run it. Made by crossconnect.dx:
# it is written anew whenever one of them changes. No key is in it, only where each one lives.
"""


def read_json(path: Path) -> dict[str, Any] | None:
    """Return what a JSON file holds; None when it is missing or is no JSON object."""
    try:
        document = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return document if isinstance(document, dict) else None


def read_yaml(path: Path) -> dict[str, Any] | None:
    """Return what a YAML file holds; None when it is missing or is no YAML mapping."""
    try:
        document = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return None
    return document if isinstance(document, dict) else None


def json_text(document: dict[str, Any]) -> str:
    """Return a document as JSON for people and programs."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def handover_text(handover: dict[str, Any]) -> str:
    """Return the handover record as YAML, in the order in which it is read."""
    body = yaml.safe_dump(handover, sort_keys=False, allow_unicode=True, width=120)
    return HANDOVER_HEAD + body


def write_whole(path: Path, text: str) -> None:
    """Put a text in a file so that a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
