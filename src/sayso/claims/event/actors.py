"""The parties to an event: who acts, and whom it is done or said to.

Compound actors are split into their conjuncts; a pronoun in what somebody says stands for the one
who says it; the sayer is never otherwise the actor. A party that the sentence does not name is
left out, never guessed.
"""

from __future__ import annotations

from sayso.claims.event.senses import NAMES, Found, is_a, is_party, is_power, noun
from sayso.claims.event.words import listed, sayer, under
from sayso.language import people
from sayso.language.grammar.clause import agent, is_passive, obliques, patient
from sayso.language.grammar.features import is_word, stands_for_many
from sayso.language.grammar.noun_phrase import genitives, led
from sayso.language.grammar.polarity import is_negated
from sayso.language.groups import party, phrase
from sayso.language.trees import Token
from sayso.records import Party

_HIT = ("@buildings", "@works", "@gatherings")

_GROUPS = ("@forces", "@armed", "@people", "@rulers")
"""What may be reached through a compound: "police station", "rebel positions"."""


def actors(head: Token | None, verb: Token) -> tuple[Token, ...]:
    """The heads of those whom a subject names: its conjuncts, or the sayer for a pronoun."""
    if head is None:
        return ()
    head = meant(head)
    owner = head.kid("nmod:poss")
    if head.pos == "PRON" or (owner is not None and owner.pos == "PRON"):
        who = sayer(verb)
        if who is not None and who.entity == "PERSON" and stands_for_many(head):
            return ()  # "They burned our houses," said Ada Voss
        if who is not None and who.pos != "PRON" and not listed(who, "closed.bystanders"):
            return tuple(who.conjuncts())  # "the rebels said they / their men would ..."
        return () if head.pos == "PRON" else (head,)
    return tuple(c for c in head.conjuncts() if _could_act(c, by=led(head, "agentive")))


def _could_act(one: Token, by: bool) -> bool:
    """Whether a phrase is no mere means: "hit by a rocket", "set off by remote control"."""
    if one.pos not in ("NOUN", "PROPN", "NUM", "ADJ") or is_a(one, ("@bombs", "@shots", "@means")):
        return False
    return one.pos == "PROPN" or is_party(one) or not by


def political(who: tuple[Token, ...], other: Token | None, verb: Token) -> bool:
    """Whether these may perform an act of politics.

    A power may; others where the other side is a power. A bare name also where the sentence speaks
    of offices or unrest: a surname alone is as often a minister's as a singer's.
    """
    if any(is_power(one) for one in who):
        return True
    if not any(is_party(one) for one in who):
        return False
    if other is not None and is_power(other):
        return True
    top = verb
    while top.head is not top:
        top = top.head
    named = any(one.entity == "PERSON" for one in who)
    others = [t for t in top.subtree() if t not in who]
    return named and any(people.is_power(t) or listed(t, "classes.unrest") for t in others)


def behind(token: Token, found: Found) -> tuple[Token, ...]:
    """Who acts where the sense has them elsewhere than as subject: "the town fell to rebels"."""
    there = (reach(t) for place in found.sense.conditions.doer for t in _at(place, token, found))
    return next((tuple(one.conjuncts()) for one in there if one is not None), ())


def counterpart(token: Token, found: Found, inner: Found | None) -> Token | None:
    """The other party, from the first of the sense's places that holds one.

    `inner` is the sense of the clause that the verb governs, whose own party may be the one meant
    ("threatened to bomb the port").
    """
    for place in found.sense.to:
        for there in _at(place, token, found, inner):
            reached = reach(there)
            if reached is not None and (reached is not found.agent or place == "subj"):
                return reached
    return None


