"""``serve``: the site on this machine, or in public."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

import click
import waitress

from indexer.commands.options import Status, archive_registry, common_options, engine_address, say
from indexer.guard import open_guarded
from indexer.knowledge import load_knowledge
from webapp.application import create_app
from webapp.headers import is_loopback
from webapp.settings import Settings

THREADS = 8  # of the server: two cores are kept busy by four, and exports may hold some
IDLE_SECONDS = 30  # a connection that says nothing is closed, so that idle ones cannot use them all up


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--public", is_flag=True, help="For readers elsewhere: full texts only where the licence is open.")
@click.option("--name", envvar="CROSSFORCE_NAME", default="Crossforce", show_default=True, help="Name of the site.")
@click.option("--operator", envvar="CROSSFORCE_OPERATOR", help="Who runs the site, for its about page.")
@click.option("--contact", envvar="CROSSFORCE_CONTACT", help="Mail or web address for removals and questions.")
@click.option("--report-to", envvar="CROSSFORCE_REPORT_TO", help="Mail or web address for wrong readings.")
@click.option("--base-url", envvar="CROSSFORCE_BASE_URL", help="The site's address as readers know it.")
@common_options
def serve(
    host: str,
    port: int,
    public: bool,
    name: str,
    operator: str | None,
    contact: str | None,
    report_to: str | None,
    base_url: str | None,
    archive_folder: Path,
    engine_url: str | None,
) -> int:
    """Open the search site.

    On this machine alone it is a private reading room, with full texts and kept copies. Any other address needs
    --public: then texts whose licence is not known to be open are not shown whole. No search is logged.
    """
    if not public and not is_loopback(host):
        raise click.UsageError(
            f"{host} can be reached from elsewhere, and a reading room shows full texts that may not be published. "
            "Leave out --host to keep it on this machine, or add --public to obey each log's licence."
        )
    serve_site(
        archive_folder,
        engine_address(engine_url, archive_folder),
        host=host,
        port=port,
        public=public,
        settings=Settings(name=name, operator=operator, contact=contact, report_to=report_to, base_url=base_url),
    )
    return Status.DONE


def serve_site(
    archive_folder: Path,
    address: str,
    *,
    host: str = "127.0.0.1",
    port: int,
    public: bool = False,
    settings: Settings | None = None,
) -> None:
    """Serve until interrupted, over the engine at ``address``; port 0 takes a free one."""
    logging.getLogger("waitress").setLevel(logging.CRITICAL)  # its messages name the address that was asked for
    with closing(open_guarded(address, archive_folder)) as engine:
        app = create_app(
            engine=engine,
            knowledge=load_knowledge(archive_registry(archive_folder)),
            archive=archive_folder if archive_folder.is_dir() else None,
            public=public,
            settings=settings,
        )
        try:
            server = waitress.create_server(
                app,
                host=host,
                port=port,
                threads=THREADS,
                channel_timeout=IDLE_SECONDS,
                ident=None,
                expose_tracebacks=False,
            )
        except OSError as error:
            raise click.UsageError(
                f"Port {port} of {host} cannot be listened on ({error.strerror}); name another with --port."
            ) from error
        shown_host = f"[{host}]" if ":" in host else host
        listening = server.effective_port if hasattr(server, "effective_port") else server.effective_listen[0][1]
        say(f"Serving on http://{shown_host}:{listening}/ — Ctrl+C ends it.")
        try:
            server.run()
        except KeyboardInterrupt:
            say("Ended.")
        finally:
            server.close()
