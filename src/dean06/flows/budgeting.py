"""The yearly estimate: what agencies hand in, put together and submitted under the word that the charter has for it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import funding, paperwork
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.flows.budget_clauses import consolidators, norm, word
from dean06.flows.desk import overseers
from dean06.funds.service import budgets, estimates, mechanisms
from dean06.funds.service.mechanisms import MechanismInfo
from dean06.funds.types import BudgetInfo, BudgetLine, EstimateInfo, EstimateLine
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, Viewer
from dean06.orthography import service as orthography
from dean06.papers.service import documents as papers
from dean06.papers.types import PaperInfo

ESTIMATE, MECHANISM = "budget.estimate", "funding.propose_mechanism"
FORM, SUBMISSION = "budget_proposal", "submission"
STATE_BUDGET = "Ngân sách nhà nước"

__all__ = [
    "consolidate",
    "consolidating_answer",
    "consolidators",
    "copy_last_year",
    "draft_paper",
    "next_year",
    "norm",
    "propose_mechanism",
    "seeing_all",
    "send",
    "send_back",
    "submit",
    "word",
    "write",
]


def seeing_all(viewer: Viewer, group: GroupInfo) -> frozenset[str]:
    """Return the roles under which a reader sees every agency's estimate."""
    text = adoption.charter_of(group.charter_line, clock.today(group))
    named = consolidators(group) | {funding.manager(group).agency}
    own = {one.role for one in viewer.capacities if one.group_id == group.id and one.agency and one.agency in named}
    return overseers(text) | own


def next_year(group: GroupInfo) -> int:
    """Return the year that is estimated now: the one after the group's own."""
    return clock.today(group).year + 1


def _own(account: str, group: GroupInfo, agency: str, obj: ObjectRef) -> Permit:
    if agency not in offices.agency_names(group.id):
        raise BadInput(f"Tổ không có cơ quan «{agency}».", f"The group has no agency {agency!r}.")
    return permit(Act(account=account, group=group, agency=agency, action=ESTIMATE, obj=obj))


def write(account: str, group: GroupInfo, year: int, agency: str, lines: tuple[EstimateLine, ...]) -> EstimateInfo:
    """Write the lines of an agency's estimate anew."""
    if not clock.today(group).year - 1 <= year <= clock.today(group).year + 5:
        raise BadInput(f"Năm dự toán {year} quá xa.", f"The year {year} is too far away.")
    ref = estimates.ref_of(group.slug, year, agency)
    obj = ObjectRef(kind="estimate", id=ref, digest=estimates.lines_digest(ref, lines))
    return estimates.write(_own(account, group, agency, obj), group.id, year, agency, lines)


def copy_last_year(account: str, group: GroupInfo, year: int, agency: str) -> EstimateInfo:
    """Begin an estimate with the lines of the year before; one that has lines already is left alone."""
    lines = estimates.copied(group.id, year, agency)
    if not lines:
        raise BadInput(f"Năm {year - 1} cơ quan chưa có dự toán để chép.", f"There is no estimate of {year - 1}.")
    if estimates.for_work(group.id, year, agency).lines:
        raise BadInput(
            f"Dự toán năm {year} đã có dòng: xóa các dòng trước rồi chép.",
            f"The estimate of {year} has lines already: take them out first.",
        )
    return write(account, group, year, agency, lines)


def send(account: str, group: GroupInfo, year: int, agency: str) -> EstimateInfo:
    """Send an agency's estimate to whoever puts the estimates together."""
    info = estimates.for_work(group.id, year, agency)
    by = _own(account, group, agency, ObjectRef(kind="estimate", id=info.ref, digest=estimates.send_digest(info)))
    return estimates.send(by, group.id, year, agency)


def _consolidating(account: str, group: GroupInfo, obj: ObjectRef, reason: str | None) -> Act:
    return Act(account=account, group=group, action=word(group), obj=obj, reason=reason)


def consolidating_answer(account: str, group: GroupInfo) -> Answer:
    """Return what the charter answers an account that would put the estimates together."""
    return ask(_consolidating(account, group, ObjectRef(kind="budget", id=group.slug, digest=""), None))


def send_back(
    account: str, group: GroupInfo, year: int, agency: str, why: str, *, reason: str | None = None
) -> EstimateInfo:
    """Send an estimate back to its agency: for whoever puts the estimates together."""
    info = estimates.for_work(group.id, year, agency)
    obj = ObjectRef(kind="estimate", id=info.ref, digest=estimates.return_digest(info, why))
    by = permit(_consolidating(account, group, obj, reason))
    return estimates.send_back(by, group.id, year, agency, why)


