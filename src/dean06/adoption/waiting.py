"""What of a group's charter, or of its end, has been begun and waits for somebody: named without reading the texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, OuterRef

from dean06.adoption.models import Draft, DraftConfirmation, Submission, Succession, SuccessionConfirmation

Stage = Literal["second_person", "adoption", "signature", "authority", "second_person_of_end"]

__all__ = ["Stage", "Waiting", "waiting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits: a draft, or (`second_person_of_end`) the plan of a hand-over, by its id."""

    stage: Stage
    id: int
    title: str


def waiting(group_id: int) -> list[Waiting]:
    """Return what waits for a signature, for a word, or for the authority above; drafts first."""
    papers = Submission.objects.filter(draft=OuterRef("pk"))
    drafts = (
        Draft.objects.filter(group_id=group_id, state__in=(Draft.OPEN, Draft.SUBMITTED))
        .annotate(
            begun=Exists(DraftConfirmation.objects.filter(draft=OuterRef("pk"))),
            drafted=Exists(papers.filter(state=Submission.DRAFTED)),
            signed=Exists(papers.filter(state=Submission.SIGNED)),
        )
        .values("pk", "title", "revision", "decided_revision", "begun", "drafted", "signed")
    )
    found = [
        Waiting(stage=stage, id=row["pk"], title=row["title"]) for row in drafts if (stage := _stage(row)) is not None
    ]
    plans = Succession.objects.filter(group_id=group_id, state=Succession.OPEN)
    begun = plans.filter(Exists(SuccessionConfirmation.objects.filter(succession=OuterRef("pk"))))
    found += [Waiting(stage="second_person_of_end", id=pk, title="") for pk in begun.values_list("pk", flat=True)]
    return found


def _stage(row: Mapping[str, object]) -> Stage | None:
    if row["begun"]:
        return "second_person"
    if row["drafted"]:
        return "signature"
    if row["signed"]:
        return "authority"
    return "adoption" if row["decided_revision"] == row["revision"] else None
