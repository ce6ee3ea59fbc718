"""What people decided about single claims: which of them count, and what counts in their place;
and which names are one source.

A rejected claim counts nowhere and stays on record; a corrected one counts as corrected. Neither
changes which documents belong together: that goes by what was read, and by `judgements`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from sayso.reconcile.judgements import Bonds, holding
from sayso.reconcile.names import called
from sayso.records import JUDGED, Claim, Correction, Judgement, Standing
from sayso.wire import fingerprint


class Verdicts:
    """What holds of what people decided about claims, by their ids; `sources` are the names that
    they say to be one source, or two."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        judgements = tuple(judgements)
        self.sources = Bonds(
            (_by_name(judgement) for judgement in judgements), "same_source", "other_source"
        )
        self._of: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in holding(judgements):
            if judgement.verdict in ("accept", "reject", "unsure", "correct"):
                self._of[judgement.a].append(judgement)

    @property
    def claims(self) -> frozenset[str]:
        """The ids of all claims that were judged, those that are no more among them."""
        return frozenset(self._of)

    def judgements(self, claim: str) -> tuple[Judgement, ...]:
        """What holds of what was decided about the claim of this id, oldest first."""
        return tuple(self._of.get(claim, ()))

    def of(self, claim: Claim) -> Standing | None:
        """How a claim stands, as it was read; None where nobody judged it."""
        told = self.judgements(claim.id)
        if not told:
            return None
        corrected, verdict = claim, None
        for judgement in told:
            if judgement.verdict == "correct" and judgement.correction is not None:
                corrected = _corrected(corrected, judgement.correction)
            elif judgement.verdict in ("accept", "reject", "unsure"):
                verdict = judgement.verdict
        last = told[-1].seen
        return Standing(
            claim=corrected,
            verdict=verdict,
            corrected=corrected != claim,
            look_again=last is not None and last != seen(claim),
            judgements=told,
        )

    def counted(self, claims: Iterable[Claim]) -> list[Claim]:
        """These claims as they count: corrected, and without those that were rejected."""
        found = []
        for claim in claims:
            standing = self.of(claim) if claim.id in self._of else None
            if standing is None:
                found.append(claim)
            elif standing.verdict != "reject":
                found.append(standing.claim)
        return found


def seen(claim: Claim) -> str:
    """What a judgement notes of the claim that it is about: the fingerprint of what it says,
    whatever rules said so."""
    return fingerprint(replace(claim, because={}))


def _by_name(judgement: Judgement) -> Judgement:
    """A judgement about sources by the names that are compared."""
    if judgement.verdict not in ("same_source", "other_source"):
        return judgement
    return replace(judgement, a=called(judgement.a), b=called(judgement.b or ""))


def _corrected(claim: Claim, correction: Correction) -> Claim:
    fields = {
        name: value
        for name in Correction.__struct_fields__
        if (value := getattr(correction, name)) is not None
    }
    if "sources" in fields:
        fields["basis"] = "stated"
    because = claim.because | dict.fromkeys((*fields,), JUDGED)
    return replace(claim, because=because, **fields)
