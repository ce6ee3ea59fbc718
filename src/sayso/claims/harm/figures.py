"""How many, of whom, and what happened to them: the figures of one sentence.

For each word of harm (`victims`), the number that belongs to its people. A figure is never made
without a number in the text, save for a single person ("a policeman was killed": one) and for
nobody ("no one was hurt": none). Whether a figure is of this story or of an older one, and on whose
say-so it is, others decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from sayso.claims.event.actors import actors, doers, is_named, joined, meant
from sayso.claims.event.blame import blamed
from sayso.claims.event.causes import cause
from sayso.claims.event.senses import is_power, noun
from sayso.claims.harm.gapping import remnants
from sayso.claims.harm.harms import Harm, harms
from sayso.claims.harm.joint import joints
from sayso.claims.harm.pairing import is_ones_own, pairs, those_counted
from sayso.claims.harm.singles import are_people, listed, named_among, wording
from sayso.claims.harm.spared import spared
from sayso.language.grammar.clause import is_passive, subject
from sayso.language.grammar.features import is_plural, is_word
from sayso.language.grammar.noun_phrase import is_definite, marks
from sayso.language.grammar.polarity import is_none, taken_back
from sayso.language.groups import can_act, category, party
from sayso.language.quantities import Quantity, quantities
from sayso.language.trees import Sentence, Token
from sayso.lexicon import table, words
from sayso.records import Count, Kind, Party

_NEAR = 12
"""Words behind a figure in which "including" still says what it includes."""


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One figure as its sentence states it; `count` is None where it says people and no number.

    `tokens` are the evidence, contiguous; `whole` is the figure of the same sentence that this one
    is part of; `because` names the rule that made each field.
    """

    kind: Kind
    count: Count | None
    who: Party | None
    by: Party | None
    predicate: Token
    tokens: tuple[Token, ...]
    whole: Figure | None
    because: dict[str, str]

    @property
    def is_numbered(self) -> bool:
        """Whether the text gives it a number, were it only of one person or of nobody."""
        return self.count is not None and self.because["count"] != "number.not-given"


def figures(sentence: Sentence, before: Sequence[Figure] = ()) -> list[Figure]:
    """The figures of a sentence, in the order of their numbers in the text.

    `before` are those of the sentence before it, with which it may count on ("The priest said
    nine.").
    """
    counted = [q for q in quantities(sentence) if q.unit is None and not is_ones_own(q)]
    found: dict[Token, list[tuple[Quantity | None, Token, Harm, str]]] = {}
    wholes = [q.whole for q in counted if q.whole]
    read = [list(harms(token)) for token in sentence.tokens]
    together = joints(read, counted)
    # Of "killed or captured" neither is said.
    either = {harm for joint in together if joint.either for harm in joint.harms}
    site = [[harm for harm in found_ if harm not in either] for found_ in read]
    for harm, victim, quantity, rule in pairs(sentence, counted, list(chain(*site)), together):
        if quantity in wholes and not _of_its_own(harm, quantity):
            continue
        if quantity and quantity.whole and _of_its_own(harm, quantity.whole):
            continue
        if spared(harm, victim):
            quantity = _left(sentence, quantity, counted)
            if quantity is None:
                continue
            rule = "left"
        if _is_of_others(harm, victim, quantity, site):
            continue
        told = found.setdefault(quantity.head if quantity else victim, [])
        if (not told or _goes_on(told, harm)) and _fits(harm.kind, victim, quantity):
            told.append((quantity, victim, harm, rule))
    done: list[Figure] = []
    taken = {key for key, told in found.items() if told}
    for quantity, victim, harm, rule in sorted(chain(*found.values()), key=_position):
        done.append(_figure(sentence, quantity, victim, harm, rule, done))
    done = _summed(done)
    done += [f for figure in done for f in _names(sentence, figure)]
    done += _included(sentence, taken, done)
    left = [q for q in counted if q.head not in taken and q not in wholes]
    done += _parts(sentence, left, done)
    done += _left_out(sentence, left, done, before)
    done += [*_nobody(sentence, read, counted), *_nobody_at_all(sentence)]
    done += _unnumbered(sentence, site, done)
    return sorted(done, key=lambda f: f.tokens[0].i)


