"""Who speaks: the phrase that is the sayer of one verb of saying.

The tree's subject is asked first. Where the tree lost it, the words beside the verb are read
("..., the state agency reported."), then what the verb shares with another one ("said A and added
B", "told A, adding B"). Whose earlier name that is, is for `coreference`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.claims.attribution import kinds, noun_phrases
from sayso.language.grammar.features import (
    is_finite,
    is_genitive,
    is_gerund,
    is_infinitive,
    is_interrogative,
    is_past,
    is_past_participle,
    is_possessive,
    is_present,
    is_word,
)
from sayso.language.spelling import singular
from sayso.language.trees import Token

CLOSING = frozenset([",", "”", '"', "''", "’", "'", "?", "!", "—", "–", "--", "-", "“", "``", "»"])
"""Marks after which a sayer and cue may follow what was said."""

_CLAUSES = ("PUNCT", "CCONJ", "SCONJ")
"""What may stand before a phrase that nothing of a clause precedes."""


@dataclass(slots=True)
class Sayer:
    """The phrase that speaks and the rule that found it.

    `inverted` = it follows its verb; `antecedent` is what a relative pronoun stands for; `apart` =
    it stands elsewhere in the sentence, not beside the verb.
    """

    run: list[Token]
    rule: str
    inverted: bool = False
    apart: bool = False
    antecedent: list[Token] = field(default_factory=list)


def sayer(tokens: Sequence[Token], verb: Token, last: int, lemma: str) -> Sayer | None:
    """The sayer of `verb`; None when nobody speaks by it.

    `last` is the index of the last cue word ("on" in "called on").
    """
    subject = _nearest(verb)
    clause = _over_clause(tokens, verb) if subject is None else []
    found = None if clause else _inverted(tokens, verb, last, lemma)
    if found is not None:
        return found
    run = _beside(tokens, verb)
    if subject is not None and subject.i < verb.i and subject.entity != "DATE":
        return _from_subject(tokens, verb, subject, run)
    relative = [] if clause else _over_relative(tokens, verb)
    if run and not relative and not (is_gerund(verb) or is_infinitive(verb)):
        return Sayer(run, "beside-verb")
    if not clause and not relative and subject is None:
        relative = _over_participle(tokens, verb)
    if clause or relative:
        return Sayer(clause or relative, "before-clause")
    return _shared(tokens, verb)


def final(tokens: Sequence[Token], verb: Token) -> bool:
    """Whether the words alone show "..., NP reported" at the end of a sentence or clause."""
    run = _beside(tokens, verb)
    if not run or run[0].i == 0 or tokens[run[0].i - 1].text not in CLOSING:
        return False
    after = verb.i + 1
    return after >= len(tokens) or tokens[after].pos == "PUNCT" or tokens[after].entity == "DATE"


def _beside(tokens: Sequence[Token], verb: Token) -> list[Token]:
    """The plain phrase right before the verb, where nothing of a clause precedes it."""
    between = verb.words("saying", "usage.between")
    k = verb.i - 1
    while k >= 0 and (
        (tokens[k].lower in between and not is_genitive(tokens[k])) or tokens[k].pos == "ADV"
    ):
        k -= 1
    aside = k
    while aside > 0 and tokens[k].text == ")" and tokens[aside].text != "(":
        aside -= 1
    run = noun_phrases.before(tokens, aside - 1 if aside < k else k) if k >= 0 else []
    if run and aside < k:
        run = list(tokens[run[0].i : k + 1])  # "Mara Voss (Green), said"
    if run and run[0].i and tokens[run[0].i - 1].pos not in _CLAUSES:
        return []
    return run


def _nearest(verb: Token) -> Token | None:
    """The subject that stands nearest to the verb, left ones first."""
    found = [c for c in verb.kids("nsubj") if c.dep not in ("nsubj:pass", "nsubj:outer")]
    found = [c for c in found if c.entity != "DATE"] or found
    left = [c for c in found if c.i < verb.i]
    return left[-1] if left else next(iter(found), None)


def _from_subject(tokens: Sequence[Token], verb: Token, subject: Token, run: list[Token]) -> Sayer:
    """The tree's subject, mended by the phrase `run` that stands right beside the verb."""
    if is_interrogative(subject):
        antecedent: list[Token] = []
        if verb.relation == "acl":
            antecedent = noun_phrases.phrase(verb.head, tokens, 0, subject.i)
        return Sayer([subject], "relative-clause", antecedent=antecedent)
    whole = noun_phrases.phrase(subject, tokens, 0, verb.i)
    if run and subject not in run:
        if run[0].i > whole[-1].i or final(tokens, verb):
            # The tree's subject stands off; a whole phrase stands right beside the verb.
            return Sayer(run, "beside-verb")
        return Sayer(whole, "subject")
    if run:
        for token in run:
            if token.pos == "CCONJ" and token.i < subject.i and token.i < whole[0].i:
                run = run[run.index(token) + 1 :]  # that "and" joins clauses
        first, last = min(run[0].i, whole[0].i), max(run[-1].i, whole[-1].i)
        whole = list(tokens[first : last + 1])
    office = noun_phrases.fronted(tokens, whole)
    if office and kinds.speaks(office):
        return Sayer(list(tokens[office[0].i : whole[-1].i + 1]), "subject")
    return Sayer(noun_phrases.titled(tokens, whole), "subject")


