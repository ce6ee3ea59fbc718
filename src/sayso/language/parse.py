"""Sayso's English pipeline as a spaCy `Language`, and as an `Engine`.

spaCy cuts the text into words and carries the parse; the encoder makes it. The only module that
knows spaCy. `pipeline()` is for spaCy users: tags, heads, labels, lemmas, sentence starts and
entities are set as any trained pipeline of theirs would set them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.resources import as_file, files

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from sayso.language.encoder import LONGEST, Encoder
from sayso.language.trees import Entity, Sentence, Token, attach

# A line break inside a sentence, as far as marks tell, and the letter it stands before.
_BREAK = re.compile(r"[^\s.?!:;”\"][ \t]*\n[ \t]*(\w)")
_ENDS = frozenset('.?!”"')
# Trained apart, on too few examples to be told apart well.
_MERGED = {"FAC": "LOC", "PRODUCT": "MISC"}


class Pipeline:
    """The default engine; `nlp` is the spaCy pipeline inside it."""

    def __init__(self) -> None:
        self.nlp = pipeline()

    def sentences(self, texts: Iterable[str]) -> Iterator[list[Sentence]]:
        """For each text its sentences, in order; see `Engine`."""
        for doc in self.nlp.pipe(texts):
            yield list(_sentences(doc))


def pipeline() -> Language:
    """A spaCy pipeline with the English encoder. Raises `EngineError` if its files are broken."""
    nlp = spacy.blank("en")
    # The default guards spaCy's own parser against running out of memory; runs here are bounded.
    nlp.max_length = 100_000_000
    nlp.add_pipe("sayso_encoder")
    return nlp


@Language.factory("sayso_encoder")
class _Component:
    def __init__(self, nlp: Language, name: str) -> None:
        with as_file(files("sayso") / "data" / "en" / "engine") as folder:
            self._encoder = Encoder(folder)

    def __call__(self, doc: Doc) -> Doc:
        count = len(doc)
        pos = ["SPACE" if token.is_space else "X" for token in doc]
        tags, feats, deps, names = ["_SP"] * count, [""] * count, ["dep"] * count, ["O"] * count
        lemmas, heads = [token.text for token in doc], list(range(count))
        for run in runs(doc):
            words = [doc[i].text for i in run]
            spaces = [
                bool(doc[i].whitespace_) or (i + 1 < count and doc[i + 1].is_space) for i in run
            ]
            parse = self._encoder.parse(words, spaces)
            for row, i in enumerate(run):
                pos[i], tags[i], feats[i] = parse.pos[row], parse.tags[row], parse.feats[row]
                lemmas[i], deps[i] = parse.lemmas[row], parse.deps[row]
                heads[i] = run[parse.heads[row]]
                prefix, _, label = parse.names[row].partition("-")
                names[i] = f"{prefix}-{_MERGED.get(label, label)}" if label else prefix
        _hang_spaces(doc, heads, deps)
        return Doc(
            doc.vocab,
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            tags=tags,
            pos=pos,
            morphs=feats,
            lemmas=lemmas,
            heads=heads,
            deps=deps,
            ents=names,
        )


def is_wrapped(text: str) -> bool:
    """Whether the lines of a text are broken to a width, as in e-mail, and not into paragraphs.

    Then most line breaks that end no sentence stand before a small letter; paragraphs are parted by
    blank lines.
    """
    breaks: list[str] = _BREAK.findall(text)
    return 2 * sum(after.islower() for after in breaks) > len(breaks)


def runs(doc: Doc) -> Iterator[list[int]]:
    """Indexes of the words to parse together: a line, cut at a likely sentence end if too long.

    Of a wrapped text it is a paragraph.
    """
    line: list[int] = []
    lines = []
    parting = 2 if is_wrapped(doc.text) else 1
    for token in doc:
        if not token.is_space:
            line.append(token.i)
        elif token.text.count("\n") >= parting and line:
            lines.append(line)
            line = []
    if line:
        lines.append(line)
    for line in lines:
        while len(line) > LONGEST:
            cut = LONGEST
            for k in range(LONGEST, 20, -1):
                if doc[line[k - 1]].text in _ENDS and doc[line[k]].text[:1].isupper():
                    cut = k
                    break
            yield line[:cut]
            line = line[cut:]
        yield line


def _hang_spaces(doc: Doc, heads: list[int], deps: list[str]) -> None:
    """White space hangs on the word before it, or, at the very start, on the first word."""
    first = next((token.i for token in doc if not token.is_space), 0)
    last = first
    for token in doc:
        if token.is_space:
            heads[token.i] = last
            deps[token.i] = "dep" if last != token.i else "ROOT"
        else:
            last = token.i


def _sentences(doc: Doc) -> Iterator[Sentence]:
    text = doc.text
    parting = 2 if is_wrapped(text) else 1
    paragraph = -1
    line_end = 0
    for span in doc.sents:
        words = [token for token in span if not token.is_space]
        if not words:
            continue
        start, end = words[0].idx, words[-1].idx + len(words[-1].text)
        if paragraph < 0 or text[line_end:start].count("\n") >= parting:
            paragraph += 1
        line_end = end
        row = {token.i: n for n, token in enumerate(words)}
        tokens = tuple(
            Token(
                i=n,
                text=token.text,
                lemma=token.lemma_,
                pos=token.pos_,
                tag=token.tag_,
                dep="root" if token.dep_ == "ROOT" else token.dep_,
                feats=str(token.morph),
                start=token.idx,
                end=token.idx + len(token.text),
                entity=token.ent_type_,
            )
            for n, token in enumerate(words)
        )
        attach(tokens, [row[token.head.i] for token in words])
        entities = tuple(
            Entity(entity.label_, tuple(tokens[row[t.i]] for t in entity if t.i in row))
            for entity in span.ents
        )
        yield Sentence(text[start:end], start, end, paragraph, tokens, entities)
