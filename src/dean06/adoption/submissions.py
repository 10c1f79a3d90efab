"""Putting a draft before the authority that issued the charter: the paper's words, its signing, its withdrawal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dean06.adoption.drafts import DraftInfo, demand_newest, draft_ref
from dean06.adoption.models import Draft, Submission
from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import canonical, digest_of

__all__ = [
    "NewSubmission",
    "SubmissionInfo",
    "attach_submission_paper",
    "submission_digest",
    "submission_ref",
    "submissions",
    "submit_digest",
    "submit_draft",
    "withdraw_digest",
    "withdraw_submission",
    "write_submission",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubmission:
    """What a submission is made from: a revision of the draft, the text in force, the day proposed, the clerk's words.

    `words` holds paragraphs by key, in place of what follows from the draft; an empty one leaves its paragraph out.
    """

    revision: int
    base_hash: str
    in_force_from: date
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionInfo:
    """A submission as screens know it; `state` is drafted, signed, replaced (by a later one) or withdrawn."""

    id: int
    draft_id: int
    revision: int
    base_hash: str
    in_force_from: date
    words: dict[str, str]
    state: str
    paper_id: int | None
    made_at: datetime
    signed_at: datetime | None

    @property
    def is_signed(self) -> bool:
        """Say whether it is the one that stands before the authority."""
        return self.state == Submission.SIGNED

    def answers_for(self, draft: DraftInfo) -> bool:
        """Say whether the draft is still the one that this paper speaks of."""
        return self.revision == draft.revision


def submission_ref(slug: str, draft_id: int) -> str:
    """Return the id under which permits and the ledger name the submission of a draft."""
    return f"{slug}:to-trinh:{draft_id}"


def submission_digest(new: NewSubmission) -> str:
    """Return the SHA-256 (hex) of what a submission is made from, to which its permit is bound."""
    return digest_of(revision=new.revision, base=new.base_hash, day=new.in_force_from, words=canonical(dict(new.words)))


def submit_digest(draft: DraftInfo, paper_id: int) -> str:
    """Return the SHA-256 (hex) of draft, revision and paper together: what the act of submitting is bound to."""
    return digest_of(draft=draft.id, revision=draft.revision, paper=paper_id, submitted=True)


def withdraw_digest(draft_id: int, paper_id: int) -> str:
    """Return the SHA-256 (hex) to which the permit of a withdrawal is bound."""
    return digest_of(draft=draft_id, paper=paper_id, withdrawn=True)


def write_submission(by: Permit, draft_id: int, new: NewSubmission) -> SubmissionInfo:
    """Make the submission of a draft, or remake the one that nobody has signed yet."""
    with transaction.atomic():
        draft = _locked(draft_id)
        if draft.revision != new.revision:
            raise BadInput(
                "Bản thảo vừa được người khác sửa: mở lại trang rồi lập tờ trình.",
                "Somebody else changed the draft just now: open the page again, then make the submission.",
            )
        demand_newest(draft)
        row = draft.submissions.filter(state=Submission.DRAFTED).first()
        row = row or Submission(group=draft.group, draft=draft, made_by=by.actor.account)
        row.revision, row.base_hash, row.in_force_from = new.revision, new.base_hash, new.in_force_from
        row.words, row.made_at = dict(new.words), by.at
        row.save()
        digest, slug = submission_digest(new), draft.group.slug
        object_id = submission_ref(slug, draft_id)
        ledger.append(by, scope=slug, kind="submission", object_id=object_id, digest=digest, bound=digest)
    return _info(row)


def attach_submission_paper(submission_id: int, paper_id: int) -> None:
    """Remember the paper made of a submission; called in the transaction of the paper's draft."""
    Submission.objects.filter(pk=submission_id).update(paper_id=paper_id)


def submit_draft(by: Permit, draft: DraftInfo, paper_id: int) -> SubmissionInfo:
    """Record that a draft is submitted by a signed paper, in the transaction of the signing.

    Refused where the draft is no more the one that the paper speaks of. An earlier paper of the draft is replaced.
    """
    with transaction.atomic():
        row = _locked(draft.id)
        demand_newest(row)
        paper = row.submissions.filter(state=Submission.DRAFTED, paper_id=paper_id).first()
        if paper is None or not paper.revision == draft.revision == row.revision:
            raise BadInput(
                "Bản thảo đã đổi sau khi lập tờ trình: lập lại tờ trình rồi ký.",
                "The draft changed after the submission was made: make it again, then sign.",
            )
        row.submissions.filter(state=Submission.SIGNED).update(state=Submission.REPLACED)
        paper.state, paper.signed_at = Submission.SIGNED, by.at
        paper.save(update_fields=["state", "signed_at"])
        row.state, row.submitted_at = Draft.SUBMITTED, by.at
        row.save(update_fields=["state", "submitted_at"])
        digest = submit_digest(draft, paper_id)
        _enter(by, row, digest, paper_id)
    return _info(paper)


def withdraw_submission(by: Permit, draft_id: int) -> SubmissionInfo:
    """Take a signed submission back; its paper keeps its number, the draft is open again."""
    with transaction.atomic():
        row = _locked(draft_id)
        paper = row.submissions.filter(state=Submission.SIGNED).first()
        if paper is None or paper.paper_id is None:
            raise BadInput("Không có tờ trình nào để rút.", "There is no submission to take back.")
        paper.state = Submission.WITHDRAWN
        paper.save(update_fields=["state"])
        row.state, row.submitted_at = Draft.OPEN, None
        row.save(update_fields=["state", "submitted_at"])
        _enter(by, row, withdraw_digest(draft_id, paper.paper_id), paper.paper_id)
    return _info(paper)


def submissions(draft_id: int) -> list[SubmissionInfo]:
    """Return the submissions of a draft, the newest first."""
    return [_info(row) for row in Submission.objects.filter(draft_id=draft_id)]


def _locked(draft_id: int) -> Draft:
    row = Draft.objects.select_for_update().get(pk=draft_id)
    if row.state not in (Draft.OPEN, Draft.SUBMITTED):
        raise BadInput(
            "Bản thảo này đã thông qua hoặc đã bỏ: không trình được nữa.", "This draft is adopted or dropped already."
        )
    return row


def _enter(by: Permit, row: Draft, digest: str, paper_id: int) -> None:
    slug = row.group.slug
    object_id = draft_ref(slug, str(row.pk))
    told: dict[str, str | int] = {"revision": row.revision, "paper": paper_id}
    ledger.append(by, scope=slug, kind="charter_draft", object_id=object_id, digest=digest, bound=digest, note=told)


def _info(row: Submission) -> SubmissionInfo:
    return SubmissionInfo(
        id=row.pk,
        draft_id=row.draft_id,
        revision=row.revision,
        base_hash=row.base_hash,
        in_force_from=row.in_force_from,
        words=dict(row.words),
        state=row.state,
        paper_id=row.paper_id,
        made_at=row.made_at,
        signed_at=row.signed_at,
    )
