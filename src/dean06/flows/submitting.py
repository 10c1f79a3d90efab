"""Putting an amendment before the authority that issued the charter: a paper drafted, edited, signed, sent, withdrawn.

The leader's decision on an amendment of a text that others issued is this paper; signing it and submitting are one act.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.adoption.service import DraftInfo, NewSubmission, SubmissionInfo
from dean06.charter import service as charters
from dean06.charter.types import Fact, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import adopting, charter_booklet, chartering, draft_bases, sending, signing
from dean06.flows.authority import Act, Answer, ask, bind, grant, permit
from dean06.flows.submission_paper import DOCUMENT, Part, Proposal, document, parts
from dean06.offices.types import GroupInfo
from dean06.papers.service import documents, issuing
from dean06.papers.types import PaperInfo

ADDED = "them"  # the field under a part in which the clerk writes a paragraph more

__all__ = ["Standing", "edit", "issue", "make", "said", "send", "signing_answer", "standing", "withdraw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a draft stands with the authority above: the paper in work, the signed one, and whether each still fits.

    A group that issues its own text needs none.
    """

    needed: bool
    drafted: SubmissionInfo | None = None
    signed: SubmissionInfo | None = None
    drafted_fits: bool = False
    signed_fits: bool = False


def standing(group: GroupInfo, draft: DraftInfo) -> Standing:
    """Return how a draft stands with the authority that issued the charter."""
    if not chartering.needs_submission(group):
        return Standing(needed=False)
    kept = {one.state: one for one in reversed(adoption.submissions(draft.id))}
    drafted, signed = kept.get("drafted"), kept.get("signed")
    text = chartering.newest(group).hash
    return Standing(
        needed=True,
        drafted=drafted,
        signed=signed,
        drafted_fits=drafted is not None and drafted.answers_for(draft) and drafted.base_hash == text,
        signed_fits=signed is not None and signed.answers_for(draft),
    )


def make(account: str, group: GroupInfo, draft: DraftInfo, in_force_from: date) -> SubmissionInfo:
    """Make the submission of a draft, or make it again from what the draft is now: the clerk's words stay."""
    kept = standing(group, draft)
    if not kept.needed:
        raise BadInput(
            "Tổ tự ban hành quy chế của mình: không cần tờ trình.",
            "The group issues its own charter: no submission is needed.",
        )
    if in_force_from < clock.today(group):
        raise BadInput(
            "Ngày đề nghị có hiệu lực đã qua: chọn từ hôm nay trở đi.",
            "The day proposed for coming into force is past: choose today or later.",
        )
    words = kept.drafted.words if kept.drafted else {}
    return _write(account, group, draft, in_force_from, words)


def edit(account: str, group: GroupInfo, draft: DraftInfo, words: Mapping[str, str]) -> SubmissionInfo:
    """Take the clerk's words by paragraph, and draft the paper anew from them."""
    drafted = _in_work(group, draft)
    plain = {
        one.key: one.text for part in parts(_proposal(group, draft, drafted.in_force_from), {}) for one in part.said
    }
    kept = dict(drafted.words)
    for key, text in ((key, " ".join(text.split())) for key, text in words.items()):
        part, _, rest = key.rpartition(".")
        if rest == ADDED and text:
            taken = [int(one.rpartition(ADDED)[2]) for one in kept if one.startswith(f"{part}.{ADDED}")]
            kept[f"{part}.{ADDED}{max(taken, default=0) + 1}"] = text
        elif plain.get(key) == text or (key in kept and key not in plain and not text):
            kept.pop(key, None)
        elif key in plain or key in kept:
            kept[key] = text
    return _write(account, group, draft, drafted.in_force_from, kept)


def said(group: GroupInfo, draft: DraftInfo) -> tuple[Part, ...]:
    """Return the paper in work part by part, for editing."""
    drafted = _in_work(group, draft)
    return parts(_proposal(group, draft, drafted.in_force_from), drafted.words)


