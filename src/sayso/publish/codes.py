"""What ACLED, UCDP and PLOVER would call an incident, by the rules of `data/codes/events.toml`.

A rule names conditions on who acts, who suffers and what came of it. They are asked of all that the
incident's claims say of one type of event together; what nobody says fails them, and where no rule
holds there is no code, and none is made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sayso.lexicon import LANGUAGE, codes, words
from sayso.publish import rows
from sayso.publish.board import Board
from sayso.records import HARMS, Claim, Toll

STANDING = ("asserted", "reported", "alleged")
"""Modalities of what is said to have happened."""

HISTORY = 730
"""Days after which what is told is no longer reported but recalled."""

_Code = tuple[Any, tuple[str, ...]]
_FIGHT, _REMOTE, _VIOLENCE = (
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
)
_DONE = ("ASSAULT", "PROTEST")
_FORCE = ("ASSAULT", "harm")


class Side(NamedTuple):
    """Who acted or suffered, in the words most used for them, and their category."""

    text: str
    category: str


class Coded(NamedTuple):
    """An incident as one project codes it: Sayso's type and mode, the code, None where there is
    none, what a person may choose instead, and the two sides."""

    key: str
    code: Any
    instead: tuple[str, ...]
    by: Side | None
    to: Side | None


def coded(board: Board, target: str) -> Coded:
    """The code of an incident for `acled` or `ucdp`: of violence where somebody came to harm by it,
    else of its own type of event, else of the first other, the most told first, that has one.

    Of the claims of one type of event each gives a code by who acts and suffers in it, and the one
    that most give stands. Where a person set the incident's type, no other is asked.
    """
    if target == "acled" and is_no_event(board):
        return Coded(board.incident.type or "", None, (), None, None)
    harmed: set[str] = {toll.kind for toll in board.incident.tolls if _some(toll)}
    told = _told(board, bool(harmed & {"killed", "injured", "casualties"}))
    if "type" in board.incident.mended:
        told = {k: c for k, c in told.items() if k.partition("/")[0] == board.incident.type}
    forced = [c for k, each in told.items() if _group(k) in _FORCE for c in each]
    first = Coded(board.incident.type or "", None, (), None, None)
    for number, (key, claims) in enumerate(told.items()):
        alike = [c for k, each in told.items() if _group(k) == _group(key) for c in each]
        by = _side(claim.by for claim in claims) or _side(claim.by for claim in alike)
        to = _side(_suffers(claims)) or _side(_suffers(alike))
        what = _Told(harmed, set(told), by, _other(by, claims, alike, forced))
        given = Counter(rule for claim in claims if (rule := _rule(key, target, claim, what)))
        if target == "acled":
            sure = [c for c in alike if c.because.get("act", "").startswith("act.sure")]
            own = [c for c in claims if c.because.get("act", "act.none") != "act.none"]
            given = _with_acts(key, given, own or sure, what)
        if number == 0:
            first = Coded(key, None, (), by, to)
        if given:
            code, instead = given.most_common(1)[0][0]
            return Coded(key, code, instead, by, to)
    return first


def coded_within(board: Board, whole: Board, target: str) -> Coded:
    """The code of one scene of an incident: its own, else that of the whole, with the sides that
    it names itself where it does. Who are only said to have been killed there were so as the others
    were: by shells, by a bomb."""
    own = coded(board, target)
    if board is whole or (own.code is not None and _group(own.key) != "harm"):
        return own
    of = coded(whole, target)
    remote = target == "acled" and of.code and _event_type(of.code) == _REMOTE
    if own.code is not None and not (remote and _event_type(own.code) == _VIOLENCE):
        return own
    return of._replace(by=own.by or of.by, to=own.to or of.to)


def is_force(key: str) -> bool:
    """Whether a type and mode, or a kind of figure, is armed force to UCDP, if the sides are."""
    entry = codes("events")["event"].get(key) or codes("events")["harm"].get(key) or {}
    return bool(entry.get("ucdp") == "force")


def tells_of_force(board: Board) -> bool:
    """Whether an incident has something that is armed force to UCDP, if the sides are."""
    return any(map(is_force, _told(board, violent=True)))


def plover(type: str, mode: str | None) -> tuple[str, str] | None:
    """PLOVER's type and mode for ours; None where it has nothing."""
    entry = codes("events")["event"].get(_key(type, mode)) or codes("events")["event"].get(type, {})
    theirs = entry.get("plover", {"type": type, "mode": mode})
    return (theirs["type"], theirs.get("mode") or "") if theirs else None


