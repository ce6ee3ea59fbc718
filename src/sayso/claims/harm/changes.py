"""What a figure's own words say that it is to figures told before it.

"Two more died" counts people beside those told before, "bringing the toll to nine" all so far, and
"revised down to 41 from 49" takes the place of a figure that was wrong. What follows from that for
the toll of an incident others decide, who know what was told before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from msgspec.structs import replace

from sayso.claims.harm.figure import Figure
from sayso.claims.harm.singles import those_counted
from sayso.language.grammar.clause import is_passive
from sayso.language.grammar.features import is_past, is_personal, is_word
from sayso.language.grammar.noun_phrase import genitives, is_definite, marks
from sayso.language.grammar.polarity import taken_back
from sayso.language.quantities import Quantity, quantities
from sayso.language.trees import Sentence, Token
from sayso.lexicon import harm
from sayso.records import HARMS, Change, Claim, Count, Kind, is_numbered

_STOP = re.compile(r"[.!?][”\"’']?\s|\n")
_SAID = ("asserted", "reported", "alleged")
_HELD = ("abducted", "detained")
_NEAR = 300  # characters: what was counted so shortly before is what "another 15" are beside


def change(sentence: Sentence, figure: Figure) -> tuple[Change, str] | None:
    """What a figure says that it is to those before it, and the rule that read it; None where it
    says nothing of them, and of a figure that is a part of one beside it.
    """
    if not figure.is_numbered or figure.whole is not None or figure.count is None:
        return None
    if _revises(sentence, figure):
        was = _instead(sentence, figure) or _was(sentence, figure.count)
        why = any(t.lower in sentence.words("changes", "revised.reasons") for t in sentence.tokens)
        return Change(how="revised", was=was, why=why), "change.revised"
    if _wounds(figure.predicate):
        return Change(how="added", of="injured"), "change.of-wounds"
    if figure.kind == "killed" and _were_missing(figure):
        return Change(how="added", of="missing"), "change.of-missing"
    if figure.kind in _HELD and _are_freed(figure):
        return Change(how="rest"), "change.freed"
    if _adds(figure):
        of: Kind | None = "missing" if _is_of_bodies(figure) else None
        return Change(how="added", of=of), "change.added"
    if figure.kind == "rescued" and figure.because["kind"] == "harm.state":
        return Change(how="total", of="missing"), "change.safe"
    first = figure.tokens[0].i
    told = (*sentence.tokens[max(0, first - 1) : first], *_counted(figure))
    if any(t.lower in sentence.words("changes", "rest.words") for t in told):
        return Change(how="rest"), "change.rest"
    if _said_before(figure):
        return Change(how="earlier"), "change.earlier"
    if figure.because["kind"] == "harm.nth" or _totals(sentence, figure):
        return Change(how="total", was=_was(sentence, figure.count)), "change.total"
    return None


def told_beside(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """The same claims of a text, in its order, without the change of those that are only more than
    others that the text has just counted: of "nine were killed and another 15 injured" the 15 are
    beside the nine, and are all of the injured.
    """
    found: list[Claim] = []
    last: Claim | None = None
    for claim in claims:
        added = claim.change is not None and claim.change.how == "added" and not claim.change.of
        if added and last is not None and last.kind != claim.kind:
            between = text[last.evidence.end : claim.evidence.start]
            one_breath = not _STOP.search(between)
            follows_up = last.change is not None and last.change.how == "added"
            if one_breath or (len(between) < _NEAR and not follows_up):
                because = {name: rule for name, rule in claim.because.items() if name != "change"}
                claim = replace(claim, change=None, because=because)
        if claim.kind in HARMS and claim.count is not None:
            last = claim
        found.append(claim)
    return found


def adding_up(text: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The same claims of a text, in its order, those marked as parts that add up to a figure told
    before of the same event: "62 people died. They shot dead 20 soldiers and killed 42 traders."
    """
    found = {claim.id: claim for claim in claims}
    told = [c for c in claims if c.kind in HARMS and c.modality in _SAID and is_numbered(c)]
    alike: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in told:
        alike[claim.kind, claim.episode].append(claim)
    for whole in told:
        if whole.change is not None or found[whole.id].part_of is not None:
            continue
        beside = alike[whole.kind, whole.episode]
        behind = [found[c.id] for c in beside if c.evidence.start >= whole.evidence.end]
        for part in (p for p in _making_up(text, whole, behind) if p.part_of is None):
            because = part.because | {"part_of": "part.sum"}
            found[part.id] = replace(part, part_of=whole.id, because=because)
    return tuple(found[claim.id] for claim in claims)


