"""Which number belongs to which harm: every pairing of a sentence, the surest first.

The order of words is asked where it is surer than the tree ("and more than 50 injured"), then the
roles of each word of harm, then tolls ("rose to 45") and states ("62 people in intensive care").
Choosing among the pairings, and making figures of them, is for `tolls`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from sayso import lexicon
from sayso.claims.harm.figure import Figure, several
from sayso.claims.harm.harm import Harm
from sayso.claims.harm.joint import Joint
from sayso.claims.harm.singles import are_told_of, each, is_said_of_name, stood_for, those_counted
from sayso.claims.harm.tolls import tolls
from sayso.language.grammar.clause import is_aimed, is_passive, objects
from sayso.language.grammar.features import (
    is_infinitive,
    is_past,
    is_past_participle,
    is_plural,
    is_singular_noun,
    is_third_person,
    is_word,
    stands_for_many,
)
from sayso.language.grammar.noun_phrase import genitives, is_definite, marks, under, word_before
from sayso.language.grammar.polarity import is_none, taken_back
from sayso.language.groups import category
from sayso.language.quantities import Quantity
from sayso.language.trees import Sentence, Token
from sayso.records import Kind


def pairs(
    sentence: Sentence,
    counted: list[Quantity],
    site: list[Harm],
    together: list[Joint],
    before: Sequence[Figure] = (),
) -> Iterator[tuple[Harm, Token, Quantity | None, str]]:
    """Every reading of a harm with its people and their number, the surest first.

    `site` are the harms of the sentence, word by word; `together` those that share a number;
    `before` the figures of the sentence before it.
    """
    yield from _labelled(counted)
    yield from _states(sentence, counted, site)
    for harm in (*(joint.harm() for joint in together if joint.kind), *site):
        quantity = _before(harm.predicate, counted) or _after(harm, counted)
        quantity = quantity or next(filter(None, (_of(v, counted) for v in _joint(harm))), None)
        if quantity:
            rule = "joint" if harm.rule == "joint" else "beside"
            told = (h for h in site if h.doer is not None and harm.predicate in h.tokens[1:])
            deed = next(told, harm)  # "shot a group of five monks dead"
            if harm.doer is None and deed.kind == harm.kind:
                harm = replace(harm, doer=deed.doer)
            yield harm, those_counted(quantity), quantity, rule
    yield from _one_more(site)
    yield from _listed(sentence, counted, site)
    yield from _identified(sentence, before)
    for harm in site:
        for victim in harm.victims:
            worse = victim.kid("orphan")  # "five were hurt, two critically": a part
            if is_none(victim) or (worse is not None and worse.pos == "ADV"):
                continue
            quantity = _of(victim, counted)
            if quantity:
                yield harm, _held(victim, quantity), quantity, harm.rule
    for harm in site:
        for victim in harm.victims:
            quantity = _part_of(victim, counted)
            if quantity:
                yield harm, _held(victim, quantity), quantity, harm.rule
    yield from _beside_others(site, counted)
    yield from tolls(sentence, counted, site, together)
    for harm in site:
        for victim in harm.victims:
            for person in each(victim, harm.predicate) if not is_none(victim) else ():
                yield harm, person, None, "single"
    yield from _taken_up(site, counted)


def _taken_up(
    site: list[Harm], counted: list[Quantity]
) -> Iterator[tuple[Harm, Token, Quantity | None, str]]:
    """Those to whom a pronoun goes back: "opened fire on 13 miners, killing all of them". Not of an
    infinitive, which need not have come about, nor where "he was shot" leaves open what came of it.
    """
    for harm in site:
        verb = harm.predicate
        means = harm.rule == "verb" and verb.lemma.lower() in verb.words("harm", "means.words")
        if means or is_infinitive(verb):
            continue
        fallen = {v for h in site if h.kind == "killed" and h is not harm for v in h.victims}
        for victim in harm.victims:
            whom = stood_for(victim, fallen)
            quantity = _of(whom, counted) if whom is not None else None
            if quantity is not None:
                yield harm, those_counted(quantity), quantity, "taken-up"
            elif whom is not None and each(whom):
                yield harm, whom, None, "taken-up"


def _joint(harm: Harm) -> tuple[Token, ...]:
    return harm.victims if harm.rule == "joint" else ()


def _one_more(site: list[Harm]) -> Iterator[tuple[Harm, Token, None, str]]:
    """ "One was killed and another injured", "two died and a third was hurt", "killed two bakers
    and wounded another": one person each.
    """
    for harm in site:
        before = word_before(harm.predicate)
        if before is None or harm.rule not in ("verb", "adjective", "verb-of-subject"):
            continue
        apart = objects(harm.predicate) and before not in harm.victims
        others = harm.victims if apart else (before, *harm.victims)
        more = next(filter(_is_one_more, others), None)
        if more is not None:
            yield harm, more, None, "one-more"


def _is_one_more(word: Token) -> bool:
    """Whether it stands for one person beside those told of: "another", "a third", "a third one";
    not a share, "a third of them".
    """
    ordinals = word.words("numbers", "ordinal.words")
    which = [t for t in (word, *word.kids("amod")) if t.lower in ordinals]
    alone = word in which or is_word(word, "ones")
    fresh = word.kid("det") and not word.kid("nmod") and not is_definite(word)
    return is_word(word, "one_more") or bool(alone and which and fresh)


def _listed(
    sentence: Sentence, counted: list[Quantity], site: list[Harm]
) -> Iterator[tuple[Harm, Token, Quantity | None, str]]:
    """Those of whom a word for people who came to harm tells more: "the dead included three boys",
    "among those killed were a priest and two guards", "the injured were named as Ada Voss".
    """
    harms = lexicon.harm(sentence.language)
    named, happens, among = harms.named, harms.intransitive, sentence.words("harm", "parts.of")
    for token in sentence.tokens:
        told = token.kids("acl")
        about = {token.lower, *(c.lower for c in told if is_passive(c))}
        kind: Kind | None = next((k for k, ws in named.words.items() if about & set(ws)), None)
        if kind is None and (is_plural(token) or token.lower in among):
            own = {c.lemma for c in told if not is_passive(c) and not taken_back(c)}
            kind = next((k for k, ws in happens.items() if own & set(ws)), None)
        # "Those gunned down in Karsa were two boys", "a boy was among those stabbed to death".
        leads = token.relation == "nsubj" or marks(token) & sentence.words("harm", "parts.before")
        if kind is None and leads and is_word(token, "ones"):
            kind = next((h.kind for h in site if token in h.victims), None)
        ordinals = token.words("numbers", "ordinal.words")
        if kind is None or token.kid("nummod") or any(c.lower in ordinals for c in token.children):
            continue  # "the second victim was a nurse" is one of those told before
        those = (n for head in _told(token) for n in head.conjuncts())
        for person in (n for n in those if not is_said_of_name(n)):
            harm = Harm(kind, token, (token,), (person,), None, "named")
            quantity = _of(person, counted)
            if quantity:
                yield harm, those_counted(quantity), quantity, "contained"
            elif each(person) or (person.pos == "PROPN" and person.kid("flat")):
                yield harm, person, None, "named"


def _identified(
    sentence: Sentence, before: Sequence[Figure]
) -> Iterator[tuple[Harm, Token, None, str]]:
    """Those told of just before, by their names: "Two were killed. They were named as Ada Voss and
    Ilse Brandt"; nobody where they may as well be those who did it."""
    harmed = [f for f in before if f.count is not None and f.whole is None]
    if len(harmed) != 1 or harmed[0].by is not None:
        return
    told, named = harmed[0], lexicon.harm(sentence.language).named
    for verb in (t for t in sentence.tokens if t.lemma.lower() in named.verbs):
        those = verb.kids("nsubj:pass" if is_passive(verb) else "obj")
        pronoun = next((t for t in those if is_third_person(t)), None)
        if pronoun is None or stands_for_many(pronoun) is not several(told):
            continue
        heads = (o for o in verb.kids("obl") if marks(o) & {*named.markers})
        for person in (n for head in heads for n in head.conjuncts()):
            if person.entity == "PERSON" or (is_singular_noun(person) and person.kid("appos")):
                yield Harm(told.kind, pronoun, (), (person,), None, "named"), person, None, "named"


