"""Where content behind a cue begins and ends.

Steps over what may stand between a cue and what is said ("said in a statement on Monday that"),
then finds the end of the paraphrase: at the next saying of the same or a covering sayer, at the
sayer's next deed, or at the end of the sentence. Which side of the cue to look on is for `content`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso import lexicon
from sayso.claims.attribution import noun_phrases
from sayso.claims.attribution.cue import Cue, upholds
from sayso.claims.attribution.quotes import Quote
from sayso.claims.attribution.sayers import CLOSING
from sayso.language.grammar import features
from sayso.language.trees import Sentence, Token

Span = tuple[int, int]
"""Document offsets of the first character and past the last one."""

_CLOSERS = frozenset([".", ",", ";", ":", "—", "–"])
OPENERS = frozenset(["“", '"', "''", "``", "‘", "«", "”"])
_WINDOW = 14
"""Words behind a cue in which its "that" or its quotation must begin."""

_ADJUNCT = ("ADP", "SCONJ", "ADJ", "DET")
"""What an adjunct of a cue begins with."""

_HEDGES = 4
_HEDGING = frozenset(["ADV", "ADP", "ADJ", "DET", "SCONJ"])
"""How many words, and of what sort, may stand before a number: "at no more than"."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One cue where it stands: its sentence, the other cues there, and the quotations around."""

    sentence: Sentence
    cue: Cue
    cues: Sequence[Cue]
    quotes: Sequence[Quote]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words of the sentence."""
        return self.sentence.tokens

    def opens(self, k: int) -> Quote | None:
        """The quotation that opens at token `k`."""
        if k >= len(self.tokens):
            return None
        return next((q for q in self.quotes if q.start == self.tokens[k].start), None)

    def around(self, token: Token) -> Quote | None:
        """The quotation in which a token lies, its marks included."""
        return next((q for q in self.quotes if q.holds(token.start, token.end)), None)


def has_clause(tokens: Sequence[Token]) -> bool:
    """Whether a stretch has a finite verb of its own."""
    return any(features.is_finite(t) for t in tokens)


def skip(tokens: Sequence[Token], k: int) -> int:
    """Index after the adjuncts of a cue: days, "in a statement", "to reporters"."""
    while k < len(tokens):
        token = tokens[k]
        if (
            token.entity == "DATE"
            or (
                token.pos == "ADV"
                and "Degree=Cmp" not in token.feats
                and not features.is_interrogative(token)
            )
            or token.lower in tokens[0].words("saying", "usage.times")
        ):
            k += 1
        elif token.pos in _ADJUNCT and token.lower in tokens[0].words("saying", "usage.placing"):
            stop = k + 1
            while stop < len(tokens) and not (
                (tokens[stop].pos == "PUNCT" and tokens[stop].text not in ("-", "’", "'"))
                or features.is_finite(tokens[stop])
                or features.is_word(tokens[stop], "clause")
            ):
                stop += 1
            if stop < len(tokens) and features.is_finite(tokens[stop]):
                return k
            k = stop
        else:
            return k
    return k


def start(scene: Scene, k: int) -> int | None:
    """Index of the token at which content behind the cue begins, looking from token `k` on.

    None when the cue introduces nothing there.
    """
    sentence, tokens, lemma = scene.sentence, scene.tokens, scene.cue.lemma
    if k >= len(tokens):
        return None
    if scene.opens(k):
        return k
    j = skip(tokens, k)
    if j < len(tokens) and tokens[j].text in (",", ":", "—", "–"):
        return _behind_mark(scene, j)
    if lemma in sentence.words("saying", "usage.only_quote"):
        return None
    if lemma in lexicon.saying(sentence.language).usage.short or _number_alone(tokens, k):
        return k
    if upholds(scene.cue.token) is not None:
        return k
    complement = _complement(scene.cue, k - 1)
    that = _that(tokens, k)
    if that is not None and (complement is None or that <= max(complement, j)):
        return that
    quote = next((t.i for t in tokens[k : k + _WINDOW] if scene.opens(t.i)), None)
    if complement is not None:
        if quote is not None and j <= quote < complement:
            return quote
        return j if complement < j < len(tokens) and tokens[j].pos != "PUNCT" else complement
    if lemma in sentence.words("saying", "usage.manner"):
        return quote if quote in (k, j) else None  # "cried as police fired"
    bare = lemma in sentence.words("saying", "usage.only_clause")
    if bare and len(scene.cue.words) > 1 and features.is_gerund(tokens[k]):
        return k  # "boasted of killing"
    if quote is not None and (quote in (k, j) or bare):
        return quote
    clause = lemma in sentence.words("saying", "usage.bare_clause")
    if j < len(tokens) and clause and has_clause(tokens[j:]):
        return j
    adjunct = j < len(tokens) and tokens[j].lower in sentence.words("saying", "phrase.adjuncts")
    if bare and not (adjunct and lemma not in sentence.words("saying", "usage.going_on")):
        return None
    if j < len(tokens) and tokens[j].pos == "PUNCT" and tokens[j].text not in OPENERS:
        return None
    objects = scene.cue.token.kid("obj", "xcomp", "obl", "ccomp", "advcl")
    return k if objects or noun_phrases.nominal(tokens[k]) else None


def amount(tokens: Sequence[Token], k: int) -> int | None:
    """Index of the number that begins at token `k`, after hedges; None where none does."""
    number = next((t for t in tokens[k : k + _HEDGES] if t.pos == "NUM"), None)
    if number is None or any(t.pos not in _HEDGING for t in tokens[k : number.i]):
        return None
    return number.i


def _number_alone(tokens: Sequence[Token], k: int) -> bool:
    """Whether a number alone is said at token `k`: "the charity said 27"."""
    number = amount(tokens, k)
    return number is not None and (number + 1 >= len(tokens) or tokens[number + 1].pos == "PUNCT")


def _behind_mark(scene: Scene, j: int) -> int | None:
    """The same where a comma, colon or dash at token `j` parts the cue from what is said."""
    tokens, cue = scene.tokens, scene.cue
    after = j + 1
    if after >= len(tokens):
        return None
    if tokens[j].text == ":" or scene.opens(after):
        return after
    if tokens[j].text != ",":
        return None
    verb = cue.token
    if cue.lemma in verb.words("saying", "usage.only_quote"):
        return None
    # "said, however, that", "said, after the raid, that": a clause still follows.
    behind = _complement(cue, j)
    if behind is None and any(c.is_citing and c.token.i == after for c in scene.cues):
        behind = _that(tokens, after)  # "said, citing a source at the port, that"
    return behind


def _that(tokens: Sequence[Token], k: int) -> int | None:
    """Index of the "that" of a content clause that begins soon after token `k`."""
    for n in range(k, min(k + _WINDOW, len(tokens))):
        opens = tokens[n].lower in tokens[0].words("saying", "phrase.content")
        if opens and tokens[n].pos in ("SCONJ", "PRON"):
            return n
        if features.is_finite(tokens[n]):
            return None
    return None


def _complement(cue: Cue, after: int) -> int | None:
    """Index at which the clause that the tree hangs on the verb begins, right of `after`."""
    for child in cue.token.children:
        if child.i <= after or child.relation not in ("ccomp", "xcomp", "parataxis"):
            continue
        if child.relation == "parataxis" and child.pos not in ("VERB", "AUX", "ADJ", "NOUN"):
            continue
        whole = next((o for o in cue.token.kids("obj") if after < o.i < child.i), None)
        if child.relation == "parataxis" and whole is not None and not has_clause(child.subtree()):
            return whole.subtree()[0].i  # "have counted seven dead, four of them civilians"
        below = [t for t in child.subtree() if t.i > after and t.pos != "PUNCT"]
        if below:
            return below[0].i
    return None


def following(scene: Scene, first: int) -> list[Span]:
    """What is said from token `first` on, to where the paraphrase or quotation ends."""
    tokens, sentence = scene.tokens, scene.sentence
    opened = scene.opens(first)
    if opened is not None and (
        opened.end >= sentence.end or opened.last > opened.sentence or _stops(tokens, opened)
    ):
        return [(opened.start, opened.end)]
    stop = len(tokens)
    for other in scene.cues:
        if other is not scene.cue and other.token.i > first and not scene.around(other.token):
            stop = min(stop, _cut(scene, other, first, stop))
    stop = min(stop, _own_next(scene, first, stop))
    if scene.cue.rule == "relative-clause" and scene.cue.token.relation == "acl":
        stop = min(stop, scene.cue.token.subtree()[-1].i + 1)
    around = scene.around(scene.cue.token)
    if around is not None:
        # A cue inside a quotation says nothing beyond it.
        while stop > first and tokens[stop - 1].end > around.end:
            stop -= 1
    while stop > first and (tokens[stop - 1].text in _CLOSERS or tokens[stop - 1].pos == "CCONJ"):
        stop -= 1
    if stop <= first:
        return []
    end = tokens[stop - 1].end
    if around is None:
        low = tokens[first].start
        end = next((q.end for q in scene.quotes if low < q.start < end < q.end), end)
    return [(tokens[first].start, end)]


def _stops(tokens: Sequence[Token], quote: Quote) -> bool:
    """Whether a quotation ends in a stop, so that what follows it is no part of the clause."""
    inside = [t for t in tokens if t.start >= quote.start and t.end <= quote.end]
    return len(inside) > 2 and inside[-2].text in (".", ",", "?", "!", "…")


def _cut(scene: Scene, other: Cue, first: int, stop: int) -> int:
    """Index at which another cue ends this one's content, or `stop`."""
    tokens, cue = scene.tokens, scene.cue
    low, high = other.block
    left = low - 1
    if left <= first:
        return stop
    if cue.apart and cue.token.i == 0 and not other.apart:
        return left  # "Noting the cold, the mayor said ..."
    if tokens[left].text == "," and _below(cue.token, other.token):
        return left  # "hours after the army said that ..., residents said"
    over = next((k for k in range(low - 1, first, -1) if tokens[k].text == ";"), None)
    if over is not None and scene.around(tokens[over]) is None:
        return over  # "the ministry said ...; 14, the rebels said"
    if other.form == "short":
        return other.sayer[0].i - 1
    if other.form == "according":
        if inserted(scene, other):
            return stop
        tail = high + 1 >= len(tokens) or tokens[high + 1].pos == "PUNCT"
        return left if tokens[left].text == "," and tail else stop
    if other.rule == "shared-subject":
        if not {t.i for t in other.sayer} & {t.i for t in cue.sayer}:
            return stop
        while left > first and (
            tokens[left].pos in ("CCONJ", "PUNCT", "ADV", "AUX", "SCONJ")
            and tokens[left].text not in CLOSING - {",", "—"}
        ):
            left -= 1
        return left + 1
    if other.rule in ("participle", "relative-clause", "passive"):
        return stop
    right = skip(tokens, high + 1)
    ends = right >= len(tokens) or tokens[right].text in (".", ";") or _trails(scene, right)
    if tokens[left].text == "," and ends and not features.is_gerund(other.token):
        return left  # "police said that ..., the agency reported": the second covers the first
    joined = other.token.relation == "conj" and cue.token in list(other.token.ancestors())[:2]
    if tokens[left].lower in other.token.words("saying", "phrase.parting") and (
        joined or tokens[left - 1].text == ","
    ):
        return left
    return stop