def field_of(target: str, toll: Toll) -> str:
    """The field of a target that a toll goes to; "" where there is none."""
    theirs = codes("harms").get(toll.kind, {}).get(target, "")
    if isinstance(theirs, str):
        return theirs
    for rule in theirs:
        wanted = rule.get("when", {}).get("who")
        if wanted is None or toll.who in _categories(wanted):
            return str(rule["code"])
    return ""


def _with_acts(
    key: str, given: Counter[_Code], claims: Sequence[Claim], told: _Told
) -> Counter[_Code]:
    """The codes in the light of the acts that the words of claims were learned to tell of: one that
    is sure stands, any other where there is no code, or one of the same type of event; where a word
    says the mode ("a roadside bomb"), only what that mode leaves open."""
    acts: dict[str, Counter[_Code]] = {"act.sure": Counter(), "act.likely": Counter()}
    for claim in claims:
        rule, _, name = claim.because.get("act", "").partition(":")
        if rule in acts:
            acts[rule][
                _first(codes("events")["acts"].get(name, ()), claim, told) or (name, ())
            ] += 1
    likely = acts["act.sure"] or acts["act.likely"]
    if not likely or not given:
        return likely or given
    types = [_event_type(found.most_common(1)[0][0][0]) for found in (likely, given)]
    first = codes("events")["order"]["first"]
    plain = key not in first[: first.index("ASSAULT/*")]
    sure = acts["act.sure"] and plain and types[1] != _FIGHT
    code, instead = given.most_common(1)[0][0]
    open_ = {code, *instead} if not plain else {c for c, _ in likely if types[0] == types[1]}
    return likely if sure or likely.most_common(1)[0][0][0] in open_ else given


def is_no_event(board: Board) -> bool:
    """Whether those who keep a row for every event have none for it: it is a mishap, history, or
    nothing that anybody did."""
    return is_mishap(board) or _is_history(board) or _is_nothing(board)


def _is_nothing(board: Board) -> bool:
    """Whether the words of no claim leave a doubt that they tell of no act, and none is of a
    protest, of harm by what is used in war alone, or of an event with people who bear arms or
    gather, and nobody set a type."""
    claims = [line.claim for line in board.lines.values()]
    sides = {p.category for c in claims for p in (c.by, c.who, c.to) if p}
    armed = sides & {*rows.FIGHTERS, *_categories(("crowd",))}
    known = bool(armed) and any(claim.event for claim in claims)  # soldiers, too, have accidents
    war = codes("events")["order"]["undoubted"]
    known = known or any(c.event and c.kind in HARMS and _key_of(c) in war for c in claims)
    protest = any(
        _group(key) == "PROTEST" or key == "participants" for key in map(_key_of, claims) if key
    )
    nothing = all(c.because.get("act") == "act.none" for c in claims)
    return nothing and not known and not protest and "type" not in board.incident.mended


def is_mishap(board: Board) -> bool:
    """Whether people came to harm and nothing says that anybody did it, and nobody set a type: no
    force or protest is told of, no doer, and none of those who bear arms is among the victims. No
    fire, crash or disease is an act, whoever is arrested for it.
    """
    claims = [line.claim for line in board.lines.values() if line.claim.scope == "current"]
    hurt = [c for c in claims if c.kind in HARMS and c.kind not in ("detained", "abducted")]
    blamed = "by.blame"  # the owner of a hotel is arrested over a fire
    done = any(
        (c.by and not c.because.get("by", "").startswith(blamed))
        or (c.who and c.who.category in rows.FIGHTERS)
        for c in hurt
    )
    acts = any(c.event and c.event.type in _DONE for c in claims)
    gathered = any(c.kind in ("participants", "abducted") for c in claims)
    return bool(hurt) and not (done or acts or gathered or "type" in board.incident.mended)


def _is_history(board: Board) -> bool:
    """Whether it was over `HISTORY` before anybody told it, and nobody set a type: what a court, a
    film or a day of mourning recalls."""
    last = rows.days(board.incident.when)[1]
    told = [(document.published or "")[:10] for document in board.documents]
    since = [rows.length(last, day) for day in told]
    old = all(days is not None and days > HISTORY for days in since)
    return old and bool(since) and "type" not in board.incident.mended


def _event_type(code: str) -> str:
    return str(codes("acled")["sub_event_types"][code]["event_type"])


