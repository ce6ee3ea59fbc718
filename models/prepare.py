"""Treebanks and newswire names as spaCy DocBins: what `train.py` and `evaluate.py` read.

    python models/prepare.py SOURCES OUT

SOURCES holds checkouts, under the names of their repositories:

    UD_English-EWT  UD_English-GUM  UD_English-PUD     (github.com/UniversalDependencies)
    en-worldwide-newswire                              (github.com/stanfordnlp)

OUT gets `ewt_*`, `gum_open_*`, `pud_news` and `pud_wiki` (words, tags, trees) and `ww_*` (names).
One doc is a paragraph of at most ten sentences. GUM's genres under non-commercial licences are left
out. PUD and the test parts are for tests only. Nothing of these texts is in Sayso.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span

OPEN = frozenset(
    "academic bio court news interview voyage conversation speech textbook vlog".split()
)
"""GUM's genres whose texts are CC BY, CC BY-SA or in the public domain (its LICENSE.txt)."""

SENTENCES = 10
TREES = ["ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START"]
NAMES = ["ORTH", "SPACY", "SENT_START", "ENT_IOB", "ENT_TYPE"]
LABELS = {
    "Person": "PERSON", "Organization": "ORG", "Location": "LOC", "Facility": "FAC",
    "NORP": "NORP", "Date": "DATE", "Money": "MONEY", "Misc": "MISC", "Product": "PRODUCT",
}  # fmt: skip

vocab = spacy.blank("en").vocab


@dataclass(frozen=True, slots=True)
class Word:
    """A line of CoNLL-U; `space` says whether white space follows."""

    form: str
    lemma: str
    pos: str
    tag: str
    feats: str
    head: int
    dep: str
    space: bool


Paragraph = list[list[Word]]


def documents(path: Path) -> Iterator[tuple[str, list[Paragraph]]]:
    """Each document of a CoNLL-U file: its id and its paragraphs, each a list of sentences."""
    name, paragraphs, sentence = "", [[]], []  # type: ignore[var-annotated]
    contraction = (0, True)  # the last word of a contraction, and the space after it
    for line in [*path.read_text(encoding="utf-8").splitlines(), "", "# newdoc"]:
        if not line:
            if sentence:
                paragraphs[-1].append(sentence)
            sentence = []
        elif line.startswith("# newdoc"):
            if any(paragraphs):
                yield name, [p for p in paragraphs if p]
            name, paragraphs = line.partition("id = ")[2].strip(), [[]]
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            paragraphs.append([])
        elif not line.startswith("#"):
            cells = line.split("\t")
            space = "SpaceAfter=No" not in cells[9].split("|")
            if "-" in cells[0]:
                contraction = (int(cells[0].split("-")[1]), space)
            elif "." not in cells[0]:
                number = int(cells[0])
                if number <= contraction[0]:
                    space = contraction[1] if number == contraction[0] else False
                if number >= contraction[0]:
                    contraction = (0, True)
                lemma = cells[1] if cells[2] == "_" else cells[2]
                feats = "" if cells[5] == "_" else cells[5]
                sentence.append(
                    Word(cells[1], lemma, cells[3], cells[4], feats, int(cells[6]), cells[7], space)
                )


def tree_docs(paragraphs: Iterable[Paragraph]) -> Iterator[Doc]:
    """Paragraphs as docs of at most `SENTENCES` sentences."""
    for paragraph in paragraphs:
        for k in range(0, len(paragraph), SENTENCES):
            yield tree_doc(paragraph[k : k + SENTENCES])


def tree_doc(sentences: list[list[Word]]) -> Doc:
    """Sentences as one doc; a space follows each but the last."""
    words: list[Word] = []
    heads, starts = [], []
    for sentence in sentences:
        offset = len(words)
        heads += [offset + (w.head - 1 if w.head else n) for n, w in enumerate(sentence)]
        starts += [n == 0 for n in range(len(sentence))]
        words += [*sentence[:-1], replace(sentence[-1], space=True)]
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=[*(w.space for w in words[:-1]), False],
        tags=[w.tag for w in words],
        pos=[w.pos for w in words],
        morphs=[w.feats for w in words],
        lemmas=[w.lemma for w in words],
        heads=heads,
        deps=["ROOT" if w.dep == "root" else w.dep for w in words],
        sent_starts=starts,
    )


