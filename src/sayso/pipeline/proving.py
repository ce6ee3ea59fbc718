"""Whether all of a ledger is whole: its log, and whatever is made of it, which is made again for
that and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.errors import LedgerError
from sayso.pipeline.deriving import Held, facts, judged
from sayso.pipeline.running.stream import Progress
from sayso.publish.wording import plural

if TYPE_CHECKING:
    from sayso.ledger.proof import Proof
    from sayso.ledger.proving.faults import Fault
    from sayso.ledger.seals import Seal
    from sayso.ledger.store import Ledger

TRIES = 3
"""How often incidents are worked out, where others go on adding to the ledger meanwhile."""


def verify(
    ledger: Ledger,
    progress: Progress | None = None,
    since: Seal | None = None,
    *,
    quick: bool = False,
) -> Proof:
    """What is wrong with a ledger, if anything: with its log, texts and files, as `ledger.proof`
    has it, and, unless it is to be `quick`, with all that is made of the log for looking things up.

    Raises `LedgerError` where the database cannot be read, or is written to all the while.
    """
    from sayso.ledger import proof as proofs
    from sayso.ledger.proving import rows, words
    from sayso.reconcile.imprinting.making import imprint

    proof = proofs.verify(ledger, progress, since, imprint)
    if quick:
        return proof._replace(unproved=("what is looked up was not compared with the log",))
    indexes = words.compared(ledger)
    found = [*rows.faults(ledger, progress), *indexes.faults]
    unproved = []
    if indexes.late:
        many = plural(indexes.late, "document")
        unproved.append(
            f"{many} cannot be searched by the words of the text, which came later: sayso rebuild "
            "mends that"
        )
    if any(not fault.derived for fault in proof.faults):
        unproved.append("incidents and tolls were not compared with the log, which is not whole")
    else:
        found += _together(ledger, progress)
    return proof._replace(faults=(*proof.faults, *found), unproved=tuple(unproved))


def _together(ledger: Ledger, progress: Progress | None) -> list[Fault]:
    """Where the incidents that are kept are not those that the log gives as of the same line."""
    from sayso.ledger.proving import together
    from sayso.ledger.proving.faults import derived

    held = Held()
    for _ in range(TRIES):
        state = ledger.state()
        if any(state.get(key) != value for key, value in facts().items()):
            return []  # of another version: they are made again before anybody is shown them
        head = ledger.head().seq
        try:
            told = ledger.as_of(state)
        except LedgerError:
            told = 0
        if not 0 < told <= head:
            said = state.get("seq", "")[:40]
            return [derived(f"incidents are kept as of line {said} of a log that ends at {head}")]
        judgements = ledger.judgements(told)
        coverage = held.upto(ledger, told, judgements, progress)
        made = coverage.gathered()
        verdicts = judged(made, coverage.claims(), judgements)
        compared = together.faults(ledger, state, made, verdicts)
        if compared is not None:
            return compared
    raise LedgerError(f"{ledger.name} is written to all the while; try again when that is over")
