"""Nothing that Sayso or what it stands on does leaves this machine, or its own folders.

The commands are run as anyone runs them, under strace, which sees what libraries of C do as well.
ONNX Runtime would look up its maker's collector nine seconds after it was loaded, so whatever loads
the engine is kept going for longer than that, all at once.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import sayso
from sayso.ingest.inputs import captures
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, add
from sayso.settings import Settings

STORY = "KARSA — Nine miners were killed when a shaft flooded on Friday, the governor said."

PATIENCE = 15.0
"""Seconds that the engine is kept loaded."""

LAST_LOADED = 'engine/vocab.txt", O_RDONLY'
"""What is opened last of the engine's files."""

CALLS = (
    "connect,sendto,sendmsg,sendmmsg,open,openat,creat,mkdir,mkdirat,link,linkat,symlink,symlinkat,"
    "rename,renameat,renameat2,unlink,unlinkat,truncate"
)

OWN_ADDRESS = ("UDP", "8.8.8.8", 53)
"""What Ray connects to and sends nothing, to be told which address this machine goes out from."""


class Run:
    """A command under watch, in a folder of its own that is its home as well."""

    def __init__(self, folder: Path, *command: str) -> None:
        strace = shutil.which("strace")
        if strace is None:
            raise RuntimeError(
                "these tests need strace: install it (Debian: apt-get install strace)"
            )
        self.folder = folder
        self.trace = folder / "trace"
        (folder / "t").mkdir()
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "TMPDIR": str(folder / "t"),
            "PYTHONPATH": str(Path(sayso.__file__).parents[1]),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        options = ["-f", "--seccomp-bpf", "-qq", "-yy", "-s", "80", "-e", "signal=none"]
        self.process = subprocess.Popen(
            [
                strace,
                *options,
                "-e",
                f"trace={CALLS}",
                "-o",
                str(self.trace),
                sys.executable,
                *command,
            ],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for the command: strace lets it through to nobody
            # A shell that runs the tests in the background has them ignore Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def loads(self, engines: int) -> None:
        """Wait until so many processes have loaded the engine."""
        for _ in range(600):
            if self.trace.exists() and self.trace.read_text().count(LAST_LOADED) >= engines:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"no engine was loaded: {self.end()}")

    def heard(self, stream: Any, words: str) -> str:
        """The first line with these words in it that it says there."""
        lines = []
        for line in stream:
            lines.append(line)
            if words in line:
                return str(line)
        raise AssertionError(f"it ended without {words!r}: {''.join(lines)}{self.end()}")

    def end(self, line: str = "", *, interrupt: bool = False) -> str:
        """Let it end well, with this line as what it still reads; what it said on stderr."""
        if interrupt:
            os.killpg(self.process.pid, signal.SIGINT)
        _, said = self.process.communicate(line, timeout=300)
        return said

    def reached(self) -> list[str]:
        """What it tried to reach beyond this machine, and whom it asked for a name."""
        return reached(self.trace.read_text(encoding="utf-8", errors="replace"))

    def wrote(self) -> set[str]:
        """What it wrote that is not its own: outside its folder, or about in its home."""
        own = (f"{self.folder}/.cache/sayso", f"{self.folder}/t", "/dev/", "/proc/")
        wrote = written(self.trace.read_text(encoding="utf-8", errors="replace"), self.folder)
        return {
            path
            for path in wrote
            if not path.startswith(own)
            and not (Path(path).parent == self.folder and not Path(path).name.startswith("."))
            and not path.startswith(f"{self.folder}/out/")
            and path not in (f"{self.folder}/.cache", "/tmp")
        }


ADDRESS = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"')
PEER = re.compile(r"^\d+ +send\w*\(\d+<UDP[^>]*->\[?([0-9a-f.:]+?)\]?:(\d+)\]>")


def reached(trace: str) -> list[str]:
    """Calls that go beyond this machine, or ask for a name: port 53, or systemd's resolver."""
    found = []
    for line in trace.splitlines():
        call = re.match(r"\d+ +(connect|sendto|sendmsg|sendmmsg)\((\d+)<(\w+)", line)
        if call is None:
            continue
        if "io.systemd.Resolve" in line:
            found.append(line)
        for port, host in ADDRESS.findall(line):
            where = (call[3], host, int(port))
            if (call[1] != "connect" or where != OWN_ADDRESS) and is_beyond(host, int(port)):
                found.append(line)
        peer = PEER.match(line)
        if peer and is_beyond(peer[1], int(peer[2])):
            found.append(line)
    return found


