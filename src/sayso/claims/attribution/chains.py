"""The chain of sources that one cue gives: whom the sayer cites, and who passes it on.

A chain runs from the origin, nearest the fact, to the last relay before the outlet. Who is told and
does not publish is no link; nor is anybody whom only another cue of the sentence cites.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.claims.attribution import kinds, noun_phrases, several
from sayso.claims.attribution.coreference import Memory
from sayso.claims.attribution.cue import Cue
from sayso.language.grammar.features import is_past_participle
from sayso.language.grammar.noun_phrase import marks
from sayso.language.spelling import singular
from sayso.language.trees import Token
from sayso.records import Role, Source

Run = list[Token]


def citing(cue: Cue, cues: Sequence[Cue]) -> list[Cue]:
    """Those of the sentence's cues by which the sayer of `cue` names whom they go by."""
    return [c for c in cues if c is not cue and c.is_citing and _same_sayer(c, cue)]


def chain(
    cue: Cue, cues: Sequence[Cue], tokens: Sequence[Token], memory: Memory, number: int
) -> tuple[Source, ...]:
    """The sources that a cue of sentence `number` names, origin first.

    `cues` are all cues of the sentence and `tokens` its words; `memory` resolves names and is told
    of them.
    """
    reporting = cue.kind == "reporting" or cue.form == "according"
    sayer, quoting = _parted(cue.antecedent or cue.sayer)
    cited = [run for run in (cue.origin, *_cited(cue, cues, tokens)) if run]
    role: Role = "relay" if cited else "origin"
    # The sayer first: "it said, citing the harbour master" is no word of the master about himself.
    answering = cue.lemma in cue.token.words("saying", "usage.answering")
    own = _named(memory, noun_phrases.issuer(sayer), number, role, reporting, answering)
    if cue.kind == "asking" and cue.hearer:
        memory.asked(cue.hearer, number)
    origins: list[Source] = []
    for run in cited:
        first = [s for r in _behind(run, cues, tokens) for s in _named(memory, r, number, "origin")]
        # The clause by which it cites others is no part of a name.
        named = noun_phrases.bare(run) if first else run
        origins += [*first, *_named(memory, named, number, "relay" if first else "origin")]
    relays: list[Source] = []
    if own:
        passing = [*cue.relays, quoting, *_channels(cue), *_according(cue, cues)]
        passing += [cue.hearer] if kinds.publishes(cue.hearer) else []
        for relay in passing:
            relays += _named(memory, relay, number, "relay", True)
    if cue.origin:
        return (*origins, *memory.carried(origins, own + relays, cue.origin, number))
    for origin in origins:
        memory.passed(origin, own + relays, number)
    if not _on_paper(cue):
        relays = memory.carried(own, relays, cue.sayer, number)
    return (*origins, *own, *relays)


def _parted(run: Run) -> tuple[Run, Run]:
    """Who speaks and the medium that passes it on, where the phrase names both."""
    sayer, medium = noun_phrases.quoted(run) if run else (run, [])
    cites = medium and run[len(sayer)].lemma.lower() in run[0].words("saying", "usage.citing")
    return (sayer, medium) if cites or kinds.publishes(medium) else (run, [])


def _named(
    memory: Memory,
    run: Sequence[Token],
    number: int,
    role: Role,
    reporting: bool = False,
    answering: bool = False,
) -> list[Source]:
    """The sources that a phrase names: one, or several where it joins them."""
    found = []
    for part in several.parts(run) if run else []:
        named = memory.name(part, number, reporting, role == "relay", answering)
        if named is not None:
            found.append(Source(text=named.text, kind=named.kind, role=role))
    return found


def _cited(cue: Cue, cues: Sequence[Cue], tokens: Sequence[Token]) -> Iterator[Run]:
    """Whom the sayer of a cue goes by: "citing X", "with reference to X"."""
    for other in citing(cue, cues):
        after = [t for t in other.token.subtree() if t.i > other.token.i]
        while after and after[-1].pos == "PUNCT":
            after.pop()
        # What is cited may hang elsewhere.
        yield after or noun_phrases.after(tokens, other.token.i + 1)
    low = [t.lower for t in tokens]
    for phrase in cue.token.words("saying", "relaying.authority"):
        size = len(phrase.split())
        for k in range(len(low) - size):
            if " ".join(low[k : k + size]) == phrase and _beside(cue, k, k + size):
                yield noun_phrases.after(tokens, k + size)


def _behind(run: Run, cues: Sequence[Cue], tokens: Sequence[Token]) -> Iterator[Run]:
    """Whom those who are cited cite in their turn: "quoting the mayor, who cited the hospital"."""
    inside = {t.i for t in run}
    for cue in cues:
        if cue.is_citing and inside & {t.i for t in cue.antecedent}:
            yield noun_phrases.after(tokens, cue.token.i + 1)


