# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The core stays pure: it imports the standard library and itself, and nothing that acts."""

import ast
import sys
from pathlib import Path

import pytest

CORE = Path(__file__).parents[5] / "plugins" / "module_utils" / "core"
FILES = sorted(CORE.rglob("*.py"))

# Of the standard library: what would bring in a clock, a network, a process or the environment.
IMPURE = {"asyncio", "getpass", "http", "logging", "os", "pathlib", "random", "socket", "ssl"}
IMPURE |= {"subprocess", "threading", "time", "urllib"}


def imported(tree, folder):
    """Yield each imported module; a relative import as the path that it leads to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield folder.parents[node.level - 2] if node.level > 1 else folder
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def only_types(tree):
    """Drop what stands behind TYPE_CHECKING: it is never imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return tree


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(CORE)) for file in FILES])
def test_a_file_of_the_core_imports_only_the_standard_library_and_the_core(file):
    tree = only_types(ast.parse(file.read_text()))
    foreign = [
        name
        for name in imported(tree, file.parent)
        if not (
            name == CORE or CORE in name.parents
            if isinstance(name, Path)
            else name.partition(".")[0] in sys.stdlib_module_names - IMPURE
        )
    ]
    assert foreign == []