def _of_its_own(harm: Harm, whole: Quantity) -> bool:
    """Whether the harm is that of the whole itself: "nine of the 31 injured died"."""
    word, those = harm.predicate, those_counted(whole)
    beside = word.i == whole.tokens[-1].i + 1
    return word is those or beside or (word.relation == "acl" and word.head is those)


def _left(
    sentence: Sentence, quantity: Quantity | None, counted: Sequence[Quantity]
) -> Quantity | None:
    """The rest of a whole when a part is found: 17 of "three of the 20 missing were found"."""
    part = next((q for q in counted if quantity and q.whole is quantity), None)
    if quantity is None or part is None:
        return None
    tokens = sentence.tokens[part.tokens[0].i : quantity.tokens[-1].i + 1]
    whole, less = quantity.count, part.count
    low = None if whole.low is None or less.high is None else max(whole.low - less.high, 0)
    high = None if whole.high is None or less.low is None else whole.high - less.low
    count = Count(low=low, high=high, text=sentence.quote(*sentence.cover(tokens)))
    return replace(quantity, count=count, rule="left", whole=part)


def _is_of_others(
    harm: Harm, victim: Token, quantity: Quantity | None, site: Sequence[Sequence[Harm]]
) -> bool:
    """Whether the harm only says who they were to whom worse was done: "four of the wounded have
    died", "a man wounded on Sunday died on Monday".
    """
    word, others = harm.predicate, [h for found in site for h in found if h is not harm]
    if word.head is victim and word.relation in ("acl", "amod") and harm.kind != "killed":
        return any(h.kind == "killed" and victim in h.victims for h in others)
    head = quantity.head if quantity else victim
    if word.head is not head or "of" not in marks(word) or not is_definite(word):
        return False
    return any(head in h.victims for h in others)


def _left_out(
    sentence: Sentence, left: Sequence[Quantity], done: Sequence[Figure], before: Sequence[Figure]
) -> Iterator[Figure]:
    """The figures whose verb is left out: they count those to whom the same was done."""
    numbered = [f for f in done if f.is_numbered and f.whole is None and _several(f)]
    taken = {t for f in done for t in f.tokens}
    free = [q for q in left if not taken & set(q.tokens)]
    above = next((f for f in reversed(before) if f.is_numbered and f.whole is None), None)
    ends = sorted(f.tokens[-1].i for f in numbered)
    for remnant in remnants(sentence, free, ends, above is not None and not numbered):
        quantity = remnant.quantity
        model = next(
            (f for f in reversed(numbered) if f.tokens[-1].i < quantity.tokens[0].i), above
        )
        if model is None:
            continue
        first, last = quantity.tokens[0].i, quantity.tokens[-1].i
        yield replace(
            model,
            count=quantity.count,
            predicate=quantity.head,
            tokens=sentence.tokens[first : last + 1],
            whole=None,
            because=model.because | {"count": f"number.{quantity.rule}", "kind": "harm.left-out"},
        )


def _goes_on(told: Sequence[tuple[Quantity | None, Token, Harm, str]], harm: Harm) -> bool:
    """Whether a harm befell the same people next: "were abducted and later murdered"."""
    first = told[0][2]
    verb = harm.predicate
    if first.rule == "joint":
        return False
    joined = verb.dep == "conj" and verb.head is first.predicate
    line, k = verb.line(), verb.i - 1
    while k > 0 and line[k].pos in ("AUX", "ADV"):
        k -= 1
    alone = line[k].lower in ("and", ",", "then") and not verb.kid("nsubj", "obj")
    return joined and alone and harm.kind not in {h.kind for _, _, h, _ in told}


def _fits(kind: Kind, victim: Token, quantity: Quantity | None) -> bool:
    """Whether such people can be counted for this kind: only forces are deployed, jobs never."""
    if victim.lemma.lower() in words("harm", "things.words"):
        return False
    only = table("harm")["only"].get(kind)
    if only is not None and (quantity is None or category(victim) not in only):
        return False
    return quantity is not None or kind not in ("displaced", "participants")


def _position(found: tuple[Quantity | None, Token, Harm, str]) -> int:
    quantity, victim, _, _ = found
    return quantity.tokens[0].i if quantity else victim.i