def _told(people: Token) -> list[Token]:
    """The heads of what a clause says of some people: who they are, or who is among them."""
    verb, behind = people.head, people.line()[people.i + 1 : people.i + 3]
    if len(behind) == 2 and behind[0].text == ":" and behind[1].entity == "PERSON":
        return [behind[1]]  # "the dead: Ada Voss, 34; Tom Reed, 41"
    named, among = people.words("harm", "named.verbs"), people.words("harm", "parts.before")
    led = bool(marks(people) & among)
    of_it = [s for t in (people, *people.kids("cop")) for s in t.kids("nsubj")]
    hung = [c for c in people.kids("acl", "conj") if c.kid("cop") and are_told_of(c)]
    if led and not of_it and hung:
        return hung  # "among those hurt was a nurse"
    equal = any(t.kid("cop") for t in (people, *of_it))
    if led and of_it and (equal or is_word(people, "ones")):
        return of_it  # "a nurse was among the injured", "among the injured was a nurse"
    if of_it and of_it[0].i > people.i and people.kid("cop") and is_definite(people):
        return of_it  # "the dead are four porters"
    if people.relation == "amod" and verb.kid("cop") and is_definite(people):
        return [verb]  # "the dead are four civilians", hung on the civilians
    led = led and people.relation in ("nmod", "obl")
    if (led or people.relation == "nsubj") and (verb.kid("cop") or people.kid("cop")):
        return [verb] if are_told_of(verb) else []
    if is_word(verb, "copula") and verb.i > people.i:
        return [s for s in verb.kids("nsubj") if s.i > verb.i]  # "dead were nine drivers"
    if people.relation in ("obj", "xcomp") and verb.lemma in named and is_definite(people):
        led_by = people.words("harm", "named.markers")  # "named the dead as Ada Voss"
        return [o for t in (verb, people) for o in t.kids("obl", "nmod") if marks(o) & led_by]
    if people.relation not in ("nsubj", "csubj"):
        return []
    if verb.lemma in among:
        return verb.kids("obj")
    return [o for o in verb.kids("obl", "xcomp", "obj") if o.i > verb.i and verb.lemma in named]