def _in_work(group: GroupInfo, draft: DraftInfo) -> SubmissionInfo:
    drafted = standing(group, draft).drafted
    if drafted is None:
        raise BadInput(
            "Chưa lập tờ trình: bấm «Lập tờ trình» ở trang bản thảo trước.",
            "There is no submission yet: make it on the page of the draft first.",
        )
    return drafted


def _proposal(group: GroupInfo, draft: DraftInfo, in_force_from: date) -> Proposal:
    """Gather what the paper says; refused where the draft has faults, is still its template, or changes nothing."""
    draft_bases.demand_own_words(draft)
    text, known = chartering.newest(group), adoption.versions(group.charter_line)[-1]
    comparison = charters.compare(text, chartering.candidate(draft))
    made = Proposal(
        comparison=comparison,
        clause=draft.clause,
        reason=draft.reason,
        number=known.instrument,
        adopted_on=known.signed_on,
        in_force_from=in_force_from,
        tasks=len(chartering.touched_tasks(group, comparison)),
        whole=not draft.base_hash,
        replaces=_replaced(group, draft),
    )
    if made.changes_nothing:
        raise BadInput(
            "Bản thảo chưa đổi gì so với bản đang hiệu lực: sửa điều khoản rồi lập tờ trình.",
            "The draft changes nothing yet: amend a clause, then make the submission.",
        )
    return made


def _replaced(group: GroupInfo, draft: DraftInfo) -> str:
    """Name the signed submission that another one would take the place of."""
    signed = standing(group, draft).signed
    if signed is None or signed.paper_id is None:
        return ""
    paper = documents.for_work(signed.paper_id)
    return f"Tờ trình số {paper.label} ngày {paper.issued_on:%d/%m/%Y}"


def _write(
    account: str, group: GroupInfo, draft: DraftInfo, in_force_from: date, words: Mapping[str, str]
) -> SubmissionInfo:
    text, now = chartering.newest(group), clock.now(group)
    proposal = _proposal(group, draft, in_force_from)
    annex = documents.keep_booklet(charter_booklet.booklet(chartering.unsigned(draft)), now)
    kept_by = signing.kept_by(text)
    rendered = documents.render(
        document(proposal, words, signing.unsigned(group), annex, kept_by=kept_by), now, annex, annex_kind="pdf"
    )
    new = NewSubmission(revision=draft.revision, base_hash=text.hash, in_force_from=in_force_from, words=dict(words))
    ref = adoption.submission_ref(group.slug, draft.id)
    written = ObjectRef(kind="submission", id=ref, digest=adoption.submission_digest(new))
    writing = permit(Act(account=account, group=group, action="document.draft", obj=written))
    laid = ObjectRef(kind="paper", id=ref, digest=rendered.digest())
    laying = permit(Act(account=account, group=group, action="document.draft", obj=laid))
    with transaction.atomic():
        kept = adoption.write_submission(writing, draft.id, new)
        paper = documents.draft(laying, group.id, rendered, paper_id=kept.paper_id)
        adoption.attach_submission_paper(kept.id, paper.id)
    return _in_work(group, draft)


def signing_answer(account: str, group: GroupInfo, draft: DraftInfo) -> Answer:
    """Return whether this account may sign the submission now; the signing screen shows it either way."""
    return ask(_signing_act(account, group, _paper_of(_in_work(group, draft))))


def _paper_of(kept: SubmissionInfo) -> PaperInfo:
    if kept.paper_id is None:
        raise BadInput("Tờ trình chưa có bản dự thảo.", "The submission has no draft paper yet.")
    return documents.for_work(kept.paper_id)


def _signing_act(account: str, group: GroupInfo, paper: PaperInfo, reason: str | None = None) -> Act:
    """Return the act of signing the very draft that lies in the archive now: changed words want another permit."""
    obj = bind("paper", str(paper.id), docx=paper.docx_sha256)
    facts: dict[str, Fact] = {"document.kind": DOCUMENT, "document.serves_group_task": True}
    return Act(account=account, group=group, action="document.sign", obj=obj, facts=facts, reason=reason)


