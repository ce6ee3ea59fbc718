"""Who did a harm: by its own word, by one that says who is to blame, by the deed it came of."""

from __future__ import annotations

from collections.abc import Iterator

from sayso import lexicon
from sayso.claims.event import senses
from sayso.claims.event.actors import actors, doers, is_named, is_weapon, joined, meant, whose
from sayso.claims.event.blame import blamed
from sayso.claims.event.causes import causes, times
from sayso.claims.event.senses import is_power, noun
from sayso.claims.harm.harm import Harm
from sayso.claims.harm.singles import stood_for, wording
from sayso.language.grammar.clause import agent, agents, is_passive, patients, subject
from sayso.language.grammar.features import is_genitive, is_gerund, is_word
from sayso.language.grammar.noun_phrase import fellows, genitives, is_definite, marked, marks
from sayso.language.groups import can_act
from sayso.language.quantities import Quantity
from sayso.language.trees import Token
from sayso.records import Party


def _among_victims(doer: Token | None, quantity: Quantity | None) -> bool:
    """Whether who seems to do it is one of those it befalls: "Orlin and two others were killed"."""
    if doer is None or quantity is None:
        return False
    behind = doer.line()[wording(doer)[-1].i + 1 :][:2]
    return len(behind) == 2 and is_word(behind[0], "joining") and behind[1] is quantity.tokens[0]


def done_by(harm: Harm, quantity: Quantity | None = None) -> tuple[Party | None, str]:
    """Whoever did it, and the rule that found them; nobody where none is named."""
    for heads, rule in _doers(harm, quantity):
        if by := joined(heads):
            return by, rule
    return None, ""


def _doers(harm: Harm, quantity: Quantity | None) -> Iterator[tuple[tuple[Token, ...], str]]:
    """The heads of those who did it, most telling first: by the word of harm itself, by one that
    says who is to blame, by the deed that it came of ("killed in a rebel attack").
    """
    verb = harm.predicate
    doer = None if _among_victims(harm.doer, quantity) else harm.doer
    doer = None if doer in harm.victims else doer
    if doer is not None and doer.pos == "VERB":  # "police firing killed two"
        yield doers(doer) or tuple(agents(doer)), "by.cause"
        doer = None
    surely = verb.lemma.lower() in verb.words("harm", "unnumbered.of_people")
    if doer is not None:
        others = [a for a in verb.kids("obl:agent") if a is not doer]
        yield from ((whose(thing), "by.cause") for thing in (doer, *others))
        yield tuple(d for d in meant(doer).conjuncts() if _somebody(d, surely)), "by.role"
        yield tuple(a for a in others if _somebody(a, surely)), "by.role"
    elif harm.rule in ("verb", "phrase-of-object") and not is_passive(verb):
        one = subject(verb)
        if one is not None and one.pos == "PRON":
            yield actors(one, verb), "by.pronoun"  # "the army said it had captured two men"
            whom = stood_for(one)  # "troops left before they had captured two men"
            if whom is not None and whom not in harm.victims:
                yield tuple(s for s in fellows(whom) if _somebody(s, surely)), "by.pronoun"
    elif (leaving := _leaving(verb)) is not None:
        left = () if is_passive(leaving) else agents(leaving)
        yield tuple(a for a in left if _somebody(a, surely)), "by.cause"
    elif harm.rule == "verb-of-subject":  # "died after being shot by police"
        led = (agent(c) for c in verb.kids("advcl") if is_passive(c))
        yield tuple(d for d in led if d is not None and _somebody(d, surely)), "by.cause"
        if (above := _above(verb)) is not None:
            yield tuple(a for a in agents(above) if _somebody(a, surely)), "by.cause"
    yield tuple(a for a in _beside(harm) if _somebody(a, surely)), "by.beside"
    culprits, word = blamed(verb)
    yield culprits, f"by.blame:{word}"
    for behind in causes(verb):
        if not _is_mutual(behind.word):
            yield doers(behind.word), "by.cause"
    if (doer is None or not _somebody(doer, surely)) and verb.pos in ("VERB", "ADJ"):
        yield from ((who, "by.clause") for who in _attending(harm))
    for hands in _hands(harm):
        yield tuple(g for g in genitives(hands) if _somebody(g, surely)), "by.role"
    if verb.pos == "NOUN" and harm.rule != "toll":  # "the government's toll" is its count
        yield doers(verb), "by.noun"
        yield from ((who, "by.noun") for who in _behind(verb))


def _leaving(harm: Token) -> Token | None:
    """The verb that leaves people dead: the tree may hang "dead" on it or on those whom it left."""
    above = harm.head if harm.relation == "xcomp" else harm.head.head
    hangs = harm.relation == "xcomp" or (harm.relation == "amod" and harm.head.relation == "obj")
    return above if hangs and above.lemma in harm.words("harm", "leaving.words") else None


