# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ansible-doc knows of the collection."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.crossconnect.dx.plugins.doc_fragments import aws

COLLECTION = "crossconnect.dx"
KINDS = ("module", "role", "filter", "lookup", "connection", "callback")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One plugin or role, in the shape of `ansible-doc --metadata-dump`."""

    kind: str
    name: str  # without the collection's
    source: str  # from the repository's root
    about: dict[str, Any]

    @property
    def full_name(self) -> str:
        """The name that playbooks use."""
        return f"{COLLECTION}.{self.name}"


def collect(root: Path) -> list[Entry]:
    """Return all that is documented, by kind and name.

    Raises:
        subprocess.CalledProcessError: A documentation cannot be read; ansible-doc has said why.
    """
    dump = _dump(root)
    return [
        Entry(
            kind=kind, name=name.removeprefix(f"{COLLECTION}."), source=_source(about), about=about
        )
        for kind in KINDS
        for name, about in sorted(dump[kind].items())
    ]


def options_of_every_aws_module() -> frozenset[str]:
    """Return the names of the options that all AWS modules share."""
    fragment = yaml.safe_load(aws.ModuleDocFragment.DOCUMENTATION)
    return frozenset(fragment["options"])


def _dump(root: Path) -> dict[str, dict[str, Any]]:
    program = Path(sys.executable).with_name("ansible-doc")
    done = subprocess.run(
        [program, "--metadata-dump", COLLECTION],
        cwd=root,
        env={**os.environ, "ANSIBLE_CONFIG": str(root / "ansible.cfg")},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)["all"]
    return found


def _source(about: dict[str, Any]) -> str:
    """Return where a plugin is, from the place where the collection is linked."""
    path = about["doc"]["filename"] if "doc" in about else ""
    return path.rpartition(f"/{COLLECTION.replace('.', '/')}/")[2]
