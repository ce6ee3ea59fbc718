"""Sayso's English pipeline as a spaCy `Language`, and spaCy pipelines as engines.

spaCy cuts the text into words and carries the parse; the encoder makes it. Of what reads, the only
module that knows spaCy. `pipeline()` is for spaCy users: tags, heads, labels, lemmas, sentence
starts and entities are set as any trained pipeline of theirs would set them. `adopt` is the other
way round: a pipeline of theirs, where its labels are those of Universal Dependencies.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from itertools import groupby

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.tokens import Token as SpacyToken
from spacy.util import compile_infix_regex, compile_prefix_regex, minibatch

from sayso.errors import EngineError
from sayso.language.encoder import LONGEST, PIECES, Encoder, Parse, Run
from sayso.language.gate import Gate
from sayso.language.trees import Entity, Sentence, Token, attach, name_label
from sayso.lexicon import LANGUAGE, harm
from sayso.shapes.blocks import NAME_WORDS, Leaf, leaves, standing

RELATIONS = frozenset(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse "
    "dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis "
    "punct reparandum root vocative xcomp".split()
)
"""The universal relations: https://universaldependencies.org/u/dep/ (version 2)."""

_ENDS = frozenset('.?!”"')
_BATCH = 32
_HEAD = 6  # words within which the colon behind the head of a paragraph comes
_INITIALS = 3  # letters: a head so short is whoever speaks ("WHO: ...")
_SET = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"]
_RUN = 500  # characters of a run that are cut into words together
_UNBROKEN = re.compile(rf"\S{{{4 * _RUN},}}")  # longer than an address of the web
_PROBE = "The police said on Monday that two men were killed near the river."


