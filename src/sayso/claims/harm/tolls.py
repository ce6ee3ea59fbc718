"""What a count of people came to: "a death toll of 13", "the number of injured rose to 50", "police
put the dead at four", "the dead of Saturday's crush number 38".

A word that counts ("toll", "number") has its figure where the tree hangs it; where the tree does
not, and for those who came to harm themselves ("the dead"), the order of words decides, since
treebanks hardly have such clauses: those told of, one verb that gives a number, the number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from sayso import lexicon
from sayso.claims.harm.harm import Harm
from sayso.claims.harm.joint import Joint
from sayso.claims.harm.singles import are_told_of, those_counted
from sayso.language.grammar.features import is_finite, is_verb, is_word, stands_for_many
from sayso.language.grammar.noun_phrase import genitives, is_definite, marks
from sayso.language.quantities import Quantity
from sayso.language.trees import Sentence, Token
from sayso.records import Kind


def tolls(
    sentence: Sentence, counted: Sequence[Quantity], site: Sequence[Harm], together: Sequence[Joint]
) -> Iterator[tuple[Harm, Token, Quantity, str]]:
    """The figures that counts of people came to, each with what is counted and with those counted,
    in text order. `counted`, `site` and `together` are as in `pairing.pairs`.
    """
    heads = lexicon.harm(sentence.language).toll.heads
    for token in sentence.tokens:
        counts = token.lemma.lower() in heads
        kind = _kind(token, site, together) if counts else _kind_of(token)
        if kind is None:
            continue
        hung = (q for q in counted if counts and _is_hung(token, q))
        quantity = next(hung, None) or _by_order(token, counted)
        if quantity is None:
            continue
        people, noun = genitives(token), those_counted(quantity)
        who = noun if counts else token
        if counts and noun.pos == "NUM" and people and are_told_of(people[0]):
            who = people[0]
        told = noun if counts else token
        yield Harm(kind, token, (token,), (told,), None, "toll"), who, quantity, "toll"
    yield from _lists(sentence, counted)


def _lists(
    sentence: Sentence, counted: Sequence[Quantity]
) -> Iterator[tuple[Harm, Token, Quantity, str]]:
    """Figures of a list: "the list of the missing has 63 names", "grew to 71", "44 are on it";
    of the dead none, whose lists run over many incidents."""
    tables = lexicon.harm(sentence.language)
    lists, toll = tables.lists, tables.toll
    for token in sentence.tokens:
        if token.lemma.lower() not in lists.words:
            continue
        below = token.subtree(lambda t: t.pos == "VERB")
        about = {t.lower for t in (*below, *_behind_of(token))}
        kind = _kind_among(about, token)
        if kind is None or kind == "killed":
            continue
        told = (c for n in (token, *token.kids("nmod")) for c in n.kids("acl"))
        verbs = [v for v in (token.head, *told) if is_verb(v)]
        for quantity in counted:
            noun = those_counted(quantity)
            named, bare = noun.lemma.lower() in lists.names, noun.pos == "NUM"
            if noun.head not in (token, *verbs) or not (named or bare or are_told_of(noun)):
                continue
            verb = noun.head if noun.head in verbs else token
            if marks(token) & set(lists.on):  # "44 are on the list of the missing"
                stays = token.kid("cop") or verb.lemma in tables.linking.verbs
                counts = noun.relation == "nsubj" and bool(stays)
            else:
                has = noun.relation == "obj" and verb.lemma in lists.having
                counts = has or named or (bare and bool(marks(noun) & set(toll.markers)))
            if counts:
                harm = Harm(kind, token, (token,), (noun,), None, "toll")
                yield harm, quantity.head if named else noun, quantity, "toll"
                break


def is_total(quantity: Quantity) -> bool:
    """Whether a number that "number" before it makes a label is what those told of come to: "the
    dead now number 38"."""
    line, first = quantity.head.line(), quantity.tokens[0].i
    if quantity.unit != "label" or not first:
        return False
    verbs = lexicon.harm(line[0].language).toll.verbs
    before = (t for t in line[: first - 1] if _kind_of(t) is not None)
    return line[first - 1].lower in verbs and any(
        _is_told(people, line[people.i + 1 : first]) for people in before
    )