def _figure(
    sentence: Sentence,
    quantity: Quantity | None,
    victim: Token,
    harm: Harm,
    rule: str,
    before: list[Figure],
) -> Figure:
    whole = _whole(quantity, victim, harm.kind, before)
    span = _evidence(sentence, quantity, victim, None if whole else harm)
    if quantity:
        count, count_rule = quantity.count, quantity.rule
    else:
        count, count_rule = Count(low=1, high=1, text=_named(sentence, victim).text), "single"
    because = {"kind": f"harm.{rule}", "count": f"number.{count_rule}"}
    by, by_rule = _by(harm, quantity)
    if by:
        because["by"] = by_rule
    if whole:
        because["part_of"] = "part.said"
    return Figure(
        kind=harm.kind,
        count=count,
        who=_who(quantity, victim) if quantity else _named(sentence, victim),
        by=by,
        predicate=harm.predicate,
        tokens=span,
        whole=whole,
        because=because,
    )


def _among_victims(doer: Token | None, quantity: Quantity | None) -> bool:
    """Whether who seems to do it is one of those it befalls: "Orlin and two others were killed"."""
    if doer is None or quantity is None:
        return False
    behind = doer.line()[wording(doer)[-1].i + 1 :][:2]
    return len(behind) == 2 and behind[0].lower == "and" and behind[1] is quantity.tokens[0]


def _who(quantity: Quantity | None, victim: Token) -> Party | None:
    """The people counted, unless the number stands alone ("13 were killed", "13 dead")."""
    alone = quantity and (
        victim in (*quantity.tokens, *_whole_tokens(quantity))
        or victim.pos == "NUM"
        or victim.lower in words("harm", "alone.words")
    )
    return None if alone else party(victim)


def _whole_tokens(quantity: Quantity) -> tuple[Token, ...]:
    """The number of the whole that a figure is a share of."""
    return quantity.whole.tokens if quantity.whole else ()


def _several(figure: Figure) -> bool:
    return figure.count is not None and figure.count.high != 1


def _tells(figure: Figure, token: Token) -> bool:
    """Whether a figure counts those to whom a harm is done: "the number of those killed is 16"."""
    return token in figure.tokens or figure.predicate in (token, *token.ancestors())


def _unnumbered(
    sentence: Sentence, site: Sequence[Sequence[Harm]], done: Sequence[Figure]
) -> Iterator[Figure]:
    """People in the plural to whom something was done, without a number: "rebels killed farmers".

    That they were more than one is all the text says: two, and no upper bound. "The farmers" may be
    those already counted, and get no count of their own.
    """
    for token in sentence.tokens:
        harm = next(iter(site[token.i]), None)
        if harm is None:
            continue
        if harm.rule in words("harm", "unnumbered.not_rules") and not _is_said(harm):
            continue
        only = harm.predicate.lemma.lower() in words("harm", "unnumbered.of_people")
        if any(_several(f) and f.kind == harm.kind and _tells(f, token) for f in done):
            continue
        many = [
            v
            for v in harm.victims
            if v is not token and are_people(v, surely=only) and not spared(harm, v)
        ]
        if not many or harm.kind not in words("harm", "unnumbered.kinds"):
            continue
        victim = many[0]
        by, by_rule = _by(harm)
        because = {"kind": f"harm.{harm.rule}", "count": "number.not-given"}
        who = party(victim)
        told_before = is_definite(victim) or victim.kid("nmod:poss") is not None
        yield Figure(
            kind=harm.kind,
            count=None if told_before else Count(low=2, high=None, text=who.text),
            who=who,
            by=by,
            predicate=harm.predicate,
            tokens=_evidence(sentence, None, victim, harm),
            whole=None,
            because=because | ({"by": by_rule} if by else {}),
        )


def _is_said(harm: Harm) -> bool:
    """Whether an adjective says what became of people, and does not only describe them."""
    return harm.rule == "adjective" and harm.predicate.kid("cop", "aux:pass") is not None


def _named(sentence: Sentence, victim: Token) -> Party:
    """One person, as the text names them."""
    name = wording(victim)
    text = sentence.quote(name[0].start, name[-1].end)
    return Party(text=text, category=category(victim))


