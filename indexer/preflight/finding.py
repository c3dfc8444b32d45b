"""One thing to look at before a document is published, and where in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.disclosure import Part, Span, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """``where`` says the place and never what is hidden or covered there; ``mend`` what a person can do."""

    kind: str
    where: str
    mend: str


class Pages:
    """The pages of one document, so that an offset becomes "page 2, line 14"."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self._lines: dict[tuple[str, int], list[int]] = {}
        for part in parts:
            starts = [0]
            while (at := part.text.find("\n", starts[-1])) >= 0:
                starts.append(at + 1)
            self._lines[part.part, part.page] = starts
        self._several = len(parts) > 1

    def place(self, part: str, page: int, start: int) -> str:
        """Page and line of an offset, both counted from 1; the page alone is left out where there is but one."""
        line = bisect_right(self._lines.get((part, page), [0]), start)
        return f"page {page}, line {line}" if self._several else f"line {line}"

    def of(self, span: Span) -> str:
        """Where a span begins."""
        return self.place(span.part, span.page, span.start)

    def answer(self) -> list[tuple[Part, int, int]]:
        """The stretches in the authority's own voice: page, start, end."""
        return [
            (part, voiced.start, voiced.end)
            for part in self.parts
            for voiced in part.roles
            if voiced.role is Voice.ANSWER
        ]