def _kind(token: Token, site: Sequence[Harm], together: Sequence[Joint]) -> Kind | None:
    """What befell those whom a word counts: "the number of wounded who have died" are dead."""
    toll, below, people = lexicon.harm(token.language).toll, token.subtree(), genitives(token)
    if people and people[0].lemma.lower() in token.words("harm", "things.words"):
        return None  # "the number of dead fish"
    worse = (h for h in site if h.predicate.dep == "acl:relcl" and h.predicate.head in people)
    if (harm := next(worse, None)) is not None:
        return harm.kind
    if joint := next((j for j in together if any(h.predicate in below for h in j.harms)), None):
        return joint.kind
    about = [t.lower for t in token.subtree(lambda t: t.pos == "VERB")]
    about += [t.lower for n in token.kids("nmod") for t in (n, *n.kids("acl", "amod"))]
    about += [t.lower for t in (*token.kids("acl"), token, *token.line()[token.i + 1 :][:1])]
    # The first: "the number of injured at 112 and the dead at nine".
    for word in about:
        if (kind := _kind_named(word, token)) is not None:
            return kind
    of = _behind_of(token)  # "to nine the number of men shot dead"
    named = _kind_among({t.lower for t in of}, token)
    own = [h.kind for h in site if h.predicate in of or h.predicate in below]
    if any(map(stands_for_many, token.kids("nmod:poss"))):  # "30 were killed; their number"
        own += [h.kind for h in reversed(site) if h.predicate.i < token.i and h.doer is None][:1]
    return named or next(iter(own), "killed" if token.lemma.lower() in toll.alone else None)


def _kind_among(forms: set[str], token: Token) -> Kind | None:
    """What befell those whom any of some words names, by the order of the table."""
    kinds = lexicon.harm(token.language).toll.words
    return next((kind for kind, words in kinds.items() if not forms.isdisjoint(words)), None)


def _kind_named(word: str, token: Token) -> Kind | None:
    return _kinds(token.language).get(word)


@cache
def _kinds(language: str) -> dict[str, Kind]:
    """What befell those whom each word of the table names: every word of a text is asked for."""
    kinds = lexicon.harm(language).toll.words
    return {word: kind for kind, words in reversed(kinds.items()) for word in words}


def _kind_of(people: Token) -> Kind | None:
    """What befell those who are named by it: "the dead", "the confirmed dead", "arrests"."""
    kind = _kind_named(people.lower, people)
    roles = people.kids("obj", "nsubj", "aux") if people.pos == "VERB" else []
    if kind is None or any(t.pos != "DET" for t in roles):
        return (
            None  # "the army wounded 12"; a tree may take the "the" of "the wounded" for a subject
        )
    before = people.line()[: people.i]
    own = list(takewhile(_describes, reversed(before)))
    before = before[: len(before) - len(own)]
    # "gave the number of dead as two and of injured as 31"
    of = bool(before) and is_word(before[-1], "genitive") and bool(people.kid("cc"))
    definite = of or (bool(before) and before[-1].pos == "DET")
    bare = not own and people.pos == "NOUN"
    return kind if definite or bare or is_definite(people) or people.pos == "NOUN" else None


def _is_clause(token: Token) -> bool:
    return token.pos == "VERB" and is_finite(token)


def _describes(token: Token) -> bool:
    return token.pos in ("ADJ", "ADV", "VERB") and not _is_clause(token)


def _is_hung(token: Token, quantity: Quantity) -> bool:
    """Whether the tree hangs a figure on a word that counts, or on its verb: "a toll of 13", "the
    death toll was 19", "the number of wounded reached 40"."""
    toll, origin = lexicon.harm(token.language).toll, token.words("grammar", "origin")
    places = [token, token.head] if is_verb(token.head) else [token]
    places += [o for o in places[-1].kids("obl") if o.pos == "NUM"]  # "rose by 5 to 18"
    head, noun = quantity.head, those_counted(quantity)
    bare = [*places, *token.kids("nmod"), *_behind_of(token)]
    bare = bare if head is noun and head.pos == "NUM" else places
    # "put the number of injured at 112" may hang the bare number on the injured.
    hung = next((t for t in (head, noun) if t.head in bare), None)
    if hung is None and _is_reached(token, quantity):
        hung = head
    equal = token.relation == "nsubj" and token.head is head
    hung = head if equal else hung
    case = {c.lower for t in (head, noun) for c in t.kids("case")}
    # "revised down to 38", where "to" hangs on "down"
    case |= {c.lower for t in (head, noun) for a in t.kids("advmod") for c in a.kids("fixed")}
    case.add(head.line()[quantity.tokens[0].i - 1].lower)  # "at at least 23"
    reached = token.head.lemma in toll.reaching and hung in token.head.kids("obj", "xcomp")
    first = quantity.tokens[0].i
    # "and injuries at six", wherever the tree hangs the six
    if hung is None and first > 1 and head.line()[first - 2] is token:
        hung = token
    told = noun.pos == "NUM" or are_told_of(noun)
    given = case & {*toll.markers, *toll.past} or reached or equal
    return bool(hung and told and given and not case & origin)


