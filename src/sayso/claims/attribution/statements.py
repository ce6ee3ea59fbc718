"""On whose say-so: every statement of saying in a document, and the chain behind a claim.

Joins the cues of `cues`, the stretches of `content`, the quotations of `quotes` and the names of
`coreference`. `sayings` reads a document once; `say_so` answers for one claim; `attributions` gives
the outermost ones for the record. It never judges whether what is said is true.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from sayso.claims.attribution import back, chains, cues
from sayso.claims.attribution.content import content
from sayso.claims.attribution.coreference import Memory
from sayso.claims.attribution.cue import Cue
from sayso.claims.attribution.extent import Span
from sayso.claims.attribution.quotes import Quote, quotations
from sayso.language.grammar.features import is_past, is_word
from sayso.language.trees import Sentence
from sayso.records import Attribution, Basis, Source

_OPENING = 6
"""Words in which a sentence must say that it counts on."""

_VOUCHES = frozenset(["saying", "reporting", "writing", "finding"])
_CARRIES = frozenset(["saying", "reporting", "writing", "finding", "denying", "accusing", "asking"])
"""Classes of cue by which a claim is on the sayer's word; judging is not one."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement of saying.

    `source` is the whole phrase of the sayer, `cue` the words of saying, `content` what is said,
    all in document offsets; `sources` the chain that it gives, origin first; `kind` the class of
    the cue in `saying.toml`; `sentence` and `paragraph` where the cue stands; `negated` = "did not
    say"; `deed` = saying so is itself an act, as to urge, to threaten; `carried` = what stands
    beside it and is said with it, as sentences that count on ("of these, ...") and what "this" is;
    `rule` what found it; `words` the words of saying one by one, with those by which the sayer
    cites others.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    sources: tuple[Source, ...]
    kind: str
    rule: str
    sentence: int
    paragraph: int
    negated: bool = False
    deed: bool = False
    carried: tuple[Span, ...] = ()
    words: tuple[Span, ...] = ()

    @property
    def size(self) -> int:
        """How many characters are said."""
        return sum(end - start for start, end in (*self.content, *self.carried))


@dataclass(frozen=True, slots=True)
class SaySo:
    """Who stands behind one claim: the chain, how it was found, and the rule that found it.

    `cues` are the offsets of the words of saying behind the chain, in text order; `denied` are
    those who say in the same breath that what the chain says is not so.
    """

    sources: tuple[Source, ...] = ()
    basis: Basis = "outlet"
    rule: str = "nobody"
    kind: str = ""
    cues: tuple[Span, ...] = ()
    denied: tuple[SaySo, ...] = ()


def sayings(sentences: Sequence[Sentence]) -> list[Saying]:
    """Every statement of saying in the document, nested ones too, in the order of their cues."""
    quotes = quotations(sentences)
    memory = Memory(sentences)
    found: list[Saying] = []
    for number, sentence in enumerate(sentences):
        here = [q for q in quotes if q.sentence <= number <= q.last + 1]
        near = cues.cues(sentence, number)
        told: list[tuple[Cue, list[Span], tuple[Span, ...]]] = []
        above = sentences[number - 1] if number else None
        if above is not None and above.paragraph != sentence.paragraph:
            above = None
        for cue in near:
            spans = content(sentence, cue, near, here, above)
            carried: tuple[Span, ...] = ()
            if spans and back.points_back(cue, sentence.tokens):
                earlier = _said_last(found, told, number if above is None else number - 1)
                spoken = any(s.sentence == number - 1 for s in found)
                carried = back.said_before(cue, earlier, spoken, above)
                cue.rule = back.RULE
            if spans:
                told.append((cue, spans, carried))
        voices = [c for c, _, _ in told if not c.is_citing]
        for cue, spans, carried in told:
            if cue.is_citing and voices:
                continue  # it names no saying of its own, only a source of another
            found.append(
                Saying(
                    sentence.cover(cue.sayer) if cue.sayer else None,
                    None if cue.model else sentence.cover(cue.words),
                    tuple(spans),
                    chains.chain(cue, near, sentence.tokens, memory, number),
                    cue.kind,
                    cue.rule,
                    number,
                    sentence.paragraph,
                    cue.negated,
                    cue.lemma in sentences[0].words("saying", "usage.deeds"),
                    carried,
                    words=_spans(sentence, [cue.model or cue, *chains.citing(cue, near)]),
                )
            )
    return _counting_on(_run_on(found, sentences, quotes, memory), sentences)


