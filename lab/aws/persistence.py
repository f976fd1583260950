# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model's memory on disk: whatever a call was told to be done is there after a kill.

Two files in the state directory, each replaced at once and readable by its owner only, for they
hold keys: our own records as JSON, and the backends of moto's services as moto has them.
"""

from __future__ import annotations

import importlib
import json
import os
import pickle
import sys
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from .quotas import Quotas
from .state import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from .world import World

RECORDS, NEIGHBOURS = "aws-state.json", "aws-neighbours.pickle"
# The services of moto whose state is kept. Keys of assumed roles are IAM's.
SERVICES = ("ec2", "iam", "networkmanager", "sts")


class ArchiveError(Exception):
    """What is on disk cannot be read; the text is for the operator."""


class Archive:
    """The two files of one world."""

    def __init__(self, directory: Path) -> None:
        """Keep the files in this directory."""
        self._directory = directory
        self._follows_neighbours = False

    def restore(self, world: World) -> bool:
        """Put the records of an earlier life into a new world, and tell whether there were any.

        Raises:
            ArchiveError: The file is of another version of the model, or damaged.
        """
        path = self._directory / RECORDS
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            world.clock.advance(document["ahead"])
            world.quotas = Quotas(**document["quotas"])
            for kept in document["ledgers"]:
                world.put(kept["account"], kept["region"], decode(Ledger, kept["ledger"]))
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
        return (self._directory / NEIGHBOURS).exists()

    def restore_neighbours(self) -> None:
        """Put back what moto's services held.

        Raises:
            ArchiveError: The file is of another version of moto, or damaged.
        """
        path = self._directory / NEIGHBOURS
        if self.holds_neighbours:
            try:
                kept = pickle.loads(path.read_bytes())  # noqa: S301 - we alone can write it
            except Exception as error:
                raise ArchiveError(
                    f"{path} is damaged or of another version of moto ({error!r}). "
                    "Take the lab down and up again: its orders are lost then"
                ) from error
            for service, account, region, backend in kept:
                _backends(service)[account][region] = backend

    def follow_neighbours(self) -> None:
        """Keep what moto's services hold from now on: all that they held before is there."""
        self._follows_neighbours = True

    def write(self, world: World) -> None:
        """Keep the world as it is now; the caller holds its lock."""
        document = {
            "ahead": world.clock.ahead,
            "quotas": asdict(world.quotas),
            "ledgers": [
                {"account": account, "region": region, "ledger": ledger}
                for account, region, ledger in world.ledgers()
            ],
        }
        self._replace(RECORDS, json.dumps(document, default=_plain).encode())
        self.write_neighbours()

    def write_neighbours(self) -> None:
        """Keep what moto's services hold now, unless they are just coming up."""
        if self._follows_neighbours:
            self._replace(NEIGHBOURS, pickle.dumps(_neighbours()))

    def _replace(self, name: str, content: bytes) -> None:
        path, new = self._directory / name, self._directory / f"{name}.new"
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        new.replace(path)


def _plain(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in _names(record.__class__)}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


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
        hints = _hints(kind)
        return kind(**{name: decode(hints[name], each) for name, each in value.items()})
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
