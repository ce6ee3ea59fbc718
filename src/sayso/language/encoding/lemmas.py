"""Lemmas by table, else by the ending: no model, since word pieces hide the spelling."""

from __future__ import annotations


class Lemmas:
    """Word and tag in, lemma out.

    `words` maps "form/tag" in lower case to the lemma; `endings` maps "ending/tag" to how many
    letters to cut and what to put in their place, longest ending first.
    """

    def __init__(self, words: dict[str, str], endings: dict[str, tuple[int, str]]) -> None:
        self._words = words
        self._endings = endings

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
