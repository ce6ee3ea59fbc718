"""A ledger in a zip: for handing the record on, for proving it, and for taking it in elsewhere.

`manifest.json` says what is within, `log.jsonl` is the log, line by line, and `contents/` are texts
and files by their SHA-256, if they were asked for. Texts are mostly others' property: without them
a bundle has the documents by their headings and hashes, their claims with what these quote, and in
`imprints.jsonl` what incidents are derived from, so that they are the same elsewhere. Of a document
that was redacted, what the log says of it is withheld, which leaves its hashes: the chain can still
be followed, and whoever has the record can still prove it.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from sayso import outputs
from sayso.errors import InputError, LedgerError
from sayso.ledger.contents import named
from sayso.ledger.imprints import Kept, Make
from sayso.ledger.log import Deposit
from sayso.ledger.manifest import Line, Manifest, Progress
from sayso.ledger.proof import Proof, Proving
from sayso.ledger.proof import verify as verify_ledger
from sayso.ledger.proving.faults import Fault
from sayso.ledger.seals import Seal
from sayso.ledger.taking import Given, Imported, take
from sayso.records import Entry, Record
from sayso.version import __version__
from sayso.wire import decode, encode

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

R = TypeVar("R", bound=Record)

FORMAT = "sayso bundle 1"
WITH_IMPRINTS = "sayso bundle 2"
"""The format of a bundle that has imprints, of which Sayso up to 0.14 knows nothing."""

LARGEST_CONTENT = 64_000_000
"""Bytes of one text or file, and characters of one line of the log, that a bundle may unpack to."""

_WHEN = (1980, 1, 1, 0, 0, 0)  # the same ledger gives the same bytes, whenever it is packed
_MANIFEST, _LOG, _IMPRINTS, _CONTENTS = (
    "manifest.json",
    "log.jsonl",
    "imprints.jsonl",
    "contents/",
)

# What the library raises where a zip is broken.
_NO_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)


def write(
    ledger: Ledger, out: Path, *, texts: bool = False, imprint: Make | None = None
) -> Manifest:
    """Pack a ledger into the zip at `out`, with texts and files if asked for; give its manifest.

    Of each text that stays out goes the imprint that `imprint` makes, or the one that is held where
    the text is not; none does where that is None.

    Raises as `outputs.written` where the zip cannot be written, or something else is there.
    """
    redacted = {entry.subject for entry in ledger.entries(kinds=("redaction",))}
    with outputs.written(out, "bundle") as file, zipfile.ZipFile(file, "w") as packed:
        return _pack(ledger, packed, redacted, texts, imprint)


def _pack(
    ledger: Ledger,
    packed: zipfile.ZipFile,
    redacted: set[str],
    texts: bool,
    imprint: Make | None,
) -> Manifest:
    head = ledger.head()
    wanted: set[str] = set()
    meant: set[str] = set()
    with packed.open(_named(_LOG), "w", force_zip64=True) as file:
        digest = hashlib.sha256()
        for entry in ledger.entries():
            if entry.seq > head.seq:
                break  # somebody adds to it meanwhile
            withheld = entry.subject in redacted and entry.kind in ("document", "reading")
            record = "" if withheld else entry.record
            line = Line(
                seq=entry.seq,
                at=entry.at,
                kind=entry.kind,
                subject=entry.subject,
                record=record,
                hash=entry.hash,
                withheld=withheld,
            )
            packed_line = encode(line).encode() + b"\n"
            digest.update(packed_line)
            file.write(packed_line)
            if entry.kind == "document" and not withheld:
                deposit = decode(entry.record, Deposit)
                meant.add(deposit.text)
                wanted |= set(named(deposit)) if texts else set()
    imprints = (
        _imprints(ledger, packed, sorted(meant), imprint, texts) if imprint is not None else ""
    )
    for name in sorted(wanted):
        content = ledger.content(name)
        if content is not None:
            packed.writestr(_named(f"{_CONTENTS}{name}"), content)
    manifest = Manifest(
        format=WITH_IMPRINTS if imprints else FORMAT,
        sayso=__version__,
        lines=head.seq,
        last=head.at,
        hash=head.hash,
        texts=texts,
        log=digest.hexdigest(),
        imprints=imprints,
    )
    packed.writestr(_named(_MANIFEST), encode(manifest) + "\n")
    return manifest


def _imprints(
    ledger: Ledger, packed: zipfile.ZipFile, meant: Iterable[str], make: Make, texts: bool
) -> str:
    """Pack the imprints of those texts that stay out; the SHA-256 of them all, "" where there are
    none."""
    lines = []
    for text in meant:
        content = ledger.content(text)
        if content is None:
            kept = ledger.imprint(text)
        elif texts:
            continue
        else:
            made = encode(make(content.decode()))
            kept = Kept(text=text, sayso=__version__, imprint=made)
        if kept is not None:
            lines.append(encode(kept).encode() + b"\n")
    if not lines:
        return ""
    packed.writestr(_named(_IMPRINTS), b"".join(lines))
    return hashlib.sha256(b"".join(lines)).hexdigest()


def is_bundle(path: str) -> bool:
    """Whether there is a zip in the file at `path`."""
    return "://" not in path and zipfile.is_zipfile(path)


def verify(path: Path, since: Seal | None = None, imprint: Make | None = None) -> Proof:
    """What is wrong with the bundle in this file, if anything; `since` and `imprint` as in
    `proof.verify`.

    Without texts a quotation can only be proved to have the length that its place says. Raises
    `InputError` where there is no bundle in the file, or it cannot be unpacked.
    """
    with _opened(path) as bundle:
        return bundle.proof(since, imprint)


def read(source: Path | Ledger, ledger: Ledger, progress: Progress | None = None) -> Imported:
    """Bring into a ledger what a bundle, or another ledger, holds and this one does not.

    A document of an id that is taken by another text comes in as a version; of one that is there
    with the same text nothing is taken but what its own line names and lacks, so that the bytes it
    was first read from stay. Nothing of a source that is not whole is taken. Taking the same in
    again changes nothing. Raises `InputError` where the file is no bundle, and `LedgerError` where
    the source is not whole.
    """
    if isinstance(source, Path):
        with _opened(source) as bundle:
            _refuse_unless_whole(str(source), bundle.proof())
            head = bundle.manifest
            given = Given(bundle.lines(), bundle.content, bundle.imprints(), head)
            return take(given, head.lines, ledger, progress)
    _refuse_unless_whole(source.name, verify_ledger(source))
    last = source.head()
    manifest = Manifest(
        format=FORMAT,
        sayso=__version__,
        lines=last.seq,
        last=last.at,
        hash=last.hash,
        texts=True,
        log="",
    )
    lines = (
        Line(**{name: getattr(entry, name) for name in Entry.__struct_fields__})
        for entry in source.entries()
    )
    given = Given(lines, source.content, source.imprints(), manifest)
    return take(given, last.seq, ledger, progress)


def _refuse_unless_whole(name: str, proof: Proof) -> None:
    if proof.faults:
        more = f" and {len(proof.faults) - 1} more faults" if len(proof.faults) > 1 else ""
        raise LedgerError(f"{name} is not whole: {proof.faults[0].what}{more}; nothing was taken")


class _Bundle:
    """An open bundle."""

    def __init__(self, path: Path, packed: zipfile.ZipFile) -> None:
        self._path = path
        self._packed = packed
        self._names = {info.filename: info for info in packed.infolist()}
        if len(self._names) != len(packed.infolist()):
            raise self.broken("it holds two files of one name")
        for needed in (_MANIFEST, _LOG):
            if needed not in self._names:
                raise self.broken(f"it has no {needed}")
        try:
            self.manifest = decode(self._bytes(_MANIFEST), Manifest)
        except msgspec.MsgspecError as error:
            raise self.broken(f"its manifest is none: {error}") from error
        if self.manifest.format not in (FORMAT, WITH_IMPRINTS):
            raise self.broken(f"its format is {self.manifest.format!r}, not {WITH_IMPRINTS!r}")

    def lines(self) -> Iterator[Line]:
        """The lines of the log."""
        return self._each(_LOG, Line)

    def imprints(self) -> Iterator[Kept]:
        """The imprints of texts that are not within."""
        return self._each(_IMPRINTS, Kept) if _IMPRINTS in self._names else iter(())

    def _each(self, name: str, kind: type[R]) -> Iterator[R]:
        with self._packed.open(name) as file:
            while line := file.readline(LARGEST_CONTENT):
                try:
                    yield decode(line, kind)
                except msgspec.MsgspecError as error:
                    what = f"{name} holds what is no line of one: {error}"
                    raise self.broken(what) from error

    def content(self, name: str) -> bytes | None:
        """The text or file of that SHA-256; None where it is not within."""
        return self._bytes(f"{_CONTENTS}{name}") if f"{_CONTENTS}{name}" in self._names else None

    def proof(self, since: Seal | None = None, imprint: Make | None = None) -> Proof:
        """What is wrong with it."""
        proving = Proving(self.content, since, texts=self.manifest.texts)
        digest = hashlib.sha256()
        for line in self.lines():
            digest.update(encode(line).encode() + b"\n")
            proving.line(line.entry(), line.withheld)
        told = hashlib.sha256()
        for kept in self.imprints():
            told.update(encode(kept).encode() + b"\n")
            proving.imprint(kept, imprint)
        if self.manifest.imprints != (told.hexdigest() if _IMPRINTS in self._names else ""):
            proving.faults.append(Fault(None, "its manifest is of other imprints"))
        known = {_MANIFEST, _LOG, _IMPRINTS} | {f"{_CONTENTS}{name}" for name in proving.named}
        proving.faults += [
            Fault(None, f"nothing in the log speaks of {name!r}")
            for name in sorted(self._names.keys() - known)
        ]
        proof = proving.proof()
        head = (self.manifest.lines, self.manifest.last, self.manifest.hash)
        if head != tuple(proof.head) or self.manifest.log != digest.hexdigest():
            fault = Fault(None, "its manifest is of another log")
            proof = proof._replace(faults=(*proof.faults, fault))
        return proof

    def broken(self, why: str) -> InputError:
        """The error for what is no bundle."""
        return InputError(f"{self._path} is no bundle of Sayso's: {why}")

    def _bytes(self, name: str) -> bytes:
        if self._names[name].file_size > LARGEST_CONTENT:
            raise self.broken(f"{name} would be larger than {LARGEST_CONTENT:,} bytes")
        return self._packed.read(name)


@contextmanager
def _opened(path: Path) -> Iterator[_Bundle]:
    try:
        with zipfile.ZipFile(path) as packed:
            yield _Bundle(path, packed)
    except FileNotFoundError:
        raise InputError(f"{path} does not exist") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except _NO_ZIP as error:
        raise InputError(f"{path} is no whole zip: {type(error).__name__}: {error}") from error


def _named(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _WHEN)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
