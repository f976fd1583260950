# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of one plugin or role, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from antsibull_docs_parser import dom

from .collect import Entry, options_of_every_aws_module
from .markup import code, markdown, page_of
from .tables import options, returns, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WRITTEN = "<!-- Written by `make reference`. Edit the documentation in the source instead. -->"
AWS_PAGE = "aws-options.md"


def page(entry: Entry) -> str:
    """Return the page of one plugin or role."""
    parts = _role(entry) if entry.kind == "role" else _plugin(entry)
    return joined(f"# {entry.full_name}", *parts)


def joined(*parts: str) -> str:
    """Return a page of these parts."""
    parts = (WRITTEN, *parts)
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def identity(entry: Entry) -> dom.PluginIdentifier:
    """Return what Ansible's markup calls it."""
    return dom.PluginIdentifier(entry.full_name, entry.kind)


# --- plugins ---------------------------------------------------------------------------------


def _plugin(entry: Entry) -> Iterator[str]:
    doc, about = entry.about["doc"], identity(entry)
    yield f"{doc['short_description']}."
    since = f"since {doc['version_added']}"
    yield f"*{entry.kind.capitalize()}, {since}, in [{entry.source}](../../../{entry.source})*"
    yield markdown(doc["description"], about=about)
    yield from _usage(entry)
    yield from _options(entry)
    yield from _list("Needs", doc.get("requirements", []), about)
    yield from _attributes(doc.get("attributes", {}), about)
    yield from _list("Notes", doc.get("notes", []), about)
    yield from _see_also(doc.get("seealso", []), about)
    if examples := (entry.about.get("examples") or "").strip("\n"):
        yield f"## Examples\n\n```yaml\n{examples}\n```"
    yield from _returns(entry.about.get("return") or {}, about)


def _usage(entry: Entry) -> Iterator[str]:
    if entry.kind == "filter":
        positional = entry.about["doc"].get("positional", "")
        call = f"{entry.full_name}({positional})" if positional else entry.full_name
        yield f"```jinja\n{{{{ input | {call} }}}}\n```"


def _options(entry: Entry) -> Iterator[str]:
    """Return the plugin's own options; what all AWS modules share has a page of its own."""
    found, shared = dict(entry.about["doc"].get("options", {})), options_of_every_aws_module()
    takes_them = shared <= found.keys()
    if takes_them:
        found = {name: option for name, option in found.items() if name not in shared}
    if found:
        yield f"## Options\n\n{options(found, identity(entry))}"
    if takes_them:
        names = ", ".join(code(name) for name in sorted(shared))
        yield f"The [options of every AWS module](../{AWS_PAGE}) come on top: {names}."


def _attributes(found: Mapping[str, Any], about: dom.PluginIdentifier) -> Iterator[str]:
    rows = [
        (code(name), one["support"], markdown(one["description"], about=about, join="<br>"))
        for name, one in sorted(found.items())
    ]
    if rows:
        yield f"## Promises\n\n{table(('Attribute', 'Support', 'Meaning'), rows)}"


def _list(heading: str, items: Sequence[str], about: dom.PluginIdentifier) -> Iterator[str]:
    if items:
        lines = "\n".join(f"- {markdown(item, about=about)}" for item in items)
        yield f"## {heading}\n\n{lines}"


def _see_also(items: Sequence[Mapping[str, str]], about: dom.PluginIdentifier) -> Iterator[str]:
    if not items:
        return
    lines = []
    for item in items:
        kind = item.get("plugin_type", "module")
        name = item.get("module") or item["plugin"]
        page = page_of(dom.PluginIdentifier(name, kind))
        words = item.get("description", "")
        told = f": {markdown(words, about=about)}" if words else ""
        lines.append(f"- [{code(name)}]({page}){told}" if page else f"- {code(name)}{told}")
    yield "## See also\n\n" + "\n".join(lines)


def _returns(found: Mapping[str, Any], about: dom.PluginIdentifier) -> Iterator[str]:
    if not found:
        return
    yield f"## Returns\n\n{returns(found, about)}"
    samples = {name: value["sample"] for name, value in found.items() if "sample" in value}
    if samples:
        yield f"For example:\n\n```yaml\n{_yaml(samples)}\n```"


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as it reads."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _yaml(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120).strip()


# --- roles -----------------------------------------------------------------------------------


def _role(entry: Entry) -> Iterator[str]:
    about = identity(entry)
    yield f"*Role, in [roles/{entry.name}](../../../roles/{entry.name}/README.md)*"
    points = entry.about["entry_points"]
    for name in sorted(points, key=lambda name: (name != "main", name)):
        point = points[name]
        if name != "main":
            yield f"## tasks_from: {name}"
        yield f"{point['short_description']}."
        yield markdown(point.get("description", []), about=about)
        yield from _role_options(name, points, about)


def _role_options(
    name: str, points: Mapping[str, Any], about: dom.PluginIdentifier
) -> Iterator[str]:
    found = points[name].get("options", {})
    if name != "main" and found == points.get("main", {}).get("options"):
        yield "It takes the same options."
    elif found:
        yield options(found, about)
