"""What can go wrong with an archive, each with the way to mend it in its message."""

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot do what was asked; the message says why and how to mend it."""


class ArchiveMissingError(ArchiveError):
    """There is no archive in the folder."""


class ArchiveBusyError(ArchiveError):
    """Another process is writing to this archive: one writer at a time."""


class ArchiveVersionError(ArchiveError):
    """The catalogue was made by another version of Crossforce."""


class RegistryMismatchError(ArchiveError):
    """The archive was made with another registry of forces; real and invented forces never mix."""


class UnknownDisclosureError(ArchiveError):
    """No disclosure has this id."""


class RecordUnreadableError(ArchiveError):
    """A WARC record is not where the catalogue says, or is damaged; ``crossforce verify`` says which."""


class BodyTooLargeError(ArchiveError):
    """A body unpacks to more than the archive hands out in one piece."""


class SharedPageError(ArchiveError):
    """A page holds several disclosures, so that one alone cannot be erased from it."""
