"""Which event a word means, under the conditions that `data/en/events.toml` sets for it.

The table's senses are tried in order and the first that fits the word's own subject, object and
prepositions wins. What is done with a sense (who is named, whether it happened) is decided in
`claims.events`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.claims import roles
from sayso.language.trees import Token
from sayso.lexicon import table, words

NAMES = ("PERSON", "ORG", "LOC", "NORP")
"""Entity labels that can be a party to an event."""


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """One reading of a verb: its event, and the places in the tree where the parties stand."""

    type: str
    mode: str | None
    rule: str
    to: tuple[str, ...]
    speech: bool
    conditions: dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A sense that fits, with what its conditions already looked up."""

    sense: Sense
    agent: Token | None
    patient: Token | None
    clause: Token | None


def core(head: Token) -> Token:
    """What a quantity is of ("thousands of miners" -> miners); any other head itself."""
    if head.lemma in words("events", "closed.quantities") or head.pos == "NUM":
        of = [c for c in head.kids("nmod") if roles.preposition(c) == "of"]
        if of:
            return core(of[-1])  # "tens of thousands of miners" may hang both on "tens"
    return head


def is_party(head: Token) -> bool:
    """Whether the phrase names someone who can act or be acted upon."""
    head = core(head)
    if head.pos == "PRON":
        return head.lower in words("events", "closed.personal")
    return head.pos == "NUM" or head.entity in NAMES or lemma(head) in _parties()


def is_power(head: Token) -> bool:
    """Whether the phrase names one who acts politically: a state, body, office or force."""
    head = core(head)
    near = [head, *head.kids("amod", "compound", "nmod:desc", "nmod:poss")]
    return any(t.entity in ("ORG", "LOC", "NORP") or lemma(t) in _powers() for t in near)


@cache
def _powers() -> frozenset[str]:
    return words("events", "classes.powers") | words("events", "classes.armed")


@cache
def _parties() -> frozenset[str]:
    return _powers() | words("events", "classes.people") | words("events", "classes.crowds")


def lemma(token: Token) -> str:
    """The lemma in lower case, as the table writes it."""
    return token.lemma.lower()


def is_a(head: Token | None, names: Iterable[str]) -> bool:
    """Whether a phrase belongs to one of these classes: see the head of the table."""
    if head is None:
        return "none" in names
    head = core(head)
    word = lemma(head)
    for name in names:
        if name.startswith("@"):
            fits = word in words("events", "classes." + name[1:])
        elif name == "party":
            fits = is_party(head)
        elif name == "person":
            fits = is_party(head) and head.entity not in ("LOC", "ORG")
        elif name in ("place", "country"):
            fits = head.entity == "LOC"
        elif name == "norp":
            fits = head.entity == "NORP"
        elif name == "name":
            fits = head.entity == "PERSON"
        elif name == "quantity":
            fits = head.pos == "NUM" or word in words("events", "closed.quantities")
        else:
            fits = word == name
        if fits:
            return True
    return False


def verb(token: Token) -> Found | None:
    """The first sense of a verb whose conditions hold here, or None."""
    entries = next((_verbs()[f] for f in _forms(token) if f in _verbs()), ())
    if not entries:
        return None
    particles = {c.lower for c in token.kids("compound:prt")}
    particles |= {c.lower for c in token.kids("advmod") if c.i == token.i + 1}
    agent, patient = roles.agent(token), roles.patient(token)
    for particle, thing, sense in entries:
        if particle and particle not in particles:
            if particle not in {roles.preposition(c) for c in token.kids("obl", "xcomp")}:
                continue
        elif not particle and particles & words("events", "closed.particles"):
            continue
        if thing and not is_a(patient, (thing,)):
            continue
        clause = roles.complement(token)
        if _fits(token, sense, agent, patient, clause):
            return Found(sense, agent, patient, clause)
    return None