def _hands(harm: Harm) -> Iterator[Token]:
    """The word of "at the hands of", be it on the word of harm or on those harmed."""
    listed = harm.predicate.words("harm", "hands.words")
    below = (t for head in (harm.predicate, *harm.victims) for t in head.kids("obl", "nmod"))
    yield from (t for t in below if t.lemma.lower() in listed)


def _above(verb: Token) -> Token | None:
    """The verb of which a clause tells what came: "beat four so badly that they died"."""
    led = verb.relation == "advcl" and verb.head.pos == "ADV"
    return verb.head.head if led and not is_passive(verb.head.head) else None


def _beside(harm: Harm) -> tuple[Token, ...]:
    """Those who did the harm that the verb beside tells of, where a number alone stands for one's
    own people: "killed three; seven were hurt", "killed by rebels while seven others were hurt".
    """
    verb, above = harm.predicate, harm.predicate.head
    joined = verb.relation in ("conj", "parataxis") or marked(verb, "joining")
    transitive = lexicon.harm(verb.language).transitive.values()
    if harm.doer is not None or not joined or harm.rule in ("verb-of-subject", "noun"):
        return ()
    rest = verb.words("changes", "rest.words")
    alone = all(v.pos == "NUM" or v.lower in rest for v in harm.victims)
    told = [above, *(c for c in above.kids("advcl") if is_gerund(c) and c.i < verb.i)]
    harming = set(verb.words("harm", "leaving.words")).union(*transitive)
    known = any(v.lemma.lower() in harming for v in told)
    return tuple(agents(above)) if alone and harm.victims and known else ()


def _behind(deed: Token) -> Iterator[tuple[Token, ...]]:
    """Who stands behind a noun of harm: whoever ordered it ("the general who ordered the killing"),
    or did the deed that it came of ("a raid by rebels led to the death of two").
    """
    above = deed.head
    if above.pos != "VERB":
        return
    ordered = above.lemma.lower() in deed.words("harm", "ordering.words")
    if ordered and (deed in patients(above) or deed is above.head):
        yield tuple(d for d in agents(above) if _somebody(d, True))
    first = None if ordered or is_passive(above) else subject(above)
    if first is not None and deed.relation in ("obl", "obj") and noun(first) is not None:
        yield doers(first)


def _attending(harm: Harm) -> Iterator[tuple[Token, ...]]:
    """Those whose attack a clause of time beside the harm tells of: "six killed as rebels storm a
    post", but not where it was they who fell.
    """
    verb = harm.predicate
    fallen = {v.lemma for v in harm.victims}
    for clause in times(verb):
        found = senses.verb(clause)
        if found is None or found.sense.type != "ASSAULT" or found.agent is None:
            continue
        if _is_mutual(clause):
            continue
        acting = found.agent.conjuncts()
        if not any(a.pos == "PRON" or a.lemma in fallen for a in acting):
            yield tuple(a for a in acting if _somebody(a, False))


def _is_mutual(deed: Token) -> bool:
    """Whether a deed is one in which each side harms the other: "killed in clashes between"."""
    return deed.lemma.lower() in deed.words("episodes", "mutual")


def _somebody(doer: Token, surely: bool) -> bool:
    """Whether a doer is somebody: a bomb and a quake do harm but are no party, while only somebody
    murders or abducts (`surely`).
    """
    reckoned = lexicon.saying(doer.language).accounts
    if doer.pos == "PRON" or doer.entity == "DATE" or noun(doer) is not None or is_weapon(doer):
        return False  # "the bombing of Karsa" is a deed
    if any(doer.lower in reckoned.get(c.lower, ()) for c in doer.kids("case")):
        return False  # "by the union's count"
    if doer.pos == "NUM" and is_definite(doer):
        return True  # "the four"
    if doer.pos == "PROPN" and doer.dep == "nmod":  # "the raid on Karsa that killed two"
        owns = any(map(is_genitive, doer.kids("case")))  # "Ada Voss's murder of a clerk"
        deed = (
            noun(doer.head) is not None
            and marks(doer) - doer.words("grammar", "agentive")
            and not owns
        )
        if deed or marks(doer) & doer.words("harm", "gapping.places"):
            return False
    return surely or is_named(doer) or can_act(doer) or is_power(doer) or _is_unit(doer)


def _is_unit(name: Token) -> bool:
    """Whether a name counts off a unit of a force: "the Ninth Lancers"."""
    ordinals = name.words("numbers", "ordinal.words")
    return name.pos == "PROPN" and any(c.lower in ordinals for c in name.kids("amod"))