class _Told(NamedTuple):
    """What an incident tells of besides a claim: whom harm came to, the keys of its events and
    figures, and who mostly acts and suffers in claims like it."""

    harmed: set[str]
    keys: set[str]
    by: Side | None
    to: Side | None


def _told(board: Board, violent: bool) -> dict[str, list[Claim]]:
    """What is said to have happened, by type and mode, or by kind of figure where nobody says what
    caused it: where there was violence that first, then the incident's own type, then the most
    told."""
    found: dict[str, list[Claim]] = {}
    for line in board.lines.values():
        claim = line.claim
        if claim.scope == "current" and claim.modality in STANDING and (key := _key_of(claim)):
            found.setdefault(key, []).append(claim)
    first = codes("events")["order"]["first"]

    def order(key: str) -> tuple[bool, int, bool, int, str]:
        mutual = any(map(is_mutual, found[key]))
        names = (key, "mutual" if mutual else "", f"{_group(key)}/*" if "/" in key else "")
        rank = min(
            (first.index(n) for n in (*names, _group(key)) if n in first), default=len(first)
        )
        force = violent and _group(key) in _FORCE
        own = key.partition("/")[0] == board.incident.type
        return not force, rank if force else 0, not own, -len(found[key]), key

    return {key: found[key] for key in sorted(found, key=order)}


def _key_of(claim: Claim) -> str | None:
    if claim.event:
        return _key(claim.event.type, claim.event.mode)
    return claim.kind if claim.kind in codes("events")["harm"] else None


def _group(key: str) -> str:
    """The type of event, "harm" of a figure that has none."""
    return "harm" if key in codes("events")["harm"] else key.partition("/")[0]


def is_mutual(claim: Claim) -> bool:
    """Whether a claim tells of a fight, in which each side harms the other."""
    told = claim.because.get("event", "").partition(":")[2].split()
    return not words("episodes", "mutual", LANGUAGE).isdisjoint(told)


def _key(type: str, mode: str | None) -> str:
    return f"{type}/{mode}" if mode else type


def _rule(key: str, target: str, claim: Claim, told: _Told) -> tuple[Any, tuple[str, ...]] | None:
    """The code that the rules of a type and mode, or of a kind of figure, give a claim."""
    entry = codes("events")["event"].get(key) or codes("events")["harm"].get(key)
    if entry is None:
        return None
    return _first(codes("events")[target][entry[target]], claim, told)


def _first(rules: Iterable[dict[str, Any]], claim: Claim, told: _Told) -> _Code | None:
    """The code of the first rule that holds of a claim, and what it may be instead. Where the claim
    does not say who acted or suffered it is who did so in the others, unless they are the other
    side.
    """
    suffers: set[str] = {party.category for party in (claim.who, claim.to) if party}
    if not suffers - {"unspecified"} and told.to:
        suffers = {told.to.category}
    acts = {claim.by.category} if claim.by else {told.by.category} - suffers if told.by else set()
    sides = {"by": acts, "who": suffers, "to": {claim.to.category} if claim.to else set()}
    for rule in rules:
        when = rule.get("when", {})
        met = all(sides[side] & _categories(when[side]) for side in sides if side in when)
        met = met and ("harm" not in when or bool(told.harmed & set(when["harm"])))
        met = met and ("also" not in when or bool(told.keys & set(when["also"])))
        if met and ("mutual" not in when or is_mutual(claim)):
            return rule["code"], tuple(map(str, rule.get("or", ())))
    return None


def _other(by: Side | None, *wider: Iterable[Claim]) -> Side | None:
    """Who suffered by the first of these that say so of people of a known group: who acted only
    where nobody else did."""
    own = by.category if by else None
    named = [[p for p in _suffers(claims) if p and p.category != "unspecified"] for claims in wider]
    others = (_side(p for p in those if p.category != own) for those in named)
    return next(filter(None, others), None) or next(filter(None, map(_side, named)), None)


def _categories(parties: Iterable[str]) -> set[str]:
    known = codes("events")["parties"]
    return {category for party in parties for category in known[party]}


def _some(toll: Toll) -> bool:
    return any(bound for bound in (toll.low, toll.best, toll.high))


def _suffers(claims: Iterable[Claim]) -> Iterable[Any]:
    for claim in claims:
        yield claim.to or claim.who


def _side(parties: Iterable[Any]) -> Side | None:
    """The one most named, the first of those named as often."""
    named = Counter(Side(party.text, party.category) for party in parties if party)
    return named.most_common(1)[0][0] if named else None
