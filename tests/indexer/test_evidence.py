"""The sentence around a fact: no more and no less than its reader needs."""

from __future__ import annotations

import pytest

from indexer.evidence import sentence_bounds


@pytest.mark.parametrize(
    ("text", "read", "expected"),
    [
        ("We hold none. Section 31 applies here. Write to us.", "Section 31", "Section 31 applies here."),
        ("We hold none. Section 31 applies.\nWrite to us.", "Section 31 applies.", "Section 31 applies."),
        ("Under s. 31 we refuse. Thanks.", "31", "Under s. 31 we refuse."),
        ("It was 3.5 hours\nover the limit. Yes.", "hours", "It was 3.5 hours\nover the limit."),
        ("Title\n\nWe refuse\n\nMore", "refuse", "We refuse"),
        ("No stop at all", "stop", "No stop at all"),
    ],
)
def test_a_sentence_ends_where_its_writer_ended_it(text: str, read: str, expected: str) -> None:
    start = text.index(read)
    begin, finish = sentence_bounds(text, start, start + len(read))
    assert text[begin:finish] == expected
