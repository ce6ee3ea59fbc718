"""Which earlier name a sayer goes back to: pronouns, surnames, "the ministry", "the spokesman".

Walks a document's sayers in order and keeps what was named. A guess that is not well founded is
not made: an unresolved sayer keeps the words in which it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.claims import sources
from sayso.language.trees import Sentence, Token
from sayso.lexicon import table, words
from sayso.records import Source, SourceKind

_REACH = 8
"""Sentences back in which a pronoun may find its name."""


_CARRY = 3
"""Sentences within which "the journalist said" still speaks to the medium named before."""


@dataclass(frozen=True, slots=True)
class Named:
    """A source as first named: its citation, its kind, and where it stood last.

    `person` is None where the words do not tell; `proper` = by a name of its own;
    `sayer` = it spoke; `words` are its words in lower case.
    """

    text: str
    kind: SourceKind
    person: bool | None
    plural: bool
    words: tuple[str, ...]
    sentence: int
    sayer: bool
    proper: bool = False


class Memory:
    """The names of one document so far, latest last. Not thread-safe; one per document."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._known: list[Named] = []
        self._through: dict[str, tuple[int, list[Source]]] = {}

    def name(
        self, run: Sequence[Token], number: int, reporting: bool = False, relay: bool = False
    ) -> Named | None:
        """The source that a phrase of sentence `number` stands for, remembered for what follows.

        `relay` = it only passes on what it was told, so no pronoun goes back to it. None for "I",
        "we" and the like, and for a pronoun with no name in reach.
        """
        if not run:
            return None
        head = run[0].lower
        if all(t.pos in ("PRON", "DET", "ADV", "PUNCT") or t.tag == "PRP" for t in run):
            return self._pronoun(head, number)
        named = self._fresh(run, number, reporting)
        earlier = self._earlier(named, run)
        if earlier is not None:
            named = Named(
                earlier.text,
                earlier.kind,
                earlier.person if earlier.person is not None else named.person,
                earlier.plural,
                tuple(dict.fromkeys((*earlier.words, *named.words))),
                number,
                True,
                earlier.proper or named.proper,
            )
        self._known.append(replace(named, sayer=not relay))
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
        again = run[0].pos == "PRON" or run[0].lower == "the"
        if not relays and again and last is not None and number - last[0] <= _CARRY:
            relays = last[1]
        if relays:
            self._through[name] = (number, relays)
        else:
            self._through.pop(name, None)
        return relays

    def _fresh(self, run: Sequence[Token], number: int, reporting: bool) -> Named:
        sentence = self._sentences[number]
        cited = sources.citation(run)
        text = sentence.quote(cited[0].start, cited[-1].end)
        head = sources.head_of(cited)
        low = tuple(t.lower for t in cited)
        plural = head.tag in ("NNS", "NNPS") or " and " in text
        person: bool | None = None
        if (
            head.entity == "PERSON"
            or low[0] in words("sources", "persons.titles")
            or head.lower in words("sources", "persons.singular")
        ):
            person = True
        elif head.entity in ("ORG", "LOC", "NORP") or plural:
            person = False
        return Named(
            text,
            sources.kind(run, reporting),
            person,
            plural,
            low,
            number,
            True,
            head.entity == "PERSON",
        )

    def _earlier(self, named: Named, run: Sequence[Token]) -> Named | None:
        """The earlier, fuller name that a surname or "the ministry" goes back to."""
        cited = sources.citation(run)
        core = [t.lower for t in cited if t.entity in ("PERSON", "ORG")] or [
            t.lower for t in cited if t.tag in ("NNP", "NNPS")
        ]
        low = [t.lower for t in cited]
        if core and (sources.head_of(cited).tag in ("NNP", "NNPS", "CD") or low == core):
            for other in reversed(self._known):
                if set(core) <= set(other.words) and len(other.words) > len(core):
                    return other
            return None
        if run[0].lower in ("the", "this", "that") and not core and len(low) <= 2:
            return self._described(named, low)
        return None

    def _described(self, named: Named, low: list[str]) -> Named | None:
        """The last name that "the ministry" or "the spokesman" can stand for."""
        noun = low[-1]
        stands = table("sources")["resolving"].get(noun, [noun])
        for other in [*reversed(self._known), *reversed(self._named_before(named.sentence))]:
            if other.words == tuple(low):
                return other
            if len(other.words) <= len(low):
                continue
            if noun in other.words and set(low) <= set(other.words):
                return other
            if any(word in other.words for word in stands) and other.person is not True:
                return other
        return None

    def _named_before(self, number: int) -> list[Named]:
        """Organisations named, not as sayers, in the few sentences before."""
        found = []
        for n in range(max(0, number - 3), number):
            for entity in self._sentences[n].entities:
                if entity.label == "ORG":
                    run = list(entity.tokens)
                    found.append(
                        Named(
                            self._sentences[n].quote(entity.start, entity.end),
                            sources.kind(run),
                            False,
                            False,
                            tuple(t.lower for t in run),
                            n,
                            False,
                        )
                    )
        return found

    def _pronoun(self, word: str, number: int) -> Named | None:
        if word not in ("he", "she", "it", "they"):
            return None
        for n in range(number, max(-1, number - _REACH), -1):
            spoke = [k for k in self._known if k.sentence == n and k.sayer]
            for named in reversed(spoke):
                if _fits(word, named):
                    self._known.append(replace(named, sentence=number))
                    return self._known[-1]
            if n < number or word in ("he", "she"):
                subject = self._subject(n, word)
                if subject is not None:
                    self._known.append(subject)
                    return subject
        return None

    def _subject(self, number: int, word: str) -> Named | None:
        """The subject of a sentence, where the pronoun can stand for it."""
        sentence = self._sentences[number]
        for token in sentence.tokens:
            if token.relation != "nsubj" or token.pos not in ("NOUN", "PROPN"):
                continue
            run = sources.phrase(token, sentence.tokens, 0, len(sentence.tokens))
            named = self._fresh(run, number, False)
            speaks = token.entity in ("PERSON", "ORG") or sources.speaks(run)
            if speaks and _fits(word, named):
                earlier = self._earlier(named, run)
                return earlier if earlier is not None else named
        return None


def _fits(word: str, named: Named) -> bool:
    if word in ("he", "she"):
        return named.person is True and not named.plural
    if word == "it":
        return named.person is not True and not named.plural
    return named.plural or named.person is not True or not named.proper