def issue(
    account: str, group: GroupInfo, draft: DraftInfo, *, reason: str | None = None, seen: str | None = None
) -> PaperInfo:
    """Sign, number and archive the submission, and record with it that the draft is submitted: all of it or nothing.

    Args:
        account: who signs.
        group: whose charter it is.
        draft: the draft as the signer saw it.
        reason: where the charter wants one.
        seen: SHA-256 (hex) of the .docx that the signer had before them; one that changed since is not signed.
    """
    paper = _ready_to_sign(group, draft, seen)
    act = _signing_act(account, group, paper, reason)
    answer = ask(act)
    by = grant(act, answer)
    signed: dict[str, Fact] = {"document.is_signed": True}
    numbering = Act(account=account, group=group, action="document.number", obj=act.obj, facts=signed)
    put = ObjectRef(
        kind="charter_draft",
        id=adoption.draft_ref(group.slug, str(draft.id)),
        digest=adoption.submit_digest(draft, paper.id),
    )
    submitting = Act(account=account, group=group, action="charter.submit", obj=put, facts=signed)
    numbered_by, submitted_by = permit(numbering), adopting.submitting_permit(submitting)
    signature = signing.signature(group, answer)
    with transaction.atomic():
        issued = issuing.issue(by, numbered_by, paper.id, signature)
        adoption.submit_draft(submitted_by, draft, paper.id)
    return issued


def _ready_to_sign(group: GroupInfo, draft: DraftInfo, seen: str | None) -> PaperInfo:
    """Return the paper in work; refused where it is not the one that was read, or no longer fits draft and charter."""
    paper = _paper_of(_in_work(group, draft))
    if seen is not None and seen != paper.docx_sha256:
        raise BadInput(
            "Tờ trình vừa đổi sau khi bạn mở trang: đọc lại rồi ký.",
            "The submission changed after you opened the page: read it again, then sign.",
        )
    if not standing(group, draft).drafted_fits:
        raise BadInput(
            "Bản thảo hoặc quy chế đã đổi sau khi lập tờ trình: lập lại tờ trình rồi ký.",
            "The draft or the charter changed after the submission was made: make it again, then sign.",
        )
    return paper


def send(account: str, group: GroupInfo, draft: DraftInfo) -> int:
    """Send the signed submission to its addressee and recipients; returns how many there are.

    It is queued for those whom the address book reaches; that it went to the others is written down.
    """
    signed = standing(group, draft).signed
    if signed is None or signed.paper_id is None:
        raise BadInput("Chỉ gửi tờ trình đã ký và cấp số.", "Only a signed and numbered submission can be sent.")
    content = documents.content(signed.paper_id)
    to = (*content.addressees, *content.recipients)
    with transaction.atomic():
        left = sending.queue_reached(account, group, signed.paper_id, to)
        if left:
            obj = ObjectRef(
                kind="paper", id=str(signed.paper_id), digest=documents.dispatch_digest(signed.paper_id, left)
            )
            facts: dict[str, Fact] = {"document.is_numbered": True}
            by = permit(Act(account=account, group=group, action="document.dispatch", obj=obj, facts=facts))
            documents.dispatch(by, signed.paper_id, left)
    return len(set(to))


def withdraw(account: str, group: GroupInfo, draft: DraftInfo) -> SubmissionInfo:
    """Take the signed submission back; its number stays used, and the draft can be submitted again."""
    signed = standing(group, draft).signed
    if signed is None or signed.paper_id is None:
        raise BadInput("Không có tờ trình nào để rút.", "There is no submission to take back.")
    obj = ObjectRef(
        kind="charter_draft",
        id=adoption.draft_ref(group.slug, str(draft.id)),
        digest=adoption.withdraw_digest(draft.id, signed.paper_id),
    )
    by = permit(Act(account=account, group=group, action="charter.submit", obj=obj))
    return adoption.withdraw_submission(by, draft.id)
