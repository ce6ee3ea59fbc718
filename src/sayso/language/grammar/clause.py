"""The parties of a verb: who does it, to whom it is done, and on what terms.

The one reader of roles. Surface relations become logical ones: passives are turned round, and what
a conjunct, a controlled infinitive, a participle or a relative clause leaves unsaid is taken from
where the sentence says it. What a word means is asked nowhere here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sayso.language.grammar.features import (
    is_finite,
    is_gerund,
    is_infinitive,
    is_past,
    is_past_participle,
    is_plural,
    is_relative,
    is_verb,
    is_word,
)
from sayso.language.grammar.noun_phrase import (
    antecedent,
    fellows,
    marked,
    marks,
    noun_before,
    preposition,
)
from sayso.language.trees import Token

_DEEPEST = 6
"""Clauses up which a missing subject is looked for."""

_KEPT = 1024
"""Verbs of which is remembered what the tree says: in a row of a hundred each is asked of for each
of the others."""
_BESIDE = 3
"""How far behind a verb the one stands whose object it shares: "shot and then wounded two men"."""


@lru_cache(_KEPT)
def is_passive(verb: Token) -> bool:
    """Whether the subject undergoes the verb: a passive, or a past participle on its own.

    What has an object is active, whatever the tree calls its subject ("the fighting displaced 100
    families"), and so is what has a tense of its own, save "three men shot in Karsa" (`_turned`).
    """
    if verb.kid("aux:pass", "obl:agent") or any(map(_is_agent, verb.kids("obj"))):
        return True
    helpers = verb.kids("aux")
    if not helpers and is_aimed(verb):
        return False
    if objects(verb) or (helpers and all(is_word(h, "perfect") for h in helpers)):
        return False
    if not helpers and verb.kid("nsubj") and _object_behind(verb) is not None:
        return False  # "bandits abducted and later killed six miners"
    if verb.kid("nsubj:pass"):
        return True
    if not is_past_participle(verb):
        bare = verb.relation in ("acl", "xcomp") and not verb.kid("nsubj")
        return is_past(verb) and (bare or _is_reduced(verb) or _is_borrowing(verb))
    if helpers:
        return all(is_word(h, "passive") for h in helpers)
    if verb.relation == "conj" and not verb.kid("nsubj") and is_verb(verb.head):
        # "has killed two and wounded nine" borrows "has"; "was shot and wounded" its "was".
        return is_passive(verb.head)
    return True


def _is_reduced(verb: Token) -> bool:
    """Whether a past that the tree takes for the verb of its sentence only describes its subject,
    of whom another verb tells: "the men gunned down by Ruvin Tal came from one village".
    """
    told = any(
        is_finite(c) and not c.kid("nsubj", "mark", "cc", "expl") and c.i > verb.i
        for c in verb.kids("advcl", "conj")
    )
    return told and any(map(_is_agent, verb.kids("obl")))


def _is_borrowing(verb: Token) -> bool:
    """Whether a past with a "by" borrows the auxiliary of the passive beside it: "one had been
    executed and four rounded up by the army".
    """
    joined = verb.relation == "conj" and is_verb(verb.head) and is_passive(verb.head)
    return joined and any(map(_is_agent, verb.kids("obl")))


def is_aimed(verb: Token) -> bool:
    """Whether a verb of aiming has its target behind it, so that its subject does it: "two guards
    shot at protesters", and not "two men shot at Karsa".
    """
    targets = (o for o in verb.kids("obl") if marks(o) & verb.words("grammar", "aims"))
    return is_word(verb, "aiming") and any(o.entity != "LOC" for o in targets)


def objects(verb: Token) -> list[Token]:
    """The heads of the verb's own objects, those too that the tree hangs on a hedge as if it were a
    preposition: "detained between 40 and 60 civilians".
    """
    own = [o for o in verb.kids("obj") if not _is_agent(o)]
    own = own or [o for o in verb.kids("obl") if o.i > verb.i and _is_hedged(o)]
    bare = is_past_participle(verb) and not verb.kid("aux", "aux:pass")
    if own or not (is_past(verb) or bare):
        return own
    # "troops wounded mayors", "wounded one mayor", "wounded three", taken for what they became
    became = [o for o in verb.kids("xcomp") if o.i > verb.i and o.pos in ("NOUN", "PROPN", "NUM")]
    counted = [o for o in became if o.pos == "NUM" or o.kid("nummod")]
    return counted or [o for o in became if is_past(verb) and is_plural(o)]


def _is_agent(phrase: Token) -> bool:
    """Whether what the tree takes for an object stands behind "by": "those hurt by gunmen"."""
    return any(is_word(c, "agentive") for c in phrase.kids("case"))


def _is_hedged(phrase: Token) -> bool:
    number = phrase if phrase.pos == "NUM" else phrase.kid("nummod")
    case = phrase.kid("case") or (number.kid("case") if number is not None else None)
    return (
        number is not None
        and case is not None
        and is_word(case, "hedging")
        and 0 < number.i - case.i <= 2
        and phrase.entity != "DATE"
    )


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The head of the grammatical subject, own or shared; whom a passive verb befalls."""
    own = _own_subject(verb)
    if own is not None:
        return antecedent(own)
    dummy = verb.kid("expl")
    if dummy is not None and is_word(dummy, "personal") and verb.pos == "ADJ":
        return dummy  # "it is willing": parsers take the pronoun for a dummy
    head = completed(verb)
    if head is verb or depth > _DEEPEST:
        return _subject_behind(verb) if depth <= _DEEPEST else None
    if verb.relation == "conj" and _is_resultative(verb):
        return antecedent(objects(head)[0])
    if verb.relation in ("advcl", "conj") and (beside := _apposed(verb, head)) is not None:
        return beside
    if verb.relation == "conj":
        return subject(partner(verb), depth + 1) if _could_share(partner(verb)) else None
    if verb.relation in ("xcomp", "ccomp") or (verb.relation == "advmod" and verb.pos == "ADJ"):
        return _controller(verb, head, depth)
    if verb.relation == "acl":
        if _is_next(verb):
            return subject(head.head, depth + 1)
        return _described_subject(verb, head, depth)
    bare = bool(verb.kid("obl:agent")) and not verb.kid("aux", "aux:pass", "mark")
    if verb.relation == "advcl" and (bare or not is_finite(verb) or marked(verb, "infinitive")):
        if verb.kid("mark") is not None and is_word(head, "object_control"):
            return patient(head, depth + 1)
        if marked(verb, "of_object") and is_gerund(verb):
            # "accused the army of killing two", "was charged with killing two"
            return patient(head, depth + 1) or subject(head, depth + 1)
        return subject(head, depth + 1)
    return None


def completed(verb: Token) -> Token:
    """The verb that a clause completes: a gerund behind a comma that of the sentence, though the
    tree may hang it on one that describes a noun: "fired on a coach carrying men, killing six".
    """
    beside, above = verb.head, verb.head.head.head
    hung = verb.relation == "advcl" and is_gerund(verb) and beside.dep == "acl"
    apart = verb.line()[verb.i - 1].text == "," and is_gerund(beside) and verb.i > beside.i
    return above if hung and apart and is_verb(above) else beside


def _is_next(verb: Token) -> bool:
    """Whether what the tree hangs on an object is the next verb of a row, with its own object:
    "killed three men, wounded seven and abducted two".
    """
    above, before = verb.head.head, verb.line()[verb.i - 1]
    apart = before.text == "," or before.pos == "CCONJ"
    bare = not is_gerund(verb) and not verb.kid("nsubj", "mark", "aux", "aux:pass")
    return apart and bare and bool(objects(verb)) and is_verb(above) and verb.head in objects(above)


def _apposed(verb: Token, head: Token) -> Token | None:
    """Whom a participle behind a comma describes, if they stand right before it, with a number or
    a name: "prayed for 40 boys, taken away by troops"."""
    bare = not verb.kid("aux", "aux:pass", "mark", "nsubj", "cc")
    bare = bare and (is_past_participle(verb) or verb.kid("obl:agent") is not None)
    line, at = verb.line(), verb.i - 1
    while at > head.i and line[at].pos in ("ADV", "PUNCT"):
        at -= 1
    noun = line[at]
    while noun.relation in ("flat", "compound"):
        noun = noun.head
    near = bare and noun.i > head.i and noun.relation in ("obj", "obl", "nmod", "conj", "appos")
    return noun if near and (noun.kid("nummod") or noun.entity == "PERSON") else None


def _noun_right_before(verb: Token) -> Token | None:
    """The noun that stands right before a participle, or None."""
    noun = verb.line()[verb.i - 1] if verb.i else verb
    while noun.relation in ("flat", "compound"):
        noun = noun.head
    return noun if noun.pos in ("NOUN", "PROPN", "NUM") and noun is not verb else None


def _subject_behind(verb: Token) -> Token | None:
    """The subject of the clause behind a participle that opens it, where the tree takes the
    participle for the root: "Captured on Tuesday, 36 men were freed".
    """
    clause = verb.kid("ccomp", "parataxis", "conj")
    opens = verb.i == 0 and is_past_participle(verb) and not verb.kid("aux", "aux:pass")
    if not opens or clause is None:
        return None
    own = _own_subject(clause)
    bare = clause.kid("cc") is None
    return own if own is not None and own.i > verb.i and bare else None


def _is_resultative(word: Token) -> bool:
    """Whether a participle says what became of the objects before it, which the tree has joined to
    the verb: "left one sailor and two porters wounded".
    """
    head = word.head
    bare = is_past_participle(word) and not word.kid("cc", "aux", "aux:pass", "obj")
    return bare and any(head.i < o.i < word.i for o in objects(head)) and not is_passive(head)


def _own_subject(verb: Token) -> Token | None:
    found = [s for t in (verb, *verb.kids("aux")) for s in t.kids("nsubj", "csubj")]
    found = [s for s in found if s.dep != "nsubj:outer"]  # "what happened is that"
    before = next((c for c in found if c.i < verb.i), None)
    if before is not None:
        return _garden_path(verb, before) or before
    if not found and (beside := noun_before(verb)) is not None:
        return beside  # "executed 30 monks and a gunman killed two"
    # "Killed were three men"; behind a verb with an object it is a parser's slip, but for a gerund
    # that opens its sentence: "Wounding two guards, a clerk fled".
    behind = next(iter(found), None)
    opens = behind is not None and is_gerund(verb) and verb.i < behind.i < verb.head.i
    return behind if opens or not verb.kid("obj") else None


def _garden_path(verb: Token, subject: Token) -> Token | None:
    """Whom a bare participle is said of where the tree takes it for the main verb and that verb for
    a participle: the farmers of "a crowd buried two farmers stabbed to death".
    """
    if subject.dep != "nsubj:pass" or verb.kid("aux", "aux:pass", "cop"):
        return None
    objects = (o for c in subject.kids("acl") if not is_gerund(c) for o in c.kids("obj"))
    return next((o for o in objects if o.i < verb.i and not o.head.kid("nsubj")), None)


def _could_share(verb: Token) -> bool:
    return is_verb(verb) or verb.relation in ("xcomp", "acl") or bool(verb.kid("nsubj", "cop"))


def _controller(verb: Token, head: Token, depth: int) -> Token | None:
    """Who does what a governed verb says: the object of "forced them to", "left three dead", else
    the subject.
    """
    spoken_to = (c for c in head.kids("vocative") if c.i < head.i < verb.i)
    if verb.relation == "ccomp" and (apart := next(spoken_to, None)) is not None:
        return apart  # "bandits, it seems, killed six miners"
    if verb.relation == "ccomp" and is_past_participle(verb) and not verb.kid("aux", "aux:pass"):
        return _noun_right_before(verb)  # "there were 36 men wounded, the mayor said"
    tensed = is_finite(verb) or any(map(is_finite, verb.kids("aux", "aux:pass", "cop")))
    own = tensed or verb.kid("mark") is not None
    if verb.relation == "ccomp" and own and not marked(verb, "infinitive"):
        # "30 nurses, the colonel said, were taken": the subject hangs on the saying, if anywhere
        cut_off = (c for c in head.kids("ccomp") if c.i < head.i < verb.i)
        return next((c for c in cut_off if c.pos in ("NOUN", "PROPN", "NUM")), None)
    if not is_passive(head) and not is_word(head, "subject_control"):
        whom = head.kid("obj") or head.kid("iobj")
        if whom is not None and whom is not verb:
            return antecedent(whom)
        if is_word(head, "object_control") and head.kid("obl"):
            return patient(head, depth + 1) or subject(head, depth + 1)
    return subject(head, depth + 1)


def _described_subject(verb: Token, noun: Token, depth: int) -> Token | None:
    """Whom a clause that hangs on a noun is about: the noun, for the most part."""
    if marked(verb, "infinitive"):
        # "gave an order to reduce the price": whoever gives the order
        return subject(noun.head, depth + 1) if noun.relation in ("obj", "obl") else None
    between = noun.line()[noun.i + 1 : verb.i]
    if any(t.text == ":" for t in between):
        return _noun_right_before(verb)  # "Amo Leskin: five refugees wounded in Karsa"
    some = next((t for t in between if is_relative(t) and t.kid("case")), None)
    if some is not None:  # "two of whom were hurt" is said of two, not of all
        return some.head if some.head in between and some.head.pos == "NUM" else None
    if any(is_word(t, "relative_places") and t.head is verb for t in between):
        return None
    if noun.kid("cop") and between and between[-1].text == ",":
        return subject(noun, depth + 1)  # "troops are on trial, accused of killing six"
    return antecedent(noun)


def agent(verb: Token, depth: int = 0) -> Token | None:
    """The head of whoever does the verb: the "by" of a passive, the subject of an active."""
    if is_passive(verb):
        return _named_agent(verb) or shared_agent(verb, depth)
    bare = verb.relation == "advcl" and is_gerund(verb) and not verb.kid("nsubj", "aux")
    bare = bare and not is_word(verb.head, "perceiving")  # "were seen killing two"
    if bare and depth < _DEEPEST and is_passive(whole := completed(verb)):
        return agent(whole, depth + 1)  # "was hit by a truck, killing twelve": never the bus
    return subject(verb, depth)


def _named_agent(verb: Token) -> Token | None:
    """Whoever stands behind the "by" of a passive."""
    by = verb.words("grammar", "agentive")
    named = [c for c in verb.kids("obl:agent") if preposition(c) in by | {""}]
    named += [c for c in verb.kids("obj", "xcomp") if preposition(c) in by]
    named += [c for c in verb.kids("obl", "nmod") if preposition(c) in by and c.entity != "DATE"]
    return antecedent(named[0]) if named else None


@lru_cache(_KEPT)
def shared_agent(verb: Token, depth: int = 0) -> Token | None:
    """Who does a passive that has no "by", as the passives joined to it tell: "two were killed and
    another five wounded by troops", "were abducted and killed by bandits", "were captured by rebels
    and later shot".
    """
    if depth >= _DEEPEST:
        return None
    joined = [v for c in verb.kids("conj") for v in (c, *c.kids("orphan", "acl")) if is_verb(v)]
    own = verb.kid("aux:pass") is not None  # not "the men shot in Karsa were named by police"
    joined = [v for v in joined if is_passive(v) and (own or not v.kid("aux:pass"))]
    beside = next(reversed(joined), None)
    if beside is not None and (found := agent(beside, depth + 1)) is not None:
        return found
    head = verb.head
    if verb.relation != "conj" or not is_verb(head) or not is_passive(head):
        return None
    row = (v for v in head.kids("conj") if v.i > verb.i and is_verb(v) and is_passive(v))
    found = _named_agent(head) or next(filter(None, map(_named_agent, row)), None)
    if found is None:
        return None
    return found if found.i > verb.i or not verb.kid("nsubj", "aux:pass") else None


def patient(verb: Token, depth: int = 0) -> Token | None:
    """The head of whom the verb is done to: the object, or the subject of a passive."""
    if is_passive(verb):
        return subject(verb, depth)
    own = next(iter(objects(verb)), None) or verb.kid("iobj")
    if own is not None:
        return antecedent(own)
    shared = _shared_object(verb)
    if shared is not None:
        return shared
    if verb.relation == "acl":
        own = _own_subject(verb)
        places = any(is_word(t, "relative_places") for t in verb.kids("advmod", "mark"))
        led = any(is_relative(t) and marks(t) for o in verb.kids("obl") for t in (o, *o.children))
        if own is not None and not is_relative(own) and not places and not led:
            return verb.head  # "the men that troops shot"
    return None


def _shared_object(verb: Token) -> Token | None:
    """The object of the verb beside it: "shot and wounded two men", hung on either."""
    if verb.relation == "conj" and is_verb(verb.head) and not verb.kid("nsubj"):
        own = next((o for o in objects(verb.head) if o.i > verb.i), None)
        return own or _object_behind(verb, verb.head)
    return _object_behind(verb)


def _object_behind(verb: Token, first: Token | None = None) -> Token | None:
    """The object of the next verb of a row, which is the verb's own, too; `first` of the row."""
    row = (first or verb).kids("conj")
    beside = next((v for v in row if is_verb(v) and v.i > verb.i), None)
    if (
        beside is None
        or is_gerund(beside) != is_gerund(verb)
        or beside.i - verb.i > _BESIDE
        or beside.kid("nsubj")
    ):
        return None
    if any(verb.i < o.i < beside.i for o in verb.kids("obl")):
        return None
    return beside.kid("obj")


def is_turned(verb: Token) -> bool:
    """Whether a verb with the look of a past tense may be a participle: "two men shot in Karsa".

    It has a subject and nobody to whom it is done, nor anything that it is aimed at.
    """
    if is_passive(verb) or not (is_past(verb) or is_past_participle(verb)):
        return False
    if verb.relation == "acl" or not ends_here(verb):
        return False
    aimed = any(marks(o) & verb.words("grammar", "aimed") for o in verb.kids("obl"))
    bare = not verb.kid("aux", "iobj", "ccomp", "xcomp") and not objects(verb)
    beside = verb.relation == "conj" and is_passive(verb.head)  # "six shot, nine rounded up"
    bare = bare and (beside or not verb.kid("compound:prt"))
    return bare and not aimed and _shared_object(verb) is None and patient(verb) is None


def ends_here(verb: Token) -> bool:
    """Whether nothing follows that could be an object, were the tree to lose it."""
    behind = verb.line()[verb.i + 1 :]
    if behind and behind[0].pos == "CCONJ" and len(behind) > 1 and is_verb(behind[1]):
        behind = behind[2:]  # "two men shot and killed in Karsa"
    return (
        not behind
        or behind[0].pos in ("ADP", "SCONJ", "PUNCT")
        or bool(behind[0].relation == "advmod" and behind[0].head is verb)
    )


def patients(verb: Token, apart: Sequence[Token] = ()) -> list[Token]:
    """The heads of all to whom the verb is done, those coordinated one by one.

    A conjunct of the verb that is no verb is one more of them: "killed two men, among them a
    doctor", "147 were killed in Vessa and 33 in Tovar"; so are those "along with" its object.
    `apart` are objects that are no such party ("took two men hostage").
    """
    if is_passive(verb):
        return subjects(verb)
    heads = [antecedent(h) for h in objects(verb) if h not in apart]
    if not heads and apart and verb.relation == "acl" and _own_subject(verb) is not None:
        heads = [verb.head]
    if not heads:
        one = patient(verb)
        heads = [one] if one is not None else []
    if not heads:
        return []
    return _spread([*heads, *_along(verb, heads), *remnants(verb)])


def subjects(verb: Token) -> list[Token]:
    """The heads of the verb's subject, those coordinated one by one; and those to whom the same
    happens "along with" them.
    """
    own = _own_subject(verb)
    heads = [antecedent(c) for c in verb.kids("nsubj", "csubj")] if own is not None else []
    if own is not None and own.head is not verb:
        heads = []  # the tree took another for it
    if not heads:
        one = subject(verb)
        heads = [one] if one is not None else []
    if not heads:
        return []
    more = remnants(verb) if not objects(verb) else []
    return _spread([*heads, *_along(verb, heads), *more])


def _along(verb: Token, heads: Sequence[Token]) -> list[Token]:
    """Those to whom the same happens "along with" others, hung on the verb or on one of them."""
    behind = [o for o in verb.kids("obl") if o.i > verb.i]
    behind += [n for h in heads for n in h.kids("nmod")]
    # "six herders, together with two officers, were killed"
    behind += [o for h in heads for a in h.kids("advmod") for o in a.kids("obl")]
    return [o for o in behind if _is_along(o)] + _alike(verb)


def _alike(verb: Token) -> list[Token]:
    """Those of whom a clause behind says that it was so of them: "six were killed, as were two
    officers", "six died, as did two officers".
    """
    clauses = [c for c in verb.kids("advcl", "conj") if c.i > verb.i]
    clauses = [c for c in clauses if any(is_word(k, "alike") for k in c.kids("mark", "advmod"))]
    told = [p for c in clauses if c.pos == "AUX" for p in c.kids("obj", "nsubj") if p.i > c.i]
    told += [c for c in clauses if c.kid("cop") and not c.kid("nsubj")]
    return [p for p in told if p.kid("nummod")]


def agents(verb: Token) -> list[Token]:
    """The heads of all who do the verb, those coordinated one by one."""
    one = agent(verb)
    return fellows(one) if one is not None else []


def remnants(verb: Token) -> list[Token]:
    """Numbers and counted nouns that stand beside the verb with the verb left out: 33 in "killed
    147 in Vessa and 33 in Tovar"; and objects that the tree takes for a conjunct.
    """
    by = verb.kid("obl:agent")
    beside = [c for c in verb.kids("conj", "parataxis", "dep") if c.i > verb.i]
    if by is not None:  # "by a policeman and three gunmen"
        beside = [c for c in beside if c.pos == "NUM" or c.i < by.i]
    behind = [o for o in verb.kids("obl") if o.i > verb.i]
    hung = [c for o in behind for c in o.kids("conj", "appos") if _is_stray(c)]
    hung = [p for c in hung for p in (c.conjuncts() if c.pos == "NOUN" else [c])]
    numbers = [c for c in (*beside, *hung) if _is_counted(c)]
    return [c for c in numbers if not c.kid("cop", "aux", "obj")]


def _is_stray(conjunct: Token) -> bool:
    """Whether what hangs on a place beside the verb may be no second place: "and 33 in Tovar", "and
    four drivers in Tovar", "and, in Tovar, four drivers".
    """
    place = conjunct.head
    if conjunct.relation == "conj" and (conjunct.pos == "NUM" or conjunct.i < place.i):
        return True
    own = place.entity == "LOC" and any(n.entity == "LOC" for n in conjunct.kids("nmod"))
    return bool(conjunct.kid("nummod")) and (own or place.kid("cc") is not None)


def _is_counted(conjunct: Token) -> bool:
    if any(is_verb(o) for o in conjunct.kids("orphan")):
        return False  # "and another five wounded"
    if conjunct.pos == "NUM":
        beside = conjunct.kids("nmod", "obl", "orphan")
        return bool(beside) and not any(marks(b) & b.words("grammar", "genitive") for b in beside)
    return conjunct.pos == "NOUN" and bool(conjunct.kid("nummod")) and not conjunct.kid("nsubj")


def _spread(heads: list[Token]) -> list[Token]:
    found = (one for head in heads for one in fellows(head))
    return sorted(dict.fromkeys(found), key=lambda t: t.i)


def _is_along(phrase: Token) -> bool:
    """Whether a phrase with "with" is one of "along with", "together with"."""
    mark = next((c for c in phrase.kids("case") if is_word(c, "accompanying")), None)
    if mark is None or not mark.i:
        return False
    return is_word(mark.line()[mark.i - 1], "together")


def partner(verb: Token) -> Token:
    """The verb that a conjunct stands beside: one of its own tense, even if hung lower.

    "demanded that people leave and warned ..." may be read as "leave and warned"; the tense tells.
    """
    head = verb.head
    if is_past(verb) and (is_infinitive(head) or (is_finite(head) and not is_past(head))):
        return next((a for a in head.ancestors() if is_past(a)), head)
    return head


def governing(verb: Token) -> Token:
    """The verb at the top of a chain of infinitives ("had begun to carry out" -> begun)."""
    while verb.relation == "xcomp" and verb.head.pos in ("VERB", "ADJ") and verb.head is not verb:
        verb = verb.head
    return verb


def modals(verb: Token) -> list[Token]:
    """The auxiliaries of a verb, of the one that governs it, and of the one it stands beside with
    no subject of its own ("will close the schools and arrest the teachers").
    """
    top = governing(verb)
    found = [c for t in (verb, top) for c in t.kids("aux")]
    while not found and top.relation == "conj" and is_infinitive(top) and not top.kid("nsubj"):
        top = top.head
        found = top.kids("aux")
    return found


def obliques(predicate: Token, *prepositions: str) -> list[Token]:
    """The noun phrases after the predicate under one of these prepositions, in text order.

    Those of its object and of an infinitive count too ("imposed sanctions on", "held talks with"):
    parsers and people differ on where such a phrase hangs.
    """
    bearers = [predicate, *predicate.kids("obj", "xcomp", "nsubj:pass")]
    found = [
        c
        for bearer in bearers
        for c in bearer.kids("obl", "nmod", "advcl", "xcomp")
        if c.i > predicate.i or bearer is not predicate
        if c.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") and preposition(c) in prepositions
    ]
    return sorted(found, key=lambda c: c.i)


def complement(verb: Token) -> Token | None:
    """The clause that the verb, or its object noun, governs ("demanded that", "vowed to")."""
    for child in verb.kids("ccomp", "xcomp"):
        if child.i > verb.i and child.pos in ("VERB", "AUX", "ADJ", "NOUN"):
            return child
    for noun in verb.kids("obj"):
        for child in noun.kids("acl", "ccomp", "xcomp"):
            if child.dep != "acl:relcl" and child.i > verb.i and child.kid("mark"):
                return child
    # An infinitive after "called on troops" or "vowed on Monday" is often hung as adverbial.
    return next((c for c in verb.kids("advcl") if c.i > verb.i and marked(c, "infinitive")), None)
