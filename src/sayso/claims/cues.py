"""Where a sentence says that somebody says something: the cue words and their sayer.

Finds verbs of saying with the phrase that speaks, "according to", and headline colons. Trees are
asked first; where they lost the sayer, the words beside the cue are. What is said is for `content`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sayso.claims import sources
from sayso.language.trees import Sentence, Token
from sayso.lexicon import table, words

CLOSING = frozenset([",", "”", '"', "''", "’", "'", "?", "!", "—", "–", "--", "-", "“", "``", "»"])
_QUOTES = frozenset(["“", "”", '"', "''", "``"])
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])


@dataclass(slots=True, eq=False)
class Cue:
    """One cue in one sentence.

    `first` and `last` are the token indexes between which cue, sayer and hearer stand together
    (the block); `sayer` is empty where nobody is named; `inverted` = "said the mayor"; `kind` is
    the class of the cue in `saying.toml`; `form` is "verb", "according", "colon" or "dash".
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
    negated: bool = False
    passive: bool = False
    relays: list[list[Token]] = field(default_factory=list)
    antecedent: list[Token] = field(default_factory=list)
    rule: str = ""

    @property
    def first(self) -> int:
        """Index of the first token of the block."""
        near = [t.i for t in [*self.words, *self.near]]
        return min(near)

    @property
    def last(self) -> int:
        """Index of the last token of the block."""
        return max(t.i for t in [*self.words, *self.near, *self.hearer])

    @property
    def near(self) -> list[Token]:
        """The sayer if it stands beside the cue: nothing but adverbs and commas between."""
        return self.sayer if self.sayer and _beside(self) else []


def _beside(cue: Cue) -> bool:
    if cue.form != "verb" or cue.rule in ("shared subject", "participle"):
        return cue.form != "verb"
    return True


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
    return sorted(found, key=lambda c: c.token.i)


def _according(tokens: Sequence[Token], token: Token, number: int) -> list[Cue]:
    if token.i + 2 >= len(tokens) or tokens[token.i + 1].lower != "to":
        return []
    start = token.i + 2
    stop = start
    opened = 0
    quoted = False
    while stop < len(tokens) and stop - start < 40:
        text = tokens[stop].text
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
    passive = bool(token.kid("aux:pass", "nsubj:pass")) and token.tag in ("VBN", "VBD")
    cue.negated = any(
        c.lower in ("not", "n't", "n’t", "never", "neither", "nor") for c in token.children
    ) or token.head.lower in ("declined", "refused", "declines", "refuses", "failed")
    if passive:
        return _passive(tokens, cue)
    if not _find_sayer(tokens, cue):
        return None
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
            if lemma != "tell" and nxt.tag in _FINITE:
                cue.hearer = []  # "warned the attacks would go on": no hearer
    return cue


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
        return _final(tokens, token)
    return True


def _final(tokens: Sequence[Token], token: Token) -> bool:
    """Whether the words show "..., NP reported" at the end of a sentence or clause."""
    run = sources.before(tokens, _left(tokens, token))
    if not run or run[0].i == 0 or tokens[run[0].i - 1].text not in CLOSING:
        return False
    nxt = token.i + 1
    return nxt >= len(tokens) or tokens[nxt].pos == "PUNCT" or tokens[nxt].entity == "DATE"


def _left(tokens: Sequence[Token], token: Token) -> int:
    """Index of the last word before the verb that is neither adverb nor auxiliary."""
    k = token.i - 1
    while (
        k >= 0
        and (tokens[k].lower in words("saying", "usage.between") or tokens[k].tag == "RB")
        and (tokens[k].tag != "POS")
    ):
        k -= 1
    return k


def _find_sayer(tokens: Sequence[Token], cue: Cue) -> bool:
    """Fill in who speaks; False when the verb turns out to have no speaker of its own."""
    token = cue.token
    high = min(t.i for t in cue.words)
    subject = _nearest(token)
    k = _left(tokens, token)
    run = sources.before(tokens, k) if k >= 0 else []
    opened = run and (run[0].i == 0 or tokens[run[0].i - 1].pos in ("PUNCT", "CCONJ", "SCONJ"))
    if _is_inverted(tokens, cue, subject):
        return True
    if subject is not None and subject.i < high:
        if subject.tag in ("WP", "WDT") or subject.lower == "that":
            cue.sayer, cue.rule = [subject], "relative clause"
            if token.relation == "acl":
                cue.antecedent = sources.phrase(token.head, tokens, 0, subject.i)
            return True
        cue.sayer = sources.phrase(subject, tokens, 0, high)
        if run and subject not in run and opened and run[0].i > cue.sayer[-1].i:
            # The tree's subject stands off; a whole phrase stands right beside the verb.
            cue.sayer = run
        elif run and subject in run and run[0].i < cue.sayer[0].i:
            cue.sayer = [*run[: [t.i for t in run].index(cue.sayer[0].i)], *cue.sayer]
        if run and subject in run and run[-1].i > cue.sayer[-1].i:
            cue.sayer = [*cue.sayer, *[t for t in run if t.i > cue.sayer[-1].i]]
        cue.rule = "subject"
        return True
    if run and opened and token.tag not in ("VBG", "VB"):
        cue.sayer, cue.rule = run, "phrase beside the verb"
        return True
    return _shared(tokens, cue)


def _nearest(token: Token) -> Token | None:
    """The subject that stands nearest to the verb, left ones first."""
    found = [c for c in token.kids("nsubj") if c.dep != "nsubj:pass" and c.dep != "nsubj:outer"]
    left = [c for c in found if c.i < token.i]
    if left:
        return left[-1]
    return found[0] if found else None