def _at(place: str, token: Token, found: Found, inner: Found | None = None) -> list[Token]:
    kind, _, prep = place.partition(":")
    clause = found.clause
    if kind == "subj":
        return [found.agent] if found.agent is not None else []
    if kind == "obj":
        return [found.patient] if found.patient is not None else []
    if kind == "iobj":
        return token.kids("iobj")
    if kind == "obl":
        return obliques(token, prep)
    if clause is None:
        return []
    if kind == "comp":
        return clause.kids("nsubj")
    there = counterpart(clause, inner, None) if inner is not None else None
    there = there or _within(clause)
    return [there] if there is not None else []


def _within(clause: Token) -> Token | None:
    """Whom a governed clause is aimed at, whatever its verb."""
    whom = patient(clause)
    for head in [*([whom] if whom is not None else []), *clause.kids("iobj", "obl")]:
        reached = reach(head)
        if reached is not None:
            return reached
    deeper = clause.kid("xcomp", "ccomp")
    return _within(deeper) if deeper is not None else None


def reach(head: Token | None) -> Token | None:
    """The party that a phrase is or names: "the rebels' demand" -> rebels."""
    if head is None or head.entity == "DATE":
        return None
    if head.pos != "PRON" and is_party(head):
        return head
    deed = noun(head)
    if deed is not None and deed.type in ("", "ASSAULT"):
        return next(iter(doers(head)), None)  # "condemned the attack on the port by rebels"
    for child in [*head.kids("nmod:poss"), *head.kids("nmod", "amod", "compound", "appos")]:
        if child.dep == "nmod" and under(child, "closed.placing"):
            continue
        # Of a building that bears a name or belongs to a force, the whole phrase is who was hit.
        whole = head if child.relation != "nmod" and is_a(head, _HIT) else child
        if child.entity in NAMES:
            return whole
        if child.relation == "nmod" and not under(child, "closed.concerning"):
            reached = reach(child)
            if reached is not None:
                return reached
        if child.relation == "compound" and is_a(child, _GROUPS) and not is_a(child, ("@weapons",)):
            return whole
    return None


def aimed_at(deed: Token) -> Token | None:
    """Whom an event noun is directed at: "attack on", "clashes with", "shelling of"."""
    for child in deed.kids("nmod", "obl"):
        if under(child, "closed.aimed"):
            reached = reach(child)
            if reached is not None:
                return reached
    return None


def doers(deed: Token, by_place: bool = False) -> tuple[Token, ...]:
    """Who is named at an event noun as doing it: "by", "between", a possessive, an adjective.

    A place before the noun is where it happened, unless `by_place` says that it is who did it.
    """
    for child in deed.kids("nmod", "amod", "compound"):
        if not led(child, "agentive") and listed(deed, "closed.undergone"):
            continue  # "the mayor's murder", "the police killings"
        if child.dep == "nmod:poss" and child.pos == "PROPN" and _befell(deed):
            continue  # "Karsa's worst flood"
        bare = child.relation == "nmod" and not under(child, "closed.doing")
        if bare and child.dep != "nmod:poss":
            continue
        if child.relation == "amod" and child.entity != "NORP":
            continue
        place = child.entity == "LOC" and not _is_band(child)
        if child.relation == "compound" and place and not by_place:
            continue
        if child.relation == "compound" and not _strikes(child):
            continue
        if is_party(child) and child.pos != "PRON":
            return tuple(child.conjuncts())
    # "an attack on the post in Karsa by rebels": the tree may hang the rebels further down.
    deeper = deed.kids("nmod")
    for _ in range(2):
        deeper = [child for above in deeper for child in above.kids("nmod")]
        for child in deeper:
            if led(child, "agentive") and is_party(child) and child.pos != "PRON":
                return tuple(child.conjuncts())
    return ()


def is_weapon(thing: Token) -> bool:
    """Whether a word is for what people fire, drop or plant, which is never itself who did it."""
    return thing.pos == "NOUN" and is_a(thing, ("@weapons", "@bombs", "@shots"))


