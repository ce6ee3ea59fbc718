"""Archives in an object store that answers as Amazon's S3 does, and results into it."""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.fs as pafs
import pytest

from sayso.ingest.inputs import documents
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader
from sayso.pipeline.running.stream import read_all
from sayso.records import Problem
from sayso.settings import Settings
from sayso.wire import encode
from waiting import PATIENCE, until


def archive(path: Path, numbers: range) -> Path:
    """A WARC of some pages, each record compressed for itself as crawlers do."""
    with path.open("wb") as out:
        for number in numbers:
            body = (
                f"<html><head><title>Fire at pier {number}</title></head><body><article><p>"
                f"{3 + number} dockers died in a fire at pier {number} of Marrow Bay on Tuesday, "
                "the harbour board said in a statement.</p><p>The pier was closed, and boats lay "
                "at anchor in the bay until the evening, it said.</p></article></body></html>"
            ).encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Target-URI: https://lantern.example/pier/{number}\r\n"
                "WARC-Date: 2031-03-04T20:00:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return path


@pytest.fixture(scope="module")
def store() -> Iterator[dict[str, str]]:
    """The environment by which programs find the store, in which there is one bucket, `news`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: server.poll() is not None or listens(port))
        files(port).create_dir("news")
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
    finally:
        server.terminate()
        server.wait()


def listens(port: int) -> bool:
    with socket.socket() as there:
        return there.connect_ex(("127.0.0.1", port)) == 0


def files(port: int | str) -> Any:
    return pafs.S3FileSystem(
        endpoint_override=f"127.0.0.1:{port}",
        scheme="http",
        access_key="key",
        secret_key="secret",
        region="us-east-1",
        allow_bucket_creation=True,
    )


def sayso(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sayso", *arguments]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, timeout=PATIENCE
    )


def test_archives_are_read_from_a_store_and_results_kept_in_it(
    store: dict[str, str], settings: Settings, tmp_path: Path
) -> None:
    paths = [
        archive(tmp_path / "a.warc.gz", range(4)),
        archive(tmp_path / "b.warc.gz", range(4, 6)),
    ]
    there = files(store["AWS_ENDPOINT_URL"].rpartition(":")[2])
    for path in paths:
        with there.open_output_stream(f"news/in/{path.name}", compression=None) as out:
            out.write(path.read_bytes())
    environment = store | {"SAYSO_GAZETTEER": str(settings.gazetteer)}
    done = sayso(environment, "read", "s3://news/in", "--on", "ray", "--out", "s3://news/out")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "sayso: 6 documents read, 6 claims, in s3://news/out\n"

    ledger = str(tmp_path / "ledger.db")
    done = sayso(environment, "import", "s3://news/out", "--ledger", ledger)
    assert "6 documents brought into" in done.stderr, done.stderr
    with Ledger.open(ledger) as kept:
        found = sorted(encode(reading) for reading in kept.readings())
    local = read_all(Reader(settings), documents(map(str, paths)))
    assert found == sorted(encode(item[1]) for item in local if not isinstance(item, Problem))


@pytest.mark.parametrize(
    ("source", "out", "code", "said"),
    [
        ("s3://news/nothing", "s3://news/none", 3, "s3://news/nothing: does not exist"),
        ("s3://news/in", "s3://nowhere/out", 2, "s3://nowhere/out cannot be written: Bucket"),
    ],
)
def test_what_is_not_there_is_said(
    source: str, out: str, code: int, said: str, store: dict[str, str], settings: Settings
) -> None:
    environment = store | {"SAYSO_GAZETTEER": str(settings.gazetteer)}
    done = sayso(environment, "read", source, "--on", "ray", "--out", out)
    assert done.returncode == code and "Traceback" not in done.stderr
    assert said in done.stderr
