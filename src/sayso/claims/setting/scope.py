"""Whether a figure is of this story, of an older incident, or a running total."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from sayso.claims.setting.dating import recalls
from sayso.claims.setting.governing import clause, day, governing, inside
from sayso.language.dates import span
from sayso.language.geography.references import head_of
from sayso.language.grammar.features import is_demonstrative, is_past, is_plural
from sayso.language.grammar.noun_phrase import is_definite, under
from sayso.language.times.tense import is_perfect, is_progressive
from sayso.language.trees import Sentence, Token
from sayso.lexicon import LANGUAGE, table
from sayso.records import HARMS, Claim, Kind, Scope, TimeMention, When, is_narrow

RUNNING = "scope.running"
"""The rule of what counts the dead of several days, and may be more than what the text tells of."""

_SUMMED: tuple[Kind, ...] = ("killed", "casualties", "injured", "abducted", "detained")
"""What goes on being summed: those displaced or missing are as many as there are now."""

_DAY = timedelta(days=1)
_MONTH = timedelta(days=27)
_MONTHS = timedelta(days=60)
"""What began less than so long ago may be the one event that a text is about."""
_YEAR = timedelta(days=365)
"""An event of the last so many days may be what a text is about, whose lead tells of it."""


def scope(
    sentences: Sequence[Sentence],
    index: int,
    predicate: Token,
    mentions: Sequence[TimeMention],
    published: str | None,
) -> tuple[Scope, str]:
    """Whether a figure is of this story, of an older incident, or a running total; and the rule."""
    sentence = sentences[index]
    words = sentence.table("scope")
    text = " ".join(t.lower for t in sentence.tokens)
    found = governing(sentence, predicate, mentions, ())
    today = day(published)
    if _long_after(predicate):
        return "background", "scope.long-after"
    if _is_of_lasting(predicate, mentions, today):
        return "period", "scope.lasting"
    for mention in found:
        start, end = span(mention, sentence, published)
        recalled = recalls(predicate, mention)
        if today and not recalled and _is_sum(predicate, index, start, end, today):
            return "period", "scope.period"
        if recalled:
            start, end = mention.first, mention.last  # "since 1998, when a barge sank": in 1998
        first, last = day(start), day(end)
        if (
            today
            and first
            and not _is_of_one(predicate)
            and today - first >= timedelta(days=words["period"]["days"])
            and (last is None or last >= today - timedelta(days=1))
        ):
            return "period", "scope.period"
        if today and last and today - last >= timedelta(days=words["background"]["days"]):
            if not recalled and not index and _is_news(predicate) and today - last < _YEAR:
                return "current", "scope.lead"
            return "background", "scope.recalled" if recalled else "scope.date"
        days = last - first if first and last else timedelta(0)
        if days > timedelta(days=words["several"]["days"]) and _several(predicate):
            return "period", "scope.several"
    if any(phrase in text for phrase in words["period"]["phrases"]):
        return "period", "scope.period-words"
    for token in clause(predicate):
        if token.lemma.lower() in words["background"]["nouns"] and any(
            child.lower in words["background"]["adjectives"] for child in token.kids("amod")
        ):
            return "background", "scope.other-incident"
    if any(phrase in text for phrase in words["background"]["phrases"]):
        return "background", "scope.background-words"
    if predicate.relation == "acl" and is_perfect(predicate) and is_progressive(predicate):
        return "background", "scope.going-on"  # "the militia, who have been fighting the army"
    if _is_back_then(predicate, mentions, published):
        return "background", "scope.back-then"
    if _is_reason(predicate):
        return "background", "scope.reason"
    before = sentences[index - 1] if index else None
    # What the first sentence brings up is the story.
    goes_on = before is not None and index > 1 and _goes_on(before, sentence, mentions)
    if before is not None and (goes_on or _points_back(predicate)):
        for mention in inside(before, mentions):
            last = day(mention.last)  # "since 1998": in 1998
            if today and last and today - last >= timedelta(days=words["background"]["days"]):
                return "background", "scope.that-incident"
    if _is_running(predicate, mentions, published):
        return "current", RUNNING
    return "current", "scope.story"


def running(claims: Sequence[Claim]) -> list[Claim]:
    """The same claims of a text, in its order: what counts the dead of several days is a running
    total where the text has told before how many of them are new. Where it has not, that is all
    it tells."""
    found = []
    new: list[Claim] = []
    for claim in claims:
        low = (claim.count.low or 0) if claim.count else 0
        if claim.because.get("scope") != RUNNING:
            if _is_new(claim):
                new.append(claim)
        elif any(n.kind == claim.kind and n.count and (n.count.low or 0) < low for n in new):
            claim = replace(claim, scope="period")
        found.append(claim)
    return found


def of_report(
    claims: Sequence[Claim],
    sentences: Sequence[Sentence],
    mentions: Sequence[TimeMention],
    published: str | None,
) -> list[Claim]:
    """The same claims of a text, in its order: what a report that begins with a total of a stretch
    of time, or says which it covers, counts behind it is of that stretch, until the text names a
    day or tells of an event."""

    def day_after(end: int) -> int:
        days = (m.start for m in mentions if m.start >= end and m.first and m.first == m.last)
        return min(days, default=sentences[-1].end if sentences else 0)

    found: list[Claim] = []
    first = next((c.evidence.start for c in claims if c.kind in _SUMMED), 0)
    led = (s for s in sentences if s.end <= first)
    covers = next(filter(None, (_covered(s, mentions, published) for s in led)), None)
    total, begun, until = covers, covers is not None, day_after(first) if covers else 0
    for claim in claims:
        harm, at = claim.kind in _SUMMED, claim.evidence.start
        own = claim.when if claim.when and claim.when.basis == "sentence" else None
        one = claim.event is not None and claim.event.type == "DISASTER"
        if harm and claim.scope == "period" and own and not begun and not one:
            total = replace(own, basis="neighbour")
            end = next(s.end for s in sentences if at < s.end)
            until = day_after(end)
        elif claim.scope == "current" and (own or at > until or (harm and not _is_bare(claim))):
            total = None
        elif harm and claim.scope == "current" and total:
            because = claim.because | {"scope": "scope.of-report", "when": "time.neighbour"}
            claim = replace(claim, scope="period", when=total, because=because)
        begun = begun or harm
        found.append(claim)
    return found


def _covered(
    sentence: Sentence, mentions: Sequence[TimeMention], published: str | None
) -> When | None:
    """The stretch of many days that a sentence says its report is of: "the report covers the period
    from 3 January until 2 March"."""
    words = sentence.table("scope")["period"]
    if not any(t.lemma.lower() in words["covering"] for t in sentence.tokens):
        return None
    found = inside(sentence, mentions)
    ends = [span(mention, sentence, published) for mention in found]
    start = min((first for first, _ in ends if first), default=None)
    end = max((last for _, last in ends if last), default=None)
    first, last = day(start), day(end)
    if first and last and last - first >= timedelta(days=words["days"]):
        return When(text=found[0].text, start=start, end=end, basis="neighbour")
    return None


