"""Who is said to have done a deed that another clause tells of: claimed, blamed, suspected.

"The front claimed responsibility for the bombing", "the army blamed the rebels for the killings",
"a man suspected of killing three". Whether it is true is for `modality` and the sources to say.
"""

from __future__ import annotations

from sayso.claims.happening.roles import (
    agent,
    antecedent,
    listed,
    negated,
    obliques,
    passive,
    patient,
    preposition,
    surface,
)
from sayso.claims.happening.senses import is_party
from sayso.language.trees import Token
from sayso.lexicon import words


def blamed(predicate: Token) -> tuple[Token | None, str]:
    """Who is said to have done what `predicate` tells of, and by what word; None if nobody."""
    deed = predicate
    while deed.relation == "acl" and deed.kid("nsubj") is not None and deed.head.pos == "NOUN":
        subject = deed.kid("nsubj")
        if subject is None or not listed(subject, "closed.relative"):
            break
        deed = deed.head  # "the bombing that killed 12"
    found = _behind(deed)
    below = deed
    for above in list(deed.ancestors())[:2]:
        found = found or _by(above, below)
        if found or above.pos == "VERB":
            break
        below = above
    if found is None:
        return None, ""
    culprit, word = antecedent(found[0]), found[1]
    if culprit.pos == "PRON" or not is_party(culprit) or negated(culprit):
        return None, ""
    return culprit, word


def _behind(deed: Token) -> tuple[Token, str] | None:
    """The subject of "was behind the attack"."""
    subject = deed.kid("nsubj")
    if preposition(deed) == "behind" and subject is not None and deed.kid("cop"):
        return subject, "behind"
    return None


def _by(above: Token, below: Token) -> tuple[Token, str] | None:
    """Who did it, by the verb, noun or adjective that the deed hangs on."""
    if negated(above):
        return None
    link = preposition(below)
    if listed(above, "blame.parts") and above.pos == "NOUN":
        verb = above.head  # "claimed responsibility for the bombing"
        owner = agent(verb) if listed(verb, "blame.claiming") and not negated(verb) else None
        return (owner, "claimed") if owner is not None else None
    if above.pos == "ADJ" and listed(above, "blame.guilty") and link in ("for", "of"):
        subject = surface(above)
        held = above.head if above.relation == "xcomp" else None
        subject = subject or (patient(held) if held is not None else None)
        return (subject, above.lower) if subject is not None else None
    if above.pos != "VERB":
        return None
    if listed(above, "blame.claimed") and passive(above) and below.dep == "nsubj:pass":
        owner = agent(above)
        return (owner, "claimed") if owner is not None else None
    if listed(above, "blame.of") and link in ("for", "of", "with", "over", "in"):
        accused = patient(above)
        return (accused, above.lower) if accused is not None else None
    if listed(above, "blame.on") and patient(above) is below:
        accused = next(iter(obliques(above, "on", "to")), None)
        return (accused, above.lower) if accused is not None else None
    return None


def is_deed(kind: str) -> bool:
    """Whether an event of that type is one that somebody is blamed for."""
    return kind in words("events", "blame.deeds")
