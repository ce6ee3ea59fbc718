"""What is said: the stretches of text that a cue introduces.

Decides from the words round a cue whether its content stands before it ("S, the mayor said"),
after it ("the mayor said that S") or on both sides, and where a paraphrase ends. Quotations are
taken whole, over sentence ends. Gives document offsets, not tokens.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.claims import sources
from sayso.claims.cues import Cue
from sayso.claims.quotes import Quote
from sayso.claims.sayers import CLOSING, FINITE
from sayso.language.trees import Sentence, Token
from sayso.lexicon import words

Span = tuple[int, int]
_ENDS = frozenset([".", "?", "!", ";", "”", '"', "''", "’", ")", "»", "“", "``"])
_DASHES = frozenset(["—", "–", "--"])
_OPENERS = frozenset(["“", '"', "''", "``", "‘", "«", "”"])


def content(
    sentence: Sentence,
    cue: Cue,
    others: Sequence[Cue],
    quotes: Sequence[Quote],
    previous: Sentence | None = None,
) -> list[Span]:
    """The stretches that the cue introduces, in text order; empty when it introduces none.

    `others` are all cues of the sentence, `quotes` the quotations that touch it or the sentence
    before, `previous` that sentence if it stands in the same paragraph.
    """
    if cue.form == "according":
        return _around(sentence, cue, others, quotes)
    tokens = sentence.tokens
    first, last = cue.block
    right = _skip(tokens, last + 1)
    at_end = right >= len(tokens) or tokens[right].text in _ENDS or tokens[right].text in _DASHES
    comma = not at_end and tokens[right].text == ","
    if first == 0 and previous is not None and (at_end or comma):
        # The parser may cut "“...,” / he said." in two.
        split = _cut_off(previous, quotes)
        if split is not None:
            return [split, *_rest(sentence, cue, right, others, quotes, quoted=True)]
    if first > 1 and tokens[first - 1].lower == "as" and (at_end or comma):
        return _as_told(sentence, cue, first, right, others, quotes)
    if first and _may_follow(tokens, cue, first, quotes):
        quoted = _quote_at(quotes, tokens[first - 1]) is not None
        if at_end or comma or cue.inverted:
            found = _left(sentence, cue, first, quotes)
            return found + _rest(sentence, cue, right, others, quotes, quoted)
        if quoted:
            return _left(sentence, cue, first, quotes)
    start = _start(sentence, cue, last + 1, quotes)
    return [] if start is None else _following(sentence, cue, start, others, quotes)


def _may_follow(tokens: Sequence[Token], cue: Cue, first: int, quotes: Sequence[Quote]) -> bool:
    """Whether the cue at token `first` can speak for what stands before it."""
    mark = tokens[first - 1]
    if mark.text not in CLOSING or mark.text == "-":
        return False
    if cue.rule in ("participle", "relative clause", "passive") or cue.token.tag == "VBG":
        return False
    if not any(t.pos not in ("PUNCT", "CCONJ") for t in tokens[: first - 1]):
        return False
    # A dash without a verb before it ends a dateline.
    return mark.text not in _DASHES or _clause(tokens[: first - 1])


def _as_told(
    sentence: Sentence,
    cue: Cue,
    first: int,
    right: int,
    others: Sequence[Cue],
    quotes: Sequence[Quote],
) -> list[Span]:
    """The clause round "as the agency reported"."""
    tokens = sentence.tokens
    spans = []
    start = 0
    while start < first - 1 and tokens[start].pos in ("CCONJ", "PUNCT"):
        start += 1
    stop = first - 1
    while stop > start and tokens[stop - 1].pos == "PUNCT":
        stop -= 1
    if stop > start:
        spans.append((tokens[start].start, tokens[stop - 1].end))
    if right + 1 < len(tokens) and tokens[right].text == "," and not _clause(tokens[start:stop]):
        spans += _following(sentence, cue, right + 1, others, quotes)
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


def _quote_at(quotes: Sequence[Quote], token: Token) -> Quote | None:
    """The quotation that ends or lies at this token."""
    return next((q for q in quotes if q.start <= token.start and token.end <= q.end), None)


def _skip(tokens: Sequence[Token], k: int) -> int:
    """Index after the adjuncts of a cue: days, "in a statement", "to reporters"."""
    while k < len(tokens):
        token = tokens[k]
        if (
            token.entity == "DATE"
            or (token.pos == "ADV" and token.tag == "RB")
            or (token.lower in words("saying", "usage.times"))
        ):
            k += 1
        elif token.lower in words("saying", "usage.placing") and token.pos in (
            "ADP",
            "SCONJ",
            "ADJ",
            "DET",
        ):
            stop = k + 1
            while stop < len(tokens) and not (
                (tokens[stop].pos == "PUNCT" and tokens[stop].text not in ("-", "’", "'"))
                or tokens[stop].tag in FINITE
                or tokens[stop].lower == "that"
            ):
                stop += 1
            if stop < len(tokens) and tokens[stop].tag in FINITE:
                return k
            k = stop
        else:
            return k
    return k


def _start(sentence: Sentence, cue: Cue, k: int, quotes: Sequence[Quote]) -> int | None:
    """Token index at which content after the cue begins; None when there is none."""
    tokens = sentence.tokens
    if k >= len(tokens):
        return None
    # A comma or colon may part the cue from a quotation.
    j = _skip(tokens, k)
    if any(q.start == t.start for q in quotes for t in tokens[j : j + 1]) and j == k:
        return j
    if j < len(tokens) and tokens[j].text in (",", ":", "—", "–"):
        nxt = j + 1
        if nxt < len(tokens) and (
            tokens[j].text == ":" or any(q.start == tokens[nxt].start for q in quotes)
        ):
            return nxt
        if nxt < len(tokens) and tokens[nxt].lower == "that":
            return nxt
        if cue.lemma == "say" and cue.token.tag == "VBG" and tokens[j].text == ",":
            return nxt
        if cue.lemma in words("saying", "usage.only_quote"):
            return None
        if not (tokens[j].text == "," and _complement(cue, j)):
            return None
        # "said, however, that", "said, after the raid, that": a clause still follows.
        return _complement(cue, j)
    if cue.lemma in words("saying", "usage.only_quote"):
        return None
    complement = _complement(cue, k - 1)
    that = next(
        (
            n
            for n in range(k, min(k + 14, len(tokens)))
            if tokens[n].lower in ("that", "whether")
            and tokens[n].pos in ("SCONJ", "PRON")
            and not any(t.tag in FINITE for t in tokens[k:n])
        ),
        None,
    )
    quote = next(
        (t.i for t in tokens[k : k + 14] if any(q.start == t.start for q in quotes)),
        None,
    )
    clause = [n for n in (that, complement) if n is not None]
    if that is not None and (complement is None or that <= complement):
        return that
    if complement is not None:
        if quote is not None and quote < complement and j <= quote:
            return quote
        return max(min(clause), k) if complement >= k else k
    if quote is not None and (quote in (k, j) or cue.lemma in words("saying", "usage.only_clause")):
        return quote
    if any(t.tag in FINITE for t in tokens[j:]) and cue.lemma in ("say", "tell", "believe"):
        return j if j < len(tokens) else None
    if cue.lemma in words("saying", "usage.only_clause") and not (
        j < len(tokens) and tokens[j].lower in ("to", "as", "for") and cue.lemma not in ("add",)
    ):
        return None
    if j < len(tokens) and tokens[j].pos == "PUNCT" and tokens[j].text not in _OPENERS:
        return None
    plain = k < len(tokens) and sources.nominal(tokens[k])
    return k if plain or cue.token.kid("obj", "xcomp", "obl", "ccomp", "advcl") else None


def _complement(cue: Cue, after: int) -> int | None:
    """Token index at which the clause that the tree hangs on the verb begins, right of `after`."""
    for child in cue.token.children:
        if child.i <= after or child.relation not in ("ccomp", "xcomp", "parataxis"):
            continue
        if child.relation == "parataxis" and child.pos not in ("VERB", "AUX", "ADJ", "NOUN"):
            continue
        below = [t for t in child.subtree() if t.i > after and t.pos != "PUNCT"]
        if below:
            return below[0].i
    return None


def _left(sentence: Sentence, cue: Cue, first: int, quotes: Sequence[Quote]) -> list[Span]:
    """What stands before a fronted cue: a quotation, or the sentence up to the comma."""
    tokens = sentence.tokens
    stop = first - 1
    mark = tokens[stop]
    quote = _quote_at(quotes, mark)
    if quote is None and stop and mark.text == ",":
        quote = next((q for q in quotes if q.end == tokens[stop - 1].end), None)
    begin = 0
    while begin < stop and (
        tokens[begin].pos in ("CCONJ", "PUNCT") and tokens[begin].text not in _OPENERS
    ):
        begin += 1
    if quote is not None and quote.words > 3 and quote.start <= tokens[begin].start:
        return [(quote.start, quote.end)]
    if quote is not None and quote.words > 3 and quote.start > tokens[begin].start:
        lead = [t for t in tokens[begin:] if t.end <= quote.start]
        if lead and lead[-1].text in (",", ":", "—") and not _clause(lead):
            # "Of the dead, “...”, he said": the words before stay with the quotation.
            return [(tokens[begin].start, quote.end)]
        if lead and (lead[-1].text == ":" or lead[-1].text in ".?!"):
            return [(quote.start, quote.end)]
    end = tokens[stop].start if tokens[stop].text in (",", "—", "–", "--") else tokens[stop].end
    while stop > begin and tokens[stop - 1].end > end:
        stop -= 1
    end = tokens[stop - 1].end if tokens[stop].text in (",", "—", "–", "--", "-") else end
    return [(tokens[begin].start, end)] if end > tokens[begin].start else []


def _clause(tokens: Sequence[Token]) -> bool:
    """Whether a stretch has a finite verb of its own."""
    return any(t.tag in FINITE for t in tokens)


def _rest(
    sentence: Sentence,
    cue: Cue,
    k: int,
    others: Sequence[Cue],
    quotes: Sequence[Quote],
    quoted: bool,
) -> list[Span]:
    """What goes on behind a fronted cue: "“Judge,” he said, “I never ...”", "S1, he said, S2"."""
    tokens = sentence.tokens
    if k >= len(tokens) or k + 1 >= len(tokens):
        return []
    first, _ = cue.block
    nxt = k + 1 if tokens[k].text in (",", *_DASHES) else k
    quote = next((q for q in quotes if q.start in (tokens[k].start, tokens[nxt].start)), None)
    if quote is not None:
        return [(quote.start, quote.end)]
    if tokens[k].text != ",":
        return []
    if quoted or (_clause(tokens[: first - 1]) and tokens[nxt].lower != "that"):
        return []
    if any(c.token.i in (nxt, nxt + 1) and c is not cue for c in others):
        return []
    if tokens[nxt].tag in ("VBG", "WP", "WDT", "IN") and tokens[nxt].lower != "that":
        return []
    return _following(sentence, cue, nxt, others, quotes)


def _following(
    sentence: Sentence, cue: Cue, start: int, others: Sequence[Cue], quotes: Sequence[Quote]
) -> list[Span]:
    """What stands behind a cue, from token `start` to where the paraphrase or quotation ends."""
    tokens = sentence.tokens
    opened = next((q for q in quotes if q.start == tokens[start].start), None)
    if opened is not None and (
        opened.end >= sentence.end or _stops_before(tokens, opened) or opened.last > opened.sentence
    ):
        return [(opened.start, opened.end)]
    stop = len(tokens)
    for other in others:
        if other is cue or other.token.i <= start:
            continue
        inside = next((q for q in quotes if q.holds(other.token.start, other.token.end)), None)
        if inside is not None:
            continue
        stop = min(stop, _cut(sentence, cue, other, start, stop))
    stop = min(stop, _own_next(cue, start, stop, tokens))
    # Inside a quotation of its own, a cue's content ends with the quotation.
    around = next((q for q in quotes if q.holds(cue.token.start, cue.token.end)), None)
    if around is not None:
        while stop > start and tokens[stop - 1].end > around.end:
            stop -= 1
    while stop > start and tokens[stop - 1].text in (".", ",", ";", ":", "—", "–", "and", "but"):
        stop -= 1
    if stop <= start:
        return []
    end = tokens[stop - 1].end
    last = next(
        (q for q in quotes if q.start < end < q.end and q.start > tokens[start].start), None
    )
    if last is not None and around is None:
        end = last.end
    return [(tokens[start].start, end)]


def _stops_before(tokens: Sequence[Token], quote: Quote) -> bool:
    """Whether a quotation ends in a stop, so that what follows it is no part of the clause."""
    inside = [t for t in tokens if t.start >= quote.start and t.end <= quote.end]
    return len(inside) > 2 and inside[-2].text in (".", ",", "?", "!", "…")


def _cut(sentence: Sentence, cue: Cue, other: Cue, start: int, stop: int) -> int:
    """Where another cue ends this one's content, or `stop`."""
    tokens = sentence.tokens
    first, last = other.block
    left = first - 1
    if cue.apart and cue.token.i == 0 and left > start and not other.apart:
        return left  # "Noting the cold, the mayor said ..."
    if other.form == "according":
        tail = last + 1 >= len(tokens) or tokens[last + 1].pos == "PUNCT"
        return left if left > start and tokens[left].text == "," and tail else stop
    if other.rule == "shared subject" and left > start:
        same = {t.i for t in other.sayer} & {t.i for t in cue.sayer}
        if not same:
            return stop
        while left > start and (
            tokens[left].pos in ("CCONJ", "PUNCT", "ADV", "AUX", "SCONJ")
            and tokens[left].text not in CLOSING - {",", "—"}
        ):
            left -= 1
        return left + 1
    right = _skip(tokens, last + 1)
    ends = right >= len(tokens) or tokens[right].text in (".", ";")
    if other.rule in ("participle", "relative clause", "passive"):
        return stop
    if left > start and tokens[left].text == "," and ends and other.token.tag != "VBG":
        # "police said that ..., the agency reported": the second covers the first.
        return left
    conjunct = other.token.relation == "conj" and cue.token in list(other.token.ancestors())[:2]
    if (
        left > start
        and tokens[left].lower in ("and", "but", "while", "though")
        and (conjunct or tokens[left - 1].text == ",")
    ):
        return left
    return stop


