"""Clauses right behind a noun that nothing joins to it: "the miners (whom) the front abducted".

Parsers are at their worst there, so the order of words is asked beside the tree.
"""

from __future__ import annotations

from sayso.language.grammar.clause import ends_here
from sayso.language.grammar.features import (
    is_past,
    is_past_participle,
    is_plural,
    is_relative,
    is_word,
)
from sayso.language.trees import Token


def contact(verb: Token) -> tuple[Token, Token] | None:
    """Whom a clause right behind a noun is about, and who does it there: the miners, and the front,
    of "the 13 miners (whom) the Ardan Front abducted in Karsa", however the tree hangs them.
    """
    found = _right_before(verb)
    if found is not None:
        return found
    one = verb.kid("nsubj", "nsubj:pass")
    counted = any(c.kid("nummod") for c in verb.head.kids("compound"))
    if one is None and verb.relation == "acl" and verb.head.i == verb.i - 1 and counted:
        one = verb.head  # "the six students troops killed", hung as "students troops"
    past = is_past(verb) or is_past_participle(verb)
    bare = past and not verb.kid("aux", "aux:pass", "cop", "obj", "mark")
    behind = verb.line()[verb.i + 1 :][:1]
    ends = ends_here(verb) or (behind[0].relation == "xcomp" and behind[0].pos == "ADJ")
    if one is None or not bare or one.i > verb.i or is_relative(one) or not ends:
        return None
    line, beside = verb.line(), one.kid("appos")
    if beside is not None and beside.i == verb.i - 1 and is_plural(one):
        return one, beside
    hung = next((c for c in one.kids("compound") if is_plural(c)), None)
    if hung is not None:
        return hung, one
    first = min(t.i for t in one.subtree())
    whom = line[first - 1] if first else one
    if is_relative(whom) and not whom.kid("case") and whom.i:
        whom = line[whom.i - 1]
    elif verb.relation not in ("acl", "advcl", "conj"):
        return None
    known = whom.pos in ("NOUN", "PROPN") and whom.entity not in ("DATE", "LOC")
    return (whom, one) if known and whom is not one else None


def _right_before(verb: Token) -> tuple[Token, Token] | None:
    """Whom a clause with "had" is about, and who does it there, by the order of words alone: two
    noun phrases with nothing between are one clause in another, "the monks the crowd had stoned".
    """
    helpers = verb.kids("aux")
    had = bool(helpers) and all(is_word(h, "perfect") for h in helpers)
    if not had or verb.kid("aux:pass", "obj", "mark") or verb.relation == "ccomp":
        return None
    line, at = verb.line(), min(h.i for h in helpers) - 1
    by = whom = line[max(at, 0)]
    while at > 0 and line[at].pos in ("NOUN", "PROPN", "ADJ", "VERB"):
        at, whom = at - 1, line[at - 1]
        if whom.pos == "DET" and is_word(line[at - 1], "genitive"):  # "fighters of the Red Hand"
            at, by, whom = at - 2, line[at - 2], line[at - 2]
        elif whom.pos == "DET" or is_relative(whom):
            whom = line[at - 1]
            break
        elif whom.pos == "NOUN" and is_plural(whom):
            break
    ends = ends_here(verb) or any(t.pos == "AUX" for t in line[verb.i + 1 : verb.i + 2])
    known = whom.pos == "NOUN" and whom.entity not in ("DATE", "LOC") and ends
    return (whom, by) if known and whom is not by and by.pos in ("NOUN", "PROPN") else None
