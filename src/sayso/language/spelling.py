"""How English spells its forms: the one place in Python where letters of a language stand.

What tables cannot hold, because it is a rule and no list. A second language has its own such
module of pure functions.
"""

from __future__ import annotations


def singular(word: str) -> str:
    """The word in lower case without its plural ending, by spelling alone."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes")):
        return word[:-2]
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word


def bare(word: str) -> str:
    """The word in lower case without the "s" of a plural or of a verb's form."""
    return word.removesuffix("s")


def infinitives(form: str) -> list[str]:
    """What a verb's regular past or participle in lower case may be of: "staged" -> stag, stage."""
    found = []
    for ending, stems in (("ed", ("", "e")), ("d", ("",)), ("ing", ("", "e"))):
        if form.endswith(ending):
            found += [form.removesuffix(ending) + stem for stem in stems]
    return found
