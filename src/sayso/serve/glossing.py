"""Words of a page with what they mean: a press shows it, by keyboard and touch, with no script."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from sayso.publish import glossary, wording


class Glosses:
    """The words of one page that are explained on it, by the ids of what explains them."""

    def __init__(self) -> None:
        self.used: dict[str, tuple[str, str]] = {}

    def term(self, word: str, shown: str | None = None, *, quiet: bool = False) -> Markup:
        """A word, as it is `shown`, that opens its meaning; as it is, where nothing is said of it.
        A `quiet` one is no stop of the tab key: in rows, of which there are many."""
        said = escape(wording.clean(word if shown is None else shown))
        means = glossary.meaning(word)
        if not means:
            return Markup(said)
        id = f"word-{re.sub('[^a-z0-9]+', '-', word.casefold()).strip('-')}"
        self.used[id] = word.replace("_", " "), means
        stop = Markup(' tabindex="-1"') if quiet else Markup("")
        if said == "?":
            stop += Markup(' aria-label="What {} means"').format(word)
        return Markup(
            '<button type="button" class="term" popovertarget="{}" title="{}"{}>{}</button>'
        ).format(id, means, stop, said)

    def terms(self, words: str, mark: str = ", ") -> Markup:
        """Several words with a mark between."""
        return Markup(mark).join(self.term(word, quiet=True) for word in words.split(mark))
