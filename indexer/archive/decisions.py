"""What an operator decided: taken out, masked, released. Each decision survives a re-crawl, an import, a rebuild."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Action(StrEnum):
    """What was decided."""

    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    MASK = "mask"
    ERASE = "erase"
    RELEASE = "release"
    LICENCE = "licence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """A passage to cover. The words themselves are not kept: their SHA-256 is, so that they are found in a text that
    has shifted since. Offsets are code points into the text of the page as extracted."""

    part: str
    page: int
    start: int
    end: int
    passage: str  # SHA-256 of the words

    @classmethod
    def over(cls, text: str, *, part: str, page: int, start: int, end: int) -> Mask:
        """A mask over ``text[start:end]``; raises ``ValueError`` where that is empty or outside the text."""
        raise NotImplementedError

    def cover(self, text: str, cipher: Callable[[str], str] | None = None) -> str | None:
        """The page's text with the passage covered, same length; None where the passage is no longer in it."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """By what a disclosure is known again: its id, (force, reference), hashes of bodies and of normalised text."""

    id: str | None = None
    forces: tuple[str, ...] = ()
    reference_key: str | None = None
    hashes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision as taken. ``reason`` is for the operator alone."""

    number: int
    action: Action
    reason: str
    decided_at: datetime
    id: str | None
    log: str | None = None
    until: date | None = None
    mask: Mask | None = None
    attachment: int | None = None
    full_text: bool | None = None  # licence: may full text be shown in public
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What stands about one disclosure today."""

    withdrawn: bool = False
    erased: bool = False
    suspended_until: date | None = None
    masks: tuple[Mask, ...] = ()
    released: frozenset[str] = frozenset()  # SHA-256 of bodies whose hold was undone

    @property
    def hidden(self) -> bool:
        """Not to be indexed, shown, exported or served in any way."""
        return self.withdrawn or self.erased or self.suspended_until is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEntry:
    """A line of the public log: what was taken out and when, not why."""

    on: date
    action: Action
    id: str
    forces: tuple[str, ...]
    reference_key: str | None
    until: date | None = None


class Decisions:
    """The table of decisions of one archive: ``archive.decisions``."""

    def decide(
        self,
        action: Action,
        reason: str,
        *,
        marks: Marks,
        until: date | None = None,
        mask: Mask | None = None,
        attachment: int | None = None,
    ) -> Decision:
        """Take a decision about one disclosure; the archive adds the hashes it knows to ``marks``.

        ``until`` goes with SUSPEND, ``mask`` with MASK, ``attachment`` with RELEASE (None is the main document; a
        release holds for exactly those bytes). ERASE is ``archive.erase``. Raises ``UnknownDisclosureError``.
        """
        raise NotImplementedError

    def licence(self, log: str, *, full_text: bool, reason: str) -> Decision:
        """The operator's switch for one log: may its full text and files be shown in public."""
        raise NotImplementedError

    def full_text(self, log: str) -> bool | None:
        """The switch as it stands, None where it was never set."""
        raise NotImplementedError

    def revoke(self, number: int, reason: str) -> Decision:
        """Undo a decision (never an erasure); the table keeps both."""
        raise NotImplementedError

    def all(self) -> tuple[Decision, ...]:
        """Every decision, newest first, revoked ones too."""
        raise NotImplementedError

    def verdict(self, marks: Marks, today: date) -> Verdict:
        """What stands about a disclosure, by any of its marks."""
        raise NotImplementedError

    def public_log(self) -> tuple[PublicEntry, ...]:
        """Withdrawals, suspensions and erasures that stand, newest first."""
        raise NotImplementedError
