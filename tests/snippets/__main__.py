"""The snippets at the command line, with tests/ on the path.

python -m snippets score [open|held|aside]   the figures of one part, or of all
python -m snippets wrong open                what is wrong, of the open part only
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sayso.settings import load
from snippets.scoring import HALVES, asked, figures, given, snippets


def main(arguments: Sequence[str]) -> int:
    """Do what is asked; 2 where it is nothing of the above."""
    settings = load(None, {}, {})
    match list(arguments):
        case ["score", *half] if len(half) < 2 and set(half) <= set(HALVES):
            for name in half or HALVES:
                print(name, figures(given(settings, snippets(name))))
        case ["wrong", "open"]:
            for snippet, code in given(settings, snippets("open")):
                if code != asked(snippet):
                    print(snippet["id"], asked(snippet), code, snippet["text"], sep="\t")
        case ["wrong", "held" | "aside" as name]:
            print(
                f"What is wrong with the {name} part is counted and not looked at.", file=sys.stderr
            )
            return 2
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
