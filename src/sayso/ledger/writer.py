"""Putting lines into the log, and what is worked out of them into the views, in one transaction."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from msgspec import MsgspecError
from msgspec.structs import replace
from sqlalchemy import Connection, select
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from sayso.errors import InputError, LedgerError, NotFoundError
from sayso.ledger import contents, imprints, postgresql, schema, views
from sayso.ledger.log import Deposit, Log, every, latest, sha256
from sayso.ledger.opening import Place
from sayso.records import (
    MENDED,
    MOST_CLAIMS,
    Capture,
    Document,
    EntryKind,
    Gathering,
    Incident,
    Judgement,
    Problem,
    Reading,
    Record,
    Redaction,
    is_by_hand,
)
from sayso.wire import encode, fingerprint

R = TypeVar("R", bound=Record)

LONGEST_ID = 500
"""Characters of what a line of the log is looked up by: PostgreSQL's indexes take 2,700 bytes."""


class Writer:
    """What may be written within a transaction; made by `Ledger.transaction` only."""

    def __init__(self, connection: Connection, place: Place) -> None:
        self._connection = connection
        self._place = place
        self._log = Log(connection)

    def add(self, found: Document | Capture, reading: Reading, raw: bytes | None = None) -> bool:
        """Add a document with what was read in it and the bytes that it came from, `raw` or those
        of the capture, and say whether it was new.

        A document that is there already stays as it is, and is given the reading where that is
        another than its last. Under the same id with another text it is not added, and that is
        recorded as a problem: `Ledger.admitted` gives versions ids of their own.

        Raises `LedgerError` when the reading is of another document.
        """
        capture = found if isinstance(found, Capture) else Capture(document=found, raw=raw)
        document, raw = capture.document, capture.raw
        if reading.document.id != document.id:
            raise LedgerError(f"a reading of {reading.document.id!r} is none of {document.id!r}")
        known = latest(self._connection, "document", document.id)
        if known is not None:
            if self._decoded(known, Deposit).text != sha256(document.text.encode()):
                message = "is in the ledger already, with another text: this one was not added"
                self.problem(Problem(input=document.id, message=message))
            else:
                self.read(reading)
            return False
        deposit = Deposit.of(capture)
        self._log.keep(document.text.encode())
        if raw is not None:
            self._log.keep(raw)
        self._enter("document", document.id, deposit, document.text)
        self._enter("reading", document.id, self._with_made(reading))
        return True

    def mend(self, document: Document, reading: Reading) -> None:
        """Record a document that is there with what a person put in place of its date, outlet,
        title or language, and what is read in it now. Raises `LedgerError` where it is not there
        with that text."""
        held = self.deposit(document.id)
        if held is None or held.text != sha256(document.text.encode()):
            raise LedgerError(f"no document {document.id!r} of that text in {self._place.name}")
        mended = {name: getattr(document, name) for name in (*MENDED, "mended")}
        self._enter("document", document.id, replace(held, **mended), document.text)
        self._enter("reading", document.id, self._with_made(reading))

    def read(self, reading: Reading) -> bool:
        """Add a reading of a document that is there, with the claims that people made of it;
        whether it differs from the last one.

        Raises `LedgerError` where the document is not there.
        """
        id = reading.document.id
        if latest(self._connection, "document", id) is None:
            raise LedgerError(f"no document {id!r} in {self._place.name} to add a reading of")
        reading = self._with_made(reading)
        if latest(self._connection, "reading", id) == encode(reading):
            return False
        self._enter("reading", id, reading)
        return True

    def problem(self, problem: Problem) -> bool:
        """Record what could not be read, the same problem with the same input once; whether it was
        not there yet."""
        return self.enter_once("problem", _subject(problem.input), problem)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Within, one document or line is written that must not cost the others: where it cannot be
        kept, nothing of it is, and `InputError` says why. What concerns the whole ledger, as that
        there is no space left, is raised as ever."""
        log = self._log
        before = log.seq, log.at, log.hash
        try:
            with self._connection.begin_nested():
                yield
        except (DataError, IntegrityError, OperationalError) as error:
            if isinstance(error, OperationalError) and not postgresql.is_too_much(error.orig):
                raise
            log.seq, log.at, log.hash = before
            raise InputError(f"cannot be kept: {_first_line(error.orig)}") from error
        except (OverflowError, UnicodeError, MsgspecError, InputError) as error:
            log.seq, log.at, log.hash = before
            if isinstance(error, InputError):
                raise
            raise InputError(f"cannot be kept: {_first_line(error)}") from error

    def judge(self, judgement: Judgement) -> Judgement:
        """Record what a person decided now; what comes back has its id and time."""
        at = self._log.moment()
        decided = replace(judgement, id="", at=at)
        decided = replace(decided, id=fingerprint(decided))
        self._enter("judgement", decided.a, decided, at=at)
        return decided

    def settle(self, document: str) -> None:
        """See to it that the last reading of a document has the claims that people made of it, and
        none that were taken back."""
        last = latest(self._connection, "reading", document)
        if last is not None:
            self.read(self._decoded(last, Reading))

    def redact(self, redaction: Redaction) -> None:
        """Record that a document is to be shown no more. Raises `NotFoundError`."""
        if latest(self._connection, "document", redaction.document) is None:
            raise NotFoundError(f"no document {redaction.document!r} in {self._place.name}")
        self._enter("redaction", redaction.document, redaction)

    def deposit(self, id: str) -> Deposit | None:
        """What the log says of the document of this id; None where it is not there."""
        known = latest(self._connection, "document", id)
        return None if known is None else self._decoded(known, Deposit)

    def reading(self, id: str) -> str | None:
        """The last reading of the document of this id, as the log has it; None where none is."""
        return latest(self._connection, "reading", id)

    def readings(self, id: str) -> Iterator[Reading]:
        """All readings of the document of this id, the first one first."""
        for entry in every(self._connection, ["reading"], [id]):
            yield self._decoded(entry.record, Reading)

    def content(self, sha256: str) -> bytes | None:
        """The text or file of that SHA-256; None where it is not there."""
        table = schema.contents
        query = select(table.c.packed).where(table.c.sha256 == sha256)
        packed = self._connection.execute(query).scalar_one_or_none()
        return None if packed is None else zlib.decompress(packed)

    def holds(self, sha256: str) -> bool:
        """Whether the text or file of that SHA-256 is there."""
        table = schema.contents
        query = select(table.c.sha256).where(table.c.sha256 == sha256)
        return self._connection.execute(query).first() is not None

    def enter(self, kind: EntryKind, subject: str, record: Record, text: str | None = None) -> None:
        """Add a line of any kind as it is, for bringing in what another ledger has; `text` is that
        of a document, whose contents are kept already."""
        self._enter(kind, subject, record, text)

    def enter_once(self, kind: EntryKind, subject: str, record: Record) -> bool:
        """The same unless that line is there already; whether it was not."""
        table = schema.log
        query = select(table.c.seq).where(
            table.c.kind == kind, table.c.subject == subject, table.c.record == encode(record)
        )
        if self._connection.execute(query).first() is not None:
            return False
        self._enter(kind, subject, record)
        return True

    def keep(self, content: bytes) -> str:
        """Keep a text or a file, once; what comes back is its SHA-256."""
        return self._log.keep(content)

    def regain(self, id: str, text: str) -> None:
        """Have a document that was known by quotations found by the words of its text, which is
        kept now, too, and what the documents tell together worked out again."""
        held = self.deposit(id)
        if held is not None:
            views.regain(self._connection, held, text)
            imprints.drop(self._connection, held.text)

    def keep_imprint(self, kept: imprints.Kept) -> bool:
        """Keep the imprint of a text unless one is there; whether it was not. What the documents
        tell together is then worked out again."""
        new = imprints.keep(self._connection, kept)
        if new:
            views.outdate(self._connection)
        return new

    def shows(self, document: str) -> bool:
        """Whether a document is there and was not redacted."""
        table = schema.documents
        query = select(table.c.id).where(table.c.id == document)
        return self._connection.execute(query).first() is not None

    def put(
        self,
        seq: int,
        found: Iterable[tuple[Incident, Gathering]],
        verdicts: Mapping[str, views.Verdict],
        facts: Mapping[str, str],
    ) -> None:
        """Replace what the documents tell together by what they tell as of line `seq`, unless
        somebody has put something later there. `facts` say what it was made with."""
        there = views.state(self._connection)
        if views.as_of(there, self._place.name) <= seq:
            views.put(self._connection, seq, found, verdicts, facts)

    def put_some(
        self,
        seq: int,
        found: Iterable[tuple[Incident, Gathering]],
        judged: Collection[str],
        verdicts: Mapping[str, views.Verdict],
        facts: Mapping[str, str],
    ) -> None:
        """The same where only these incidents and the verdicts on the `judged` claims changed."""
        there = views.state(self._connection)
        if views.as_of(there, self._place.name) <= seq:
            views.put_some(self._connection, seq, found, judged, verdicts, facts)

    def rebuild(self) -> None:
        """Make all that is derived from single lines of the log anew; the rest is then missing."""
        views.rebuild(self._connection)

    def drop_unnamed(self) -> list[str]:
        """Drop the texts and files that no line of the log speaks of, and imprints that stand for
        no text that is missing; what comes back is the SHA-256 of each text and file."""
        imprints.drop_needless(self._connection)
        return contents.drop_unnamed(self._connection)

    def _with_made(self, reading: Reading) -> Reading:
        """A reading with the claims that people made of its document, where they stand in it."""
        made = [
            judgement.made
            for judgement in self._judgements(reading.document.id)
            if judgement.made is not None and not self._is_undone(judgement)
        ]
        if not made and not any(map(is_by_hand, reading.claims)):
            return reading
        ids = {claim.id for claim in made}
        claims = [c for c in reading.claims if c.id not in ids and not is_by_hand(c)]
        claims = claims[: MOST_CLAIMS - len(made)]
        for claim in made:
            starts = (n for n, c in enumerate(claims) if c.evidence.start > claim.evidence.start)
            claims.insert(next(starts, len(claims)), claim)
        return replace(reading, claims=tuple(claims))

    def _is_undone(self, judgement: Judgement) -> bool:
        """Whether a judgement was taken back, and not taken up again since."""
        return any(
            undo.verdict == "undo" and not self._is_undone(undo)
            for undo in self._judgements(judgement.id)
        )

    def _judgements(self, subject: str) -> list[Judgement]:
        found = every(self._connection, ["judgement"], [subject])
        return [self._decoded(entry.record, Judgement) for entry in found]

    def _enter(
        self,
        kind: EntryKind,
        subject: str,
        record: Record,
        text: str | None = None,
        at: str | None = None,
    ) -> None:
        entry = self._log.append(kind, subject, encode(record), at)
        views.update(self._connection, entry, text)
        if kind == "redaction":
            imprints.forget(self._connection, subject)

    def _decoded(self, record: str, kind: type[R]) -> R:
        return self._place.decoded(record, kind)


def _subject(text: str) -> str:
    """PostgreSQL has no NUL in a text, and no long one in an index."""
    return text.replace("\0", " ")[:LONGEST_ID]


def _first_line(error: BaseException | None) -> str:
    detail = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {detail}"