def _is_reached(toll: Token, quantity: Quantity) -> bool:
    """Whether a bare number behind "to" is what a toll came to, though a tree hangs it on a phrase
    between: "raised the number killed in Karsa to seven"."""
    number, verb = quantity.head, toll.head
    to = number.words("harm", "toll.reached")
    if number.pos != "NUM" or not marks(number) & to or verb.lemma not in _moving(number):
        return False
    return number.head in toll.subtree() or number.head in verb.kids("obl")


def _moving(token: Token) -> frozenset[str]:
    """The verbs by which a count comes to a number: it rises to it, or is put right."""
    return token.words("changes", "total.verbs") | token.words("changes", "revised.words")


def _behind_of(number: Token) -> list[Token]:
    """The words for those whose number it is, however the tree hangs them: the injured people of
    "the number of injured people stands at 40".
    """
    line, at = number.line(), number.i + 1
    if at >= len(line) or not is_word(line[at], "genitive"):
        return []
    ends = ("ADP", "AUX", "PUNCT", "SCONJ")
    return list(takewhile(lambda t: t.pos not in ends and not is_finite(t), line[at + 1 :]))


def _by_order(people: Token, counted: Sequence[Quantity]) -> Quantity | None:
    """The bare number that those told of are said to come to, by the order of words."""
    for quantity in counted:
        first = quantity.tokens[0].i
        if first < people.i or (noun := those_counted(quantity)).pos != "NUM":
            if first > people.i and are_told_of(noun):
                return None
            continue  # "the dead in the two districts stood at 52"
        between = people.line()[people.i + 1 : first]
        told = _is_told(people, between, quantity) or _is_put(people, between)
        return quantity if told else None
    return None


def _is_told(people: Token, between: Sequence[Token], quantity: Quantity | None = None) -> bool:
    """Whether a verb behind those told of gives the number: "the dead of the crush now number 38",
    "the missing are put at 71", "deaths from the blast have reached 22", "tolls top 900"."""
    toll = lexicon.harm(people.language).toll
    numbering = {*toll.verbs, *toll.reaching}
    hedge = quantity.tokens[0] if quantity is not None else None
    if hedge is not None and hedge.lemma.lower() in toll.reaching:
        return all(t.pos in ("ADV", "AUX") for t in between)
    for n, token in enumerate(between):
        lemma = token.lemma.lower()
        if lemma in numbering or token.lower in toll.verbs:
            return all(t.pos == "ADV" for t in between[n + 1 :])
        led_by = toll.markers if lemma in (*toll.standing, *toll.putting) else toll.reached
        if lemma in (*toll.standing, *toll.putting, *toll.moving):
            rest = between[n + 1 :]
            led = bool(rest) and rest[-1].lower in led_by
            led = led or (hedge is not None and hedge.lower in toll.past)
            return led and all(t.pos in ("ADV", "ADP", "PART") for t in rest)
        if token.pos in ("PUNCT", "CCONJ", "SCONJ") or _is_clause(token):
            return False
    return False


def _is_put(people: Token, between: Sequence[Token]) -> bool:
    """Whether a verb before those told of gives the number: "put the confirmed dead at 34", "brings
    the dead of that accident to five"."""
    toll = lexicon.harm(people.language).toll
    if not between or between[-1].lower not in toll.markers:
        return False
    if any(t.pos in ("PUNCT", "CCONJ", "SCONJ", "AUX") or _is_clause(t) for t in between):
        return False
    giving = {*toll.putting, *_moving(people)}
    for token in people.line()[: people.i][::-1]:
        if is_verb(token) and token.lemma in giving:
            return True
        # "put arrests at 30 and injuries at six"
        listed = token.pos in ("DET", "NUM", "CCONJ", "ADP", "SCONJ") or token.lemma in toll.heads
        if not (listed or _describes(token) or _kind_named(token.lower, token)):
            return False
    return False
