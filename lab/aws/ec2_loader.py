# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""EC2 comes up behind: its import alone would double the start-up time of the lab."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from .accounts import DEFAULT_ACCOUNT
from .seed import REGION, seed

if TYPE_CHECKING:
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication


class Ec2Loader:
    """Loads moto's EC2 in the background, seeds it, and lets others wait until that is done."""

    def __init__(self, dispatcher: DomainDispatcherApplication) -> None:
        """Load into this dispatcher."""
        self._dispatcher = dispatcher
        self._ready = threading.Event()
        self._lock = threading.Lock()

    @property
    def is_ready(self) -> bool:
        """Tell whether EC2 is loaded and seeded."""
        return self._ready.is_set()

    def start(self) -> None:
        """Begin in the background."""
        threading.Thread(target=self._load, name="ec2", daemon=True).start()

    def _load(self) -> None:
        from moto.moto_server.werkzeug_app import create_backend_app  # noqa: PLC0415 - loads moto

        # A thousand machine images that no circuit needs, for each account and Region.
        os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")

        application = create_backend_app("ec2")
        with self._dispatcher.lock:
            self._dispatcher.app_instances["ec2"] = application
        with self._lock:
            seed(DEFAULT_ACCOUNT, REGION)
        self._ready.set()

    def wait(self) -> None:
        """Return when EC2 can answer."""
        self._ready.wait()

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
