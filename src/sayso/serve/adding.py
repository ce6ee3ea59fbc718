"""Documents that come in by the browser: pasted, uploaded, named by their addresses, the news of a
feed, or the story of the demo.

They are read one after another, in a process of its own, so that the pages answer meanwhile; a job
tells how far it is, and can be stopped. What was read is kept, as by `sayso add`, whatever becomes
of the rest: of a text over which that process ends, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Any, TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import NotFoundError, SaysoError, SettingsError
from sayso.ingest import inputs
from sayso.ingest.fetching import Fetcher
from sayso.ledger.store import Ledger
from sayso.pipeline import Added, add
from sayso.pipeline.running.feeds import OFTEN, Left, Watch, listed, noted
from sayso.pipeline.running.stream import Reads
from sayso.pipeline.running.workers import STOPPED, Team, cores
from sayso.records import Capture, Problem
from sayso.serve.desk import Desk, desk, failed, items, json, wants_json
from sayso.settings import Settings

MOST = 500
"""Files or addresses that are taken at once."""

KEPT = 50
"""Jobs that are remembered; older ones are forgotten, not what they added."""

LONGEST = 8_000_000
"""Bytes of one field: a text of as many characters as one may have, and more."""

LINES = ("application/jsonl", "application/x-ndjson")

FIELDS = ("title", "outlet", "published", "url")
"""What may be said of a pasted text."""

Source = Callable[[Ledger, Reads], Iterator[Added | Problem | Left]]
"""What puts the documents of an input into a ledger, as a reader reads them."""


@dataclass
class Outcome:
    """What became of one document, or of an input in which none could be read."""

    input: str
    became: str
    document: str | None = None
    claims: int | None = None


@dataclass
class Job:
    """Inputs that are being read: so many of them are done, this is what became of each, and `now`
    is being read. One that is `stopped` comes to its end without reading the rest."""

    id: str
    total: int
    done: int = 0
    finished: bool = False
    stopped: bool = False
    now: str | None = None
    outcomes: list[Outcome] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """The job for programs."""
        return {
            "id": self.id,
            "total": self.total,
            "done": self.done,
            "finished": self.finished,
            "stopped": self.stopped,
            "now": self.now,
            "outcomes": [vars(outcome) for outcome in self.outcomes],
        }


T = TypeVar("T")


class Hand:
    """One who reads, in a process that is started when it is first needed, and does one thing after
    another; `stopped` says whether it is to leave off."""

    def __init__(self, settings: Settings, stopped: Callable[[], bool] = lambda: False) -> None:
        self._settings = settings
        self._stopped = stopped
        self._team: Team | None = None
        self._waiting = ThreadPoolExecutor(1, thread_name_prefix="reading")

    def do(self, what: Callable[[], T]) -> Future[T]:
        """Do this after what is being done."""
        return self._waiting.submit(what)

    def interrupt(self) -> None:
        """Leave off what is being read."""
        if self._team is not None:
            self._team.interrupt()

    def close(self) -> None:
        """Come to an end."""
        self._waiting.shutdown(cancel_futures=True)
        if self._team is not None:
            self._team.close()

    def reader(self) -> Reads:
        """The reader, for what is being done. Raises `EngineError` where it cannot be had."""
        if self._team is None:
            # One core is left to those who look at pages.
            self._team = Team(self._settings, 1, max(1, cores() - 1), self._stopped)
        return self._team


class Jobs:
    """The jobs of a desk, one of which is read at a time."""

    def __init__(self, here: Desk) -> None:
        self._desk = here
        self._jobs: dict[str, Job] = {}
        self._job: Job | None = None
        self._lock = Lock()
        self._hand = Hand(here.settings, self._is_stopped)
        self._beside = Hand(here.settings)

    def start(self, sources: list[tuple[str, Source]]) -> Job:
        """Begin to read these inputs, each by its name."""
        job = Job(id=token_hex(8), total=len(sources))
        with self._lock:
            self._jobs[job.id] = job
            for old in list(islice(self._jobs, max(0, len(self._jobs) - KEPT))):
                if self._jobs[old].finished:
                    del self._jobs[old]
        self._hand.do(partial(self._run, job, sources))
        return job

    def job(self, id: str) -> Job:
        """The job of that id. Raises `NotFoundError`."""
        found = self._jobs.get(id)
        if found is None:
            raise NotFoundError(
                f"there is no job {id!r}, or it was long ago; the log has what came"
            )
        return found

    def stop(self, id: str) -> Job:
        """Let a job come to its end: what it is reading is left off, what waits is not begun.
        Raises `NotFoundError`."""
        job = self.job(id)
        job.stopped = True
        if job is self._job:
            self._hand.interrupt()
        return job

    def reading(self, what: Callable[[Reads], T]) -> T:
        """Do this with a reader, and give what comes of it; while a job is read, with another, so
        that nobody has to wait for that."""
        hand = self._beside if self._desk.reading else self._hand
        return hand.do(lambda: what(hand.reader())).result()

    def close(self) -> None:
        """End what is being read; what was read is kept."""
        for job in self._jobs.values():
            job.stopped = True
        self._hand.interrupt()
        self._hand.close()
        self._beside.close()

    def _is_stopped(self) -> bool:
        return self._job is not None and self._job.stopped

    def _run(self, job: Job, sources: list[tuple[str, Source]]) -> None:
        self._job, self._desk.reading = job, True
        for name, source in sources:
            if job.stopped:
                left = job.total - job.done
                job.outcomes.append(Outcome(f"{left} of {job.total} inputs", STOPPED))
                break
            job.now = name
            self._attempt(job, name, partial(self._read, job, name, source))
            job.done += 1
        self._job, self._desk.reading, job.now = None, False, None
        self._attempt(job, "incidents", self._desk.current)
        job.finished = True

    def _attempt(self, job: Job, name: str, what: Callable[[], None]) -> None:
        """Whatever goes wrong, whoever waits is told of it, and the rest is done."""
        try:
            what()
        except SaysoError as error:
            job.outcomes.append(Outcome(name, str(error)))
        except Exception as error:
            job.outcomes.append(Outcome(name, f"not done, by a fault in Sayso: {error!r}"))

    def _read(self, job: Job, name: str, source: Source) -> None:
        before = len(job.outcomes)
        for item in source(self._desk.ledger, self._hand.reader()):
            if not isinstance(item, Added):
                job.outcomes.append(Outcome(item.input, item.message))
            else:
                claims = None if item.reading is None else len(item.reading.claims)
                became = {"new": "added", "read again": "read again", "known": "there already"}
                outcome = Outcome(name, became[item.became], item.document.id, claims)
                job.outcomes.append(outcome)
        if len(job.outcomes) == before:
            job.outcomes.append(Outcome(name, STOPPED if job.stopped else "nothing new"))


def adding(request: Request) -> Response:
    """The page to add documents on, where a ledger that has none begins."""
    here = desk(request)
    begun = here.has_documents()
    title = "Add documents" if begun else "Begin"
    return here.page(request, "add.html", title=title, job=None, begun=begun)


def progress(request: Request) -> Response:
    """How far a job is."""
    here = desk(request)
    job = jobs(request).job(request.path_params["id"])
    if wants_json(request):
        return items([job.told()])
    return here.page(request, "add.html", title="Adding documents", job=job, begun=True)


def stop(request: Request) -> Response:
    """Let a job come to its end, without what it has not read."""
    job = jobs(request).stop(request.path_params["id"])
    if wants_json(request):
        return items([job.told()])
    return RedirectResponse(f"/add/{job.id}", 303)


async def documents(request: Request) -> Response:
    """Take documents in: from a form with text, files, addresses, feeds, or the demo's story; as
    JSON, one or a list; or as lines of JSON."""
    content = request.headers.get("content-type", "").partition(";")[0].strip()
    if content in LINES or content == "application/json":
        body = await request.body()
        if content == "application/json":
            body = _lines(body)
        sources = [("request.jsonl", _bytes("request.jsonl", body))] if body.strip() else []
    elif content in ("multipart/form-data", "application/x-www-form-urlencoded"):
        limits = {"max_files": MOST, "max_fields": 100, "max_part_size": LONGEST}
        async with request.form(**limits) as form:
            sources = await _sources(request, form)
    else:
        return failed(f"documents come as a form or as lines of JSON, not as {content!r}", 415)
    if not sources:
        raise SettingsError(
            "there is nothing to read: paste a text, choose a file or give an address"
        )
    job = await run_in_threadpool(jobs(request).start, sources)
    if content in LINES or content == "application/json":
        return json({"ok": True, "items": [job.told()], "next": f"/add/{job.id}.json"}, 202)
    return RedirectResponse(f"/add/{job.id}", 303)


def _lines(body: bytes) -> bytes:
    """JSON, one thing or a list of them, a line each. Raises `SettingsError` where it is none."""
    try:
        found = msgspec.json.decode(body)
        each = found if isinstance(found, list) else [found]
        return b"\n".join(msgspec.json.encode(one) for one in each)
    except (msgspec.MsgspecError, RecursionError, UnicodeEncodeError) as error:
        raise SettingsError(f"that is no JSON: {error}") from None


async def _sources(request: Request, form: FormData) -> list[tuple[str, Source]]:
    found: list[tuple[str, Source]] = []
    text = str(form.get("text") or "")
    if text.strip():
        said = {name: str(form.get(name) or "").strip() for name in FIELDS}
        line = {"text": text} | {name: value for name, value in said.items() if value}
        found.append(("pasted text", _bytes("pasted text.jsonl", msgspec.json.encode(line))))
    for upload in form.getlist("files"):
        if isinstance(upload, UploadFile) and upload.filename:
            # The name is only what people are told: no file of that name is opened.
            name = upload.filename.replace("\\", "/").rpartition("/")[2][:200]
            found.append((name, _bytes(name, await upload.read())))
    fetcher = request.app.state.fetcher
    for address in _addresses(form, "addresses"):
        found.append((address, _captured(partial(inputs.addressed, address, fetcher))))
    note = noted(desk(request).settings)
    for address in _addresses(form, "feeds"):
        found.append((address, partial(_news, address, fetcher, note)))
    if form.get("demo"):
        found.append(("the demo's story", _demo))
    return found


def _addresses(form: FormData, field: str) -> list[str]:
    """The addresses in a field. Raises `SettingsError` where there are too many."""
    given = str(form.get(field) or "").split()
    if len(given) > MOST:
        raise SettingsError(f"{len(given)} {field} are more than {MOST}, take them in parts")
    return given


def _captured(captures: Callable[[], Iterator[Capture | Problem]]) -> Source:
    return lambda ledger, reader: add(ledger, reader, captures())


def _bytes(name: str, data: bytes) -> Source:
    return _captured(partial(inputs.handed, name, data))


def _news(
    address: str, fetcher: Fetcher, note: Path, ledger: Ledger, reader: Reads
) -> Iterator[Added | Problem | Left]:
    """What is new in a feed since it was looked at last, here or by `sayso watch`."""
    yield from Watch(note, fetcher, OFTEN).round(ledger, reader, listed([address], fetcher))


def _demo(ledger: Ledger, reader: Reads) -> Iterator[Added | Problem]:
    with as_file(files("sayso") / "data" / "demo" / "story.jsonl") as story:
        yield from add(ledger, reader, inputs.captures([str(story)]))


def jobs(request: Request) -> Jobs:
    """The jobs of the desk that a request is made at."""
    found: Jobs = request.app.state.jobs
    return found
