"""A PostgreSQL server for the tests: started for them, on a socket of its own, and gone after."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from waiting import PATIENCE

GIVEN = "SAYSO_TEST_POSTGRESQL"
"""The variable that names a server to use instead, as `postgresql://USER@HOST/DATABASE`."""


@contextmanager
def server() -> Iterator[str]:
    """The address of a database on a server where more databases may be made.

    Raises `RuntimeError` where there is no server to be had.
    """
    if given := os.environ.get(GIVEN):
        yield given
        return
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    # A socket's path may have some hundred characters: pytest's own folders are too long for it.
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-", dir="/tmp"))
    data, log = folder / "data", folder / "log"
    user = account()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o711)
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off"
    run([initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
    try:
        run([pg_ctl, "-D", data, "-l", log, "-w", "-o", options, "start"])
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        run([pg_ctl, "-D", data, "-m", "immediate", "stop"])
        shutil.rmtree(folder)


@contextmanager
def database(server: str) -> Iterator[str]:
    """The address of a new and empty database on that server, which is gone after."""
    name = f"sayso_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(command: list[str | Path]) -> None:
    """Run a program of the server's, as somebody it does not refuse to serve."""
    user = account()
    rights = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    done = subprocess.run(
        [str(part) for part in command],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
        **rights,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}")


def account() -> pwd.struct_passwd | None:
    """Whose rights the server is to have: PostgreSQL refuses root's."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is no account `nobody`")


def program(name: str) -> Path:
    """A program of the newest PostgreSQL on this machine."""
    if found := shutil.which(name):
        return Path(found)
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=None)
    if newest is None:
        raise RuntimeError(
            "these tests need PostgreSQL: install it (Debian: apt-get install postgresql) or name "
            f"a server in {GIVEN}, as postgresql://USER@HOST/DATABASE"
        )
    return newest
