# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever stands in a document, reading it ends in an estate or in faults, never in a crash."""

import copy

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import (
    EstateError,
    read_estate,
)
from tests.fixtures.two_sites import document

JUNK = [
    None,
    True,
    -1,
    1.5,
    "",
    "x",
    "1.1.1.1/99",
    "::1",
    [],
    [None],
    [[]],
    {},
    {"x": 1},
    {1: 2},
    b"x",
]
KEY = "Documentation-Key"


def places(value, path=()):
    """Yield the path of every value in a document."""
    yield path
    items = value.items() if isinstance(value, dict) else ()
    for name, item in enumerate(value) if isinstance(value, list) else items:
        yield from places(item, (*path, name))


def replaced(path, junk):
    changed = {"document": document()}
    *parents, last = ("document", *path)
    thing = changed
    for name in parents:
        thing = thing[name]
    thing[last] = copy.deepcopy(junk)
    return changed["document"]


def faults(wish):
    try:
        read_estate(wish, accounts=["network"], routers=["edge-fra-1", "edge-ams-1"])
    except EstateError as error:
        return error.faults
    return ()


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_in_any_place_is_a_fault_or_harmless_but_never_a_crash(junk):
    wishes = [replaced(path, junk) for path in places(document())]
    assert not [fault for wish in wishes for fault in faults(wish) if KEY in str(fault)]


def unreadable(path):
    """Return a value that no place of the document can hold."""
    return b"x" if path else None


@pytest.mark.parametrize(
    "path", list(places(document())), ids=lambda path: ".".join(map(str, path))
)
def test_an_unreadable_value_is_one_fault_in_its_own_place(path):
    words = "".join(f"[{name}]" if isinstance(name, int) else f".{name}" for name in path)
    assert [fault.path for fault in faults(replaced(path, unreadable(path)))] == [words.lstrip(".")]
