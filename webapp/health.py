"""``/healthz``: whether this site can answer a search."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from indexer.engines.base import EngineDataError, EngineUnavailableError
from webapp.errors import RETRY_SECONDS
from webapp.site import current_site

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 with the number of records, or 503 with what is wrong in one word."""
    try:
        records = current_site().engine.count()
    except (EngineUnavailableError, EngineDataError) as error:
        answer = jsonify({"status": "unavailable" if isinstance(error, EngineUnavailableError) else "no_index"})
        answer.status_code = 503
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
        return answer
    return jsonify({"status": "ok", "records": records})
