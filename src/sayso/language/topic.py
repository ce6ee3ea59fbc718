"""Whether an article is about unrest, conflict or disaster at all: by its words, before any parse.

Of a stream of news nine in ten articles are about something else, and a look at their words costs a
thousandth of their parse. What an article about something else says in passing of a war or a death
is then not read; the words and the measure stand in `data/en/topic.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from sayso.lexicon import table

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def about_unrest(text: str, language: str) -> bool:
    """Whether the text, which is in that language, has as many words of unrest, conflict or
    disaster as `[measure]` asks.
    """
    measure = table("topic", language)["measure"]
    listed = _words(language)
    words = _WORD.findall(text.lower())
    told = sum(word in listed for word in words)
    enough = told >= measure["least"] or (told > 0 and len(words) < measure["brief"])
    return enough and told * 1000 >= measure["thousand"] * len(words)


@cache
def _words(language: str) -> frozenset[str]:
    return frozenset(word for theme in table("topic", language)["words"].values() for word in theme)
