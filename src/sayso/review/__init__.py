"""What people decide about what was read, and what became of it.

`queue` says which claims to look at first and why, `decisions` puts what a person decided into a
ledger, `making` makes claims by hand, `mending` puts right what a document came with, `dossiers`
keeps the status of incidents and signs them off, `corrections` makes records of what a person
types, and `history` tells what changed what is on record.
"""

from sayso.review.decisions import Decision, decide, incident_of, judge, mends, split

__all__ = ["Decision", "decide", "incident_of", "judge", "mends", "split"]
