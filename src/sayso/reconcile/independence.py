"""The independent voices behind figures: who, in the end, said so.

Five outlets that quote one ministry are one voice; so are five that print one agency's text. A
voice is the origin of a claim, that is the first link of its chain of say-so, under a name made
comparable. Somebody who is not named ("a source") is somebody else in every text that is not a
copy. Whether two named voices have it from each other is not known here. People can say that two
names are one source, or that they are two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sayso.lexicon import LANGUAGE, words
from sayso.reconcile.imprinting.calling import Introduction, introduction, last_call
from sayso.reconcile.imprinting.making import calls_of, length
from sayso.reconcile.imprinting.numbers import number
from sayso.reconcile.judgements import Bonds
from sayso.reconcile.names import (
    Name,
    Words,
    called,
    is_common,
    longest,
    published_by,
    read,
    size,
)
from sayso.reconcile.order import ordered
from sayso.reconcile.wires import wire
from sayso.records import Claim, CopyGroup, Document, Origin, Source, SourceKind, Voice

_BY_SIGHT: frozenset[SourceKind] = frozenset({"witness", "relative"})
"""Of these kinds a crowd, "parents", is another in every text: no body that has one voice."""


class _Mention(NamedTuple):
    document: Document
    claim: Claim
    source: Source
    name: Name | None


def voices(
    claims: Mapping[str, Sequence[Claim]],
    documents: Iterable[Document],
    copy_groups: Sequence[CopyGroup] = (),
    judged: Bonds | None = None,
) -> dict[str, Voice]:
    """Whose word each claim is, by the claim's id.

    `claims` are by document id; `judged` are the names that people say to be one source, or two,
    as `names.called` has them. Give the claims of one incident together: which long name a short
    one means ("Dor", "police spokesman Ilan Dor") is settled among all the names given, and by what
    the same text said last ("the ministry").
    """
    present = [document for document in ordered(documents) if document.id in claims]
    text = _texts(present, copy_groups)
    outlets = _outlets(present, copy_groups)
    mentions = []
    for document in present:
        for claim in claims[document.id]:
            source = claim.sources[0] if claim.sources else outlets[document.id]
            seen = source.kind in _BY_SIGHT and is_common(source.text) and _crowd(source.text)
            mentions.append(_Mention(document, claim, source, None if seen else read(source.text)))
    key = _Keys(mentions, present)
    of_claim: dict[str, tuple[str, str]] = {}
    for mention in mentions:
        line = own = key.of(mention)
        if mention.name is None and mention.claim.sources:
            own = f"{line} in {text[mention.document.id]}"
            line = line if _crowd(line) else own
        of_claim[mention.claim.id] = own, line
    if judged is not None and judged.ids:
        of_claim = _as_judged(of_claim, mentions, judged)
    heard: dict[str, list[Source]] = defaultdict(list)
    for mention in mentions:
        heard[of_claim[mention.claim.id][0]].append(mention.source)
    known = {own: (_shown(said), _most([s.kind for s in said])) for own, said in heard.items()}
    return {
        claim: Voice(key=own, name=known[own][0], kind=known[own][1], line=line)
        for claim, (own, line) in of_claim.items()
    }


def origins(
    claims: Mapping[str, Sequence[Claim]],
    documents: Iterable[Document],
    copy_groups: Sequence[CopyGroup] = (),
    judged: Bonds | None = None,
) -> tuple[Origin, ...]:
    """The independent origins behind these claims, by name, each with the ids of its claims."""
    rests: dict[Voice, list[str]] = defaultdict(list)
    for claim, voice in voices(claims, documents, copy_groups, judged).items():
        rests[voice].append(claim)
    return tuple(
        Origin(name=voice.name, kind=voice.kind, claims=tuple(sorted(rests[voice])))
        for voice in sorted(rests, key=lambda voice: (voice.name, voice.key))
    )


def _as_judged(
    of_claim: Mapping[str, tuple[str, str]], mentions: Sequence[_Mention], judged: Bonds
) -> dict[str, tuple[str, str]]:
    """The keys of the claims, going by what people said of the names: one that was said to be
    another than some other is by itself; of two that are one, all that go by either are one.
    """
    bonds = {m.claim.id: judged.bond(called(m.source.text)) for m in mentions}
    alone = {claim: f"{bond} (as judged)" for claim, bond in bonds.items() if bond is not None}
    together = Bonds()
    for claim, bond in bonds.items():
        if bond is not None and not judged.alone(bond):
            together.join(alone[claim], of_claim[claim][0])
    found = {}
    for claim, (own, line) in of_claim.items():
        bond = bonds[claim]
        key = alone[claim] if bond is not None and judged.alone(bond) else together.bond(own)
        found[claim] = (own, line) if key is None else (key, key)
    return found


def _most(kinds: Sequence[SourceKind]) -> SourceKind:
    """The kind that is given most often, one that an office gives before that of anybody who only
    saw something ("Dr Omollo", once called a doctor of the hospital); of equals the first by name.
    """
    count = Counter(kinds)
    return min(count, key=lambda kind: (kind == "witness", -count[kind], kind))


def _crowd(text: str) -> bool:
    """Whether nobody in particular is several: "relatives", not "a nurse"."""
    found = text.split()
    return bool(found) and found[0] not in ("a", "an", "one") and found[-1].endswith("s")


def _shown(sources: Sequence[Source]) -> str:
    """The name that a voice is given most often and most fully, without its article; a body's own
    name before that of a person who speaks for it, a person's whole name before a part."""
    article = r"^(?:the|an?)\s+" if read(sources[0].text) else r"^the\s+"
    count = Counter(re.sub(article, "", source.text, flags=re.IGNORECASE) for source in sources)

    def rank(name: str) -> tuple[bool, int, int, str]:
        said = read(name)
        person = said.person if said else ()
        return bool(person), -len(person), -count[name] * len(name.split()), name

    return min(count, key=rank)


