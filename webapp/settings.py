"""What a deployment may choose. Every setting is explained in ``docs/site.md``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All have a default that is right for one person's reading room."""

    name: str = "Crossforce"  # of the site
    operator: str | None = None  # who runs it, as the about page says
    contact: str | None = None  # mail address or web address for removals and questions
    report_to: str | None = None  # mail address or web address for wrong readings; without one ``contact`` is used
    base_url: str | None = None  # the address that feeds and citations carry; without one, that of the request
    exports_at_once: int = 2  # each keeps a thread of the server busy; the pages need the others
    exports_per_minute: int = 20  # over all readers: far more than people click, far less than a robot tries
    archived_per_minute: int = 120  # files and texts from the archive, over all readers
