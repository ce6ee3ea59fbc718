"""What the readings of a run tell together: its copies and incidents, on all machines of a cluster.

The result is that of `reconcile.coverage`, byte for byte. Each step is a set of Ray tasks, keyed by
what may be settled without the rest:

1. by file of readings: what each text is compared by, and the accounts in it;
2. by outlet: what it prints under everything is taken out;
3. by band of sequences of words: which older documents share how many;
4. by document, then by those that hang together: which of them are one text;
5. in one task: where each account belongs, as that depends on all that were told before;
6. by block of incidents, near in time: what each of them is.

The fifth step is the only one that does not grow with the cluster: a third of the work of a single
machine, some three hundred microseconds for each document, see `docs/performance.md`.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sayso.reconcile import copies
from sayso.reconcile.accounts import Account, accounts
from sayso.reconcile.copies import Text
from sayso.reconcile.coverage import gathering, home_of, made_from, named_apart
from sayso.reconcile.incidents import Incidents
from sayso.reconcile.order import Key, key
from sayso.reconcile.reports import Report, report_of
from sayso.reconcile.tallies import checked
from sayso.reconcile.verdicts import Verdicts
from sayso.records import Claim, Document, Gathering, Incident, Reading
from sayso.scale import results
from sayso.scale.results import Folder
from sayso.wire import decode, encode

BLOCK = 200
"""Incidents that are made in one task."""

Where = tuple[int, int]
"""A document: the file of readings that it is in, and its row there."""

Pairs = list[tuple[int, int, int]]
"""A document, an older one, and how many sequences they share."""


class Head(NamedTuple):
    """What is known of every document everywhere."""

    key: Key
    outlet: str


class Part(NamedTuple):
    """An account that found its incident: document, its number, its own number in the document."""

    document: int
    number: int
    account: Account


def write(folder: Folder, policy: str, cores: int) -> int:
    """Write `incidents.parquet` from all readings of the folder; how many there are."""
    checked(policy)
    names = folder.names("readings")
    found = _incidents(folder.address, names, policy, cores) if names else iter(())
    rows = ({"id": one.id, "incident": encode(one)} for one in named_apart(found))
    return folder.write("incidents.parquet", results.INCIDENTS, rows)


def _incidents(out: str, names: Sequence[str], policy: str, cores: int) -> Iterator[Incident]:
    """The incidents, oldest report first, not yet named apart."""
    import ray

    def task(work: Any, returns: int = 1) -> Any:
        return ray.remote(num_returns=returns, num_cpus=1, max_retries=-1)(work).remote

    # 1. By file.
    look = task(_look, returns=cores + 2)
    looked = [look(out, name, cores) for name in names]
    heads: list[dict[int, Head]] = ray.get([found[0] for found in looked])
    line = sorted(
        (head.key, (file, row), head.outlet)
        for file, each in enumerate(heads)
        for row, head in each.items()
    )
    numbers = {where: number for number, (_, where, _) in enumerate(line)}
    outlets: list[dict[str, list[Where]]] = [defaultdict(list) for _ in range(cores)]
    for _, where, outlet in line:
        outlets[_bucket(outlet, cores)][outlet].append(where)
    # 2. By outlet.
    furnish = task(_furnish, returns=cores + 1)
    furnished = [
        furnish(outlets[b], _only(numbers, outlets[b]), cores, *(f[2 + b] for f in looked))
        for b in range(cores)
    ]
    texts = [found[0] for found in furnished]
    # 3. By band.
    shared = [task(_shared)(*(found[1 + band] for found in furnished)) for band in range(cores)]
    # 4. By document, then by those that hang together.
    same = [task(_same)(share, cores, len(texts), *texts, *shared) for share in range(cores)]
    alike = {new: olds for found in ray.get(same) for new, olds in found.items()}
    packs = _packs(alike, cores)
    families: dict[int, int] = {}
    for found in ray.get([task(_families)(pack, *texts) for pack in packs]):
        families |= found
    # 5. In one task.
    order = [where for _, where, _ in line]
    stories: list[list[Part]] = ray.get(task(_placed)(order, families, *(f[1] for f in looked)))
    # 6. By block of incidents.
    made = [
        task(_made)(out, [_sites(story, order, names) for story in block], families, policy)
        for block in results.batched(stories, BLOCK)
    ]
    for done in made:
        for encoded in ray.get(done):
            if encoded is not None:
                yield decode(encoded, Incident)


def _bucket(text: str, count: int) -> int:
    """The same on every machine, as Python's own hash is not."""
    return zlib.crc32(text.encode()) % count