class _Keys:
    """What makes two names one voice, given all the names of an incident.

    A person speaks for the body that any name or text gives. A short name is the one long name that
    contains it; where several do, the one that the same text named last.
    """

    def __init__(self, mentions: Sequence[_Mention], documents: Sequence[Document]) -> None:
        names = {m.source.text: m.name for m in mentions if m.name is not None}
        self._people = longest(name.person for name in names.values() if name.person)
        self._bodies = longest(name.body for name in names.values() if name.body)
        self._called: dict[Words, list[str]] = defaultdict(list)
        for text, name in sorted(names.items()):
            if name.body and not name.person and len(self._bodies[name.body]) == 1:
                self._called[self._bodies[name.body][0]].append(text.lower().removeprefix("the "))
        self._employer: dict[Words, Words] = {}
        for text in sorted(names):
            name = names[text]
            person = self._person(name)
            if not person:
                continue
            body = name.body or self._introduced(text, documents)
            if body:
                known = self._employer.get(person, body)
                self._employer[person] = max(body, known, key=size)

    def of(self, mention: _Mention) -> str:
        """The key of a mention: equal for names of one voice."""
        if mention.name is None:
            return mention.source.text.casefold()
        person = self._person(mention.name)
        body = mention.name.body or self._employer.get(person, frozenset())
        return " ".join(sorted(self._body(body, mention) if body else person))

    def _person(self, name: Name) -> Words:
        largest = self._people.get(name.person, [name.person])
        return largest[0] if len(largest) == 1 else name.person

    def _body(self, body: Words, mention: _Mention) -> Words:
        """The longest name of a body that a shorter one stands for in that place of that text."""
        largest = self._bodies.get(body, [body])
        if len(largest) == 1:
            return largest[0]
        document = mention.document
        for until in (mention.claim.evidence.end, length(document)):
            last = {big: self._last(big, document, until) for big in largest}
            found = max(largest, key=lambda big: (last[big], size(big)))
            if last[found] >= 0:
                return found
        return body

    def _last(self, body: Words, document: Document, until: int, since: int = 0) -> int:
        """Where a text, up to that place and since the other, last calls a body by any of its
        names, -1 when it does not."""
        return last_call(calls_of(document), self._called[body], until, since)

    def _introduced(self, person: str, documents: Sequence[Document]) -> Words:
        """The body, among those that speak here, for which a text says that a person speaks."""
        known = {number(word): word for body in self._bodies for word in body}
        for document in documents:
            told = introduction(calls_of(document), person)
            if told is None:
                continue
            body = frozenset(known[word] for word in told.office if word in known)
            if not body and (named := self._just_before(told, document)):
                return named
            if not body.isdisjoint(words("origins", "bodies", LANGUAGE)):
                if meant := [b for b in self._bodies if b <= body]:
                    return max(meant, key=size)
                if meant := [b for b in self._bodies if body < b]:
                    end = length(document)
                    return max((self._last(b, document, end), size(b), b) for b in meant)[2]
        return frozenset()

    def _just_before(self, told: Introduction, document: Document) -> Words:
        """The body that a sentence names last before it calls a person by an office of "its": "The
        hospital had ten bodies, its director, Ilan Dor, said"."""
        since = told.sentence
        if since is None:
            return frozenset()
        last = {body: self._last(body, document, told.first, since) for body in self._called}
        found = max(last, key=lambda body: (last[body], size(body)), default=frozenset())
        return found if last.get(found, -1) >= 0 else frozenset()


def _texts(documents: Sequence[Document], copy_groups: Sequence[CopyGroup]) -> dict[str, str]:
    """For each document, the id of the oldest one present that is the same text."""
    found = {document.id: document.id for document in documents}
    for group in copy_groups:
        present = [document for document in group.documents if document in found]
        found |= {document: present[0] for document in present}
    return found


def _outlets(documents: Sequence[Document], copy_groups: Sequence[CopyGroup]) -> dict[str, Source]:
    """For each document, whose voice it is where it names nobody: its agency's or outlet's."""
    by_id = {document.id: document for document in documents}
    wires = {document: group.wire for group in copy_groups for document in group.documents}
    found = {}
    for document, first in _texts(documents, copy_groups).items():
        named = wires.get(document) or wire(by_id[first])
        outlet = by_id[first].outlet or first
        kind: SourceKind = "news_agency" if named else published_by(outlet)
        found[document] = Source(text=named or outlet, kind=kind, role="origin")
    return found