def whose(thing: Token) -> tuple[Token, ...]:
    """Whose weapon did a harm: who fired it ("a shell fired by rebels") or has it ("army shells");
    nobody of what is no weapon or what somebody does not wield."""
    if is_party(thing) or thing.entity:
        return ()
    for clause in thing.kids("acl"):
        doer = agent(clause) if listed(clause, "blame.wielding") and is_passive(clause) else None
        if doer is not None and is_party(doer) and not is_negated(clause):
            return tuple(doer.conjuncts())
    if not is_weapon(thing):
        return ()
    beside = (t for t in thing.kids("compound", "amod") if not listed(t, "closed.labels"))
    owners = (*thing.kids("nmod:poss"), *beside, *genitives(thing))
    able = (t for t in owners if t.pos != "PRON")
    mine = (t for t in able if is_party(t) or t.entity == "NORP")
    return next((tuple(t.conjuncts()) for t in mine), ())


def _is_band(name: Token) -> bool:
    """Whether it is a body of armed men that engines take for a place: "an al Shabaab attack"."""
    called = " ".join(token.text for token in phrase(name))
    return called.lower() in name.words("places", "words.groups")


def _befell(deed: Token) -> bool:
    """Whether a deed is none that anybody does: a quake is its town's, and not the town's doing."""
    found = noun(deed)
    return found is not None and found.type == "DISASTER"


def _strikes(word: Token) -> bool:
    """Whether a word before a deed says who did it: "a rebel attack", unlike "a market bombing" and
    "a terrorist attack", which only calls it one.
    """
    if word.entity:
        return is_power(word)
    return is_a(word, ("@armed", "@rulers")) and not listed(word, "closed.labels")


def is_named(head: Token) -> bool:
    """Whether a phrase holds a name that can act: "the Northern Front", "members of the Front"."""
    return any(t.entity in NAMES for t in phrase(head))


def meant(head: Token) -> Token:
    """Whom "the ones" are, where the sentence says it: "soldiers were the ones who fired"."""
    subject = head.kid("nsubj") if is_word(head, "ones") and head.kid("cop") else None
    return subject or head


def joined(heads: tuple[Token, ...]) -> Party | None:
    """One `Party` for several actors: its text lists each under its own name, with "; "."""
    parties = [named(head) for head in heads]
    if not parties:
        return None
    return Party(text="; ".join(p.text for p in parties), category=parties[0].category)


def named(head: Token) -> Party:
    """The phrase as a party: by the name that it is given beside it, if its own words hold none ("a
    group called the Owls"); an adjective ("Greek") stands for those it names.
    """
    if head.pos == "ADJ":
        return Party(text=head.text, category="unspecified")
    found = party(head)
    own = any(t.entity == "ORG" for t in phrase(head) if t.relation != "nmod:poss")
    name = None if own else _name(head) or _whose(head)
    return found if name is None else Party(text=party(name).text, category=found.category)


def _name(head: Token) -> Token | None:
    """The name of a body that stands beside the noun for it."""
    called = [c for c in head.kids("acl") if listed(c, "closed.naming")]
    given = [n for c in called for n in c.kids("xcomp", "obj", "obl") if n.pos == "PROPN"]
    beside = [n for n in head.kids("appos") if n.entity == "ORG"]
    return next((n for n in (*beside, *given) if n.i > head.i), None)


def _whose(head: Token) -> Token | None:
    """The named body to which members of it belong: "a spokesman for the Front", "members of the
    third column of the Front", "a squad belonging to the Front"."""
    if not listed(head, "closed.belonging"):
        return None
    tied = [c for c in head.kids("nmod", "acl") if c.i > head.i]
    tied = [c for c in tied if c.relation == "acl" or under(c, "closed.belonging_to")]
    for below in tied:
        if below.relation == "acl":
            bodies = below.kids("obl") if listed(below, "closed.belonging") else []
        else:
            bodies = [below, *(c for c in below.kids("nmod") if under(c, "closed.belonging_to"))]
        if (body := next((b for b in bodies if b.entity == "ORG"), None)) is not None:
            return body
    return None
