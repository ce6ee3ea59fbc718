"""The reports at the command line, from the project's root, with tests/ on the path.

python -m reports texts               the reports as documents, one JSON object a line
python -m reports score [HALF] [FILE] the figures of a half, open or held, or of both; of a file of
                                      readings in the record's JSON, else as Sayso reads them
python -m reports wrong open [FILE]   what is wrong, of the open half only
python -m reports nothing             false figures where nothing is to record: those of the open half,
                                      and of both how many a thousand words
"""

from __future__ import annotations

import sys

from articles.__main__ import brief, main, read
from articles.scoring import HALVES
from reports.scoring import false_figures, nothing, per_thousand, reports


def show_nothing() -> int:
    """Print what was read into pieces that tell of no harm."""
    for half in HALVES:
        asked = nothing(half)
        found = false_figures(asked, read(asked))
        for id, claim in found if half == "open" else ():
            print(id, brief(claim), sep="\t")
        print(f"{half} {per_thousand(len(found), asked):.2f} in a thousand words")
    return 0


if __name__ == "__main__":
    sys.exit(
        show_nothing() if sys.argv[1:] == ["nothing"] else main(sys.argv[1:], reports, __doc__)
    )