def _own_next(cue: Cue, start: int, stop: int, tokens: Sequence[Token]) -> int:
    """Where the sayer's next deed ends the content: "said that ... and left the room"."""
    for child in cue.token.kids("conj"):
        if child.i <= start or child.i >= stop or child.pos != "VERB":
            continue
        below = child.subtree()
        if below[0].i <= start:
            continue
        if child.kid("nsubj") is None or tokens[below[0].i - 1].text == ",":
            return below[0].i
    return stop


def _around(
    sentence: Sentence, cue: Cue, others: Sequence[Cue], quotes: Sequence[Quote]
) -> list[Span]:
    """The clause that "according to" speaks for: behind it, before it, or on both sides."""
    tokens = sentence.tokens
    first, last = cue.block
    while last + 1 < len(tokens) and tokens[last + 1].text in (")",):
        last += 1
    before = [t for t in tokens[:first] if t.pos not in ("PUNCT", "CCONJ")]
    if not before:
        nxt = last + 1
        if nxt < len(tokens) and tokens[nxt].text == ",":
            nxt += 1
        return _following(sentence, cue, nxt, others, quotes) if nxt < len(tokens) else []
    start = _clause_start(tokens, cue, first)
    stop = first
    while stop > start and tokens[stop - 1].text in (",", "—", "–", "(", "--"):
        stop -= 1
    spans = [(tokens[start].start, tokens[stop - 1].end)] if stop > start else []
    quote = next((q for q in quotes if q.end == tokens[stop - 1].end), None) if spans else None
    if quote is not None and quote.start < tokens[start].start:
        spans = [(quote.start, quote.end)]
    nxt = last + 1
    if nxt < len(tokens) and tokens[nxt].text == "," and not _clause(tokens[start:stop]):
        spans += _following(sentence, cue, nxt + 1, others, quotes)
    return spans


def _clause_start(tokens: Sequence[Token], cue: Cue, first: int) -> int:
    """Where the clause before a trailing "according to" begins."""
    start = 0
    while (
        start < first
        and tokens[start].pos in ("CCONJ", "PUNCT")
        and (tokens[start].text not in _OPENERS)
    ):
        start += 1
    for k in range(first - 2, start, -1):
        if tokens[k].text == ";":
            return k + 1
    return start


def paper(tokens: Sequence[Token]) -> bool:
    """Whether a phrase names a piece of writing that can itself "say" or "read"."""
    return sources.singular(sources.head_of(tokens).lower) in words("saying", "usage.papers")
