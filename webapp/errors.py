"""What a reader is told when something is wrong: in words, with the mend, and never "no results" on an outage.

No parameter of a request reaches a log: what is logged of a mistake of ours is its kind and the lines of our code.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response as WerkzeugResponse

from indexer.engines.base import EngineDataError, EngineUnavailableError
from indexer.grammar import QueryError
from indexer.query import TEXT
from webapp.limits import BusyError
from webapp.site import current_site

RETRY_SECONDS = 30  # an engine that restarts is back within this: 16 s were measured for Elasticsearch
DEEPEST_FRAMES = 8  # lines of a traceback that are logged: enough to find the place

WORDS = {
    400: ("That request cannot be understood", "Something in the address is not as it should be."),
    404: ("There is no such page", "The address may be mistyped, or the record may never have been here."),
    405: ("That cannot be done here", "This address answers questions and takes nothing in."),
    410: ("This record was taken out", "It is no longer shown, searched or exported here."),
    413: ("That is too much at once", "This site takes no uploads."),
    500: ("Something went wrong that is our mistake", "Nothing that you typed was kept. Please try again."),
}


class SilentFlask(Flask):
    """Flask, but for its log of mistakes: that holds no address, no parameter and no message."""

    def log_exception(
        self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None], **_: Any
    ) -> None:
        """Name the kind of mistake and the lines of code that led to it."""
        kind, _error, trace = exc_info
        frames = traceback.extract_tb(trace)[-DEEPEST_FRAMES:]
        places = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in reversed(frames))
        logging.getLogger("crossforce").error("%s at %s", getattr(kind, "__name__", "error"), places)


class WithdrawnError(Exception):
    """A record was here and was taken out; ``on`` is the day, in ISO form."""

    def __init__(self, on: str) -> None:
        super().__init__(on)
        self.on = on


class NoRecordError(Exception):
    """No record has or had this id."""


class MovedError(Exception):
    """A record goes by another id: it was found to be the same answer."""

    def __init__(self, record_id: str) -> None:
        super().__init__(record_id)
        self.record_id = record_id


class RefusedError(Exception):
    """Something that is not given out here; ``message`` is all that anyone is told."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(status, message)
        self.status, self.message = status, message


class NoSuchPageError(Exception):
    """A page of a result beyond its last."""

    def __init__(self, page: int, last: int, last_url: str) -> None:
        super().__init__(page, last)
        self.page, self.last, self.last_url = page, last, last_url


def install(app: Flask) -> None:
    """An answer in words for every failure that has a name, and for those that have none."""
    app.register_error_handler(QueryError, _query)
    app.register_error_handler(EngineUnavailableError, _out_of_reach)
    app.register_error_handler(EngineDataError, _no_index)
    app.register_error_handler(BusyError, _busy)
    app.register_error_handler(WithdrawnError, _withdrawn)
    app.register_error_handler(NoRecordError, _no_record)
    app.register_error_handler(MovedError, _moved)
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(NoSuchPageError, _no_such_page)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _ours)


def _query(error: QueryError) -> Response:
    # Only words typed into the box have positions; a wrong parameter beside them is quoted in the message itself.
    text = request.args.get(TEXT, "") if error.position is not None else None
    fields = {"message": error.message, "mend": error.mend, "position": error.position}
    return _answer(400, fields, heading="That search cannot be understood", text=text)


def _out_of_reach(_: EngineUnavailableError) -> Response:
    message = (
        "The search engine does not answer at the moment. Nothing is known of your search: this is no empty result."
    )
    fields = {"message": message, "mend": f"Try again in {RETRY_SECONDS} seconds."}
    return _answer(503, fields, heading="The search is out of reach", retry_after=RETRY_SECONDS)


def _no_index(error: EngineDataError) -> Response:
    message = "The search index cannot be read at the moment. Nothing is known of your search: this is no empty result."
    mend = "Please try again later." if current_site().public else str(error)
    return _answer(503, {"message": message, "mend": mend}, heading="The index is not ready", retry_after=RETRY_SECONDS)


def _busy(error: BusyError) -> Response:
    message = "Several large answers are being written out just now. Nobody is told apart here, so the limit is shared."
    fields = {"message": message, "mend": f"Try again in {error.retry_after} seconds."}
    return _answer(429, fields, heading="One moment, please", retry_after=error.retry_after)


def _withdrawn(error: WithdrawnError) -> Response:
    heading, _ = WORDS[410]
    message = f"It was taken out on {error.on} and is no longer shown, searched or exported here."
    return _answer(
        410,
        {"message": message, "mend": "The page of withdrawals lists what was taken out, and when."},
        heading=heading,
    )


def _no_record(_: NoRecordError) -> Response:
    message = "No record here has this id. It may be mistyped, or the force may have published it after the last crawl."
    return _answer(
        404, {"message": message, "mend": "Search for its reference instead."}, heading="There is no such record"
    )


def _moved(error: MovedError) -> WerkzeugResponse:
    assert request.endpoint, "an address that nothing answers finds no record"
    return redirect(url_for(request.endpoint, **{**(request.view_args or {}), "record_id": error.record_id}), 301)


def _refused(error: RefusedError) -> Response:
    return _answer(error.status, {"message": error.message, "mend": ""}, heading="Not available")


def _no_such_page(error: NoSuchPageError) -> Response:
    message = f"This result has no page {error.page:,}."
    fields = {"message": message, "mend": f"Its last page is {error.last:,}."}
    return _answer(404, fields, heading="That page is beyond the last", onward=(error.last_url, "Go to the last page"))


def _http(error: HTTPException) -> WerkzeugResponse:
    if error.code is None or error.code < 400:
        return error.get_response()
    heading, message = WORDS.get(error.code, (error.name, "The request could not be answered."))
    answer = _answer(error.code, {"message": message, "mend": ""}, heading=heading)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(error.valid_methods)
    return answer


def _ours(_: Exception) -> Response:
    heading, message = WORDS[500]
    return _answer(500, {"message": message, "mend": ""}, heading=heading)


def _answer(status: int, fields: dict[str, Any], *, retry_after: int | None = None, **shown: Any) -> Response:
    """The same words as a page, or as JSON where the API was asked."""
    if request.path.startswith("/api/"):
        answer = jsonify({"error": {"status": status, **fields}})
    else:
        answer = make_response(render_template("error.html", status=status, fields=fields, **shown))
    answer.status_code = status
    if retry_after is not None:
        answer.headers["Retry-After"] = str(retry_after)
    return answer
