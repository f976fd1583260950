# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a merge would change: NX-OS cannot tell it, so it is told from the two texts."""

from __future__ import annotations

from ...languages.tree import Path, parse, write


def difference(running: str, candidate: str) -> str:
    """Return the statements of a candidate that the running configuration lacks, in their blocks.

    What is said and taken back in the same candidate, as the shutdown of a session that is still
    being written, is no change; nor is taking away at the top what is not there.
    """
    have, told = parse(running), parse(candidate)
    there, blocks = set(have), {path[:-1] for path in told}
    said = [path for path in told if path not in blocks and path not in there]
    undone = {path for path in said if _negated(path) in said}
    return "\n".join(
        write(
            (
                path
                for path in said
                if path not in undone
                and _negated(path) not in undone
                and not _takes_nothing(path, have)
            ),
            {},
        )
    )


def _negated(path: Path) -> Path:
    line = path[-1]
    return (*path[:-1], line.removeprefix("no ") if line.startswith("no ") else f"no {line}")


def _takes_nothing(path: Path, have: list[Path]) -> bool:
    """Whether a line takes away a whole object that is not there."""
    if len(path) > 1 or not path[0].startswith("no "):
        return False
    gone = path[0].removeprefix("no ")
    return not any(each[0] == gone or each[0].startswith(f"{gone} ") for each in have)
