# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""EC2 comes up behind: its import alone would double the start-up time of the lab."""

from __future__ import annotations

import logging
import os
import threading
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import botocore.session

from .accounts import DEFAULT_ACCOUNT
from .persistence import ArchiveError
from .seed import REGION, seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from moto.moto_server.werkzeug_app import DomainDispatcherApplication

    from .world import World

LOG = logging.getLogger(__name__)


class Ec2Loader:
    """Loads moto's EC2 in the background, restores and seeds it, and lets others wait for it."""

    def __init__(self, dispatcher: DomainDispatcherApplication, world: World) -> None:
        """Load into this dispatcher, with what the world's archive kept of an earlier life."""
        self._dispatcher = dispatcher
        self._world = world
        self._archive = archive = world.archive
        self._restores = archive is not None and archive.holds_neighbours
        self._ready = threading.Event()
        self._failure: Exception | None = None
        self._lock = threading.Lock()

    @property
    def is_ready(self) -> bool:
        """Tell whether EC2 is loaded and seeded."""
        return self._ready.is_set() and self._failure is None

    def wait_until_restored(self) -> None:
        """Return when all that an earlier life held is there, whose the access keys are too."""
        if self._restores:
            self.wait()

    def start(self) -> None:
        """Begin in the background."""
        threading.Thread(target=self._come_up, name="ec2", daemon=True).start()

    def _come_up(self) -> None:
        """Load; who waits is told of a failure instead of waiting for good."""
        try:
            self._load()
        except Exception as error:
            LOG.exception("EC2 did not come up")
            self._failure = error
        self._ready.set()

    def _load(self) -> None:
        from moto.moto_server.werkzeug_app import create_backend_app  # noqa: PLC0415 - loads moto

        # A thousand machine images that no circuit needs, for each account and Region.
        os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
        with _parsing_once():
            _install(self._world)
            application = create_backend_app("ec2")
        with self._dispatcher.lock:
            self._dispatcher.app_instances["ec2"] = application
        with self._lock:
            self._restore()
            seed(DEFAULT_ACCOUNT, REGION)
        if self._archive is not None:
            self._archive.follow_neighbours()

    def _restore(self) -> None:
        """Put back what was kept; without it the orders hang in the air, so there is no start."""
        try:
            if self._archive is not None:
                self._archive.restore_neighbours()
        except ArchiveError as error:
            LOG.critical("%s", error)
            os._exit(1)

    def wait(self) -> None:
        """Return when EC2 can answer.

        Raises:
            RuntimeError: It did not come up.
        """
        self._ready.wait()
        if self._failure is not None:
            raise RuntimeError("EC2 of the model did not come up") from self._failure

    def seed(self, account: str, region: str) -> dict[str, str]:
        """Make what is missing in an account and Region, and return the ids by Name."""
        self.wait()
        with self._lock:
            return seed(account, region)

    def reset(self) -> None:
        """Forget what moto's services hold, and seed anew."""
        from moto.moto_api._internal.models import moto_api_backend  # noqa: PLC0415 - loads moto

        self.wait()
        moto_api_backend.reset()
        self.seed(DEFAULT_ACCOUNT, REGION)


@contextmanager
def _parsing_once() -> Iterator[None]:
    """Let boto3 parse its list of Regions once, not for each session that moto makes meanwhile."""
    create = botocore.session.create_loader
    botocore.session.create_loader = cache(create)
    try:
        yield
    finally:
        botocore.session.create_loader = create


def _install(world: World) -> None:
    """Put our responses in the place of moto's; importing them loads moto's EC2."""
    from . import alarms, core_networks, ec2_service  # noqa: PLC0415 - that takes a second

    ec2_service.install(world)
    core_networks.install(world)
    alarms.install(world)
