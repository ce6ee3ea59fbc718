"""What the words on screen mean: those of the record by `data/<language>/glossary.toml`, kinds of
figures and types of events by the codebook."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup, escape

from sayso.lexicon import LANGUAGE, table
from sayso.publish import wording


def meaning(word: str) -> str:
    """What a word of the screen or a value of the record means, in a sentence or two; "" where
    nothing is said of it."""
    return _all().get(_key(word), "")


def words() -> list[tuple[str, str]]:
    """The words of the glossary with what each means, in the order of the table."""
    return list(table("glossary", LANGUAGE).items())


def marked(word: str, shown: str | None = None, *, quiet: bool = False) -> Markup:
    """A word, as it is `shown`, with its meaning where a pointer rests on it: for pages that stand
    alone and hold nothing that acts, on which all words are as `quiet`."""
    means, said = meaning(word), escape(wording.clean(shown or word))
    if not means:
        return Markup(said)
    return Markup('<abbr class="term" title="{}">{}</abbr>').format(means, said)


def each_marked(words: str, mark: str = ", ") -> Markup:
    """Several words with a mark between, each with its meaning."""
    return Markup(mark).join(marked(word) for word in words.split(mark))


@cache
def _all() -> dict[str, str]:
    book = table("codebook", LANGUAGE)
    found = {_key(word): means for word, means in table("glossary", LANGUAGE).items()}
    for name, entry in book["harm"].items():
        found[_key(name)] = found[_key(wording.kind(name))] = entry["means"]
    for name, entry in book["event"].items():
        found[_key(name)] = found[_key(name.replace("/", ", "))] = entry["means"]
    return found


def _key(word: str) -> str:
    return " ".join(word.replace("_", " ").replace("-", " ").casefold().split())
