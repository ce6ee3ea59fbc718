"""What is said: the stretches of text that a cue introduces.

Decides from the words round a cue whether its content stands before it ("S, the mayor said"),
after it ("the mayor said that S") or on both sides. Quotations are taken whole, over sentence
ends. Gives document offsets, not tokens; where content behind a cue ends is for `extent`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.claims.attribution.cue import Cue, opens_clause, told
from sayso.claims.attribution.extent import (
    OPENERS,
    Scene,
    Span,
    following,
    has_clause,
    inserted,
    skip,
    start,
)
from sayso.claims.attribution.quotes import Quote
from sayso.claims.attribution.sayers import CLOSING
from sayso.language.grammar.features import is_gerund, is_infinitive, is_interrogative, is_word
from sayso.language.trees import Sentence, Token

_DASHES = frozenset(["—", "–", "--"])
_ENDS = frozenset([".", "?", "!", ";", "”", '"', "''", "’", ")", "»", "“", "``"]) | _DASHES
_BRACKETS = frozenset(["(", "["])
_SHORT = 4
"""A quotation of fewer words is part of a paraphrase, not a saying of its own."""


def content(
    sentence: Sentence,
    cue: Cue,
    cues: Sequence[Cue],
    quotes: Sequence[Quote],
    previous: Sentence | None = None,
) -> list[Span]:
    """The stretches that the cue introduces, in text order; empty when it introduces none.

    `cues` are all cues of the sentence, `quotes` the quotations that touch it or the sentence
    before, `previous` that sentence if it stands in the same paragraph.
    """
    scene = Scene(sentence, cue, cues, quotes)
    tokens = sentence.tokens
    first, last = cue.block
    if cue.form == "according":
        return _around(scene)
    if cue.form == "colon":
        ahead = first == 0 or cue.apart
        return following(scene, last + 1) if ahead else _plain(tokens, 0, first)
    if cue.form == "citation":
        return _before_citation(scene, quotes, previous)
    if cue.form == "short":
        return following(scene, cue.token.i + (cue.token.dep == "case"))
    if cue.form == "noun":
        return _clause_of(scene)
    if cue.rule == "passive":
        over = cue.sayer[-1].i + 1
        ahead = over + 1 < len(tokens) and tokens[over].text == ":"
        return following(scene, over + 1) if ahead else _subject(scene)
    right = skip(tokens, last + 1)
    at_end = right >= len(tokens) or tokens[right].text in _ENDS
    at_end = at_end or any(c.rule == "handle" and c.block[0] == right for c in cues)
    comma = not at_end and tokens[right].text == ","
    if first == 0 and previous is not None and (at_end or comma):
        # The parser may cut "“...,” / he said." in two.
        split = _cut_off(previous, quotes)
        if split is not None:
            return [split, *_rest(scene, right, quoted=True)]
    as_told = first and tokens[first - 1].lower in sentence.words("saying", "phrase.as_told")
    if as_told and (at_end or comma):
        return _as_told(scene, right)
    if first and _may_follow(scene, first):
        quoted = scene.around(tokens[first - 1]) is not None
        if at_end or comma or cue.inverted:
            return _left(scene, first) + _rest(scene, right, quoted)
        if quoted:
            return _left(scene, first)
    begin = start(scene, last + 1)
    return [] if begin is None else following(scene, begin)


def _may_follow(scene: Scene, first: int) -> bool:
    """Whether the cue whose block begins at token `first` can speak for what stands before it."""
    cue, mark = scene.cue, scene.tokens[first - 1]
    if mark.text not in CLOSING or mark.text == "-":
        return False
    if cue.rule in ("participle", "relative-clause") or is_gerund(cue.token):
        return False
    if not any(t.pos not in ("PUNCT", "CCONJ") for t in scene.tokens[: first - 1]):
        return False
    # A dash without a verb before it ends a dateline.
    return mark.text not in _DASHES or has_clause(scene.tokens[: first - 1])


def _plain(tokens: Sequence[Token], begin: int, stop: int) -> list[Span]:
    """The words from `begin` to before `stop`, without joining words and marks at the edges."""
    while (
        begin < stop
        and tokens[begin].pos in ("CCONJ", "PUNCT")
        and tokens[begin].text not in OPENERS
    ):
        begin += 1
    while stop > begin and tokens[stop - 1].text in {",", ";", ":", "(", "-", *_DASHES}:
        stop -= 1
    return [(tokens[begin].start, tokens[stop - 1].end)] if stop > begin else []


def _subject(scene: Scene) -> list[Span]:
    """What "was confirmed by the navy" speaks of: its subject, or a clause behind it."""
    verb = scene.cue.token
    clause = verb.kid("ccomp", "csubj")
    if clause is not None and clause.i > verb.i:
        return following(scene, clause.subtree()[0].i)
    subject = verb.kid("nsubj:pass", "nsubj", "expl")
    for other in scene.cues:
        mark = told(other.token) if other.form == "noun" else None
        if mark is not None and _ended(scene, mark, verb):
            begin = min(t.i for t in (other.token, *other.sayer))
            return _plain(scene.tokens, begin, _first_auxiliary(verb))
    if subject is None or subject.i > verb.i:
        return []
    fronted = subject.i and scene.tokens[subject.i - 1].text == ","
    dummy = subject.lower in subject.words("saying", "usage.said_before")
    if dummy and (clause is not None or fronted):
        return _plain(scene.tokens, 0, subject.i)  # "S, it was confirmed by the navy"
    inside = [t for t in subject.subtree() if t.i < verb.i]
    spans = _plain(scene.tokens, inside[0].i, inside[-1].i + 1)
    deed = verb.kid("xcomp")  # "guards are alleged by the union to have fired"
    if deed is not None and deed.i > verb.i:
        spans += following(scene, deed.subtree()[0].i)
    return spans


def _clause_of(scene: Scene) -> list[Span]:
    """The clause that a noun introduces: "the claim that S"."""
    tokens = scene.tokens
    mark = told(scene.cue.token)
    if mark is None:
        return []
    if not opens_clause(mark):
        parts = [t for t in scene.cue.token.kids("nmod") if t.i >= mark.i]
        owner = {t.i for t in scene.cue.sayer}  # "a claim of six dead by the army"
        wholes = [t.subtree()[-1].i for t in parts if t.i not in owner]
        return _plain(tokens, mark.i, max(wholes, default=mark.i) + 1)
    inside = [t for t in mark.head.subtree() if t.i >= mark.i]
    stop = inside[-1].i + 1
    for other in scene.cues:
        if other.rule == "passive" and other.token.i < stop and _ended(scene, mark, other.token):
            stop = _first_auxiliary(other.token)
    return _plain(tokens, mark.i, stop)


def _ended(scene: Scene, mark: Token, verb: Token) -> bool:
    """Whether a passive verb says what became of the claim, and is no part of what is claimed: the
    clause behind `mark` had its verb before, whatever the tree hangs on what.
    """
    between = scene.tokens[mark.i : _first_auxiliary(verb)]
    return any(t.pos == "VERB" and not is_infinitive(t) for t in between)


def _first_auxiliary(verb: Token) -> int:
    return min((t.i for t in verb.kids("aux", "aux:pass")), default=verb.i)


def _before_citation(
    scene: Scene, quotes: Sequence[Quote], previous: Sentence | None
) -> list[Span]:
    """What a source in brackets speaks for: the sentence round it, or the one before it."""
    tokens, (low, high) = scene.tokens, scene.cue.block
    brackets = (k for k in range(low, -1, -1) if tokens[k].text in _BRACKETS)
    spans = _plain(tokens, 0, next(brackets, low))
    if spans or previous is None:
        rest = any(t.pos == "VERB" for t in tokens[high + 1 :])
        return spans + (following(scene, high + 1) if rest else [])
    quote = next((q for q in quotes if previous.start <= q.end <= previous.end), None)
    return [(min(previous.start, quote.start) if quote else previous.start, previous.end)]


def _as_told(scene: Scene, right: int) -> list[Span]:
    """The clause round "as the agency reported"."""
    tokens = scene.tokens
    first = scene.cue.block[0]
    spans = _plain(tokens, 0, first - 1)
    if (
        right + 1 < len(tokens)
        and tokens[right].text == ","
        and not has_clause(tokens[: first - 1])
    ):
        spans += following(scene, right + 1)
    return spans


def _cut_off(previous: Sentence, quotes: Sequence[Quote]) -> Span | None:
    """What the sentence before says, where it ends with a comma, question or cry, or in a
    quotation that does."""
    for quote in quotes:
        if quote.end == previous.end and quote.words > 1:
            if not quote.comma:
                return None
            whole = quote.start <= previous.start + 1
            return (quote.start if whole else previous.start), quote.end
    if previous.tokens[-1].text == ",":
        return previous.start, previous.end - 1
    return None


def _left(scene: Scene, first: int) -> list[Span]:
    """What stands before a fronted cue: a quotation, or the sentence up to the comma."""
    tokens = scene.tokens
    mark = tokens[first - 1]
    quote = scene.around(mark)
    if quote is None and first > 1 and mark.text == ",":
        quote = next((q for q in scene.quotes if q.end == tokens[first - 2].end), None)
    plain = _plain(tokens, _own_clause(scene, first), first)
    if quote is None or quote.words < _SHORT or not plain:
        return plain
    if quote.start <= plain[0][0]:
        return [(quote.start, quote.end)]
    lead = [t for t in tokens if plain[0][0] <= t.start and t.end <= quote.start]
    alone = bool(lead) and lead[-1].text in (":", ".", "?", "!")
    return [(quote.start, quote.end)] if alone else [(plain[0][0], quote.end)]


def _own_clause(scene: Scene, first: int) -> int:
    """Index behind the semicolon that parts a fronted cue's clause from another saying, else 0."""
    marks = (k for k in range(first - 2, 0, -1) if scene.tokens[k].text == ";")
    over = next(marks, None)
    if over is None or scene.around(scene.tokens[over]) is not None:
        return 0
    return over + 1 if any(c.block[1] < over for c in scene.cues) else 0