def _making_up(text: str, whole: Claim, behind: Sequence[Claim]) -> Sequence[Claim]:
    """The first claims of those behind a whole that stand together and add up to it.

    Where the whole is vague or counts two, or some are told as more, they are told in one breath
    with one that is known for a part: "the commander and one additional rebel".
    """
    low, high = (whole.count.low or 0, whole.count.high) if whole.count else (0, None)
    for first in range(len(behind)):
        total = 0
        for last in range(first, len(behind)):
            part = behind[last]
            many = part.count.low if part.count and part.count.low == part.count.high else None
            if many is None or not _may_be_of(part, whole):
                break
            total += many
            between = text[behind[first].evidence.end : part.evidence.start]
            if total > (high or low) or len(between) >= _NEAR:
                break  # nor do those behind it
            parts = behind[first : last + 1]
            known = any(p.part_of for p in parts) and not _STOP.search(between)
            plain = len(parts) < total == low and not any(p.change for p in parts)
            fits = low <= total <= (high or low) if known else plain and high in (low, None)
            if first < last and fits:
                return parts
    return ()


def _may_be_of(part: Claim, whole: Claim) -> bool:
    """Whether people can be some of those of a whole, by what they are and what is said of them."""
    if part.part_of is not None:
        return part.part_of == whole.id
    days = {c.when.start for c in (part, whole) if c.when and c.when.basis == "sentence"}
    groups = [c.who.category if c.who else "unspecified" for c in (part, whole)]
    alike = groups[0] == groups[1] or "unspecified" in groups
    return part.scope == whole.scope and len(days) < 2 and alike


def _counted(figure: Figure) -> tuple[Token, ...]:
    """The words of a figure that say how many of whom, without what happened to them."""
    return tuple(t for t in figure.tokens if t is not figure.predicate)


def _adds(figure: Figure) -> bool:
    """Whether it counts people beside others: "two more", "another 15", "a second protester"."""
    words = figure.predicate.words
    counted = _counted(figure)
    said = [t.lower for t in counted]
    text = f" {' '.join(said)} "
    if any(f" {phrase} " in text for phrase in words("numbers", "hedging.additional")):
        return True
    if not words("changes", "added.words").isdisjoint(said):
        return True
    ordinals = [t for t in counted if t.lower in words("changes", "added.ordinals")]
    if any(t.relation == "amod" and not is_definite(t.head) for t in ordinals):
        return True
    number = figure.count.text.lower().split() if figure.count else []
    after = words("numbers", "hedging.additional_after")
    bound = words("numbers", "ranges.joins")  # "seven or more" are seven at least
    return not after.isdisjoint(number[-1:]) and bound.isdisjoint(number[-2:-1])


def _is_of_bodies(figure: Figure) -> bool:
    """Whether it counts bodies: those that are found later were missing till then."""
    found = figure.because["kind"] == "harm.crowd"
    bodies = harm(figure.predicate.language).people["killed"]
    noun = figure.noun.lemma.lower() if figure.noun else ""
    return figure.kind == "killed" and (found or noun in bodies)


def _wounds(predicate: Token) -> bool:
    """Whether somebody died of wounds: "died of his wounds", "succumbed to their injuries", "a man
    wounded on Monday died"."""
    if predicate.lemma.lower() not in predicate.words("changes", "wounds.verbs"):
        return False
    return were_hurt(predicate) or any(
        noun.lemma.lower() in predicate.words("changes", "wounds.nouns")
        and not predicate.words("changes", "wounds.markers").isdisjoint(marks(noun))
        and not any(k.lower in predicate.words("changes", "wounds.ways") for k in noun.children)
        for noun in predicate.kids("obl", "nmod")
    )


def were_hurt(predicate: Token) -> bool:
    """Whether those of whom a verb tells are called hurt: "one of the 13 wounded died"."""
    who = predicate.kid("nsubj")
    whom = [who, *genitives(who)] if who is not None else []
    hurt = [*whom[1:], *(word for noun in whom for word in noun.kids("acl", "amod", "nmod"))]
    return any(word.lemma.lower() in predicate.words("changes", "wounds.hurt") for word in hurt)


def _were_missing(figure: Figure) -> bool:
    """Whether it counts as dead whom it calls missing: "declared the 11 missing miners dead"."""
    missing = harm(figure.predicate.language).adjectives["missing"]
    return any(t.lower in missing for t in figure.tokens)


def _are_freed(figure: Figure) -> bool:
    """Whether it is told of those counted that they go free, who were taken before: "freed 30 girls
    abducted in June", "the last five hostages walked home"."""
    taken = figure.predicate
    said = taken.kid("aux", "aux:pass", "cop", "cc", "obj")
    if taken.pos == "VERB" and (said or not is_passive(taken)):
        return False
    verb = next((above for above in taken.ancestors() if above.pos == "VERB"), None)
    if verb is None or taken.relation in ("obl", "parataxis", "root"):
        return False
    ways = {kid.lower for kid in verb.kids("advmod", "xcomp", "compound:prt")}
    freed = {verb.lemma.lower(), verb.lower} & verb.words("changes", "freed.verbs")
    return bool(freed or ways & verb.words("changes", "freed.ways"))


