"""What many documents tell together, kept up to date as they come.

Documents stand in a line by their publication. Each finds its text among those before it, and each
account in it finds its incident. A document that comes late is put where it belongs and those after
it are placed again, so that a batch costs what it reaches back and not what there is. The result is
a function of documents, claims and judgements: whatever came first, and built anew, it is the same.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace
from numpy import array_equal

from sayso.reconcile import copies, tallies
from sayso.reconcile.accounts import Account, accounts, tells
from sayso.reconcile.build import incident
from sayso.reconcile.incidents import Incidents
from sayso.reconcile.judgements import Bonds
from sayso.reconcile.names import called
from sayso.reconcile.order import Key, key, known
from sayso.reconcile.reports import Report, report_of
from sayso.reconcile.shelf import OPEN
from sayso.reconcile.verdicts import Verdicts
from sayso.records import Claim, Document, Gathering, Incident, Judgement, Part


def made_from(
    gathering: Gathering,
    documents: Mapping[str, Document],
    claims: Mapping[str, Sequence[Claim]],
    verdicts: Verdicts,
    policy: str = "latest",
) -> Incident | None:
    """The incident that was gathered, from its documents and their claims, both by document id, and
    as people judged and mended it. Documents that are not given are left out. None where nothing
    happened.

    Its id is the one that any such incident would have, see `build`. Raises `SettingsError` for an
    unknown policy.
    """
    told = {}
    verdicts = verdicts.beside(gathering.families, claims)
    for part in gathering.parts:
        if part.document in documents:
            wanted = set(part.claims)
            own = [claim for claim in claims.get(part.document, ()) if claim.id in wanted]
            told[part.document] = verdicts.counted(own)
    if not any(tells(claim) for each in told.values() for claim in each):
        return None
    families = [[documents[id] for id in f if id in documents] for f in gathering.families]
    made = incident(
        [documents[id] for id in told],
        told,
        [family for family in families if family],
        {part.document for part in gathering.parts if part.aside},
        policy,
        verdicts.sources,
    )
    return verdicts.as_left(made, gathering)


def gathering(parts: Iterable[tuple[str, int, int, Account]]) -> Gathering:
    """What accounts of documents are an incident, oldest first: each with its document's id, a
    number that those of one family share, and its own number in the document."""
    told: dict[str, list[str]] = {}
    families: dict[int, list[str]] = defaultdict(list)
    leading = set()
    for id, family, number, account in parts:
        if id not in told:
            told[id] = []
            families[family].append(id)
        told[id] += [claim.id for claim in account.claims]
        if number == 0:
            leading.add(id)
    return Gathering(
        parts=tuple(
            Part(document=id, claims=tuple(ids), aside=id not in leading)
            for id, ids in told.items()
        ),
        families=tuple(map(tuple, families.values())),
    )


def named_apart(incidents: Iterable[Incident]) -> Iterator[Incident]:
    """The incidents, oldest report first, each under an id that none before it has."""
    taken: Counter[str] = Counter()
    for made in incidents:
        taken[made.id] += 1
        number = taken[made.id]
        yield replace(made, id=f"{made.id}-{number}") if number > 1 else made


def incidents(
    documents: Sequence[Document],
    claims: Mapping[str, Sequence[Claim]],
    as_of: str | None = None,
    policy: str = "latest",
    judgements: Iterable[Judgement] = (),
) -> list[Incident]:
    """All incidents that these documents tell of, as known at that moment, oldest report first.

    `claims` are by document id. Every moment is built from the documents published by then and no
    others, so nothing learnt later shows. Raises `SettingsError` for an unknown policy or a moment
    that is no date.
    """
    coverage = Coverage(policy, judgements)
    coverage.add(known(documents, as_of), claims)
    return coverage.incidents()


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {id for id in {*before, *after} if before.get(id) != after.get(id)}


class _Entry:
    """A document in the line, with what is compared of it and where it was found to belong."""

    # There are as many as documents: slots and tuples spare memory, and the collector its walks.
    __slots__ = (
        "accounts",
        "bonds",
        "claims",
        "document",
        "family",
        "homes",
        "key",
        "on_its_own",
        "serial",
        "text",
    )

    def __init__(self, document: Document, claims: Sequence[Claim], serial: int) -> None:
        self.document = document
        self.claims = tuple(claims)
        self.serial = serial
        self.key = key(document)
        self.text: copies.Text
        self.accounts: tuple[Account, ...]
        self.bonds: tuple[tuple[str, ...], ...]
        self.family: _Entry = self
        self.homes: tuple[int, ...] = ()
        self.on_its_own = 0  # accounts that were placed for themselves, not with an older print

    def part(self, bonds: Bonds) -> None:
        """Tell the accounts in the document apart."""
        self.accounts = tuple(accounts(self.document, self.claims, bonds))
        self.bonds = tuple(
            bonds.of([*([] if i else [self.document.id]), *(claim.id for claim in account.claims)])
            for i, account in enumerate(self.accounts)
        )

    def report(self, number: int) -> Report:
        """What the account of that number is compared by."""
        others = [account for n, account in enumerate(self.accounts) if n != number]
        return report_of(self.document, self.accounts[number], others)

    def home_of_copy(self, number: int) -> int | None:
        """Where an older print of the text has the account of that number; None when it has none,
        or when people judged this one."""
        older = self.family
        if older is self or self.bonds[number]:
            return None
        return home_of(self.accounts[number], older.accounts, older.homes)


def home_of(account: Account, accounts: Sequence[Account], homes: Sequence[int]) -> int | None:
    """Where an older print of the text, that has these accounts in these homes, has an account."""
    return next(
        (home for other, home in zip(accounts, homes, strict=True) if other.site == account.site),
        None,
    )


class _Built(NamedTuple):
    """An incident with what it was made of; None where nothing happened in it."""

    first: tuple[Key, int]
    made_of: tuple[tuple[int, int, int], ...]
    gathering: Gathering
    incident: Incident | None


class Coverage:
    """Documents and claims in, batch by batch; incidents out at any time.

    `judgements` are what people decided, see `judgements`. Raises `SettingsError` for an unknown
    policy.
    """

    def __init__(self, policy: str = "latest", judgements: Iterable[Judgement] = ()) -> None:
        self._policy = tallies.checked(policy)
        judgements = tuple(judgements)
        self._bonds = Bonds(judgements)
        self._verdicts = Verdicts(judgements)
        self._entries: dict[str, _Entry] = {}
        self._line: list[_Entry] = []
        self._of_outlet: dict[str, list[_Entry]] = defaultdict(list)
        # Texts with all that was printed around them are wanted for a while, and seldom later.
        self._printed = lru_cache(OPEN)(lambda entry: copies.text_of(entry.document))
        self._copies = copies.Copies()
        self._incidents = Incidents(self._bonds)
        self._standing = 0  # so many of the line, from its beginning, are placed
        self._parts: dict[int, list[tuple[_Entry, int]]] = defaultdict(list)
        self._changed: set[int] = set()  # the homes that changed since incidents were built
        self._built: dict[tuple[int, ...], _Built] = {}
        self._serial = count()

    def add(self, documents: Iterable[Document], claims: Mapping[str, Sequence[Claim]]) -> None:
        """Take in documents with their claims, by document id, in any order.

        A document that is there already is replaced where it or its claims differ.
        """
        new, old = [], []
        for document in {document.id: document for document in documents}.values():
            told = tuple(claims.get(document.id, ()))
            held = self._entries.get(document.id)
            if held is not None:
                if (held.document, held.claims) == (document, told):
                    continue
                old.append(held)
            new.append(_Entry(document, told, next(self._serial)))
        moved = [*new, *old, *self._furnish(new, old)]
        if not moved:
            return
        self._rewind(min(entry.key for entry in moved))
        for entry in old:
            self._line.remove(entry)
        for entry in new:
            entry.part(self._bonds)
            self._entries[entry.document.id] = entry
            insort(self._line, entry, key=attrgetter("key"))
        self._replay()

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Go by these judgements from now on, all of them, and by no others."""
        judgements = tuple(judgements)
        judged, self._verdicts = self._verdicts, Verdicts(judgements)
        self._recount(
            {
                id
                for id in judged.claims | self._verdicts.claims
                if judged.judgements(id) != self._verdicts.judgements(id)
            }
            | self._said_by(
                judged.sources.differing(self._verdicts.sources)
                | _differing(judged.kinds, self._verdicts.kinds)
            )
            | _differing(judged.tied, self._verdicts.tied)
            | self._of_texts(_differing(judged.texts, self._verdicts.texts))
        )
        before, self._bonds = self._bonds, Bonds(judgements)
        ids = before.ids | self._bonds.ids
        touched = [
            entry
            for entry in self._line
            if entry.document.id in ids or any(claim.id in ids for claim in entry.claims)
        ]
        if touched:
            self._rewind(min(entry.key for entry in touched))
        self._incidents.bonds = self._bonds
        for entry in touched:
            entry.serial = next(self._serial)
            entry.part(self._bonds)
        self._replay()

    def _said_by(self, names: Collection[str]) -> set[str]:
        """The claims whose origin goes by one of these names, be it the outlet, by their ids."""
        found = set()
        for entry in self._line if names else ():
            outlet = called(entry.document.outlet or "") in names
            for claim in entry.claims:
                said = any(called(source.text) in names for source in claim.sources)
                if said or (outlet and not claim.sources):
                    found.add(claim.id)
        return found

    def _of_texts(self, names: Collection[str]) -> set[str]:
        """The claims of these documents and of their copies, by their ids."""
        held = (self._entries[name] for name in names if name in self._entries)
        families = {entry.family.serial for entry in held}
        those = (entry for entry in self._line if families and entry.family.serial in families)
        return {claim.id for entry in those for claim in entry.claims}

    def _recount(self, ids: Collection[str]) -> None:
        """Have the incidents made again that these claims are told in, or these documents lead
        with."""
        homes = {
            home
            for home, parts in self._parts.items()
            for entry, n in parts
            if (n == 0 and entry.document.id in ids)
            or any(claim.id in ids for claim in entry.accounts[n].claims)
        }
        self._built = {key: held for key, held in self._built.items() if homes.isdisjoint(key)}

    @property
    def overruled(self) -> tuple[Judgement, ...]:
        """The judgements that contradict later ones and are therefore not followed."""
        return self._bonds.overruled

    def claims(self) -> dict[str, tuple[Claim, ...]]:
        """The claims of all documents, by the documents' ids."""
        return {entry.document.id: entry.claims for entry in self._line}

    def families(self) -> list[list[Document]]:
        """Documents that are one text, copies and versions alike: two or more, oldest first."""
        found: dict[int, list[Document]] = defaultdict(list)
        for entry in self._line:
            found[entry.family.serial].append(entry.document)
        return [family for family in found.values() if len(family) > 1]

    def incidents(self) -> list[Incident]:
        """All incidents, oldest report first, each under an id that no other has.

        Documents in which nothing current happened make no incident. They belong to one when they
        tell the same story in words.
        """
        return [incident for incident, _ in self.gathered()]

    def gathered(self) -> list[tuple[Incident, Gathering]]:
        """The same, each with what it was made from."""
        together: dict[int, list[int]] = defaultdict(list)
        for home in self._parts:
            together[self._incidents.now(home)].append(home)
        built = {}
        for homes in map(tuple, together.values()):
            held = self._built.get(homes)
            if held is None or not self._changed.isdisjoint(homes):
                held = self._build(homes, held)
            built[homes] = held
        self._built, self._changed = built, set()
        told = [h for h in sorted(built.values(), key=attrgetter("first")) if h.incident]
        named = named_apart(held.incident for held in told if held.incident)
        return [(one, held.gathering) for one, held in zip(named, told, strict=True)]

    def _build(self, homes: tuple[int, ...], held: _Built | None) -> _Built:
        """The incident of the accounts that found a home there; that held if they are the same."""
        parts = sorted(
            (part for home in homes for part in self._parts[home]),
            key=lambda part: (part[0].key, part[1]),
        )
        made_of = tuple((entry.serial, n, entry.family.serial) for entry, n in parts)
        if held is not None and held.made_of == made_of:
            return held
        documents = {entry.document.id: entry.document for entry, _ in parts}
        claims = {entry.document.id: entry.claims for entry, _ in parts}
        gathered = gathering(
            (entry.document.id, entry.family.serial, n, entry.accounts[n]) for entry, n in parts
        )
        made = made_from(gathered, documents, claims, self._verdicts, self._policy)
        return _Built((parts[0][0].key, parts[0][1]), made_of, gathered, made)

    def _furnish(self, new: Sequence[_Entry], old: Sequence[_Entry]) -> list[_Entry]:
        """Take what outlets print under everything out of the texts that come, and of those around
        them; what comes back are the entries of the line in which that changed something."""
        for entry in old:
            self._of_outlet[copies.outlet(entry.document)].remove(entry)
        for entry in new:
            insort(self._of_outlet[copies.outlet(entry.document)], entry, key=attrgetter("key"))
        near: dict[int, _Entry] = {}
        for entry in (*old, *new):
            pages = self._of_outlet[copies.outlet(entry.document)]
            at = bisect_left(pages, entry.key, key=attrgetter("key"))
            after = pages[at : at + copies.NEIGHBOURS + 1]
            first = pages[: copies.LEADS] if at < copies.LEADS + copies.NEIGHBOURS else []
            near |= {other.serial: other for other in (*first, *after)}
        coming = {entry.serial for entry in new}
        changed = []
        for serial, entry in near.items():
            pages = self._of_outlet[copies.outlet(entry.document)]
            at = bisect_left(pages, entry.key, key=attrgetter("key"))
            around = [self._printed(other) for other in copies.around(pages, at)]
            text = copies.without_furniture(self._printed(entry), around)
            if serial in coming:
                entry.text = text
            elif not array_equal(text.whole, entry.text.whole):
                entry.text = text
                entry.serial = next(self._serial)
                changed.append(entry)
        return changed

    def _rewind(self, to: Key) -> None:
        """Take back all from that place in the line on."""
        until = bisect_left(self._line, to, key=attrgetter("key"))
        while self._standing > until:
            self._standing -= 1
            entry = self._line[self._standing]
            for home in reversed(entry.homes):
                self._changed.add(home)
                self._parts[home].pop()
                if not self._parts[home]:
                    del self._parts[home]
            for _ in range(entry.on_its_own):
                self._incidents.take_back()
            self._copies.take_back()

    def _replay(self) -> None:
        """Place all in the line that is not placed."""
        for entry in self._line[self._standing :]:
            entry.family = self._line[self._copies.place(entry.text)]
            homes = self._homes(entry)
            for number, home in enumerate(homes):
                self._parts[home].append((entry, number))
                self._changed.add(home)
            entry.homes = homes
            self._standing += 1

    def _homes(self, entry: _Entry) -> tuple[int, ...]:
        """Where its accounts belong: those of a copy where its older print has them."""
        found = {n: entry.home_of_copy(n) for n in range(len(entry.accounts))}
        there = {n: home for n, home in found.items() if home is not None}
        own = len(found) - len(there)
        entry.on_its_own = own
        if own:
            reports = {n: entry.report(n) for n in found}
            there = self._incidents.place_all(reports, entry.bonds, there)
        return tuple(there[n] for n in found)
