"""Sayso's engine as a spaCy pipeline, and spaCy pipelines as engines; the only module of the
language that knows spaCy, which comes by `pip install sayso[spacy]`.

`pipeline` is for spaCy users: tags, heads, labels, lemmas, sentence starts and entities are set as
any trained pipeline of theirs would set them. `adopt` is the other way round: a pipeline of theirs,
where its labels are those of Universal Dependencies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Token as SpacyToken
from spacy.util import minibatch

from sayso.errors import EngineError
from sayso.language.encoder import Parse
from sayso.language.parse import BATCH, Parser, Rows, cuts
from sayso.language.runs import Words
from sayso.language.trees import Sentence, Token, attach, entities, name_label
from sayso.lexicon import LANGUAGE
from sayso.shapes.blocks import standing

RELATIONS = frozenset(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse "
    "dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis "
    "punct reparandum root vocative xcomp".split()
)
"""The universal relations: https://universaldependencies.org/u/dep/ (version 2)."""

_SET = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"]
_PROBE = "The police said on Monday that two men were killed near the river."


class Adopted:
    """A spaCy pipeline as an engine; `nlp` is the pipeline."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def sentences(self, texts: Iterable[str]) -> Iterator[list[Sentence]]:
        """For each text its sentences, in order; see `Engine`."""
        for doc in self.nlp.pipe(texts, batch_size=BATCH):
            yield _sentences(doc)


def pipeline(threads: int = 0, gate: bool = False) -> Language:
    """Sayso's engine as a spaCy pipeline; arguments and errors as of `Parser`. Words that the gate
    leaves out stay bare.
    """
    nlp = spacy.blank(LANGUAGE, config={"nlp": {"tokenizer": {"@tokenizers": "sayso_cuts"}}})
    # The default guards spaCy's own parser against running out of memory; runs here are bounded.
    nlp.max_length = 100_000_000
    nlp.add_pipe("sayso_encoder", config={"threads": threads, "gate": gate})
    return nlp


def adopt(name: str) -> Adopted:
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
    return Adopted(nlp)


@spacy.registry.tokenizers("sayso_cuts")  # type: ignore[untyped-decorator]
def _cuts() -> Callable[[Language], Callable[[str], Doc]]:
    return _Tokenizer


class _Tokenizer:
    """Cuts texts as the engine does. What stands on disk of it is nothing: it comes with Sayso."""

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        self._cuts = cuts(LANGUAGE)

    def __call__(self, text: str) -> Doc:
        words = [text[start:end] for start, end in self._cuts.words(text)]
        words, spaces = spacy.util.get_words_and_spaces(words, text)
        return Doc(self._vocab, words=words, spaces=spaces)

    def to_disk(self, path: object, exclude: object = ()) -> None:
        """Saves nothing."""

    def from_disk(self, path: object, exclude: object = ()) -> _Tokenizer:
        """Loads nothing; itself."""
        return self


@Language.factory("sayso_encoder", default_config={"threads": 0, "gate": False})
class _Component:
    """Parses docs in place; what else a caller has put on a doc stays."""

    def __init__(self, nlp: Language, name: str, threads: int, gate: bool) -> None:
        self._parser = Parser(threads, gate=gate)

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = BATCH) -> Iterator[Doc]:
        """The docs, in order, parsed."""
        for batch in minibatch(docs, batch_size):
            rows = [[token.i for token in doc if not token.is_space] for doc in batch]
            words = [
                Words.of(doc.text, [(doc[i].idx, doc[i].idx + len(doc[i])) for i in each])
                for doc, each in zip(batch, rows, strict=True)
            ]
            for doc, each, parsed in zip(batch, rows, self._parser.parsed(words), strict=True):
                _annotate(doc, [([each[i] for i in run], parse) for run, parse in parsed])
                yield doc

    def to_disk(self, path: object, exclude: object = ()) -> None:
        """Saves nothing: the encoder comes with Sayso."""

    def from_disk(self, path: object, exclude: object = ()) -> _Component:
        """Loads nothing; itself."""
        return self


def _annotate(doc: Doc, parsed: Sequence[tuple[Rows, Parse]]) -> None:
    """Sets the parses of runs on the doc; words of no run get no part of speech and no name."""
    count = len(doc)
    blank = [token.is_space for token in doc]
    pos = ["SPACE" if each else "" for each in blank]
    tags = ["_SP" if each else "" for each in blank]
    feats, deps, names = [""] * count, ["dep"] * count, ["O"] * count
    lemmas, heads = [token.text for token in doc], list(range(count))
    for rows, parse in parsed:
        for row, i in enumerate(rows):
            pos[i], tags[i], feats[i] = parse.pos[row], parse.tags[row], parse.feats[row]
            lemmas[i], deps[i], names[i] = parse.lemmas[row], parse.deps[row], parse.names[row]
            heads[i] = rows[parse.heads[row]]
    # White space hangs on the word before it, or, at the very start, on the first word.
    last = next((i for i, each in enumerate(blank) if not each), 0)
    for i, each in enumerate(blank):
        if each:
            heads[i] = last
            deps[i] = "ROOT" if last == i else "dep"
        else:
            last = i
    made = Doc(
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
    doc.from_array(_SET, made.to_array(_SET))


def _sentences(doc: Doc) -> list[Sentence]:
    """The sentences of a parsed doc, without those that were left bare."""
    spans = [
        words
        for span in doc.sents
        if (words := [token for token in span if not token.is_space]) and words[0].pos_
    ]
    bounds = [(words[0].idx, words[-1].idx + len(words[-1])) for words in spans]
    found = []
    stand = standing(doc.text, bounds)
    for words, (start, end), (number, kind) in zip(spans, bounds, stand, strict=True):
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
        attach(tokens, _heads(words))
        names = tuple(entities(tokens, [token.ent_iob_ for token in words]))
        text = doc.text[start:end]
        found.append(Sentence(text, start, end, number, tokens, names, LANGUAGE, kind))
    return found


def _heads(words: Sequence[SpacyToken]) -> list[int]:
    """The row of each word's head. One root only: a second one, as a pipeline that cuts sentences
    by other means than its parser may leave, hangs on the first.
    """
    row = {token.i: n for n, token in enumerate(words)}
    heads = [row.get(token.head.i, n) for n, token in enumerate(words)]
    root = next((n for n, head in enumerate(heads) if head == n), 0)
    return [root if head == n else head for n, head in enumerate(heads)]


def _relation(dep: str) -> str:
    """The universal relation of a label: without its subtype, in lower case."""
    return dep.partition(":")[0].lower()
