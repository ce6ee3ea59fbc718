"""People without a number who are plainly one: a name, "a policeman", "the mayor's driver".

News counts its best-known victims by naming them. Whether something happened to them is for
`victims` to say.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import takewhile

from sayso import lexicon
from sayso.language.grammar.clause import is_passive, patients, subjects
from sayso.language.grammar.features import (
    gender,
    is_infinitive,
    is_personal,
    is_plural,
    is_reflexive,
    is_singular_noun,
    is_verb,
    is_word,
)
from sayso.language.grammar.noun_phrase import genitives, is_definite, under
from sayso.language.groups import category, phrase
from sayso.language.people import is_aged, is_collective, known, suffers
from sayso.language.quantities import Quantity
from sayso.language.trees import Token

_STOPS = frozenset([";", ":", ")", "—", "--", "."])


def each(head: Token, harm: Token | None = None) -> list[Token]:
    """The heads of the words that name one person each, for the head of a noun phrase.

    That is the head itself, or those whose bodies it speaks of ("the body of Ada Voss"); none for
    people in the plural. `harm` is the word that says what was done to them.
    """
    if head.lemma.lower() in head.words("harm", "remains.words"):
        of = next(iter(genitives(head)), None)
        if of is None and head.lemma.lower() in lexicon.harm(head.language).people["killed"]:
            return [head] if _is_one_more(head) else []
        found = of.conjuncts() if of is not None else []
        return [n for n in found if _is_one(n) or (n.pos == "PROPN" and n.kid("flat"))]
    if head.lower in head.words("changes", "added.ordinals") and is_definite(head):
        return [who for who in head.kids("appos") if _is_one(who)]  # "the ninth, Luis Quiroz"
    return [head] if _is_one(head) or (harm is not None and is_taken(head, harm)) else []


def _is_one_more(head: Token) -> bool:
    """Whether a noun is one beside others told before: "another body", "a second body"."""
    ordinals = head.words("changes", "added.ordinals") | head.words("changes", "added.words")
    article = head.kid("det")
    more = article is not None and is_word(article, "one_more")
    beside = any(k.lower in ordinals for k in head.kids("amod")) and not is_definite(head)
    return is_singular_noun(head) and (more or (article is not None and beside))


def is_taken(head: Token, harm: Token) -> bool:
    """Whether a name that the engine takes for a place can only be a person's, by what was done to
    it: "abducted Mira Sendal", and not "captured Port Odrin".
    """
    full = head.pos == "PROPN" and head.entity == "LOC" and head.kid("flat") is not None
    bare = (full and not head.kid("case", "det", "nummod")) or (full and harm.pos == "NOUN")
    return bare and harm.lemma.lower() not in head.words("harm", "of_places.words")


def _is_one(head: Token) -> bool:
    """Whether a noun phrase is the name of a person, or of one person by trade or kinship."""
    if head.entity == "PERSON" or _is_named(head):
        return True
    article = head.kid("det", "nmod:poss")
    if article is None and head.relation == "conj" and _is_kin(head):
        article = head.head.kid("det", "nmod:poss")  # "a man and woman", "his wife and daughter"
    if "Number=Plur" in head.feats:
        return False
    if article is None:
        return _heads_line(head) and is_person(head)
    if head.entity in ("NORP", "MISC") and not is_definite(head):
        return True  # "killed a Karsan"
    if is_aged(head):
        return True
    if not is_singular_noun(head):
        return False
    told = article.dep == "nmod:poss" or "PronType=Art" in article.feats
    told = told or is_word(article, "one_more")
    many = strength(head) > 1 and not head.kid("nmod")  # "the couple", and not "a couple of men"
    return told and (many or is_person(head))


def _is_kin(noun: Token) -> bool:
    """Whether a noun is one by age, sex or kinship, so that "his wife and daughter" are two people,
    as "a teacher and activist" are not.
    """
    word = known(noun)
    kin = word is not None and (word.source == "relative" or word.gender is not None)
    return (kin or category(noun) in ("women", "children")) and not noun.kid("nummod")


def stood_for(word: Token, apart: Collection[Token] = ()) -> Token | None:
    """Whom a pronoun, or the "all" of "all of them", stands for among those of the clause above or
    beside: the gunman of "a gunman killed two before police shot him"; None where it may be either
    of two. `apart` are those it cannot be.
    """
    total = "PronType=Tot" in word.feats and word.pos in ("DET", "PRON")
    pronoun = next(iter(genitives(word)), word) if total else word
    alone = total and pronoun is word  # "and all were killed"
    if not (alone or is_personal(pronoun)) or is_reflexive(pronoun):
        return None
    holder = word.head if word.head.pos == "NUM" else word  # "two of them"
    verb = holder.head
    acts = holder.relation == "nsubj" and not is_passive(verb)
    own = [] if acts else subjects(verb)
    told = [n for s in own for n in s.kids("nmod")]  # "an attack on ten men killed all of them"
    # "troops hunting the gunmen killed two of them"
    told += [p for s in own for v in s.kids("acl", "acl:relcl") for p in patients(v)]
    # "so badly that they died", "were abducted by bandits, who killed them"
    deep = verb.head.pos == "ADV" or verb.relation == "acl"
    led = verb.head.head if deep else verb.head
    told += [p for c in verb.kids("advcl") if c.i < verb.i for p in patients(c)]
    if verb.relation in ("advcl", "conj", "parataxis", "acl") and is_verb(led):
        above = [led, *(c for c in led.kids("conj") if is_verb(c) and c.i < verb.i)]
        told += [p for v in above if verb.head.pos == "ADV" for p in patients(v)]
        told += [s for v in above for s in subjects(v)]
        told += [p for v in above for t in (patients(v), v.kids("obl")) for p in t]
    fit = [t for t in dict.fromkeys(told) if t not in (*own, *apart) and _agrees(pronoun, t)]
    if total and len(fit) > 1:
        fit = [t for t in fit if t.kid("nummod")]
    if not fit and acts and gender(pronoun) == "n" and verb.relation == "advcl":
        fit = subjects(verb.head)[:1]  # "it", where the clause above names no thing
    return fit[0] if fit and (acts or len(fit) == 1) else None


def _agrees(pronoun: Token, one: Token) -> bool:
    """Whether a pronoun can stand for those that a noun names."""
    if one.pos not in ("NOUN", "PROPN") or one.i > pronoun.i or one.entity == "DATE":
        return False
    shown, row = gender(pronoun), known(one)
    if shown == "n":
        return not is_plural(one) and not _is_one(one) and one.entity != "LOC"
    if shown is None:
        return is_plural(one) or is_collective(one)
    own = row.gender if row is not None else None
    return _is_one(one) and own in (None, shown)


def _heads_line(head: Token) -> bool:
    """Whether a noun without an article begins a headline, as far as the stop tells: "Clan chief
    shot dead near Karsa".
    """
    line, first = head.line(), phrase(head)[0].i
    bare = head.pos == "NOUN" and is_singular_noun(head) and not head.kid("nummod")
    return bare and first == 0 and len(line) > head.i + 1 and line[-1].pos != "PUNCT"


def strength(head: Token) -> int:
    """How many the word is by itself: two for "the couple", one for a person."""
    return int(head.table("numbers")["groups"].get(head.lemma.lower(), 1))


def are_people(head: Token, surely: bool = False) -> bool:
    """Whether a noun in the plural without a number names people; `surely` = nothing else can be
    meant, since it is murdered or abducted.
    """
    if head.kid("nummod"):
        return False
    if head.lemma.lower() in head.words("harm", "unnumbered.bodies"):
        return any(are_people(of, surely) for of in genitives(head))  # "a squad of soldiers"
    if not is_plural(head):
        return False
    if head.lemma.lower() in head.words("harm", "things.words") or head.entity == "DATE":
        return False
    if surely or category(head) != "unspecified":
        return True
    # "teams" are not counted one by one, "people" are.
    return suffers(head) and (not is_collective(head) or head.lower == head.lemma.lower())


def are_told_of(head: Token) -> bool:
    """Whether a noun, a name or a number that says who some were can be of people."""
    named = head.entity in ("PERSON", "NORP") or (head.pos == "NUM" and not head.kid("conj"))
    return named or suffers(head) or category(head) != "unspecified" or strength(head) > 1


def listed(mark: Token) -> list[Token]:
    """The heads of the words for one person each in the list behind "including" or "among them"."""
    found: list[Token] = []
    end = mark.i
    for token in mark.line()[mark.i + 1 :]:
        if token.text in _STOPS or _begins_clause(token):
            break
        # "the brothers Ilan and Peter Dor" are two, each by a name of his own
        apart = token.relation in ("appos", "flat") and not _is_of_several(token)
        if token.i <= end or apart or not _is_one(token):
            continue
        if token.relation == "nsubj" and is_verb(token.head) and token.head.i > token.i:
            break  # "including two women, the mayor said"
        if _is_office_of_sayer(token):
            break
        if token.relation == "nmod" and token.head.i > mark.i:
            continue  # "including a friend of the mayor"
        found.append(token)
        end = wording(token)[-1].i
    return found


def _is_of_several(name: Token) -> bool:
    """Whether it is the name of one of those whom a noun in the plural stands for."""
    return name.entity == "PERSON" and is_plural(name.head) and name.head.pos == "NOUN"


def _is_office_of_sayer(noun: Token) -> bool:
    """Whether it is the office of who says it: "including two women, the mayor, Ada Voss, said"."""
    line, last = noun.line(), noun.subtree(without=lambda t: t.relation == "appos")[-1].i
    behind = list(line[last + 1 :])
    name = list(takewhile(lambda t: t.entity == "PERSON", behind[1:]))
    mark = behind[1 + len(name) : 3 + len(name)]  # the comma, and the verb
    if not name or behind[0].text != "," or len(mark) < 2 or mark[0].text != ",":
        return False
    return is_verb(mark[1]) and not mark[1].kid("aux:pass", "mark")


def _begins_clause(word: Token) -> bool:
    """Whether a clause or a verb begins there, and with it the list ends."""
    verbal = "VerbForm=" in word.feats and not is_infinitive(word)
    return verbal or bool(re.search(r"PronType=(Dem|Int|Rel)", word.feats))


def wording(head: Token) -> list[Token]:
    """The words that name one person, titles and name: "rebel leader Sheikh Luis Ostrand"."""
    found = phrase(head)
    line = head.line()
    last = found[-1].i
    named = next((t for t in line[last + 1 :] if not _is_title(t)), None)
    while named is not None and named.entity == "PERSON":
        last, named = named.i, next(iter(line[named.i + 1 : named.i + 2]), None)
    return list(line[found[0].i : last + 1])


def named_among(noun: Token) -> list[Token]:
    """The heads of the names given for people counted: "two men, Ada Voss and Ilse Brandt"."""
    found: list[Token] = []
    for name in noun.kids("appos", "flat"):
        if name.i > 1 and name.line()[name.i - 2] in noun.kids("conj"):
            continue  # "two nuns and their driver, Joris Veld", hung on the nuns
        names = [n for n in name.conjuncts() if n.entity == "PERSON"]
        found += names if name.entity == "PERSON" else []
    return sorted(found, key=lambda t: t.i)


def is_said_of_name(noun: Token) -> bool:
    """Whether it says what somebody was of whom the name and age stand before it, and names nobody
    else: "Hana Brook, 51, a librarian"."""
    before = noun.line()[: phrase(noun)[0].i]
    marks = list(takewhile(lambda t: t.pos in ("NUM", "PUNCT"), reversed(before)))
    aged = 2 < len(marks) < 5 and sum(t.pos == "NUM" for t in marks) == 1 and marks[0].text == ","
    named = before[-len(marks) - 1 :][:1] if aged else ()
    if not named or named[0].entity != "PERSON" or noun.pos != "NOUN" or noun.kid("nmod:poss"):
        return False
    return wording(noun)[-1].entity != "PERSON"


def _is_named(head: Token) -> bool:
    """Whether a title or trade is given a name: "opposition candidate Luis Ostrand"."""
    if not is_singular_noun(head) or head.kid("nummod"):
        return False
    beside = next((t for t in head.line()[head.i + 1 :] if not _is_title(t)), None)
    if beside is not None and beside.entity == "PERSON":
        return head.lemma.lower() not in head.words("harm", "things.words")
    # A name that the engine takes for a place, and of which it is said who that was.
    own = head.pos == "PROPN" and head.entity in ("LOC", "ORG")
    return own and any(is_person(k) and k.kid("det") for k in head.kids("appos"))


def _is_title(word: Token) -> bool:
    return word.dep == "nmod:desc"


def is_person(head: Token) -> bool:
    """Whether a singular noun is a word for one person, and not for a body of them."""
    if known(head) is None and genitives(head) and head.pos == "NOUN":
        return False  # "a large number of rebels", though they are rebels
    return not is_collective(head) and (suffers(head) or category(head) != "unspecified")


@lru_cache(1024)  # in a sentence of many numbers each is asked of for each
def those_counted(quantity: Quantity) -> Token:
    """The head of those counted: "soldiers" in "13 soldiers" and in "dozens of soldiers"."""
    if quantity.whole is not None:
        return those_counted(quantity.whole)
    head = quantity.head
    if head.dep in ("nummod", "amod", "det", "compound", "advmod", "nmod:unmarked"):
        people = head.head.relation == "compound" and head.head.entity == "NORP"
        return head.head.head if people else head.head  # "nine Karsan nurses"
    behind = head.line()[quantity.tokens[-1].i + 1 :]
    if behind and behind[0].relation == "case" and under(behind[0].head, "genitive"):
        behind = behind[1:]
    commas = sum(t.text == "," for t in quantity.tokens)
    if behind and behind[0].text == "," and commas == 1:
        behind = behind[1:]  # "at least 40, and perhaps 60, people"
    noun = next((t for t in behind if t.pos != "ADJ" and t.relation != "compound"), None)
    if noun is not None and is_plural(noun) and noun.relation not in ("compound", "nmod:poss"):
        return noun  # "between 16 and 20 people", where the tree makes "16" an adjunct
    inside = set(quantity.tokens)
    for child in head.kids("nmod"):
        if child not in inside and under(child, "genitive"):
            return child if child.lower not in quantity.head.words("harm", "parts.of") else head
    return head
