"""Links in an answer that says "already published": each must lead to what was asked for, and may long be dead."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from indexer.disclosure import Outcome, Reading
from indexer.preflight.finding import Finding, Pages

PATIENCE: Final = 15.0  # seconds for one link, where fetching is asked for
MOST_FETCHED: Final = 50  # links of one document: more is a list, not an answer
_LINK = re.compile(r"\bhttps?://[^\s<>\"'()\[\]|]{3,2000}|\bwww\.[^\s<>\"'()\[\]|]{3,2000}", re.IGNORECASE)
_CUT = ("…", "...")
# Sites that letters still name and that are no more; where their content went.
GONE: Final = {
    "acpo.police.uk": "The Association of Chief Police Officers became the National Police Chiefs' Council in 2015.",
    "opsi.gov.uk": "Legislation is at legislation.gov.uk.",
    "hmso.gov.uk": "Legislation is at legislation.gov.uk.",
    "dca.gov.uk": "The department ended in 2007; the National Archives keep its pages.",
    "ico.gov.uk": "The Commissioner's site is ico.org.uk.",
    "direct.gov.uk": "See gov.uk.",
    "statistics.gov.uk": "See ons.gov.uk.",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One link as printed, and where."""

    printed: str
    where: str

    @property
    def url(self) -> str:
        """With its scheme."""
        return self.printed if "://" in self.printed else f"https://{self.printed}"

    @property
    def host(self) -> str:
        """Its host, without ``www.``."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


def links(reading: Reading, pages: Pages) -> list[Link]:
    """Links in the authority's own words, where some of the information is said to be published already."""
    if Outcome.ALREADY_ACCESSIBLE not in reading.outcomes:
        return []
    found: dict[str, Link] = {}
    for part, start, end in pages.answer():
        for printed in _LINK.finditer(part.text, start, end):
            words = printed.group() if printed.group().endswith(_CUT) else printed.group().rstrip(".,;:!?")
            found.setdefault(words, Link(words, pages.place(part.part, part.page, printed.start())))
    return list(found.values())


def findings(found: list[Link], *, fetch: bool) -> Iterator[Finding]:
    """What is wrong with each link, or that a person must open it. Nothing is fetched unless ``fetch``."""
    for number, link in enumerate(found):
        place = f"{link.where}: {link.printed}"
        gone = next((told for host, told in GONE.items() if link.host == host or link.host.endswith(f".{host}")), None)
        if link.printed.endswith(_CUT):
            yield Finding(kind="link_cut_short", where=place, mend="Print the whole address.")
        elif gone:
            yield Finding(kind="link_dead", where=place, mend=f"This site is no more. {gone}")
        elif fetch and number < MOST_FETCHED:
            if (answer := _ask(link.url)) is not None:
                yield Finding(kind="link_dead", where=place, mend=f"The link answers: {answer}. Find where it went.")
        else:
            yield Finding(
                kind="link_to_check",
                where=place,
                mend="Open it: it must lead to what was asked for, not to a home page. It was not fetched.",
            )


def _ask(url: str) -> str | None:
    """What is wrong with an address; None where it answers."""
    request = urllib.request.Request(url, headers={"User-Agent": "Crossforce-preflight"})  # noqa: S310 - http(s) alone
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310
            return None
    except urllib.error.HTTPError as error:
        error.close()
        return f"{error.code} {error.reason}"
    except (urllib.error.URLError, TimeoutError, ValueError, OSError) as error:
        return f"no answer ({type(error).__name__})"
