"""Search engines behind one protocol. ``open_engine`` is the only way to one."""

from __future__ import annotations

from pathlib import Path

from indexer.engines.base import Engine, EngineDataError


def open_engine(url: str) -> Engine:
    """The engine that an address names: ``memory:``, ``path:DIR`` or ``elasticsearch+http(s)://host:port[/PREFIX]``.

    Raises ``EngineDataError`` where it names none. Nothing is connected to before the first question.
    """
    if url == "memory:":
        from indexer.engines.embedded import EmbeddedEngine  # an engine's library is loaded where it is used
        from indexer.engines.shelf import MemoryShelf

        return EmbeddedEngine(MemoryShelf())
    if url.startswith("path:") and url != "path:":
        from indexer.engines.embedded import EmbeddedEngine
        from indexer.engines.shelf import FolderShelf

        return EmbeddedEngine(FolderShelf(Path(url.removeprefix("path:"))))
    if url.startswith("elasticsearch+"):
        from indexer.engines.elasticsearch import connect

        return connect(url)
    raise EngineDataError(
        f"“{url}” names no engine. Write memory:, path:DIR or elasticsearch+https://host:9200/PREFIX."
    )
