"""Which documents are one text, so that forty outlets that print one report are one witness.

Two texts are one when the shorter one's sequences of five words stand, for the most part, in the
longer one: containment, not overlap, so that a trimmed copy is still a copy. What stands in
quotation marks counts for less, since two reporters may print one statement. Documents of one
outlet that are one text are successive *versions* of a page, not copies: they are no second witness
either, but the later one corrects the earlier. A reworded translation is out of reach here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit
from zlib import crc32

import numpy as np
import numpy.typing as npt

from sayso.lexicon import table
from sayso.reconcile.order import day, ordered
from sayso.records import CopyGroup, Document

Shingles = npt.NDArray[np.uint64]

WORDS = 5
"""Length of the sequences compared."""

CONTAINED = 0.5
"""Share of the shorter text that must stand in the longer one: copies and light rewrites that
people called one text reach .54 and more, different reports with a shared statement stay below
.48."""

CONTAINED_SAME_WIRE = 0.3
"""The same, for two texts that name one agency within `DAYS_SAME_WIRE`: agencies rewrite their own
report as it grows."""

DAYS_SAME_WIRE = 2
NARRATED = 0.4
"""Share of the shorter text's words outside quotation marks that must be shared as well."""

FEWEST = 12
"""Sequences that must be shared at least; a common sentence is not a common text."""

ALIEN = 0.2
"""A document joins no family in which it shares less than this with any member looked at: a
round-up that holds many short reports must not make one text of them."""

_SAMPLE = 4  # one sequence in four finds candidates: a copy shares dozens of them
_OLDEST = 32  # documents remembered per sequence; the five-hundredth copy still meets the first
_LOOKED_AT = 8  # members of a family that a newcomer is compared with
_LEADS = 3  # a sequence under so many different openings at one outlet is that outlet's furniture

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»")
_POWERS = np.array([1000003**i % 2**64 for i in range(WORDS)], dtype=np.uint64)


class _Text(NamedTuple):
    whole: Shingles
    narration: Shingles
    lead: str


def groups(documents: Iterable[Document]) -> list[CopyGroup]:
    """Documents of more than one outlet that are one text, oldest first; single texts are left out.

    Groups are sorted by their oldest document. Versions by one outlet are members as well, so that
    a copy of either version counts once.
    """
    return [group for family in families(documents) if (group := copy_group(family))]


def versions(documents: Iterable[Document]) -> list[tuple[str, ...]]:
    """Successive versions of one page or story by one outlet: ids, oldest first, two or more."""
    return [version for family in families(documents) for version in versions_of(family)]


def copy_group(family: Sequence[Document]) -> CopyGroup | None:
    """The copy group of documents that are one text; None when they are versions of one outlet."""
    if len({outlet(document) for document in family}) < 2:
        return None
    wires = Counter(name for name in map(wire, family) if name)
    named = min(wires, key=lambda name: (-wires[name], name)) if wires else None
    return CopyGroup(documents=tuple(document.id for document in family), wire=named)


def versions_of(family: Sequence[Document]) -> list[tuple[str, ...]]:
    """The versions among documents that are one text, outlet by outlet."""
    pages: dict[str, list[str]] = defaultdict(list)
    for document in family:
        pages[outlet(document)].append(document.id)
    return [tuple(ids) for ids in pages.values() if len(ids) > 1]


def families(documents: Iterable[Document]) -> list[list[Document]]:
    """Documents that are one text, versions and copies alike: two or more, oldest first."""
    oldest_first = ordered(documents)
    texts = _texts(oldest_first)
    seen: dict[int, list[int]] = defaultdict(list)
    found: list[list[int]] = []
    home: dict[int, int] = {}
    for new, text in enumerate(texts):
        shared: Counter[int] = Counter()
        sample = [int(s) for s in text.whole if s % _SAMPLE == 0]
        for shingle in sample:
            shared.update(seen[shingle])
        near = sorted(shared, key=lambda old: (-shared[old], old))
        for old in near[: 2 * _LOOKED_AT]:
            if not _one_text(oldest_first, texts, old, new):
                continue
            members = found[home[old]]
            if all(_contained(texts[m].whole, text.whole) >= ALIEN for m in members[:_LOOKED_AT]):
                members.append(new)
                home[new] = home[old]
                break
        else:
            home[new] = len(found)
            found.append([new])
        for shingle in sample:
            if len(seen[shingle]) < _OLDEST:
                seen[shingle].append(new)
    return [[oldest_first[i] for i in family] for family in found if len(family) > 1]


def outlet(document: Document) -> str:
    """Who published a document, for telling outlets apart: the site of its address, else the
    outlet's name, else the document itself."""
    site = urlsplit(document.url or "").hostname or ""
    name = site or (document.outlet or "").casefold().strip()
    for prefix in ("www.", "m.", "amp.", "edition."):
        name = name.removeprefix(prefix)
    return name or f"document {document.id}"


