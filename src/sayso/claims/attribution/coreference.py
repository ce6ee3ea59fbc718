"""Which earlier name a sayer goes back to: pronouns, surnames, "the ministry", "the spokesman".

Walks a document's sayers in order and keeps what was named. A guess that is not well founded is
not made: an unresolved sayer keeps the words in which it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.claims.attribution import kinds, noun_phrases
from sayso.language.grammar.features import (
    Gender,
    gender,
    is_definite,
    is_genitive,
    is_plural,
    is_possessive,
    is_third_person,
    is_word,
)
from sayso.language.people import rows, shown_gender
from sayso.language.trees import Entity, Sentence, Token
from sayso.records import Source, SourceKind

_ASIDE = 14
"""Words after a phrase in which it may be said that it stays unnamed."""

_REACH = 8
"""Sentences back in which a pronoun may find its name."""

_BODIES = 3
"""Sentences back in which "the agency" may find a body that has not spoken yet."""

_CARRY = 3
"""Sentences within which "the journalist said" still speaks to the medium named before."""


@dataclass(frozen=True, slots=True)
class Named:
    """A source as first named: its citation, its kind, and where it stood last.

    `words` are the citation's words in lower case, `core` those of its proper name; `person` and
    `gender` ("f", "m") are None where the words do not tell.
    """

    text: str
    kind: SourceKind
    words: tuple[str, ...]
    core: tuple[str, ...]
    sentence: int
    person: bool | None = None
    gender: Gender | None = None
    plural: bool = False


class Memory:
    """The names of one document so far, latest last; feed it the sayers in text order."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._spoke: list[Named] = []
        self._relayed: list[Named] = []
        self._met: list[Named] = []
        self._read = 0
        self._questioned: Named | None = None
        self._through: dict[str, tuple[int, list[Source]]] = {}

    def name(
        self,
        run: Sequence[Token],
        number: int,
        reporting: bool = False,
        relay: bool = False,
        answering: bool = False,
    ) -> Named | None:
        """The source that a phrase of sentence `number` stands for, remembered for what follows.

        `relay` = it only passes on what it was told, so no pronoun goes back to it; `answering` =
        it replies, so that "he" is who was asked. None for "I", "we" and the like, and for a
        pronoun with no name in reach.
        """
        self._meet(number)
        some = run[0].lower in run[0].words("sources", "kinds.anonymous")
        if not some and all(t.pos in ("PRON", "DET", "ADV", "PUNCT") for t in run):
            named = self._answerer(run[0], number) if answering else None
            named = named or self._pronoun(run[0], number)
        else:
            fresh = self._fresh(run, number, reporting)
            kept_back = not relay and self._kept_back(run, number)
            if fresh.text.lower() in run[0].words("sources", "persons.pointing"):
                return None
            named = self._resolve(fresh, run[0])
            if kept_back:
                named = replace(named, kind="anonymous")
            if relay and reporting and named.kind == "witness":
                named = replace(named, kind="media")  # who prints what others say
        if named is not None:
            (self._relayed if relay else self._spoke).append(named)
        return named

    def carried(
        self, own: Sequence[Source], relays: list[Source], run: Sequence[Token], number: int
    ) -> list[Source]:
        """The relays of a saying: its own, else those through which the same sayer, taken up again
        as "he" or "the journalist", spoke a few sentences before."""
        if len(own) != 1:
            return relays
        name = own[0].text
        last = self._through.get(name)
        again = run[0].pos == "PRON" or is_definite(run[0])
        if not relays and again and last is not None and number - last[0] <= _CARRY:
            relays = last[1]
        if relays:
            self._through[name] = (number, relays)
        else:
            self._through.pop(name, None)
        return relays

    def asked(self, run: Sequence[Token], number: int) -> None:
        """Remember who was asked something in sentence `number`, for who replies."""
        named = self._resolve(self._fresh(run, number), run[0])
        self._questioned = named if run[0].pos != "PRON" else None

    def _answerer(self, pronoun: Token, number: int) -> Named | None:
        """Who was asked in this sentence or the last two, if the pronoun can stand for them."""
        asked = self._questioned
        if asked is None or number - asked.sentence > 2 or not _fits(pronoun, asked):
            return None
        return replace(asked, sentence=number)

    def passed(self, origin: Source, relays: list[Source], number: int) -> None:
        """Remember through whom somebody's word came in sentence `number`, for `carried`."""
        self._through[origin.text] = (number, relays)

    def about(self, number: int) -> tuple[Named, list[Token]] | None:
        """The one person whom sentence `number` is about, and the words for them there."""
        sentence = self._sentences[number]
        subjects = [t for t in sentence.tokens if t.relation == "nsubj"]
        if not subjects or any(t.pos == "PRON" for t in subjects):
            return None
        first = subjects[0]
        if first.head.relation != "root" or not (first.entity == "PERSON" or _one(first)):
            return None
        run = noun_phrases.phrase(first, sentence.tokens, 0, len(sentence.tokens))
        return self._resolve(self._fresh(run, number), run[0]), run

    def _fresh(self, run: Sequence[Token], number: int, reporting: bool = False) -> Named:
        """The phrase as it stands, before any earlier name is looked for."""
        cited = noun_phrases.citation(run)
        head = noun_phrases.head_of(cited)
        # "The mayor, Ada Voss" is cited by name and goes by "the mayor" all the same.
        comma = next((n for n, t in enumerate(run) if t.text == ","), 0)
        low = tuple(dict.fromkeys(t.lower for t in (*cited, *run[1:comma])))
        core = tuple(t.lower for t in cited if t.entity in ("PERSON", "ORG"))
        if not core and head.pos == "PROPN":
            core = tuple(t.lower for t in cited if t.pos == "PROPN")
        text = self._sentences[number].quote(cited[0].start, cited[-1].end)
        plural = is_plural(head) or any(t.dep == "cc" for t in cited)
        person: bool | None = None
        if (
            head.entity == "PERSON"
            or low[0] in run[0].words("sources", "persons.titles")
            or _one(head)
        ):
            person = True
        elif head.entity in ("ORG", "LOC", "NORP") or plural:
            person = False
        return Named(
            text,
            self._kind(run, number, reporting),
            low,
            core,
            number,
            person,
            shown_gender(low, head.language),
            plural,
        )

    def _kind(self, run: Sequence[Token], number: int, reporting: bool) -> SourceKind:
        """The kind of source by the phrase, and by whose "its" it is."""
        sentence = self._sentences[number]
        named = any(map(noun_phrases.gives_name, run))  # "a group calling itself the Hawks"
        plain = list(run) if named else noun_phrases.bare(run)
        found = kinds.kind(plain, reporting)
        if found in ("document", "anonymous") and len(plain) < len(run):
            found = kinds.kind(run, reporting)  # "reports given today by military sources"
        plain_word = found == "official" and kinds.is_neutral(run)  # "its spokesman"
        if is_possessive(run[0]) and (found == "witness" or plain_word):
            for entity in reversed(sentence.entities):
                if entity.tokens[-1].i < run[0].i and entity.label in ("ORG", "LOC"):
                    return kinds.kind(entity.tokens)  # "the hospital ..., its director"
            return next(self._owners(run[0], number), found)
        return found

    def _owners(self, its: Token, number: int) -> Iterator[SourceKind]:
        """The kinds of the bodies for which "its spokesman" may speak, the nearest first: those
        that acted before it in its own sentence or in the one before."""
        for n in range(number, max(-1, number - 2), -1):
            for token in reversed(self._sentences[n].tokens[: its.i if n == number else None]):
                if token.relation == "nsubj" and token.pos in ("NOUN", "PROPN"):
                    body = noun_phrases.phrase(token, self._sentences[n].tokens, 0, its.i)
                    body = noun_phrases.bare(body or [token])
                    if kinds.speaks(body) and not kinds.is_neutral(body):
                        yield kinds.kind(body)

    def _kept_back(self, run: Sequence[Token], number: int) -> bool:
        """Whether the sentence says that the sayer asked not to be named, or does not name them."""
        sentence = self._sentences[number]
        opening = sentence.tokens[: run[0].i] if run[0].i <= _ASIDE else ()
        # "Speaking on condition of ..., X": what stands before the sayer counts too.
        near = " ".join(
            t.lower for t in (*opening, *sentence.tokens[run[0].i : run[-1].i + _ASIDE])
        )
        own = " ".join(t.lower for t in run)
        return any(
            phrase in near for phrase in run[0].words("sources", "anonymity.phrases")
        ) or any(phrase in own for phrase in run[0].words("sources", "anonymity.within"))

    def _resolve(self, named: Named, first: Token) -> Named:
        """The phrase as its earlier, fuller name, where it has one."""
        earlier = None
        if named.core:
            earlier = self._fuller(named)
        elif is_word(first, "definite") and len(named.words) <= 2:
            earlier = self._described(named, first)
        if earlier is None:
            return named
        return replace(
            earlier,
            sentence=named.sentence,
            person=named.person if earlier.person is None else earlier.person,
            gender=named.gender if earlier.gender is None else earlier.gender,
        )

    def _fuller(self, named: Named) -> Named | None:
        """The last name that says more: "Governor Ilya Brandt" for "Brandt"."""
        for known in (self._spoke, self._relayed, self._met):
            for other in reversed(known):
                if (
                    set(named.core) <= set(other.core)
                    and named.words[-1] in other.words
                    and len(other.words) > len(named.core)
                    and (not named.person or named.core[-1] == other.core[-1])
                    and not _clash(named.gender, other.gender)
                ):
                    return other
        return None

    def _described(self, named: Named, first: Token) -> Named | None:
        """The last name that "the ministry" or "the spokesman" can stand for."""
        noun = named.words[-1]
        stands: list[str] = first.table("sources")["resolving"].get(noun, [noun])
        bodies = [m for m in self._met if m.person is False]
        near = [m for m in bodies if 0 < named.sentence - m.sentence <= _BODIES]
        known = (*reversed(self._spoke), *reversed(self._relayed), *reversed(near))
        for other in sorted(known, key=lambda m: -m.sentence):
            if other.words == named.words or self._just_met(noun, other, named.sentence):
                return other
            if len(other.words) <= len(named.words) or _is_another(named, other, len(stands)):
                continue
            if noun in other.words and set(named.words) <= set(other.words):
                return other
            if other.person is not True and any(word in other.words for word in stands):
                return other
            if other.core and other.kind in first.table("sources")["media_named"].get(noun, ()):
                return other
        holders = {
            m.text: m
            for m in self._met
            if m.person and noun in m.words and named.sentence - m.sentence <= _REACH
        }
        return next(iter(holders.values())) if len(holders) == 1 else None

    def _just_met(self, noun: str, body: Named, number: int) -> bool:
        """Whether "the group" stands for the one body that the sentence before names."""
        any_body = self._sentences[number].words("sources", "bodies.any")
        if noun not in any_body or body.person is not False or not body.core:
            return False
        there = {m.core for m in self._met if m.person is False and m.sentence == number - 1}
        return body.sentence == number - 1 and len(there) == 1

    def _meet(self, number: int) -> None:
        """Take in the persons and bodies named, speaking or not, before sentence `number`."""
        while self._read < number:
            sentence = self._sentences[self._read]
            for entity in sentence.entities:
                if entity.label in ("PERSON", "ORG"):
                    self._met.append(self._introduced(sentence, entity))
            self._read += 1

    def _introduced(self, sentence: Sentence, entity: Entity) -> Named:
        """A name with the title before it and the kind that a description behind it shows."""
        tokens = sentence.tokens
        run = list(entity.tokens)
        if entity.label == "ORG":
            return replace(self._fresh(run, self._read), person=False)
        run = noun_phrases.titled(tokens, run)
        whole = noun_phrases.described(tokens, run, len(tokens))
        if run[0].i > 1 and tokens[run[0].i - 1].text == ",":
            before = noun_phrases.before(tokens, run[0].i - 2)
            if any(t.pos == "DET" or is_possessive(t) or is_genitive(t) for t in before):
                whole = [*before, *run]  # "the governor of the port, Ada Voss"
        named = self._fresh(run, self._read)
        # They may go by "the governor".
        office = [t.lower for t in whole if t.pos == "NOUN" and not is_plural(t) and _one(t)]
        return replace(
            named,
            kind=self._kind(whole, self._read, False),
            words=tuple(dict.fromkeys((*named.words, *office))),
        )

    def _pronoun(self, pronoun: Token, number: int) -> Named | None:
        """The name that "he", "she", "it" or "they" goes back to."""
        if not is_third_person(pronoun):
            return None
        shown = gender(pronoun)
        one = shown if shown in ("f", "m") else None
        for n in range(number, max(-1, number - _REACH), -1):
            spoke = (k for k in reversed(self._spoke) if k.sentence == n)
            candidates: list[Named] = [*spoke, *(self._subjects(n) if n < number else ())]
            if n == number - 1 and one:
                candidates += self._only_person(n)
            for named in candidates:
                if _fits(pronoun, named) and not _clash(one, named.gender):
                    if not shown and n < number and self._several(named, n):
                        return None  # "The army blames the rebels. They ..."
                    return replace(named, sentence=number, gender=named.gender or one)
        return None

    def _subjects(self, number: int) -> Iterator[Named]:
        """The subjects of a sentence that are persons or bodies, by their fullest names."""
        sentence = self._sentences[number]
        for token in sentence.tokens:
            if token.relation != "nsubj" or token.pos not in ("NOUN", "PROPN"):
                continue
            run = noun_phrases.phrase(token, sentence.tokens, 0, len(sentence.tokens))
            if token.entity in ("PERSON", "ORG") or kinds.speaks(run):
                yield self._resolve(self._fresh(run, number), run[0])

    def _several(self, named: Named, number: int) -> bool:
        """Whether sentence `number` speaks of others who are plural, where the one named is not."""
        return not named.plural and any(
            t.pos == "NOUN"
            and is_plural(t)
            and t.relation in ("obj", "iobj", "obl")
            and kinds.speaks([t])
            for t in self._sentences[number].tokens
        )

    def _only_person(self, number: int) -> list[Named]:
        """The one person of a sentence whose subject is none: "the police met a nurse"."""
        sentence = self._sentences[number]
        persons = [
            t
            for t in sentence.tokens
            if t.relation in ("obj", "iobj", "obl") and (t.entity == "PERSON" or _one(t))
        ]
        if len(persons) != 1:
            return []
        run = noun_phrases.phrase(persons[0], sentence.tokens, 0, len(sentence.tokens))
        return [self._resolve(self._fresh(run, number), run[0])]


def _is_another(named: Named, other: Named, ways: int) -> bool:
    """Whether plain forces of the state cannot be a body with their word in its name: "the army"
    after "the Free Karsa Army"; `ways` is for how many words theirs can stand."""
    forces = named.kind in ("military", "security_forces") and ways == 1
    return forces and other.kind in ("armed_group", "ngo")


def _one(head: Token) -> bool:
    """Whether a noun names one human being."""
    endings: dict[str, str] = head.table("sources")["persons"]["endings"]
    if head.pos == "NOUN" and not is_plural(head) and head.lower.endswith(tuple(endings.values())):
        return True
    word = rows(head.language).get(head.lower)
    return word is not None and word.one and head.lower != word.plural


def _clash(one: Gender | None, other: Gender | None) -> bool:
    return one is not None and other is not None and one != other


def _fits(pronoun: Token, named: Named) -> bool:
    """Whether a pronoun can stand for a source of that number and sort."""
    shown = gender(pronoun)
    if shown == "n":
        return named.person is not True and not named.plural
    if shown:
        return named.person is True and not named.plural
    # "They" also of one person whose name is kept back: "the journalist".
    return named.plural or named.person is not True or not named.core