def _rest(scene: Scene, k: int, quoted: bool) -> list[Span]:
    """What goes on behind a fronted cue: "“Judge,” he said, “I never ...”", "S1, he said, S2"."""
    tokens, cue = scene.tokens, scene.cue
    if k + 1 >= len(tokens):
        return []
    after = k + 1 if tokens[k].text in {",", *_DASHES} else k
    quote = scene.opens(k) or scene.opens(after)
    if quote is not None:
        return [(quote.start, quote.end)]
    that = is_word(tokens[after], "clause")
    # "..., said the mayor, bringing the toll to 30"
    brings = is_gerund(tokens[after]) and tokens[after].lemma.lower() in cue.token.words(
        "saying", "usage.bringing"
    )
    if brings:
        return following(scene, after)
    if tokens[k].text != "," or quoted or (has_clause(tokens[: cue.block[0] - 1]) and not that):
        return []
    if any(c.token.i in (after, after + 1) and c is not cue for c in scene.cues):
        return []
    relative = is_interrogative(tokens[after]) and tokens[after].pos != "ADV"
    if not that and (relative or is_gerund(tokens[after]) or tokens[after].pos in ("ADP", "SCONJ")):
        return []
    return following(scene, after)


def _around(scene: Scene) -> list[Span]:
    """The clause that "according to" speaks for: behind it, before it, or on both sides."""
    tokens = scene.tokens
    first, last = scene.cue.block
    while last + 1 < len(tokens) and tokens[last + 1].text == ")":
        last += 1
    behind = last + 1
    if behind < len(tokens) and tokens[behind].text == ",":
        behind += 1
    # It opens a clause as well as a sentence: "M reports that according to X, ...".
    if is_word(tokens[first - 1], "clause") or all(
        t.pos in ("PUNCT", "CCONJ") for t in tokens[:first]
    ):
        return following(scene, behind) if behind < len(tokens) else []
    begin = next((k + 1 for k in range(first - 2, 0, -1) if tokens[k].text == ";"), 0)
    begin = max(begin, _second_account(scene, first))
    if inserted(scene, scene.cue):
        over = max((c.block[1] for c in scene.cues if c.block[1] < first - 1), default=-1)
        if over >= begin:  # "M said the boat, according to X, sank": X speaks of the boat alone
            begin = over + 1
            begin += tokens[begin].lower in scene.sentence.words("saying", "phrase.content")
        if is_interrogative(tokens[first - 2]):
            begin = first - 2  # "..., who, according to X, are armed"
        return _plain(tokens, begin, first) + following(scene, behind)
    spans = _plain(tokens, begin, first)
    quote = next((q for q in scene.quotes if spans and q.holds(spans[0][0], spans[0][0] + 1)), None)
    if quote is not None and quote.start < spans[0][0]:
        spans = [(quote.start, max(quote.end, spans[0][1]))]
    if last + 1 < behind < len(tokens) and not has_clause(tokens[begin:first]):
        spans += following(scene, behind)
    return spans


def _second_account(scene: Scene, first: int) -> int:
    """Index behind another source that "according to" names before this one: "three according to
    the province, five according to the governor"; 0 if there is none.
    """
    tokens = scene.tokens
    for other in reversed(scene.cues):
        low, high = other.block
        if other.form == "according" and high + 1 < first:
            parted = tokens[high + 1].text in (",", ";") or tokens[high + 1].dep == "cc"
            opens = all(t.pos in ("PUNCT", "CCONJ") for t in tokens[:low])
            return high + 1 if parted and not opens else 0
    return 0
