# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The login to one router over any NAPALM driver, and errors that an operator can read.

Keys come in here and go no further than the router: whatever a method returns or raises is masked.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .management import door
from .masking import mask
from .platforms import load, platform
from .unfinished import UnfinishedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class DeviceError(Exception):
    """What went wrong on a router, for the operator; holds no key."""


class DeviceUnfinishedError(DeviceError):
    """It is done, and what follows it is not."""


class DeviceLostError(DeviceError):
    """There is no login, or no longer."""


class Login:
    """A NAPALM driver that is opened once."""

    def __init__(  # noqa: PLR0913 - NAPALM's own parameters
        self,
        *,
        platform_name: str,
        host: str,
        user: str,
        name: str | None = None,
        password: str = "",
        timeout: int = 60,
        optional_args: Mapping[str, Any] | None = None,
    ) -> None:
        """Choose the driver; nothing is opened yet.

        Args:
            platform_name: One of `platforms.PLATFORMS`.
            host: The router's address, as all that follows for NAPALM's driver.
            user: Who logs in.
            name: What messages call the router.
            password: The user's.
            timeout: Seconds that a login may take.
            optional_args: The driver's own.
        """
        self.platform = platform(platform_name)
        self.name = name or host
        self.door = door(platform_name, host, optional_args or {})
        self.logins = 0
        self.commits = 0
        self._keys: dict[str, str] = {}
        self._closed = False
        with self._explained():
            driver = load(self.platform.driver)
            self.driver = driver(
                host, user, password, timeout=timeout, optional_args=dict(optional_args or {})
            )

    def open(self) -> None:
        """Log in."""
        self._closed = False
        with self._explained():
            self.driver.open()
        self.logins += 1

    def close(self) -> None:
        """Log out; a session that is closed already is left at that."""
        if self._closed:
            return
        with self._explained():
            self.driver.close()
        self._closed = True

    def is_alive(self) -> bool:
        """Whether the session is open."""
        return bool(self.driver.is_alive()["is_alive"])

    @property
    def counters(self) -> dict[str, int]:
        """How often it logged in and committed."""
        return {"logins": self.logins, "commits": self.commits}

    @contextmanager
    def _explained(self) -> Iterator[None]:
        if self._closed:
            raise DeviceLostError(f"{self.name}: the session is closed: open it first")
        try:
            yield
        except NotImplementedError as error:
            name = self.platform.name
            raise DeviceError(f"{self.name}: platform {name} cannot do this: {error}") from None
        except DeviceError:
            raise
        except ModuleNotFoundError as error:
            raise DeviceLostError(
                f"{self.name}: Python on the controller lacks {error.name}: install what"
                " requirements.txt names"
            ) from None
        except Exception as error:  # noqa: BLE001 - drivers raise what they like; all is masked
            words = mask(str(error) or type(error).__name__, self._keys)
            text = words if words.startswith(self.name) else f"{self.name}: {words}"
            if isinstance(error, UnfinishedError):
                raise DeviceUnfinishedError(text) from None
            raise (DeviceError if self._stands() else DeviceLostError)(text) from None

    def _stands(self) -> bool:
        """Whether an error came from a router that is still there."""
        try:
            return self.is_alive()
        except Exception:  # noqa: BLE001 - no driver yet, or one that has lost its session
            return False
