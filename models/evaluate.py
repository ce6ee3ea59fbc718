"""How well the English engine parses and names: every figure of its model card.

    python models/evaluate.py DATA

DATA holds the test sets that `prepare.py` makes; the engine is the one that Sayso ships. Trees as
the CoNLL 2018 shared task scores them: words aligned by their characters, F1 of universal relations
(LAS, UAS), tags, lemmas and sentences. Names: F1 of exact spans with exact labels, buildings taken
as places and products as MISC, as the engine is trained. "raw" is from plain text, "words" with
words as given, as are the upper and lower cases. Writes Markdown to standard output.
"""

from __future__ import annotations

import argparse
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Token

from sayso.language.trees import name_label
from sayso.language.with_spacy import pipeline

RELATIONS = ("nsubj", "ccomp", "nummod")
COLUMNS = ("words", "sents", "UPOS", "XPOS", "lemma", "UAS", "LAS", *RELATIONS)
"""F1 of each in percent; for the relations, of arcs with that label."""

Span = tuple[int, int]
Case = Callable[[str], str]


def span(token: Token) -> Span:
    """Where the word stands."""
    return token.idx, token.idx + len(token.text)


def bare(doc: Doc, case: Case | None = None) -> Doc:
    """The words alone, in another case if one is given."""
    words = [case(t.text) if case else t.text for t in doc]
    return Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc])


def relation(token: Token) -> str:
    """The universal relation."""
    return token.dep_.partition(":")[0].lower()


def arcs(doc: Doc, wanted: str) -> set[tuple[Span, Span]]:
    """Word and head of each arc with that label."""
    return {(span(t), span(t.head)) for t in doc if relation(t) == wanted}


def sentences(doc: Doc) -> set[Span]:
    """Where sentences begin and end, white space aside."""
    found = ([t for t in s if not t.is_space] for s in doc.sents)
    return {(ws[0].idx, ws[-1].idx + len(ws[-1].text)) for ws in found if ws}


def f1(hits: int, gold: int, said: int) -> float:
    """F1 in percent."""
    return 200 * hits / max(1, gold + said)


def trees(
    nlp: Language, gold: list[Doc], *, given: bool = False, case: Case | None = None
) -> dict[str, float]:
    """Every column, over these docs."""
    texts = [bare(doc, case) if given else doc.text for doc in gold]
    n: Counter[str] = Counter()
    for right, said in zip(gold, nlp.pipe(texts), strict=True):
        there = {span(t): t for t in right}
        found = {span(t): t for t in said if not t.is_space}
        n.update(gold=len(there), said=len(found))
        pairs = [(a, found[k]) for k, a in there.items() if k in found]
        n["words"] += len(pairs)
        for a, b in pairs:
            n["UPOS"] += a.pos_ == b.pos_
            n["XPOS"] += a.tag_ == b.tag_
            # In another case, the case of a name's lemma is nothing that words could tell.
            same_lemma = (a.lemma_.lower() == b.lemma_.lower()) if case else a.lemma_ == b.lemma_
            n["lemma"] += same_lemma
            roots = a.head.i == a.i, b.head.i == b.i
            same = all(roots) or (not any(roots) and span(a.head) == span(b.head))
            n["UAS"] += same
            n["LAS"] += same and relation(a) == relation(b)
        for name, (x, y) in {
            "sents": (sentences(right), sentences(said)),
            **{r: (arcs(right, r), arcs(said, r)) for r in RELATIONS},
        }.items():
            n.update({f"{name} gold": len(x), f"{name} said": len(y), name: len(x & y)})
    one = ("words", "UPOS", "XPOS", "lemma", "UAS", "LAS")
    return {key: f1(n[key], n["gold"], n["said"]) for key in one} | {
        key: f1(n[key], n[f"{key} gold"], n[f"{key} said"]) for key in ("sents", *RELATIONS)
    }


def names(nlp: Language, gold: list[Doc], case: Case | None = None) -> dict[str, float]:
    """F1 of names by label, of all as "all", and of spans whatever their label as "spans"."""
    n: Counter[str] = Counter()
    texts = [bare(doc, case) if case else doc.text for doc in gold]
    for right, said in zip(gold, nlp.pipe(texts), strict=True):
        x = {(e.start_char, e.end_char, name_label(e.label_)) for e in right.ents}
        y = {(e.start_char, e.end_char, e.label_) for e in said.ents}
        for what, a, b in (("all", x, y), ("spans", {e[:2] for e in x}, {e[:2] for e in y})):
            n.update({f"{what} gold": len(a), f"{what} said": len(b), what: len(a & b)})
        for label in {e[2] for e in x | y}:
            a, b = ({e for e in s if e[2] == label} for s in (x, y))
            n.update({f"{label} gold": len(a), f"{label} said": len(b), label: len(a & b)})
    keys = [key.removesuffix(" gold") for key in n if key.endswith(" gold")]
    return {key: f1(n[key], n[f"{key} gold"], n[f"{key} said"]) for key in keys}


def row(name: str, cells: Iterable[float]) -> None:
    """One line of a Markdown table."""
    print(f"| {name} |", " | ".join(f"{cell:.1f}" for cell in cells), "|", flush=True)


def main() -> None:
    """Read the arguments, run every set, print two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    nlp = pipeline()
    vocab = spacy.blank("en").vocab

    def load(name: str) -> list[Doc]:
        return list(DocBin().from_disk(options.data / f"{name}.spacy").get_docs(vocab))

    print("| trees |", " | ".join(COLUMNS), "|")
    print("| --- |" + " ---: |" * len(COLUMNS))
    for name in ("ewt_test", "gum_open_test", "pud_news", "pud_wiki"):
        docs = load(name)
        for given in (False, True):
            found = trees(nlp, docs, given=given)
            row(f"{name}, {'words' if given else 'raw'}", (found[c] for c in COLUMNS))
        if name == "pud_news":
            for case in (str.upper, str.lower):
                found = trees(nlp, docs, given=True, case=case)
                row(f"{name}, {case.__name__} case", (found[c] for c in COLUMNS))
    newswire = load("ww_test")
    tables = {
        "as written": names(nlp, newswire),
        "upper case": names(nlp, newswire, str.upper),
        "lower case": names(nlp, newswire, str.lower),
    }
    labels = ["all", "spans", *sorted({k for t in tables.values() for k in t} - {"all", "spans"})]
    print("\n| names |", " | ".join(labels), "|")
    print("| --- |" + " ---: |" * len(labels))
    for name, found in tables.items():
        row(f"ww_test, {name}", (found.get(label, 0.0) for label in labels))


if __name__ == "__main__":
    main()
