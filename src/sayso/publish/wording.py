"""How figures, groups, moments and chains of say-so are put into words on screen and on paper.

Every other module here takes its words from this one, so that a bound looks the same in a terminal,
a report and a curve. It decides nothing about what is true: it only spells what a record holds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sayso.records import CORRECTED as CORRECTABLE
from sayso.records import (
    JUDGED,
    MENDED,
    Claim,
    Correction,
    Document,
    Event,
    Heading,
    Incident,
    Judgement,
    Person,
    Signed,
    Source,
    Standing,
    Toll,
    Victim,
    is_by_hand,
)

KINDS: dict[str, str] = {
    "killed": "killed",
    "dead_or_missing": "dead or missing",
    "casualties": "killed or injured",
    "injured": "injured",
    "critical": "in a critical condition",
    "hospitalised": "in hospital",
    "missing": "missing",
    "trapped": "trapped",
    "abducted": "abducted",
    "detained": "detained",
    "displaced": "displaced",
    "rescued": "rescued",
    "returned": "back home",
    "affected": "affected",
    "homes": "homes",
    "cases": "cases of disease",
    "participants": "taking part",
    "deployed": "deployed",
    "event": "event",
}
"""A kind of claim as it is said of people: "18 killed", "34 injured"."""

GROUPS: dict[str, str] = {
    "unspecified": "people",
    "security_forces": "security forces",
}
"""Categories whose name is not what a reader would call them; the others stand as they are."""

ALONE: dict[str, str] = {
    "people": "person",
    "children": "child",
    "women": "woman",
    "military": "soldier",
    "security forces": "member of the security forces",
    "homes": "home",
}
"""One of a group, where it is not the group's name less its "s"."""

SOURCES: dict[str, str] = {
    "ngo": "civil society",
    "security_forces": "security forces",
    "foreign_government": "foreign government",
    "international_body": "international body",
    "armed_group": "armed group",
    "news_agency": "news agency",
    "anonymous": "unnamed",
}
"""Kinds of source whose name is not what a reader would call them."""

VERDICTS: dict[str, str] = {
    "accept": "accepted",
    "reject": "rejected",
    "unsure": "left unsure",
    "correct": "corrected",
    "reject_text": "rejected with its copies",
    "claim": "claimed by hand",
    "mend": "mended",
    "mend_incident": "mended, of its incident:",
    "same": "is of the same incident as",
    "different": "is of another incident than",
    "same_source": "is the same source as",
    "other_source": "is another source than",
    "status": "status set to",
    "sign": "signed off as",
    "owner": "given to",
    "tag": "tagged",
    "untag": "no longer tagged",
    "note": "noted for colleagues",
    "grade": "graded",
    "embed": "pieces set to",
    "source_kind": "said, of a source, to be of this kind:",
    "undo": "taken back",
}
"""What a person decided, as it is said of what was judged."""

EMPTIED: dict[str, str] = {
    "status": "the first",
    "owner": "nobody",
    "grade": "nothing",
    "embed": "closed",
}
"""What stands there where a person put no value."""

FIELDS: dict[str, str] = {
    "title": "title",
    "type": "type",
    "where": "place",
    "when": "day",
    "published": "date",
    "outlet": "outlet",
    "language": "language",
    "remark": "remark",
}
"""What people can mend of an incident or a document, as it is called on paper."""