def name_docs(annotated: Path, article: str) -> Iterator[Doc]:
    """The sentences of one annotated article, joined by the paragraphs of its text.

    The annotation has words only; spaces and paragraphs come from the article, where it is there.
    """
    blocks = re.split(r"\n\s*\n", annotated.read_text(encoding="utf-8", errors="replace"))
    at, groups = 0, []  # type: ignore[var-annotated]
    for block in blocks:
        rows = [(*line.split("\t"), "O")[:2] for line in block.splitlines() if line.strip()]
        if not rows:
            continue
        spans = []
        for form, _ in rows:
            found = article.find(form, at, at + 60 + len(form)) if article else -1
            spans.append((found, found + len(form)) if found >= 0 else None)
            at = found + len(form) if found >= 0 else at
        spaces = []
        for here, after, row in zip(spans, [*spans[1:], None], [*rows[1:], ("", "")], strict=True):
            known = here is not None and after is not None
            tight = re.match(r"^[.,;:!?)\]'’%]", row[0])
            spaces.append(after[0] > here[1] if known else not tight)  # type: ignore[index]
        first = spans[0]
        opens = first is not None and "\n" in article[max(0, first[0] - 2) : first[0]]
        if not groups or opens or len(groups[-1]) >= 6:
            groups.append([])
        groups[-1].append((rows, spaces))
    for group in groups:
        rows = [row for sentence, _ in group for row in sentence]
        spaces = [s for _, inside in group for s in [*inside[:-1], True]]
        starts = [n == 0 for sentence, _ in group for n in range(len(sentence))]
        doc = Doc(
            vocab, words=[r[0] for r in rows], spaces=[*spaces[:-1], False], sent_starts=starts
        )
        doc.set_ents(list(entities(doc, [r[1].strip() for r in rows])), default="outside")
        yield doc


def entities(doc: Doc, labels: list[str]) -> Iterator[Span]:
    """Names out of BIO labels; an "I-" of another kind begins a new one."""
    start, kind = None, ""
    for i, label in enumerate([*labels, "O"]):
        goes_on = label.startswith("I-") and label[2:] == kind
        if start is not None and not goes_on:
            yield Span(doc, start, i, LABELS[kind])
            start = None
        if label != "O" and start is None:
            start, kind = i, label[2:]


def write(path: Path, docs: Iterable[Doc], attributes: list[str]) -> None:
    """One DocBin, and a line about it."""
    out, words = DocBin(attrs=attributes), 0
    for doc in docs:
        out.add(doc)
        words += len(doc)
    out.to_disk(path)
    print(f"{path.name:24} {len(out):6} docs {words:8} words", flush=True)


def main() -> None:
    """Read the arguments and the sources, write the DocBins."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    out = options.out
    out.mkdir(parents=True, exist_ok=True)

    # The released train file is made of these; a checkout may lack it for its size.
    ewt = options.sources / "UD_English-EWT"
    inside = ewt / "not-to-release"
    listed = (inside / "file-lists/files.train").read_text(encoding="utf-8").split()
    sources = (inside / "sources" / name for name in listed)
    train = (d for path in sources for _, ps in documents(path) for d in tree_docs(ps))
    write(out / "ewt_train.spacy", train, TREES)
    for part in ("dev", "test"):
        found = documents(ewt / f"en_ewt-ud-{part}.conllu")
        write(out / f"ewt_{part}.spacy", (d for _, ps in found for d in tree_docs(ps)), TREES)

    gum = options.sources / "UD_English-GUM"
    held = {
        part: [name for name, _ in documents(gum / f"en_gum-ud-{part}.conllu")]
        for part in ("dev", "test")
    }
    parts: dict[str, list[Doc]] = defaultdict(list)
    for path in sorted((gum / "not-to-release/sources").glob("*.conllu")):
        if path.stem.split("_")[1] in OPEN:
            part = next((p for p, names in held.items() if path.stem in names), "train")
            parts[part] += [d for _, ps in documents(path) for d in tree_docs(ps)]
    for part, docs in parts.items():
        write(out / f"gum_open_{part}.spacy", docs, TREES)

    pud = list(documents(options.sources / "UD_English-PUD/en_pud-ud-test.conllu"))
    for letter, name in (("n", "pud_news"), ("w", "pud_wiki")):
        docs = [d for doc, ps in pud if doc.startswith(letter) for d in tree_docs(ps)]
        write(out / f"{name}.spacy", docs, TREES)

    newswire = options.sources / "en-worldwide-newswire"
    named: dict[str, list[Doc]] = defaultdict(list)
    for path in sorted((newswire / "processed_annotated").glob("*.tsv")):
        original = newswire / "original_articles" / path.stem
        article = original.read_text("utf-8", errors="replace") if original.exists() else ""
        # By the name of the article, so that no article is in two parts.
        draw = int(hashlib.md5(path.name.encode()).hexdigest(), 16) % 100
        part = "test" if draw < 10 else "dev" if draw < 17 else "train"
        named[part] += name_docs(path, article)
    for part, docs in named.items():
        write(out / f"ww_{part}.spacy", docs, NAMES)


if __name__ == "__main__":
    main()