def _is_bare(claim: Claim) -> bool:
    """Whether a figure names nobody who did it, and no town where."""
    place = claim.where
    stated = place is not None and place.basis == "sentence"
    return claim.by is None and not (place and stated and is_narrow(place))


def _is_new(claim: Claim) -> bool:
    """Whether it counts people whom somebody harmed now: not who died of wounds since, or was
    found, nor those of a disaster, which lasts."""
    later = claim.change is not None and claim.change.of is not None
    lasts = claim.event is not None and claim.event.type == "DISASTER"
    return claim.scope == "current" and claim.kind in HARMS and not (later or lasts)


def _is_running(predicate: Token, mentions: Sequence[TimeMention], published: str | None) -> bool:
    """Whether a figure's clause gives it a stretch of days until now, or so many days of events,
    and names no one event that it is of: "the number killed in the city since Monday", "the toll in
    a week of protests", and not "the toll of the raid"."""
    sentence, words = predicate.sentence, predicate.table("scope")
    chain = [predicate, *predicate.ancestors()]
    said = _own_words(next((t for t in chain if t.pos == "VERB"), predicate))
    before = words["background"]
    events = {*before["nouns"], *before["natural"], *words["period"]["of_one"]}
    named = [t for t in (*said, *chain) if t.lemma.lower() in events]
    if any(is_definite(t) or t.kids("nmod:poss") or t.relation == "nsubj" for t in named):
        return False
    today, own = day(published), set(said)
    for mention in inside(sentence, mentions):
        head = head_of(sentence, mention.start, mention.end)
        if head not in own or head.relation == "obj":
            continue  # "began the week" is no stretch of time
        start, end = map(day, span(mention, sentence, published))
        if today and start and start < today and (end is None or start < end >= today - _DAY):
            return True
    return any(
        t.relation == "nmod" and t.head.lemma.lower() in words["running"]["spans"] for t in named
    )


