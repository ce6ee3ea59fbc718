"""Figures that are part of another: "84 people, including 10 children", "four men and one woman".

Their harm is that of the whole before them, and they never add to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from sayso import lexicon
from sayso.claims.harm.changes import were_hurt
from sayso.claims.harm.figure import Figure, named, party_of, several, whole_tokens
from sayso.claims.harm.gapping import is_led
from sayso.claims.harm.singles import (
    are_told_of,
    each,
    listed,
    named_among,
    strength,
    those_counted,
    wording,
)
from sayso.language.grammar.features import is_plural, is_word
from sayso.language.grammar.noun_phrase import genitives, is_definite, led, under
from sayso.language.groups import category
from sayso.language.quantities import Quantity
from sayso.language.trees import Sentence, Token
from sayso.records import Count, Kind, Party

_HURT: tuple[Kind, ...] = ("injured", "critical", "hospitalised")
_NAMED = ("harm.contained", "harm.named", "harm.listed")
_NEAR = 12
"""Words behind a figure in which "including" still says what it includes."""


def whole_of(
    victim: Token, kind: Kind, count: Count, before: list[Figure], partial: bool
) -> Figure | None:
    """The earlier figure of the same kind that one of some people says it is part of."""
    same = [f for f in before if f.kind == kind and holds(f.count, count)]
    apposed = bool(same) and victim.dep == "appos" and victim.head in same[-1].tokens
    return same[-1] if same and (apposed or partial) else None


def among(figure: Figure, before: Sequence[Figure]) -> Figure:
    """The figure; one of "two nurses were among those killed", "three of them had died" or "was one
    of the rebels killed" as part of those told of before."""
    told = figure.because["kind"] in _NAMED or figure.partial
    told = told or _is_of_those(figure) or _are_named(figure) or _is_the_nth(figure)
    if not told or figure.whole is not None or figure.count is None:
        return figure
    if figure.kind == "killed" and were_hurt(figure.predicate):
        return figure  # "one of the 13 wounded has died": of these, and not of the dead
    # "Ten hostages were killed. Three of them were shot": how they died
    kinds = (figure.kind, "killed") if _is_means(figure) else (figure.kind,)
    same = (f for f in reversed(before) if f.kind in kinds and f.whole is None and several(f))
    whole = next((f for f in same if holds(f.count, figure.count)), None)
    if whole is None:
        return figure
    because = figure.because | {"part_of": "part.said"}
    return replace(figure, kind=whole.kind, whole=whole, because=because)


def _is_means(figure: Figure) -> bool:
    """Whether its word only says how people were killed, of whom that is told: "were shot", "had
    gunshot wounds"."""
    word = figure.predicate
    by_what = {k.lower for k in word.kids("compound", "amod")}
    wounds = figure.kind == "injured" and by_what & word.words("changes", "wounds.ways")
    return bool(wounds) or word.lemma.lower() in word.words("harm", "means.words")


def _is_the_nth(figure: Figure) -> bool:
    """Whether it is one of those counted, by its place among them: "the ninth victim, Ana Ruiz"."""
    noun = figure.noun
    if noun is None or figure.count is None or figure.count.high != 1:
        return False
    noun = noun.head if noun.relation == "appos" else noun
    ordinals = noun.words("changes", "added.ordinals")
    return is_definite(noun) and any(t.lower in ordinals for t in (noun, *noun.kids("amod")))


def _is_of_those(figure: Figure) -> bool:
    """Whether it counts some of those to whom the harm was done: "one of the rebels killed"."""
    noun, word = figure.noun, figure.predicate
    if noun is None or word.head is not noun or word.relation not in ("acl", "amod"):
        return False
    return led(noun, "genitive") and is_definite(noun) and noun.head.pos == "NUM"


def _are_the_dead(figure: Figure, before: Sequence[Figure]) -> bool:
    """Whether it only says how two died who were told of as dead one by one: "a student and a
    trader were found dead. Both had been shot"."""
    verb = figure.predicate
    means = verb.lemma.lower() in verb.words("harm", "means.words") and not verb.kid("obl")
    both = figure.tokens[0].lower in verb.words("numbers", "marks.pairing")
    counts = [f.count.low for f in before if f.kind == "killed" and f.count and f.whole is None]
    return means and both and counts == [1, 1]


def _are_named(figure: Figure) -> bool:
    """Whether it counts those who are known by name: "37 bodies had been identified"."""
    word = figure.predicate
    return (
        figure.because["kind"] == "harm.people"
        and word.dep == "nsubj:pass"
        and word.head.lemma in word.words("harm", "named.verbs")
    )


