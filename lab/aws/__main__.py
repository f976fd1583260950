# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m lab.aws`: serve the model until told to stop."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from pathlib import Path

from .clock import Delays
from .persistence import Archive, ArchiveError
from .server import listen
from .world import World


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lab.aws", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=4566, help="port to listen on; 0: any")
    parser.add_argument(
        "--state", type=Path, required=True, help="the lab's state directory; may hold no lab"
    )
    parser.add_argument(
        "--pace", type=float, default=1.0, help="factor on the time that AWS's transitions take"
    )
    parser.add_argument(
        "--volatile", action="store_true", help="keep nothing on disk: big estates come up faster"
    )
    return parser.parse_args()


def main() -> int:
    """Serve until SIGTERM or SIGINT; prints the address once it answers."""
    arguments = _arguments()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    arguments.state.mkdir(parents=True, exist_ok=True)
    world = World(state_directory=arguments.state, delays=Delays().paced(arguments.pace))
    if not arguments.volatile:
        world.archive = Archive(arguments.state)
        try:
            world.archive.restore(world)
        except ArchiveError as error:
            print(error, file=sys.stderr)
            return 1
    server = listen(world, arguments.host, arguments.port)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    print(f"http://{server.host}:{server.port}", flush=True)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
