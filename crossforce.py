"""The front door: one command, ``crossforce``, that gathers the commands of the packages."""

import click


@click.group()
def main() -> None:
    """Search what every UK police force has already disclosed under Freedom of Information law."""
