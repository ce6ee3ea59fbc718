"""In which language a text is written.

A text in a language that is not read is set aside, never misread. Its letters tell at any length
where they are not Latin; py3langid tells where there is enough of it; and of a line or two its
small words and the words of harm tell, by `data/languages/telling.toml`. A page that declares a
language often has it from a template: it is asked last, by whoever asks here.

Names tell nothing: English headlines are full of foreign ones. So a word counts where it is written
small, or where capitals say nothing, because all words have them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sayso.lexicon import table

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENOUGH = 200
"""Characters; a statistical identifier cannot tell of fewer."""

LOOKED_AT = 4000
"""Characters that tell: what follows is of the same language, or of several."""

SURE = 0.95
"""How likely the language has to be, as py3langid has it, from 0 to 1."""

LEAD = 2
"""By how many words a short text must be rather of another language than of English, to be told by
its words alone."""

ENGLISH = 3
"""How many words more than of any other language make a short text English for sure."""

_LATIN = "LATIN"
_WORD = re.compile(r"[^\W\d_]+['’]?")
_NO_WORDS = re.compile(r"\S*[@/\\_]\S*|\S+\.\w\S*|\d\w*")


def language(text: str) -> str | None:
    """The language of a text, as ISO 639-1 has it; None where it cannot be told for sure."""
    looked_at = text[:LOOKED_AT].strip()
    scripts = Counter(filter(None, map(_script, looked_at)))
    script = scripts.most_common(1)[0][0] if scripts else _LATIN
    if script != _LATIN:
        # What one script is written in another tells better: kanji with kana are Japanese.
        known = [_scripts()[one] for one, _ in scripts.most_common() if one in _scripts()]
        if len(known) > 1:
            known.sort(key=len)
        return _likeliest(looked_at, known[0]) if known else None
    # Wire reports in capitals are taken for languages that are written with few small letters.
    if looked_at.isupper():
        looked_at = looked_at.lower()
    if len(looked_at) >= ENOUGH:
        found, sure = _identifier().classify(looked_at)
        if sure >= SURE:
            return str(found)
    return _of_words(looked_at)


def _script(character: str) -> str | None:
    """The script of a letter, as Unicode names it; None of what is no letter."""
    if not character.isalpha():
        return None
    return _LATIN if character.isascii() else _named(character)


@cache
def _named(character: str) -> str:
    return unicodedata.name(character, _LATIN).partition(" ")[0]


def _likeliest(text: str, languages: tuple[str, ...]) -> str | None:
    """Which of these languages it is, as py3langid has it; the first where it knows none."""
    ranked = (str(code) for code, _ in _identifier().rank(text))
    return next((code for code in ranked if code in languages), next(iter(languages), None))


class _Words(NamedTuple):
    """What tells a language, see the table."""

    common: frozenset[str]
    names: frozenset[str]
    nouns: frozenset[str]
    letters: frozenset[str]
    endings: tuple[str, ...]

    def worth(self, word: str, small: bool, between: bool) -> float:
        """How much a word speaks for the language: a whole, a half, nothing. It is `small` where
        it has no capital that could make it a name, and `between` where the next has none either.
        """
        if small and (word in self.common or word.rstrip("'") in self.common):
            return 1
        if word in self.nouns or (between and word in self.names):
            return 1
        hints = small and (not self.letters.isdisjoint(word) or word.endswith(self.endings))
        return 0.5 if hints else 0


def _of_words(text: str) -> str | None:
    """The language of a text in Latin letters by its words."""
    words = _WORD.findall(_NO_WORDS.sub(" ", text))
    low = [word[0].islower() for word in words]
    titled = sum(low) < len(words) / 4  # nearly all have capitals, which then say nothing
    counted: dict[str, float] = dict.fromkeys(_telling(), 0)
    for at, word in enumerate(words):
        bare = word.lower().replace("’", "'")
        if len(bare) == 1 and at and words[at - 1][-1] in "'’":
            continue  # of "ministry's", "don't"
        small = low[at] or titled or at == 0
        between = low[at] and all(low[at + 1 : at + 2])
        for code, known in _telling().items():
            counted[code] += known.worth(bare, small, between)
    english = counted.pop("en")
    code = max(counted, key=counted.__getitem__)
    lead = counted[code] - english
    if lead >= LEAD or (lead >= 1 and _likeliest(text, ("en", code)) == code):
        return code
    return "en" if -lead >= ENGLISH else None


@cache
def _telling() -> dict[str, _Words]:
    return {
        code: _Words(
            frozenset(words["common"].split()),
            frozenset(words.get("names", "").split()),
            frozenset(words.get("nouns", "").split()),
            frozenset(words.get("letters", "")),
            tuple(words.get("endings", "").split()),
        )
        for code, words in table("telling", "languages")["words"].items()
    }


@cache
def _scripts() -> dict[str, tuple[str, ...]]:
    return {
        script: tuple(codes) for script, codes in table("telling", "languages")["scripts"].items()
    }


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
