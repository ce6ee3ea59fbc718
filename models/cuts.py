"""Writes `cuts.json`: how the English engine's words are cut, as the treebanks' words were.

    python models/cuts.py src/sayso/data/en/engine/cuts.json

The patterns and the words cut by hand are those of spaCy's English tokenizer (MIT), with which the
engine was trained; `tests/models` holds the two against each other.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import spacy
from spacy.attrs import ORTH
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex


def rules() -> dict[str, object]:
    """What the file holds."""
    nlp = spacy.blank("en")
    found = nlp.Defaults
    assert found.token_match is None
    return {
        "prefix": compile_prefix_regex(found.prefixes).pattern,
        "suffix": compile_suffix_regex(found.suffixes).pattern,
        "infix": compile_infix_regex(found.infixes).pattern,
        "address": found.url_match.__self__.pattern,
        "words": {
            word: [part[ORTH] for part in parts]
            for word, parts in sorted(nlp.tokenizer.rules.items())
            if not word.isspace()
        },
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(
        json.dumps(rules(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )
