"""Where a sentence says that somebody says something: every cue with its sayer.

Verbs are left to `verbs`, labels and citations beside the text to `credits`, second accounts that
leave their verb out to `short`; here are "according to", nouns ("the claim that"), and what cues of
one sentence share. What is said is for `content`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sayso import lexicon
from sayso.claims.attribution import credits, kinds, noun_phrases, short
from sayso.claims.attribution.cue import Cue, nouns, opens_clause, told, verbs
from sayso.claims.attribution.sayers import CLOSING
from sayso.claims.attribution.verbs import verb
from sayso.language.grammar import features
from sayso.language.grammar.noun_phrase import marks
from sayso.language.spelling import singular
from sayso.language.trees import Sentence, Token

_ENDS = frozenset([",", ";", ".", ")", ":", "—", "–", "--", "?"])
_LONGEST = 40
"""Words that the phrase behind "according to" may have."""


def cues(sentence: Sentence, number: int) -> list[Cue]:
    """Every cue of the sentence, in text order."""
    tokens = sentence.tokens
    telling, tales = verbs(sentence.language), nouns(sentence.language)
    found: list[Cue] = []
    for token in tokens:
        cue = None
        found += _according(tokens, token, number)
        if token.lower in sentence.words("saying", "usage.per"):
            cue = _per(tokens, token, number)
        elif _reckoned(token):
            cue = _account(tokens, token, number)
        elif token.pos == "NOUN" and singular(token.lower) in tales:
            cue = _noun(tokens, token, number)
        elif token.lemma.lower() in telling:
            cue = verb(tokens, token, number)
        if cue:
            found.append(cue)
    found += credits.credits(sentence, found, number)
    used = {t.i for c in found for t in c.words if t is not c.token}
    found = [c for c in found if c.token.i not in used]
    found.sort(key=lambda c: c.token.i)
    for left, cue in pairwise(found):
        _follow(tokens, cue, left)
    first, right = next(iter(found), None), next((c for c in found[1:] if not c.is_citing), None)
    if first and right and first.token.i == 0 and first.apart and not (first.sayer or right.apart):
        first.sayer, first.antecedent = right.sayer, right.antecedent  # "Citing X, M reported"
    found += short.accounts(tokens, found, number)
    found.sort(key=lambda c: c.token.i)
    for cue in found:
        cue.sayer = noun_phrases.untimed(cue.sayer) if cue.sayer else []
    return [cue for cue in found if _spoken(cue)]


def _spoken(cue: Cue) -> bool:
    """Whether a cue has somebody who speaks: no landslide, and no number."""
    who = cue.antecedent or cue.sayer
    return bool(who and not noun_phrases.is_voiceless(who)) or cue.form == "noun"


def _follow(tokens: Sequence[Token], cue: Cue, left: Cue) -> None:
    """Give ", adding that" the sayer of the cue before it, which the tree often misses."""
    behind = tokens[cue.token.i - 1].text == "," and features.is_gerund(cue.token) and cue.apart
    if behind and left.form == "verb" and left.sayer and left.rule != "participle":
        cue.sayer, cue.antecedent, cue.rule = left.sayer, left.antecedent, "shared-subject"


def _according(tokens: Sequence[Token], token: Token, number: int) -> list[Cue]:
    pair = " ".join(t.lower for t in tokens[token.i : token.i + 2])
    start = token.i + 2
    if start >= len(tokens) or pair not in token.words("saying", "usage.according"):
        return []
    sayer = list(tokens[start : _phrase_end(tokens, start)])
    clause = next((n for n, t in enumerate(sayer) if features.is_finite(t)), 0)
    if clause and not any(map(features.is_interrogative, sayer[:clause])):
        sayer = noun_phrases.after(tokens, start) or sayer  # no mark parts it from the next clause
    while sayer and sayer[-1].pos == "PUNCT" and sayer[-1].text != ")":
        sayer.pop()
    sayer = _with_others(tokens, sayer, token.head)
    if not sayer or singular(sayer[0].lower) in token.words("saying", "usage.not_speaking"):
        return []
    cue = Cue(number, token, list(tokens[token.i : start]), "accord", "saying", "according", sayer)
    cue.rule = "according-to"
    return [cue]


def _with_others(tokens: Sequence[Token], sayer: list[Token], head: Token) -> list[Token]:
    """The phrase with what describes it or joins it behind a comma: "according to Oren Vask, the
    mayor, and Dela Morin"; without a second account: "six according to A and nine according to B".
    """
    inside = {t.i for t in sayer}
    if head.i not in inside:
        return sayer
    whole = noun_phrases.phrase(head, tokens, sayer[0].i, len(tokens))
    if whole[-1].i < sayer[-1].i:
        account = any(t.pos == "NUM" and t.head.i < sayer[0].i for t in sayer)
        return whole if account else sayer
    more = next((t for t in whole[len(sayer) :] if t.head.i in inside and t.pos != "PUNCT"), None)
    if more is None or more.relation not in ("appos", "conj"):
        return sayer
    named = more.entity == "PERSON" or (more.pos == "PROPN" and head.pos == "PROPN")
    if more.relation == "appos" and named and any(t.pos == "PROPN" for t in sayer):
        return sayer  # "according to Lantern TV, Oren Vask, 56, had fled"
    return whole


def _phrase_end(tokens: Sequence[Token], start: int) -> int:
    """Index past the phrase behind "according to", which may hold brackets."""
    opened = 0
    for stop in range(start, min(start + _LONGEST, len(tokens))):
        token = tokens[stop]
        if token.text == "-" and tokens[stop - 1].end < token.start:
            return stop
        closing = token.text in CLOSING and token.text != "-" and token.pos == "PUNCT"
        ends = token.text in _ENDS or (closing and stop > start)
        if ends and not (opened or noun_phrases.is_abbreviating(tokens, stop)):
            return stop
        opened += (token.text == "(") - (token.text == ")")
    return min(start + _LONGEST, len(tokens))


def _per(tokens: Sequence[Token], token: Token, number: int) -> Cue | None:
    """ "Per the mayor's office", "as per police"; None for "per day", "per 100 people"."""
    first = token.i + 1
    run = noun_phrases.after(tokens, first)
    prior = tokens[token.i - 1] if token.i else None
    as_per = prior is not None and prior.lower in token.words("saying", "phrase.as_told")
    apart = as_per or prior is None or prior.text == ","
    known = bool(run) and (
        apart
        or run[0].pos in ("DET", "PROPN")
        or features.is_plural(run[0])
        or run[-1].lower in token.words("saying", "usage.per_alone")
    )
    if not known or not kinds.speaks(run):
        return None
    cue = [prior, token] if as_per and prior is not None else [token]
    return Cue(number, token, cue, "accord", "saying", "according", run, rule="per")


def _reckoned(noun: Token) -> bool:
    """Whether a noun is that of "by the army's account" or of "in the words of the mayor"."""
    accounts = lexicon.saying(noun.language).accounts
    return any(noun.lower in accounts.get(case.lower, ()) for case in noun.kids("case"))


def _account(tokens: Sequence[Token], token: Token, number: int) -> Cue | None:
    """ "By the army's account", "in the words of the mayor": as good as "according to" them."""
    first = token.kids("case")[0]
    owner = token.kid("nmod:poss")
    begin, end = first.i + 1, token.i
    if owner is None:
        owner = next(
            (o for o in token.kids("nmod") if marks(o) & token.words("grammar", "genitive")), None
        )
        begin, end = token.i + 1, len(tokens)
    if owner is None or owner.pos == "PRON":
        return None
    sayer = noun_phrases.phrase(owner, tokens, begin, end)
    while sayer and features.is_genitive(sayer[-1]):
        sayer.pop()
    cue = Cue(number, token, [first, token], "accord", "saying", "according", sayer)
    cue.rule = "by-account"
    return cue


def _noun(tokens: Sequence[Token], token: Token, number: int) -> Cue | None:
    """ "the union's claim that S", "a report by M that S", "the army's claim of six"; None where it
    is not told what is said.
    """
    first = told(token)
    if first is None:
        return None
    word = singular(token.lower)
    kind = nouns(token.language)[word]
    cue = Cue(number, token, [token], word, kind, "noun", rule="noun", apart=True)
    owner = token.kid("nmod:poss")
    if owner is not None and owner.i < token.i:
        cue.sayer = noun_phrases.phrase(owner, tokens, 0, token.i)
    else:
        for child in token.kids("nmod"):
            if child.i > token.i and marks(child) & token.words("saying", "phrase.issued_by"):
                cue.sayer = noun_phrases.phrase(child, tokens, token.i + 1, len(tokens))
                break
        else:
            false = token.words("modality", "denied.false")
            named = (
                w
                for w in token.kids("compound")
                if not any(k.lower in false for k in w.kids("amod"))
            )
            of_whom = next(named, None)  # "the police account that", and no "fake news report"
            if of_whom is not None and kinds.speaks([of_whom]):
                cue.sayer = noun_phrases.phrase(of_whom, tokens, 0, token.i)
    amount = not opens_clause(first)
    if amount and not (cue.sayer and kinds.speaks(cue.sayer) and cue.sayer[0].entity != "LOC"):
        return None  # "the city's toll of 12": nobody speaks
    return cue
