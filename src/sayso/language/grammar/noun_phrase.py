"""What belongs to a noun phrase, given its head: its marks, its fellows, the noun it stands for."""

from __future__ import annotations

from sayso.language.grammar.features import (
    is_finite,
    is_gerund,
    is_past_participle,
    is_plural,
    is_possessive,
    is_relative,
    is_singular_noun,
    is_verb,
    is_word,
)
from sayso.language.people import is_collective, suffers
from sayso.language.trees import Token


def marks(phrase: Token) -> set[str]:
    """The prepositions of a phrase, or of the title before a name: "of" in "of candidate Ada Voss".

    Canonical roles: a language that has cases gives "of" for a genitive, "by" for whoever does it.
    """
    return {c.lower for t in (phrase, *phrase.kids("nmod:desc")) for c in t.kids("case")}


def under(phrase: Token, role: str) -> bool:
    """Whether a preposition of that role of the table is before a phrase: "by" is "agentive"."""
    return not marks(phrase).isdisjoint(phrase.words("grammar", role))


def preposition(phrase: Token) -> str:
    """The first mark before a phrase or clause, or ""; "because" for "because of"."""
    case = next((c for c in phrase.kids("case", "mark") if c.i < phrase.i), None)
    return case.lower if case else ""


def led(phrase: Token, role: str) -> bool:
    """Whether the first mark before a phrase or clause has that role in the table: "genitive"."""
    case = next((c for c in phrase.kids("case", "mark") if c.i < phrase.i), None)
    return case is not None and is_word(case, role)


def genitives(noun: Token) -> list[Token]:
    """The nouns under an "of" below a noun: the attackers of "one of the attackers"."""
    return [
        c for c in noun.kids("nmod", "obl") if any(is_word(m, "genitive") for m in c.kids("case"))
    ]


def marked(clause: Token, role: str) -> bool:
    """Whether a word of that role of the table introduces the clause: "infinitive", "unless"."""
    return any(is_word(c, role) for c in clause_marks(clause))


def clause_marks(clause: Token) -> list[Token]:
    """The words that introduce a clause, also where the tree hangs them on its auxiliary."""
    return [c for t in (clause, *clause.kids("aux", "aux:pass", "cop")) for c in t.kids("mark")]


def is_definite(noun: Token) -> bool:
    """Whether "the", "this" or the like stands before the noun."""
    return any(is_word(c, "definite") for c in noun.kids("det"))


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for ("the men who fired" -> men); any other token itself."""
    if is_relative(token):
        for above in token.ancestors():
            if above.relation == "acl" and above.head is not token:
                return _body_of(above.head) if is_word(token, "relative_things") else above.head
        before = token.line()[max(0, token.i - 1)]
        if before.pos in ("NOUN", "PROPN"):
            return before  # wherever the tree hangs the clause
    return token


def _body_of(head: Token) -> Token:
    """What "which" stands for behind "a spokesman for the Front": the body, for he is no thing."""
    bodies = head.kids("nmod") if suffers(head) and not is_collective(head) else ()
    return next((b for b in reversed(bodies) if b.entity != "PERSON" and not suffers(b)), head)


def fellows(head: Token) -> list[Token]:
    """The head and those coordinated with it, or with its name, in text order; no clauses.

    "candidate Ada Voss and her driver" are two, "Ada Voss, her driver and two guards" four.
    """
    found = [p for p in head.conjuncts() if p is head or (_is_nominal(p) and not _acts(p))]
    for name in head.kids("flat", "appos"):
        if name.entity == "PERSON" and name.i == head.i + 1:
            found += name.conjuncts()[1:]
        elif _is_next(name, head):
            found += name.conjuncts()
    # "Ada Voss, 62, of Karsa, Tom Reed, 52, and Ilse Brandt": hung on the town
    found += [c for p in head.conjuncts() for c in _behind_town(p)]
    return sorted(dict.fromkeys(found), key=lambda t: t.i)


def _behind_town(name: Token) -> list[Token]:
    """The names of people that the tree joins to where the one before them is from."""
    towns = name.kids("nmod") if name.entity == "PERSON" else []
    joined = [c for t in towns if t.entity == "LOC" for c in t.kids("conj")]
    return [n for c in joined if c.entity == "PERSON" for n in c.conjuncts()]


def _is_next(item: Token, head: Token) -> bool:
    """Whether what the tree takes for an apposition is the next of a list: "two engineers, a cook
    and dozens of labourers", "a farmer, his wife and their son".
    """
    if any(map(is_possessive, item.kids("nmod:poss"))):
        more = head.kid("conj") if head.entity != "PERSON" else None
        return bool(item.kid("conj")) or (more is not None and more.i > item.i)
    one = is_singular_noun(item) and item.kid("det") is not None
    listed = (one and is_plural(head)) or item.kid("nummod") is not None
    if item.kid("conj"):  # "two engineers, a cook and 12 guards", and not "..., a cook and a guard"
        return listed and any(map(is_plural, item.conjuncts()[1:]))
    return listed and any(c.i > item.i for c in head.kids("conj"))


def word_before(verb: Token) -> Token | None:
    """The word before a verb and its auxiliaries and adverbs: "and" of "and were later shot"."""
    before = reversed(verb.line()[: verb.i])
    return next((t for t in before if t.pos not in ("AUX", "ADV") or not t.i), None)


def noun_before(verb: Token) -> Token | None:
    """The noun right before a finite verb that has no subject, which the tree has hung on the
    object before: the gunman of "executed 30 monks and a gunman killed two".
    """
    tensed = is_finite(verb) or any(map(is_finite, verb.kids("aux", "aux:pass")))
    if not tensed and not (is_past_participle(verb) and verb.kid("obj")):
        return None
    line, at = verb.line(), verb.i - 1
    while at > 0 and (line[at].pos in ("AUX", "ADV") or line[at].head is verb):
        at -= 1
    noun = line[at]
    while noun.relation in ("flat", "compound"):
        noun = noun.head
    if noun.pos not in ("NOUN", "PROPN", "NUM"):
        return None
    # "Detaining nine farmers, a policeman took": hung on the farmers
    opened = noun.relation == "appos" and any(a in verb.kids("advcl") for a in noun.ancestors())
    joined = noun.relation == "conj" and noun.i > verb.head.i and bool(noun.kid("cc"))
    return noun if opened or joined else None


def _acts(conjunct: Token) -> bool:
    """Whether a conjunct is the subject of the verb behind it (`noun_before`)."""
    last = max(t.i for t in (conjunct, *conjunct.kids("flat", "nmod", "acl")))
    behind = conjunct.line()[last + 1 : last + 4]
    verb = next((t for t in behind if t.pos not in ("AUX", "ADV", "PART")), None)
    if verb is None or verb.pos != "VERB" or verb.relation != "conj" or verb.kid("nsubj"):
        return False
    return noun_before(verb) is conjunct


def _is_nominal(conjunct: Token) -> bool:
    """Whether a conjunct is one more of the phrase and no clause: "and two wounded" is."""
    if conjunct.kid("nsubj", "obj", "aux", "cop"):
        return False
    return (
        not is_verb(conjunct)
        or bool(conjunct.kid("nummod"))
        or (conjunct.pos in ("NOUN", "PROPN") and not is_gerund(conjunct))
    )
