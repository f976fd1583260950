# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write docs/reference anew: python -m tools.reference."""

from __future__ import annotations

from pathlib import Path

from .collect import collect
from .index import pages

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "docs" / "reference"


def main() -> None:
    """Write every page, and take away those of plugins that are no more."""
    written = pages(collect(ROOT))
    for path in PLACE.rglob("*.md"):
        if str(path.relative_to(PLACE)) not in written:
            path.unlink()
    for name, text in written.items():
        path = PLACE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"docs/reference: {len(written)} pages")


if __name__ == "__main__":
    main()
