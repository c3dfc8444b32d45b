"""The front door: one command, ``crossforce``, that gathers the commands of the packages."""

from __future__ import annotations

import shutil
import socket
import sys
import time
import traceback
from collections import Counter
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.archive.errors import ArchiveBusyError, ArchiveError
from indexer.commands.options import Status, common_options, engine_address, json_option, print_json, say
from indexer.engines.base import EngineDataError, EngineUnavailableError
from mappings import RegistryError

if TYPE_CHECKING:
    from crawler.health import LogReport
    from indexer.build import BuildReport, Tally

# Each command and where it is; loaded when it is called, so that reading a letter does not wait for a crawler.
COMMANDS = {
    "crawl": "crawler.commands:crawl",
    "erase": "indexer.commands.taking_out:erase",
    "export": "indexer.commands.searching:export",
    "import": "indexer.commands.importing:import_",
    "index": "indexer.commands.keeping:index",
    "letter": "indexer.commands.operating:letter",
    "licence": "indexer.commands.operating:licence",
    "mask": "indexer.commands.taking_out:mask",
    "preflight": "indexer.commands.preflighting:preflight",
    "read": "indexer.commands.letters:read",
    "release": "indexer.commands.taking_out:release",
    "reuse-request": "indexer.commands.operating:reuse_request",
    "revoke": "indexer.commands.taking_out:revoke",
    "search": "indexer.commands.searching:search",
    "serve": "webapp.commands:serve",
    "show": "indexer.commands.searching:show",
    "status": "indexer.commands.keeping:status",
    "suspend": "indexer.commands.taking_out:suspend",
    "verify": "indexer.commands.keeping:verify",
    "withdraw": "indexer.commands.taking_out:withdraw",
}


