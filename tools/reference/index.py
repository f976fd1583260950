# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All pages of the reference, and those that speak of many plugins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .collect import options_of_every_aws_module
from .pages import AWS_PAGE, identity, joined, page
from .tables import options, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .collect import Entry

HEADINGS = {
    "module": "Modules",
    "role": "Roles",
    "filter": "Filters",
    "lookup": "Lookups",
    "connection": "Connection",
    "callback": "Callback",
}
DEFAULTS = """```yaml
module_defaults:
  group/crossconnect.dx.aws:
    region: eu-central-1
    profile: network
```"""


def pages(entries: Sequence[Entry]) -> dict[str, str]:
    """Return every page by its path within docs/reference."""
    written = {f"{entry.kind}/{entry.name}.md": page(entry) for entry in entries}
    return {"index.md": _index(entries), AWS_PAGE: _aws_page(entries), **written}


def _index(entries: Sequence[Entry]) -> str:
    return joined(
        "# Reference",
        "What `ansible-doc` shows, as pages. [Documentation](../index.md) explains the words.",
        *(_chapter(kind, entries) for kind in HEADINGS if any(one.kind == kind for one in entries)),
        f"The AWS modules share [options]({AWS_PAGE}).",
    )


def _chapter(kind: str, entries: Sequence[Entry]) -> str:
    rows = [
        (f"[`{entry.name}`]({kind}/{entry.name}.md)", _in_short(entry))
        for entry in entries
        if entry.kind == kind
    ]
    return f"## {HEADINGS[kind]}\n\n{table(('Name', 'What it is for'), rows)}"


def _in_short(entry: Entry) -> str:
    doc = entry.about["entry_points"]["main"] if entry.kind == "role" else entry.about["doc"]
    return str(doc["short_description"])


def _aws_page(entries: Sequence[Entry]) -> str:
    shared = options_of_every_aws_module()
    takers = [
        entry
        for entry in entries
        if entry.kind == "module" and shared <= entry.about["doc"].get("options", {}).keys()
    ]
    found = takers[0].about["doc"]["options"]
    links = ", ".join(f"[`{entry.name}`](module/{entry.name}.md)" for entry in takers)
    return joined(
        "# Options of every AWS module",
        "How an account is reached, in the words of `amazon.aws`. Set them once for all:",
        DEFAULTS,
        options({name: found[name] for name in shared}, identity(takers[0])),
        f"They are taken by {links}.",
    )
