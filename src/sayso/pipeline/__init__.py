"""The steps in order: the only place that joins stages.

    inputs -> documents -> sentences -> sayings, places, times -> claims -> ledger -> incidents

`reading` reads one document at a time and depends on nothing else, so the same document always
gives the same reading; `keeping` puts readings and people's judgements into a ledger; `knowing`
derives what they tell together, now or at any moment before; `history` tells what changed it.
"""

from sayso.pipeline.keeping import Added, add, decide, judge, reread, split
from sayso.pipeline.knowing import Known, derive, known, recall
from sayso.pipeline.reading import Progress, Reader

__all__ = [
    "Added",
    "Known",
    "Progress",
    "Reader",
    "add",
    "decide",
    "derive",
    "judge",
    "known",
    "recall",
    "reread",
    "split",
]