def _beside_others(
    site: list[Harm], counted: list[Quantity]
) -> Iterator[tuple[Harm, Token, None, str]]:
    """The one who is named before others: "Ada Voss and seven other people were killed"."""
    for harm in site:
        for victim in harm.victims:
            quantity = _of(victim, counted)
            if quantity is None or not any(
                t.lower in t.words("harm", "parts.others") for t in (victim, *victim.kids("amod"))
            ):
                continue
            line, first = victim.line(), quantity.tokens[0].i
            if first > 1 and line[first - 1].pos == "CCONJ" and line[first - 2].entity == "PERSON":
                name = line[first - 2]
                if name.dep == "flat" and name.head.entity == "PERSON":
                    name = name.head
                yield replace(harm, doer=None), name, None, "single"


def _before(predicate: Token, counted: list[Quantity]) -> Quantity | None:
    """The number that ends just before a participle or adjective: "and more than 50 injured".

    The order of words is surer here than the tree, which ties such a number to the verb before.
    """
    passive = predicate.kid("aux:pass", "cop")
    if (predicate.kid("aux") and not passive) or not (
        (is_past_participle(predicate) or is_past(predicate)) or predicate.pos == "ADJ"
    ):
        return None
    if predicate.kid("obj") or is_aimed(predicate):
        return None
    last = predicate.i - 1
    tokens = predicate.line()
    while last >= 0 and tokens[last].pos in ("ADV", "AUX"):
        last -= 1
    for quantity in counted:
        noun = those_counted(quantity)
        if quantity.tokens[-1].i != last and (noun.i != last or noun.pos != "NOUN"):
            continue
        if is_none(noun):
            continue  # "not one civilian died"
        if not any(noun in genitives(those_counted(q)) for q in counted if q is not quantity):
            return quantity  # and not "six members of two families were killed"
    return None


def is_ones_own(quantity: Quantity) -> bool:
    """Whether a number is what one person has, be it children or years: "a father of three"."""
    head = quantity.head
    line, first = head.line(), quantity.tokens[0].i
    if head.dep == "nmod:unmarked" and head.head.pos == "PROPN" and first:
        # "Mira Sendal, 61, a teacher", and not "in Vessa, 61 in Tovar"
        behind = line[quantity.tokens[-1].i + 1 :]
        return line[first - 1].text == "," and bool(behind) and behind[0].pos == "PUNCT"
    own = head.relation == "nmod" and head.pos == "NUM" and under(head, "genitive")
    if not own or not is_singular_noun(head.head):
        return False
    parent = head.head.lemma in head.words("harm", "parents.words")
    aged = category(head.head) in ("children", "women") or head.head.entity == "NORP"
    return parent or aged  # "a girl of nine", "a Karsan of 24"


def _after(harm: Harm, counted: list[Quantity]) -> Quantity | None:
    """The number right behind a harm's verb: "wounded seven others", "shot two men dead"."""
    verb = harm.predicate
    dated = any(s.entity == "DATE" for s in verb.kids("nsubj"))  # "Monday's killed ten"
    done = harm.rule in ("verb", "phrase-of-object", "phrase-of-help", "phrase-of-loss")
    if not done or (verb.kid("aux:pass") and not dated):
        return None
    return next((q for q in counted if q.tokens[0].i == verb.i + 1), None)


def _of(victim: Token, counted: list[Quantity]) -> Quantity | None:
    """The number of a noun phrase, given its head; looks through "the bodies of", "a total of"."""
    for quantity in counted:
        head = quantity.head
        if quantity.whole and victim is those_counted(quantity.whole) and victim.kid("acl"):
            continue  # "two of the 12 pupils who were abducted": all twelve were
        if victim in quantity.tokens or victim in (head, those_counted(quantity)):
            return quantity
        if head.head is victim and head.relation in ("nummod", "amod", "det", "compound", "nmod"):
            return quantity
    if victim.lemma.lower() in victim.words("harm", "holders.words"):
        for child in victim.kids("nmod", "nummod"):
            held = _of(child, counted)
            if held:
                return held
    return None


