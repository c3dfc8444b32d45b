"""Words that a program divided at the end of a line, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

DIVIDED = re.compile(r"(\w*[^\W\d_])-\n([^\W\d_]+)")
SOFT = re.compile("\xad\n?|\u2010\n(?=[a-z])")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
MANY = 4  # divided words, and one line in 30: fewer are hyphens that the writer put
SHARE = 30


def joined(texts: Sequence[str]) -> list[str]:
    """The texts of the pages with divided words joined.

    A hyphen at the end of a line is ambiguous. It goes where the joined word stands elsewhere in the document, or where
    the document divides words throughout; it stays where the word with its hyphen stands elsewhere, and in all doubt.
    """
    texts = [SOFT.sub("", text) for text in texts]
    whole = "\n".join(texts)
    known = {word.lower() for word in WORD.findall(DIVIDED.sub(" ", whole))}
    divided = sum(1 for match in DIVIDED.finditer(whole) if match.group(2)[0].islower())
    throughout = divided >= MANY and divided * SHARE >= whole.count("\n")

    def mend(match: re.Match[str]) -> str:
        first, second = match.group(1), match.group(2)
        if not second[0].islower() or f"{first}-{second}".lower() in known:
            return match.group()
        if f"{first}{second}".lower() in known or (throughout and len(second) > 1):
            return f"{first}{second}"
        return match.group()

    return [DIVIDED.sub(mend, text) for text in texts]