CORRECTED: dict[str, str] = {
    "by": "doer",
    "to": "target",
    "sources": "say-so",
    "part_of": "larger figure",
    "people": "names",
}
"""Fields of a claim whose name is not what a reader would call them."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

ARROW = " → "
SHORT_ID = 8
LONG_ID = 32

# Marks that reorder what follows them (Unicode Bidirectional Algorithm, UAX 9, table 4; ordinary
# right-to-left letters need none of them to be shown rightly), and two that XML forbids.
_UNSAFE = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
)
# A reader may see a replacement character where something was taken out, never nothing at all.
_TAKEN_OUT = "\ufffd"


def clean(text: str) -> str:
    """The text on one line, without anything that could act on a terminal, a page or the eye.

    White space of any kind becomes one space; control, reordering, private and unpaired characters,
    and those that XML does not allow, become U+FFFD.

    >>> clean("one\\n two \\x1b[31mthree")
    'one two \\ufffd[31mthree'
    """
    out = []
    for character in text:
        if character.isspace():
            out.append(" ")
        elif character in _UNSAFE or unicodedata.category(character) in ("Cc", "Co", "Cs"):
            out.append(_TAKEN_OUT)
        else:
            out.append(character)
    return " ".join("".join(out).split())


def shown(value: Any) -> Any:
    """Whatever a page is to show, its texts made clean; markup of our own stays as it is."""
    return clean(value) if type(value) is str else value


def number(value: int) -> str:
    """The number with a comma between thousands."""
    return f"{value:,}"


def bounds(low: int | None, high: int | None) -> str:
    """Bounds as they are written in the field; "?" where neither side is known.

    >>> bounds(13, 13), bounds(13, None), bounds(24, 99), bounds(None, 32)
    ('13', '13+', '24–99', '≤32')
    """
    if low is None and high is None:
        return "?"
    if high is None:
        return f"{number(low or 0)}+"
    if low is None:
        return f"≤{number(high)}"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def kind(name: str) -> str:
    """A kind of claim in words."""
    return KINDS.get(name, name)


def group(category: str) -> str:
    """A category of people in words: "people" where the texts give none."""
    return GROUPS.get(category, category)


def so_many(count: int, of: str) -> str:
    """So many of a group: "1 child", "6 children"."""
    return f"{number(count)} {ALONE.get(of, of.removesuffix('s')) if count == 1 else of}"


def counted(toll: Toll) -> str:
    """What a toll counts: the people, households, or what became of homes."""
    if toll.unit == "homes":
        return toll.manner or toll.unit
    return group(toll.who) if toll.unit == "people" else toll.unit


def source_kind(name: str | None) -> str:
    """A kind of source in words; "not stated" where there is none."""
    return "not stated" if name is None else SOURCES.get(name, name)


def voice(name: str, kind: str | None) -> str:
    """An origin's name with its kind, unless the name says it already: "Dr Lune (hospital)"."""
    said, word = clean(name), source_kind(kind)
    return said if kind is None or word.lower() in said.lower() else f"{said} ({word})"


def kappa(value: float | None) -> str:
    """How far two agree; a dash where that cannot be said."""
    return "–" if value is None else f"{value:.2f}"


def short(identifier: str) -> str:
    """The first characters of a claim's or incident's id: enough to name it in a command."""
    return clean(identifier)[:SHORT_ID]


def reference(identifier: str) -> str:
    """A document's id for the eye: whole where a person gave it, cut where it is a long hash."""
    said = clean(identifier)
    return said if len(said) <= LONG_ID else f"{said[:12]}…"


def called(identifier: str, names: Mapping[str, str]) -> str:
    """What an id stands for, by the `names` that are known, with the id behind it; else that."""
    said = reference(identifier)
    return f"“{clean(names[identifier])}” ({said})" if identifier in names else said


def what(claim: Claim) -> str:
    """What a claim says in one phrase: "killed 13+", "homes destroyed 40", "assault, firearms"."""
    if claim.count is not None:
        told = f"{claim.kind} {claim.manner}" if claim.count.unit == "homes" else claim.kind
        return f"{told} {bounds(claim.count.low, claim.count.high)}"
    if claim.event is not None:
        return event(claim.event)
    return f"{claim.kind}, number not given"


def event(told: Event) -> str:
    """An event by its type and mode: "assault, firearms"."""
    mode = f", {told.mode}" if told.mode else ""
    return clean(f"{told.type.lower()}{mode}")


def whom(claim: Claim) -> str:
    """Whom a claim is about, in the author's words and by category; "" where it says nothing."""
    if claim.who is None:
        return ""
    text, category = clean(claim.who.text), group(claim.who.category)
    if claim.who.category == "unspecified" or not text or text.lower() == category:
        return text or category
    return f"{text} ({category})"


def links(sources: Iterable[Source], outlet: str | None) -> list[str]:
    """The names of a chain of say-so, origin first, ending with the outlet that printed it."""
    return [*(clean(source.text) for source in sources), clean(outlet or "this outlet")]


def chain(claim: Claim, outlet: str | None) -> str:
    """A claim's chain of say-so in one line: "health ministry → Agency → Outlet"."""
    return ARROW.join(links(claim.sources, outlet))


def doer(claim: Claim) -> str:
    """Who did it, and how surely and by whose word where another sentence says so: "the Red Front
    (alleged, by police)"; "" for nobody."""
    if claim.by is None:
        return ""
    said = claim.by_said
    sure: list[str] = (
        [said.modality] if said and said.modality not in ("asserted", claim.modality) else []
    )
    sure += [f"by {clean(said.sources[0].text)}"] if said and said.sources else []
    return clean(claim.by.text) + (f" ({', '.join(sure)})" if sure else "")


