"""Whether a clause says that something was so, or that it was not.

The one reader of negation: "not", "never", "none of", "nobody", "neither", "without", "almost",
"no longer", "failed to". How sure somebody is of it, or whether it is only planned, is modality.
"""

from __future__ import annotations

from sayso.language.grammar.features import is_gerund, is_verb, is_word
from sayso.language.grammar.noun_phrase import marked
from sayso.language.trees import Token

_STEPS = 3
"""Verbs up a chain of infinitives that may take a deed back: "was not believed to have hurt"."""


def is_negated(word: Token) -> bool:
    """Whether "not", "never" or "no" stands at the word itself."""
    return any(is_word(c, "negation") for c in word.kids("advmod", "det", "aux"))


def is_denied(word: Token) -> bool:
    """Whether a word is negated, or has a "neither" or "nor": "neither said nor implied"."""
    return is_negated(word) or any(is_word(c, "correlative") for c in word.kids("advmod", "cc"))


def is_none(phrase: Token) -> bool:
    """Whether a phrase names nobody: "no one", "none of the twelve", "no soldiers", "neither"."""
    line, at = phrase.line(), phrase.i
    if is_word(phrase, "nobody"):
        return True
    if is_word(phrase, "ones") and at and is_word(line[at - 1], "negation"):
        return True  # "no one", "not one of them"
    row = [phrase]  # "neither the mayor nor his driver"
    while row[-1].relation in ("conj", "appos", "flat") and row[-1].head.pos in ("NOUN", "PROPN"):
        row.append(row[-1].head)
    row += [title for t in row for title in t.kids("nmod:desc")]
    if any(is_word(c, "correlative") for t in row for c in t.kids("cc", "det", "amod")):
        return True
    own = [*phrase.kids("det"), *(c for c in phrase.kids("advmod") if c.i < at)]
    own = [c for c in own if not is_word(line[c.i + 1], "only")]  # "not only 12 villagers"
    return any(is_word(c, "negation") for c in own)


def taken_back(predicate: Token) -> str:
    """The word by which the clause says that it was not so, or only nearly so; "" if it stands.

    Asked of a verb, a participle or an adjective: "did not kill", "almost killed", "without
    killing", "failed to kill", "was no longer missing", "neither confirmed nor killed".
    """
    word = predicate
    for _ in range(_STEPS):
        if found := _own(word):
            return found
        above = word.head
        if above is word:
            return ""
        if word.relation == "conj":
            if word.kid("nsubj", "aux") or not _joins(word):
                return ""
        elif word.relation in ("xcomp", "advcl", "ccomp") and not word.kid("nsubj"):
            infinitive = marked(word, "infinitive") or word.relation == "xcomp"
            if is_word(above, "undoing") and (infinitive or is_gerund(word)):
                own = _own(above)  # "did not hesitate to kill", but "narrowly avoided killing"
                narrow = own in word.words("grammar", "approximating")
                return above.lower if narrow or not own else ""
            being = is_gerund(word) or any(map(is_gerund, word.kids("aux:pass", "aux")))
            if is_word(above, "dodging") and word.relation == "xcomp" and being:
                return above.lower  # "escaped being shot"
            if is_word(above, "barring") and is_gerund(word) and marked(word, "origin"):
                return above.lower
            if is_word(above, "opposing") and is_gerund(word) and marked(word, "opposed"):
                return above.lower  # "decided against jailing"
            near = next((c for c in above.kids("advmod", "xcomp") if is_word(c, "nearing")), None)
            led = marked(word, "infinitive") or is_gerund(word)
            if near is not None and near.i < word.i and led:
                return near.lower
            if is_word(above, "reversed"):
                return ""  # "did not deny killing"
            if is_word(above, "nearing"):
                return above.lower
            if word.relation != "xcomp" or not is_verb(above):
                return ""
        elif word.relation == "acl" and is_gerund(word):
            barred = above.relation in ("obj", "nsubj") and marked(word, "origin")
            if barred and (is_word(above.head, "undoing") or is_word(above.head, "barring")):
                return above.head.lower  # "kept them from shooting"
            inside = any(is_word(c, "inside") for c in above.kids("case"))
            return above.lower if inside or is_word(above, "brink") else ""
        else:
            return ""
        word = above
    return ""


def is_unbrought(noun: Token) -> bool:
    """Whether the clause denies what brings a deed about: "did not cause twelve deaths"."""
    verb = noun.head
    held = noun.relation in ("obj", "nsubj", "obl") and is_verb(verb)
    return held and is_word(verb, "bringing") and bool(taken_back(verb))


def is_unrealised(noun: Token) -> bool:
    """Whether a deed that a noun names was not done: "the attempted murder of", "a foiled raid"."""
    return any(is_word(c, "unrealised") for c in noun.kids("amod", "compound"))


def _own(word: Token) -> str:
    for child in word.kids("advmod", "cc", "cc:preconj", "mark", "case"):
        if child.i > word.i and not is_word(child, "negation"):
            continue
        if is_word(child, "negation") and not child.kid("fixed") and not _is_not_only(child):
            nxt = [t for t in child.children if is_word(t, "ended")]
            return nxt[0].lower if nxt else child.lower
        if is_word(child, "correlative") or is_word(child, "excluding"):
            return child.lower
        if is_word(child, "ended") and child.kid("advmod", "det"):
            return child.lower
        if is_word(child, "approximating") and child.i == word.i - 1:
            return child.lower
    before = " ".join(t.lower for t in word.line()[max(0, word.i - 2) : word.i])
    if before in word.words("grammar", "approximating"):
        return before  # "all but killed"
    if fronted := _fronted(word):
        return fronted
    for aux in word.kids("aux"):
        if any(is_word(c, "negation") and not _is_not_only(c) for c in aux.children):
            return aux.lower
    return ""


def _fronted(verb: Token) -> str:
    """The "no" that stands first and turns subject and auxiliary round: "at no point did they"."""
    aux = next((c for c in verb.children if c.pos == "AUX"), None)
    between = verb.line()[aux.i + 1 : verb.i] if aux is not None else []
    if aux is None or not any(t.pos in ("NOUN", "PROPN", "PRON") for t in between):
        return ""
    first = [o for o in (*verb.kids("obl"), *aux.kids("obl")) if o.i < aux.i]
    dets = (d for o in first for d in o.kids("det"))
    return next((d.lower for d in dets if is_word(d, "negation")), "")


def _is_not_only(word: Token) -> bool:
    """Whether a "not" is that of "not only", which denies nothing."""
    behind = word.line()[word.i + 1 : word.i + 2]
    return bool(behind) and is_word(behind[0], "only")


def _joins(word: Token) -> bool:
    """Whether a conjunct shares the polarity of the first: after "or" and "nor", not after "and"
    with a verb of another form.
    """
    return any(is_word(c, "joining") for c in word.kids("cc"))