def _below(verb: Token, main: Token) -> bool:
    """Whether a verb is that of a clause which a conjunction ties to the main one ("after")."""
    path = [verb, *verb.ancestors()]
    under = path[: path.index(main)] if main in path else []
    if not under or under[-1].relation != "advcl":
        return False
    clause = under[-1]
    return clause.kid("mark") is not None or any(
        map(features.is_interrogative, clause.kids("advmod"))
    )


def _trails(scene: Scene, comma: int) -> bool:
    """Whether the comma at that index only parts two cues: "..., A told B, C reported"."""
    behind = [c for c in scene.cues if c.block[0] == comma + 1]
    for cue in behind if scene.tokens[comma].text == "," else ():
        said = cue.form == "according" or (cue.sayer and not cue.apart and not cue.inverted)
        ends = all(t.pos == "PUNCT" for t in scene.tokens[cue.block[1] + 1 :][:1])
        if cue.is_citing or (said and ends):
            return True
    return False


def inserted(scene: Scene, cue: Cue) -> bool:
    """Whether "according to X" stands between commas inside a clause that goes on behind it."""
    tokens = scene.tokens
    first, last = cue.block
    if not 1 < first <= last + 2 < len(tokens):
        return False
    if tokens[first - 1].text != "," or tokens[last + 1].text != ",":
        return False
    goes_on = features.is_finite(tokens[last + 2]) or tokens[last + 2].pos == "AUX"
    return goes_on or tokens[first - 2].lower in cue.token.words("saying", "phrase.content")


def _own_next(scene: Scene, first: int, stop: int) -> int:
    """Index at which the sayer's next deed ends the content: "said that ... and left"."""
    for child in scene.cue.token.kids("conj"):
        if not first < child.i < stop or child.pos != "VERB":
            continue
        begin = child.subtree()[0].i
        if begin <= first:
            continue
        if child.kid("nsubj") is None or scene.tokens[begin - 1].text == ",":
            return begin
    return stop
