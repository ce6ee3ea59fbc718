"""Where a sentence says that somebody says something: the cue words and their sayer.

Finds verbs of saying with the phrase that speaks, "according to", and headline colons. Trees are
asked first; where they lost the sayer, the words beside the cue are. What is said is for `content`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from sayso.claims import sources
from sayso.claims.sayers import CLOSING, FINITE, final, sayer
from sayso.language.trees import Sentence, Token
from sayso.lexicon import table, words

_QUOTES = frozenset(["“", "”", '"', "''", "``"])


@dataclass(slots=True, eq=False)
class Cue:
    """One cue in one sentence.

    `sayer` is empty where nobody is named; `inverted` = "said the mayor"; `apart` = the sayer does
    not stand beside the cue; `kind` is the class of the cue in `saying.toml`; `form` is "verb",
    "according" or "colon"; `origin` speaks through
    the sayer, `relays` pass on what the sayer said; `antecedent` is what a sayer
    "who" stands for.
    """

    sentence: int
    token: Token
    words: list[Token]
    lemma: str
    kind: str
    form: str
    sayer: list[Token] = field(default_factory=list)
    hearer: list[Token] = field(default_factory=list)
    inverted: bool = False
    apart: bool = False
    negated: bool = False
    relays: list[list[Token]] = field(default_factory=list)
    antecedent: list[Token] = field(default_factory=list)
    origin: list[Token] = field(default_factory=list)
    rule: str = ""

    @property
    def block(self) -> tuple[int, int]:
        """First and last token index of cue, sayer and hearer where they stand together."""
        inside = [t.i for t in [*self.words, *self.hearer]]
        if not self.apart:
            inside += [t.i for t in self.sayer]
        return min(inside), max(inside)


@cache
def forms() -> dict[str, tuple[str, str]]:
    """Every inflected form of a cue verb -> (lemma, class)."""
    entry: dict[str, Any] = table("saying")
    found: dict[str, tuple[str, str]] = {}
    for name, lemmas in entry["verbs"].items():
        for lemma in lemmas:
            for form in entry["irregular"].get(lemma) or _inflect(lemma):
                found.setdefault(form, (lemma, name))
            found.setdefault(lemma, (lemma, name))
    return found


_LABEL = 6
"""Most words of a headline's label that names a sayer."""


