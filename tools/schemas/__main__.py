# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the estate's schemas anew: python -m tools.schemas."""

from __future__ import annotations

import json
from pathlib import Path

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_schema import (
    file_schema,
    variable_schema,
)

ROOT = Path(__file__).parents[2]
SCHEMAS = {"estate.schema.json": variable_schema, "estate-file.schema.json": file_schema}


def main() -> None:
    """Write both."""
    for name, schema in SCHEMAS.items():
        (ROOT / "docs" / name).write_text(json.dumps(schema(), indent=2) + "\n", encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
