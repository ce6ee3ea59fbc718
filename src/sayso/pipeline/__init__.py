"""The steps in order: the only place that joins stages.

    inputs -> documents -> sentences -> sayings, places, times -> claims -> ledger -> incidents

`reading` reads one document at a time and depends on nothing else, so the same document always
gives the same reading; `writing` puts readings into a ledger; `deriving` brings the incidents that
the ledger keeps up to date; `recalling` says what was known, now or at any moment before; `boards`
lays it out to be published. How the steps are run over many documents is the matter of `running`;
`parsing` shows how sentences are read, and `component` reads within a spaCy pipeline.
"""

from sayso.pipeline.deriving import derive
from sayso.pipeline.reading import Reader
from sayso.pipeline.recalling import Known, known, recall
from sayso.pipeline.running.stream import Progress
from sayso.pipeline.writing import Added, add, reread

__all__ = ["Added", "Known", "Progress", "Reader", "add", "derive", "known", "recall", "reread"]
