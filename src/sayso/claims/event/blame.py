"""Who is said to have done a deed that another clause tells of: claimed, blamed, suspected.

"The front claimed responsibility for the bombing", "the army blamed the rebels for the killings",
"an attack attributed to the militia". Whether it is true is for `modality` and the sources to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.claims.event.causes import cause
from sayso.claims.event.senses import is_party, lemma, noun
from sayso.claims.event.words import listed, sayer, under
from sayso.language.grammar.clause import agent, is_passive, obliques, patient, subject
from sayso.language.grammar.features import is_relative, is_word
from sayso.language.grammar.noun_phrase import antecedent, is_definite, led, preposition
from sayso.language.grammar.polarity import is_negated
from sayso.language.trees import Sentence, Token

Account = tuple[Token, str]
"""Who is said to have done it, and the lemma of the word that says so."""


_TIES = ("parts_in", "accused_of", "held_over", "joining_in")
"""Lists of prepositions, each of a sort of verb, that tie the verb to the deed."""


def blamed(predicate: Token) -> tuple[tuple[Token, ...], str]:
    """Those said to have done what `predicate` tells of, and the lemma of the word that says so.

    Nobody and "" where the sentence names none.
    """
    for deed in _deeds(predicate):
        for culprit, word in _accounts(deed):
            who = sayer(deed) if culprit.pos == "PRON" and word == "behind" else None
            heads = [c for c in (who or antecedent(culprit)).conjuncts() if _somebody(c, word)]
            if heads:
                return tuple(heads), word
    return (), ""


def accused(sentence: Sentence) -> Iterator[tuple[Token, ...]]:
    """Those said to have done what the text told of before: "the Front claimed responsibility",
    "police blamed the Front", "the Front was behind the attack".
    """
    for token in sentence.tokens:
        if token.pos == "NOUN" and noun(token) is not None:
            known = is_definite(token) or token.kid("nmod:poss") is not None
            heads, word = blamed(token) if known else ((), "")
            heads = () if word in _TAKING_PART else heads
        else:
            told = _bare(token) if token.pos == "VERB" and not is_negated(token) else None
            heads = tuple(c for c in told.conjuncts() if _somebody(c, "")) if told else ()
        if heads:
            yield heads


MEANT = ("claim", "do", "work")
"""Words by which `blamed` says that somebody meant it to happen: an explosion so owned is none of
chance."""

_TAKING_PART = ("do", "join", "part")
"""Words by which `blamed` says that somebody acts: whoever acts is blamed by nobody."""


def _bare(verb: Token) -> Token | None:
    """Who claims a part or is blamed, where the verb does not say in what: "claimed
    responsibility", "accused the Front of planting it"."""
    if listed(verb, "blame.claiming") and not is_passive(verb):
        parts = [c for c in verb.kids("obj", "ccomp") if listed(c, "blame.alone")]
        return agent(verb) if parts and not parts[0].kids("nmod", "acl") else None
    ties = [c for c in verb.kids("obl", "advcl", "ccomp") if under(c, "blame.accused_of")]
    ties += [c for c in verb.kids("advcl", "ccomp") if c not in ties]
    again = [c for c in ties if (thing := patient(c)) is not None and thing.pos == "PRON"]
    sure = listed(verb, "blame.of") if again else listed(verb, "blame.bare") and not ties
    return patient(verb) if sure else None


def _somebody(head: Token, word: str) -> bool:
    """Whether a culprit is named at all. One with a name acts, whatever the engine calls it; who
    claims a deed is somebody, whatever their name.
    """
    if head.pos == "PRON" or is_negated(head):
        return False
    return word == "claim" or head.pos == "PROPN" or is_party(head)


def _deeds(predicate: Token) -> Iterator[Token]:
    """The words for what was done: the bombing of "the bombing that killed 12" comes first, then
    the word itself, then what caused it ("killed in an attack claimed by").
    """
    deed = predicate
    while deed.relation == "acl" and deed.kid("nsubj") is not None and deed.head.pos == "NOUN":
        own = deed.kid("nsubj")
        if own is None or not is_word(own, "relative"):
            break
        deed = deed.head
    yield deed
    behind = cause(predicate)
    if behind is not None and behind.word not in (deed, predicate) and behind.word.pos == "NOUN":
        yield behind.word


def _accounts(deed: Token) -> Iterator[Account]:
    """What the words round a deed say of who did it, the nearest first."""
    own = deed.kid("nsubj")
    if under(deed, "blame.behind") and own is not None and deed.kid("cop"):
        yield own, "behind"  # "the rebels were behind the attack"
    for clause in deed.kids("acl"):
        yield from _clause(clause)
    for victim in deed.kids("nmod") if deed.pos == "NOUN" else ():
        # "the killing of three men carried out by soldiers": the tree hangs the clause on the men.
        for clause in victim.kids("acl"):
            yield from _participle(clause)
    below = deed
    for above in list(deed.ancestors())[:2]:
        yield from _above(above, below)
        if above.pos == "VERB":
            break
        below = above