def by_person(claim: Claim) -> str:
    """What of a claim is a person's: "by hand", or "count and where by a person"."""
    if is_by_hand(claim):
        return "by hand"
    names = [name for name in CORRECTABLE if claim.because.get(name) == JUDGED]
    *others, last = [CORRECTED.get(name, name) for name in names] or [""]
    return last and f"{' and '.join(filter(None, (', '.join(others), last)))} by a person"


def judged(standing: Standing | None) -> str:
    """How a claim stands by people, with who said so last: "accepted by Aigul", "count by a
    person"; "" where nobody judged it."""
    if standing is None:
        return ""
    words = [VERDICTS[standing.verdict]] if standing.verdict else []
    told = [one for one in standing.judgements if one.verdict in (standing.verdict, "reject_text")]
    if words and told and (name := told[-1].by):
        words[0] += f" by {clean(name)}"
    if of_person := by_person(standing.claim):
        words.append(of_person)
    return ", ".join(words)


def noted(claim: Claim) -> str:
    """What a line says beside a claim: what keeps it out of the toll, and what is a person's."""
    return ", ".join(filter(None, (standing(claim), by_person(claim))))


def standing(claim: Claim) -> str:
    """What keeps a claim out of the toll, in words; "" for a plain claim about this story."""
    words = []
    if claim.scope != "current":
        words.append({"background": "background", "period": "running total"}[claim.scope])
    if claim.modality not in ("asserted", "reported"):
        words.append(claim.modality)
    if claim.part_of is not None:
        words.append("part of a larger figure")
    return ", ".join(words)


def judgement(
    made: Judgement,
    *,
    by: bool = True,
    dated: bool = True,
    names: Mapping[str, str] | None = None,
) -> str:
    """What a person decided in one phrase: "rejected by Aigul, 4 Mar 2031 10:42: counted twice".
    Two that it is about have the `names` that are given for their ids."""
    words = f"{'settled: ' if made.settles else ''}{VERDICTS[made.verdict]}"
    if made.made is not None:
        words += f": {' '.join(filter(None, (what(made.made), whom(made.made))))}"
    if made.correction is not None:
        words += f" {correction(made.correction)}"
    if made.verdict in EMPTIED and made.value is None:
        words += f" {EMPTIED[made.verdict]}"
    elif made.value is not None:
        words += f" {clean(made.value)}"
    if made.signed is not None:
        words += f" ({signed(made.signed)})"
    if made.b is not None:
        first, second = (called(id, names or {}) for id in (made.a, made.b))
        words = f"{first} {words} {second}"
    if by and made.by:
        words += f" by {clean(made.by)}"
    if dated and made.at:
        words += f", {moment(made.at)}"
    return words + (f": {clean(made.note)}" if made.note else "")


def named(person: Person | Victim) -> str:
    """Someone by name, with what is known of them: "Ada Voss (34, f, nurse)"."""
    age = None if person.age is None else str(person.age)
    said = ", ".join(filter(None, (age, person.sex, person.relation, person.role)))
    return f"{person.name} ({said})" if said else person.name


def signed(made: Signed) -> str:
    """What was signed off, in brief: "line 41: killed 18–27, best 18; injured 52"."""
    first: dict[str, Toll] = {}
    for one in made.tolls:
        if one.kind not in first or one.who == "unspecified":
            first[one.kind] = one
    figures = "; ".join(f"{name} {toll(one)}" for name, one in first.items())
    return f"line {made.line}: {figures or 'no figures'}"


def toll(told: Toll | None) -> str:
    """A toll in brief: "18–27, best 18"; "none" where there is none."""
    if told is None:
        return "none"
    said = bounds(told.low, told.high)
    plain = told.low == told.best == told.high or told.best is None
    return said if plain else f"{said}, best {number(told.best or 0)}"


