"""Lemmas by table, else by the ending: no model, since word pieces hide the spelling."""

from __future__ import annotations

# What a regular form of another word ends in, and the Penn tags it then has.
_ENDINGS = {"s": ("VBZ", "NNS"), "ed": ("VBD", "VBN"), "ing": ("VBG",)}
_IRREGULAR = ("VBD", "VBN", "NNS")


class Lemmas:
    """Word and tag in, lemma out.

    `words` maps "form/tag" in lower case to the lemma; `endings` maps "ending/tag" to how many
    letters to cut and what to put in their place, longest ending first.
    """

    def __init__(self, words: dict[str, str], endings: dict[str, tuple[int, str]]) -> None:
        self._words = words
        self._endings = endings

    def possible(self, word: str) -> frozenset[str]:
        """Every lemma that the word may have, and the word itself, in lower case.

        Any word may be an irregular form; that some are taken for one ("lot", as if of "loot") is
        the price.
        """
        form = word.lower()
        tags = (tag for ending, tags in _ENDINGS.items() if form.endswith(ending) for tag in tags)
        return frozenset((form, *(self(form, tag, "X") for tag in (*tags, *_IRREGULAR))))

    def __call__(self, word: str, tag: str, pos: str) -> str:
        if pos == "PROPN":
            return word
        form = word.lower()
        known = self._words.get(f"{form}/{tag}")
        if known is not None:
            return known
        for letters in range(5, 0, -1):
            rule = self._endings.get(f"{form[-letters:]}/{tag}")
            if rule is not None and len(form) > rule[0]:
                return form[: len(form) - rule[0]] + rule[1]
        return form
