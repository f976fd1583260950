# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One session with one router, over any NAPALM driver, with or without Ansible."""

from __future__ import annotations

import re
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Literal

from . import checks
from .fingerprints import Fingerprints
from .login import DeviceError, DeviceLostError, DeviceUnfinishedError
from .masking import fill, mask
from .owned import compose
from .platforms import load
from .reading import Reader
from .refusals import refused
from .unfinished import UnfinishedError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["DeviceError", "DeviceLostError", "DeviceUnfinishedError", "Session"]

Mode = Literal["merge", "replace", "owned"]
TOUCHED = re.compile(r"^(?:[-+]\s+(?:no )?neighbor|[-+ ] (?:interface|link)) (\S+)", re.MULTILINE)


class Session(Reader):
    """A NAPALM session that is opened once and used for a whole transaction."""

    def __init__(self, *, fingerprints: Path | None = None, **login: Any) -> None:
        """Choose the driver; nothing is opened yet.

        Args:
            fingerprints: Where keys are remembered that only the router can read; None for as long
                as the session lasts.
            login: As for `Login`.
        """
        self._committed = False
        self._on_probation = False
        self._touched: set[str] = set()
        self._fingerprints = Fingerprints(fingerprints)
        self._owned: tuple[str, Collection[str]] | None = None
        super().__init__(**login)

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
            raise UnfinishedError(
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
            # Before it: a commit whose answer is lost, or that is not saved, is to be taken back.
            self._on_probation = probation and revert_in is None
            self.driver.commit_config(**words, revert_in=revert_in)
            self._committed = revert_in is not None
            self.commits += 1
            if settle := getattr(self.driver, "settle", None):
                settle(sorted(self._touched))
            if revert_in is None and not probation:
                self._learn()
        return None if revert_in is None else self.pending()

    def _check_revert(self, seconds: int | None) -> None:
        if seconds is not None and (words := self.platform.refuses_to_revert(seconds)):
            raise DeviceError(f"{self.name}: platform {self.platform.name} {words}")

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


def _options(driver: Any) -> dict[str, Any]:
    return dict(getattr(driver, "optional_args", {}) or {})