def _by(harm: Harm, quantity: Quantity | None = None) -> tuple[Party | None, str]:
    """Whoever did it, and the rule that found them; nobody where none is named."""
    for heads, rule in _doers(harm, quantity):
        if by := joined(heads):
            return by, rule
    return None, ""


def _doers(harm: Harm, quantity: Quantity | None) -> Iterator[tuple[tuple[Token, ...], str]]:
    """The heads of those who did it, most telling first: by the word of harm itself, by one that
    says who is to blame, by the deed that it came of ("killed in a rebel attack").
    """
    verb = harm.predicate
    doer = None if _among_victims(harm.doer, quantity) else harm.doer
    surely = verb.lemma.lower() in words("harm", "unnumbered.of_people")
    if doer is not None:
        yield tuple(d for d in meant(doer).conjuncts() if _somebody(d, surely)), "by.role"
    elif harm.rule == "verb" and not is_passive(verb):
        one = subject(verb)
        if one is not None and one.pos == "PRON":
            yield actors(one, verb), "by.pronoun"  # "the army said it had captured two men"
    culprits, word = blamed(verb)
    yield culprits, f"by.blame:{word}"
    behind = cause(verb)
    if behind is not None:
        yield doers(behind.word), "by.cause"
    if verb.pos == "NOUN":
        yield doers(verb), "by.noun"


def _somebody(doer: Token, surely: bool) -> bool:
    """Whether a doer is somebody: a bomb and a quake do harm but are no party, while only somebody
    murders or abducts (`surely`).
    """
    if doer.pos == "PRON" or doer.entity == "DATE" or noun(doer) is not None:
        return False  # "the bombing of Karsa" is a deed
    return surely or is_named(doer) or can_act(doer) or is_power(doer)


def _evidence(
    sentence: Sentence, quantity: Quantity | None, victim: Token, harm: Harm | None
) -> tuple[Token, ...]:
    """The contiguous words that state the figure: number, people, harm, and its auxiliaries.

    A part of a whole is quoted without the harm, which its whole states.
    """
    parts = [victim, *((*quantity.tokens, *_whole_tokens(quantity)) if quantity else ())]
    if harm:
        parts += [harm.predicate, *harm.tokens]
    if harm and harm.predicate.i > victim.i:
        parts += harm.predicate.kids("aux", "cop")
    parts += [
        c for c in victim.kids("det", "amod", "compound", "case") if c.i < victim.i and not quantity
    ]
    if not quantity:
        parts += wording(victim)
    first, last = min(t.i for t in parts), max(t.i for t in parts)
    return sentence.tokens[first : last + 1]


def _whole(
    quantity: Quantity | None, victim: Token, kind: Kind, before: list[Figure]
) -> Figure | None:
    """The earlier figure of the same kind that this one says it is part of."""
    if quantity is None:
        return None
    same = [f for f in before if f.kind == kind]
    apposed = bool(same) and victim.dep == "appos" and victim.head in same[-1].tokens
    return same[-1] if same and (apposed or _is_part(quantity, victim)) else None


def _is_bracketed(line: Sequence[Token], at: int) -> bool:
    """Whether the word stands in brackets behind those counted: "24 men (9 soldiers, 4 guards)"."""
    opening = next((n for n in range(at - 1, -1, -1) if line[n].text in "()[]"), None)
    if opening is None or not opening or line[opening].text in ")]":
        return False
    inside = line[opening + 1 : at]
    return line[opening - 1].pos == "NOUN" and not any(t.pos in ("VERB", "ADP") for t in inside)


def _is_part(quantity: Quantity, victim: Token) -> bool:
    """Whether the number is said to be part of one before: "including 10", "two of them"."""
    line = quantity.head.line()
    first, last = quantity.tokens[0].i, quantity.tokens[-1].i
    before = [t.lower for t in line[max(0, first - 2) : first]]
    if before[-1:] and before[-1] in words("harm", "parts.before"):
        return True
    if len(before) == 2 and before[0] in words("harm", "parts.before"):
        return before[1] in words("harm", "parts.of")  # "among them six teenagers"
    if _is_bracketed(line, first):
        return True
    if [t.lower for t in line[last + 1 : last + 2]] == ["of"] and any(
        t.lower in words("harm", "parts.of") for t in line[last + 2 : last + 3]
    ):
        return True
    if any(
        c.dep == "nmod" and c.lower in words("harm", "alone.words") for c in quantity.head.children
    ):
        return True  # "three of the dead"
    near = [*quantity.head.children, *victim.children]
    if any(c.lower in words("harm", "parts.before") for c in near):
        return True
    return any(
        c.lower in words("harm", "parts.of") and any(k.lower == "of" for k in c.kids("case"))
        for c in near
    )