def _is_inverted(tokens: Sequence[Token], cue: Cue, subject: Token | None) -> bool:
    """Fill in the sayer of "..., said the mayor"; False where that is not how it reads."""
    token = cue.token
    nxt = cue.words[-1].i + 1
    if token.tag in ("VBG", "VB", "VBN") and not (token.tag == "VBN" and token.lower == "said"):
        return False
    if nxt >= len(tokens) or tokens[nxt].entity == "DATE" or not sources.nominal(tokens[nxt]):
        return False
    if cue.lemma not in words("saying", "usage.inverting"):
        return False
    prior = tokens[token.i - 1] if token.i else None
    if prior is not None and prior.text not in CLOSING:
        return False
    if subject is not None and subject.i < token.i and tokens[subject.i].i != token.i - 1:
        return False
    run = sources.after(tokens, nxt, frozenset(["of", "for", "from", "in", "at", "with"]))
    if subject is not None and subject.i > token.i:
        whole = sources.phrase(subject, tokens, token.i + 1, len(tokens))
        run = whole if whole[0].i <= nxt + 1 and len(whole) >= len(run) else run
    elif prior is None:
        return False
    if not run:
        return False
    run = _apposed(tokens, run)
    stop = run[-1].i + 1
    if run[0].tag == "PRP" and stop < len(tokens) and tokens[stop].pos != "PUNCT":
        return False
    ends = stop >= len(tokens) or tokens[stop].pos in ("PUNCT", "ADP", "SCONJ", "PRON", "VERB")
    dated = stop < len(tokens) and tokens[stop].entity == "DATE"
    if not (ends or dated) and prior is not None and prior.text == ",":
        return False
    if stop < len(tokens) and tokens[stop].tag in _FINITE:
        return False
    cue.sayer, cue.inverted, cue.rule = run, True, "said X"
    return True


def _apposed(tokens: Sequence[Token], run: list[Token]) -> list[Token]:
    """The phrase with the description set off behind it: ", a spokeswoman for the port"."""
    stop = run[-1].i + 1
    while (
        stop + 1 < len(tokens)
        and tokens[stop].text == ","
        and run[0].tag != "PRP"
        and (tokens[stop + 1].tag in ("DT", "CD", "PRP$", "NN", "NNP", "JJ", "NNS"))
    ):
        more = sources.after(tokens, stop + 1)
        if not more or more[-1].i + 1 >= len(tokens):
            break
        end = more[-1].i + 1
        if tokens[end].tag in _FINITE or tokens[stop + 1].entity == "DATE":
            break
        run = [*run, tokens[stop], *more]
        stop = end
    return run


def _shared(tokens: Sequence[Token], cue: Cue) -> bool:
    """Fill in a sayer that the verb shares with the clause it hangs on."""
    token = cue.token
    seen: Token = token
    for above in token.ancestors():
        if seen.relation == "acl" and seen is token and above.pos in ("NOUN", "PROPN", "PRON"):
            if above.i < token.i:
                cue.sayer = sources.phrase(above, tokens, 0, token.i)
                cue.rule = "participle"
                return True
            return False
        if seen.relation not in ("conj", "advcl", "xcomp", "parataxis", "acl", "obl"):
            return False
        subject = next(
            (c for c in above.kids("nsubj") if c.i < token.i and c.i != token.i), None
        ) or next(iter(above.kids("nsubj")), None)
        if subject is not None and subject is not seen:
            if subject.tag in ("WP", "WDT") and above.relation == "acl":
                cue.antecedent = sources.phrase(above.head, tokens, 0, subject.i)
            low, high = (
                (0, min(token.i, above.i)) if subject.i < above.i else (above.i + 1, len(tokens))
            )
            if not low <= subject.i < high:
                return False
            cue.sayer = sources.phrase(subject, tokens, low, high)
            cue.rule = "shared subject"
            return True
        seen = above
    return False


def _passive(tokens: Sequence[Token], cue: Cue) -> Cue | None:
    """ "was reported by M", "X was quoted by M as saying"; None for "X was told"."""
    token = cue.token
    cue.passive = True
    agent = token.kid("obl:agent") or next(
        (
            c
            for c in token.kids("obl")
            if c.i > token.i and any(k.lower == "by" for k in c.kids("case"))
        ),
        None,
    )
    subject = token.kid("nsubj:pass", "nsubj")
    if cue.lemma in ("quote", "cite"):
        if subject is None or subject.i > token.i:
            return None
        saying = next(
            (t for t in tokens[token.i + 1 : token.i + 12] if t.lower in ("saying", "telling")),
            None,
        )
        cue.sayer = sources.phrase(subject, tokens, 0, token.i)
        cue.words = [token, *([saying] if saying else [])]
        if saying is None:
            return None
        if agent is not None and agent.i < saying.i:
            cue.relays.append(sources.phrase(agent, tokens, token.i + 1, saying.i))
        elif saying.i - token.i > 3 and tokens[token.i + 1].lower in ("by", "in"):
            run = sources.after(tokens, token.i + 2)
            cue.relays += [run] if run else []
        cue.kind, cue.rule = "saying", "quoted as saying"
        return cue
    if agent is None or cue.lemma in ("tell", "ask", "urge", "order", "inform"):
        return None
    cue.sayer = sources.phrase(agent, tokens, token.i + 1, len(tokens))
    cue.words = [token]
    cue.rule = "passive"
    return cue
