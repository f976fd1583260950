# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's markup as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from antsibull_docs_parser import dom
from antsibull_docs_parser.parser import Context, parse

from .collect import COLLECTION, KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

# What would be read as markup in plain text. An underscore within a word is none.
_SPECIAL = re.compile(r"([\\`*<])")
# What is shown as it is, and the attribute that holds it.
_CODE = {
    dom.PartType.CODE: "text",
    dom.PartType.OPTION_VALUE: "value",
    dom.PartType.ENV_VARIABLE: "name",
}


def markdown(text: str | Sequence[str], *, about: dom.PluginIdentifier, join: str = "\n\n") -> str:
    """Return paragraphs as Markdown; references to our own pages are links.

    Raises:
        ValueError: The text holds markup that Ansible does not know, or that has no form here.
    """
    entry_point = "main" if about.type == "role" else None
    context = Context(current_plugin=about, role_entrypoint=entry_point)
    paragraphs = parse(text, context, errors="exception")
    return join.join("".join(_part(part, about) for part in some).strip() for some in paragraphs)


def page_of(plugin: dom.PluginIdentifier) -> str:
    """Return the page of one of ours as seen from another page; empty if it is not ours."""
    collection, _, name = plugin.fqcn.rpartition(".")
    ours = collection == COLLECTION and plugin.type in KINDS
    return f"../{plugin.type}/{name}.md" if ours else ""


def code(text: str) -> str:
    """Return text to be shown as it is."""
    return f"`{text}`" if "`" not in text else f"`` {text} ``"


def _part(part: dom.AnyPart, about: dom.PluginIdentifier) -> str:
    if part.type in _CODE:
        return code(getattr(part, _CODE[part.type]))
    match part:
        case dom.TextPart():
            return _SPECIAL.sub(r"\\\1", part.text)
        case dom.OptionNamePart() | dom.ReturnValuePart():
            name = part.name if part.value is None else f"{part.name}={part.value}"
            return _linked(name, part.plugin, about)
        case dom.PluginPart():
            return _linked(part.plugin.fqcn, part.plugin, about)
        case dom.ModulePart():
            return _linked(part.fqcn, dom.PluginIdentifier(part.fqcn, "module"), about)
        case dom.LinkPart():
            return f"[{part.text}]({part.url})"
        case _:
            raise ValueError(f"{about.fqcn}: {part.type} has no form in Markdown yet")


def _linked(text: str, plugin: dom.PluginIdentifier | None, about: dom.PluginIdentifier) -> str:
    page = page_of(plugin) if plugin and plugin != about else ""
    return f"[{code(text)}]({page})" if page else code(text)
