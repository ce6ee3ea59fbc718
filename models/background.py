"""Make `background.tsv`, how common each English word is among news texts.

    python models/background.py OUT.tsv TEXTS.jsonl.xz [--parts "reuters bbc"] [--articles
    A.spacy...]

Each part (the texts whose ids begin alike, and the articles of the DocBins together) is a register
of its own and weighs the same, whatever its size: the largest is financial news, where a word such
as "police" is rare, and alone would make every two reports of an attack look like one. Only
frequencies leave this script, never a text. A word is kept when at least three texts have it.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterator

from sayso.reconcile.words import tokens

HEADER = """\
# How common English words are in news: of 100,000 texts, how many have the word.
# Counted by models/background.py over {texts:,} news texts in {parts} registers of equal weight.
# Frequencies of words only: no text can be got back from them.
# A word that is not listed stands in fewer texts than any that is.
"""
SCALE = 100_000
LEAST = 3


def articles(paths: list[str]) -> Iterator[str]:
    """The texts of DocBins in which an article begins with a segment that is its address."""
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("en").vocab
    for path in paths:
        text: list[str] = []
        for doc in DocBin().from_disk(path).get_docs(vocab):
            if doc.text.startswith("http"):
                if text:
                    yield "\n".join(text)
                text = []
            else:
                text.append(doc.text)
        if text:
            yield "\n".join(text)


def main() -> None:
    """Count, weigh and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("texts")
    parser.add_argument("--parts", default="reuters bbc")
    parser.add_argument("--articles", nargs="*", default=[])
    options = parser.parse_args()

    found: dict[str, Counter[str]] = defaultdict(Counter)
    size: Counter[str] = Counter()
    with lzma.open(options.texts, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            part = row["id"].split("-")[0]
            if part in options.parts.split():
                size[part] += 1
                found[part].update(set(tokens(row["text"])))
    for text in articles(options.articles):
        size["articles"] += 1
        found["articles"].update(set(tokens(text)))

    total: Counter[str] = Counter()
    for counts in found.values():
        total.update(counts)
    rows = [
        (round(SCALE * sum(found[p][word] / size[p] for p in size) / len(size)), word)
        for word, count in total.items()
        if count >= LEAST
    ]
    with open(options.out, "w", encoding="utf-8") as out:
        out.write(HEADER.format(texts=sum(size.values()), parts=len(size)))
        for rate, word in sorted(rows, key=lambda row: (-row[0], row[1])):
            out.write(f"{word}\t{max(rate, 1)}\n")
    print(dict(size), len(rows), "words")


if __name__ == "__main__":
    main()
