"""Trees made elsewhere: a CoNLL-U file as an engine.

For rules tested without a model, and for whoever has parses of a better parser already. Words are
found again in the text in their order, so spacing need not be told; "# newdoc" parts documents. A
document is known by its letters: the text asked for must have the same, white space aside. Names
stand in the last column as Stanza writes them ("ner=B-PERSON", or "ner=S-GPE").
Format: https://universaldependencies.org/format.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import EngineError
from sayso.language.trees import Sentence, Token, attach, entities, name_label
from sayso.shapes.blocks import standing

_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class _Word:
    line: int
    form: str
    lemma: str
    pos: str
    tag: str
    feats: str
    head: int
    dep: str
    name: str


class Conllu:
    """An engine over the documents of one CoNLL-U text.

    `language` is what they are in. Raises `EngineError` where a line is not CoNLL-U or a sentence
    is no tree, with its number.
    """

    def __init__(self, source: str, language: str, name: str = "CoNLL-U") -> None:
        self._name, self._language = name, language
        self._known: dict[str, list[list[_Word]]] = {}
        for document in self._documents(source):
            letters = "".join("".join(w.form.split()) for sentence in document for w in sentence)
            self._known[letters] = document

    @classmethod
    def open(cls, path: Path, language: str) -> Conllu:
        """The engine over a file of trees in that language.

        Raises `EngineError` when it cannot be read.
        """
        try:
            return cls(path.read_text(encoding="utf-8"), language, str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise EngineError(f"cannot read the trees in {path}: {error}") from error

    def sentences(self, texts: Iterable[str]) -> Iterator[list[Sentence]]:
        """For each text its sentences; see `Engine`. Raises `EngineError` for a text it lacks."""
        for text in texts:
            letters = "".join(text.split())
            if letters and letters not in self._known:
                raise EngineError(f"{self._name} holds no trees of the text {text.strip()[:40]!r}")
            yield self._placed(text, self._known[letters]) if letters else []

    def _documents(self, source: str) -> Iterator[list[list[_Word]]]:
        document: list[list[_Word]] = []
        sentence: list[_Word] = []
        for number, line in enumerate([*source.splitlines(), "", "# newdoc"], 1):
            if line.startswith("# newdoc"):
                if document:
                    yield document
                document = []
            elif line.strip() and not line.startswith("#"):
                word = self._word(number, line)
                sentence += [word] if word else []
            elif not line.strip() and sentence:
                self._check(sentence)
                document.append(sentence)
                sentence = []

    def _word(self, number: int, line: str) -> _Word | None:
        """The word of a line; None for a contraction's or an empty node's line."""
        cells = line.split("\t")
        if len(cells) != _COLUMNS:
            raise EngineError(
                f"{self._name}, line {number}: {len(cells)} columns between tabs, not {_COLUMNS}"
            )
        if "-" in cells[0] or "." in cells[0]:
            return None
        if not cells[6].isdecimal():
            raise EngineError(f"{self._name}, line {number}: {cells[6]!r} is the number of no head")
        form, lemma, pos, tag, feats = ("" if c == "_" != cells[1] else c for c in cells[1:6])
        misc = dict(cell.split("=", 1) for cell in cells[9].split("|") if "=" in cell)
        name = misc.get("ner", misc.get("NER", "O"))
        return _Word(number, form, lemma or form, pos, tag, feats, int(cells[6]), cells[7], name)

    def _check(self, sentence: list[_Word]) -> None:
        first = f"{self._name}, line {sentence[0].line}"
        if any(word.head > len(sentence) for word in sentence):
            raise EngineError(f"{first}: a head lies outside of the sentence")
        if sum(word.head == 0 for word in sentence) != 1:
            raise EngineError(f"{first}: the sentence has not just one root")
        for start in range(1, len(sentence) + 1):
            seen, at = set(), start
            while at and at not in seen:
                seen.add(at)
                at = sentence[at - 1].head
            if at:
                raise EngineError(f"{first}: the heads run in a circle")

    def _placed(self, text: str, document: list[list[_Word]]) -> list[Sentence]:
        """The document's sentences where they stand in this text."""
        rows, at = [], 0
        for words in document:
            tokens = []
            for n, word in enumerate(words):
                start, at = _find(text, word.form, at)
                tokens.append(
                    Token(
                        i=n,
                        text=text[start:at],
                        lemma=word.lemma,
                        pos=word.pos,
                        tag=word.tag,
                        dep=word.dep,
                        feats=word.feats,
                        start=start,
                        end=at,
                        entity=name_label(word.name[2:]),
                    )
                )
            attach(tokens, [w.head - 1 if w.head else n for n, w in enumerate(words)])
            rows.append((tuple(tokens), tuple(entities(tokens, [word.name for word in words]))))
        bounds = [(tokens[0].start, tokens[-1].end) for tokens, _ in rows]
        return [
            Sentence(text[start:end], start, end, number, tokens, entities, self._language, kind)
            for (tokens, entities), (start, end), (number, kind) in zip(
                rows, bounds, standing(text, bounds), strict=True
            )
        ]


def _find(text: str, form: str, at: int) -> tuple[int, int]:
    """Where the letters of a form begin and end, from here on, white space aside."""
    start = end = -1
    for letter in form:
        if letter.isspace():
            continue
        while text[at].isspace():
            at += 1
        start = at if start < 0 else start
        at = end = at + 1
    return start, end
