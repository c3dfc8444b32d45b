"""What the makers of test files share: the word that must never come out, the words that must, and package surgery."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

CANARY = "Zanzibarcanary"  # stands where nobody sees it; a test that finds it has found a leak
VISIBLE = "Burglaries recorded in Ambershire"

Edit = Callable[[bytes], bytes]


def repacked(data: bytes, edits: Mapping[str, Edit] | None = None, added: Mapping[str, bytes] | None = None) -> bytes:
    """A zip package with some parts changed and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        missing = set(edits or {}) - set(names)
        assert not missing, f"no such parts: {missing} in {names}"
        for name in names:
            part = old.read(name)
            new.writestr(name, (edits or {}).get(name, lambda same: same)(part))
        for name, part in (added or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def swap(old: bytes, new: bytes) -> Edit:
    """An edit that replaces one stretch of a part, and fails where it is not there."""

    def edit(part: bytes) -> bytes:
        assert old in part, f"{old!r} is not in {part[:2000]!r}"
        return part.replace(old, new, 1)

    return edit


def related(kind: str, target: str, *, mode: str = "") -> Edit:
    """An edit of a relations part: one more arrow."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    arrow = f'<Relationship Id="rIdX{len(target)}" Type="{base}{kind}" Target="{target}"{mode}/>'
    return swap(b"</Relationships>", arrow.encode() + b"</Relationships>")