def _only(numbers: Mapping[Where, int], outlets: Mapping[str, list[Where]]) -> dict[Where, int]:
    return {where: numbers[where] for each in outlets.values() for where in each}


def _read(out: str, name: str) -> Iterator[tuple[int, Document, tuple[Claim, ...]]]:
    """The documents of a file of readings that were read, with their rows and claims."""
    for row, found in enumerate(Folder(out).rows(name, ("document", "reading"))):
        if found["reading"] is not None:
            reading = decode(found["reading"], Reading)
            yield row, decode(found["document"], Document), reading.claims


def _look(out: str, name: str, buckets: int) -> tuple[Any, ...]:
    """Of the documents in a file, by row: their heads, their accounts with what each is compared
    by, and, in buckets of their outlets, their texts."""
    heads: dict[int, Head] = {}
    told: dict[int, tuple[list[Account], list[Report]]] = {}
    texts: list[dict[int, Text]] = [{} for _ in range(buckets)]
    for row, document, claims in _read(out, name):
        outlet = copies.outlet(document)
        heads[row] = Head(key(document), outlet)
        found = accounts(document, claims)
        lead, *others = found
        reports = [report_of(document, lead, others), *(report_of(document, o) for o in others)]
        told[row] = found, reports
        texts[_bucket(outlet, buckets)][row] = copies.text_of(document)
    return heads, told, *texts


def _furnish(
    outlets: Mapping[str, list[Where]],
    numbers: Mapping[Where, int],
    bands: int,
    *files: Mapping[int, Text],
) -> tuple[Any, ...]:
    """The texts of some outlets by number, less their furniture, and their samples in bands, each a
    row of sequences and one of the numbers of documents."""
    texts: dict[int, Text] = {}
    for pages in outlets.values():
        printed = [files[file][row] for file, row in pages]
        for at, where in enumerate(pages):
            texts[numbers[where]] = copies.without_furniture(
                printed[at], copies.around(printed, at)
            )
    rows: list[list[Any]] = [[] for _ in range(bands)]
    for number, text in texts.items():
        sampled = copies.sample(text)
        for band in range(bands):
            own = sampled[(sampled >> np.uint64(8)) % np.uint64(bands) == band]
            rows[band].append(np.stack([own, np.full(len(own), number, dtype=np.uint64)]))
    none = np.empty((2, 0), dtype=np.uint64)
    return texts, *(np.concatenate([none, *band], axis=1) for band in rows)


def _shared(*rows: Any) -> Pairs:
    """Of one band: which documents share how many sequences with which older ones."""
    sequences, numbers = np.concatenate(rows, axis=1)
    order = np.lexsort((numbers, sequences))
    sequences, numbers = sequences[order], numbers[order]
    ends = [*np.flatnonzero(np.diff(sequences)) + 1, len(sequences)]
    found: Counter[tuple[int, int]] = Counter()
    start = 0
    for end in ends:
        told = numbers[start:end].tolist()
        for at in range(1, len(told)):
            found.update((told[at], old) for old in told[: min(at, copies.OLDEST)])
        start = end
    return [(new, old, many) for (new, old), many in found.items()]


