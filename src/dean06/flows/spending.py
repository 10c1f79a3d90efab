"""A request to spend on its way: asked, approved by another whom the charter lets use the funds, paid, settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from dean06.charter.errors import Refused
from dean06.charter.types import Fact, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, RefusedByCharter
from dean06.flows import funding, paperwork
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.funds.service import spending
from dean06.funds.types import Item, NewPayment, NewRequest, Paper, RequestInfo
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.orthography import service as orthography
from dean06.papers.service import issuing, pieces
from dean06.papers.types import PaperInfo

USE, ASK, APPROVE = "funds.use", "spending.request", "spending.approve"
BY_LAW = "spending.follows_budget_law"
BILLS = ("pdf", "jpg", "png")
FORM = "spending_request"

__all__ = [
    "approve",
    "approving_answer",
    "ask_for",
    "cancel",
    "draft_letter",
    "keep_document",
    "pay",
    "refuse",
    "reverse",
    "settle",
]


def _obj(info: RequestInfo, digest: str) -> ObjectRef:
    return ObjectRef(kind="spending", id=info.ref, digest=digest)


def ask_for(
    account: str, group: GroupInfo, line_id: int, title: str, ground: str, items: Iterable[Item]
) -> RequestInfo:
    """Ask for money to be spent from a line."""
    with transaction.atomic():
        new = NewRequest(
            slot=spending.reserve(group.id), line_id=line_id, title=title, ground=ground, items=tuple(items)
        )
        obj = ObjectRef(kind="spending", id=new.slot.ref, digest=new.digest())
        return spending.ask(permit(Act(account=account, group=group, action=ASK, obj=obj)), new)


def _using(account: str, group: GroupInfo, obj: ObjectRef, *, by_law: bool, reason: str | None = None) -> Act:
    facts: dict[str, Fact] = {BY_LAW: True} if by_law else {}
    return Act(account=account, group=group, action=USE, obj=obj, facts=facts, reason=reason, in_its_name=True)


def approving_answer(account: str, group: GroupInfo, info: RequestInfo) -> Answer:
    """Return what the charter answers an account that would approve, the ground in budget law being stated."""
    return ask(_using(account, group, _obj(info, ""), by_law=True))


def _of_another(account: str, group: GroupInfo, info: RequestInfo, obj: ObjectRef) -> Act:
    facts: dict[str, Fact] = {"request.from_another": info.asked_by != account}
    return Act(account=account, group=group, action=APPROVE, obj=obj, facts=facts)


def approve(account: str, group: GroupInfo, request_id: int, *, by_law: bool, reason: str | None = None) -> RequestInfo:
    """Approve a request: under the clause on using the funds, and never one's own."""
    info = spending.for_flow(group.id, request_id)
    other = permit(_of_another(account, group, info, _obj(info, spending.act_digest(info, "another"))))
    obj = _obj(info, spending.act_digest(info, "approve"))
    by = permit(_using(account, group, obj, by_law=by_law, reason=reason))
    return spending.approve(by, other, request_id)


def refuse(account: str, group: GroupInfo, request_id: int, why: str) -> RequestInfo:
    """Refuse a request, with a reason: for whoever could approve it."""
    info = spending.for_flow(group.id, request_id)
    found = approving_answer(account, group, info)
    if found.capacity is None or not found.allowed:
        raise Refused(found.decision)
    by = permit(_of_another(account, group, info, _obj(info, spending.act_digest(info, "refuse", why))))
    return spending.refuse(by, request_id, why)


def cancel(account: str, group: GroupInfo, request_id: int, why: str) -> RequestInfo:
    """Take a request off: for whoever asked, or the agency that manages the funds."""
    info = spending.for_flow(group.id, request_id)
    if info.asked_by != account and not funding.sits_for_manager(account, group):
        raise RefusedByCharter(
            "Đề nghị chi do người lập hoặc cơ quan quản lý kinh phí hủy.",
            "A request is taken off by whoever made it, or by the agency that manages the funds.",
        )
    obj = _obj(info, spending.act_digest(info, "cancel", why))
    return spending.cancel(permit(Act(account=account, group=group, action=ASK, obj=obj)), request_id, why)


def keep_document(data: bytes, file_name: str, label: str, dated: date) -> Paper:
    """Keep the file of a payment's document in the archive, by its checksum; only a PDF or a picture is one."""
    if file_name.rpartition(".")[2].lower().replace("jpeg", "jpg") not in BILLS:
        raise BadInput(
            "Chứng từ chỉ nhận tệp .pdf, .jpg, .png: chụp hoặc quét lại.",
            "A document is a .pdf, .jpg or .png file: scan or photograph it.",
        )
    suffix = "pdf" if file_name.lower().endswith(".pdf") else ""
    sha256 = issuing.keep_scan(data) if suffix else ""  # a PDF that carries programs is refused there
    if not suffix:
        sha256, suffix, _ = pieces.keep_upload(data, file_name)
    return Paper(label=label, dated=dated, sha256=sha256, suffix=suffix, file_name=file_name[-200:])


def pay(account: str, group: GroupInfo, request_id: int, new: NewPayment, *, reason: str | None = None) -> RequestInfo:
    """Enter a payment with its document: for the agency that manages the funds."""
    if max(new.on, new.document.dated) > clock.today(group):
        raise BadInput(
            "Ngày chi và ngày chứng từ không thể sau hôm nay.", "Payment and document are not dated after today."
        )
    viewer = offices.viewer(account, clock.today(group))
    info = spending.for_flow(group.id, request_id)
    made = len(spending.request(viewer, group.id, request_id).payments)
    by = funding.managing(account, group, _obj(info, new.digest(info.ref, made)), reason)
    return spending.pay(by, request_id, new)


def settle(account: str, group: GroupInfo, request_id: int, *, reason: str | None = None) -> RequestInfo:
    """Settle a request: for the agency that manages the funds."""
    info = spending.for_flow(group.id, request_id)
    by = funding.managing(account, group, _obj(info, spending.act_digest(info, "settle")), reason)
    return spending.settle(by, request_id)


def reverse(
    account: str, group: GroupInfo, request_id: int, payment_id: int, why: str, *, reason: str | None = None
) -> RequestInfo:
    """Undo a payment by an entry of its own: for the agency that manages the funds."""
    info = spending.for_flow(group.id, request_id)
    digest = spending.act_digest(info, f"reverse {payment_id}", why)
    by = funding.managing(account, group, _obj(info, digest), reason)
    return spending.reverse_payment(by, request_id, payment_id, why)


def draft_letter(account: str, group: GroupInfo, request_id: int) -> PaperInfo:
    """Draft the letter that asks for the money, from the request as it stands; its sum stands in words beside it."""
    info = spending.for_flow(group.id, request_id)
    named = funding.manager(group).agency
    costs: list[dict[str, object]] = [
        {"item": one.content, "count": one.quantity, "price": one.price, "sum": one.amount} for one in info.items
    ]
    if len(costs) > 1:
        costs.append({"item": "Cộng", "count": "", "price": "", "sum": info.amount})
    facts: dict[str, object] = {
        "addressees": [offices.agency_name(group.id, named)] if named else [],
        "purpose": info.title[:1].lower() + info.title[1:],
        "ground": info.ground,
        "costs": costs,
        "total": info.amount,
        "in_words": orthography.amount_in_words(info.amount),
    }
    with transaction.atomic():
        paper = paperwork.begin(account, group, FORM, facts)
        spending.attach_paper(request_id, paper.id)
    return paper
