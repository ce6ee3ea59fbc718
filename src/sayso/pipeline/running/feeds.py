"""Feeds, looked at again and again: what is new in them goes into the ledger.

What was seen is noted in a file of its own, which can always be done without: without it every
article is fetched once more, found to be there, and left alone. A feed is asked whether it has
changed before it is sent, is left alone for longer each time it fails, and as long as it asks; what
is left alone is told, with the reason.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from sayso import outputs
from sayso.errors import InputError, SettingsError
from sayso.ingest import feeds, inputs
from sayso.ingest.articles import content_id, fault, guarded, unread
from sayso.ingest.fetching import BusyError, Fetched, Fetcher
from sayso.ingest.fragments import fragment
from sayso.ingest.pages import page
from sayso.pipeline import Added, add
from sayso.pipeline.running.stream import Reads
from sayso.records import Capture, Document, Problem
from sayso.settings import Settings

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

OFTEN = 60.0
"""Seconds: no feed is to be asked more often."""

LONGEST = 86_400.0
"""Seconds that a feed which fails is left alone, at most."""

TRIES = 3
"""How often an article that cannot be had is tried, once a round."""

GIVEN_UP = f"is left alone: it could not be had {TRIES} times"

KEPT = 5_000
"""Articles of a feed that are remembered, the last that it named."""


def noted(settings: Settings) -> Path:
    """Where it is noted what was seen for a ledger, by its address: in the user's cache folder."""
    ledger = settings.ledger
    name = ledger if "://" in ledger else str(Path(ledger).resolve())
    return settings.gazetteer.parent / f"feeds-{sha256(name.encode()).hexdigest()[:16]}.json"


class Left(NamedTuple):
    """Something that was left alone, or taken otherwise than asked: its address, and why, in
    words. It is nothing that went wrong in this round; a feed of which nothing is wrong `waits`
    for its time."""

    input: str
    message: str
    waits: bool = False


class _Seen(msgspec.Struct):
    """A feed as it was seen last: the headers it had, when it may be asked again (seconds since
    1970), how often it failed in a row and why it did last, and its articles: the mark of each, or
    how often it failed; those that it names now are the last so many.
    """

    headers: dict[str, str] = {}
    due: float = 0.0
    failures: int = 0
    items: dict[str, str | int] = {}
    why: str = ""
    named: int = 0


