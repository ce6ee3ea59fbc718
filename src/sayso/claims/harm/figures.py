"""How many, of whom, and what happened to them: the figures of one sentence.

For each word of harm (`victims`), the number that belongs to its people. A figure is never made
without a number in the text, save for a single person ("a policeman was killed": one) and for
nobody ("no one was hurt": none). Whether a figure is of this story or of an older one, and on whose
say-so it is, others decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain, takewhile

from sayso import lexicon
from sayso.claims.harm.described import described
from sayso.claims.harm.doers import done_by
from sayso.claims.harm.figure import (
    Figure,
    meant,
    named,
    of_their_side,
    party_of,
    several,
    whole_tokens,
)
from sayso.claims.harm.gapping import is_bare, is_gapped, remnants
from sayso.claims.harm.harm import Harm
from sayso.claims.harm.harms import harms, nominal_agent
from sayso.claims.harm.joint import joints
from sayso.claims.harm.nobody import nobody, nobody_at_all
from sayso.claims.harm.nth import nth
from sayso.claims.harm.pairing import is_ones_own, pairs
from sayso.claims.harm.parts import (
    again,
    among,
    apposed,
    as_part,
    in_row,
    included,
    is_all_of,
    is_part,
    itemised,
    named_of,
    of_both,
    parts,
    summed,
    whole_of,
)
from sayso.claims.harm.singles import are_people, strength, those_counted, wording
from sayso.claims.harm.spared import spared
from sayso.claims.harm.things import things
from sayso.claims.harm.tolls import is_total
from sayso.language.grammar.clause import is_passive, subject
from sayso.language.grammar.features import (
    is_gerund,
    is_past,
    is_past_participle,
    is_present,
    is_singular_noun,
    is_verb,
    is_word,
    stands_for_many,
)
from sayso.language.grammar.noun_phrase import genitives, is_definite, marked, under, word_before
from sayso.language.groups import can_act, category, party, phrase
from sayso.language.quantities import Quantity, quantities
from sayso.language.trees import Sentence, Token
from sayso.records import Count, Kind, Party


def figures(
    sentence: Sentence, before: Sequence[Figure] = (), earlier: Sequence[Figure] = ()
) -> list[Figure]:
    """The figures of a sentence in the order of their numbers in the text, parts behind wholes.

    `before` are those of the sentence before it, with which it may count on ("The priest said
    nine."); `earlier` all of the text before it, some of whom it may count ("among the dead were").
    """
    numbers = quantities(sentence)
    ours = (q for q in numbers if q.unit is None or is_gapped(q) or is_total(q))
    counted = [q for q in ours if not is_ones_own(q)]
    found: dict[Token, list[tuple[Quantity | None, Token, Harm, str]]] = {}
    wholes = [q.whole for q in counted if q.whole]
    read = [list(harms(token)) for token in sentence.tokens]
    together = joints(read, counted)
    # Of "killed or captured" neither is said.
    either = {harm for joint in together if joint.either for harm in joint.harms}
    site = [[harm for harm in found_ if harm not in either] for found_ in read]
    here = list(chain(*site))
    for harm, victim, quantity, rule in pairs(sentence, counted, here, together, before):
        part = next((q for q in counted if quantity and q.whole is quantity), quantity)
        if part is not None and part.whole and (part is quantity) is _of_its_own(harm, part):
            continue
        if spared(harm, victim):
            quantity = _left(sentence, quantity, counted)
            if quantity is None:
                continue
            rule = "left"
        if _is_of_others(harm, victim, quantity, site):
            continue
        told = found.setdefault(quantity.head if quantity else victim, [])
        more = rule == "taken-up" and harm.kind not in {h.kind for _, _, h, _ in told}
        if (not told or more or _goes_on(told, harm)) and _fits(harm.kind, victim, quantity):
            told.append((quantity, victim, harm, rule))
    done: list[Figure] = []
    taken = {key for key, told in found.items() if told}
    in_order = sorted(chain(*found.values()), key=_position)
    for quantity, victim, harm, rule in in_order:
        done.append(_figure(sentence, quantity, victim, harm, rule, done))
    done = list(_shares([quantity for quantity, *_ in in_order], done))
    done = [again(among(figure, earlier), earlier) for figure in summed(done)]
    done += [f for figure in done for f in named_of(sentence, figure)]
    rows = list(apposed(sentence, [q for q in counted if q.head not in taken], done))
    done += rows
    done += included(sentence, taken, done)
    named_in = {f.noun for f in rows}
    left = [q for q in counted if q.head not in taken and q not in wholes]
    left = [q for q in left if those_counted(q) not in named_in]
    some = list(described(sentence, left, done, before, earlier))
    said = {f.tokens[0] for f in some}
    done += parts(sentence, [q for q in left if q.tokens[0] not in said], done)
    done += some
    done += _left_out(sentence, left, done, before)
    done = of_both(sentence, itemised(sentence, in_row(sentence, done)))
    done += [*nobody(sentence, read, counted), *nobody_at_all(sentence), *nth(sentence)]
    done += things(sentence, [q for q in left if not any(q.head in f.tokens for f in done)])
    done += _unnumbered(sentence, site, done, [those_counted(q) for q in numbers])
    return sorted(done, key=_order)


def _of_its_own(harm: Harm, part: Quantity) -> bool:
    """Whether the harm is that of the whole: "nine of the 31 injured died", not "nine of the 31
    died", which is told of the part.
    """
    word, whole = harm.predicate, part.whole
    if whole is None:
        return False
    those = those_counted(whole)
    told = word.relation == "xcomp" or (is_verb(word) and word in part.head.ancestors())
    beside = word.i == whole.tokens[-1].i + 1 and not told
    return word is those or beside or (word.relation == "acl" and word.head is those)


def _shares(counted: Sequence[Quantity | None], done: Sequence[Figure]) -> Iterator[Figure]:
    """The figures of these numbers, a share as part of its whole where that stands behind it:
    "killed most of the 27 people who died"."""
    for quantity, figure in zip(counted, done, strict=True):
        head = quantity.whole.head if quantity and quantity.whole else None
        both = zip(counted, done, strict=True)
        same = (f for q, f in both if q and q.head == head and f.kind == figure.kind)
        whole = next(same, None) if figure.whole is None else None
        because = figure.because | {"part_of": "part.said"}
        yield replace(figure, whole=whole, because=because) if whole else figure


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
    if word.head is not head or not under(word, "genitive") or not is_definite(word):
        return False
    return any(head in h.victims for h in others)


def _left_out(
    sentence: Sentence, left: Sequence[Quantity], done: Sequence[Figure], before: Sequence[Figure]
) -> Iterator[Figure]:
    """The figures whose verb is left out: they count those to whom the same was done."""
    numbered = [f for f in done if f.is_numbered and f.whole is None and several(f)]
    # The evidence of a harm's own figure may reach over others: "killed 9 in Karsa, 3 in Vessa".
    taken = {t for f in done if f.whole or f.predicate not in f.tokens for t in f.tokens}
    free = [q for q in left if not taken & set(q.tokens)]
    above = next((f for f in reversed(before) if f.count is not None and f.whole is None), None)
    ends = sorted(f.tokens[-1].i for f in numbered)

    def like(model: Figure, quantity: Quantity) -> Figure:
        first, last = quantity.tokens[0].i, quantity.tokens[-1].i
        return replace(
            model,
            count=quantity.count,
            predicate=quantity.head,
            tokens=sentence.tokens[first : last + 1],
            whole=None,
            because=model.because | {"count": f"number.{quantity.rule}", "kind": "harm.left-out"},
        )

    if above is not None and not done and not any(map(is_verb, sentence.tokens)):
        # "Seven died. Four from Karsa, three from Vell."
        row = [like(above, q) for q in free if is_bare(q)]
        if is_all_of(above, row):
            yield from (as_part(f, above) for f in row)
            return
    for quantity in remnants(sentence, free, ends, above is not None and not numbered):
        behind = (f for f in reversed(numbered) if f.tokens[-1].i < quantity.tokens[0].i)
        model = next(behind, above)
        if model is not None:
            yield like(model, quantity)


def _goes_on(told: Sequence[tuple[Quantity | None, Token, Harm, str]], harm: Harm) -> bool:
    """Whether a harm befell the same people next: "were abducted and later murdered"."""
    first = told[0][2]
    verb = harm.predicate
    if first.rule == "joint":
        return False
    alike = is_gerund(verb) == is_gerund(first.predicate)  # "one killed and wounding another 25"
    shared = alike and verb.i < first.predicate.i and first.victims == harm.victims
    if shared:  # "abducted and killed six", where the second verb has the number
        verb = first.predicate
    heads = {first.predicate, harm.predicate, first.predicate.head, harm.predicate.head}
    joined = verb.dep == "conj" and verb.head in heads and len(heads) <= 3
    if first.victims == harm.victims and harm.kind not in {h.kind for _, _, h, _ in told}:
        one, other = first.predicate, harm.predicate  # "six, abducted in May, were killed"
        if "advcl" in (one.relation, other.relation) and other in (one.head, *one.kids("advcl")):
            return is_passive(one) and is_passive(other)
    before, row = word_before(verb), verb.words("harm", "parts.row")
    alone = before is not None and before.lower in row and not verb.kid("nsubj")
    alone = alone and (shared or not verb.kid("obj"))
    return joined and alone and harm.kind not in {h.kind for _, _, h, _ in told}


def _fits(kind: Kind, victim: Token, quantity: Quantity | None) -> bool:
    """Whether such people can be counted for this kind: only forces are deployed, jobs never, and
    of bodies nothing but that they are dead, or sought."""
    if victim.lemma.lower() in victim.words("harm", "things.words"):
        return False
    tables = lexicon.harm(victim.language)
    body = victim.head if victim.relation == "nmod" else victim
    if kind not in ("killed", "missing") and body.lemma.lower() in tables.people["killed"]:
        return False
    if kind == "displaced" and _are_captives(victim, quantity):
        return False  # "12 of the hostages fled" from no home
    only = tables.only.get(kind)
    if only is not None and (quantity is None or category(victim) not in only):
        return False
    return quantity is not None or kind not in ("displaced", "participants")


def _are_captives(victim: Token, quantity: Quantity | None) -> bool:
    whole = [those_counted(quantity.whole)] if quantity and quantity.whole else []
    those = (victim, *genitives(victim), *genitives(victim.head), *whole)
    captives = lexicon.harm(victim.language).people["abducted"]
    return any(t.lemma.lower() in captives for t in those)


def _position(found: tuple[Quantity | None, Token, Harm, str]) -> int:
    quantity, victim, _, _ = found
    return quantity.tokens[0].i if quantity else victim.i


def _order(figure: Figure) -> tuple[int, bool]:
    first, whole = figure.tokens[0].i, figure.whole
    return (first, False) if whole is None else (max(first, whole.tokens[0].i), True)


def _figure(
    sentence: Sentence,
    quantity: Quantity | None,
    victim: Token,
    harm: Harm,
    rule: str,
    before: list[Figure],
) -> Figure:
    those = meant(victim)
    uncounted = those is not None and not those.kid("nummod")
    partial = quantity is not None and is_part(quantity, victim) and not uncounted
    whole = whole_of(victim, harm.kind, quantity.count, before, partial) if quantity else None
    span = _evidence(sentence, quantity, victim, None if whole else harm)
    if quantity:
        count, count_rule = quantity.count, quantity.rule
    else:
        many = strength(victim)
        text = named(sentence, victim).text
        count, count_rule = Count(low=many, high=many, text=text), "single"
    who = party_of(quantity, victim) if quantity else named(sentence, victim)
    lost = harm.rule == "phrase-of-loss"
    because = {"kind": f"harm.{rule}", "count": f"number.{count_rule}"}
    by, by_rule = done_by(harm, quantity)
    if by:
        because["by"] = by_rule
    if whole:
        because["part_of"] = "part.said"
    return Figure(
        kind=harm.kind,
        count=count,
        who=of_their_side(who, subject(harm.predicate)) if lost else who,
        by=by,
        predicate=harm.predicate,
        tokens=span,
        whole=whole,
        because=because,
        partial=partial,
        noun=victim,
    )


def _tells(figure: Figure, token: Token) -> bool:
    """Whether a figure counts those to whom a harm is done: "the number of those killed is 16"."""
    return token in figure.tokens or figure.predicate in (token, *token.ancestors())


def _unnumbered(
    sentence: Sentence,
    site: Sequence[Sequence[Harm]],
    done: Sequence[Figure],
    numbered: Collection[Token],
) -> Iterator[Figure]:
    """People in the plural to whom something was done, without a number: "rebels killed farmers".

    That they were more than one is all the text says: two, and no upper bound. "The farmers" may be
    those already counted, and "the killing of farmers" may go on for years: these get no count.
    """
    for token in sentence.tokens:
        harm = next(iter(site[token.i]), None)
        if harm is None:
            continue
        weak = harm.rule in sentence.words("harm", "unnumbered.not_rules") and not _is_said(harm)
        if weak and not any(_are_others(v, harm, site) for v in harm.victims):
            continue
        only = harm.predicate.lemma.lower() in sentence.words("harm", "unnumbered.of_people")
        if any(several(f) and f.kind == harm.kind and _tells(f, token) for f in done):
            continue
        many = [
            v
            for v in _victims(harm)
            if v is not token
            and v not in numbered
            and (_are_others(v, harm, site) or are_people(v, surely=only))
            and not spared(harm, v)
        ]
        if not many or harm.kind not in sentence.words("harm", "unnumbered.kinds"):
            continue
        victim = many[0]
        if category(victim) in lexicon.harm(sentence.language).never.get(harm.kind, ()):
            continue  # "the attackers fled"
        by, by_rule = done_by(harm)
        because = {"kind": f"harm.{harm.rule}", "count": "number.not-given"}
        who = party(victim)
        if harm.predicate in phrase(victim):  # the farmers of "for lynching farmers"
            who = Party(text=victim.text, category=who.category)
        known = is_definite(victim) or victim.kid("nmod:poss") is not None
        known = known and (victim.kid("det") is not None or not _are_others(victim, harm, site))
        some = not known and (weak or _is_once(harm.predicate))
        if not some and harm.kind not in sentence.words("harm", "unnumbered.always"):
            continue
        yield Figure(
            kind=harm.kind,
            count=Count(low=2, high=None, text=who.text) if some else None,
            who=who,
            by=by,
            predicate=harm.predicate,
            tokens=_evidence(sentence, None, victim, harm),
            whole=None,
            because=because | ({"by": by_rule} if by else {}),
        )


def _victims(harm: Harm) -> Sequence[Token]:
    """Those whom it befell; "more" behind a verb, however a tree hangs it: "hurt many more"."""
    verb = harm.predicate
    alone = verb.words("harm", "unnumbered.alone")
    behind = list(takewhile(lambda t: t.lower in alone, verb.line()[verb.i + 1 :]))
    own = behind and harm.rule == "verb" and behind[-1].head.i < behind[-1].i
    return behind[-1:] if own else harm.victims


def _are_others(word: Token, harm: Harm, site: Sequence[Sequence[Harm]]) -> bool:
    """Whether a word for some stands for people: "killed three and wounded others", "some of the
    marchers were hurt"; not where what was hurt beside them are things."""
    if word.lower not in word.words("harm", "unnumbered.alone"):
        return False
    if harm.kind not in word.words("harm", "unnumbered.of_others"):
        return False
    if of := genitives(word):
        return any(are_people(p) or stands_for_many(p) for p in of)
    beside = [v for found in site for h in found for v in h.victims if v is not word]
    things = word.words("harm", "things.words")
    then = [t.lower for t in word.line()[word.i + 1 :][:1]]
    compared = not word.words("numbers", "hedging.comparing").isdisjoint(then)
    if compared or word.kid("nummod") or any(v.lemma.lower() in things for v in beside):
        return False
    return bool(beside) or harm.doer is None or can_act(harm.doer)


def _is_once(word: Token) -> bool:
    """Whether a word tells of what happened, and not of what goes on or may: "rebels killed
    farmers", "farmers were killed", ", killing farmers", "accused of killing farmers", "the murder
    of farmers shocked the town"; in a headline also "rebels kill farmers".
    """
    if word.pos == "NOUN":
        clause = next((a for a in word.ancestors() if a.pos == "VERB"), word)
        told = is_past(clause) or any(
            is_past(a) or is_word(a, "perfect") for a in clause.kids("aux", "aux:pass")
        )
        return is_singular_noun(word) and (told or nominal_agent(word) is not None)
    if word.kid("cop", "aux") is not None and (word.pos == "ADJ" or is_gerund(word)):
        return True  # "sailors are still missing"
    verb = word
    if is_past(verb) or (is_past_participle(verb) and verb.pos == "VERB"):
        return True
    if is_gerund(verb):
        return marked(verb, "of_object") or (verb.relation == "advcl" and not verb.kid("mark"))
    staying = verb.lemma in verb.words("harm", "unnumbered.staying")
    return is_present(verb) and (staying or verb.line()[-1].pos != "PUNCT")


def _is_said(harm: Harm) -> bool:
    """Whether an adjective says what became of people, and does not only describe them."""
    return harm.rule == "adjective" and harm.predicate.kid("cop", "aux", "aux:pass") is not None


def _evidence(
    sentence: Sentence, quantity: Quantity | None, victim: Token, harm: Harm | None
) -> tuple[Token, ...]:
    """The contiguous words that state the figure: number, people, harm, and its auxiliaries.

    A part of a whole is quoted without the harm, which its whole states.
    """
    parts = [victim, *((*quantity.tokens, *whole_tokens(quantity)) if quantity else ())]
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
