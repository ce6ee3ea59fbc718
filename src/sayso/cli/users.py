"""The commands that say who may work at a shared desk."""

from __future__ import annotations

import sys
from typing import Any

import click

from sayso.cli.session import common, ledger_option, opened, session
from sayso.errors import SettingsError
from sayso.publish.wording import plural

WORDS = ("reader", "coder", "editor", "admin")
"""The roles, without what is heavy to import; a test holds them to those of the ledger."""

role_option = click.option(
    "--role",
    type=click.Choice(WORDS),
    default="coder",
    show_default=True,
    help="What the person may do.",
)


@click.group()
def user() -> None:
    """The people who may work at a shared desk.

    As soon as there is one, the desk asks everybody who they are. A reader sees; a coder judges,
    and adds documents and records; an editor also says what belongs together and who is one source,
    and signs off; an admin also has the accounts and redacts.
    """


@user.command()
@click.argument("name")
@role_option
@ledger_option
@common
def add(name: str, role: str, **options: Any) -> None:
    """Make an account for NAME; the password is asked for, or is the first line of stdin."""
    from sayso.ledger.accounts import ROLES, Accounts

    here = session(options)
    with opened(here, create=True) as ledger:
        made = Accounts(ledger).add(name, asked(), ROLES[role])
        here.talk(f"{made.name} is {role} at the desk of {ledger.name}")


@user.command(name="list")
@ledger_option
@common
def list_(**options: Any) -> None:
    """Who has an account, and how many tokens."""
    from sayso.ledger.accounts import Accounts
    from sayso.publish import sheets, tables

    here = session(options)
    with opened(here) as ledger:
        accounts = Accounts(ledger)
        rows = [
            {
                "name": one.name,
                "role": one.role.word,
                "made": one.made,
                "tokens": len(accounts.tokens(one.name)),
            }
            for one in accounts.all()
        ]
    sheet = sheets.Sheet(
        ("name", "role", "made", "tokens"), tuple(tuple(map(str, row.values())) for row in rows)
    )
    here.write(rows, lambda: sheet, lambda width: tables.table(sheet))


@user.command()
@click.argument("name")
@click.argument("role", type=click.Choice(WORDS))
@ledger_option
@common
def role(name: str, role: str, **options: Any) -> None:
    """Give NAME another ROLE; whoever is logged in by that name has to log in again."""
    from sayso.ledger.accounts import ROLES, Accounts

    here = session(options)
    with opened(here) as ledger:
        Accounts(ledger).change_role(name, ROLES[role])
        here.talk(f"{name} is {role} now")


@user.command()
@click.argument("name")
@ledger_option
@common
def password(name: str, **options: Any) -> None:
    """Give NAME another password; whoever is logged in by that name has to log in again."""
    from sayso.ledger.accounts import Accounts

    here = session(options)
    with opened(here) as ledger:
        Accounts(ledger).change_password(name, asked())
        here.talk(f"{name} has another password now")


@user.command()
@click.argument("name")
@ledger_option
@common
def remove(name: str, **options: Any) -> None:
    """Remove the account of NAME and its tokens; what was decided under that name stays."""
    from sayso.ledger.accounts import Accounts

    here = session(options)
    with opened(here) as ledger:
        accounts = Accounts(ledger)
        accounts.remove(name)
        left = len(accounts.all())
    ends = "" if left else ": a desk that is started now asks nobody who they are"
    here.talk(f"{name} is removed; {plural(left, 'account')} left{ends}")


@user.command()
@click.argument("name")
@click.option("--label", metavar="TEXT", default="", help="What the token is for.")
@click.option("--list", "listed", is_flag=True, help="List the tokens of NAME instead.")
@click.option("--revoke", metavar="ID", help="Have this token open nothing any more instead.")
@ledger_option
@common
def token(name: str, label: str, listed: bool, revoke: str | None, **options: Any) -> None:
    """Print a new token for a program of NAME's. It is shown this once, and not kept.

    The program sends it as `Authorization: Bearer TOKEN`, and may do what NAME may.
    """
    from sayso.ledger.accounts import Accounts
    from sayso.publish import sheets, tables

    here = session(options)
    with opened(here) as ledger:
        accounts = Accounts(ledger)
        if revoke is not None:
            accounts.revoke(name, revoke)
            here.talk(f"{revoke} opens nothing any more")
        elif listed:
            rows = [one._asdict() for one in accounts.tokens(name)]
            sheet = sheets.Sheet(
                ("id", "label", "made"), tuple(tuple(row.values()) for row in rows)
            )
            here.write(rows, lambda: sheet, lambda width: tables.table(sheet))
        else:
            made, secret = accounts.give_token(name, label)
            here.talk(f"the token {made.id} of {name}, shown this once:")
            click.echo(secret)


def asked() -> str:
    """A password, from whoever sits there, twice, or from stdin. Raises `SettingsError` where there
    is none."""
    if sys.stdin.isatty():
        given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        raise SettingsError("no password was given: type it, or send it as a line of stdin")
    return given