def holds(whole: Count | None, part: Count) -> bool:
    """Whether a figure can count some, and not all, of those whom another counts."""
    most, least = whole.high if whole else None, part.low
    return most is None or least is None or least < most


def again(figure: Figure, before: Sequence[Figure]) -> Figure:
    """The figure; one of "the two men" or "the arrested leader" as being of those told of before:
    what they are, and whose part, is what was said of them then. Both of two found dead who "had
    been shot" are no wounded.
    """
    noun, who = figure.noun, figure.who
    if _are_the_dead(figure, before):
        return replace(figure, kind="killed")
    if noun is None or figure.whole is not None or not _points_back(noun):
        return figure
    kinds = _HURT if figure.kind in _HURT else (figure.kind,)
    kinds += ("killed",) if _is_means(figure) else ()
    same = (f for f in reversed(before) if f.kind in kinds and _as_many(f, figure))
    told = next((f for f in same if f.noun is not None and _can_be(noun, f.noun)), None)
    if told is not None and told.kind == "killed" and _is_means(figure):
        because = figure.because | {"part_of": "part.said"}
        return replace(figure, kind="killed", whole=told.whole or told, because=because)
    if told is None or told.who is None or who is None:
        return figure
    whole = told.whole if told.kind == figure.kind else None
    because = figure.because | {"who": "again.told"}
    if whole is not None:
        because |= {"part_of": told.because["part_of"]}
    return replace(
        figure,
        who=Party(text=who.text, category=told.who.category),
        whole=whole,
        because=because,
    )


def _as_many(one: Figure, other: Figure) -> bool:
    a, b = one.count, other.count
    return a is not None and b is not None and (a.low, a.high) == (b.low, b.high)


def _points_back(noun: Token) -> bool:
    """Whether a noun phrase speaks of people told of before: "the two men", "both men"; not "the
    other men", "the second man", "the head of the guard", "the man guarding it".
    """
    held = any(k.pos == "VERB" for k in noun.kids("amod"))  # "the arrested man who led them"
    said = [c.subtree()[0] for c in noun.kids("acl") if not held]
    if genitives(noun) or any(t.i == noun.i + 1 and t.pos != "PUNCT" for t in said):
        return False
    pairing = noun.words("numbers", "marks.pairing")
    both = any(d.lower in pairing for d in (noun, *noun.children))
    others = ("added.words", "added.ordinals", "rest.words")
    fresh = any(k.lower in noun.words("changes", row) for k in noun.children for row in others)
    return (both or is_definite(noun)) and not fresh


def _can_be(noun: Token, told: Token) -> bool:
    """Whether words may be for those whom others named: the same noun with no more said of them
    than was, or a noun for anyone.
    """
    if noun.lemma.lower() in noun.words("harm", "parts.anyone") or noun.pos in ("NUM", "DET"):
        return True
    named = {t.lemma.lower() for t in told.subtree()}
    more = (k for k in noun.kids("amod", "compound") if k.pos != "VERB")
    return noun.lemma == told.lemma and all(k.lemma.lower() in named for k in more)


def _is_bracketed(line: Sequence[Token], at: int) -> bool:
    """Whether the word stands in brackets behind those counted: "24 men (9 soldiers, 4 guards)"."""
    opening = next((n for n in range(at - 1, -1, -1) if line[n].text in "()[]"), None)
    if opening is None or not opening or line[opening].text in ")]":
        return False
    inside = line[opening + 1 : at]
    held = line[opening - 1]
    people = held.pos == "NOUN" and held.entity != "DATE"  # no "week (21 deaths, nine arrests)"
    return people and not any(t.pos in ("VERB", "ADP") for t in inside)


def _is_in_list(line: Sequence[Token], at: int) -> bool:
    """Whether the word stands further on in a list: "including 10 children and two nurses"."""
    for token in reversed(line[:at]):
        if token.lower in token.words("harm", "parts.before"):
            return token.relation == "case"
        if token.pos in ("VERB", "AUX") or (token.pos == "PUNCT" and token.text != ","):
            return False
    return False