class Pipeline:
    """A spaCy pipeline as an engine; `nlp` is the pipeline."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def sentences(self, texts: Iterable[str]) -> Iterator[list[Sentence]]:
        """For each text its sentences, in order; see `Engine`."""
        for doc in self.nlp.pipe(map(self._words, texts), batch_size=_BATCH):
            yield _sentences(doc)

    def _words(self, text: str) -> Doc:
        """A text in words. spaCy peels marks off a run without white space one by one, each time
        looking at all the rest of it: of what no word is, so much is looked at together."""
        cuts = [
            at for run in _UNBROKEN.finditer(text) for at in range(run.start(), run.end(), _RUN)
        ]
        if not cuts:
            return self.nlp.make_doc(text)
        spans = zip([0, *cuts], [*cuts, len(text)], strict=True)
        pieces = [self.nlp.make_doc(text[start:end]) for start, end in spans if start < end]
        return Doc.from_docs(pieces, ensure_whitespace=False)


def pipeline(threads: int = 0, gate: bool = False) -> Language:
    """A spaCy pipeline with the English encoder. Raises `EngineError` if its files are broken.

    `threads` runs are parsed at once, 0 for one on each core. With `gate` only paragraphs that can
    hold a claim are parsed (see `sayso.language.gate`); the words of the others stay bare.
    """
    nlp = spacy.blank(LANGUAGE)
    # The default guards spaCy's own parser against running out of memory; runs here are bounded.
    nlp.max_length = 100_000_000
    # Wires close a headline with its source: "Blast kills nine -police".
    prefixes = compile_prefix_regex([*(nlp.Defaults.prefixes or ()), r"-(?=[A-Za-z])"])
    nlp.tokenizer.prefix_search = prefixes.search
    # Lists that lost their line breaks glue a number to its word: "15 death1 injured31 people".
    told = sorted({w for forms in harm(LANGUAGE).labels.values() for w in forms if len(w) > 3})
    glued = [r"(?<=\d)(?=[a-z]{4})", *(rf"(?<={word})(?=\d)" for word in told)]
    infixes = compile_infix_regex([*(nlp.Defaults.infixes or ()), *glued])
    nlp.tokenizer.infix_finditer = infixes.finditer
    nlp.add_pipe("sayso_encoder", config={"threads": threads, "gate": gate})
    return nlp


def adopt(name: str) -> Pipeline:
    """The user's own spaCy pipeline, by the name of its package or the path of its folder.

    Raises `EngineError` when it cannot be loaded, or when it does not set what rules read: heads
    with labels of Universal Dependencies, sentence starts, tags and lemmas.
    """
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        raise EngineError(f"spaCy loads no pipeline called {name!r}: {error}") from error
    doc = nlp(_PROBE)
    needed = {
        "heads and labels": "DEP",
        "sentence starts": "SENT_START",
        "parts of speech": "POS",
        "Penn tags": "TAG",
        "lemmas": "LEMMA",
    }
    lacking = [what for what, attribute in needed.items() if not doc.has_annotation(attribute)]
    if lacking:
        raise EngineError(f"the spaCy pipeline {name!r} sets no {', no '.join(lacking)}")
    strange = sorted({t.dep_ for t in doc if _relation(t.dep_) not in RELATIONS})
    if strange:
        raise EngineError(
            f"the spaCy pipeline {name!r} labels its trees {', '.join(strange)}: rules read the "
            "relations of Universal Dependencies; use a pipeline trained on a UD treebank"
        )
    return Pipeline(nlp)


@Language.factory("sayso_encoder", default_config={"threads": 0, "gate": False})
class _Component:
    """Parses docs in place; what else a caller has put on a doc stays."""

    def __init__(self, nlp: Language, name: str, threads: int, gate: bool) -> None:
        with as_file(files("sayso") / "data" / LANGUAGE / "engine") as folder:
            self._encoder = Encoder(folder, threads)
        self._gate = Gate(self._encoder.lemmas, LANGUAGE) if gate else None

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = _BATCH) -> Iterator[Doc]:
        """The docs, in order, parsed; the runs of a batch of them share the cores."""
        for batch in minibatch(docs, batch_size):
            read = [Words.of(doc) for doc in batch]
            listed = [[*words.listed()] for words in read]
            cut = [self._wanted(*each) for each in zip(read, listed, strict=True)]
            todo = [words.run(rows) for words, runs in zip(read, cut, strict=True) for rows in runs]
            parses = iter(self._encoder.parse(todo))
            for doc, words, found, names in zip(batch, read, cut, listed, strict=True):
                parsed = [(rows, next(parses)) for rows in found]
                parsed += [(rows, _named([words.texts[i] for i in rows])) for rows in names]
                _annotate(doc, words, parsed)
                yield doc

    def _wanted(self, words: Words, listed: Sequence[list[int]]) -> list[list[int]]:
        """The runs to parse: all but those listed, which are names, and those of no interest."""
        aside = {rows[0] for rows in listed}
        found = [r for r in runs(words, self._encoder.size) if r[0] not in aside]
        heads = [head([words.texts[i] for i in rows[:_HEAD]]) for rows in found]
        named = [
            tuple(words.texts[i] for i in rows[:at])
            for rows, at in zip(found, heads, strict=True)
            if at
        ]
        # One that heads two paragraphs is a speaker.
        several = len(named) > 1 and len(set(named)) == len(named)
        wanted = [True] * len(found)
        if self._gate is not None:
            wanted = self._gate.wanted([[words.texts[i] for i in rows] for rows in found])
        kept = [
            (rows, at if several else 0)
            for rows, at, want in zip(found, heads, wanted, strict=True)
            if want
        ]
        return [part for rows, at in kept for part in (rows[:at], rows[at:]) if part]

    def to_disk(self, path: object, exclude: object = ()) -> None:
        """Saves nothing: the encoder comes with Sayso."""

    def from_disk(self, path: object, exclude: object = ()) -> _Component:
        """Loads nothing; itself."""
        return self


@dataclass(frozen=True, slots=True)
class Words:
    """A doc's words as plain lists: what each is, whether it is white space, and whether white
    space follows it; `leaf` is the number of the block or cell that it stands in, of those in
    `leaves`, -1 of white space and of the marks of a shape.
    """

    texts: list[str]
    blank: list[bool]
    spaced: list[bool]
    leaf: list[int]
    leaves: Sequence[Leaf]

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """The words of a doc."""
        texts, blank, spaced, leaf = [], [], [], []
        spans, here = leaves(doc.text), 0
        for token in doc:
            texts.append(token.text)
            blank.append(token.is_space)
            spaced.append(bool(token.whitespace_))
            while here < len(spans) and spans[here].end <= token.idx:
                here += 1
            inside = here < len(spans) and spans[here].start < token.idx + len(token.text)
            leaf.append(here if inside and not token.is_space else -1)
        return cls(texts, blank, spaced, leaf, spans)

    def listed(self) -> Iterator[list[int]]:
        """Indexes of the words of each cell that is a name or a label, and no prose."""
        for leaf, words in groupby(
            (i for i in range(len(self.leaf)) if self.leaf[i] >= 0), self.leaf.__getitem__
        ):
            rows = list(words)
            if len(rows) <= NAME_WORDS.get(self.leaves[leaf].kind, 0):
                yield rows

    def run(self, rows: Sequence[int]) -> Run:
        """These words as the encoder takes them."""
        blank = self.blank
        return (
            tuple(self.texts[i] for i in rows),
            tuple(self.spaced[i] or (i + 1 < len(blank) and blank[i + 1]) for i in rows),
        )


def runs(words: Words, size: Callable[[str], int]) -> Iterator[list[int]]:
    """Indexes of the words to parse together: a block, cut at a likely sentence end if long.

    A run has at most `LONGEST` words and `PIECES` pieces; `size` says how many pieces a word is.
    """
    run: list[int] = []
    pieces = 2
    for i, (text, leaf) in enumerate(zip(words.texts, words.leaf, strict=True)):
        if leaf < 0:
            continue
        if run and leaf != words.leaf[run[-1]]:
            yield run
            run, pieces = [], 2
        more = size(text)
        if len(run) == LONGEST or pieces + more > PIECES:
            cut = _cut(words.texts, run, text)
            yield run[:cut]
            run = run[cut:]
            pieces = 2 + sum(size(words.texts[k]) for k in run)
        run.append(i)
        pieces += more
    if run:
        yield run


def head(texts: Sequence[str]) -> int:
    """How many words that open a paragraph head it, as in a round-up: "PORT KERIM: Gunmen ..."; 0
    where none do. Parsed with the sentence behind it, a place would be its subject.
    """
    mark = next((n for n, text in enumerate(texts) if text == ":"), 0)
    named = all(text.isupper() or not text[:1].isalpha() for text in texts[:mark])
    shouted = mark + 1 >= len(texts) or (texts[mark + 1].isupper() and len(texts[mark + 1]) > 1)
    return (
        mark + 1 if mark and named and len("".join(texts[:mark])) > _INITIALS and not shouted else 0
    )


def _cut(texts: Sequence[str], run: Sequence[int], after: str) -> int:
    """How many words of a full run to part with: up to its last likely sentence end, or all."""
    following = [*(texts[i] for i in run[1:]), after]
    for k in range(len(run), 20, -1):
        if texts[run[k - 1]] in _ENDS and following[k - 1][:1].isupper():
            return k
    return len(run)


def _named(words: Sequence[str]) -> Parse:
    """What stands in for the parse of a name in a table: its words side by side."""
    count = len(words)
    return Parse(
        pos=[_pos(word) for word in words],
        tags=[""] * count,
        feats=[""] * count,
        lemmas=[*words],
        heads=[0] * count,
        deps=["ROOT", *["flat"] * (count - 1)],
        names=["O"] * count,
    )


def _pos(word: str) -> str:
    """What a word is by its letters alone."""
    if word[:1].isalpha():
        return "PROPN" if word[0].isupper() else "NOUN"
    return "NUM" if word[:1].isdigit() else "PUNCT"


def _annotate(doc: Doc, words: Words, parsed: Sequence[tuple[list[int], Parse]]) -> None:
    """Sets the parses of runs on the doc; words of no run get no part of speech and no name."""
    count = len(doc)
    pos = ["SPACE" if blank else "" for blank in words.blank]
    tags = ["_SP" if blank else "" for blank in words.blank]
    feats, deps, names = [""] * count, ["dep"] * count, ["O"] * count
    lemmas, heads = words.texts.copy(), list(range(count))
    for rows, parse in parsed:
        for row, i in enumerate(rows):
            pos[i], tags[i], feats[i] = parse.pos[row], parse.tags[row], parse.feats[row]
            lemmas[i], deps[i], names[i] = parse.lemmas[row], parse.deps[row], parse.names[row]
            heads[i] = rows[parse.heads[row]]
    # White space hangs on the word before it, or, at the very start, on the first word.
    last = next((i for i, blank in enumerate(words.blank) if not blank), 0)
    for i, blank in enumerate(words.blank):
        if blank:
            heads[i] = last
            deps[i] = "ROOT" if last == i else "dep"
        else:
            last = i
    made = Doc(
        doc.vocab,
        words=words.texts,
        spaces=words.spaced,
        tags=tags,
        pos=pos,
        morphs=feats,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
        ents=names,
    )
    doc.from_array(_SET, made.to_array(_SET))


def _sentences(doc: Doc) -> list[Sentence]:
    """The sentences of a parsed doc, without those that the gate left bare."""
    text = doc.text
    spans = [
        (span, words)
        for span in doc.sents
        if (words := [token for token in span if not token.is_space]) and words[0].pos_
    ]
    bounds = [(words[0].idx, words[-1].idx + len(words[-1])) for _, words in spans]
    found = []
    firsts = [span.start for span, _ in spans]
    named: dict[int, list[Span]] = defaultdict(list)
    for entity in doc.ents:  # a span goes through all of the doc for its own
        if at := bisect_right(firsts, entity.start):
            named[firsts[at - 1]].append(entity)
    stand = standing(text, bounds)
    for (span, words), (start, end), (number, kind) in zip(spans, bounds, stand, strict=True):
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
                entity=name_label(token.ent_type_),
            )
            for n, token in enumerate(words)
        )
        attach(tokens, _heads(words, row))
        entities = tuple(
            Entity(label, tuple(tokens[row[t.i]] for t in entity if t.i in row))
            for entity in named.get(span.start, ())
            if entity.end <= span.end and (label := name_label(entity.label_))
        )
        found.append(
            Sentence(text[start:end], start, end, number, tokens, entities, LANGUAGE, kind)
        )
    return found


def _heads(words: Sequence[SpacyToken], row: dict[int, int]) -> list[int]:
    """The row of each word's head. One root only: a second one, as a pipeline that cuts sentences
    by other means than its parser may leave, hangs on the first.
    """
    heads = [row.get(token.head.i, n) for n, token in enumerate(words)]
    root = next((n for n, head in enumerate(heads) if head == n), 0)
    return [root if head == n else head for n, head in enumerate(heads)]


def _relation(dep: str) -> str:
    """The universal relation of a label: without its subtype, in lower case."""
    return dep.partition(":")[0].lower()
