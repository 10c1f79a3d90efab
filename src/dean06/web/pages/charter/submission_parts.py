"""What the page of a draft shows of its submissions to the authority above: papers, whether they fit, a form."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.http import urlencode

from dean06.adoption import service as adoption
from dean06.adoption.service import DraftInfo, SubmissionInfo
from dean06.charter import service as charters
from dean06.flows import submitting
from dean06.papers.service import documents
from dean06.papers.types import PaperInfo
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.parts.page import Notice
from dean06.web.reader import Reader

STATES = {
    "drafted": ("mute", "pen", "Dự thảo", "Draft"),
    "signed": ("ok", "seal", "Đã ký, đã trình", "Signed, submitted"),
    "replaced": ("mute", "end", "Đã thay thế", "Replaced"),
    "withdrawn": ("mute", "end", "Đã rút", "Taken back"),
}

__all__ = ["OnDraft", "Shown", "chip", "shown", "submission_on_draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One submission in a list: number or place of it, its state, its day, and where its files and entries are."""

    label: str
    state: str
    day: str
    files: tuple[tuple[str, str], ...]
    ledger_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDraft:
    """The submission as it stands on the page of its draft.

    `answers` names the paper that an adoption answers; empty where the authority is still to be asked.
    """

    authority: str
    papers: tuple[Shown, ...]
    notice: Notice | None
    page_href: str
    make_href: str
    withdraw_href: str
    make_label: str
    today: str
    answers: str
    ready: bool


def chip(submission: SubmissionInfo) -> str:
    """Show where a submission stands."""
    tone, sign, vi, en = STATES[submission.state]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def shown(reader: Reader, draft: DraftInfo, one: SubmissionInfo, paper: PaperInfo) -> Shown:
    """Return one submission of a draft with its files; a signed one leads to the entry of its submission."""
    kinds = (("PDF", "papers-file", ("pdf",)), (".docx", "papers-file", ("docx",)))
    files = [(label, reader.url(name, paper.id, *rest)) for label, name, rest in kinds]
    files.append((words("Dự thảo kèm theo", "The text proposed"), reader.url("papers-annex", paper.id)))
    slug = reader.group.slug
    ref, made = adoption.draft_ref(slug, str(draft.id)), adoption.submission_ref(slug, draft.id)
    entry = urlencode({"doi_tuong": f"charter_draft:{ref}" if one.signed_at else f"submission:{made}"})
    return Shown(
        label=paper.label,
        state=chip(one),
        day=writing.day(paper.issued_on) if paper.issued_on else "",
        files=tuple(files),
        ledger_href=f"{reader.url('ledger')}?{entry}",
    )


def _notice(kept: submitting.Standing) -> Notice | None:
    if kept.signed is not None and not kept.signed_fits:
        text = words(
            "Bản thảo đã đổi sau khi trình: tờ trình đã ký không còn đúng với bản thảo. Lập tờ trình mới thay thế, "
            "hoặc rút tờ trình cũ.",
            "The draft changed after it was submitted: the signed paper no longer fits. Make a new one, or take it "
            "back.",
        )
        return Notice(text=text, tone="warn", sign="warn")
    if kept.drafted is not None and not kept.drafted_fits:
        text = words(
            "Bản thảo hoặc quy chế đã đổi sau khi lập tờ trình: lập lại rồi ký.",
            "The draft or the charter changed after the paper was made: make it again, then sign.",
        )
        return Notice(text=text, tone="warn", sign="warn")
    return None


def submission_on_draft(reader: Reader, draft: DraftInfo, *, whole: bool) -> OnDraft | None:
    """Return what the draft's page shows; None for a group that issues its own text."""
    kept = submitting.standing(reader.group, draft)
    if not kept.needed:
        return None
    listed = [(one, documents.for_work(one.paper_id)) for one in adoption.submissions(draft.id) if one.paper_id]
    signed = next((paper for one, paper in listed if one.is_signed), None)
    answers = ""
    if signed is not None and kept.signed_fits:
        day = writing.day(signed.issued_on)
        answers = words(f"Tờ trình số {signed.label} ngày {day}", f"Submission {signed.label} of {day}")
    wanted = kept.drafted is None and not kept.signed_fits
    return OnDraft(
        authority=charters.party_name(reader.charter, reader.charter.instrument.issuer, current_language()),
        papers=tuple(shown(reader, draft, one, paper) for one, paper in listed),
        notice=_notice(kept),
        page_href=reader.url("charter-draft-paper", draft.id) if listed else "",
        make_href=reader.url("charter-draft-paper-make", draft.id) if wanted else "",
        withdraw_href=reader.url("charter-draft-paper-withdraw", draft.id) if signed else "",
        make_label=words("Lập tờ trình mới", "Make a new submission") if signed else words("Lập tờ trình", "Make it"),
        today=writing.day(reader.today),
        answers=answers,
        ready=whole,
    )