def wire(document: Document) -> str | None:
    """The news agency whose text a document says it is, None when it names none.

    Read from the dateline ("KARSA (AP) —"), a byline or credit line, the closing credit
    ("(Reporting by ...; Reuters)"), the web address, or the outlet that is an agency itself. An
    agency that the text only quotes is not meant.
    """
    address = (document.url or "").casefold()
    for name, part in _addresses():
        if part in address:
            return name
    return next(filter(None, map(agency, _credits(document))), None)


def _credits(document: Document) -> Iterator[str]:
    """What stands where a text names its agency: dateline, byline, closing credit, outlet."""
    lines = [line.strip() for line in document.text.splitlines() if line.strip()]
    for line in lines[:3]:
        if dateline := _DATELINE.match(line[:200]):
            yield dateline["agency"]
        if byline := _BYLINE.fullmatch(line):
            yield byline["agency"]
    for line in lines[-2:]:
        if closing := _CLOSING.search(line):
            yield from re.split(r"[;/,]| and ", closing[0].strip("()[]."))
        if byline := _BYLINE.fullmatch(line):
            yield byline["agency"]
    yield document.outlet or ""


_DATELINE = re.compile(r"[^()\n]{0,80}?\((?P<agency>[^()\n]{2,40})\)\s*(?:[-—–:]|$)")
_BYLINE = re.compile(
    r"(?:by|from|source:|credit:|©|copyright|\(c\))?\s*(?:\d{4}\s+)?"
    r"(?P<agency>[\w .&'’-]{2,40}?)\.?",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"[(\[][^()\[\]]{2,200}[)\]]\.?$|^reporting by .*", re.IGNORECASE)


def agency(text: str) -> str | None:
    """The usual name of the news agency that is called so, None when none is."""
    name = re.sub(
        r"^(?:by|source|via|from|with)\b:?\s+|^the\s+", "", text.strip(" .\t"), flags=re.I
    )
    listed = _listed().get(name.casefold())
    if listed:
        # Short names are words as well: "Pa" is no agency.
        return listed if len(name) > 3 or not name.istitle() else None
    endings = tuple(ending.casefold() for ending in table("wires")["unlisted"]["endings"])
    return name if name.casefold().endswith(endings) and name[:1].isupper() else None


@cache
def _listed() -> dict[str, str]:
    return {n.casefold(): a["name"] for a in table("wires")["agency"] for n in a["names"]}


@cache
def _addresses() -> tuple[tuple[str, str], ...]:
    return tuple((a["name"], part) for a in table("wires")["agency"] for part in a["addresses"])


def _one_text(documents: Sequence[Document], texts: Sequence[_Text], a: int, b: int) -> bool:
    """Whether two documents are one text."""
    needed = CONTAINED
    whole = _contained(texts[a].whole, texts[b].whole)
    if whole < CONTAINED:
        first, second = day(documents[a]), day(documents[b])
        close = not first or not second or abs((second - first).days) <= DAYS_SAME_WIRE
        name = wire(documents[a])
        if close and name and name == wire(documents[b]):
            needed = CONTAINED_SAME_WIRE
    if whole < needed:
        return False
    return _contained(texts[a].narration, texts[b].narration) >= NARRATED * needed / CONTAINED


def _contained(a: Shingles, b: Shingles) -> float:
    """The share of the smaller set that stands in the other; 0 when too little is shared."""
    smaller = min(len(a), len(b))
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / smaller if shared >= min(FEWEST, smaller) and smaller else 0.0


def _texts(documents: Sequence[Document]) -> list[_Text]:
    """The sequences of each document, without what its outlet prints under everything."""
    found = []
    of_outlet: dict[str, list[int]] = defaultdict(list)
    for i, document in enumerate(documents):
        words = _WORD.findall(document.text.lower())
        narrated = _WORD.findall(_QUOTED.sub(" ", document.text).lower())
        found.append(_Text(_shingles(words), _shingles(narrated), " ".join(words[:8])))
        of_outlet[outlet(document)].append(i)
    for members in of_outlet.values():
        furniture = _furniture([found[i] for i in members])
        if len(furniture):
            for i in members:
                text = found[i]
                found[i] = _Text(
                    np.setdiff1d(text.whole, furniture, assume_unique=True),
                    np.setdiff1d(text.narration, furniture, assume_unique=True),
                    text.lead,
                )
    return found


def _furniture(texts: Sequence[_Text]) -> Shingles:
    """Sequences of one outlet that stand under so many different openings that they are no news."""
    openings = {text.lead: text.whole for text in texts}
    if len(openings) < _LEADS:
        return np.empty(0, dtype=np.uint64)
    unique, count = np.unique(np.concatenate(list(openings.values())), return_counts=True)
    common: Shingles = unique[count >= _LEADS]
    return common


def _shingles(words: Sequence[str]) -> Shingles:
    """Every sequence of five words as a number, sorted, each once; a short text is one sequence."""
    if len(words) < WORDS:
        return np.unique(np.array([crc32(" ".join(words).encode())], dtype=np.uint64))
    numbers = np.array([crc32(word.encode()) for word in words], dtype=np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(numbers, WORDS)
    mixed = (windows * _POWERS).sum(axis=1, dtype=np.uint64)
    return np.unique(mixed ^ (mixed >> np.uint64(29)))