def is_part(quantity: Quantity, victim: Token) -> bool:
    """Whether the number is said to be part of one before: "including 10", "two of them"."""
    line = quantity.head.line()
    first, last = quantity.tokens[0].i, quantity.tokens[-1].i
    named = victim.head.lemma in victim.words("harm", "named.verbs")
    if named and victim.lemma.lower() in victim.words("harm", "remains.words"):
        return True  # "37 bodies have been identified", of all that were found
    before = [t.lower for t in line[max(0, first - 2) : first]]
    if before[-1:] and before[-1] in quantity.head.words("harm", "parts.before"):
        return True
    if len(before) == 2 and before[0] in quantity.head.words("harm", "parts.before"):
        return before[1] in quantity.head.words("harm", "parts.of")  # "among them six teenagers"
    if _is_bracketed(line, first):
        return True
    if any(is_word(t, "genitive") for t in line[last + 1 : last + 2]) and any(
        t.lower in quantity.head.words("harm", "parts.of") for t in line[last + 2 : last + 3]
    ):
        return True
    if _is_of_as_many(line[last + 1 : last + 4]):
        return True
    of = [c for c in quantity.head.kids("nmod") if c.lower in c.words("harm", "alone.words")]
    if any(c.lower not in c.words("changes", "wounds.hurt") or not _died(quantity) for c in of):
        return True  # "three of the dead", and not "two of the wounded died"
    if victim.relation == "conj" and are_told_of(victim) and _is_in_list(line, first):
        return True
    near = [*quantity.head.children, *victim.children]
    if any(c.lower in quantity.head.words("harm", "parts.before") for c in near):
        return True
    return any(
        c.lower in quantity.head.words("harm", "parts.of") and under(c, "genitive") for c in near
    )


def _died(quantity: Quantity) -> bool:
    """Whether those counted are said to have died: none of the wounded that they were."""
    above = quantity.head.head
    return above.lemma.lower() in above.words("changes", "wounds.verbs")


def _is_of_as_many(behind: Sequence[Token]) -> bool:
    """Whether a number is some of a number: "29 [of the 52] died at home"."""
    if len(behind) < 3 or not is_word(behind[0], "genitive"):
        return False
    return is_word(behind[1], "definite") and behind[2].pos == "NUM"


def named_of(sentence: Sentence, whole: Figure) -> Iterator[Figure]:
    """One figure for each name that the text gives of those counted, a part of their figure."""
    if whole.because["kind"] == "harm.doer":
        return  # "the killer of four monks, Dask Morin"
    heads = [t for t in whole.tokens if t.pos == "NOUN" and is_plural(t)]
    for name in (n for head in heads for n in named_among(head)):
        words_ = wording(name)
        who = named(sentence, name)
        yield Figure(
            kind=whole.kind,
            count=Count(low=1, high=1, text=who.text),
            who=who,
            by=whole.by,
            predicate=whole.predicate,
            tokens=tuple(words_),
            whole=whole,
            because=whole.because | {"count": "number.named", "part_of": "part.named"},
            noun=name,
        )


def included(
    sentence: Sentence, taken: Collection[Token], done: Sequence[Figure]
) -> Iterator[Figure]:
    """One figure for each person named as a part of a count: "nine people, including a priest"."""
    for mark in sentence.tokens:
        wholes = [
            f for f in done if f.tokens[0].i < mark.i <= f.tokens[-1].i + _NEAR and several(f)
        ]
        if mark.lower not in sentence.words("harm", "parts.before") or not wholes or not mark.i:
            continue
        for person in listed(mark):
            if person in taken or any(person in f.tokens for f in done):
                continue
            who = named(sentence, person)
            yield Figure(
                kind=wholes[-1].kind,
                count=Count(low=1, high=1, text=who.text),
                who=who,
                by=wholes[-1].by,
                predicate=wholes[-1].predicate,
                tokens=tuple(wording(person)),
                noun=person,
                whole=wholes[-1],
                because=wholes[-1].because | {"count": "number.named", "part_of": "part.said"},
            )