def _said_last(
    found: Sequence[Saying], told: Sequence[tuple[Cue, list[Span], tuple[Span, ...]]], first: int
) -> tuple[Span, ...]:
    """What is said last, in this sentence, else in sentence `first` or after it."""
    for cue, spans, _ in reversed(told):
        if cue.kind in _VOUCHES:
            return tuple(spans)
    for saying in reversed(found):
        if saying.sentence >= first and saying.kind in _VOUCHES:
            return saying.content
    return ()


def _spans(sentence: Sentence, cues: Sequence[Cue]) -> tuple[Span, ...]:
    """Where the words of cues stand, neighbours together: "quoted", "as saying"."""
    found: list[Span] = []
    for token in sorted({t.i: t for cue in cues for t in cue.words}.values(), key=lambda t: t.i):
        if found and not sentence.quote(found[-1][1], token.start).strip():
            found[-1] = (found[-1][0], token.end)
        else:
            found.append((token.start, token.end))
    return tuple(found)


def _run_on(
    found: list[Saying], sentences: Sequence[Sentence], quotes: Sequence[Quote], memory: Memory
) -> list[Saying]:
    """The sayings with the quotations that go on: next sentences, next paragraphs."""
    result = list(found)
    for index, quote in enumerate(quotes):
        sentence = sentences[quote.sentence]
        within = quote.words < 3 or quote.start > sentence.tokens[0].start + 1
        if within or any(
            a < quote.end and quote.start < b
            for s in result
            if s.cue is None or not quote.holds(*s.cue)
            for a, b in s.content
        ):
            continue
        owner = _owner(result, quotes, index)
        if owner is not None:
            saying = result[owner]
            result[owner] = replace(saying, content=(*saying.content, (quote.start, quote.end)))
        elif quote.end == sentence.end or quote.last > quote.sentence:
            result += _after_speaker(quote, sentences, memory)
    return result


def _after_speaker(quote: Quote, sentences: Sequence[Sentence], memory: Memory) -> list[Saying]:
    """A quotation that is a sentence of its own, right after one about the person who speaks."""
    above = sentences[quote.sentence - 1] if quote.sentence else None
    if above is None or above.paragraph != quote.paragraph:
        return []
    speaker = memory.about(quote.sentence - 1)
    if speaker is None:
        return []
    named, run = speaker
    return [
        Saying(
            above.cover(run),
            None,
            ((quote.start, quote.end),),
            (Source(text=named.text, kind=named.kind, role="origin"),),
            "saying",
            "quotation-behind",
            quote.sentence - 1,
            quote.paragraph,
        )
    ]


def _counting_on(found: Sequence[Saying], sentences: Sequence[Sentence]) -> list[Saying]:
    """The sayings with the sentence beside them that goes on with their count.

    "Ninety were hurt. Of these, 12 were children, the clinic said", and the other way round: "the
    clinic said 90 were hurt. Twelve of them were children". Only within a paragraph, and only where
    that sentence has no saying of its own.
    """
    spoken = {s.sentence for s in found}
    result = []
    for saying in found:
        here = sentences[saying.sentence]
        above, below = (
            [s for s in sentences[max(n, 0) : n + 1] if s.paragraph == here.paragraph]
            if n not in spoken
            else []
            for n in (saying.sentence - 1, saying.sentence + 1)
        )
        first, vouched = saying.content[0][0], saying.kind in _VOUCHES
        numbers = [t.start for t in here.tokens if t.pos == "NUM"]
        counted = vouched and any(a <= n < b for n in numbers for a, b in saying.content)
        goes_on = [s for s in above if first == here.start and _counts_on(here)]
        goes_on += [s for s in below if counted and _counts_on(s)]
        carried = (*saying.carried, *((s.start, s.end) for s in goes_on))
        result.append(replace(saying, carried=carried))
    return result


