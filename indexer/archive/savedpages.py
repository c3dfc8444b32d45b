"""Pages that a person saved from a browser: which address they are of, and when they were saved. Pure but for "
"sidecars."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

HEAD = 1 << 14  # bytes: browsers and extensions write their note before the page's own head ends
SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)", re.IGNORECASE)  # Internet Explorer, Chrome, Edge
SINGLE_FILE = re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)(?:\s+saved date:\s*([^\n]+?)\s*\n)?")
CANONICAL = re.compile(rb"<link\b[^>]*\brel\s*=\s*[\"']?canonical\b[^>]*>", re.IGNORECASE)
OPEN_GRAPH = re.compile(rb"<meta\b[^>]*\bproperty\s*=\s*[\"']og:url[\"'][^>]*>", re.IGNORECASE)
REFERENCE = re.compile(rb"\b(?:href|content)\s*=\s*[\"']?(https?://[^\s\"'>]+)", re.IGNORECASE)
WEB_ADDRESS = re.compile(r"https?://\S+")
SINGLE_FILE_DATE = "%a %b %d %Y %H:%M:%S GMT%z"
SUFFIXES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".aspx", ".php")
SIDECAR = ".url"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A page with the address it was saved from. ``saved_at`` is None where nothing says when."""

    url: str
    body: bytes
    content_type: str
    saved_at: datetime | None = None


def may_be_page(path: Path) -> bool:
    """Whether a file's name ends like a saved page's."""
    return path.suffix.lower() in SUFFIXES


def sidecar_of(path: Path) -> str | None:
    """The address in ``NAME.html.url`` or ``NAME.url``: alone on a line, or as a shortcut of Windows has it."""
    for beside in (path.with_name(path.name + SIDECAR), path.with_suffix(SIDECAR)):
        if beside.is_file() and beside != path:
            found = WEB_ADDRESS.search(beside.read_text("utf-8", "replace"))
            if found:
                return found[0]
    return None


def read(data: bytes, sidecar: str | None = None) -> SavedPage | None:
    """The saved page in a file; None where nothing tells which address it is of.

    A sidecar is believed before the note that a browser left, and that before what the page calls its own address.
    """
    if page := _mhtml(data, sidecar):
        return page
    head = data[:HEAD]
    saved_at = None
    noted = None
    if found := SINGLE_FILE.search(head):
        noted, saved_at = _text(found[1]), _single_file_date(_text(found[2] or b""))
    elif found := SAVED_FROM.search(head):
        noted = _text(found[1])
    url = sidecar or noted or _own_address(data)
    if url is None or not WEB_ADDRESS.fullmatch(url):
        return None
    return SavedPage(url=url, body=data, content_type="text/html", saved_at=saved_at)


def _own_address(data: bytes) -> str | None:
    for pattern in (CANONICAL, OPEN_GRAPH):
        for tag in pattern.finditer(data):
            if found := REFERENCE.search(tag[0]):
                return _text(found[1]).replace("&amp;", "&")
    return None


def _mhtml(data: bytes, sidecar: str | None) -> SavedPage | None:
    """A page saved as a single file by Chrome or Edge: mail with the page as its first HTML part."""
    if b"multipart/related" not in data[:HEAD].lower():
        return None
    message = email.message_from_bytes(data, policy=email.policy.default)
    part = next((p for p in message.walk() if p.get_content_type() == "text/html"), None)
    if not isinstance(part, EmailMessage):
        return None
    url = sidecar or message["Snapshot-Content-Location"] or part["Content-Location"]
    body = part.get_payload(decode=True)
    if not url or not WEB_ADDRESS.fullmatch(str(url)) or not isinstance(body, bytes):
        return None
    charset = part.get_content_charset() or "utf-8"
    return SavedPage(
        url=str(url),
        body=body,
        content_type=f"text/html; charset={charset}",
        saved_at=_mail_date(str(message["Date"] or "")),
    )


def _mail_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _single_file_date(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.partition(" (")[0], SINGLE_FILE_DATE)
    except ValueError:
        return None


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