def _names(sentence: Sentence, whole: Figure) -> Iterator[Figure]:
    """One figure for each name that the text gives of those counted, a part of their figure."""
    if whole.because["kind"] == "harm.doer":
        return  # "the killer of four monks, Dask Morin"
    heads = [t for t in whole.tokens if t.pos == "NOUN" and is_plural(t)]
    for name in (n for head in heads for n in named_among(head)):
        words_ = wording(name)
        who = _named(sentence, name)
        yield Figure(
            kind=whole.kind,
            count=Count(low=1, high=1, text=who.text),
            who=who,
            by=whole.by,
            predicate=whole.predicate,
            tokens=tuple(words_),
            whole=whole,
            because=whole.because | {"count": "number.named", "part_of": "part.named"},
        )


def _included(
    sentence: Sentence, taken: Collection[Token], done: Sequence[Figure]
) -> Iterator[Figure]:
    """One figure for each person named as a part of a count: "nine people, including a priest"."""
    for mark in sentence.tokens:
        wholes = [
            f for f in done if f.tokens[0].i < mark.i <= f.tokens[-1].i + _NEAR and _several(f)
        ]
        if mark.lower not in words("harm", "parts.before") or not wholes or not mark.i:
            continue
        for person in listed(mark):
            if person in taken or any(person in f.tokens for f in done):
                continue
            who = _named(sentence, person)
            yield Figure(
                kind=wholes[-1].kind,
                count=Count(low=1, high=1, text=who.text),
                who=who,
                by=wholes[-1].by,
                predicate=wholes[-1].predicate,
                tokens=tuple(wording(person)),
                whole=wholes[-1],
                because=wholes[-1].because | {"count": "number.named", "part_of": "part.said"},
            )


def _parts(sentence: Sentence, left: list[Quantity], done: list[Figure]) -> list[Figure]:
    """Figures that name no harm of their own: "84 people, including 10 children"; "five hurt, one
    critically"; and lists that add up to the figure before them: "four men and one woman".
    """
    found = []
    for index, quantity in enumerate(left):
        noun = those_counted(quantity)
        shared = [f for f in done if set(_whole_tokens(quantity)) & set(f.tokens)]
        before = shared or [f for f in done if f.tokens[0].i < quantity.tokens[0].i]
        if not before:
            continue
        whole = before[-1]
        kind, rule = whole.kind, "of-the-whole"
        end = quantity.tokens[-1].i + 1
        of = [t.lower for t in sentence.tokens[end : end + 2]]
        if of[:1] == ["of"] and of[1:] and of[1] in words("harm", "parts.of"):
            end += 2  # "six of them critically"
        after = sentence.tokens[end : end + 1]
        if after and after[0].lower in words("harm", "graver.critical"):
            kind, rule, noun = "critical", "critically", after[0]
        elif after and after[0].lower in words("harm", "degrees.adverbs"):
            rule, noun = "degree", after[0]
        elif shared:
            what = quantity.head.head if quantity.head.relation == "nsubj" else noun
            if not what.kid("cop"):
                continue
            noun = what  # "half of the 40 killed were children"
        elif not _adds_up(left, index, whole) and (
            _is_governed(noun, whole) or not _is_part(quantity, noun)
        ):
            continue
        first, last = quantity.tokens[0].i, max(quantity.tokens[-1].i, noun.i)
        found.append(
            Figure(
                kind=kind,
                count=quantity.count,
                who=_who(quantity, noun) if rule == "of-the-whole" else None,
                by=whole.by,
                predicate=whole.predicate,
                tokens=sentence.tokens[first : last + 1],
                whole=whole if kind == whole.kind else None,
                because={"kind": f"harm.{rule}", "count": f"number.{quantity.rule}"}
                | ({"part_of": "part.said"} if kind == whole.kind else {}),
            )
        )
    return found


