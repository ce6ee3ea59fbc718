"""Names of districts as they come out of other scripts: "Charbolak" for "Chahār Bōlak", "Deh
Rahwod" for "Deh Rāwud".

Only ever asked of the few districts of one province or country: in the whole world everything
sounds like something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from sayso.language.gazetteer import Candidate
from sayso.language.geography.folding import fold
from sayso.lexicon import LANGUAGE, words

# Letters that writers of English choose between for one sound, and those they leave out.
_SOUNDS = (
    ("tch|ch|sch|sh|c(?=[ei])", "s"), ("kh|gh|q|c|x|g", "k"), ("ph|v|f", "f"), ("th|d", "t"),
    ("zh|dz|ts|z", "s"), ("p", "b"), ("dj|j", "j"), ("[aeiouwyh]", ""),
)  # fmt: skip
# Fewer consonants say too little, unless the letters are much alike.
_CONSONANTS, _ALIKE, _LIKE = 3, 0.8, 0.55


def spelled(name: str, among: Iterable[Candidate]) -> Candidate | None:
    """The one of these that the name can be another spelling of; None if none or several can."""
    bare = _bare(name)
    wanted = _sound(bare)
    found: dict[int, tuple[float, Candidate]] = {}
    for place in among:
        own = _bare(place.name)
        same = _sound(own) == wanted and len(wanted) >= _CONSONANTS
        if not same and abs(len(own) - len(bare)) > 3:
            continue
        likeness = SequenceMatcher(None, own, bare).ratio()
        if likeness >= (_LIKE if same else _ALIKE):
            found[place.id] = (likeness, place)
    if not found:
        return None
    best = max(found.values(), key=lambda pair: (pair[0], -pair[1].id))
    rivals = [p for score, p in found.values() if score > best[0] - 0.05 and p.id != best[1].id]
    same_place = all(p.admin1 == best[1].admin1 and p.admin2 == best[1].admin2 for p in rivals)
    return best[1] if same_place else None


@lru_cache(8192)
def _bare(name: str) -> str:
    """The name folded, without the word for its kind and what only joins words."""
    parts = fold(name).split()
    kinds = words("places", "kinds.part", LANGUAGE) | words("places", "kinds.region", LANGUAGE)
    kept = [
        p for p in parts if p not in kinds and p not in words("places", "spelling.joints", LANGUAGE)
    ]
    return "".join(kept or parts)


@lru_cache(8192)
def _sound(bare: str) -> str:
    for letters, sound in _SOUNDS:
        bare = re.sub(letters, sound, bare)
    return re.sub(r"(.)\1+", r"\1", bare)