class Watch:
    """The feeds that are watched, and what was seen in them.

    `state` is the file in which that is noted, and `every` how many seconds a feed is left alone.
    Raises `SettingsError` where the file is of something else.
    """

    def __init__(
        self, state: Path, fetcher: Fetcher, every: float, clock: Callable[[], float] = time.time
    ) -> None:
        self._path = state
        self._fetcher = fetcher
        self._every = every
        self._clock = clock
        try:
            self._seen = msgspec.json.decode(state.read_bytes() or b"{}", type=dict[str, _Seen])
        except FileNotFoundError:
            self._seen = {}
        except (msgspec.MsgspecError, OSError) as error:
            raise SettingsError(f"{state} is no note of feeds: {error}") from None

    def round(
        self, ledger: Ledger, reader: Reads, addresses: Sequence[str], *, snapshots: bool = True
    ) -> Iterator[Added | Problem | Left]:
        """Look once at every feed that is due, and put what is new in them into the ledger."""
        for address in addresses:
            seen = self._seen.setdefault(address, _Seen())
            if seen.due > self._clock():
                yield Left(address, _waiting(seen), not seen.why)
                continue
            try:
                # An article that is to be tried again is named only where the feed is sent whole.
                again = any(isinstance(mark, int) and mark < TRIES for mark in seen.items.values())
                there = self._fetcher.fetch(address, None if again else seen.headers)
                found = (
                    feeds.Feed(None, ()) if there.unchanged else feeds.feed(there.data, there.url)
                )
            except Exception as error:
                foreseen = isinstance(error, InputError)
                yield (
                    Problem(input=address, message=str(error))
                    if foreseen
                    else unread(address, "a feed", error)
                )
                self._failed(seen, error)
            else:
                yield from (Problem(input=address, message=message) for message in found.broken)
                if there.unchanged:
                    for key in list(seen.items)[len(seen.items) - seen.named :]:
                        if isinstance(mark := seen.items[key], int) and mark >= TRIES:
                            yield Left(key, GIVEN_UP)
                yield from self._items(ledger, reader, seen, found, snapshots)
                self._done(seen, there, found)
            self._save()

    def wait(self, addresses: Sequence[str]) -> float:
        """Seconds until the first of these is due."""
        due = [self._seen[address].due for address in addresses if address in self._seen]
        return max(0.0, min(due, default=0.0) - self._clock())

    def _items(
        self, ledger: Ledger, reader: Reads, seen: _Seen, found: feeds.Feed, snapshots: bool
    ) -> Iterator[Added | Problem | Left]:
        """What is new in a feed into the ledger; how each item went is noted at once."""
        for item in found.items:
            before = seen.items.get(item.key)
            failures = before if isinstance(before, int) else 0
            if before == item.mark:
                continue
            if failures >= TRIES:
                yield Left(item.url or item.key, GIVEN_UP)
                continue
            problems = 0
            article = guarded(self._article(item, found.title), item.url or item.key, "an article")
            notes: list[Left] = []
            for one in add(ledger, reader, _without(article, notes), snapshots):
                problems += isinstance(one, Problem)
                yield one
            yield from notes
            seen.items[item.key] = failures + 1 if problems else item.mark
            self._save()

    def _article(self, item: feeds.Item, feed: str | None) -> Iterator[Capture | Problem | Left]:
        """The page that an item leads to, with what only the feed says of it, else what the feed
        itself says."""
        outlet = item.outlet or feed
        problems: list[Capture | Problem] = []
        if item.url is not None:
            problems = list(inputs.addressed(item.url, self._fetcher))
            if any(isinstance(one, Capture) for one in problems):
                for one in problems:
                    yield _completed(one, item, outlet) if isinstance(one, Capture) else one
                return
        html = f"<html><body><article>{item.content}</article></body></html>".encode()
        said = page(html, item.key)
        # What a feed says of an article may be too short for a page to have one.
        text = fragment(item.content) if isinstance(said, Problem) else said.text
        if isinstance(said, Problem) and (not text or fault(text)):
            yield from problems or [said]
            return
        for one in problems:
            if isinstance(one, Problem):
                yield Left(one.input, f"{one.message}; what the feed says of it is read instead")
        document = Document(
            id=content_id(outlet, item.key),
            text=text,
            url=item.url,
            title=item.title,
            outlet=outlet,
            published=item.published,
        )
        yield Capture(document=document, raw=html)

    def _done(self, seen: _Seen, there: Fetched, found: feeds.Feed) -> None:
        seen.headers, seen.failures, seen.why = there.headers, 0, ""
        seen.due = self._clock() + self._every
        for item in found.items:  # those that it names now come last
            seen.items[item.key] = seen.items.pop(item.key)
        if not there.unchanged:
            seen.named = len({item.key for item in found.items})
        seen.items = dict(list(seen.items.items())[-KEPT:])

    def _failed(self, seen: _Seen, error: Exception) -> None:
        seen.failures += 1
        seen.why = str(error)
        wait = min(LONGEST, self._every * 2**seen.failures)
        if isinstance(error, BusyError):
            wait = max(wait, min(error.wait, LONGEST))
        seen.due = self._clock() + wait

    def _save(self) -> None:
        """All or nothing: a note half written would be none."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with outputs.written(self._path, "note") as file:
            file.write(msgspec.json.format(msgspec.json.encode(self._seen)))


def _waiting(seen: _Seen) -> str:
    """Why a feed is not asked now, in words, and until when."""
    due = datetime.fromtimestamp(seen.due, UTC).strftime("%Y-%m-%d %H:%M UTC")
    why = "it was asked a short while ago"
    if seen.why:
        why = f"it {seen.why}"
        if seen.failures > 1:
            why += f", the {seen.failures} last times it was asked"
    return f"is left alone until {due}: {why}"


def _without(
    found: Iterator[Capture | Problem | Left], notes: list[Left]
) -> Iterator[Capture | Problem]:
    """What is found but for what is only told, which is put aside."""
    for one in found:
        if isinstance(one, Left):
            notes.append(one)
        else:
            yield one


def _completed(page: Capture, item: feeds.Item, outlet: str | None) -> Capture:
    """A page with the title, outlet and date that the feed has, where it has none itself."""
    document = page.document
    return replace(
        page,
        document=replace(
            document,
            title=document.title or item.title,
            outlet=document.outlet or outlet,
            published=document.published or item.published,
        ),
    )


def listed(names: Sequence[str], fetcher: Fetcher) -> list[str]:
    """The addresses of feeds that these name: addresses themselves, OPML lists by their address or
    file, and files with one address on each line. Raises `InputError` where one is none of these.
    """
    found: list[str] = []
    for name in names:
        if name.startswith(("http://", "https://")):
            if name.lower().endswith(".opml"):
                found += feeds.outlines(fetcher.fetch(name).data)
            else:
                found.append(name)
            continue
        try:
            data = Path(name).read_bytes()
        except OSError as error:
            raise InputError(f"{name} cannot be read: {error.strerror}") from None
        try:
            found += feeds.outlines(data) if feeds.is_list(data) else _lines(data)
        except InputError as error:
            raise InputError(f"{name} {error}") from None
    return list(dict.fromkeys(found))


def _lines(data: bytes) -> list[str]:
    lines = [line.partition("#")[0].strip() for line in data.decode("utf-8", "replace").split("\n")]
    wrong = [line for line in lines if line and not line.startswith(("http://", "https://"))]
    if wrong:
        raise InputError(f"has no list of feeds in it: {wrong[0][:60]!r} is no address")
    return [line for line in lines if line]