class FrontDoor(click.Group):
    """A group whose commands are imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name, in order."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=FrontDoor, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="crossforce", prog_name="crossforce")
def cli() -> None:
    """Search what every UK police force has already disclosed under Freedom of Information law.

    \b
    The way the data takes, and the command for each step:
      crawl, import   fetch disclosure logs, or bring pages and letters you have, into the archive
      index           read every letter in the archive and build the search index
      serve           open the search site on this machine
      search, show, export   the same from the command line
      withdraw, suspend, mask, erase, release   take things out, or let them be seen
    Start with `crossforce demo`: it does all of this with invented forces in a few minutes.
    """


DEMO_FOLDER = Path("demo-archive")
DEMO_PORT = 8470
DEMO_DELAY = 0.02  # seconds between requests to an invented host; real ones never get less than two
# Logs of the samples that are made to be turned away, so that a newcomer sees what that looks like.
MADE_TO_FALL_SHORT = frozenset({"blocked", "disallowed", "empty"})


@cli.command()
@click.option("--edition", type=click.IntRange(1, 2), default=1, show_default=True, help="1, or 2: some weeks later.")
@click.option("--port", type=click.IntRange(0, 65535), help=f"Port of the site.  [default: {DEMO_PORT}, or a free one]")
@click.option("--no-serve", is_flag=True, help="End after indexing.")
@json_option
@common_options
@click.pass_context
def demo(
    context: click.Context,
    edition: int,
    port: int | None,
    no_serve: bool,
    as_json: bool,
    archive_folder: Path,
    engine_url: str | None,
) -> int:
    """Do the main job on disclosure logs of invented forces: harvest, archive, read, index, serve.

    The samples are served on loopback and crawled with the same spiders, settings and code as a real site. Run it
    again and nothing is fetched twice; --edition 2 shows pages that changed, moved or went.
    """
    from indexer.commands.keeping import build, survey
    from indexer.engines import open_engine
    from webapp.commands import serve_site

    began = time.monotonic()
    if context.get_parameter_source("archive_folder") is click.core.ParameterSource.DEFAULT:
        archive_folder = DEMO_FOLDER
    address = engine_address(engine_url, archive_folder)
    reports = _harvest_samples(archive_folder, edition)
    say("Reading and indexing …")
    with closing(open_engine(address)) as engine:
        report = build(archive_folder, engine, address)
        records = engine.count()
    whole = survey(archive_folder)
    _say_what_was_done(reports, report, whole)
    if as_json:
        print_json(_demo_json(reports, whole, records, time.monotonic() - began))
    if not no_serve:
        serve_site(archive_folder, address, port=port if port is not None else _free_port(DEMO_PORT))
    return Status.DONE if all(_as_made(r) for r in reports) and not report.rejected else Status.FELL_SHORT


def _harvest_samples(folder: Path, edition: int) -> list[LogReport]:
    import samples
    from crawler.commands import harvest, in_words
    from indexer.archive import Archive
    from indexer.forces import load_forces
    from samples.server import SampleServer

    registry_file = folder / "forces.toml"
    if not registry_file.exists():
        if folder.exists() and any(folder.iterdir()):
            raise click.UsageError(
                f"{folder} holds something that is no archive of the samples; name an empty folder with --archive."
            )
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(samples.registry_path(), registry_file)
    registry = load_forces(registry_file)
    say(f"Harvesting {len(registry.logs)} disclosure logs of invented forces (edition {edition}) …")
    with SampleServer(edition) as server, Archive.open(folder, write=True, registry=registry) as archive:
        for repair in archive.repairs:
            say(f"mended: {repair}")
        reports = harvest(list(registry.logs.values()), archive, registry, proxy=server.url, delay=DEMO_DELAY)
    for report in reports:
        say(in_words(report))
    return reports


def _as_made(report: LogReport) -> bool:
    """Whether a log did what the samples are made to do: some are made to turn a crawler away."""
    return not report.fell_short or report.status in MADE_TO_FALL_SHORT


def _demo_json(reports: list[LogReport], whole: Tally, records: int, seconds: float) -> dict[str, object]:
    states = ("requests", "bodies_fetched", "new", "changed", "unchanged", "moved", "gone")
    counts = {state: sum(getattr(r, state) for r in reports) for state in states}
    return {
        "requests": counts.pop("requests"),
        "bodies_fetched": counts.pop("bodies_fetched"),
        "disclosures": records,
        **counts,
        "attachments": whole.attachments,
        "held_back": len(whole.held),
        "failed": len(whole.failed) + sum(r.failed for r in reports),
        "seconds": round(seconds, 1),
    }


def _say_what_was_done(reports: list[LogReport], report: BuildReport, whole: Tally) -> None:
    from indexer.commands.keeping import say_report, say_tally

    total = Counter[str]()
    for log in reports:
        total.update({state: getattr(log, state) for state in ("new", "changed", "unchanged", "moved", "gone")})
    found = total.total() - total["gone"]
    states = ", ".join(f"{count:,} {state}" for state, count in total.items() if count)
    bodies, requests = sum(r.bodies_fetched for r in reports), sum(r.requests for r in reports)
    say(f"Found {found:,} disclosures: {states}; {bodies:,} bodies fetched in {requests:,} requests.")
    say_report(report)
    say_tally(whole)


def _free_port(wanted: int) -> int:
    """The port wanted, or another where something else has it."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return 0
    return wanted


def main() -> None:
    """Run a command and end with a status of the contract: 0, 1, 2, 3 or 70."""
    try:
        status = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(Status.FELL_SHORT)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except EngineUnavailableError as error:
        say(f"The search engine is out of reach: {error}")
        sys.exit(Status.OUT_OF_REACH)
    except (ArchiveError, EngineDataError, RegistryError) as error:
        say(str(error))
        sys.exit(Status.FELL_SHORT if isinstance(error, ArchiveBusyError) else Status.WRONG_USE)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone: nothing more to say
        sys.exit(Status.DONE)
    except Exception:  # noqa: BLE001 - the last door: a traceback could carry a reader's words
        say("Something went wrong that is our mistake. Please report what follows; it holds none of your words.")
        frames = traceback.extract_tb(sys.exc_info()[2])
        for frame in frames[-6:]:  # the last frames tell where; messages could carry a query
            say(f"  {frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} in {frame.name}")
        say(f"  {getattr(sys.exc_info()[0], '__name__', 'error')}")
        sys.exit(Status.OUR_ERROR)
    sys.exit(status or 0)


if __name__ == "__main__":
    main()
