"""Bytes to text, one module for each family of media types, each document in a worker process.

``extract`` for one document, ``Extractor`` for many. What is hidden in a document is never read; where something is,
the Extraction says so in ``held_back``.
"""

from indexer.extraction.clean import clean_csv, clean_text
from indexer.extraction.document import Document, Limits, UnreadableError
from indexer.extraction.isolation import Extractor, extract
from indexer.extraction.readers import VERSION

__all__ = ["VERSION", "Document", "Extractor", "Limits", "UnreadableError", "clean_csv", "clean_text", "extract"]
