"""Which kind of file these bytes are. The server's word and the file's name only decide between kinds of text."""

from __future__ import annotations

import io
import re
import zipfile

import olefile

from indexer.disclosure import FailureKind
from indexer.extraction.document import (
    CSV,
    DOC,
    DOCX,
    HTML,
    MARKDOWN,
    ODS,
    ODT,
    PDF,
    RTF,
    TEXT,
    UNKNOWN,
    XLS,
    XLSB,
    XLSM,
    XLSX,
    Document,
    UnreadableError,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
# The content type of a package's main part names the format; a template opens as an ordinary file.
MAIN_PARTS = (
    (b"wordprocessingml.document.main+xml", DOCX),
    (b"wordprocessingml.template.main+xml", DOCX),
    (b"word.document.macroEnabled.main+xml", DOCX),
    (b"word.template.macroEnabledTemplate.main+xml", DOCX),
    (b"spreadsheetml.sheet.main+xml", XLSX),
    (b"spreadsheetml.template.main+xml", XLSX),
    (b"excel.sheet.macroEnabled.main+xml", XLSM),
    (b"excel.template.macroEnabled.main+xml", XLSM),
    (b"excel.sheet.binary.macroEnabled.main", XLSB),
)
MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|div|table|p|h1)[\s>/]", re.IGNORECASE)
HEAD = 4096  # bytes: the marks of every kind stand in the first of them
CONTENT_TYPES_BYTES = 1 << 20  # the list of a package's parts is some kB; more is an attack
EXTENSIONS = {
    "pdf": PDF, "html": HTML, "htm": HTML, "txt": TEXT, "md": MARKDOWN, "csv": CSV, "rtf": RTF, "doc": DOC,
    "docx": DOCX, "odt": ODT, "ods": ODS, "xls": XLS, "xlsx": XLSX, "xlsm": XLSM, "xlsb": XLSB,
}  # fmt: skip


def media_type(document: Document) -> str:
    """The media type by content.

    Raises UnreadableError (``password``) for an encrypted office file, whose kind cannot be seen from outside.
    """
    data = document.data
    head = data[:HEAD]
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data)
    if head.startswith(OLE):
        return _compound(data)
    if head.lstrip().startswith(b"{\\rtf"):
        return RTF
    for magic, kind in PICTURES:
        if head.startswith(magic):
            return kind
    return _text(document, head)


def claimed(document: Document) -> str | None:
    """What the name's ending or the server says it is, for telling of a mismatch."""
    _, dot, ending = document.name.rpartition(".")
    if dot and ending.lower() in EXTENSIONS:
        return EXTENSIONS[ending.lower()]
    return (document.media_type or "").partition(";")[0].strip().lower() or None


def _package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if any(info.flag_bits & 0x1 for info in package.infolist()):
                raise UnreadableError(FailureKind.PASSWORD, "parts of the package are encrypted")
            names = set(package.namelist())
            if "mimetype" in names:
                with package.open("mimetype") as part:
                    kind = part.read(200).decode("ascii", errors="replace").strip()
                return {ODT: ODT, ODS: ODS, ODT + "-template": ODT, ODS + "-template": ODS}.get(kind, kind)
            if "[Content_Types].xml" in names:
                with package.open("[Content_Types].xml") as part:
                    types = part.read(CONTENT_TYPES_BYTES)
                for mark, kind in MAIN_PARTS:
                    if mark in types:
                        return kind
    except zipfile.BadZipFile as error:
        raise UnreadableError(FailureKind.TRUNCATED, f"zip: {error}") from error
    except (NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableError(FailureKind.CORRUPT, f"zip: {type(error).__name__}") from error
    return "application/zip"


def _compound(data: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            if compound.exists("EncryptedPackage"):
                raise UnreadableError(FailureKind.PASSWORD, "the office file is encrypted")
            if compound.exists("WordDocument"):
                return DOC
            if compound.exists("Workbook") or compound.exists("Book"):
                return XLS
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise UnreadableError(FailureKind.TRUNCATED, f"compound file: {type(error).__name__}") from error
    return "application/x-ole-storage"


def _text(document: Document, head: bytes) -> str:
    said = claimed(document)
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare.startswith(b"<") and MARKUP.search(bare):
        return HTML
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return said if said in (MARKDOWN, CSV, HTML) else TEXT
    controls = sum(byte < 9 or 13 < byte < 27 for byte in head)
    if controls > len(head) * 0.02 and not _is_unmarked_utf16(head):
        return UNKNOWN
    if said == HTML and MARKUP.search(head):
        return HTML
    return said if said in (MARKDOWN, CSV) else TEXT


def _is_unmarked_utf16(head: bytes) -> bool:
    """UTF-16 without its mark: nearly every other byte of Latin text is zero, and always on the same side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) > len(head) * 0.4 and min(even, odd) < len(head) * 0.02