def is_beyond(host: str, port: int) -> bool:
    """Whether that is another machine, or answers for names."""
    address = ipaddress.ip_address(host)
    mapped = getattr(address, "ipv4_mapped", None) or address
    if port == 53:
        return True
    if mapped.is_loopback:
        return False
    family = socket.AF_INET6 if mapped.version == 6 else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((str(mapped), 0))  # only one of this machine's own addresses can be had
        except OSError:
            return True
    return False


CALL = re.compile(r"^\d+ +(\w+)\((.*)")
NAMED = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT")


def written(trace: str, folder: Path) -> set[str]:
    """The paths that a run opened to write, made, moved or deleted."""
    found = set()
    for line in trace.splitlines():
        call = CALL.match(line)
        if call is None or call[1] in ("connect", "sendto", "sendmsg", "sendmmsg"):
            continue
        if call[1] in ("open", "openat") and not WRITES.search(line.rpartition('"')[2]):
            continue
        for base, name in NAMED.findall(call[2]):
            found.add(os.path.normpath(os.path.join(base or folder, name)))
    return found


class Feed(BaseHTTPRequestHandler):
    """A feed of one item, which says all."""

    def do_GET(self) -> None:
        item = {"id": "1", "title": "Shaft floods", "content_html": f"<p>{STORY}</p>"}
        item["date_modified"] = "2031-05-02T09:00:00Z"
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Lantern", "items": [item]}
        self.send_response(200 if self.path == "/feed" else 404)
        self.send_header("content-type", "application/feed+json")
        self.end_headers()
        if self.path == "/feed":
            self.wfile.write(json.dumps(feed).encode())

    def log_message(self, *args: object) -> None:
        pass


def read(run: Run, engines: int = 1) -> Callable[[], str]:
    """`sayso read` of what is still to come: how to end it, once its engines are loaded."""
    run.loads(engines)

    def end() -> str:
        said = run.end(json.dumps({"id": "a", "text": STORY}))
        assert "1 document read, 1 claim" in said, said
        return said

    return end


