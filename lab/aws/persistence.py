# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model's memory on disk: whatever a call was told to be done is there after a kill.

Files in the state directory, each replaced at once and readable by its owner only, for they hold
keys: our own records as JSON, and the backends of moto's services as moto has them. The records
name the file of the backends that belongs to them, which is never written to: what has changed goes
to the other one, so that a kill in between leaves both as they were. A record is a row of its
values, and `fields` says what they are: that halves the time of a write.
"""

from __future__ import annotations

import importlib
import json
import os
import pickle
import sys
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from . import state
from .quotas import Quotas

if TYPE_CHECKING:
    from pathlib import Path

    from .world import World

RECORDS = "aws-state.json"
NEIGHBOURS = ("aws-neighbours-0.pickle", "aws-neighbours-1.pickle")
# The services of moto whose state is kept. Keys of assumed roles are IAM's.
SERVICES = ("cloudwatch", "ec2", "iam", "networkmanager", "sts")


class ArchiveError(Exception):
    """What is on disk cannot be read; the text is for the operator."""


class Archive:
    """The files of one world."""

    def __init__(self, directory: Path) -> None:
        """Keep the files in this directory."""
        self._directory = directory
        self._follows_neighbours = False
        self._neighbours: str | None = None  # the file that the records name
        self._content = b""  # what was written to it last in this life

    def restore(self, world: World) -> bool:
        """Put the records of an earlier life into a new world, and tell whether there were any.

        Raises:
            ArchiveError: The file is of another version of the model, or damaged.
        """
        path = self._directory / RECORDS
        try:
            document = _document(path.read_text(encoding="utf-8"))
            world.clock.advance(document["ahead"])
            world.quotas = Quotas(**document["quotas"])
            self._neighbours = document["neighbours"]
            for kept in document["ledgers"]:
                world.put(kept["account"], kept["region"], decode(state.Ledger, kept["ledger"]))
        except FileNotFoundError:
            return False
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ArchiveError(
                f"{path} is damaged or of another version of the model ({error!r}). "
                "Take the lab down and up again: its orders are lost then"
            ) from error
        return bool(document["ledgers"])

    @property
    def holds_neighbours(self) -> bool:
        """Tell whether an earlier life kept what moto's services held."""
        return self._neighbours is not None

    def restore_neighbours(self) -> None:
        """Put back what moto's services held.

        Raises:
            ArchiveError: The file is of another version of moto, or damaged.
        """
        if self._neighbours is not None:
            path = self._directory / self._neighbours
            try:
                kept = pickle.loads(path.read_bytes())  # noqa: S301 - we alone can write it
            except Exception as error:
                raise ArchiveError(
                    f"{path} is lost, damaged or of another version of moto ({error!r}). "
                    "Take the lab down and up again: its orders are lost then"
                ) from error
            for service, account, region, backend in kept:
                _backends(service)[account][region] = backend

    def follow_neighbours(self) -> None:
        """Keep what moto's services hold from now on: all that they held before is there."""
        self._follows_neighbours = True

    def write(self, world: World) -> None:
        """Keep the world as it is now; the caller holds its lock."""
        self._write_neighbours()
        self._write_records(world)

    def write_if_neighbours_changed(self, world: World) -> None:
        """Keep the world if moto's services hold something else now; the caller holds its lock."""
        if self._write_neighbours():
            self._write_records(world)

    def _write_records(self, world: World) -> None:
        document = {
            "ahead": world.clock.ahead,
            "quotas": asdict(world.quotas),
            "neighbours": self._neighbours,
            "fields": _fields(),
            "ledgers": [
                {"account": account, "region": region, "ledger": ledger}
                for account, region, ledger in world.ledgers()
            ],
        }
        self._replace(RECORDS, json.dumps(document, default=_row).encode())

    def _write_neighbours(self) -> bool:
        """Write what moto's services hold to the file that is not in force, and name that one.

        Returns:
            Whether it was written: not while they are just coming up, nor when it is there already.
        """
        if (
            not self._follows_neighbours
            or (content := pickle.dumps(_neighbours())) == self._content
        ):
            return False
        name = NEIGHBOURS[self._neighbours == NEIGHBOURS[0]]
        self._replace(name, content)
        self._neighbours, self._content = name, content
        return True

    def _replace(self, name: str, content: bytes) -> None:
        path, new = self._directory / name, self._directory / f"{name}.new"
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        new.replace(path)


def _document(text: str) -> dict[str, Any]:
    """Return what was kept; raises ValueError or KeyError if its rows are not ours."""
    document: dict[str, Any] = json.loads(text)
    if document["fields"] != _fields():
        raise ValueError("its records have other fields")
    return document


def _row(record: Any) -> Any:
    return _values(record.__class__)(record)


@cache
def _values(kind: Any) -> attrgetter[Any]:
    return attrgetter(*_names(kind))


@cache
def _names(kind: Any) -> list[str]:
    return [each.name for each in fields(kind)]


def _fields() -> dict[str, list[str]]:
    """Return what the rows hold, by the names of our records."""
    kinds: dict[str, Any] = {name: getattr(state, name) for name in state.__all__}
    return {name: _names(kind) for name, kind in kinds.items() if isinstance(kind, type)}


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def decode(kind: Any, value: Any) -> Any:
    """Return plain JSON as the type that it was written from."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return decode(next(each for each in arguments if each is not NoneType), value)
    if origin in (list, tuple):
        return origin(decode(arguments[0], each) for each in value)
    if origin is dict:
        return {key: decode(arguments[1], each) for key, each in value.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        hints, named = _hints(kind), zip(_names(kind), value, strict=True)
        return kind(**{name: decode(hints[name], each) for name, each in named})
    return value


def _backends(service: str) -> Any:
    return getattr(importlib.import_module(f"moto.{service}.models"), f"{service}_backends")


def _neighbours() -> list[tuple[str, str, str, Any]]:
    """Return the backends of the services that were loaded, each with account and Region."""
    return [
        (service, account, region, backend)
        for service in SERVICES
        if f"moto.{service}.models" in sys.modules
        for account, held in list(_backends(service).items())
        for region, backend in list(held.items())
    ]
