"""The front door: one command, ``crossforce``, that gathers the commands of the packages."""

from __future__ import annotations

import sys
import traceback

import click

from indexer.commands.letters import read
from indexer.commands.options import Status, say
from indexer.engines.base import EngineDataError, EngineUnavailableError
from indexer.forces import RegistryError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="crossforce", prog_name="crossforce")
def cli() -> None:
    """Search what every UK police force has already disclosed under Freedom of Information law.

    \b
    The way the data takes, and the command for each step:
      crawl, import   fetch disclosure logs, or bring pages and letters you have, into the archive
      index           read every letter in the archive and build the search index
      serve           open the search site on this machine
      search, show, export   the same from the command line
    Start with `crossforce demo`: it does all of this with invented forces in a few minutes.
    """


cli.add_command(read)


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
    except (EngineDataError, RegistryError) as error:
        say(str(error))
        sys.exit(Status.WRONG_USE)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone: nothing more to say
        sys.exit(Status.DONE)
    except Exception:
        say("Something went wrong that is our mistake. Please report what follows; it holds none of your words.")
        frames = traceback.extract_tb(sys.exc_info()[2])
        for frame in frames[-6:]:  # the last frames tell where; messages could carry a query
            say(f"  {frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} in {frame.name}")
        say(f"  {getattr(sys.exc_info()[0], '__name__', 'error')}")
        sys.exit(Status.OUR_ERROR)
    sys.exit(status or 0)


if __name__ == "__main__":
    main()