def parts(sentence: Sentence, left: list[Quantity], done: list[Figure]) -> list[Figure]:
    """Figures that name no harm of their own: "84 people, including 10 children"; "five hurt, one
    critically"; and lists that add up to the figure before them: "four men and one woman".
    """
    found = []
    for index, quantity in enumerate(left):
        noun = those_counted(quantity)
        shared = [f for f in done if set(whole_tokens(quantity)) & set(f.tokens)]
        before = shared or [f for f in done if f.tokens[0].i < quantity.tokens[0].i]
        if not before:
            continue
        whole = before[-1]
        kind, rule = whole.kind, "of-the-whole"
        end = quantity.tokens[-1].i + 1
        of, those = sentence.tokens[end : end + 1], sentence.tokens[end + 1 : end + 2]
        own = any(t.lower in t.words("harm", "parts.of") for t in those)
        if own and is_word(of[0], "genitive"):
            end += 2  # "six of them critically"
            named = sentence.tokens[end : end + 1]
            if named and named[0].pos == "NOUN" and category(named[0]) != "unspecified":
                noun = named[0]  # "14 of them girls"
        after = sentence.tokens[end : end + 1]
        graver = lexicon.harm(sentence.language).graver
        worse = next((k for k, ws in graver.items() if after and after[0].lower in ws), None)
        if worse is not None:
            kind, rule, noun = worse, "critically", after[0]
        elif after and after[0].lower in sentence.words("harm", "degrees.adverbs"):
            rule, noun = "degree", after[0]
        elif shared:
            what = quantity.head.head if quantity.head.relation == "nsubj" else noun
            if not what.kid("cop"):
                continue
            noun = what  # "half of the 40 killed were children"
        elif not _adds_up(left, index, whole) and (
            _is_governed(noun, whole) or not is_part(quantity, noun)
        ):
            continue
        first, last = quantity.tokens[0].i, max(quantity.tokens[-1].i, noun.i)
        found.append(
            Figure(
                kind=kind,
                count=quantity.count,
                who=party_of(quantity, noun) if rule == "of-the-whole" else None,
                by=whole.by,
                predicate=whole.predicate,
                tokens=sentence.tokens[first : last + 1],
                whole=whole if kind == whole.kind else None,
                because={"kind": f"harm.{rule}", "count": f"number.{quantity.rule}"}
                | ({"part_of": "part.said"} if kind == whole.kind else {}),
            )
        )
    return found


def apposed(
    sentence: Sentence, left: Sequence[Quantity], done: Sequence[Figure]
) -> Iterator[Figure]:
    """The figures of a row that says who those counted are, where all of it adds up to them: "four
    of them, three nurses and a baker, have died", "two men, a clerk and a cook, were shot"."""
    for whole in done:
        total = whole.count.low if whole.count and whole.count.low == whole.count.high else None
        heads = [a for t in whole.tokens for a in t.kids("appos")] if whole.whole is None else []
        told = {t for f in done if f is not whole for t in f.tokens}
        for row in (head.conjuncts() for head in heads):
            numbers = [next((q for q in left if those_counted(q) is item), None) for item in row]
            behind = sentence.tokens[row[-1].subtree()[-1].i + 1 :][:1]
            if not behind or behind[0].pos != "PUNCT":
                continue  # "two Germans, a Dane and a Swede were killed": four
            many_ = [_each(item, n) for item, n in zip(row, numbers, strict=True)]
            if len(row) < 2 or None in many_ or sum(filter(None, many_)) != total or told & {*row}:
                continue
            for item, number, many in zip(row, numbers, many_, strict=True):
                words_ = [*wording(item), *(number.tokens if number else ())]
                who, rule = named(sentence, item), number.rule if number else "named"
                yield Figure(
                    kind=whole.kind,
                    count=number.count if number else Count(low=many, high=many, text=who.text),
                    who=party_of(number, item) if number else who,
                    by=whole.by,
                    predicate=whole.predicate,
                    tokens=sentence.tokens[min(t.i for t in words_) : max(t.i for t in words_) + 1],
                    whole=whole,
                    because=whole.because | {"count": f"number.{rule}", "part_of": "part.sum"},
                    noun=item,
                )


def _each(item: Token, number: Quantity | None) -> int | None:
    """How many people an item of a row is, where that is plain."""
    if number is not None:
        return number.count.low if number.count.low == number.count.high else None
    return 1 if each(item) == [item] and strength(item) == 1 else None


def summed(figures: list[Figure]) -> list[Figure]:
    """The figures, those marked as parts that add up to the one before them and share its harm:
    "five people, four men and one woman, were killed"."""
    for n, whole in enumerate(figures):
        rest = [f for f in figures[n + 1 :] if f.predicate is whole.predicate]
        exact = [f.count.low for f in rest if f.count and f.count.low == f.count.high]
        total = whole.count.low if whole.count else None
        alike = all(f.kind == whole.kind and f.whole in (None, whole) for f in rest)
        if alike and len(rest) == len(exact) > 1 and sum(filter(None, exact)) == total:
            told = {"part_of": "part.sum"}
            parts = [replace(f, whole=whole, because=f.because | told) for f in rest]
            return [*(f for f in figures if f not in rest), *parts]
    return figures


def is_all_of(whole: Figure, row: Sequence[Figure]) -> bool:
    """Whether the figures of a row come to the one before them."""
    many = [f.count.low for f in row if f.count and f.count.low == f.count.high]
    total = whole.count.low if whole.count else None
    return 1 < len(many) == len(row) and sum(filter(None, many)) == total