def _same_sayer(one: Cue, other: Cue) -> bool:
    """Whether two cues have one sayer, or one has the clause that describes the other's."""
    mine = {t.i for t in (*one.sayer, *one.antecedent)}
    return bool(mine & {t.i for t in (*other.sayer, *other.antecedent)})


def _beside(cue: Cue, first: int, stop: int) -> bool:
    """Whether the words between two indexes stand right beside a cue, a comma or adverb apart, or
    in the phrase of its sayer.
    """
    low, high = cue.block
    if cue.sayer and cue.sayer[0].i < first and stop <= cue.sayer[-1].i:
        return True
    return 0 < first - high <= 3 or 0 <= low - stop <= 6


def _according(cue: Cue, cues: Sequence[Cue]) -> Iterator[Run]:
    """The media by which one knows that somebody said it: "said, according to M, that"."""
    told = (c.sayer for c in cues if c.form == "according" and c.token.head.head is cue.token)
    yield from filter(kinds.publishes, told)


def _channels(cue: Cue) -> Iterator[Run]:
    """The media in or to which the sayer speaks: "in an interview with M", "a statement carried by
    M", "said on M"."""
    said = cue.token
    own = {t.i for t in (*cue.sayer, *cue.hearer)}
    adjuncts = [a for a in said.kids("obl") if a.i not in own]
    carrying, reaching = (
        said.words("saying", f"relaying.{part}") for part in ("carrying", "reaching")
    )
    clauses = [*said.kids("advcl"), *(c for s in said.kids("nsubj") for c in s.kids("acl"))]
    clauses += [c for c in said.kids("ccomp") if c.i < said.i and c.kid("nsubj")]
    for clause in clauses:
        alone = clause.lemma in carrying | reaching and not clause.kid("aux", "aux:pass")
        if alone or clause.lemma in said.words("saying", "verbs.asking"):
            by = said.words("grammar", "agentive")
            asking = [_name(o) for o in clause.kids("obl") if marks(o) & by and o.i not in own]
            # "reached by radio" names no medium.
            yield from (run for run in asking if len(run) > 1 and kinds.publishes(run))
        elif clause.lemma.lower() in said.words("saying", "relaying.talking"):
            adjuncts += clause.kids("obl")
    # "M carried a statement saying", "M spoke to a nurse who said"
    above = said.head.head
    if said.relation == "acl" and {above.lemma.lower(), above.lower} & (
        carrying | reaching | said.words("saying", "relaying.talking")
    ):
        yield from filter(kinds.publishes, map(_name, above.kids("nsubj")))
    for adjunct in adjuncts:
        if adjunct.dep in ("obl:agent", "obl:unmarked"):
            continue
        yield from _media(adjunct)


def _media(adjunct: Token) -> Iterator[Run]:
    """The media named by an adjunct of a verb of saying, or by what describes it."""
    run = _name(adjunct)
    if marks(adjunct) & adjunct.words("saying", "relaying.prepositions") and kinds.publishes(
        run, True
    ):
        yield run
        return
    talk = adjunct.lemma.lower() in adjunct.words("saying", "relaying.talks")
    for below in adjunct.children:
        if below.relation == "nmod":
            run = _name(below)
            wanted = marks(below) & adjunct.words("saying", "relaying.prepositions")
            if wanted and kinds.publishes(run, not talk):
                yield run
        elif below.relation == "acl" and is_past_participle(below):
            yield from _carriers(below)


def _carriers(verb: Token) -> Iterator[Run]:
    """Who carries a statement: "carried by M", "read out on M"."""
    sure = verb.lemma.lower() in verb.words("saying", "relaying.carrying")
    for carrier in verb.kids("obl"):
        run = _name(carrier)
        by = bool(marks(carrier) & verb.words("grammar", "agentive"))
        if sure and by:
            known = any(t.pos == "PROPN" for t in run) or kinds.publishes(run)
        else:
            through = by or marks(carrier) & verb.words("saying", "relaying.prepositions")
            known = bool(through) and kinds.publishes(run, True)
        if known:
            yield run


def _name(head: Token) -> Run:
    """The words of a name alone: its head with what stands before it."""
    return [t for t in head.subtree(without=_describes) if t.dep != "case" and t.pos != "PUNCT"]


def _describes(token: Token) -> bool:
    return token.i > token.head.i and token.relation not in ("flat", "compound", "nmod:poss")


def _on_paper(cue: Cue) -> bool:
    """Whether the sayer speaks "in a statement", which nobody else needs to pass on."""
    papers = cue.token.words("saying", "usage.papers")
    return any(singular(o.lower) in papers for o in cue.token.kids("obl"))