def _is_sum(predicate: Token, index: int, start: str | None, end: str | None, today: date) -> bool:
    """Whether a figure is all of a month or more that has ended, and of no one event: "148 workers
    lost their lives in November". Of one long over only the lead's is."""
    first, last = day(start), day(end)
    if not first or not last or last - first < _MONTH:
        return False
    words = predicate.table("scope")["background"]
    recent = today - last < timedelta(days=words["days"])
    if not recent and (index or not _is_news(predicate) or today - last >= _YEAR):
        return False
    events = {*words["nouns"], *words["natural"]}
    verb = predicate if predicate.pos == "VERB" else predicate.head
    told = (t for t in (*clause(predicate), *_own_words(verb)) if t.lemma.lower() in events)
    did = verb.kids("obj") and any(not is_plural(t) for t in predicate.kids("nsubj"))
    return not _is_of_one(predicate) and all(map(is_plural, told)) and not did


def _is_of_lasting(predicate: Token, mentions: Sequence[TimeMention], today: date | None) -> bool:
    """Whether a figure counts from the beginning of what lasts for months, or all whom it cost:
    "since the coup", "since the protests began on 2 February", "the toll from the war"."""
    lasting = predicate.table("scope")["lasting"]
    for token in (predicate, *predicate.ancestors()):
        for phrase in token.kids("obl", "nmod", "advcl"):
            below = phrase.subtree()
            if not {t.lower for t in phrase.kids("case", "mark")} & {*lasting["since"]}:
                continue
            begun = [day(m.first) for m in inside(token.sentence, mentions) if _holds(below, m)]
            if today and any(d and today - d < _MONTHS for d in begun):
                continue
            if (begun and phrase.relation == "advcl") or any(
                t.lemma.lower() in lasting["nouns"] for t in below
            ):
                return True
        cost = [n for n in token.kids("nsubj") if n.lemma.lower() in lasting["wars"]]
        if is_perfect(token) and any(is_definite(n) and not n.kid("nummod", "amod") for n in cost):
            return True  # "the conflict has claimed 30,000 lives"
        if is_perfect(token) and any(_is_of_years(n) for n in token.kids("obl")):
            return True
        for count in token.kids("nsubj", "nsubj:pass", "obj"):
            if count.lemma.lower() in lasting["counts"]:
                cost = [n for n in count.kids("nmod") if n.lemma.lower() in lasting["wars"]]
                return any(is_definite(n) and not n.kid("nummod", "amod") for n in cost)
    return False


def _is_of_years(phrase: Token) -> bool:
    """Whether it is what has gone on for years: "during its 12-year rebellion"."""
    words = phrase.table("scope")
    own = {form for t in phrase.subtree() for form in t.lower.replace("-", " ").split()}
    lasts = phrase.lemma.lower() in words["lasting"]["nouns"]
    return lasts and not own.isdisjoint(words["background"]["spans"])


def _holds(tokens: Sequence[Token], mention: TimeMention) -> bool:
    return any(mention.start <= t.start < mention.end for t in tokens)


def _own_words(verb: Token) -> list[Token]:
    """The words of a clause without those of the clauses beside it."""
    found = [verb]
    for kid in verb.children:
        beside = kid.relation in ("advcl", "ccomp", "conj", "parataxis")
        found += [] if beside else kid.subtree()
    return found


def lies_back(when: When | None, published: str | None) -> bool:
    """Whether the time that a claim's own words give ended long before the report: what its clause
    leaves open ("in 2029 it was the Astra, with 200 dead")."""
    today, last = day(published), day(when.end) if when else None
    if when is None or when.basis != "sentence" or today is None or last is None:
        return False
    return today - last >= timedelta(days=table("scope", LANGUAGE)["background"]["days"])


def _goes_on(before: Sentence, sentence: Sentence, mentions: Sequence[TimeMention]) -> bool:
    """Whether a sentence without a time of its own goes on about another event that the one before
    brings up: "In May 2024 a landslide hit Vell. The agency said that 670 people had died"."""
    if before.paragraph != sentence.paragraph or inside(sentence, mentions):
        return False
    words = before.table("scope")["background"]
    events = {*words["nouns"], *words["natural"]}
    return any(
        t.lemma.lower() in events
        and t.relation not in ("nmod", "obl")
        and t.kid("det")
        and not is_definite(t)
        for t in before.tokens
    )


