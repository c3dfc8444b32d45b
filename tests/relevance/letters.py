"""The letters of the invented forces as records, so that both engines rank something worth reading."""

from __future__ import annotations

from functools import cache

from indexer.disclosure import Disclosure, Part, Reading, Voiced
from samples.letters import letter
from samples.markup import Block
from samples.topics import cases


@cache
def records() -> tuple[Disclosure, ...]:
    """One record a case, by the case's key; whose words are whose is taken from the samples, not read."""
    return tuple(_record(case.key) for case in cases())


def _record(key: str) -> Disclosure:
    written = letter(key)
    text, roles = "", []
    for block in written.page:
        start, text = len(text), f"{text}{_line(block)}\n\n"
        roles.append(Voiced(role=block.voice, start=start, end=len(text)))
    case = written.case
    return Disclosure(
        id=key,
        log=case.log,
        forces=case.forces,
        title=case.title,
        media_type="text/html",
        reading=Reading(
            forces=case.forces,
            reference=case.reference,
            answered_on=case.answered,
            outcomes=tuple(dict.fromkeys(outcome for found in case.outcomes.values() for outcome in found)),
            regimes=(case.regime,),
            parts=(Part(part="page", page=1, text=text, roles=tuple(roles)),),
        ),
    )


def _line(block: Block) -> str:
    return f"{block.label} {block.text}".strip()
