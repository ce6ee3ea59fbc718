"""The command that serves the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sayso.cli.session import by_option, common, derived, ledger_option, name, opened, say, session


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8765, help="0 is any that is free.")
@click.option(
    "--host",
    default="127.0.0.1",
    help="Serve others at this address, who log in or, without accounts, need the token printed.",
)
@click.option("--accounts", is_flag=True, help="Ask who people are before there is an account.")
@click.option(
    "--certificate",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Encrypt the way with this certificate and those that vouch for it (PEM).",
)
@click.option(
    "--key",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The key of the certificate (PEM); without, the same file.",
)
@click.option(
    "--proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="A server in front that encrypts: an IP address or network whose word is taken for where "
    "a request came from and how. Can be given several times.",
)
@click.option("--open", "show", is_flag=True, help="Open it in a browser.")
@click.option("--read-only", is_flag=True, help="Let nobody add or decide anything.")
@click.option(
    "--basemap",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Draw the map on this file of tiles (.pmtiles).",
)
@by_option
@ledger_option
@common
def serve(
    port: int,
    host: str,
    show: bool,
    read_only: bool,
    basemap: Path | None,
    accounts: bool,
    certificate: Path | None,
    key: Path | None,
    proxies: tuple[str, ...],
    **options: Any,
) -> None:
    """The desk: a web page to read, judge and add to a ledger, for this machine alone.

    It needs no network. With --host it can be reached by others. Where people have accounts (see
    `sayso user`) they log in, and the way has to be encrypted: by --certificate, or by a server in
    front that --proxy names. It ends with Ctrl-C.
    """
    from sayso.serve.app import serve as answer
    from sayso.serve.way import Way

    here = session(options)

    def started(address: str) -> None:
        say(f"the desk is at {address}  (Ctrl-C ends it)")
        if "token=" in address and certificate is None and not proxies:
            say("the way to it is not encrypted: who is in between can read it, and take the token")
        if show:
            import webbrowser

            webbrowser.open(address)

    with opened(here, create=not read_only) as ledger:
        derived(here, ledger)
        answer(
            ledger,
            here.settings,
            host=host,
            port=port,
            started=started,
            name=name(here),
            read_only=read_only,
            basemap=basemap,
            accounts=accounts,
            way=Way(certificate, key, proxies),
        )