def _same(share: int, shares: int, buckets: int, *given: Any) -> dict[int, list[int]]:
    """Of every so manieth document: the older ones that are one text with it, nearest first."""
    texts: dict[int, Text] = {}
    for bucket in given[:buckets]:
        texts |= bucket
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for pairs in given[buckets:]:
        for new, old, many in pairs:
            if new % shares == share:
                shared[new][old] += many
    found = {
        new: [old for old in copies.nearest(olds) if copies.is_one_text(texts[old], texts[new])]
        for new, olds in shared.items()
    }
    return {new: olds for new, olds in found.items() if olds}


def _packs(alike: Mapping[int, list[int]], count: int) -> list[dict[int, list[int]]]:
    """The documents that are one text with others, those that hang together in one pack."""
    root: dict[int, int] = {}

    def top(one: int) -> int:
        while root.setdefault(one, one) != one:
            root[one] = one = root[root[one]]
        return one

    for new, olds in alike.items():
        for old in olds:
            root[top(new)] = top(old)
    packs: list[dict[int, list[int]]] = [{} for _ in range(count)]
    for new, olds in alike.items():
        packs[top(new) % count][new] = olds
    return [pack for pack in packs if pack]


def _families(alike: Mapping[int, list[int]], *buckets: Mapping[int, Text]) -> dict[int, int]:
    """The family of each of these documents that joined one: the number of its oldest."""
    texts: dict[int, Text] = {}
    for bucket in buckets:
        texts |= bucket
    family: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for new in sorted(alike):
        for old in alike[new]:
            own = family.get(old, old)
            held = members.setdefault(own, [own])
            if copies.joins(texts[new], (texts[m] for m in held[: copies.LOOKED_AT])):
                family[new] = own
                held.append(new)
                break
    return family


def _placed(
    order: Sequence[Where], families: Mapping[int, int], *files: Mapping[int, Any]
) -> list[list[Part]]:
    """All accounts by the incident that they belong to, oldest report first."""
    incidents = Incidents()
    homes: dict[int, list[int]] = {}
    found: dict[int, list[Part]] = defaultdict(list)
    for document, (file, row) in enumerate(order):
        own, reports = files[file][row]
        older = families.get(document)
        copied: dict[int, int | None] = {}
        if older is not None:
            there, line = order[older]
            above = files[there][line][0], homes[older]
            copied = {n: home_of(account, *above) for n, account in enumerate(own)}
        held = {n: home for n, home in copied.items() if home is not None}
        placed = incidents.place_all(dict(enumerate(reports)), there=held)
        homes[document] = [placed[n] for n in range(len(own))]
        for number, account in enumerate(own):
            found[homes[document][number]].append(Part(document, number, account))
    return sorted(found.values(), key=lambda parts: parts[0][:2])


Site = tuple[str, int, int, int, Account]
"""A part with the file of readings that its document is in, and the row there."""


def _sites(story: Sequence[Part], order: Sequence[Where], names: Sequence[str]) -> list[Site]:
    return [(names[order[part.document][0]], order[part.document][1], *part) for part in story]


def _made(
    out: str, stories: Sequence[list[Site]], families: Mapping[int, int], policy: str
) -> list[str | None]:
    """What these incidents are, in JSON; None where nothing happened."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for story in stories:
        for name, row, *_ in story:
            wanted[name].add(row)
    read = {
        (name, row): (document, claims)
        for name, rows in wanted.items()
        for row, document, claims in _read(out, name)
        if row in rows
    }
    found: list[str | None] = []
    for story in stories:
        told = {(name, row): read[name, row] for name, row, *_ in story}
        documents = {document.id: document for document, _ in told.values()}
        claims = {document.id: each for document, each in told.values()}
        gathered: Gathering = gathering(
            (read[name, row][0].id, families.get(document, document), number, account)
            for name, row, document, number, account in story
        )
        made = made_from(gathered, documents, claims, Verdicts(()), policy)
        found.append(None if made is None else encode(made))
    return found
