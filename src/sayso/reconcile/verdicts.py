"""What people decided about single claims: which of them count, and what counts in their place;
which names are one source; and what an incident is called, and was, where and when.

A rejected claim counts nowhere and stays on record; a corrected one counts as corrected. What is
decided about a claim holds for the same claim in copies of its text. Neither changes which
documents belong together: that goes by what was read, and by `judgements`. What is put in place of
an incident's fields is tied to what it leads with, and so goes where that goes; so does what people
say of it beside, which stands in its dossier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any, Self

from msgspec import to_builtins
from msgspec.structs import replace

from sayso.reconcile.dossiers import dossier
from sayso.reconcile.judgements import Bonds, holding
from sayso.reconcile.names import called
from sayso.records import (
    CORRECTED,
    JUDGED,
    MENDED_OF_INCIDENTS,
    OF_DOSSIERS,
    OF_SOURCES,
    Claim,
    Correction,
    Gathering,
    Incident,
    Judgement,
    Standing,
    is_by_hand,
    of_any_text,
)
from sayso.wire import fingerprint


class Verdicts:
    """What holds of what people decided about claims, by their ids; `sources` are the names that
    they say to be one source, or two."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        judgements = tuple(judgements)
        self.sources = Bonds(
            (_by_name(made) for made in judgements if made.verdict in (*OF_SOURCES, "undo")),
            "same_source",
            "other_source",
        )
        self._of: dict[str, list[Judgement]] = defaultdict(list)
        self._tied: dict[str, dict[int, Judgement]] = defaultdict(dict)
        self._texts: dict[str, Judgement] = {}
        self._kinds: dict[str, Judgement] = {}
        for number, judgement in enumerate(holding(judgements)):
            if judgement.verdict == "mend_incident" or judgement.verdict in OF_DOSSIERS:
                self._tied[judgement.a][number] = judgement
            if judgement.verdict in ("accept", "reject", "unsure", "correct"):
                self._of[judgement.a].append(judgement)
            if judgement.made is not None:
                self._of[judgement.made.id].append(judgement)
            if judgement.verdict == "source_kind":
                self._kinds[called(judgement.a)] = judgement
            if judgement.verdict == "reject_text":
                self._texts |= dict.fromkeys((judgement.a, *judgement.copies), judgement)
        self._like: dict[str, str] = {}  # claims of copies, by the claim that was judged
        self._with_text: dict[str, Judgement] = {}  # claims by the rejection of their text

    def beside(
        self, families: Iterable[Sequence[str]], claims: Mapping[str, Sequence[Claim]]
    ) -> Self:
        """The same, holding also for what says the same in copies: `families` are the ids of
        documents that are one text, `claims` those of each document by its id.

        A claim that was itself judged goes by that; of several copies the first that was judged
        holds. Of a text that was rejected all are, with those of its copies.
        """
        if not self._of and not self._texts:
            return self
        found = copy(self)
        found._like, found._with_text = dict(self._like), dict(self._with_text)
        # An incident of which nothing is left has no families any more.
        for family in (*families, *((id,) for id in self._texts)):
            if gone := [told for id in family if (told := self._texts.get(id))]:
                ids = [claim.id for document in family for claim in claims.get(document, ())]
                found._with_text |= dict.fromkeys(ids, gone[-1])
            each = [claim for id in family for claim in claims.get(id, ())]
            judged: dict[object, str] = {}
            for claim in each:
                if claim.id in self._of and not is_by_hand(claim):
                    judged.setdefault(_content(claim), claim.id)
            for claim in each if judged else ():
                if claim.id not in self._of and (like := judged.get(_content(claim))):
                    found._like[claim.id] = like
        return found

    @property
    def claims(self) -> frozenset[str]:
        """The ids of all claims that were judged, those that are no more among them."""
        return frozenset(self._of)

    def judgements(self, claim: str) -> tuple[Judgement, ...]:
        """What holds of what was decided about the claim of this id, oldest first."""
        return tuple(self._of.get(self._like.get(claim, claim), ()))

    @property
    def kinds(self) -> dict[str, Judgement]:
        """What holds of what people said of the kinds of sources, by the names that are
        compared."""
        return dict(self._kinds)

    @property
    def texts(self) -> dict[str, Judgement]:
        """What holds of the rejections of whole texts, by the document."""
        return dict(self._texts)

    @property
    def tied(self) -> dict[str, list[Judgement]]:
        """What holds of what was decided about incidents, oldest first, by the document or the
        claim that it is tied to."""
        return {id: list(told.values()) for id, told in self._tied.items()}

    def of_incident(self, gathering: Gathering) -> list[Judgement]:
        """The same of one incident, by what it was made from."""
        if not self._tied:
            return []
        tied = {part.document for part in gathering.parts if not part.aside}
        tied |= {claim for part in gathering.parts for claim in part.claims}
        told = {n: made for id in tied for n, made in self._tied.get(id, {}).items()}
        return [told[number] for number in sorted(told)]

    def as_left(self, incident: Incident, gathering: Gathering) -> Incident:
        """The incident with what people put in place of its fields, of several the last, and with
        what else they say of it."""
        told = self.of_incident(gathering)
        fields: dict[str, Any] = {}
        for judgement in told:
            fields |= given(judgement.correction or Correction(), MENDED_OF_INCIDENTS)
        mended = tuple(name for name in MENDED_OF_INCIDENTS if name in fields)
        if mended:
            incident = replace(incident, mended=mended, **fields)
        kept = dossier(told, incident)
        return replace(incident, dossier=kept) if kept else incident

    def of(self, claim: Claim) -> Standing | None:
        """How a claim stands, as it was read; None where nobody judged it. It is rejected with its
        text unless it was itself judged since."""
        told = self.judgements(claim.id)
        own = bool(told)
        named = [called(source.text) for source in claim.sources] if self._kinds else []
        more = [self._with_text.get(claim.id), *(self._kinds.get(name) for name in named)]
        if any(more):
            told = tuple(sorted((*told, *filter(None, more)), key=lambda made: made.at or ""))
        if not told:
            return None
        shown, verdict = claim, None
        for judgement in told:
            if judgement.verdict == "correct" and judgement.correction is not None:
                shown = corrected(shown, judgement.correction)
            elif judgement.verdict in ("accept", "reject", "unsure"):
                verdict = judgement.verdict
            elif judgement.verdict == "reject_text":
                verdict = "reject"
            elif judgement.verdict == "source_kind":
                shown = _of_kind(shown, judgement)
        seen_last = next((made.seen for made in reversed(told) if made.seen), None) if own else None
        last = None if claim.id in self._like else seen_last
        return Standing(
            claim=shown,
            verdict=verdict,
            corrected=shown != claim,
            look_again=last is not None and last != seen(claim),
            judgements=told,
        )

    def counted(self, claims: Iterable[Claim]) -> list[Claim]:
        """These claims as they count: corrected, and without those that were rejected."""
        found = []
        for claim in claims:
            standing = self.of(claim)
            if standing is None:
                found.append(claim)
            elif standing.verdict != "reject":
                found.append(standing.claim)
        return found