def _over_clause(tokens: Sequence[Token], verb: Token) -> list[Token]:
    """The phrase before a clause or apposition that ends at the verb: "X, who ..., said"."""
    k = verb.i - 1
    while k > 0 and tokens[k].pos == "AUX":
        k -= 1
    if k < 3 or tokens[k].text != "," or is_gerund(verb):
        return []
    for comma in range(1, k - 1):
        if tokens[comma].text != ",":
            continue
        run = noun_phrases.before(tokens, comma - 1)
        opens = run and (run[0].i == 0 or tokens[run[0].i - 1].pos in _CLAUSES)
        after = tokens[comma + 1]
        # "its head, Dr Ada Voss, said"
        named = tokens[k - 1].entity == "PERSON" and all(
            t.entity == "PERSON" or t.dep == "nmod:desc" for t in tokens[comma + 1 : k]
        )
        described = after.pos in ("DET", "NUM") or is_possessive(after)
        if opens and (named or is_interrogative(after) or described):
            return run if is_interrogative(after) else list(tokens[run[0].i : k])
    return []


def _over_relative(tokens: Sequence[Token], verb: Token) -> list[Token]:
    """The phrase before "who ..." that runs up to the verb: "a nurse who saw it told"."""
    if not is_finite(verb) and (not is_past_participle(verb) or verb.kid("aux", "aux:pass")):
        return []
    for k in range(verb.i - 1, 0, -1):
        if tokens[k].pos == "PUNCT":
            return []
        if is_interrogative(tokens[k]) and is_word(tokens[k], "personal"):
            run = noun_phrases.before(tokens, k - 1)
            opens = run and (run[0].i == 0 or tokens[run[0].i - 1].text in CLOSING)
            return run if opens else []
    return []


def _over_participle(tokens: Sequence[Token], verb: Token) -> list[Token]:
    """The phrase before a participle that describes it, where the tree takes it for that verb's
    subject: "residents reached by phone told"."""
    for clause in verb.kids("advcl", "ccomp"):
        subject = clause.kid("nsubj")
        past = is_past_participle(clause) or is_past(clause)
        described = past and not clause.kid("aux", "aux:pass", "mark")
        parted = any(t.pos == "PUNCT" for t in tokens[clause.i : verb.i])
        if subject is not None and described and not parted and subject.i < clause.i < verb.i:
            return noun_phrases.phrase(subject, tokens, 0, clause.i)
    return []


