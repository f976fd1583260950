# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: estate_files
short_description: Read an estate from a directory of files
version_added: 0.1.0
description:
  - Merges files, one per site or circuit, into one estate.
  - Lists follow one another, and tags add up.
    What can be told only once, as the estate's name, must be the same wherever it is told.
  - A name that two files declare is an error that names both.
  - Files may hold templates, as a key from a vault.
notes:
  - Ansible takes every file in an inventory's folder for an inventory. If the directory lies there,
    tell it otherwise in C(ansible.cfg), as this project does with
    C(ignore_patterns = ^estate$) under C([inventory]).
author:
  - The Crossconnect founders (@crossconnect)
options:
  _terms:
    description:
      - The directories.
        All files in them and below that end in C(.yml), C(.yaml) or C(.json) are read, in the
        order of their paths.
        What begins with a dot is not read.
    type: list
    elements: path
    required: true
"""

EXAMPLES = r"""
# group_vars/all/main.yml; the files lie in the inventory's folder estate/, as estate/fra.yml
dx_estate: "{{ lookup('crossconnect.dx.estate_files', inventory_dir ~ '/estate') }}"
"""

RETURN = r"""
_raw:
  description: The estate, one for each directory.
  type: list
  elements: dict
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_fault import EstateError
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_merge import (
    merge_documents,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ansible.parsing.dataloader import DataLoader
    from ansible.template import Templar

SUFFIXES = {".yml", ".yaml", ".json"}


class LookupModule(LookupBase):
    """Read and merge, then fill in the templates."""

    def run(
        self,
        terms: list[str],
        variables: Mapping[str, Any] | None = None,  # noqa: ARG002
        **_options: Any,
    ) -> list[Any]:
        """Return one estate for each directory."""
        templar = cast("Templar", self._templar)
        return [templar.template(self._read(Path(term))) for term in terms]

    def _read(self, directory: Path) -> dict[str, Any]:
        names = files_in(directory)
        if not names:
            raise AnsibleLookupError(
                f"{directory} holds no file of an estate: put files there that end in .yml, or "
                "correct the path in dx_estate"
            )
        try:
            return merge_documents({name: self._load(directory / name) for name in names})
        except EstateError as error:
            raise AnsibleLookupError(f"The estate in {directory} is faulty:\n{error}") from error

    def _load(self, path: Path) -> object:
        # A trusted file's templates are filled in; its vault-encrypted values are opened.
        loader = cast("DataLoader", self._loader)
        return loader.load_from_file(str(path), cache="all", trusted_as_template=True)


def files_in(directory: Path) -> list[str]:
    """Return the names of an estate's files in and below a directory, in the order they count."""
    found = (path.relative_to(directory) for path in directory.rglob("*") if path.is_file())
    return sorted(
        str(path)
        for path in found
        if path.suffix in SUFFIXES and not any(part.startswith(".") for part in path.parts)
    )
