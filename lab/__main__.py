# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's command line: `python -m lab up|patch|unpatch|fault|heal|calls|status|down`."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import cables, calls, faults, lifecycle
from .errors import LabError
from .state import LabState, sole_command
from .status import status
from .topology import NAME
from .topology_file import read_topology

if TYPE_CHECKING:
    from .result import Result

DEFAULT_TOPOLOGY = Path(__file__).parent / "dx.clab.yml"
LOOPBACK = re.compile(r"127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){2}")
AWS = "aws"
AWS_MODES = (
    *("drop-answer", "error-before", "error-after"),
    *("throttle", "expired-token", "slow", "stuck"),
)


def _up(options: argparse.Namespace, state: LabState) -> Result:
    topology = read_topology(options.topology)
    loopback = options.loopback or os.environ.get("LAB_LOOPBACK")
    loopback = loopback or lifecycle.loopback_of(topology)
    if not LOOPBACK.fullmatch(loopback):
        raise LabError(f"{loopback} is not the first three numbers of a 127.x.y network")
    with sole_command(state.name):
        return lifecycle.up(topology, state, loopback)


def _down(_: argparse.Namespace, state: LabState) -> Result:
    with sole_command(state.name):
        return lifecycle.down(state)


def _patch(options: argparse.Namespace, state: LabState) -> Result:
    with sole_command(state.name):
        return cables.patch(state, options.connection, options.port, options.aws_port)


def _unpatch(options: argparse.Namespace, state: LabState) -> Result:
    with sole_command(state.name):
        return cables.unpatch(state, options.connection)


def _fault(options: argparse.Namespace, state: LabState) -> Result:
    if options.connection == AWS:
        return faults.break_aws(state, _aws_fault(options))
    if options.kind is None:
        raise LabError(f"name the fault: {', '.join(faults.MEANING)}")
    fault = faults.cable_fault(options.kind, vlan=options.vlan, percent=options.percent)
    with sole_command(state.name):
        return faults.break_cable(state, options.connection, fault)


def _aws_fault(options: argparse.Namespace) -> dict[str, object]:
    if not options.mode:
        raise LabError("a fault of AWS needs --mode")
    keys = ("operation", "only", "mode", "skip", "count", "rate", "seed", "seconds")
    fields = {key: getattr(options, key) for key in keys}
    return {key: value for key, value in fields.items() if value is not None}


def _heal(options: argparse.Namespace, state: LabState) -> Result:
    if options.connection == AWS:
        return faults.heal_aws(state)
    with sole_command(state.name):
        return faults.heal_cable(state, options.connection)


def _calls(options: argparse.Namespace, state: LabState) -> Result:
    if options.mark:
        return calls.mark(state, options.mark)
    return calls.calls(state, options.since)


def _status(_: argparse.Namespace, state: LabState) -> Result:
    return status(state)


def _common() -> argparse.ArgumentParser:
    """Return the options that may stand before or behind the command."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--topology", type=Path, metavar="FILE", help="a containerlab file")
    common.add_argument("--name", help="another name than the topology's; or LAB_NAME")
    loopback = "where the nodes listen; or LAB_LOOPBACK"
    common.add_argument("--loopback", metavar="127.20.N", help=loopback)
    common.add_argument("--json", action="store_true", help="answer for machines")
    return common


def parser() -> argparse.ArgumentParser:
    """Return the grammar of the command line."""
    common = _common()
    top = argparse.ArgumentParser(prog="python -m lab", description=__doc__, parents=[common])
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[common])

    command("up", "bring the lab up").set_defaults(command=_up)
    command("down", "take the lab away").set_defaults(command=_down)
    command("status", "show the lab").set_defaults(command=_status)
    _add_cable_commands(command("patch", "put a cable in"), command("unpatch", "pull a cable out"))
    _add_fault_commands(command("fault", "break something"), command("heal", "mend it"))
    log = command("calls", "count what was asked of AWS")
    log.add_argument("--since", metavar="MARK|TIME", help="leave out what came before")
    log.add_argument("--mark", metavar="NAME", help="give this moment a name for --since")
    log.set_defaults(command=_calls)
    return top


def _add_cable_commands(patch: argparse.ArgumentParser, unpatch: argparse.ArgumentParser) -> None:
    for each, carry_out in ((patch, _patch), (unpatch, _unpatch)):
        each.add_argument("connection", help="the connection's name")
        each.set_defaults(command=carry_out)
    patch.add_argument(
        "--port", metavar="NODE:PORT", help="the customer's port, if not the free one"
    )
    aws_port = "AWS's port, without asking the model of AWS"
    patch.add_argument("--aws-port", metavar="NODE:PORT", help=aws_port)


def _add_fault_commands(fault: argparse.ArgumentParser, heal: argparse.ArgumentParser) -> None:
    for each, carry_out in ((fault, _fault), (heal, _heal)):
        each.add_argument("connection", help="the connection's name, or aws")
        each.set_defaults(command=carry_out)
    fault.add_argument("kind", nargs="?", choices=list(faults.MEANING))
    fault.add_argument("--vlan", type=int, help="for the fault vlan")
    fault.add_argument("--percent", type=int, help="for the fault loss")
    fault.add_argument("--operation", help="of AWS, such as CreateConnection; else all")
    fault.add_argument("--only", choices=("mutating", "reading"), help="operations that do so")
    fault.add_argument("--mode", choices=AWS_MODES)
    fault.add_argument("--skip", type=int, help="so many calls that fit pass first")
    fault.add_argument("--seed", type=int, help="where the chance of --rate begins")
    fault.add_argument("--count", type=int, help="how many calls it hits")
    fault.add_argument("--rate", type=float, help="or which share of them, 0 to 1")
    fault.add_argument("--seconds", type=float, help="how long a call of mode slow or stuck takes")


def _state(options: argparse.Namespace) -> LabState:
    name = options.name or os.environ.get("LAB_NAME") or read_topology(options.topology).name
    if not NAME.fullmatch(name):
        raise LabError(f"{name!r} is no name for a lab: 1 to 31 of a-z, 0-9 and -")
    return LabState(name=name)


def main() -> int:
    """Carry out one command and print its result."""
    defaults = argparse.Namespace(topology=DEFAULT_TOPOLOGY, name=None, loopback=None, json=False)
    options = parser().parse_args(namespace=defaults)
    os.umask(0o022)
    try:
        result: Result = options.command(options, _state(options))
    except LabError as error:
        print(f"lab: {error}", file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"lab: {error.filename} belongs to root: run it with sudo", file=sys.stderr)
        return 1
    machine = {"changed": result.changed, **result.data}
    # Whoever reads only the first lines ends this command without a word, as any filter's.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    print(json.dumps(machine, indent=1) if options.json else result.text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