def _counts_on(sentence: Sentence) -> bool:
    """Whether a sentence opens with a part of what was counted: "of these", "twelve of them"."""
    low = [t.lower for t in sentence.tokens[:_OPENING]]
    first = next((n for n, t in enumerate(sentence.tokens[:_OPENING]) if t.pos == "NUM"), 0)
    openings = sentence.words("saying", "usage.counting_on")
    if any(" ".join(low[:n]) in sentence.words("saying", "usage.counting_further") for n in (1, 2)):
        # "A further seven had died": told in the past of the past, as what was said is.
        return any(is_past(t) and t.dep == "aux" and is_word(t, "perfect") for t in sentence.tokens)
    return any(" ".join(low[n : n + 2]) in openings for n in {0, first + 1 if first else 1})


def _owner(result: Sequence[Saying], quotes: Sequence[Quote], index: int) -> int | None:
    """Index of the saying whose quotation the one at `index` continues."""
    quote, previous = quotes[index], quotes[index - 1] if index else None
    goes_on = previous and previous.open and quote.paragraph == previous.paragraph + 1
    for n in range(len(result) - 1, -1, -1):
        saying = result[n]
        if saying.cue is None or saying.cue[0] > quote.start:
            continue
        if any(q.words > 3 and q.holds(*saying.cue) for q in quotes):
            continue
        ends = saying.content[-1][1]
        if goes_on and previous is not None and previous.start <= ends <= previous.end:
            return n
        same = saying.paragraph == quote.paragraph and quote.sentence - saying.sentence <= 3
        quoted = any(q.end == end for q in quotes for _, end in saying.content)
        adjoining = previous is None or saying.cue[0] > previous.start or previous.end <= ends
        if same and adjoining and (quoted or quote.sentence == saying.sentence + 1):
            if quoted or saying.rule != "relative-clause":
                return n
            continue  # "..., said Tarn, who accused the guards. “...”": Tarn goes on
        return None
    return None


def attributions(found: Iterable[Saying]) -> tuple[Attribution, ...]:
    """The outermost sayings as they go on record: none whose cue lies in what another one says."""
    found = list(found)
    spans = sorted((a, b, n) for n, s in enumerate(found) for a, b in s.content)
    # Of what begins up to there, what reaches farthest, and the farthest that another says.
    reach: list[tuple[int, int, int]] = []
    first, by, second = -1, -1, -1
    for _, end, n in spans:
        if n == by:
            first = max(first, end)
        elif end > first:
            first, by, second = end, n, first
        else:
            second = max(second, end)
        reach.append((first, by, second))
    outer: list[Attribution] = []
    for n, s in enumerate(found):
        if s.cue is None:
            continue
        at = bisect_right(spans, s.cue[0], key=itemgetter(0))
        first, by, second = reach[at - 1] if at else (-1, -1, -1)
        if (second if by == n else first) < s.cue[1]:
            outer.append(Attribution(source=s.source, cue=s.cue, content=s.content))
    return tuple(outer)


