"""Letters that an operator may want to send, as plain text to be read and changed first. Nothing is ever sent.

They say where something is and of what kind, never what it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import dedent

from indexer.disclosure import Hold
from indexer.extraction.holdback import kind_of
from indexer.forces import Force, Log


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFile:
    """One original that is held back, and where the force publishes it."""

    name: str
    url: str | None
    holds: Sequence[Hold]


def hidden_data_letter(force: str, reference: str | None, page: str | None, files: Sequence[HeldFile]) -> str:
    """To a force that publishes files which hold more than they show."""
    found = []
    for file in files:
        found.append(f"  {file.name}")
        found.append(f"  {file.url or 'the page itself'}")
        for hold in file.holds:
            kind = kind_of(hold)
            found.append(f"    - {kind.meaning} ({hold.where}). {kind.mend}")
        found.append("")
    body = f"""\
        To: the data protection officer and the information disclosure team, {force}

        Subject: Files in your disclosure log may hold more than they show

        Dear colleagues,

        we keep a search engine over the disclosure logs of police forces. A program looked at the file or files named
        below, published with your answer {reference or "(no reference was read)"}, and found parts that a reader does
        not see but can recover. Nobody here has looked at what they say. We do not index, show or pass on these parts,
        and we do not serve the file; we have told nobody else.

          {page or "[address of the page]"}

        @FOUND@
        If these parts were not meant to be published, please consider taking the file down first and mending it then:
        it can be downloaded from your site in the meantime. Where you want our archived copy of its bytes deleted as
        well, tell us, and we will confirm when it is done.

        It may be that nothing here matters, or that you know of it. A short reply would help us to close this.

        [name, organisation, how to reach you]
        """
    return _laid_out(body).replace("@FOUND@\n", "\n".join(found) + "\n" if found else "")


def reuse_letter(force: Force, logs: Sequence[Log]) -> str:
    """A request for re-use under the Re-use of Public Sector Information Regulations 2015 (SI 2015/1415)."""
    addresses = "\n".join(f"  {log.url}" for log in logs) or "  [address of the disclosure log]"
    body = f"""\
        To: the information disclosure team, {force.name}

        Subject: Request for re-use of the answers in your disclosure log

        Dear colleagues,

        this is a request for re-use under the Re-use of Public Sector Information Regulations 2015 (SI 2015/1415).

        The documents: the answers to requests for information, with their attachments, that you publish in your
        disclosure log,

        @LOGS@

        those published until now and those to come.

        The purpose: a public search engine over the disclosure logs of police forces. It shows facts read from each
        answer with the sentence they were read from, and a link to your page. With a licence it would also show the
        whole text. Names of staff and requesters, e-mail addresses and telephone numbers are covered before anything is
        shown; files that hold hidden data are not served; whatever you ask us to take down is taken down.

        We ask for a licence that lets anyone re-use these documents, such as the Open Government Licence version 3.0.
        If you hold rights in only some of them, please say which.

        Under regulation 8 we look forward to your reply within twenty working days.

        [name, organisation, postal address: regulation 6 asks for name and an address for correspondence]
        """
    return _laid_out(body).replace("@LOGS@", addresses)


def _laid_out(body: str) -> str:
    return dedent(body)
