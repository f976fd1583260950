# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One session with one router, over any NAPALM driver, with or without Ansible.

Keys come in here and go no further than the router: whatever a method returns or raises is masked.
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Literal

from . import checks, quiet
from .drained import drained, shut
from .fingerprints import Fingerprints
from .management import door
from .masking import fill, mask, without_secrets
from .owned import compose
from .platforms import load, platform
from .refusals import refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

Mode = Literal["merge", "replace", "owned"]
TOUCHED = re.compile(r"^(?:[-+]\s+(?:no )?neighbor|[-+ ] (?:interface|link)) (\S+)", re.MULTILINE)

# What a router is asked for beside NAPALM's getters.
_OURS = {"drained": drained, "shut": shut}


class DeviceError(Exception):
    """What went wrong on a router, for the operator; holds no key."""


class DeviceLostError(DeviceError):
    """There is no login, or no longer."""


class Session:
    """A NAPALM session that is opened once and used for a whole transaction."""

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
        fingerprints: Path | None = None,
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
            fingerprints: Where keys are remembered that only the router can read; None for as long
                as the session lasts.
        """
        self.platform = platform(platform_name)
        self.name = name or host
        self.door = door(platform_name, host, optional_args or {})
        self.logins = 0
        self.commits = 0
        self._keys: dict[str, str] = {}
        self._closed = False
        self._committed = False
        self._on_probation = False
        self._touched: set[str] = set()
        self._fingerprints = Fingerprints(fingerprints)
        self._owned: tuple[str, Collection[str]] | None = None
        with self._explained():
            driver = load(self.platform.driver)
            self.driver = driver(
                host, user, password, timeout=timeout, optional_args=dict(optional_args or {})
            )

    # --- the session ---------------------------------------------------------------------------

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
            raise (DeviceError if self._stands() else DeviceLostError)(text) from None

    def _stands(self) -> bool:
        """Whether an error came from a router that is still there."""
        try:
            return self.is_alive()
        except Exception:  # noqa: BLE001 - no driver yet, or one that has lost its session
            return False

    # --- reading -------------------------------------------------------------------------------

    def facts(self, getters: Sequence[str]) -> dict[str, Any]:
        """Run getters by their names without `get_`; adds `taken_at`, seconds since 1970.

        Secrets that have fields of their own are hidden.

        `drained` is one of ours: the owners whose way carries no traffic; and so is `shut`, those
        whose sessions are down by the router's own will.
        """
        result: dict[str, Any] = {}
        for name in getters:
            with self._explained():
                if name == "config":
                    found = self.driver.get_config(sanitized=True)
                    result[name] = {key: mask(text, self._keys) for key, text in found.items()}
                elif name in _OURS:
                    known = bool(self.platform.language)
                    result[name] = _OURS[name](self.platform, self._running()) if known else []
                else:
                    result[name] = without_secrets(getattr(self.driver, f"get_{name}")())
        # Read last: who compares uptimes later must not expect more of them than there can be.
        return {**result, "taken_at": time.time()}

    def run(self, commands: list[str]) -> dict[str, str]:
        """Give show commands to the router."""
        with self._explained():
            answers = self.driver.cli(commands)
        return {command: mask(text, self._keys) for command, text in answers.items()}

    def ping(self, destination: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Ping from the router; options are NAPALM's (source, count, size...)."""
        with self._explained():
            answer: dict[str, Any] = self.driver.ping(destination, **dict(options or {}))
        return answer

    # --- changing ------------------------------------------------------------------------------

    def load(
        self,
        text: str,
        *,
        keys: Mapping[str, str] | None = None,
        mode: Mode = "merge",
        owners: Collection[str] = (),
    ) -> str:
        """Load a candidate and return what it would change, masked; empty when nothing.

        The candidate and its lock stay until commit or discard.
        """
        self._keys.update(keys or {})
        self._touched = set()
        with self._explained():
            if faults := refused(text, tuple((keys or {}).values())) if mode == "owned" else []:
                raise DeviceError(f"{self.name}: nothing was loaded: {'; '.join(faults)}")
            wanted = fill(text, keys or {})
            try:
                diff = self._load(wanted, mode, owners)
            except Exception:
                self.driver.discard_config()
                raise
        self._touched |= set(TOUCHED.findall(diff))
        return mask(diff, self._keys)

    def _load(self, wanted: str, mode: Mode, owners: Collection[str]) -> str:
        """Load a candidate unless it is known to change nothing, and return the difference."""
        self._owned = (wanted, owners) if mode == "owned" else None
        if mode == "owned":
            recall = self._fingerprints.recall
            candidate = compose(self.platform, self._locked(), wanted, owners, recall)
            self._touched = set(candidate.touched)
            mode, wanted = candidate.mode, candidate.text
            if not wanted:
                return ""
        if mode == "replace":
            self.driver.load_replace_candidate(config=wanted)
        else:
            self.driver.load_merge_candidate(config=wanted)
        diff = str(self.driver.compare_config())
        if not diff and self._owned and self.platform.compare_ignores_case:
            # A description, or a key that is printed in clear, in other capitals.
            return "\n".join(f"+{line}" for line in wanted.splitlines())
        return diff

    def _locked(self) -> str:
        """Return the running configuration, held against other runs where the router can do so.

        A whole configuration that is composed of an older one would undo what came between.
        """
        lock = self.platform.lock
        return str(load(lock)(self.driver)) if lock else self._running()

    def _running(self) -> str:
        form = self.platform.running_format
        return str(self.driver.get_config(retrieve="running", format=form)["running"])

    def _learn(self) -> None:
        """Remember the keys of a commit that stays, as the router prints them now.

        What reads ours and asks for each key that it cannot read is the composing of changes.
        """
        if self._owned is None or not self._keys or not self.platform.hides_keys:
            return
        try:
            compose(self.platform, self._running(), *self._owned, self._fingerprints.learn)
            self._fingerprints.save()
        except Exception as error:  # noqa: BLE001 - as in _explained; all is masked
            raise DeviceError(
                f"{self.name}: the commit is kept, but its keys could not be remembered, so the"
                f" next run will set those again that only the router can read:"
                f" {mask(str(error), self._keys)}"
            ) from None

    def require(self, *, revert_in: int | None = None) -> None:
        """Refuse to begin where the router lacks something, with all that it lacks at once.

        Args:
            revert_in: As for commit: what a router needs to take a commit back counts only with it.
        """
        self._check_revert(revert_in)
        look = getattr(self.driver, "preconditions", None)
        with self._explained():
            lacks = look(revert_in) if look else []
        if lacks:
            raise DeviceError(f"{self.name}: nothing was changed: {'; '.join(lacks)}")

    def commit(
        self, *, message: str = "", revert_in: int | None = None, probation: bool = False
    ) -> dict[str, Any] | None:
        """Commit; with revert_in returns the pending commit {owner, since, deadline}.

        Args:
            message: For platforms that keep one.
            revert_in: Seconds after which the router takes the commit back unless it is confirmed.
            probation: Without revert_in: this session takes the commit back if it is asked to, and
                nobody does if it dies.
        """
        with self._explained():
            self._check_revert(revert_in)
            words = {"message": message} if message and self.platform.message else {}
            self.driver.commit_config(**words, revert_in=revert_in)
            self._committed = revert_in is not None
            self._on_probation = probation and revert_in is None
            self.commits += 1
            if settle := getattr(self.driver, "settle", None):
                settle(sorted(self._touched))
            if revert_in is None and not probation:
                self._learn()
        return None if revert_in is None else self.pending()

    def _check_revert(self, seconds: int | None) -> None:
        name = self.platform.name
        if seconds is None:
            return
        if not self.platform.revert:
            raise DeviceError(
                f"{self.name}: platform {name} does not take a commit back by itself, so a run that"
                " dies would leave it half tested: to accept that, name the router in"
                " edge_router_allow_no_revert"
            )
        low, high = self.platform.revert_minimum_seconds, self.platform.revert_maximum_seconds
        step = self.platform.revert_step_seconds
        if not low <= seconds <= high or seconds % step:
            raise DeviceError(
                f"{self.name}: platform {name} reverts after {low} to {high} seconds in steps of"
                f" {step}, not after {seconds}"
            )

    def confirm(self) -> bool:
        """Keep the pending commit; returns whether there was one."""
        with self._explained():
            if self._on_probation:
                self._on_probation = False
                self._learn()
                return False
            if not self.driver.has_pending_commit():
                if self._committed:
                    # It was there: the router has taken it back. Let the driver say so.
                    self.driver.confirm_commit()
                return False
            self.driver.confirm_commit()
            self._committed = False
            self._learn()
        return True

    def rollback(self, *, force: bool = False) -> bool:
        """Take this owner's unconfirmed commit back; returns whether there was one.

        What the router has taken back already is left at that: a driver's own rollback would go on
        to the commit before it. A commit on probation is this session's to take back.

        Args:
            force: Take back whoever's commit it is, a final one included.
        """
        with self._explained():
            if not force and not self._on_probation and not self._is_pending():
                self._committed = False
                self.driver.discard_config()
                return False
            with self._force() if force else nullcontext():
                self.driver.rollback()
            self._committed = self._on_probation = False
        return True

    @contextmanager
    def _force(self) -> Iterator[None]:
        """Let the driver's rollback ask nothing, this once."""
        options = _options(self.driver)
        self.driver.optional_args = {**options, "force_rollback": True}
        try:
            yield
        finally:
            self.driver.optional_args = options

    def _is_pending(self) -> bool:
        """Whether a commit of ours awaits its confirmation, one cut short by a signal included."""
        record = self.pending()
        owner = _options(self.driver).get("owner")
        return record is not None and (self._committed or bool(owner and record["owner"] == owner))

    def discard(self) -> None:
        """Forget the candidate."""
        with self._explained():
            self.driver.discard_config()

    def pending(self) -> dict[str, Any] | None:
        """Return the pending commit, as far as the platform tells: owner, since, deadline."""
        with self._explained():
            try:
                if not self.driver.has_pending_commit():
                    return None
            except NotImplementedError:
                return None
            record = getattr(self.driver, "pending", None) or {}
        return {name: record.get(name) for name in ("owner", "since", "deadline")}

    # --- judging -------------------------------------------------------------------------------

    def check(  # noqa: PLR0913 - the gates' own parameters
        self,
        *,
        bgp: Sequence[Mapping[str, Any]] = (),
        bfd: bool = False,
        prefixes: bool = False,
        management: bool = False,
        baseline: Mapping[str, Any] | None = None,
        timeout: float = 30.0,
    ) -> checks.Outcome:
        """Wait until all sessions are up and what was up before still is; see `checks`."""
        with self._explained():
            return checks.wait(
                self,
                bgp=[
                    {**one, "interface": self.platform.interface(one["interface"])} for one in bgp
                ],
                bfd=bfd,
                prefixes=prefixes,
                management=management,
                baseline=baseline,
                timeout=timeout,
                changed=self._touched,
            )

    def quiet(
        self,
        interfaces: Sequence[str],
        *,
        packets_per_second: float = 20.0,
        interval: float = 5.0,
        timeout: float = 120.0,
    ) -> list[dict[str, Any]]:
        """Wait until interfaces carry next to nothing; see `quiet`."""
        with self._explained():
            return quiet.wait(
                self.driver,
                interfaces,
                packets_per_second=packets_per_second,
                interval=interval,
                timeout=timeout,
            )


def _options(driver: Any) -> dict[str, Any]:
    return dict(getattr(driver, "optional_args", {}) or {})
