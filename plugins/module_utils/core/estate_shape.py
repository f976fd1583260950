# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Readers: from the loose values of a document to typed ones, with a fault for what cannot be read.

A reader never gives up: what cannot be read becomes a fault and a stand-in, so that the rest of the
document is still read and judged. A rule that trips over a stand-in is kept silent by `Faults`,
because the operator has to mend that place anyway.

Values are told apart by what they are an instance of, because Ansible's own texts, numbers, lists
and mappings are subclasses that carry tags and template themselves when they are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Protocol

from .estate_fault import Fault


class UnreadableError(ValueError):
    """A value is not of the kind that its place asks for; the text never quotes the value."""


class Faults:
    """All faults of one document, and the places that hold nothing readable."""

    def __init__(self) -> None:
        """Start with none."""
        self.found: list[Fault] = []
        self._unreadable: list[str] = []

    def unreadable(self, path: str, rule: str) -> None:
        """Record that the place holds no value that rules could judge."""
        self.found.append(Fault(path, rule))
        self._unreadable.append(path)

    def broken(self, fault: Fault) -> None:
        """Record a broken rule, unless it only follows from a place that could not be read."""
        follows = any(_related(place, fault.path) for place in self._unreadable)
        if not follows and fault not in self.found:
            self.found.append(fault)


def _related(place: str, path: str) -> bool:
    """Tell whether a fault at `path` may follow from nothing readable at `place`."""
    return (
        place in ("", path)
        or path.startswith((f"{place}.", f"{place}["))
        or place.startswith(path + ".")
    )


class Reader(Protocol):
    """Reads one value; `stand_in` takes the place of an unreadable or missing one."""

    @property
    def stand_in(self) -> Any:
        """What stands where nothing could be read."""

    def read(self, value: object, path: str, faults: Faults) -> Any:
        """Return the typed value.

        Raises:
            UnreadableError: The value is of another kind.
        """


def read_value(reader: Reader, value: object, path: str, faults: Faults) -> Any:
    """Read one value; an unreadable one becomes a fault and the reader's stand-in."""
    try:
        return reader.read(value, path, faults)
    except UnreadableError as error:
        faults.unreadable(path, str(error))
        return reader.stand_in


@dataclass(frozen=True, slots=True)
class Leaf:
    """A reader of a single value.

    Attributes:
        kind: What the value is, in Ansible's word: str, int or bool.
        choices: The only words that it may be; none for any.
    """

    stand_in: Any
    accept: Callable[[object], Any]
    kind: str = "str"
    choices: tuple[str, ...] = ()

    def read(self, value: object, path: str, faults: Faults) -> Any:  # noqa: ARG002
        """Return what `accept` makes of the value."""
        return self.accept(value)


def _any_text(value: object) -> str:
    if not isinstance(value, str):
        raise UnreadableError(f"must be text, not {_kind(value)}: put it in quotes")
    return str(value)


def _text(value: object) -> str:
    text = _any_text(value)
    if not text.strip():
        raise UnreadableError("is empty: give a value or leave it out")
    return text


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise UnreadableError(f"must be a whole number, not {_kind(value)}")
    return int(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise UnreadableError(f"must be true or false, not {_kind(value)}")
    return value


def choice(*options: str) -> Leaf:
    """Return a reader of one of a few words."""

    def accept(value: object) -> str:
        if _text(value) not in options:
            raise UnreadableError(f"{value} is none of {', '.join(options)}")
        return str(value)

    return Leaf("", accept, choices=options)


TEXT = Leaf("", _text)
# A tag may do without a value.
TAG_VALUE = Leaf("", _any_text)
NUMBER = Leaf(0, _number, kind="int")
FLAG = Leaf(False, _flag, kind="bool")  # noqa: FBT003


@dataclass(frozen=True, slots=True)
class ListOf:
    """A reader of a list, whose items one other reader reads."""

    item: Reader

    @property
    def stand_in(self) -> tuple[Any, ...]:
        """One item of which nothing is known, so that no rule takes the list for an empty one."""
        return (self.item.stand_in,)

    def read(self, value: object, path: str, faults: Faults) -> tuple[Any, ...]:
        """Return the items, a stand-in for each unreadable one, so that positions stay true."""
        if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
            raise UnreadableError(f"must be a list, not {_kind(value)}")
        return tuple(
            read_value(self.item, item, f"{path}[{position}]", faults)
            for position, item in enumerate(value)
        )


@dataclass(frozen=True, slots=True)
class TextByText:
    """A reader of a mapping of texts to texts, as tags are."""

    @property
    def stand_in(self) -> dict[str, str]:
        """No entries."""
        return {}

    def read(self, value: object, path: str, faults: Faults) -> dict[str, str]:
        """Return the entries that could be read."""
        mapping = _mapping(value)
        return {
            str(name): read_value(TAG_VALUE, item, f"{path}.{name}", faults)
            for name, item in mapping.items()
        }


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a record.

    Attributes:
        about: What it is, as a sentence for the documentation.
        needed: What to give, where it may not be missing.
        secret: Its value must never be shown.
    """

    reader: Reader
    about: str
    needed: str | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A reader of a mapping with known attributes, which becomes one value of the model.

    `other_spellings` maps what a document may hold instead of a name to that name.
    """

    build: Callable[..., Any]
    attributes: Mapping[str, Attribute]
    other_spellings: Mapping[object, str] = field(default_factory=dict)

    @property
    def stand_in(self) -> Any:
        """The value with a stand-in for everything that it cannot be without."""
        return self.build(**self._stand_ins())

    def read(self, value: object, path: str, faults: Faults) -> Any:
        """Return the value; unknown and missing attributes are faults."""
        given = self._spelled(_mapping(value), path, faults)
        for name in given:
            if name not in self.attributes:
                faults.unreadable(_at(path, name), _unknown(str(name), tuple(self.attributes)))
        values = self._stand_ins()
        for name, attribute in self.attributes.items():
            if given.get(name) is not None:
                values[name] = read_value(attribute.reader, given[name], _at(path, name), faults)
            elif attribute.needed:
                faults.unreadable(_at(path, name), f"is missing: give {attribute.needed}")
        return self.build(**values)

    def _spelled(self, given: Mapping[Any, Any], path: str, faults: Faults) -> dict[Any, Any]:
        """Return what is given under its names; which of two spellings counts is not guessed."""
        spelled: dict[Any, Any] = {}
        for word, value in given.items():
            name = self.other_spellings.get(word, word)
            # Ansible itself hands an option over under its name and its alias.
            if value is not None and spelled.get(name) not in (None, value):
                faults.unreadable(_at(path, name), "is told twice: tell it once")
            spelled[name] = value if value is not None else spelled.get(name)
        return spelled

    def _stand_ins(self) -> dict[str, Any]:
        return {
            name: attribute.reader.stand_in
            for name, attribute in self.attributes.items()
            if attribute.needed
        }


def _at(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)


def _mapping(value: object) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise UnreadableError(f"must be a mapping of attributes, not {_kind(value)}")
    return value


def _unknown(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=1) or [word for word in known if name in word]
    if close:
        return f"is not known here: did you mean {close[0]}?"
    return f"is not known here: known are {', '.join(known)}"


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true or false"),
    (int, "a number"),
    (float, "a fraction"),
    (str, "text"),
    (bytes, "bytes"),
    (Mapping, "a mapping"),
    (Sequence, "a list"),
)


def _kind(value: object) -> str:
    """Name the kind of a value without showing the value, which may be a secret."""
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "nothing")