def _said_before(figure: Figure) -> bool:
    """Whether it was said before what the text tells: "had earlier put the toll at nine"."""
    if figure.because["kind"] not in ("harm.toll", "harm.left-out"):
        return False
    near = [figure.predicate, *_above(figure.predicate)]
    said = {kid.lower for word in near for kid in word.kids("advmod", "amod")}
    if not said.isdisjoint(figure.predicate.words("changes", "earlier.words")):
        return True
    verb = near[-1]  # "police had given the number as 41", and not "the toll had grown to 41"
    was = verb is figure.predicate and verb.kid("cop") is not None  # "its total had been 13"
    if not was and verb.lemma.lower() not in verb.words("harm", "gapping.saying"):
        return False
    perfect = (aux for aux in verb.kids("aux") if is_word(aux, "perfect") and is_past(aux))
    return (verb.relation == "root" or verb.dep == "acl:relcl") and any(perfect)


def _totals(sentence: Sentence, figure: Figure) -> bool:
    """Whether it counts all so far: "bringing the toll to nine", "nine in all"."""
    verbs = sentence.words("changes", "total.verbs")
    if figure.because["kind"] == "harm.toll" and _hangs_on(figure, verbs):
        return True
    closing = [v for v in _around(figure) if v.lemma in v.words("changes", "total.closing")]
    closed = (o for v in closing for o in v.kids("obj", "nsubj:pass"))
    if any(o.lemma.lower() in harm(o.language).lists.words for o in closed):
        return True
    first, last = figure.tokens[0].i, figure.tokens[-1].i
    near = sentence.tokens[max(0, first - 3) : last + 4]
    text = f" {' '.join(t.lower for t in near)} "
    return any(f" {phrase} " in text for phrase in sentence.words("changes", "total.phrases"))


def _revises(sentence: Sentence, figure: Figure) -> bool:
    """Whether a word on which the figure hangs says that it puts an earlier one right."""
    if _instead(sentence, figure) is not None:
        return True
    revising = _hangs_on(figure, sentence.words("changes", "revised.words"))
    toll = figure.because["kind"] in ("harm.toll", "harm.left-out")
    return revising and (toll or _was(sentence, figure.count) is not None)


def _instead(sentence: Sentence, figure: Figure) -> Count | None:
    """The figure behind another that is said to be wrong: "19 people died, not 23", "and not 23",
    "there are 28; it had been 31"."""
    last = max(figure.tokens[-1].i, figure.predicate.i)
    for quantity in quantities(sentence):
        first, number = quantity.tokens[0].i, quantity.head
        if first <= last or quantity.unit is not None:
            continue
        if (was := _more(figure.count, quantity)) is not None:
            return was
        between = sentence.tokens[last + 1 : first]
        plain = those_counted(quantity).pos == "NUM" or those_counted(quantity) is figure.noun
        if any(is_word(t, "negation") for t in between[-1:]) and plain:
            told = (t for t in between[:-1] if t.pos not in ("PUNCT", "CCONJ"))
            return quantity.count if not any(t.pos in ("VERB", "NUM") for t in told) else None
        verb = number if number.kid("cop") else number.head
        it = any(is_personal(s) for s in verb.kids("nsubj"))
        had = any(is_word(a, "perfect") and is_past(a) for a in verb.kids("aux"))
        if plain and it and had and not taken_back(verb):
            return quantity.count
        return None
    return None


def _more(now: Count | None, quantity: Quantity) -> Count | None:
    """What was told before, where a number says how many fewer there are now: "four fewer than
    first reported"."""
    behind = [t.lower for t in quantity.head.line()[quantity.tokens[-1].i + 1 :][:7]]
    words = quantity.head.words
    fewer = behind[:1] and behind[0] in words("changes", "revised.fewer")
    if not fewer or words("changes", "earlier.words").isdisjoint(behind) or now is None:
        return None
    by = quantity.count.low or 0
    low = None if now.low is None else now.low + by
    high = None if now.high is None else now.high + by
    return Count(low=low, high=high, text=quantity.count.text)


def _hangs_on(figure: Figure, listed: Set[str]) -> bool:
    """Whether one of these is a word of the figure, or one that it hangs on."""
    return any(token.lemma.lower() in listed for token in _around(figure))


def _around(figure: Figure) -> Iterator[Token]:
    """The words of a figure, those that they hang on, and what says more of these."""
    seen = set()
    for token in (*figure.tokens, figure.predicate):
        for near in (token, *_above(token)):
            if near not in seen:
                seen.add(near)
                yield near


def _above(token: Token) -> Iterator[Token]:
    """What a word hangs on, as far as the verb of its clause, with that verb."""
    for above in token.ancestors():
        yield above
        if above.pos == "VERB":
            return


def _was(sentence: Sentence, now: Count | None) -> Count | None:
    """The earlier figure that the sentence names beside this one: "from 49", "not 49"."""
    for quantity in quantities(sentence):
        if quantity.unit is not None or now is None or quantity.count.text == now.text:
            continue
        first = quantity.tokens[0].i
        before = [t.lower for t in sentence.tokens[max(0, first - 2) : first]]
        if not sentence.words("changes", "revised.was").isdisjoint(before):
            return quantity.count
    return None
