"""Which claims of a document count people in one row: "the owner and two mechanics were arrested".

None of them counts all, and no number in the text does: what they come to is their sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.records import Claim, Kind, Voice, is_numbered, printed


def together(claims: Sequence[Claim], voice: Mapping[str, Voice]) -> list[list[Claim]]:
    """The rows of two claims and more, each in text order: of one kind, on one voice's word, of
    people to whom one verb does it in one place, so that their evidence overlaps; no parts and no
    additions."""
    found: list[list[Claim]] = []
    end = 0
    for claim in sorted(claims, key=lambda c: (c.kind, c.evidence.start, c.evidence.end, c.id)):
        if not _counts(claim):
            continue
        last = found[-1][-1] if found else None
        alike = last is not None and _told(last, voice) == _told(claim, voice)
        if alike and claim.evidence.start < end:
            found[-1].append(claim)
            end = max(end, claim.evidence.end)
        else:
            found.append([claim])
            end = claim.evidence.end
    return [row for row in found if len(row) > 1]


def _told(claim: Claim, voice: Mapping[str, Voice]) -> tuple[Kind, str, str | None]:
    """What all of a row have in common: what befell them, on whose word, and where."""
    return claim.kind, voice[claim.id].key, printed(claim.where) if claim.where else None


def _counts(claim: Claim) -> bool:
    """Whether a claim counts people by a number, and all whom it speaks of."""
    whole = claim.part_of is None and claim.change is None and claim.modality != "denied"
    return whole and is_numbered(claim) and bool(claim.count and claim.count.low)