def _is_news(predicate: Token) -> bool:
    """Whether it is what its sentence tells, or says that somebody said or found: "58 people died
    on March 4, a coroner has ruled", and not "tried for a raid in which 12 died"."""
    if predicate.pos not in ("VERB", "ADJ"):
        return False
    above = predicate
    while above.relation in ("ccomp", "conj") and above.head.pos == "VERB":
        above = above.head
    return above.relation == "root"


def _long_after(predicate: Token) -> bool:
    """Whether the clause is what something else came long after: "ten years after a bomb killed
    63", "marked a decade since the raid that killed 12", "the raid came days after a bomb"."""
    words = predicate.table("scope")["background"]
    above = [predicate, *predicate.ancestors()]
    # A tree may part the clause from its subject: "after a bombing | killed 63".
    for orphan in (t for t in above[:] if t.relation == "advcl" and not t.kid("nsubj")):
        first = orphan.subtree()[0].i
        above += [kid for kid in orphan.head.kids("obl") if kid.subtree()[-1].i + 1 == first]
    events = {*words["nouns"], *words["natural"]}
    for token in above:
        for mark in token.kids("mark", "case"):
            before = mark.line()[mark.i - 1].lower if mark.i else ""
            came = token.head.lemma.lower() in words["coming"] and any(
                s.lemma.lower() in events for s in token.head.kids("nsubj")
            )
            spans = (*words["spans"], *words["shorter"]) if came else words["spans"]
            if mark.lower in words["after"] and before in spans:
                return True
    return False


def _is_of_one(predicate: Token) -> bool:
    """Whether one long event is said to have done it, whose own time is that of the figure: "since
    May the outbreak has caused 61 deaths"."""
    verb = predicate if predicate.pos == "VERB" else predicate.head
    long = predicate.table("scope")["period"]["of_one"]
    return any(
        t.lemma.lower() in long and is_definite(t) and not is_plural(t)
        for t in (*verb.kids("nsubj"), *verb.kids("obl:agent"))
    )


def _several(predicate: Token) -> bool:
    """Whether those who were harmed were so in events of which the text counts several: "two
    attacks that killed 20"."""
    noun = predicate.head if predicate.relation == "acl" else None
    near = [*([] if noun is None else [noun]), *predicate.kids("nsubj", "obl", "obl:agent")]
    listed = predicate.table("scope")["background"]["nouns"]
    return any(t.lemma.lower() in listed and is_plural(t) and t.kid("nummod") for t in near)


def _is_back_then(predicate: Token, mentions: Sequence[TimeMention], published: str | None) -> bool:
    """Whether it only says when something lay back that the story is not about: "she had been in
    Karsa last week when five guards were shot"; a few days old, for of yesterday that is news."""
    words, today = predicate.table("scope"), day(published)
    for verb in (predicate, *predicate.ancestors()):
        led = any(t.lower in words["period"]["when"] for t in verb.kids("advmod", "mark"))
        if verb.relation != "advcl" or not led or today is None:
            continue
        back = any(is_past(t) for t in verb.head.kids("aux")) and is_perfect(verb.head)
        ends = [
            day(span(m, predicate.sentence, published)[1])
            for m in inside(predicate.sentence, mentions)
            if m.end <= verb.subtree()[0].start
        ]
        least = timedelta(days=words["background"]["then_days"])
        return back and any(end is not None and today - end >= least for end in ends)
    return False


def _is_reason(predicate: Token) -> bool:
    """Whether it is only told as what something else was done for: "in revenge for the raid that
    killed 12", "a reprisal for air strikes"."""
    reasons = predicate.words("scope", "background.reasons")
    chain = (t for t in (predicate, *predicate.ancestors()) if t.relation == "nmod")
    return any(t.head.lemma.lower() in reasons and under(t, "purpose") for t in chain)


def _points_back(predicate: Token) -> bool:
    """Whether the clause is about "that disaster", or of "that year": of the sentence before."""
    words = predicate.table("scope")["background"]
    pointing = {*words["nouns"], *words["occasions"]}
    return any(
        t.lemma.lower() in pointing and any(map(is_demonstrative, t.kids("det")))
        for t in clause(predicate)
    )