def consolidate(account: str, group: GroupInfo, year: int, *, reason: str | None = None) -> BudgetInfo:
    """Put the sent estimates of a year together; each line keeps its agency, estimate and checksum."""
    lines = budgets.put_together(estimates.of_flow(group.id, [year]))
    version = budgets.next_version(group.id, year)
    obj = ObjectRef(kind="budget", id=f"{group.slug}:NS-{year}.{version}", digest=budgets.digest(lines))
    return budgets.consolidate(permit(_consolidating(account, group, obj, reason)), group.id, year)


def draft_paper(account: str, group: GroupInfo, budget_id: int) -> PaperInfo:
    """Draft the submission with its annex of lines from a budget as it stands."""
    info = budgets.for_flow(group.id, budget_id)
    if info.submitted_at is not None:
        raise BadInput("Bản dự toán này đã trình.", "This budget was submitted already.")
    with transaction.atomic():
        paper = paperwork.begin(account, group, FORM, _facts(group, info))
        budgets.attach_paper(budget_id, paper.id)
    return paper


def _facts(group: GroupInfo, info: BudgetInfo) -> dict[str, object]:
    found, named = norm(group), funding.manager(group)
    to = [offices.agency_name(group.id, code) for code in found.recipients] if found and found.recipients else []
    text = adoption.charter_of(group.charter_line, clock.today(group))
    lines = [_line(group, one) for one in info.lines]
    if len(lines) > 1:
        lines.append({"agency": "Cộng", "item": "", "count": "", "price": "", "sum": info.total, "source": ""})
    management = ["Thực hiện theo Luật Ngân sách nhà nước và các văn bản hướng dẫn."]
    if named.agency:
        management.append(f"{offices.agency_name(group.id, named.agency)} quản lý kinh phí ({named.said}).")
    return {
        "addressees": to or [text.body.parent.capitalize()],
        "year": str(info.year),
        "ground": f"nhiệm vụ của Đề án 06 năm {info.year} và dự toán của {_agencies(info)} cơ quan, đơn vị",
        "total": info.total,
        "in_words": orthography.amount_in_words(info.total),
        "lines": lines,
        "management": management,
    }


def _agencies(info: BudgetInfo) -> int:
    return len({one.agency for one in info.lines})


def _line(group: GroupInfo, one: BudgetLine) -> dict[str, object]:
    months = f", {one.months} tháng" if one.months > 1 else ""
    return {
        "agency": offices.agency_name(group.id, one.agency),
        "item": f"{one.content} ({one.unit}{months})",
        "count": one.quantity,
        "price": one.price * one.months,
        "sum": one.amount,
        "source": STATE_BUDGET,
    }


def submit(
    account: str,
    group: GroupInfo,
    budget_id: int,
    *,
    label: str = "",
    on: date | None = None,
    reason: str | None = None,
) -> BudgetInfo:
    """Record that a budget was submitted: by its paper of the house, or by one signed elsewhere (number and day)."""
    info = budgets.for_flow(group.id, budget_id)
    known, at = _submitted_by(group, info, label, on)
    obj = ObjectRef(kind="budget", id=info.ref, digest=budgets.submission_digest(info, known, at))
    return budgets.submit(permit(_consolidating(account, group, obj, reason)), budget_id, known, at)


def _submitted_by(group: GroupInfo, info: BudgetInfo, label: str, on: date | None) -> tuple[str, datetime]:
    if label and on is not None:
        if on > clock.today(group):
            raise BadInput("Ngày trình không thể sau hôm nay.", "It was not submitted after today.")
        return label, clock.at_start_of(on)
    paper = papers.for_work(info.paper_id) if info.paper_id is not None else None
    if paper is None or paper.issued_at is None:
        raise BadInput(
            "Tờ trình chưa ký, cấp số: ký ở trang Văn bản, hoặc ghi số, ngày văn bản đã trình.",
            "The submission has no number yet: sign it under Papers, or give number and day of the paper.",
        )
    return paper.label, paper.issued_at


def propose_mechanism(
    account: str, group: GroupInfo, title: str, content: str, *, reason: str | None = None
) -> MechanismInfo:
    """Propose the mechanism by which the data's upkeep is paid for, and draft its submission."""
    title, lines = " ".join(title.split()), [line.strip() for line in content.splitlines() if line.strip()]
    if not title or not lines:
        raise BadInput("Ghi tên và nội dung cơ chế.", "Give the title and the content of the mechanism.")
    ref = mechanisms.ref_of(group.slug, mechanisms.next_number(group.id))
    digest = mechanisms.content_digest(title, content)
    obj = ObjectRef(kind="mechanism", id=ref, digest=digest)
    by = permit(Act(account=account, group=group, action=MECHANISM, obj=obj, reason=reason))
    with transaction.atomic():
        facts: dict[str, object] = {"subject": f"cơ chế kinh phí: {title}", "content": lines}
        paper = paperwork.begin(account, group, SUBMISSION, facts)
        return mechanisms.propose(by, group.id, title, content, paper.id)
