"""Second accounts that leave their verb out: "Police put the toll at 10, the opposition at 14".

What one sayer says with a verb, the next says by the same one, unwritten: what is left is who it
is, the preposition of the first account where that had one, and the number. Each such account
becomes a cue of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso import lexicon
from sayso.claims.attribution import kinds, noun_phrases
from sayso.claims.attribution.cue import Cue
from sayso.claims.attribution.extent import amount
from sayso.language.grammar import features
from sayso.language.trees import Token


def accounts(tokens: Sequence[Token], found: Sequence[Cue], number: int) -> list[Cue]:
    """The second accounts of a sentence, each by the verb of one of the cues `found` before it."""
    shorts: list[Cue] = []
    for k in range(2, len(tokens) - 1):
        if not (tokens[k - 1].text in (",", ";") or tokens[k - 1].dep == "cc"):
            continue
        model = _model(tokens, found, k)
        if model is None:
            continue
        cue = _account(tokens, k, model, number)
        if cue is not None:
            reach = range(cue.sayer[0].i, cue.token.i + 2)  # from the sayer to the number
            if not any(c.token.i in reach for c in found):
                shorts.append(cue)
    return shorts


def _model(tokens: Sequence[Token], found: Sequence[Cue], k: int) -> Cue | None:
    """The cue whose verb an account at token `k` would leave out: the last one, of an amount."""
    before = [c for c in found if c.block[1] < k - 1]
    cue = before[-1] if before else None
    if cue is None or cue.form != "verb" or not cue.sayer or cue.inverted or cue.negated:
        return None
    return cue


def _account(tokens: Sequence[Token], k: int, model: Cue, number: int) -> Cue | None:
    """The account that begins at token `k` with its sayer, by the verb of `model`."""
    markers = lexicon.saying(model.token.language).usage.short.get(model.lemma, ())
    run = noun_phrases.after(tokens, k, frozenset())
    number_at = next((t.i for n, t in enumerate(run) if n and t.pos == "NUM"), None)
    if number_at is not None:
        run = run[: number_at - run[0].i]
    if not run or run[0].pos in ("NUM", "PRON") or not kinds.speaks(run):
        return None
    mark = run[-1].i + 1
    while mark < len(tokens) and features.is_possessive(tokens[mark]):
        mark += 1  # "the rebels theirs at 40"
    if mark >= len(tokens):
        return None
    if tokens[mark].lower in markers:
        if amount(tokens, mark + 1) is None:
            return None
    elif markers or not _of_amounts(tokens, model) or not _bare(tokens, mark):
        return None
    cue = Cue(
        number, tokens[mark], [tokens[mark]], model.lemma, model.kind, "short", run,
        rule="account-in-short",
    )  # fmt: skip
    cue.model = model
    return cue


def _of_amounts(tokens: Sequence[Token], model: Cue) -> bool:
    """Whether what the first account says begins with its number: "said ten had died"."""
    begin = model.block[1] + 1
    begin += begin < len(tokens) and tokens[begin].dep == "mark"
    return amount(tokens, begin) is not None


def _bare(tokens: Sequence[Token], k: int) -> bool:
    """Whether a number stands at token `k` and nothing that it counts: "the opposition 14"."""
    number = amount(tokens, k)
    if number is None:
        return False
    following = tokens[number + 1] if number + 1 < len(tokens) else None
    return following is None or following.pos in ("PUNCT", "CCONJ", "ADJ")