def _summed(figures: list[Figure]) -> list[Figure]:
    """The figures, those marked as parts that add up to the one before them and share its harm:
    "five people, four men and one woman, were killed"."""
    for n, whole in enumerate(figures):
        rest = [f for f in figures[n + 1 :] if f.predicate is whole.predicate]
        exact = [f.count.low for f in rest if f.count and f.count.low == f.count.high]
        total = whole.count.low if whole.count else None
        alike = all(f.kind == whole.kind and f.whole is None for f in rest)
        if alike and len(rest) == len(exact) > 1 and sum(filter(None, exact)) == total:
            told = {"part_of": "part.sum"}
            parts = [replace(f, whole=whole, because=f.because | told) for f in rest]
            return [*(f for f in figures if f not in rest), *parts]
    return figures


def _is_governed(noun: Token, whole: Figure) -> bool:
    """Whether another verb says what was done to a part: "arrested 45 and released 12 of them"."""
    verb = noun.head
    own = noun.relation in ("obj", "nsubj") and verb.pos == "VERB" and verb is not whole.predicate
    return own and verb.lemma not in words("harm", "linking.verbs")


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


def _nobody(
    sentence: Sentence, site: Sequence[Sequence[Harm]], counted: Sequence[Quantity]
) -> Iterator[Figure]:
    """Figures of nought: "no one was hurt", "no casualties were reported"."""
    none = table("harm")["none"]
    told: set[tuple[Kind, int]] = set()  # "hurt" is a verb and an adjective of the same harm
    for token in sentence.tokens:
        determiner = next(
            (c for c in token.kids("det", "case") if c.lower in none["determiners"]), None
        )
        if determiner:
            kinds: list[Kind] = [
                k for k, nouns in none["nouns"].items() if token.lemma.lower() in nouns
            ]
            if token.lemma.lower() in none["both"]:
                kinds = ["killed", "injured"]
            for kind in kinds:
                yield _nought(sentence, kind, [determiner, token], token)
        for harm in site[token.i]:
            for victim in (*harm.victims, *harm.predicate.kids("xcomp")):  # "wounded nobody"
                # "neither Voss nor Brandt was hurt" counts nobody
                named = victim.pos == "PROPN" or _is_one_of_two(victim)
                counted_ = any(victim in q.tokens for q in counted)  # "none of the 12" is a number
                if harm.predicate is victim or named or counted_ or not is_none(victim):
                    continue
                if (harm.kind, harm.predicate.i) not in told:
                    told.add((harm.kind, harm.predicate.i))
                    parts = [*victim.kids("det"), victim, *harm.tokens]
                    yield _nought(sentence, harm.kind, parts, harm.predicate)


def _nobody_at_all(sentence: Sentence) -> Iterator[Figure]:
    """Figures of nought of a verb that is denied: "did not kill anyone"."""
    for verb in sentence.tokens:
        nobody = next((o for o in verb.kids("obj", "xcomp") if is_word(o, "anybody")), None)
        if nobody is None or not taken_back(verb):
            continue
        for kind, lemmas in table("harm")["transitive"].items():
            if verb.lemma.lower() in lemmas:
                yield _nought(sentence, kind, [verb, nobody], verb)


def _is_one_of_two(victim: Token) -> bool:
    """Whether it is one of the two of a "neither ... nor"."""
    return victim.relation == "conj" or any(is_word(c, "correlative") for c in victim.kids("cc"))


def _nought(sentence: Sentence, kind: Kind, parts: list[Token], predicate: Token) -> Figure:
    first, last = min(t.i for t in parts), max(t.i for t in parts)
    tokens = sentence.tokens[first : last + 1]
    text = sentence.quote(tokens[0].start, tokens[-1].end)
    return Figure(
        kind=kind,
        count=Count(low=0, high=0, text=text),
        who=None,
        by=None,
        predicate=predicate,
        tokens=tokens,
        whole=None,
        because={"kind": "harm.nobody", "count": "number.nought"},
    )