def _forms(token: Token) -> list[str]:
    """The lemma, and what it may be where the engine has guessed it wrongly ("shelled" -> shel)."""
    word, forms = token.lower, [lemma(token)]
    for ending in ("ed", "d", "ing"):
        if word.endswith(ending):
            forms += [word.removesuffix(ending), word.removesuffix(ending) + "e"]
    return forms


def noun(token: Token) -> dict[str, Any] | None:
    """The first entry for an event noun whose neighbouring words allow it, or None."""
    entries = _nouns().get(token.lemma.lower(), ())
    if not entries:
        return None
    before = {
        c.lemma.lower() for c in token.kids("compound", "amod", "nmod", "nummod") if c.i < token.i
    }
    before |= {d.lemma.lower() for c in token.kids("compound", "amod") for d in c.children}
    for entry in entries:
        if before & set(entry.get("not_with", ())):
            continue
        if "with" in entry and not before & set(entry["with"]):
            continue
        if "phrase" in entry:
            text = " ".join(t.lower for t in roles.below(token))
            if not any(p in text for p in entry["phrase"]):
                continue
        if "of" in entry:
            of = [c for c in token.kids("nmod", "compound") if is_a(c, entry["of"])]
            if not of:
                continue
        return entry
    return None


def _fits(
    token: Token, sense: Sense, agent: Token | None, patient: Token | None, clause: Token | None
) -> bool:
    c = sense.conditions
    if "subject" in c and not is_a(agent, c["subject"]):
        return False
    if "not_subject" in c and agent is not None and is_a(agent, c["not_subject"]):
        return False
    if "object" in c and not is_a(patient, c["object"]):
        return False
    if "not_object" in c and patient is not None and is_a(patient, c["not_object"]):
        return False
    if "object_text" in c and not _says(patient, c["object_text"]):
        return False
    if "subject_text" in c and not _says(agent or patient, c["subject_text"]):
        return False
    if "need" in c:
        led = roles.oblique(token, *c["need"])
        if led is None or ("need_noun" in c and not is_a(led, c["need_noun"])):
            return False
    if "governs" in c and not _governs(token, c["governs"], patient, clause):
        return False
    if "inner" in c and (clause is None or clause.lemma not in c["inner"]):
        return False
    return not (sense.speech and clause is None and patient is None and not _led(token))


def _governs(token: Token, wanted: list[str], patient: Token | None, clause: Token | None) -> bool:
    """Whether the verb has one of these: "clause", a phrase under "prep:", an object of a class."""
    if "clause" in wanted and clause is not None:
        return True
    prepositions = [w[5:] for w in wanted if w.startswith("prep:")]
    if prepositions and roles.oblique(token, *prepositions) is not None:
        return True
    return patient is not None and is_a(patient, [w for w in wanted if w != "none"])


def _led(token: Token) -> bool:
    return any(roles.preposition(c) for c in token.kids("obl"))


def _says(head: Token | None, texts: list[str]) -> bool:
    if head is None:
        return False
    text = " ".join(t.lower for t in roles.below(head)) + " "
    return any(part in text for part in texts)


@cache
def _verbs() -> dict[str, list[tuple[str, str, Sense]]]:
    found: dict[str, list[tuple[str, str, Sense]]] = {}
    for entry in table("events")["verb"]:
        for pattern in entry["verbs"]:
            word, _, thing = pattern.partition(":")
            lemma, _, particle = word.partition("+")
            rule = "event:" + pattern.replace("+", " ").replace(":", " ").replace("@", "")
            sense = Sense(
                type=entry["type"],
                mode=entry.get("mode"),
                rule=rule,
                to=tuple(entry.get("to", ())),
                speech=entry.get("speech", False),
                conditions=entry,
            )
            found.setdefault(lemma, []).append((particle, thing, sense))
    return found


@cache
def _nouns() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in table("events")["noun"]:
        for lemma in entry["nouns"]:
            found.setdefault(lemma, []).append(entry)
    return found
