"""Harm that a verb tells with what stands beside it: "shot dead", "took captive", "lost lives"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.claims.harm.harm import Harm, are_known, doer, parties
from sayso.language.grammar.clause import agent, is_passive, is_turned, remnants, subjects
from sayso.language.grammar.features import is_plural
from sayso.language.grammar.noun_phrase import antecedent, fellows, genitives, led, marks
from sayso.language.trees import Token
from sayso.lexicon import harm
from sayso.lexicon.shapes import Phrase


def phrases_of(verb: Token, lemma: str, phrases: Sequence[Phrase]) -> Iterator[Harm]:
    """The harms that a verb of this lemma tells together with its company, by these phrases of the
    table."""
    dead = harm(verb.language).people["killed"]
    for phrase in phrases:
        if lemma not in phrase.verb:
            continue
        if phrase.bare:
            whom = subjects(verb) if _is_bare(verb, phrase) and _does(verb, phrase.who) else []
            if whom := [v for v in whom if are_known(v) and (is_plural(v) or _are_counted(v))]:
                yield Harm(phrase.kind, verb, (verb,), tuple(whom), agent(verb), "verb")
            continue
        if any(t.lemma.lower() in phrase.unless for t in subjects(verb)):
            continue
        company = phrase.company()
        for role, found in _company(verb):
            wanted = company.get(role, ())
            told = [t for t in found if _is_any(t, wanted)]
            told = [t for t in told if not t.kid("advmod")]  # no "as far away as Karsa"
            if role == "oblique":  # "took two nurses from their clinic" is no help
                told = [
                    t
                    for t in told
                    if not (phrase.helps and led(t, "origin")) and not led(t, "excluding")
                ]
            if not told or not _does(verb, phrase.who):
                continue
            of_object, by = phrase.victim == "object", None
            if role == "object" and of_object:
                # "cost two nurses their lives", however the tree hangs the lives
                owners = [o for o in verb.kids("iobj", "obj") if o not in told]
                owners += [o for t in told for o in genitives(t)]
                owners += [c for t in told for c in t.kids("conj") if owners and not c.kid("case")]
                whom = [p for head in owners for p in fellows(head) if p not in told] or told
                if all(p.pos == "NUM" for p in whom):  # "claimed 17 and eight lives"
                    whom = [*whom, *(t for t in told if t not in whom)]
                by = None if is_turned(verb) else doer(verb, told)
            elif phrase.victim == "behind":
                whom = [o for o in verb.kids("obl") if not marks(o).isdisjoint(phrase.behind)]
                by = doer(verb, told)
            elif phrase.victim == "lost":
                whom = [] if is_passive(verb) else told
            elif of_object:
                whom, by = parties(verb, told)
                known = [v for v in whom if v not in told]
                stray = [t for t in told if not known or t.relation in ("conj", "advcl")]
                whom = [*known, *(p for p in _hung_on(stray) if p not in known)] or whom
                if not whom and role == "complement":
                    whom = _undergoing(verb, told)
            else:
                whom = [o for t in told for o in _owners(t)] if role == "object" else []
                did = agent(verb) if role == "object" and is_passive(verb) else None
                # "the rally was attended by 700 people"
                whom = whom or (subjects(verb) if did is None else [did])
            if phrase.helps:  # a body is past help
                whom = [v for v in whom if v.lemma.lower() not in dead]
                if not whom:
                    continue
            if phrase.people:
                whom = [v for v in whom if are_known(v) or _is_number(v, verb)]
                if not whom:
                    continue
            if phrase.whom is not None:
                bare = phrase.victim == "subject"  # "some 9,500 have returned home"
                whom = [
                    v
                    for v in whom
                    if v.lemma.lower() in phrase.whom
                    or (bare and v.pos == "NUM" and v.head is verb)
                ]
                if not whom:
                    continue
            by = None if phrase.helps or by in whom else by
            rule = "phrase-of-subject" if phrase.victim == "subject" else "phrase-of-object"
            if phrase.helps and rule == "phrase-of-object":
                rule = "phrase-of-help"  # "we have buried nine": and nobody has done it
            if phrase.victim == "lost":
                rule = "phrase-of-loss"
            yield Harm(phrase.kind, verb, (verb, *told), tuple(whom), by, rule)


def _is_any(token: Token, wanted: Sequence[str]) -> bool:
    """Whether a word is one of these, alone or with the adjective before it: "supreme price"."""
    with_it = (f"{c.lower} {token.lemma.lower()}" for c in token.kids("amod", "compound"))
    return any(word in wanted for word in (token.lemma.lower(), token.lower, *with_it))


def _is_number(victim: Token, verb: Token) -> bool:
    """Whether a bare number is all that a verb has to whom it is done: "plucked 212 to safety"."""
    alone = victim.pos == "NUM" and victim.head is verb and victim.entity != "DATE"
    return alone and victim.relation == "obj" and not genitives(victim)


def _are_counted(victim: Token) -> bool:
    """Whether it is a number that stands for people, or a body of so many: "a family of seven"."""
    return victim.pos == "NUM" or any(n.pos == "NUM" for n in genitives(victim))


def _is_bare(verb: Token, phrase: Phrase) -> bool:
    """Whether a passive says what was done and not to what end: "nine had been taken", "taken from
    a school", and not "taken to hospital", "taken ill", "taken from the mud"."""
    by = agent(verb)
    obliques = (o for o in verb.kids("obl") if o is not by and o.entity != "DATE" and o.kid("case"))
    ends = [
        o
        for o in obliques
        if marks(o).isdisjoint(phrase.places)
        or ((led(o, "origin") or led(o, "temporal")) and o.lemma.lower() in phrase.unless)
    ]
    more = verb.kid("xcomp", "compound:prt", "obj", "advcl")
    return is_passive(verb) and not more and not ends


