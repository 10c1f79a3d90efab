"""A paper on its way to a signature: who may sign it, before whom it is put, and how it is signed, returned, sealed.

The right to sign comes from the group's charter, under the action that the form of the paper names; what the drafter
says of the paper, and that the leader put it before somebody, are facts of that question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction

from dean06.charter import service as charters
from dean06.charter.types import Fact, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import signing
from dean06.flows.authority import Act, Answer, Known, ask, bind, grant, permit
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo
from dean06.papers.service import documents, drafts, forms, issuing
from dean06.papers.service.drafts import RequestInfo
from dean06.papers.types import PaperInfo

GATE = "document.submit_to_chair"
__all__ = [
    "Candidate",
    "answer",
    "ask_signature",
    "attach_scan",
    "candidates",
    "decline",
    "gate",
    "granted",
    "issue_by_hand",
    "numbering",
    "numbering_answer",
    "of_group",
    "require_seen",
    "signing_act",
    "take_back",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A holder of a seat and whether they may sign; `gate` is what the charter wants before a paper lies there."""

    seat: Capacity
    answer: Answer
    gate: Answer | None


def _facts(known: Known, paper: PaperInfo) -> dict[str, Fact]:
    """State what is known of a paper: its kind, what its drafter says, and whether the leader gave it to sign."""
    form = forms.form(paper.form)
    facts: dict[str, Fact] = dict.fromkeys(paper.stated, True)
    facts["document.serves_group_task"] = True
    if form.document_kind:
        facts["document.kind"] = form.document_kind
    lies = drafts.request(paper.id) if paper.state == "asked" else None
    if lies is not None:
        facts["assignment.covers_document"] = _leads(known, lies.asked_by)
    return facts


def _leads(known: Known, account: str) -> bool:
    """Say whether an account leads the group: what it puts before another to sign, it assigns."""
    return any(one.account == account for one in known.seats if one.role == signing.LEADING)


def signing_action(paper: PaperInfo) -> str:
    """Return the act of the charter under which a paper is signed.

    It is the form's own where the charter's words know it as signing or issuing; an act such as giving tasks is written
    down in a paper that is signed like any other.
    """
    words, action = charters.vocabulary(), forms.form(paper.form).action
    return action if action in (*words.signing, *words.issuing) else words.signature


def signing_act(
    account: str, group: GroupInfo, paper: PaperInfo, reason: str | None = None, *, known: Known | None = None
) -> Act:
    """Return the act of signing the very draft that lies in the archive now: changed words want another permit."""
    obj = bind("paper", str(paper.id), docx=paper.docx_sha256)
    facts = _facts(known or Known(group), paper)
    return Act(account=account, group=group, action=signing_action(paper), obj=obj, facts=facts, reason=reason)


def answer(account: str, group: GroupInfo, paper: PaperInfo, *, known: Known | None = None) -> Answer:
    """Return whether an account may sign a paper now; the signing screen shows it either way."""
    known = known or Known(group)
    return ask(signing_act(account, group, paper, known=known), known)


def gate(
    account: str, group: GroupInfo, paper: PaperInfo, seat: Capacity, *, known: Known | None = None
) -> Answer | None:
    """Return what the charter wants before a paper lies before the leader; None where it wants nothing."""
    known = known or Known(group)
    if seat.role != signing.LEADING or GATE not in known.charter.index.tables:
        return None
    return ask(_gate_act(account, group, paper), known)


def _gate_act(account: str, group: GroupInfo, paper: PaperInfo) -> Act:
    obj = bind("paper", str(paper.id), docx=paper.docx_sha256)
    facts: dict[str, Fact] = {"document.appraised_by_office": drafts.appraised(paper.id)}
    return Act(account=account, group=group, action=GATE, obj=obj, facts=facts)


def candidates(
    account: str, group: GroupInfo, paper: PaperInfo, *, known: Known | None = None
) -> tuple[Candidate, ...]:
    """Return the seats that may sign, then those that may not, each with its answer; `account` would put it there."""
    known, found = known or Known(group), []
    plain, leads = signing_act(account, group, paper, known=known), _leads(known, account)
    for seat in known.seats:
        if seat.account is None:
            continue
        given: dict[str, Fact] = {"assignment.covers_document": True} if leads and seat.role != signing.LEADING else {}
        act = replace(plain, account=seat.account, facts={**plain.facts, **given})
        before = gate(account, group, paper, seat, known=known)
        found.append(Candidate(seat=seat, answer=ask(act, known), gate=before))
    ranks = {"allowed": 0, "not_regulated": 1}
    return tuple(sorted(found, key=lambda one: ranks.get(one.answer.decision.outcome, 2)))


