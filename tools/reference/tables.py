# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options and return values as tables, one per record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .markup import code, markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from antsibull_docs_parser import dom

    Rows = Callable[[Mapping[str, Any], dom.PluginIdentifier], Iterator[tuple[str, ...]]]

OPTION = ("Option", "Type", "Default", "Meaning")
RETURN = ("Key", "Type", "Returned", "Meaning")
BELOW = ("suboptions", "options", "contains")  # of modules, of roles, of return values


def options(found: Mapping[str, Any], about: dom.PluginIdentifier) -> str:
    """Return a table of options, and one of each option that is a record in turn."""
    return "\n\n".join(_tables(found, OPTION, _option_rows, about))


def returns(found: Mapping[str, Any], about: dom.PluginIdentifier) -> str:
    """Return a table of return values, and one of each that is a record in turn."""
    return "\n\n".join(_tables(found, RETURN, _return_rows, about))


def table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    lines = [heading, ("---",) * len(heading), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _tables(
    found: Mapping[str, Any],
    heading: tuple[str, ...],
    rows: Rows,
    about: dom.PluginIdentifier,
    path: str = "",
) -> Iterator[str]:
    title = f"### {code(path)}\n\n" if path else ""
    yield title + table(heading, rows(found, about))
    for name, item in _ordered(found):
        if below := _below(item):
            deeper = ".".join(part for part in (path, name) if part)
            deeper += "[]" if item.get("type") == "list" else ""
            yield from _tables(below, heading, rows, about, deeper)


def _ordered(found: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return what is required first."""
    return sorted(found.items(), key=lambda pair: (not pair[1].get("required", False), pair[0]))


def _below(item: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((item[key] for key in BELOW if item.get(key)), {})


def _option_rows(
    found: Mapping[str, Any], about: dom.PluginIdentifier
) -> Iterator[tuple[str, ...]]:
    for name, option in _ordered(found):
        words = [markdown(option["description"], about=about, join="<br>"), *_sources(option)]
        yield (
            _names(name, option),
            _type(option),
            _default(option),
            "<br>".join(words),
        )


def _return_rows(
    found: Mapping[str, Any], about: dom.PluginIdentifier
) -> Iterator[tuple[str, ...]]:
    for name, value in _ordered(found):
        # The pages of filters have one value, with no word on when it is returned.
        yield (
            code(name),
            _type(value),
            str(value.get("returned", "always")),
            markdown(value["description"], about=about, join="<br>"),
        )


def _names(name: str, option: Mapping[str, Any]) -> str:
    also = ", ".join(code(alias) for alias in option.get("aliases", []))
    return f"{code(name)}<br>also {also}" if also else code(name)


def _default(option: Mapping[str, Any]) -> str:
    if option.get("required"):
        return "**required**"
    match option.get("default"):
        case None:
            return ""
        case default if default == option.get("choices"):
            return "all of them"
        case default:
            return code(_value(default))


def _type(item: Mapping[str, Any]) -> str:
    of = f" of {item['elements']}" if "elements" in item else ""
    choices = ", ".join(code(_value(choice)) for choice in item.get("choices", []))
    return f"{item.get('type', 'str')}{of}" + (f"<br>one of {choices}" if choices else "")


def _sources(option: Mapping[str, Any]) -> Iterator[str]:
    """Say where else a value comes from, for plugins that are configured."""
    if names := [one["name"] for one in option.get("vars", [])]:
        yield f"Variables: {', '.join(map(code, names))}."
    if names := [one["name"] for one in option.get("env", [])]:
        yield f"Environment: {', '.join(map(code, names))}."
    if names := [f"[{one['section']}] {one['key']}" for one in option.get("ini", [])]:
        yield f"In `ansible.cfg`: {', '.join(map(code, names))}."


def _value(value: Any) -> str:
    """Return a value as YAML has it."""
    return value if isinstance(value, str) and value else json.dumps(value)


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "\\|")
