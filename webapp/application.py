"""An application made of a site's parts; nothing exists before it is called."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from indexer.engines.base import Engine
from indexer.knowledge import Knowledge
from webapp import api, errors, exports, feeds, files, filters, headers, health, operator, pages, records, searching
from webapp.settings import Settings
from webapp.site import Site

BLUEPRINTS = (
    pages.blueprint,
    searching.blueprint,
    records.blueprint,
    files.blueprint,
    api.blueprint,
    exports.blueprint,
    feeds.blueprint,
    health.blueprint,
)
LONGEST_BODY = 64 * 1024  # bytes: the site takes no uploads


def create_app(
    *,
    engine: Engine,
    knowledge: Knowledge,
    archive: Path | None = None,
    public: bool = False,
    settings: Settings | None = None,
) -> Flask:
    """The site over one engine. ``archive`` is opened for each request that needs it; ``public`` obeys licences."""
    app = errors.SilentFlask("webapp")
    app.extensions["crossforce"] = Site(engine, knowledge, archive, public, settings or Settings())
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    filters.install(app)
    headers.protect(app, public=public)
    errors.install(app)
    for blueprint in (*BLUEPRINTS, *(() if public else (operator.blueprint,))):
        app.register_blueprint(blueprint)
    return app
