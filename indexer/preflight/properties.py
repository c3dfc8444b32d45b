"""Whom a file's own properties name. Runs in a worker process: the properties of a hostile file are hostile too."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

import olefile
import pikepdf

from indexer.analysis import fold
from indexer.extraction.document import DOC, DOCX, HTML, ODS, ODT, PDF, RTF, XLS, XLSB, XLSM, XLSX, Document, Limits
from indexer.extraction.sniffing import media_type
from indexer.masking.wordlist import word_list

MOST: Final = 1024 * 1024  # bytes of a part with properties: real ones have a few hundred
_OOXML = {
    "docProps/core.xml": {"creator": "author", "lastModifiedBy": "last saved by"},
    "docProps/app.xml": {"Manager": "manager"},
}
_ODF = {
    "meta.xml": {"creator": "last saved by", "initial-creator": "author", "printed-by": "printed by"},
}
_RTF = re.compile(rb"\{\\(?P<name>author|operator|manager)\b ?(?P<value>[^{}]{0,200})\}")
_RTF_NAMES = {"author": "author", "operator": "last saved by", "manager": "manager"}
_OLE = {"author": "author", "last_saved_by": "last saved by", "manager": "manager"}
_META = re.compile(r"<meta\b[^>]{0,300}\bname=[\"']?author[\"']?[^>]{0,300}>", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent=[\"']([^\"']{0,200})", re.IGNORECASE)


def authors(document: Document, limits: Limits) -> tuple[str, ...]:  # noqa: ARG001 - the shape of a worker's task
    """Names of the properties in which a person is named. May raise whatever a library raises."""
    kind = media_type(document)
    found: Iterator[tuple[str, str]]
    if kind == PDF:
        found = _pdf(document.data)
    elif kind in (DOCX, XLSX, XLSM, XLSB):
        found = _package(document.data, _OOXML)
    elif kind in (ODT, ODS):
        found = _package(document.data, _ODF)
    elif kind == RTF:
        found = _rich(document.data)
    elif kind in (DOC, XLS):
        found = _compound(document.data)
    elif kind == HTML:
        found = _page(document.data)
    else:
        return ()
    return tuple(dict.fromkeys(name for name, value in found if names_a_person(value)))


def names_a_person(value: str) -> bool:
    """Whether a property's value can be a person: not empty, no program, no body, no team."""
    keys = [fold(word) for word in re.findall(r"[^\W\d_]+", value)]
    lists = word_list()
    nobody = lists.programs | lists.bodies | lists.units | lists.publics | lists.roles
    return bool(keys) and nobody.isdisjoint(keys)


def _pdf(data: bytes) -> Iterator[tuple[str, str]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield "author", str(pdf.docinfo.get("/Author", ""))
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            creators = metadata.get("dc:creator", [])
            for creator in [creators] if isinstance(creators, str) else creators:
                yield "author", str(creator)


def _package(data: bytes, wanted: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part, names in wanted.items():
            if part in package.namelist():
                text = package.open(part).read(MOST).decode("utf-8", "replace")
                for tag, name in names.items():
                    for value in re.findall(rf"<(?:\w+:)?{tag}(?: [^<>]*)?>([^<]{{0,300}})<", text):
                        yield name, html.unescape(value)


def _rich(data: bytes) -> Iterator[tuple[str, str]]:
    for found in _RTF.finditer(data):
        yield _RTF_NAMES[found["name"].decode()], found["value"].decode("latin-1")


def _compound(data: bytes) -> Iterator[tuple[str, str]]:
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        told = file.get_metadata()
        for key, name in _OLE.items():
            if value := getattr(told, key, None):
                yield name, value.decode("latin-1", "replace") if isinstance(value, bytes) else str(value)


def _page(data: bytes) -> Iterator[tuple[str, str]]:
    for found in _META.finditer(data[:MOST].decode("utf-8", "replace")):
        if content := _CONTENT.search(found.group()):
            yield "author", html.unescape(content[1])