def ask_signature(account: str, group: GroupInfo, paper_id: int, seat_id: int, *, note: str = "") -> RequestInfo:
    """Put a paper before the holder of a seat; refused where the charter wants an appraisal first."""
    paper = of_group(group, paper_id)
    seat = next((one for one in offices.holders(group.id, clock.today(group)) if one.seat_id == seat_id), None)
    if seat is None:
        raise BadInput("Chọn người ký đang giữ một vị trí trong tổ.", "Choose a signer who holds a seat in the group.")
    obj = ObjectRef(kind="paper", id=str(paper_id), digest=drafts.ask_digest(paper, seat_id))
    by = permit(Act(account=account, group=group, action="document.ask_signature", obj=obj))
    if gate(account, group, paper, seat) is not None:
        permit(_gate_act(account, group, paper))
    return drafts.ask(by, paper_id, seat_id, seat.hat, note=note)


def decline(account: str, group: GroupInfo, paper_id: int, reason: str) -> RequestInfo:
    """Return a paper unsigned, with a reason: for the one before whom it lies."""
    paper = of_group(group, paper_id)
    lies = _lying(paper)
    seats = {one.seat_id for one in offices.capacities(account, group.id, clock.today(group))}
    if lies.seat not in seats:
        raise BadInput(
            f"Văn bản đang nằm ở {lies.title}: chỉ người ấy trả lại.",
            f"The paper lies before {lies.title}: only they return it.",
        )
    text = " ".join(reason.split())
    obj = ObjectRef(kind="paper", id=str(paper_id), digest=digest_of(docx=paper.docx_sha256, reason=text))
    return drafts.decline(permit(Act(account=account, group=group, action="document.decline", obj=obj)), paper_id, text)


def take_back(account: str, group: GroupInfo, paper_id: int) -> RequestInfo:
    """Take a paper back from its signer, to change it."""
    paper = of_group(group, paper_id)
    obj = ObjectRef(kind="paper", id=str(paper_id), digest=digest_of(docx=paper.docx_sha256, reason=""))
    return drafts.take_back(
        permit(Act(account=account, group=group, action="document.ask_signature", obj=obj)), paper_id
    )


def _lying(paper: PaperInfo) -> RequestInfo:
    lies = drafts.request(paper.id)
    if lies is None:
        raise BadInput("Văn bản chưa trình ký.", "The paper was not put before a signer yet.")
    return lies


def of_group(group: GroupInfo, paper_id: int) -> PaperInfo:
    """Return a paper of the group; another's is not there."""
    paper = documents.for_work(paper_id)
    if paper.group_id != group.id:
        raise BadInput("Văn bản không phải của tổ này.", "The paper is not of this group.")
    return paper


def require_seen(paper: PaperInfo, seen: str | None) -> None:
    """Refuse to sign another draft than the one that was read, or what has its number already."""
    if paper.issued:
        raise BadInput(
            f"Văn bản đã có số {paper.label}: mỗi văn bản chỉ cấp số một lần.",
            f"The paper has number {paper.label} already: a paper is numbered once.",
        )
    if seen is not None and seen != paper.docx_sha256:
        raise BadInput(
            "Văn bản vừa đổi sau khi bạn mở trang: đọc lại rồi ký.",
            "The paper changed after you opened the page: read it again, then sign.",
        )


def granted(account: str, group: GroupInfo, paper: PaperInfo, reason: str | None) -> tuple[Act, Answer]:
    """Return the act of signing with its answer, after the appraisal that the charter wants for the leader's name."""
    act = signing_act(account, group, paper, reason)
    found = ask(act)
    if found.capacity is not None and gate(account, group, paper, found.capacity) is not None:
        permit(_gate_act(account, group, paper))
    return act, found


def issue_by_hand(
    account: str, group: GroupInfo, paper_id: int, *, reason: str | None = None, seen: str | None = None
) -> PaperInfo:
    """Sign by hand, number and archive a paper: under the clause that lets this person sign, or not at all."""
    paper = of_group(group, paper_id)
    require_seen(paper, seen)
    act, found = granted(account, group, paper, reason)
    by = grant(act, found)
    numbered_by = permit(numbering(account, group, act.obj))
    signature = signing.signature(group, found)
    with transaction.atomic():
        return issuing.issue(by, numbered_by, paper_id, signature, seal=found.decision.seal or "")


def numbering(account: str, group: GroupInfo, obj: ObjectRef) -> Act:
    """Return the act of numbering a paper that is signed."""
    signed: dict[str, Fact] = {"document.is_signed": True}
    return Act(account=account, group=group, action="document.number", obj=obj, facts=signed)


def numbering_answer(account: str, group: GroupInfo, paper: PaperInfo, *, known: Known | None = None) -> Answer:
    """Return whether an account may number a signed paper."""
    return ask(numbering(account, group, bind("paper", str(paper.id), docx=paper.docx_sha256)), known)


def attach_scan(account: str, group: GroupInfo, paper_id: int, scan: bytes) -> PaperInfo:
    """Keep the scan of a paper signed by hand, as a PDF."""
    of_group(group, paper_id)
    sha256 = issuing.keep_scan(scan)
    obj = bind("paper", str(paper_id), scan=sha256)
    facts: dict[str, Fact] = {"document.is_numbered": True}
    by = permit(Act(account=account, group=group, action="document.archive", obj=obj, facts=facts))
    return issuing.attach_scan(by, paper_id, sha256)