def _clause(clause: Token) -> Iterator[Account]:
    """Who did it, by the clause that hangs on the deed: "claimed by", "for which he was blamed"."""
    which = next((t for t in clause.subtree() if is_relative(t) and preposition(t)), None)
    if listed(clause, "blame.wielding") and patient(clause) is clause.head:
        if not is_negated(clause) and (doer := agent(clause)):
            yield doer, "do"  # "a shell fired by rebels", "a shell that rebels fired"
    elif which is not None:
        below = which
        for above in list(which.ancestors())[:2]:
            yield from _above(above, below, preposition(which))
            below = above
    else:
        yield from _participle(clause)


def _participle(clause: Token) -> Iterator[Account]:
    """Who did it, by a passive that hangs on a noun: "claimed by", "carried out by"."""
    if is_passive(clause) and not is_negated(clause):
        yield from _told(clause)


def _above(above: Token, below: Token, link: str | None = None) -> Iterator[Account]:
    """Who did it, by the verb, noun or adjective that the deed hangs on under `link`."""
    link = preposition(below) if link is None else link
    if is_negated(above):
        return
    if above.pos == "NOUN" and listed(above, "blame.parts"):
        yield from _claimed(above.head)  # "claimed responsibility for the bombing"
        yield from _held(above.head)  # "arrested over their part in the killing"
        if not listed(above.head, "light.void"):
            yield from ((c, "part") for c in above.kids("nmod:poss"))
            yield from ((c, "part") for c in above.kids("nmod") if led(c, "genitive"))
    elif above.pos == "NOUN" and listed(above, "blame.works") and below.dep == "nsubj":
        yield from ((c, "work") for c in above.kids("nmod") if under(c, "blame.works_of"))
    elif (
        above.pos == "NOUN"
        and listed(above, "blame.connection")
        and link in above.words("events", "blame.connecting")
    ):
        yield from _held(above.head)
    elif listed(above, "blame.guilty") and link in above.words("events", "blame.guilty_of"):
        if above.relation == "amod":
            yield above.head, lemma(above.head.head)  # "holds the front responsible for"
            return
        held = above.head if above.relation == "xcomp" else None
        culprit = (patient(held) if held is not None else None) or subject(above)
        if culprit is not None:
            yield culprit, lemma(held or above)
    elif above.pos == "VERB":
        yield from _verb(above, below, link)
    elif below.relation == "acl":
        first = above
        while first.relation == "conj":
            first = first.head
        if listed(first.head, "blame.of") and patient(first.head) is first:
            yield first, lemma(first.head)  # "accused the army of burning"


def _verb(verb: Token, below: Token, link: str) -> Iterator[Account]:
    thing = _governed(verb)
    ties = {key for key in _TIES if link in verb.words("events", f"blame.{key}")}
    if "parts_in" in ties and any(listed(o, "blame.parts") for o in verb.kids("obj")):
        yield from _claimed(verb)  # where the deed hangs on the verb
    elif below is thing or below.dep == "nsubj:pass":
        yield from _told(verb)
        if below is thing and listed(verb, "blame.claimed") and not is_passive(verb):
            yield from _claimed(verb)  # "claimed the bombing"
        if listed(verb, "blame.doing") and not is_passive(verb):
            yield from _above(verb.head, verb)  # "accused of perpetrating the massacre"
            if doer := agent(verb):
                yield doer, "do"  # "carried out the massacre"
    elif listed(verb, "blame.of") and "accused_of" in ties and thing:
        yield thing, lemma(verb)
    elif "held_over" in ties:
        yield from _held(verb)
    elif listed(verb, "blame.joining") and "joining_in" in ties and (doer := agent(verb)):
        yield doer, "join"


def _governed(verb: Token) -> Token | None:
    """What a verb has as its object; the tree may take a plain noun for a clause of its own."""
    nouns = (c for c in verb.kids("ccomp") if c.pos in ("NOUN", "PROPN"))
    bare = next((c for c in nouns if not c.kid("nsubj", "cop", "mark", "case")), None)
    return patient(verb) or (None if is_passive(verb) else bare)


def _told(verb: Token) -> Iterator[Account]:
    """Who did it, by a verb whose object is the deed: "was claimed by", "was blamed on"."""
    if listed(verb, "blame.on"):
        laid_on = verb.words("events", "blame.laid_on")
        # After "attributed to the front" the engine may hang the front as one who does it.
        for accused in [*obliques(verb, *laid_on), *verb.kids("obl:agent")][:1]:
            yield accused, lemma(verb)
    doer = agent(verb) if is_passive(verb) else None
    if doer is not None and listed(verb, "blame.claimed"):
        yield doer, "claim"
    elif doer is not None and listed(verb, "blame.doing"):
        yield doer, "do"


def _claimed(verb: Token) -> Iterator[Account]:
    """Who claims, admits or takes a part in it."""
    owner = agent(verb) if listed(verb, "blame.claiming") and not is_negated(verb) else None
    if owner is not None:
        yield owner, "claim"


def _held(verb: Token) -> Iterator[Account]:
    """Whom the police have or seek for it."""
    if listed(verb, "blame.held") and (suspect := patient(verb)):
        yield suspect, lemma(verb)
