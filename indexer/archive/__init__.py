"""The archive: every answer kept as evidence in WARC files, and a catalogue that knows whose and what each one is.

``Archive`` is the way in; ``verify`` checks every digest. See ``docs/archive.md``.
"""

from indexer.archive.decisions import Action, Decision, Decisions, PublicEntry, Standing, Verdict
from indexer.archive.erasing import Erasure
from indexer.archive.errors import (
    ArchiveBusyError,
    ArchiveError,
    ArchiveMissingError,
    ArchiveVersionError,
    BodyTooLargeError,
    RecordUnreadableError,
    RegistryMismatchError,
    SharedPageError,
    UnknownDisclosureError,
)
from indexer.archive.folder import Archive
from indexer.archive.masks import Mask, cover
from indexer.archive.model import (
    Capture,
    Counts,
    Exchange,
    Filed,
    Item,
    Kind,
    Listed,
    Marks,
    Page,
    Problem,
    RunRecord,
    RunStatus,
    State,
    Stored,
    StoredAttachment,
    Want,
)
from indexer.archive.runs import Run
from indexer.archive.texts import TextCache

__all__ = [
    "Action",
    "Archive",
    "ArchiveBusyError",
    "ArchiveError",
    "ArchiveMissingError",
    "ArchiveVersionError",
    "BodyTooLargeError",
    "Capture",
    "Counts",
    "Decision",
    "Decisions",
    "Erasure",
    "Exchange",
    "Filed",
    "Item",
    "Kind",
    "Listed",
    "Marks",
    "Mask",
    "Page",
    "Problem",
    "PublicEntry",
    "RecordUnreadableError",
    "RegistryMismatchError",
    "Run",
    "RunRecord",
    "RunStatus",
    "SharedPageError",
    "Standing",
    "State",
    "Stored",
    "StoredAttachment",
    "TextCache",
    "UnknownDisclosureError",
    "Verdict",
    "Want",
    "cover",
]
