"""Why originals are held back: the kinds of finding, in plain words, and what a force can do about each.

The findings come from the readers themselves: what a reader does not take for visible it counts, so that what is read
and what is held can never disagree. What is on no list of visible things is held (design section 6).
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.disclosure import Hold
from indexer.extraction.document import Document, Limits
from indexer.extraction.readers import read


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of finding means, and how a force mends its file."""

    meaning: str
    mend: str


_CLEAN_COPY = "Copy what is meant to be public into a new file, or publish a CSV of the visible cells."
_PDF_COPY = "Delete the text itself, then make the PDF anew; drawing over it does not remove it."

KINDS: dict[str, Kind] = {
    "hidden_sheet": Kind("a sheet that is hidden", f"Delete the sheet. {_CLEAN_COPY}"),
    "hidden_row": Kind("cells in rows that are hidden or too low to be seen", f"Delete the rows. {_CLEAN_COPY}"),
    "hidden_column": Kind("cells in columns that are hidden or too narrow", f"Delete the columns. {_CLEAN_COPY}"),
    "hidden_filter": Kind("a filter that leaves rows out of sight", f"Delete the rows that it hides. {_CLEAN_COPY}"),
    "hidden_pivot_cache": Kind("a pivot table or slicer, which keeps a copy of its source", _CLEAN_COPY),
    "hidden_chart_cache": Kind("a chart that keeps data which no sheet shows", "Replace the chart by a picture of it."),
    "hidden_external_link": Kind("a link that keeps data of another file", "Break the links, keeping the values."),
    "hidden_data_model": Kind("a data model, query or connection", _CLEAN_COPY),
    "hidden_embedded_file": Kind(
        "a file inside the file", "Delete the embedded file; publish it by itself if it may be."
    ),
    "hidden_comment": Kind("comments", "Delete all comments."),
    "hidden_tracked_change": Kind("tracked changes, which keep what was deleted", "Accept all changes, stop tracking."),
    "hidden_text": Kind("text that cannot be seen: hidden, too small, or of the colour of its ground", "Delete it."),
    "hidden_shape": Kind("drawn shapes or pictures that are hidden", "Delete them."),
    "hidden_formula": Kind("formulas with words that no cell shows", "Replace the formulas by their values."),
    "hidden_choice_list": Kind(
        "a list to choose from with words that are not shown", "Remove the list, keep the choice."
    ),
    "hidden_annotation": Kind("annotations other than links", "Delete the annotations, or print to a new PDF."),
    "hidden_layer": Kind("a layer that is switched off", "Delete the layer, or print to a new PDF."),
    "hidden_under_fill": Kind("text or pictures under a box, a mark or other text", _PDF_COPY),
    "hidden_off_page": Kind("text outside the page", "Delete it, or print to a new PDF."),
    "hidden_earlier_version": Kind(
        "an earlier version that is still in the file", "Save as a new file, or print to PDF."
    ),
    "hidden_macro": Kind("a macro or script", "Save in a format without macros."),
    "hidden_unknown_part": Kind(
        "a part that Crossforce does not understand", "Save anew in a plain format such as PDF."
    ),
    "hidden_not_inspected": Kind("a file that could not be looked into", "Publish it without password and damage."),
}


def kind_of(hold: Hold) -> Kind:
    """What a finding means; one of an older edition, by a name that is no longer used, is a part not understood."""
    return KINDS.get(hold.kind, KINDS["hidden_unknown_part"])


def inspect(document: Document, limits: Limits | None = None) -> tuple[Hold, ...]:
    """Every reason to hold a document back. Runs in this process: for files of others use an Extractor.

    May raise whatever a library raises on a hostile file, or never return.
    """
    return read(document, limits or Limits()).held_back