def serve(run: Run) -> Callable[[], str]:
    """The desk, at which pages are looked at, and a text and a file are added."""
    said = run.heard(run.process.stderr, "http://")
    address = next(word for word in said.split() if word.startswith("http://"))
    body = json.dumps({"text": STORY, "outlet": "Lantern"}).encode()
    request = urllib.request.Request(
        f"{address.rstrip('/')}/documents", body, {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        job = json.load(answer)["next"]
    assert added(address, job) == ["added"]
    form = b"\r\n".join(
        (
            b"--part",
            b'Content-Disposition: form-data; name="files"; filename="b.txt"',
            b"Content-Type: text/plain",
            b"",
            f"{STORY} Two more died on Saturday.".encode(),
            b"--part--",
            b"",
        )
    )
    sent = {"content-type": "multipart/form-data; boundary=part"}
    request = urllib.request.Request(f"{address.rstrip('/')}/documents", form, sent)
    with urllib.request.urlopen(request) as answer:
        job = f"{urlsplit(answer.url).path}.json"
    assert added(address, job) == ["added"]
    for page in ("/", "/incidents", "/search?q=miners", "/review", "/log", "/export.csv", "/add"):
        with urllib.request.urlopen(f"{address.rstrip('/')}{page}") as answer:
            assert answer.status == 200
    return lambda: run.end(interrupt=True)


def added(address: str, job: str) -> list[str]:
    """What became of what was added, once it is read."""
    for _ in range(600):
        with urllib.request.urlopen(f"{address.rstrip('/')}{job}") as answer:
            (told,) = json.load(answer)["items"]
        if told["finished"]:
            break
        time.sleep(0.1)
    return [one["became"] for one in told["outcomes"]]


def watch(run: Run) -> Callable[[], str]:
    """A feed, watched on and on."""
    run.heard(run.process.stderr, "1 document added; again in 1m")
    return lambda: run.end(interrupt=True)


@pytest.fixture(scope="module")
def runs(settings: Settings) -> Iterator[dict[str, Run]]:
    """What loads the engine, each kept going for longer than it takes to be told on."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    feed = f"http://127.0.0.1:{server.server_port}/feed"
    # A socket's path may have some hundred characters: pytest's own folders are too long for Ray's.
    root = Path(tempfile.mkdtemp(prefix="sayso-", dir="/tmp"))
    commands = {
        "ray": ("read", "a.jsonl", "--on", "ray", "--out", "out"),
        "read": ("read", "-"),
        "workers": ("read", "-", "--workers", "2"),
        "serve": ("serve", "--port", "0"),
        "watch": ("watch", feed, "--every", "1m", "--allow-private"),
        "parquet": ("export", "parquet", "out/claims.parquet"),
    }
    started: dict[str, Run] = {}
    try:
        for name, command in commands.items():
            folder = root / name
            folder.mkdir(parents=True)
            (folder / "a.jsonl").write_text(json.dumps({"id": "a", "text": STORY}) + "\n")
            if name == "parquet":
                (folder / "out").mkdir()
                with Ledger.open(folder / "sayso.db", create=True) as ledger:
                    list(add(ledger, Reader(settings), captures([str(folder / "a.jsonl")])))
            started[name] = Run(folder, "-m", "sayso", *command)
        ends = [read(started["read"]), read(started["workers"], 2)]
        ends += [serve(started["serve"]), watch(started["watch"]), started["parquet"].end]
        ends += [started["ray"].end]
        time.sleep(PATIENCE)
        said = [end() for end in ends]
        assert not any("Traceback" in words for words in said), said
        assert "1 claim written" in said[-2], said[-2]
        assert "1 document read, 1 claim" in said[-1], said[-1]
        yield started
    finally:
        for run in started.values():
            if run.process.poll() is None:
                os.killpg(run.process.pid, signal.SIGKILL)
                run.process.communicate()
        server.shutdown()
        server.server_close()
        shutil.rmtree(root)


COMMANDS = ("read", "workers", "serve", "watch", "parquet", "ray")


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_looks_anything_up_or_reaches_out(name: str, runs: dict[str, Run]) -> None:
    assert not runs[name].reached()


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_writes_outside_its_own_folders(name: str, runs: dict[str, Run]) -> None:
    assert not runs[name].wrote()


def test_the_watch_sees_what_it_is_to_see(tmp_path: Path) -> None:
    code = """if True:
        import os, socket, subprocess, sys
        asks = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        asks.connect(("127.0.0.1", 53))
        asks.send(b"collector.example")
        child = "import os; os.mkdir(os.path.expanduser('~/.Vendor'))"
        subprocess.run([sys.executable, "-c", child], check=True)
        open(os.path.expanduser("~/.Vendor/device"), "w")
    """
    run = Run(tmp_path, "-c", code)
    assert run.end() == ""
    assert [line.partition("(")[0].split()[1] for line in run.reached()] == ["connect", "sendto"]
    assert run.wrote() == {f"{tmp_path}/.Vendor", f"{tmp_path}/.Vendor/device"}


@pytest.mark.parametrize(
    ("line", "reaches"),
    [
        ('7 connect(9<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("203.0.113.9")}, 16) = 0', True),
        ('7 connect(9<TCPv6:[1]>, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 0', True),
        ('7 sendto(9<UDP:[10.0.0.2:9->203.0.113.9:123]>, "x", 1, 0, NULL, 0) = 1', True),
        ('7 sendto(9<UDP:[1]>, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(123), sin_addr=inet_addr("203.0.113.9")}, 16) = 1', True),
        ('7 connect(9<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("127.0.0.1")}, 16) = 0', False),
        ('7 connect(9<UDP:[1]>, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0', True),
        ('7 connect(9<UNIX-STREAM:[1]>, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0', True),
    ],
)  # fmt: skip
def test_what_reaches_beyond_this_machine_is_known_from_what_does_not(
    line: str, reaches: bool
) -> None:
    assert bool(reached(line)) is reaches
