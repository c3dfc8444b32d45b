"""The site for a WSGI server that starts and forks by itself, such as gunicorn: all it needs stands in the environment.

``gunicorn --config deploy/gunicorn.conf.py "webapp.wsgi:create()"``
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from indexer.commands.options import archive_registry, engine_address
from indexer.guard import open_guarded
from indexer.knowledge import load_knowledge
from webapp.application import create_app
from webapp.settings import Settings

ANSWERS = {"yes": True, "no": False}


class DeploymentError(Exception):
    """A variable has a value that means nothing; the message names it and what it may be."""


def create(environment: Mapping[str, str] = os.environ) -> Flask:
    """The site that the environment describes; ``docs/commands.md`` explains each variable.

    It is public unless ``CROSSFORCE_PUBLIC`` says ``no``: such a server is there for readers elsewhere, and a public
    site is the one that shows less. Nothing is sent to the search engine before the first reader asks. Raises
    ``DeploymentError``, ``EngineDataError`` or ``RegistryError`` where it is not set up right.
    """
    public = environment.get("CROSSFORCE_PUBLIC", "yes")
    if public not in ANSWERS:
        raise DeploymentError("CROSSFORCE_PUBLIC is neither “yes” nor “no”.")
    archive = Path(environment.get("CROSSFORCE_ARCHIVE") or "archive")
    return create_app(
        engine=open_guarded(engine_address(environment.get("CROSSFORCE_ENGINE"), archive), archive),
        knowledge=load_knowledge(archive_registry(archive)),
        archive=archive,  # it need not be there yet: the first crawl makes it
        public=ANSWERS[public],
        settings=Settings(
            name=environment.get("CROSSFORCE_NAME") or "Crossforce",
            operator=environment.get("CROSSFORCE_OPERATOR") or None,
            contact=environment.get("CROSSFORCE_CONTACT") or None,
            report_to=environment.get("CROSSFORCE_REPORT_TO") or None,
            base_url=environment.get("CROSSFORCE_BASE_URL") or None,
        ),
    )