def _inverted(tokens: Sequence[Token], verb: Token, last: int, lemma: str) -> Sayer | None:
    """The sayer of "..., said the mayor"; None where that is not how it reads."""
    after = last + 1
    if (
        lemma not in verb.words("saying", "usage.inverting")
        or is_gerund(verb)
        or is_infinitive(verb)
    ):
        return None
    if (
        after >= len(tokens)
        or tokens[after].entity == "DATE"
        or not noun_phrases.nominal(tokens[after])
    ):
        return None
    prior = tokens[verb.i - 1] if verb.i else None
    if prior is not None and prior.text not in CLOSING:
        return None
    behind = [c for c in verb.kids("nsubj") if c.i > verb.i and c.entity != "DATE"]
    subject = behind[0] if behind else _nearest(verb)
    if subject is not None and subject.i < verb.i - 1:
        return None
    run = noun_phrases.after(tokens, after, verb.words("saying", "phrase.inverted_links"))
    if subject is not None and subject.i > verb.i:
        whole = noun_phrases.phrase(subject, tokens, verb.i + 1, len(tokens))
        run = whole if whole[0].i <= after + 1 and len(whole) >= len(run) else run
    elif prior is None:
        return None
    if not run:
        return None
    stop = tokens[run[-1].i + 1] if run[-1].i + 1 < len(tokens) else None
    if stop is None or stop.entity == "DATE":
        return Sayer(run, "said-x", inverted=True)
    ends = stop.pos in ("PUNCT", "ADP", "SCONJ", "PRON", "VERB")
    if not ends and prior is not None and prior.text == ",":
        return None
    return Sayer(run, "said-x", inverted=True)


def _shared(tokens: Sequence[Token], verb: Token) -> Sayer | None:
    """The sayer that a verb shares with the clause it hangs on."""
    above = verb.head
    if verb.relation == "acl" and above.pos in ("NOUN", "PROPN", "PRON"):
        if above.i >= verb.i:
            return None
        run = _issuer(tokens, above) or noun_phrases.phrase(above, tokens, 0, verb.i)
        return Sayer(run, "participle", apart=True)
    below, above = verb, _goes_on_with(verb)
    while above is not below:
        if below.relation not in ("conj", "advcl", "xcomp", "parataxis", "acl", "obl"):
            return None
        subject = _nearest(above)
        if subject is None and below is verb and verb.relation == "conj" and is_finite(verb):
            subject = above.kid("nsubj:pass")  # "was driven into hiding and said"
        if subject is not None and subject is not below:
            low, high = 0, min(verb.i, above.i)
            if subject.i > above.i:
                low, high = above.i + 1, len(tokens)
            if not low <= subject.i < high:
                return None
            antecedent: list[Token] = []
            if is_interrogative(subject) and above.relation == "acl":
                antecedent = noun_phrases.phrase(above.head, tokens, 0, subject.i)
            run = noun_phrases.phrase(subject, tokens, low, high)
            return Sayer(run, "shared-subject", apart=True, antecedent=antecedent)
        below, above = above, above.head
    return None


def _issuer(tokens: Sequence[Token], paper: Token) -> list[Token]:
    """Who issued the paper that speaks: "the ministry issued a statement saying"."""
    if singular(paper.lower) not in paper.words("saying", "usage.papers"):
        return []
    issued = paper.head.lemma.lower() in paper.words("saying", "usage.issuing")
    if paper.relation not in ("obj", "obl") or not issued:
        return []
    subject = _nearest(paper.head)
    if subject is None or subject.i > paper.head.i or is_interrogative(subject):
        return []
    return noun_phrases.phrase(subject, tokens, 0, paper.head.i)


def _goes_on_with(verb: Token) -> Token:
    """The verb with which a finite one behind "and" goes on, for the most part its head: "warned"
    with "demanded" and not with "leave" in "demanded that they leave and warned".
    """
    head = verb.head
    if verb.relation == "conj" and is_gerund(verb) and head.relation == "ccomp":
        return head.head if is_gerund(head.head) else head  # "declaring nine dead and putting"
    if verb.relation != "conj" or not is_finite(verb):
        return head
    above = next((a for a in verb.ancestors() if _alike(a, verb)), head)
    # "said ten people died and added": adding is what the one who said does.
    going_on = head.relation == "ccomp" and verb.lemma in verb.words("saying", "usage.going_on")
    return head.head if above is head and going_on and _alike(head.head, verb) else above


def _alike(one: Token, other: Token) -> bool:
    """Whether two verbs are finite in the same tense."""
    return is_finite(one) and is_finite(other) and is_present(one) == is_present(other)
