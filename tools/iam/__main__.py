# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the policies, and what errors say of them, anew: python -m tools.iam."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "collections"))

from .granted import GRANTED, text  # noqa: E402
from .policies import policies  # noqa: E402


def main() -> None:
    """Write one file per job, and the table that errors are told from."""
    folder = ROOT / "iam"
    folder.mkdir(exist_ok=True)
    for name, document in policies().items():
        policy = json.dumps(document, indent=2) + "\n"
        (folder / f"{name}.json").write_text(policy, encoding="utf-8")
        print(f"iam/{name}.json")
    (ROOT / GRANTED).write_text(text(), encoding="utf-8")
    print(GRANTED)


if __name__ == "__main__":
    main()