def _part_of(victim: Token, counted: list[Quantity]) -> Quantity | None:
    """The number of those said to be a part of them: "three of the dead"."""
    return next((q for q in counted if victim.head is q.head and under(victim, "genitive")), None)


def _held(victim: Token, quantity: Quantity) -> Token:
    """Those counted, where the head only holds them: "officers" in "the bodies of two officers",
    "children" in "three of the dead were children".
    """
    head = quantity.head
    if victim.head is head and head.relation == "nsubj" and head.head.kid("cop"):
        return head.head
    noun = those_counted(quantity)
    return noun if noun is not quantity.head or victim in quantity.tokens else victim


def _labelled(counted: list[Quantity]) -> Iterator[tuple[Harm, Token, Quantity, str]]:
    """Figures behind a label: "Dead: 4. Injured: 11"."""
    for quantity in counted:
        head, first = quantity.head, quantity.tokens[0].i
        line, behind = head.line(), head.line()[quantity.tokens[-1].i + 1 :][:1]
        if first < 2 or line[first - 1].text != ":" or (behind and behind[0].pos != "PUNCT"):
            continue
        before = list(takewhile(lambda t: t.pos != "PUNCT", reversed(line[: first - 1])))
        if len(before) > 3 or any(t.pos == "VERB" and t.kid("nsubj") for t in before):
            continue
        words = lexicon.harm(head.language).labels
        for word in before:
            kind = next((k for k, forms in words.items() if word.lower in forms), None)
            if kind is not None:
                harm = Harm(kind, word, (word,), (head,), None, "toll")
                yield harm, those_counted(quantity), quantity, "toll"
                break


def _states(
    sentence: Sentence, counted: list[Quantity], site: list[Harm]
) -> Iterator[tuple[Harm, Token, Quantity | None, str]]:
    """Figures of those in a state: "62 people in intensive care", "two are in critical condition",
    "a boy was in critical condition".

    The number is the nearest one before the state, with nothing but people and "are" between.
    """
    states = lexicon.harm(sentence.language).states
    dead = lexicon.harm(sentence.language).people["killed"]
    out = {v for h in site if h.kind == "rescued" for v in h.victims}  # "dug out from the mud"
    row = [token.lower for token in sentence.tokens]
    for kind, phrases in states.items():
        for span in (s for phrase in phrases for s in _matches(sentence, row, phrase)):
            said = is_word(span[0], "negation")  # "not been heard from" is the state
            if not said and (taken_back(span[-1]) or taken_back(span[-1].head)):
                continue  # "are no longer in custody"
            quantity = _said_of(span[0], [q for q in counted if those_counted(q) not in span])
            if quantity is not None and those_counted(quantity).lemma.lower() in dead:
                continue  # "two bodies with gunshot wounds"
            one = [p for s in span[-1].kids("nsubj") for p in each(s)] if quantity is None else []
            those = [those_counted(quantity)] if quantity is not None else one
            for person in those if kind != "trapped" or out.isdisjoint(those) else ():
                harm = Harm(kind, span[-1], span, (person,), None, "state")
                yield harm, person, quantity, "state"


def _said_of(state: Token, counted: list[Quantity]) -> Quantity | None:
    """The number of those whom a state is said of: the nearest before it, if all between links."""
    wholes = [q.whole for q in counted if q.whole]
    before = [q for q in counted if q.tokens[-1].i < state.i and q not in wholes]
    if not before:
        return None
    quantity, linking = before[-1], state.words("harm", "linking.verbs")
    # "nine of the 31 wounded are in critical condition"
    end = quantity.whole.tokens[-1].i + 1 if quantity.whole else quantity.tokens[-1].i
    between = state.line()[end + 1 : state.i]
    far = len(between) > 8 or any(
        (t.pos == "VERB" and t.lemma not in linking) or t.lower in (";", ":") or t.pos == "CCONJ"
        for t in between
    )
    return None if far else quantity


def _matches(sentence: Sentence, row: list[str], phrase: str) -> Iterator[tuple[Token, ...]]:
    """Where the words of a phrase stand in the row of the sentence's words."""
    want = phrase.replace(",", " ,").split()
    if want[0] not in row:
        return
    for i in range(len(row) - len(want) + 1):
        # "in 33 relief camps"
        at = i + 1
        while at < len(row) and len(want) > 1 and sentence.tokens[at].pos == "NUM":
            at += 1
        if row[i] == want[0] and row[at : at + len(want) - 1] == want[1:]:
            yield sentence.tokens[i : at + len(want) - 1]