def _inflect(lemma: str) -> list[str]:
    if lemma.endswith("e"):
        return [lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    tail = "es" if lemma.endswith(("sh", "ch", "ss", "x")) else "s"
    return [lemma + tail, lemma + "ed", lemma + "ing"]


def cues(sentence: Sentence, number: int) -> list[Cue]:
    """Every cue of the sentence, in text order."""
    tokens = sentence.tokens
    found: list[Cue] = []
    for token in tokens:
        if token.lower == "according":
            found += _according(tokens, token, number)
        elif token.lower in forms():
            cue = _verb(tokens, token, number)
            if cue:
                found.append(cue)
    found += _label(sentence, number)
    used = {t.i for c in found for t in c.words if t is not c.token}
    found = [c for c in found if c.token.i not in used]
    found.sort(key=lambda c: c.token.i)
    for left, cue in pairwise(found):
        _follow(tokens, cue, left)
    for cue, right in pairwise(found):
        if cue.token.i == 0 and cue.apart and not cue.sayer and not right.apart:
            cue.sayer, cue.antecedent = right.sayer, right.antecedent  # "Citing X, M reported"
    return [cue for cue in found if cue.sayer]


def _follow(tokens: Sequence[Token], cue: Cue, left: Cue) -> None:
    """Give ", adding that" the sayer of the cue before it, which the tree often misses."""
    verb = cue.token
    if verb.tag != "VBG" or verb.i == 0 or not cue.apart or left.form != "verb" or not left.sayer:
        return
    if tokens[verb.i - 1].text == "," and left.rule != "participle":
        cue.sayer, cue.antecedent, cue.rule = left.sayer, left.antecedent, "shared subject"


def _according(tokens: Sequence[Token], token: Token, number: int) -> list[Cue]:
    if token.i + 2 >= len(tokens) or tokens[token.i + 1].lower != "to":
        return []
    start = token.i + 2
    stop = start
    opened = 0
    quoted = False
    while stop < len(tokens) and stop - start < 40:
        text = tokens[stop].text
        if text == "-" and tokens[stop - 1].end < tokens[stop].start:
            break
        if text in _QUOTES and stop == start:
            quoted = True
        elif text in _QUOTES and quoted:
            quoted = False
            stop += 1
            continue
        if (
            opened == 0
            and not quoted
            and (
                text in (",", ";", ".", ")", ":", "—", "–", "--", "?")
                or (
                    text in CLOSING and stop > start and text != "-" and tokens[stop].pos == "PUNCT"
                )
            )
        ):
            break
        opened += (text == "(") - (text == ")")
        stop += 1
    sayer = list(tokens[start:stop])
    clause = next((n for n, t in enumerate(sayer) if t.tag in FINITE), 0)
    if clause and not any(t.tag in ("WP", "WDT", "WRB") for t in sayer[:clause]):
        sayer = sources.after(tokens, start) or sayer  # no mark parts it from the next clause
    while sayer and sayer[-1].pos == "PUNCT" and sayer[-1].text != ")":
        sayer.pop()
    if not sayer or tokens[start].lower in ("plan", "plans"):
        return []
    return [
        Cue(
            number,
            token,
            [token, tokens[token.i + 1]],
            "accord",
            "saying",
            "according",
            sayer,
            rule="according to",
        )
    ]


def _label(sentence: Sentence, number: int) -> list[Cue]:
    """The sayer that a headline or script names before its colon, or at its end: "13 dead: police".

    At the end only in the first line, and where that has no full stop: elsewhere it is a credit.
    """
    tokens = sentence.tokens
    low = [k for k, t in enumerate(tokens) if t.text == ":" and k and _free(tokens, k)]
    if low and low[0] <= _LABEL and _names_sayer(tokens[: low[0]]):
        k = low[0]
        return [_labelled(number, tokens[k], tokens[:k])]
    marks = [k for k, t in enumerate(tokens) if t.text in (":", "-", "–", "—") and _free(tokens, k)]
    if marks and marks[-1] > 2 and tokens[-1].text not in (".", "?", "!"):
        k = marks[-1]
        run = list(tokens[k + 1 :])
        if len(run) <= _LABEL and _names_sayer(run):
            return [_labelled(number, tokens[k], run)]
    return []


def _labelled(number: int, mark: Token, run: Sequence[Token]) -> Cue:
    return Cue(number, mark, [mark], mark.text, "saying", "colon", list(run), rule="headline")


def _free(tokens: Sequence[Token], k: int) -> bool:
    """Whether a mark stands free, not inside a word like "Port-Louis"."""
    return k + 1 < len(tokens) and tokens[k].end < tokens[k + 1].start


def _names_sayer(run: Sequence[Token]) -> bool:
    """Whether the words beside a headline's mark name a sayer and nothing else."""
    if not all(sources.nominal(t) or t.lower in ("of", "’s", "'s", "and") for t in run):
        return False
    if any(t.entity in ("LOC", "DATE") for t in run) and not sources.speaks(run):
        return False
    head = sources.singular(sources.head_of(run).lower)
    if head in words("saying", "labels.never"):
        return False
    return sources.speaks(run) or all(t.entity == "PERSON" for t in run)


def _verb(tokens: Sequence[Token], token: Token, number: int) -> Cue | None:
    lemma, kind = forms()[token.lower]
    if not _is_verb(tokens, token):
        return None
    cue = Cue(number, token, [token], lemma, kind, "verb")
    following = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
    particles = table("saying")["particles"].get(lemma)
    if particles and following is not None and following.lower in particles:
        cue.words.append(following)
    elif lemma in ("point", "refer", "appeal"):
        return None
    elif lemma == "call":
        cue.kind = "judging"
    if (
        lemma == "report"
        and following is not None
        and (
            (following.tag == "VBN" and following.relation != "amod")
            or following.lower in words("saying", "usage.fates")
        )
    ):
        return None  # "dozens reported killed": nobody speaks
    passive = bool(token.kid("aux:pass", "nsubj:pass")) and token.tag in ("VBN", "VBD")
    cue.negated = any(
        c.lower in ("not", "n't", "n’t", "never", "neither", "nor") for c in token.children
    ) or (token.relation == "xcomp" and token.head.lower in words("saying", "usage.refusing"))
    if passive:
        return _passive(tokens, cue)
    found = sayer(tokens, token, cue.words[-1].i, lemma)
    if found is None:
        if token.tag == "VBG" and (token.i == 0 or tokens[token.i - 1].text == ","):
            cue.apart, cue.rule = True, "shared subject"  # `_follow` looks for the sayer
            return cue
        return None
    cue.sayer, cue.rule, cue.antecedent = found.run, found.rule, found.antecedent
    if lemma == "quote" and token.tag != "VBG":
        return _quoting(tokens, cue)
    cue.inverted, cue.apart = found.inverted, found.apart
    for k in range(token.i - 1, max(token.i - 4, -1), -1):
        if tokens[k].lower not in words("saying", "usage.between") or tokens[k] in cue.sayer:
            break
        if tokens[k].pos in ("AUX", "PART"):
            cue.words.insert(0, tokens[k])
    if lemma in words("saying", "usage.hearer"):
        start = max(t.i for t in [*cue.words, *(cue.sayer if cue.inverted else [])]) + 1
        cue.hearer = sources.after(tokens, start, frozenset(["of", "'s"]))
        if cue.hearer and cue.hearer[-1].i + 1 < len(tokens):
            nxt = tokens[cue.hearer[-1].i + 1]
            if lemma != "tell" and nxt.tag in FINITE:
                cue.hearer = []  # "warned the attacks would go on": no hearer
    return cue


def _quoting(tokens: Sequence[Token], cue: Cue) -> Cue | None:
    """ "M quoted X as saying": X speaks, M passes it on; None without "as saying"."""
    begin = cue.words[-1].i + 1
    quoted = sources.after(tokens, begin)
    saying = _saying(tokens, begin)
    if not quoted or saying is None:
        return None
    cue.words.append(saying)
    cue.origin, cue.kind = quoted, "saying"
    return cue


def _saying(tokens: Sequence[Token], begin: int) -> Token | None:
    """The "saying" of "quoted ... as saying", soon after token `begin`."""
    near = tokens[begin : begin + 12]
    return next((t for t in near if t.lower in ("saying", "telling")), None)


def _is_verb(tokens: Sequence[Token], token: Token) -> bool:
    if token.lower in ("said", "says", "told") and token.relation != "amod":
        return True
    if token.pos not in ("VERB", "AUX") and not token.tag.startswith("VB"):
        return False
    if token.relation in ("amod", "compound", "case", "nmod", "flat"):
        return False
    if token.tag == "VBG" and token.relation in ("nsubj", "obj", "csubj"):
        return False
    if token.tag == "VBN" and token.relation == "acl" and not token.kid("nsubj"):
        return final(tokens, token)
    return True


def _passive(tokens: Sequence[Token], cue: Cue) -> Cue | None:
    """ "was reported by M", "X was quoted by M as saying"; None for "X was told"."""
    token = cue.token
    if cue.lemma in ("quote", "cite"):
        return _quoted(tokens, cue)
    agent = _agent(token)
    if agent is None or cue.lemma in words("saying", "usage.hearer"):
        return None
    cue.sayer = sources.phrase(agent, tokens, token.i + 1, len(tokens))
    cue.rule, cue.apart = "passive", True
    return cue


def _quoted(tokens: Sequence[Token], cue: Cue) -> Cue | None:
    """ "X was quoted by M as saying": X speaks, M passes it on; None without "as saying"."""
    token = cue.token
    subject = token.kid("nsubj:pass", "nsubj")
    saying = _saying(tokens, token.i + 1)
    if subject is None or subject.i > token.i or saying is None:
        return None
    cue.sayer = sources.phrase(subject, tokens, 0, token.i)
    cue.words = [token, saying]
    agent = _agent(token)
    if agent is not None and agent.i < saying.i:
        cue.relays = [sources.phrase(agent, tokens, token.i + 1, saying.i)]
    elif tokens[token.i + 1].lower in ("by", "in"):
        relay = sources.after(tokens, token.i + 2)
        cue.relays = [relay] if relay else []
    cue.kind, cue.rule = "saying", "quoted as saying"
    return cue


def _agent(verb: Token) -> Token | None:
    """The "by" phrase of a passive verb."""
    return verb.kid("obl:agent") or next(
        (c for c in verb.kids("obl") if c.i > verb.i and any(k.lower == "by" for k in c.children)),
        None,
    )