def correction(made: Correction) -> str:
    """What a person put in place of what was read: "count to 18–20, where to Karsa"."""
    words = []
    if made.kind is not None:
        words.append(f"kind to {kind(made.kind)}")
    if made.event is not None:
        words.append(f"event to {event(made.event)}")
    if made.count is not None:
        unit = "" if made.count.unit == "people" else f" {made.count.unit}"
        words.append(f"count to {bounds(made.count.low, made.count.high)}{unit}")
    for name in ("who", "by", "to"):
        party = getattr(made, name)
        if party is not None:
            words.append(f"{CORRECTED.get(name, name)} to {voice(party.text, party.category)}")
    if made.where is not None:
        words.append(f"where to {clean(made.where.name or made.where.text)}")
    if made.when is not None:
        words.append(f"when to {span(made.when.start, made.when.end)}")
    if made.sources is not None:
        words.append(f"say-so to {ARROW.join(voice(s.text, s.kind) for s in made.sources)}")
    if made.people is not None:
        words.append(f"names to {'; '.join(map(named, made.people))}")
    if made.part_of is not None:
        words.append(f"part of {short(made.part_of)}")
    for name in ("scope", "modality", *MENDED, "type"):
        if (value := getattr(made, name)) is not None:
            words.append(f"{name} to {clean(value)}")
    if made.remark is not None:
        words.append(f"remark “{clean(made.remark)}”")
    if made.source_kind is not None:
        words.append(source_kind(made.source_kind))
    words += [f"no {CORRECTED.get(name, name)}" for name in made.cleared]
    if made.ours is not None:
        words.append("taken back in" if made.ours else "set aside as not ours")
    return ", ".join(words)


def mended(about: Incident | Document | Heading) -> str:
    """What of an incident or a document is as a person put it: "title and place by a person"; with
    what is noted of an incident, and whether it was set aside; "" where nothing is."""
    *others, last = [FIELDS[name] for name in about.mended if name in FIELDS] or [""]
    words = [last and f"{' and '.join(filter(None, (', '.join(others), last)))} by a person"]
    if isinstance(about, Incident):
        words = ["" if about.ours else "not ours", *words]
        if about.remark:
            words[-1] += f": “{clean(about.remark)}”"
    return "; ".join(filter(None, words))


def sentence(words: str) -> str:
    """Words with a capital to begin with, and the rest as it is."""
    return words[:1].upper() + words[1:]


def fields_mended(document: Document | Heading, incident: Incident | None) -> tuple[str, ...]:
    """The fields that a person mended, those of the incident with its name in front:
    ("published", "incident.where")."""
    of_incident = incident.mended if incident else ()
    return (*document.mended, *(f"incident.{name}" for name in of_incident))


def instant(moment: str | None) -> datetime | None:
    """The moment as a point in time, for putting things in order; `None` where it is no date.

    A date without a time is its first minute, a time without an offset is read as UTC: both only
    for the order, nothing is shown that way.
    """
    if not moment:
        return None
    try:
        value = datetime.fromisoformat(moment.strip())
    except ValueError:
        return None
    return value if value.tzinfo is not None else value.replace(tzinfo=UTC)


def age(moment: str | None) -> tuple[bool, float]:
    """A key that sorts oldest first and what has no date last."""
    value = instant(moment)
    return (value is None, 0.0 if value is None else value.timestamp())


def day(moment: str | None) -> str:
    """The day of a moment as written there: "Tue 4 Mar 2031"; "no date" where it is no date."""
    value = instant(moment)
    if value is None:
        return "no date"
    return f"{DAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}"


def clock(moment: str | None) -> str:
    """The time of day as written in a moment: "17:30"; "" where it holds only a date."""
    value = instant(moment)
    return "" if value is None or not _has_time(moment) else f"{value.hour:02}:{value.minute:02}"


def moment(value: str | None, *, year: bool = True) -> str:
    """A moment in words, in its own time zone: "4 Mar 2031 17:30", or "4 Mar 17:30"."""
    point = instant(value)
    if point is None:
        return "no date"
    date = f"{point.day} {MONTHS[point.month - 1]}" + (f" {point.year}" if year else "")
    return f"{date} {clock(value)}".strip()


def span(start: str | None, end: str | None) -> str:
    """A span of days or moments in words: "4 Mar 2031", "4 Mar 2031 – 6 Mar 2031", "up to ..."."""
    first, last = moment(start) if start else "", moment(end) if end else ""
    if first and last:
        return first if first == last else f"{first} – {last}"
    if last:
        return f"up to {last}"
    return f"from {first}" if first else ""


def rows_of(incident: str, rows: int, others: Iterable[Toll]) -> str:
    """That a row is one of several of an incident, and what is told of no row alone."""
    told = [
        f"{bounds(toll.low, toll.high)} {group(toll.who)} {kind(toll.kind)}"
        for toll in others
        if toll.kind == "killed"
    ]
    rest = f" Of no one day and place alone: {', '.join(told)}." if told else ""
    return f"One of {plural(rows, 'row')} of the incident {incident}.{rest}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 copy", "4 copies"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def _has_time(moment: str | None) -> bool:
    return moment is not None and len(moment.strip()) > len("2031-03-04")
