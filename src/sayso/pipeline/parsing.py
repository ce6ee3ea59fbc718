"""How a few sentences are read, step by step: trees, predicates, quantities, claims.

For whoever adds a construction or asks why a claim is what it is. It reads nothing itself: each
part is what the step that makes it says, in plain records that can be shown or written as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.claims.event.frames import Frame, frames
from sayso.claims.harm.harm import Harm
from sayso.claims.harm.harms import harms, nominal_agent, undergoers
from sayso.language.grammar.clause import agents, is_passive, patients, subjects
from sayso.language.grammar.features import is_verb
from sayso.language.grammar.polarity import is_none, taken_back
from sayso.language.quantities import Quantity, quantities
from sayso.language.trees import Sentence, Token
from sayso.pipeline.reading import Reader
from sayso.records import Claim, Document, Record

_BESIDE = frozenset("conj cc acl advcl appos parataxis punct cop aux nsubj".split())
"""Relations under which no part of a phrase's own words stands."""


class Word(Record, frozen=True, kw_only=True):
    """One word of a tree: `head` is the `n` of the word that it hangs on, 0 for the root; `name`
    the label of the name that it belongs to."""

    n: int
    text: str
    lemma: str
    pos: str
    head: int
    relation: str
    features: str
    name: str | None


class Meaning(Record, frozen=True, kw_only=True):
    """What the word tables make of a predicate: a kind of harm or a type of event, by which rule,
    to whom and by whom."""

    what: str
    rule: str
    to: tuple[str, ...]
    by: tuple[str, ...]


class Predicate(Record, frozen=True, kw_only=True):
    """What the grammar reads of a verb, or of an adjective or noun that says what happened.

    `voice` is None where the word has none; `undone` the word by which it is taken back ("not",
    "failed"); `nobody` are those of its parties that name nobody ("no one").
    """

    n: int
    text: str
    voice: str | None
    agents: tuple[str, ...]
    patients: tuple[str, ...]
    undone: str | None
    nobody: tuple[str, ...]
    means: tuple[Meaning, ...]


class Number(Record, frozen=True, kw_only=True):
    """A quantity: its bounds, the rule that read them, what it is if no count of people or things,
    what is counted, and the whole that it is a share of."""

    text: str
    low: int | None
    high: int | None
    rule: str
    unit: str | None
    counted: str | None
    of: str | None


class Parsed(Record, frozen=True, kw_only=True):
    """One sentence, with all that was read in it but its claims."""

    text: str
    words: tuple[Word, ...]
    predicates: tuple[Predicate, ...]
    quantities: tuple[Number, ...]


class Parse(Record, frozen=True, kw_only=True):
    """Sentences, their claims, and every rule that those name, in alphabetical order."""

    sentences: tuple[Parsed, ...]
    claims: tuple[Claim, ...]
    rules: tuple[str, ...]


def parse(reader: Reader, document: Document) -> Parse:
    """How the document is read. Raises nothing of its own; a blank text has no sentences."""
    claims = reader.read(document).claims
    return Parse(
        sentences=tuple(map(_parsed, reader.sentences(document.text))),
        claims=claims,
        rules=tuple(sorted({rule for claim in claims for rule in claim.because.values()})),
    )


def _parsed(sentence: Sentence) -> Parsed:
    return Parsed(
        text=sentence.text,
        words=tuple(map(_word, sentence.tokens)),
        predicates=tuple(_predicates(sentence)),
        quantities=tuple(map(_number, quantities(sentence))),
    )


def _word(token: Token) -> Word:
    return Word(
        n=token.i + 1,
        text=token.text,
        lemma=token.lemma,
        pos=token.pos,
        head=0 if token.head is token else token.head.i + 1,
        relation=token.dep,
        features=token.feats,
        name=token.entity or None,
    )


def _predicates(sentence: Sentence) -> Iterator[Predicate]:
    """The verbs and copulas of a sentence, and its other words that say what happened."""
    events = {frame.predicate: frame for frame in frames(sentence)}
    for token in sentence.tokens:
        harmful = list(harms(token))
        verbal = is_verb(token) and token.relation not in ("aux", "cop", "amod", "compound")
        if not (verbal or harmful or token in events or token.kid("cop")):
            continue
        by, to = _roles(token, verbal)
        yield Predicate(
            n=token.i + 1,
            text=token.text,
            voice=("passive" if is_passive(token) else "active") if verbal else None,
            agents=_named(by),
            patients=_named(to),
            undone=taken_back(token) or None,
            nobody=_named([party for party in (*by, *to) if is_none(party)]),
            means=tuple([*map(_harm, harmful), *map(_event, filter(None, [events.get(token)]))]),
        )


def _roles(predicate: Token, verbal: bool) -> tuple[list[Token], list[Token]]:
    """The heads of those who do it and of those to whom it is done, as the grammar reads them."""
    if verbal:
        return agents(predicate), patients(predicate)
    if predicate.pos == "NOUN" and not predicate.kid("cop"):
        doer = nominal_agent(predicate)
        return [doer] if doer else [], undergoers(predicate)
    return [], subjects(predicate)


def _harm(harm: Harm) -> Meaning:
    doer = [harm.doer] if harm.doer else []
    to, by = _named(harm.victims), _named(doer)
    return Meaning(what=harm.kind, rule=f"harm.{harm.rule}", to=to, by=by)


def _event(frame: Frame) -> Meaning:
    event = frame.event
    what = " ".join(filter(None, (event.type, event.mode))) if event else "an event told before"
    to = frame.who or frame.to
    return Meaning(
        what=what,
        rule=f"event.{frame.rule}",
        to=(to.text,) if to else (),
        by=(frame.by.text,) if frame.by else (),
    )


def _number(quantity: Quantity) -> Number:
    return Number(
        text=quantity.count.text,
        low=quantity.count.low,
        high=quantity.count.high,
        rule=f"number.{quantity.rule}",
        unit=quantity.unit,
        counted=quantity.counted.text if quantity.counted else None,
        of=quantity.whole.count.text if quantity.whole else None,
    )


def _named(heads: Iterable[Token]) -> tuple[str, ...]:
    """The phrases of these heads in words, without the preposition before them, what is joined to
    them, and the clauses that hang on them."""
    return tuple(" ".join(t.text for t in _phrase(head)) for head in heads)


def _phrase(head: Token) -> list[Token]:
    own = (*_BESIDE, "case")
    return head.subtree(without=lambda t: t.relation in (own if t.head is head else _BESIDE))