def as_part(figure: Figure, whole: Figure) -> Figure:
    """The figure, as one of those that come to another."""
    return replace(figure, whole=whole, because=figure.because | {"part_of": "part.sum"})


def in_row(sentence: Sentence, figures: Sequence[Figure]) -> list[Figure]:
    """The figures, those bare numbers of a row that come to the one before it as its parts: "seven
    died, four from Karsa and three from Vell"; not where that has its own place or day."""
    found = list(figures)
    for whole in [f for f in figures if f.whole is None and several(f)]:
        row = [f for f in found if f.kind == whole.kind and _last(f) > _last(whole)]
        row = [f for f in row if f is not whole]
        bare = all(f.whole is None and f.tokens[-1].pos == "NUM" for f in row)
        if not bare or not is_all_of(whole, row):
            continue
        between = sentence.tokens[whole.tokens[-1].i + 1 : min(map(_last, row))]
        if not any(t.entity or is_led(t) for t in between):
            parts_ = {id(f): as_part(f, whole) for f in row}
            found = [parts_.get(id(f), f) for f in found]
    return found


def itemised(sentence: Sentence, figures: Sequence[Figure]) -> list[Figure]:
    """The figures, those behind a colon that come to the one before it as its parts: "13 died: five
    in Karsa, three in Tovar, the rest at sea"; and to all of it where no rest is told of."""
    found = list(figures)
    for colon in (t.i for t in sentence.tokens if t.text == ":"):
        before = [f for f in found if _last(f) < colon and f.whole is None and several(f)]
        whole = max(before, key=lambda f: f.tokens[0].i, default=None)
        if whole is None or whole.count is None or whole.count.low is None:
            continue
        items = [f for f in found if f is not whole and f.count and _last(f) > colon]
        items = [f for f in items if f.kind == whole.kind and f.whole is None]
        many = [f.count.low for f in items if f.count and f.count.low == f.count.high]
        rest = any(t.lower in t.words("harm", "parts.rest") for t in sentence.tokens[colon + 1 :])
        total = sum(n for n in many if n is not None)
        fits = total < whole.count.low if rest else total == whole.count.low and len(many) > 1
        if items and len(many) == len(items) and fits:
            told = {"part_of": "part.sum"}
            parts_ = {id(f): replace(f, whole=whole, because=f.because | told) for f in items}
            found = [parts_.get(id(f), f) for f in found]
    return found


def of_both(sentence: Sentence, figures: Sequence[Figure]) -> list[Figure]:
    """The figures, those of the two kinds that one before them counts together as its parts, where
    they come to it: "804 casualties (188 killed and 616 injured)"."""
    found = list(figures)
    joint = lexicon.harm(sentence.language).joint.kinds
    for whole in [f for f in figures if f.kind in joint and f.count]:
        rest = [f for f in found if _last(f) > _last(whole) and f.kind in joint[whole.kind]]
        rest = sorted(rest, key=_last)[: len(joint[whole.kind])]
        many = [f.count.low for f in rest if f.count and f.count.low == f.count.high]
        each_ = len({f.kind for f in rest}) == len(joint[whole.kind])
        if each_ and whole.count and sum(filter(None, many)) == whole.count.low:
            told = {"part_of": "part.sum"}
            parts_ = {id(f): replace(f, whole=whole, because=f.because | told) for f in rest}
            found = [parts_.get(id(f), f) for f in found]
    return found


def _last(figure: Figure) -> int:
    """Where the words for how many stand, and not its harm: "killed: nine in Karsa"."""
    return max(
        (t.i for t in figure.tokens if t is not figure.predicate), default=figure.predicate.i
    )


def _is_governed(noun: Token, whole: Figure) -> bool:
    """Whether another verb says what was done to a part: "arrested 45 and released 12 of them"."""
    verb = noun.head
    own = noun.relation in ("obj", "nsubj") and verb.pos == "VERB" and verb is not whole.predicate
    return own and verb.lemma not in noun.words("harm", "linking.verbs")


def _adds_up(left: list[Quantity], index: int, whole: Figure) -> bool:
    """Whether a run of numbers around this one, after the whole, sums to the whole exactly."""
    after = [q for q in left if q.tokens[0].i > whole.tokens[0].i]
    exact = [q.count.low for q in after if q.count.low == q.count.high]
    total = whole.count.low if whole.count else None
    if (
        len(after) != len(exact)
        or total is None
        or len(after) < 2
        or (whole.count and total != whole.count.high)
    ):
        return False
    return left[index] in after and sum(n for n in exact if n is not None) == total