def _owners(limb: Token) -> list[Token]:
    """Whose an arm or an eye is, where that is said by more than a pronoun: "a clerk's arm was
    broken", "broke the arms of two porters", "a clerk whose arm was broken".
    """
    whose = [antecedent(p) for p in limb.kids("nmod:poss")]
    return [p for p in (*whose, *genitives(limb)) if p.pos != "PRON" and are_known(p)]


def _does(verb: Token, who: Sequence[str] | None) -> bool:
    """Whether one of these does it, as far as the text says who does."""
    by = agent(verb) if who is not None else None
    return by is None or by.pos == "PRON" or by.lemma.lower() in (who or ())


def _hung_on(told: Sequence[Token]) -> list[Token]:
    """Those whom the tree hangs on what becomes of them: "took Mira Sendal captive"."""
    nouns = [n for t in told for n in t.kids("compound", "nsubj", "nsubj:pass") if t.pos != "ADJ"]
    held = [n for n in nouns if n.entity == "PERSON" or n.pos == "NUM" or is_plural(n)]
    held += [n for n in nouns if n.kid("nmod:poss") and n not in held]
    return [p for n in held for p in fellows(n)]


def _undergoing(verb: Token, told: Sequence[Token]) -> list[Token]:
    """Those to whom a verb without an object is done: the subject in a headline ("Clan chief shot
    dead, two held"), or what the tree hangs on its particle ("marched off the cook and two boys").
    """
    led = [o for o in verb.kids("obl") if set(told) & set(o.kids("case"))]
    found = [p for o in led for p in (*fellows(o), *(c for c in verb.kids("conj") if c.i > o.i))]
    if (
        not found
        and any(t.pos == "ADJ" for t in told)
        and not verb.kid("aux", "obj", "obl:unmarked")
    ):
        found = subjects(verb)
    return [p for p in found if p.pos != "VERB"]


def _company(verb: Token) -> Iterator[tuple[str, list[Token]]]:
    """What stands in each place of a phrase: subject, object, complement, oblique."""
    by = agent(verb)  # its own: "taken from a bus and shot by gunmen" says no more of the taking
    yield (
        "subject",
        [o for o in verb.kids("obl") if o is by] if is_passive(verb) else subjects(verb),
    )
    things = [*verb.kids("obj", "nsubj:pass"), *remnants(verb), *_stray(verb)]
    things += [c for o in verb.kids("obj") for c in o.kids("acl") if c.pos == "NOUN"]
    things += [
        *verb.kids("obl:unmarked"),
        *(c for o in verb.kids("obj") for c in o.kids("nmod:unmarked")),
    ]
    some = [t for t in things if t.pos == "NUM" or t.lower in verb.words("numbers", "plural")]
    things += [p for t in some for p in genitives(t)]
    yield "object", [p for head in things for p in fellows(head)]
    complements = verb.kids("xcomp", "compound:prt", "advmod", "obl", "obj")
    led = [c for o in verb.kids("obl") for c in o.kids("case") if c.i == verb.i + 1]
    stray = [c for c in verb.kids("conj", "advcl") if c.kid("compound", "nsubj", "nsubj:pass")]
    late = [t for o in verb.kids("obl") for t in o.kids("advmod", "amod") if t.i == o.i + 1]
    yield "complement", [*complements, *_adjacent(verb), *led, *stray, *late]
    bearers = [
        n for o in verb.kids("obj") for n in (o, *genitives(o))
    ]  # "drove scores of men from"
    yield "oblique", [o for t in (verb, *bearers) for o in t.kids("obl", "nmod")]


def _stray(verb: Token) -> list[Token]:
    """Objects that the parser took for a conjunct or a clause: "and sustained injuries"."""
    behind = (c for c in verb.kids("conj", "ccomp") if c.pos == "NOUN" and c.i > verb.i)
    return [c for c in behind if not c.kid("cc", "cop", "nsubj")]


def _adjacent(verb: Token) -> list[Token]:
    """What the tree hangs on those who were shot, for "shot dead four" and "shot four men dead"."""
    heads = [n for o in verb.kids("obj") for n in (o, *o.kids("nummod"), *genitives(o))]
    return [t for n in heads for t in n.kids("amod") if t.i in (verb.i + 1, n.i + 1)]
