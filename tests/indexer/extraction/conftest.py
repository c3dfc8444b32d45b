"""One pool of workers for all tests of extraction, as a run has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from indexer.disclosure import Extraction
from indexer.extraction import Document, Extractor, Limits


@pytest.fixture(scope="session")
def extractor() -> Iterator[Extractor]:
    with Extractor(limits=Limits(seconds=60), workers=2) as pool:
        yield pool


@pytest.fixture(scope="session")
def extract_bytes(extractor: Extractor) -> Callable[[bytes, str], Extraction]:
    return lambda data, name: extractor.extract(Document(data, name))
