"""Make `lemmas.json`, the lemma table of the English engine, from treebanks with gold lemmas.

    python models/lemmas.py OUT.json WORDNET TRAIN.spacy... [--test TEST.spacy]...

Endings first: for each ending of one to five letters and each Penn tag, the edit most words with it
take, kept when at least three words support it. Then the words whose lemma the endings get wrong.
The words come from the treebanks, from WordNet's lists of irregular forms, and from its verbs
inflected by rule (WORDNET is the folder of `en_lemma_exc.json.gz` and `en_lemma_index.json.gz` in
the package spacy-lookups-data 1.0.5). `--test` prints the share of words whose lemma comes out
right, given gold tags.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import DocBin

from sayso.language.encoding.lemmas import Lemmas

KEEP_CASE = {"PROPN"}


def words(paths: list[str]) -> Iterator[tuple[str, str, str, str]]:
    """Form, tag, part of speech and gold lemma of every word."""
    vocab = spacy.blank("en").vocab
    for path in paths:
        for doc in DocBin().from_disk(path).get_docs(vocab):
            for token in doc:
                if token.lemma_ and not token.is_space:
                    yield token.text, token.tag_, token.pos_, token.lemma_


def edit(form: str, lemma: str) -> tuple[int, str]:
    """How many letters to cut from the end of the form, and what to add, to get the lemma."""
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


IRREGULAR = {"verb": ("VBD", "VBN"), "noun": ("NNS",)}


def listed(folder: str, name: str) -> dict[str, Any]:
    """One of WordNet's lists, by part of speech."""
    with gzip.open(Path(folder, f"en_lemma_{name}.json.gz"), "rt", encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


def irregular(folder: str) -> Iterator[tuple[str, str, str]]:
    """Form, tag and lemma of each form that WordNet lists with a single lemma of one word."""
    exceptions = listed(folder, "exc")
    for part, tags in IRREGULAR.items():
        for form, found in sorted(exceptions[part].items()):
            if len(found) == 1 and form.isalpha() and found[0].isalpha():
                yield from ((form, tag, found[0]) for tag in tags)


def regular(folder: str) -> Iterator[tuple[str, str, str]]:
    """Form, tag and lemma of the past forms of WordNet's verbs that have no irregular ones."""
    odd = {lemma for found in listed(folder, "exc")["verb"].values() for lemma in found}
    for verb in sorted(set(listed(folder, "index")["verb"]) - odd):
        if verb.isalpha() and len(verb) > 2:
            if verb.endswith("e"):
                past = verb + "d"
            elif verb.endswith("y") and verb[-2] not in "aeiou":
                past = verb[:-1] + "ied"
            else:
                past = verb + "ed"
            yield from ((past, tag, verb) for tag in ("VBD", "VBN"))


def build(wordnet: str, paths: list[str]) -> dict[str, object]:
    """The tables that `Lemmas` takes."""
    lemmas: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for form, tag, pos, lemma in words(paths):
        if pos not in KEEP_CASE:
            lower = lemma if lemma == "I" else lemma.lower()
            lemmas[form.lower(), tag][lower] += 1
    for form, tag, lemma in regular(wordnet):
        lemmas.setdefault((form, tag), Counter({lemma: 1}))
    for form, tag, lemma in irregular(wordnet):
        # A form that is also a base form of its own ("found", "wound") is left to the treebanks.
        if not lemmas.get((form, "VB")) and not lemmas.get((form, "VBP")):
            lemmas[form, tag] = Counter({lemma: 1})
    edits: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    for (form, tag), found in lemmas.items():
        rule = edit(form, found.most_common(1)[0][0])
        for letters in range(1, 6):
            edits[f"{form[-letters:]}/{tag}"][rule] += 1
    endings = {
        key: found.most_common(1)[0][0] for key, found in edits.items() if found.total() >= 3
    }
    # An ending that says what its own shorter ending says already adds nothing.
    needed = {
        key: rule
        for key, rule in endings.items()
        if len(key.partition("/")[0]) == 1 or endings.get(key[1:]) != rule
    }
    guess = Lemmas({}, needed)
    odd = {
        f"{form}/{tag}": found.most_common(1)[0][0]
        for (form, tag), found in lemmas.items()
        if guess(form, tag, "X") != found.most_common(1)[0][0]
    }
    return {"words": dict(sorted(odd.items())), "endings": dict(sorted(needed.items()))}


def main(arguments: list[str]) -> None:
    """Read the arguments, write the table, print the figures."""
    tests = [arguments[i + 1] for i, a in enumerate(arguments) if a == "--test"]
    out, wordnet, *train = [a for a in arguments if a != "--test" and a not in tests]
    tables = build(wordnet, train)
    Path(out).write_text(json.dumps(tables, ensure_ascii=False, indent=0), encoding="utf-8")
    lemmas = Lemmas(tables["words"], tables["endings"])  # type: ignore[arg-type]
    for path in tests:
        rows = list(words([path]))
        right = sum(lemmas(form, tag, pos) == lemma for form, tag, pos, lemma in rows)
        print(f"{path}: {100 * right / len(rows):.2f} % of {len(rows)} lemmas")


if __name__ == "__main__":
    main(sys.argv[1:])