def seen(claim: Claim) -> str:
    """What a judgement notes of the claim that it is about: the fingerprint of what it says,
    whatever rules said so.

    Fields younger than 0.12 are left out where they say nothing, so that what was judged before
    they came need not be looked at again.
    """
    told = to_builtins(replace(claim, because={}, event=of_any_text(claim.event)))
    counts = [told["count"], (told["change"] or {}).get("was")]
    for holder in filter(None, (told, *counts)):
        for name, nothing in _YOUNGER.items():
            if name in holder and holder[name] == nothing:
                del holder[name]
    if told["event"]:
        del told["event"]["id"]
    return fingerprint(told)


_YOUNGER: dict[str, object] = {"manner": None, "posted": None, "unit": "people", "people": ()}


def given(correction: Correction, names: Iterable[str]) -> dict[str, Any]:
    """The fields of these names that a correction puts in place of others."""
    return {name: value for name in names if (value := getattr(correction, name)) is not None}


def _content(claim: Claim) -> object:
    """What a claim has in common with the same one in a copy of its text."""
    who = claim.who and claim.who.text
    return claim.kind, claim.evidence.text, claim.count, who, of_any_text(claim.event)


def _of_kind(claim: Claim, judgement: Judgement) -> Claim:
    """A claim whose source of that name is of the kind that a person said."""
    kind = (judgement.correction or Correction()).source_kind
    name = called(judgement.a)
    sources = tuple(
        replace(one, kind=kind) if kind and called(one.text) == name else one
        for one in claim.sources
    )
    if sources == claim.sources:
        return claim
    return replace(claim, sources=sources, because=claim.because | {"sources": JUDGED})


def _by_name(judgement: Judgement) -> Judgement:
    """A judgement about sources by the names that are compared."""
    if judgement.verdict not in OF_SOURCES:
        return judgement
    return replace(judgement, a=called(judgement.a), b=called(judgement.b or ""))


def corrected(claim: Claim, correction: Correction) -> Claim:
    """A claim with what a person put in place of its fields: of the same event of its text, be that
    of another type."""
    fields = given(correction, CORRECTED)
    fields |= {name: () if name in ("sources", "people") else None for name in correction.cleared}
    if "sources" in fields:
        fields["basis"] = "stated" if fields["sources"] else "outlet"
    if fields.get("event") and claim.event:
        fields["event"] = replace(fields["event"], id=claim.event.id)
    because = claim.because | dict.fromkeys(fields.keys() - {"basis"}, JUDGED)
    if "by" in fields:
        fields["by_said"] = None  # that was said of somebody else
    return replace(claim, because=because, **fields)
