"""The words of harm in a sentence: what was done, to whom, by whom.

Which words are words of harm stands in `data/en/harm.toml`; who undergoes them is read by
`language.grammar`, which knows roles and not neighbours (dependency neighbours alone find under a
quarter of victim counts; see Halterman et al., EACL 2023). A harm that is taken back ("was not
arrested", "almost killed") is none. Counts are read elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sayso import lexicon
from sayso.claims.harm.harm import Harm, are_known, doer, parties
from sayso.claims.harm.phrases import phrases_of
from sayso.claims.harm.singles import are_people, are_told_of, is_taken
from sayso.language.grammar.clause import (
    agent,
    is_passive,
    objects,
    patient,
    patients,
    shared_agent,
    subject,
    subjects,
)
from sayso.language.grammar.contact import contact
from sayso.language.grammar.features import (
    is_finite,
    is_genitive,
    is_plural,
    is_singular_noun,
    is_verb,
    is_word,
)
from sayso.language.grammar.noun_phrase import fellows, genitives, marked, marks, under
from sayso.language.grammar.polarity import (
    is_negated,
    is_none,
    is_unbrought,
    is_unrealised,
    taken_back,
)
from sayso.language.groups import category
from sayso.language.spelling import infinitives
from sayso.language.trees import Token
from sayso.records import Kind


def harms(token: Token) -> Iterator[Harm]:
    """The harms of which this token is the word, most telling reading first; most tokens: none."""
    lemma = _lemma(token)
    if lemma is None:
        return
    if lemma in token.words("harm", "sought.finding"):
        yield from _unfound(token)
    deed = _deed(token)
    if _is_predicate(deed) and (taken_back(deed) or _by_nobody(deed)):
        return
    if lemma in token.words("harm", "to_death.words"):
        yield from _to_death(token)
    if _is_verbal(token):
        yield from _of_verb(token, lemma)
    if _is_state(token) and not _is_undone(token):
        yield from _of_state(token)
    named = token.pos == "PROPN" and token.entity == "MISC"  # "Death of a Clerk" won three prizes
    if token.pos in ("NOUN", "PROPN", "ADJ") and not named and not _is_undone(token):
        yield from _of_noun(token, lemma)


def _lemma(token: Token) -> str | None:
    """The lemma of a word of harm, also where the engine has guessed another ("massacring" is none,
    nor is "wound" always of "wind"); None for any other word.
    """
    telling, own = _harmful(token.language), token.lemma.lower()
    if own in telling or token.kid("compound:prt"):
        return own if own in telling or token.lower in telling else None
    verbal = token.pos == "VERB" or token.relation == "compound"
    forms = [token.lower, *(infinitives(token.lower) if verbal else ())]
    known = next((f for f in forms if f in telling), None)
    return known if verbal or known is None else own


def _deed(word: Token) -> Token:
    """The verb that an adjective says the result of ("shot dead two men"); else the word itself."""
    if word.pos == "ADJ" and word.relation == "xcomp":
        return word.head
    noun = word.head
    near = word.i > noun.i or word.i == noun.head.i + 1
    return noun.head if word.relation == "amod" and noun.relation == "obj" and near else word


def _by_nobody(verb: Token) -> bool:
    """Whether it is denied of whoever could do it: "nobody killed them", "no soldier shot"."""
    by = agent(verb) if verb.pos == "VERB" and not is_passive(verb) else None
    if by is None and verb.relation in ("conj", "parataxis") and not verb.kid("nsubj", "cc"):
        by = verb.head  # "neither a guard nor anyone else shot them", hung on the guard
    return by is not None and by is not patient(verb) and is_none(by) and bool(patients(verb))


def _is_undone(noun: Token) -> bool:
    described = noun.relation == "amod"  # "two nurses, not dead but hurt"
    none = (noun.pos == "NOUN" or described) and is_negated(noun)  # "there was no killing of"
    return none or is_unrealised(noun) or is_unbrought(noun)


@cache
def _harmful(language: str) -> frozenset[str]:
    """Every word that `harms` looks for; most words of a text are none."""
    harm = lexicon.harm(language)
    losses = {noun for nouns in harm.losses.values() for noun in nouns}
    verbs = {verb for phrase in harm.phrase for verb in phrase.verb}
    return harm.telling() | losses | verbs | {*harm.sought.finding}


def _is_predicate(token: Token) -> bool:
    return is_verb(token) or (token.pos == "ADJ" and token.relation != "amod")


def _is_verbal(token: Token) -> bool:
    """Whether it is a verb that says what happened, and no word that describes a noun."""
    return token.pos in ("VERB", "AUX") and token.relation != "amod"


# ---- Verbs ---------------------------------------------------------------------------------------


def _of_verb(verb: Token, lemma: str) -> Iterator[Harm]:
    tables = lexicon.harm(verb.language)
    if verb.kid("det") and not verb.kid("nsubj", "obj"):
        return  # "named the injured"
    phrases = list(phrases_of(verb, lemma, tables.phrase))
    if _is_natural(verb):  # "lost his mother to cancer"
        phrases = [harm for harm in phrases if harm.kind != "killed"]
    ends = [*verb.kids("obl", "xcomp", "advmod", "advcl")]
    ends += [c for o in verb.kids("obj") for p in fellows(o) for c in p.kids("nmod")]
    if any(map(_is_to_death, ends)):
        return  # told by its "death"
    yield from phrases
    told = phrases or _is_means(verb, lemma)  # who is shot dead is not injured besides
    # "drown" and "disappear" are done to people, or happen to them.
    happens = any(lemma in row for row in tables.intransitive.values())
    done = is_passive(verb) or verb.kid("obj") is not None
    for kind, lemmas in tables.transitive.items():
        if lemma in lemmas and not told and (done or not happens):
            grave = _graver(verb, kind)
            whom, by = parties(verb)
            if lemma in tables.fighters.verbs:
                # "40 rebels neutralised and nine lorries burnt"; not "whom troops had neutralised"
                if not done and verb.kid("aux") is None:
                    whom, by = subjects(verb), None
                whom = [v for v in whom if category(v) in tables.fighters.categories]
                if not whom:
                    continue  # "neutralised two bombs"
            if lemma in tables.of_known.words and whom:
                whom = [v for v in whom if are_known(v) or is_taken(v, verb)]
                if not whom:
                    continue  # "snatched a bag"
            yield Harm(grave, verb, (verb,), tuple(whom), by, "verb")
    takes = done and any(lemma in row for row in tables.transitive.values())
    longing = lemma in tables.idioms.longing and verb.kid("xcomp") is not None
    for kind, lemmas in tables.intransitive.items():
        if lemma in lemmas and not longing and not takes and not phrases and not _is_natural(verb):
            yield Harm(kind, verb, (verb,), tuple(subjects(verb)), None, "verb-of-subject")


def _is_natural(verb: Token) -> bool:
    """Whether one person died of what people die of in bed: "died of a heart attack"."""
    who = subject(verb)
    if who is None or is_plural(who) or who.pos == "NUM" or who.kid("conj", "nummod"):
        return False
    natural = lexicon.harm(verb.language).natural
    causes = [t for o in verb.kids("obl", "advmod") for t in o.subtree()]
    said = " ".join(t.lower for t in causes)
    named = any(t.lemma.lower() in natural.words for t in causes)
    return named or any(phrase in said for phrase in natural.phrases)


def _unfound(verb: Token) -> Iterator[Harm]:
    """Whoever is looked for and not found is missing: "21 were never found", "ten we cannot find",
    "did not find two of the divers"; not who is found to be nothing ("not found guilty").
    """
    lost = taken_back(verb) or _by_nobody(verb)
    if not lost or not _is_predicate(verb) or verb.kid("xcomp", "ccomp"):
        return
    hunted = lexicon.harm(verb.language).never["missing"]
    dead = lexicon.harm(verb.language).people["killed"]
    whom = [v for v in patients(verb) if v.lemma.lower() in dead or are_known(v)]
    whom = [v for v in whom if category(v) not in hunted and not is_none(v)]
    if whom:
        yield Harm("missing", verb, (verb,), tuple(whom), None, "phrase-of-object")


_MEANT: tuple[Kind, ...] = ("killed", "injured")


def _is_means(verb: Token, lemma: str) -> bool:
    """Whether the verb beside it says what came of it: "shot and killed two men"."""
    beside = verb.kid("conj")
    if beside is None or beside.kid("nsubj"):
        return False
    fatally = _graver(beside, "injured") != "injured"
    if beside.i - verb.i > 2 + fatally or lemma not in verb.words("harm", "means.words"):
        return False
    tables = lexicon.harm(verb.language).transitive
    return any(beside.lemma.lower() in tables[kind] for kind in _MEANT)


def _to_death(death: Token) -> Iterator[Harm]:
    """The harm of any verb with "to death": done to its object, or to the subject of one that
    has none ("froze to death").
    """
    verb = death.head
    while not is_verb(verb) and verb.relation in ("obj", "conj", "nmod"):
        verb = verb.head  # "beat nine women to death", hung on the women
    if not _is_to_death(death) or not is_verb(verb):
        return
    if (
        verb.lemma.lower() in death.words("harm", "to_death.not_verbs")
        or taken_back(verb)
        or _by_nobody(verb)
    ):
        return
    stray = _behind(death)
    done = is_passive(verb) or patient(verb) is not None or stray is not None
    whom = patients(verb) if done else subjects(verb)
    if stray is not None and not is_passive(verb):
        whom = fellows(stray)  # "beat to death a man"
    by = doer(verb, [death]) if done else None
    if contact(verb) is not None:  # "the 13 monks that the mob had stabbed to death"
        (whom, by), done = parties(verb), True
    rule = "phrase-of-object" if done else "phrase-of-subject"
    yield Harm("killed", verb, (verb, death), tuple(whom), by, rule)


def _behind(word: Token) -> Token | None:
    """The noun phrase right behind a word that belongs to a verb, which the tree may take for no
    object: "beat to death a man".
    """
    verb, line = word.head, word.line()
    for token in line[word.i + 1 :]:
        if token.pos in ("NOUN", "PROPN", "PRON", "NUM") and token.head in (verb, word):
            known = token.relation in ("obj", "obl", "nmod", "conj", "appos")
            return (
                token if known and not token.kid("case", "cc") and token.entity != "DATE" else None
            )
        if token.pos not in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON"):
            return None
    return None


def _is_to_death(noun: Token) -> bool:
    known = noun.lemma.lower() in noun.words("harm", "to_death.words")
    led = under(noun, "infinitive") or marked(noun, "infinitive")  # taken for a verb
    return known and led and not noun.kid("det", "nmod:poss")


def _graver(token: Token, kind: Kind) -> Kind:
    """`critical` or `killed` where an adverb right beside an injury makes it so."""
    if kind == "injured":
        for grave, adverbs in lexicon.harm(token.language).graver.items():
            if any(c.lower in adverbs and abs(c.i - token.i) == 1 for c in token.kids("advmod")):
                return grave
    return kind


# ---- Adjectives and participles ---------------------------------------------------------------


def _is_state(word: Token) -> bool:
    """Whether a word says what people are, and not what somebody does to others."""
    if word.pos != "VERB":
        return not is_finite(word) and not word.kid("obj")
    if objects(word):
        return False
    describes = word.relation in ("amod", "acl", "xcomp", "nmod", "obj", "nsubj")
    # "are missing", which is no form of "miss", whatever the engine calls it
    own = not any(
        word.lemma.lower() in row for row in lexicon.harm(word.language).transitive.values()
    )
    return is_passive(word) or own or (describes and not is_finite(word))


def _of_state(word: Token) -> Iterator[Harm]:
    """The harm of an adjective or participle: "13 dead", "remain missing", "the wounded men"."""
    tables = lexicon.harm(word.language)
    ends = {kid.lower for kid in word.kids("xcomp")}
    for kind, forms in tables.adjectives.items():
        if word.lower not in forms:
            continue
        if not ends.isdisjoint(tables.adjectives["killed"]):
            kind = "killed"  # "declared the 11 people still missing dead"
        described = tuple(_described(word))
        only = tables.only_of.get(kind)
        if only is None or any(n.pos == "NUM" or n.lemma.lower() in only for n in described):
            by = doer(word) if is_passive(word) else shared_agent(word)
            yield Harm(_graver(word, kind), word, (word,), described, by, "adjective")


def _described(word: Token) -> list[Token]:
    """Those of whom an adjective of harm is said; the adjective itself when it stands for them."""
    if word.relation == "amod":
        if (row := _row_before(word)) is not None:
            return row
        between = word.line()[word.i + 1 : word.head.i]
        if any(t.pos in ("VERB", "AUX", "PUNCT") and t.text != "-" for t in between):
            return []  # hung too far
        return [word.head]
    if word.relation == "xcomp" and not is_passive(word.head) and (whom := patients(word.head)):
        return whom  # "the students that a clerk shot dead"
    number = next((k for k in word.kids("nummod", "obl:unmarked") if k.pos == "NUM"), None)
    if number is not None and not word.kid("cop", "aux", "aux:pass", "nsubj"):
        # "counted 31 dead", and not the nine of "31 dead / nine in tents"
        return [w for w in fellows(word) if w is word or not w.kid("nummod")]
    people = word.kid("det") and not word.kid("cop", "aux")  # "the dead now number nine, Ada said"
    if not people and (word.relation != "conj" or word.kid("nsubj") or is_verb(word)):
        found = subjects(word)
        if found:
            return found
    if word.kid("nummod", "det", "nmod") or word.relation in ("obj", "nsubj", "nmod", "conj"):
        return fellows(word)
    return []


def _row_before(word: Token) -> list[Token] | None:
    """All of whom an adjective behind a row of objects is said, though the tree gives it the last
    of them: "left six herders and two officers dead".
    """
    last, first = word.head, word.head
    while first.relation == "conj" and first.head.pos in ("NOUN", "NUM"):
        first = first.head
    if word.i < last.i or first is last or first.relation != "obj":
        return None
    before = (t for n in first.conjuncts()[:-1] for t in n.kids("amod", "acl") if t.i > n.i)
    return None if any(before) else fellows(first)


# ---- Nouns -----------------------------------------------------------------------------------


def _of_noun(noun: Token, lemma: str) -> Iterator[Harm]:
    tables = lexicon.harm(noun.language)
    for kind, lemmas in tables.nouns.items():
        if (lemma in lemmas or noun.lower in lemmas) and not _is_to_death(noun):
            bare = noun.relation == "obj" and not noun.kid("nummod")
            if bare and any(phrases_of(noun.head, noun.head.lemma, tables.phrase)):
                continue  # "suffered multiple injuries": told by its verb
            whom = tuple(p for head in undergoers(noun) for p in fellows(head))
            more = (c for c in noun.kids("conj") if whom and _is_next(c, whom[-1]))
            whom += tuple(p for c in more for p in fellows(c))
            yield Harm(kind, noun, (noun,), whom or (noun,), nominal_agent(noun), "noun")
    for kind, losses in tables.losses.items():
        whom = tuple(t for t in noun.kids("nmod") if t.lemma.lower() in losses.get(lemma, ()))
        if whom:
            yield Harm(kind, noun, (noun,), whom, None, "loss")
    for kind, lemmas in tables.doers.items():
        whom = tuple(p for h in undergoers(noun) for p in fellows(h))
        if lemma in lemmas and whom:
            yield Harm(kind, noun, (noun,), whom, None, "doer")
    for kind, lemmas in tables.people.items():
        if lemma in lemmas and not _is_organisation(noun):
            sought = kind == "killed" and _is_sought(noun)
            yield Harm("missing" if sought else kind, noun, (noun,), (noun,), None, "people")
    for kind, lemmas in tables.crowds.items():
        if lemma in lemmas:
            whom = tuple(p for p in genitives(noun) if are_told_of(p))
            yield Harm(kind, noun, (noun,), whom, None, "crowd")


def _is_next(item: Token, last: Token) -> bool:
    """Whether what the tree joins to a noun of harm is one more to whom it was done: "the killing
    of a mother, her two sons and a guard", and not "and the arrest of her sons".
    """
    own = item.pos in ("NOUN", "PROPN") and not item.kid("case", "cop", "nsubj")
    return own and not genitives(item) and item.i > last.i and are_told_of(item)


def _is_sought(body: Token) -> bool:
    """Whether bodies are looked for and not found yet: "divers searched for the bodies of two"."""
    above = body.head.lemma.lower()
    return above in body.words("harm", "sought.words") and under(body, "purpose")


def _is_organisation(noun: Token) -> bool:
    """Whether a "body" is no corpse: "public bodies", "five bodies signed the appeal"."""
    tables = lexicon.harm(noun.language).organisations
    if noun.lemma.lower() not in tables.words:
        return False
    if any(c.lower in tables.before for c in noun.kids("amod", "compound", "nmod:poss")):
        return True
    if any(p.lemma.lower() in tables.of for p in noun.kids("nmod")):
        return True  # "five bodies of water"
    verb = noun.head if noun.relation == "nsubj" and noun.dep != "nsubj:pass" else None
    return verb is not None and not is_passive(verb) and bool(verb.kid("obj", "ccomp", "xcomp"))


def nominal_agent(noun: Token) -> Token | None:
    """Who did what a noun of harm names: the "by" behind it, or its owner where it has an "of"."""
    driven = _driven_by(noun)
    if driven is not None and is_verb(driven.head):
        told = patient(driven.head) if marks(driven) else None  # "condemned rioters for lynching"
        return told or agent(driven.head)
    below = noun.kids("nmod")
    near = [*below, *(k for b in below for k in b.kids("nmod"))]
    if noun.relation == "obj" and not is_passive(noun.head):
        near += [
            o for o in noun.head.kids("obl") if o.i > noun.i
        ]  # "condemned the killing by troops"
    by = next((p for p in near if under(p, "agentive") and p.entity != "DATE"), None)
    if by is not None:
        return by
    owners = (p for p in below if any(map(is_genitive, p.kids("case"))))
    owner = noun.kid("nmod:poss", "nsubj") or next(owners, None)
    return owner if owner is not None and owner not in undergoers(noun) else None


def _driven_by(gerund: Token) -> Token | None:
    """The people right behind a gerund that the tree takes for a part of their name: the farmers of
    "attacked Karsa, lynching farmers", "condemned for lynching farmers"; not "the killing fields".
    """
    people, at = gerund.head, gerund.i
    if gerund.relation != "compound" or people.i != at + 1 or not at or not are_people(people):
        return None
    tables, before = lexicon.harm(gerund.language).transitive, gerund.line()[at - 1]
    verbal = any(form in row for form in infinitives(gerund.lower) for row in tables.values())
    led = before.text == "," or (before.pos in ("ADP", "SCONJ") and is_word(before, "of_object"))
    return people if verbal and led else None


def undergoers(noun: Token) -> list[Token]:
    """Those of whom a noun of harm is said: "the death of X", "X's death", "the death on Monday of
    X", where the tree hangs X on the Monday. In "the army's killing of X" it is X alone.
    """
    if (driven := _driven_by(noun)) is not None:
        return [driven]
    of = [p for p in genitives(noun) if p.relation == "nmod"]
    behind = next(iter(noun.line()[noun.i + 1 : noun.i + 2]), None)
    if (
        not of
        and behind is not None
        and behind.relation == "case"
        and under(behind.head, "genitive")
    ):
        return [behind.head]  # wherever the tree hangs it
    if of:
        return of
    beside = [t for t in (*noun.kids("nmod"), *noun.head.kids("obl")) if t.i > noun.i]
    beside = [t for t in beside if _is_aside(t)]
    hung = [p for t in beside for p in (*t.kids("nmod"), *t.kids("conj"))]
    if any(under(t, "agentive") for t in beside):
        hung += [o for o in noun.head.kids("obl") if o.i > noun.i]  # "the killing by troops of two"
    found = [p for p in hung if under(p, "genitive") and p.entity != "DATE"]
    found = [p for p in found if p.head.i > noun.i or p.head is noun.head]
    return found or noun.kids("nmod:poss")


def _is_aside(phrase: Token) -> bool:
    """Whether a phrase stands between a deed and its "of": "the death on Monday of two nurses", "in
    custody", "at sea", "by troops".
    """
    bare = is_singular_noun(phrase) and phrase.relation == "nmod" and not phrase.kid("det", "amod")
    return bare or phrase.entity in ("DATE", "LOC") or under(phrase, "agentive")