def say_so(
    found: Sequence[Saying],
    sentences: Sequence[Sentence],
    start: int,
    end: int,
    outlet: str | None,
) -> SaySo:
    """The chain behind the claim whose evidence is [start, end).

    Stated when the cue stands in the claim's own sentence, inherited when a quotation runs on from
    another one; otherwise it is the outlet's own word. The outlet itself is no link of any chain.
    """
    here = [n for n, s in enumerate(sentences) if s.start < end and start < s.end]
    holders = sorted(
        (s for s in found if s.kind in _CARRIES and not s.negated and _holds(s, start, end)),
        key=lambda s: (s.size, s.kind == "denying", s.cue or (0, 0)),
    )
    contrary = [n for n, s in enumerate(holders) if _denies(s, holders[:n])]
    denials = (_chain([holders[n], *_over(holders, n)], here, outlet) for n in contrary)
    agreed = [s for n, s in enumerate(holders) if n not in contrary]
    denied = tuple(d for d in denials if d.sources)
    said = _chain(agreed, here, outlet)
    # Who "withdrew his statement that" says it no more.
    taken_back = (d for d in denied if said.sources and d.sources[0].text == said.sources[0].text)
    return next(taken_back, replace(said, denied=denied))


def _denies(saying: Saying, inner: Sequence[Saying]) -> bool:
    """Whether somebody denies by it what others say: "the army's claim was rejected by rebels"."""
    if saying.kind != "denying":
        return False
    return saying.rule == back.RULE or any(s.sources and s.kind in _VOUCHES for s in inner)


def _over(holders: Sequence[Saying], n: int) -> list[Saying]:
    """Those of the sayings in which the words of the n-th are themselves said."""
    cue = holders[n].cue
    return [s for s in holders[n + 1 :] if cue and any(a <= cue[0] < b for a, b in s.content)]


def _chain(holders: Sequence[Saying], here: Sequence[int], outlet: str | None) -> SaySo:
    """The chain of those sayings, the innermost first, for a claim in the sentences `here`."""
    chain: list[Source] = []
    for saying in holders:
        for link in saying.sources:
            if not _is_outlet(link.text, outlet) and all(
                link.text.lower() != c.text.lower() for c in chain
            ):
                further = link.role if saying is holders[0] else "relay"
                role = further if chain else "origin"
                chain.append(Source(text=link.text, kind=link.kind, role=role))
    if not chain:
        return SaySo(kind=holders[0].kind if holders else "")
    stated = any(s.sentence in here for s in holders)
    return SaySo(
        tuple(chain),
        "stated" if stated else "inherited",
        holders[0].rule,
        holders[0].kind,
        tuple(sorted({span for s in holders if s.sources for span in s.words})),
    )


def _holds(saying: Saying, start: int, end: int) -> bool:
    """Whether most of [start, end), the words of saying themselves set aside, is what is said.

    Where the saying is itself the deed that the claim tells of ("urged the crowd to go"), the
    claim is on the word of others.
    """
    said = [(a, b) for a, b in (*saying.content, *saying.carried) if a < end and start < b]
    if not said:
        return False
    inside = sum(min(end, b) - max(start, a) for a, b in said)
    marks = [span for span in (saying.source, saying.cue) if span is not None]
    low, high = min((a for a, _ in marks), default=end), max((b for _, b in marks), default=end)
    if saying.deed and start <= low <= end and saying.cue and saying.cue[1] <= end:
        return False
    if saying.deed and saying.cue and abs(saying.cue[0] - start) <= 1:
        return False
    if saying.rule == "noun" and start < low and high < end:
        return False  # "the rebels rejected the army's claim that ..." is no claim of the army's
    aside = max(0, min(end, high) - max(start, low))
    return 2 * inside > end - start - aside and inside > 0


def _is_outlet(name: str, outlet: str | None) -> bool:
    """Whether a name is the publishing outlet's own: the same words, or its web address."""
    if not outlet:
        return False
    mine = _squeeze(outlet.removeprefix("www.").rsplit(".", 1)[0] if "." in outlet else outlet)
    theirs = _squeeze(name)
    return bool(theirs) and theirs in (mine, _squeeze(outlet), mine.removeprefix("the"))


def _squeeze(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
