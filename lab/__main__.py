# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's command line: `python -m lab up|down|...`, each with `--json`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from .errors import LabError
from .lifecycle import Result, down, loopback_of, up
from .state import LabState, sole_command
from .topology import read_topology

DEFAULT_TOPOLOGY = Path(__file__).parent / "dx.clab.yml"


def _up(options: argparse.Namespace) -> Result:
    topology = read_topology(options.topology)
    state = _state(options)
    loopback = options.loopback or os.environ.get("LAB_LOOPBACK") or loopback_of(topology)
    with sole_command(state.name):
        return up(topology, state, loopback)


def _down(options: argparse.Namespace) -> Result:
    state = _state(options)
    with sole_command(state.name):
        return down(state)


def _state(options: argparse.Namespace) -> LabState:
    name = options.name or os.environ.get("LAB_NAME") or read_topology(options.topology).name
    return LabState(name=name)


def parser() -> argparse.ArgumentParser:
    """Return the grammar of the command line."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--topology", type=Path, default=argparse.SUPPRESS, metavar="FILE")
    common.add_argument("--name", default=argparse.SUPPRESS, help="or LAB_NAME")
    common.add_argument("--loopback", default=argparse.SUPPRESS, metavar="127.20.N")
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    top = argparse.ArgumentParser(prog="python -m lab", description=__doc__, parents=[common])
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("up", parents=[common]).set_defaults(command=_up)
    commands.add_parser("down", parents=[common]).set_defaults(command=_down)
    return top


def main() -> int:
    """Carry out one command and print its result."""
    defaults = argparse.Namespace(topology=DEFAULT_TOPOLOGY, name=None, loopback=None, json=False)
    options = parser().parse_args(namespace=defaults)
    os.umask(0o022)
    try:
        result: Result = options.command(options)
    except LabError as error:
        print(f"lab: {error}", file=sys.stderr)
        return 1
    shown = json.dumps({"changed": result.changed, **result.data}, indent=1)
    print(shown if options.json else result.text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
