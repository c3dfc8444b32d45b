"""One run over one log: what is still to fetch, what was found, and the count at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.archive.model import Capture, Counts, Filed, Kind, Listed, Page, RunStatus, State, Want


class Run:
    """Every method commits before it returns, so that a run killed at any moment goes on where it was.

    The order of use: ``want`` the log's listing; for each ``pending`` address fetch it, ``keep`` it, and then say what
    it was with exactly one of ``file_listing``, ``file_item``, ``file_attachment``, ``same``, ``redirected``, ``gone``,
    ``failed`` or ``done``; when the listing was walked to its end, fetch what ``unlisted`` adds; then ``finish``.
    """

    number: int
    log: str
    resumed: bool  # goes on with a run that was stopped

    def want(self, url: str, kind: Kind, *, listed: Listed | None = None) -> bool:
        """Put an address on the list of what to fetch; false where it is there already, was fetched, or was erased."""
        raise NotImplementedError

    def pending(self) -> Iterator[Want]:
        """What is still to fetch, in the order it was asked for."""
        raise NotImplementedError

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """(ETag, Last-Modified) of the body held for this address, for a conditional request; None where unknown."""
        raise NotImplementedError

    def file_listing(
        self, url: str, capture: Capture, listed: Sequence[Listed], further: Sequence[str] = ()
    ) -> tuple[Want, ...]:
        """A listing page was read: its lines, and the further pages it leads to. Returns what is newly wanted."""
        raise NotImplementedError

    def file_item(self, url: str, capture: Capture, page: Page) -> tuple[Filed, ...]:
        """A page with one answer or several was read. Its attachments are put on the list. No items is ``done``."""
        raise NotImplementedError

    def file_attachment(self, url: str, capture: Capture) -> State:
        """A file was fetched. One that changed makes its disclosure changed, even where the page did not."""
        raise NotImplementedError

    def same(self, url: str, capture: Capture) -> tuple[Filed, ...]:
        """304: nothing changed at this address. For an item its attachments are put on the list."""
        raise NotImplementedError

    def redirected(self, url: str, target: str, capture: Capture | None = None) -> tuple[Want, ...]:
        """301, 302, 307 or 308 from a known address to another of the same log; the target is put on the list."""
        raise NotImplementedError

    def gone(self, url: str, capture: Capture | None = None) -> None:
        """404 or 410, and only that: a challenge page or a 5xx is ``failed``."""
        raise NotImplementedError

    def failed(self, url: str, reason: str) -> None:
        """It could not be fetched or read this time; what is known of it stays."""
        raise NotImplementedError

    def done(self, url: str, capture: Capture | None = None) -> None:
        """Fetched, and nothing of ours: a policy page, a listing that was already walked."""
        raise NotImplementedError

    def unlisted(self) -> tuple[Want, ...]:
        """Known disclosures that the listing no longer shows, put on the list to be asked once more.

        Call it only where the listing was walked to its end.
        """
        raise NotImplementedError

    def finish(self, status: RunStatus) -> Counts:
        """Settle what moved and what is gone, and close the run."""
        raise NotImplementedError
