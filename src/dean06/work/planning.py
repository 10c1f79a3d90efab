"""Programmes and plans: lines drafted, put before whoever approves, issued as a paper or filed, made into tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.work.acts import hold
from dean06.work.errors import TaskRefused
from dean06.work.models import Plan, PlanLine, Task
from dean06.work.plan_reading import plan_of, plan_ref
from dean06.work.types import NewLine, NewPlan, PlanInfo, PlanKind, PlanState

MOST_LINES = 2000

__all__ = [
    "approve_plan",
    "attach_plan_paper",
    "begin_plan",
    "drop_plan",
    "file_plan",
    "issue_plan",
    "join_line",
    "lines_digest",
    "put_lines",
    "send_plan_back",
    "step_digest",
    "submit_plan",
    "take_line_out",
]


def step_digest(ref: str, step: str, words: str = "") -> str:
    """Return the SHA-256 (hex) to which the permit of a step of a plan is bound."""
    return digest_of(ref=ref, step=step, words=words)


def lines_digest(ref: str, lines: Iterable[NewLine]) -> str:
    """Return the SHA-256 (hex) of lines, to which the permit of putting them into a plan is bound."""
    told = [
        [one.key, one.content, one.lead, list(one.coordinating), one.due.isoformat() if one.due else "", one.product]
        for one in lines
    ]
    return digest_of(ref=ref, lines=told)


def begin_plan(by: Permit, group_id: int, new: NewPlan) -> PlanInfo:
    """Begin a plan of a year, without lines, under the group's next number."""
    if not new.title.strip() or not 2000 <= new.year <= 2100 or (new.kind is PlanKind.SUBPLAN) != bool(new.agency):
        raise TaskRefused(
            "Kế hoạch cần tên, năm (2000 đến 2100); kế hoạch chi tiết cần cơ quan lập.",
            "A plan needs its title and year (2000 to 2100); a detailed plan needs its agency.",
        )
    with transaction.atomic():
        counter = hold(group_id)
        counter.last_plan += 1
        counter.save(update_fields=["last_plan"])
        slug = offices.group_by_id(group_id).slug
        row = Plan.objects.create(
            group_id=group_id,
            number=counter.last_plan,
            kind=new.kind.value,
            year=new.year,
            title=new.title.strip()[:300],
            agency=new.agency,
            higher=new.higher.strip()[:300],
            reason=(by.reason or "")[:500],
            drafted_at=by.at,
            drafted_by=by.actor.account,
            permit=by.digest(),
        )
        digest, note = new.digest(), {"ref": plan_ref(slug, row.number)}
        ledger.append(by, scope=slug, kind="plan", object_id=by.obj.id, digest=digest, bound=digest, note=note)
    return plan_of(row.pk)


def _locked(plan_id: int, states: Sequence[PlanState], vi: str, en: str) -> Plan:
    row = Plan.objects.select_for_update(of=("self",)).select_related("group").filter(pk=plan_id).first()
    if row is None:
        raise TaskRefused("Không có kế hoạch này trong tổ.", "There is no such plan in the group.")
    if row.state not in states:
        raise TaskRefused(
            f"«{row.title}»: tình trạng hiện nay không {vi} được. Mở lại trang để xem.",
            f"{row.title}: as it stands now nobody can {en}. Open the page again.",
        )
    return row


def _enter(by: Permit, row: Plan, step: str, words: str = "") -> None:
    ref = plan_ref(row.group.slug, row.number)
    digest = step_digest(ref, step, words)
    note = {"step": step}
    ledger.append(by, scope=row.group.slug, kind="plan", object_id=ref, digest=digest, bound=digest, note=note)


def put_lines(by: Permit, plan_id: int, lines: Sequence[NewLine], *, whole: bool = False) -> PlanInfo:
    """Put lines into a draft: one whose key is known is changed, never doubled.

    With `whole` the lines are the plan's whole list: a line left out goes, or stays marked as gone once a task was made
    of it.
    """
    keys = [one.key for one in lines]
    if len(set(keys)) != len(keys) or not all(one.key and one.content.strip() for one in lines):
        raise TaskRefused(
            "Mỗi dòng cần nội dung và không trùng nhau.", "Each line needs its content, and none stands twice."
        )
    with transaction.atomic():
        row = _locked(plan_id, (PlanState.DRAFT,), "sửa", "change it")
        known = {line.key: line for line in row.lines.all()}
        if len(known.keys() | set(keys)) > MOST_LINES:
            raise TaskRefused(f"Kế hoạch có tối đa {MOST_LINES} dòng.", f"A plan has {MOST_LINES} lines at most.")
        _put(row, known, lines)
        if whole:
            left = row.lines.exclude(key__in=keys)
            left.filter(task=None).delete()
            left.update(gone=True)
        _number(row, keys if whole else [])
        ref = plan_ref(row.group.slug, row.number)
        digest = lines_digest(ref, lines)
        note: dict[str, str | int] = {"lines": len(lines), "whole": int(whole)}
        ledger.append(by, scope=row.group.slug, kind="plan", object_id=ref, digest=digest, bound=digest, note=note)
    return plan_of(row.pk)


def _put(row: Plan, known: dict[str, PlanLine], lines: Sequence[NewLine]) -> None:
    fresh: list[PlanLine] = []
    changed: list[PlanLine] = []
    last = max((line.place for line in known.values()), default=0)
    for place, one in enumerate(lines, start=last + 1):
        line = known.get(one.key) or PlanLine(group_id=row.group_id, plan=row, key=one.key, place=place)
        line.label, line.heading, line.content = one.label[:20], one.heading[:300], one.content.strip()[:1000]
        line.lead, line.coordinating = one.lead, list(one.coordinating)
        line.due, line.due_words, line.product = one.due, one.due_words[:80], one.product[:500]
        line.gone = False
        (changed if line.pk else fresh).append(line)
    PlanLine.objects.bulk_create(fresh)
    names = ["label", "heading", "content", "lead", "coordinating", "due", "due_words", "product", "gone"]
    PlanLine.objects.bulk_update(changed, names, batch_size=200)


def _number(row: Plan, order: Sequence[str]) -> None:
    """Number the lines from 1, in the order of their list where the whole of it was given."""
    rank = {key: place for place, key in enumerate(order)}
    rows = sorted(row.lines.all(), key=lambda line: (rank.get(line.key, len(rank)), line.place))
    for place, line in enumerate(rows, start=1):
        line.place = place
    PlanLine.objects.bulk_update(rows, ["place"], batch_size=500)


def take_line_out(by: Permit, plan_id: int, line_id: int) -> PlanInfo:
    """Take a line out of a draft; one that became a task stays."""
    with transaction.atomic():
        row = _locked(plan_id, (PlanState.DRAFT,), "sửa", "change it")
        line = row.lines.filter(pk=line_id, task=None).first()
        if line is None:
            raise TaskRefused(
                "Dòng này không còn, hoặc đã thành nhiệm vụ.", "The line is gone, or a task was made of it."
            )
        key = line.key
        line.delete()
        _number(row, [])
        _enter(by, row, "take_out", key)
    return plan_of(row.pk)


def submit_plan(by: Permit, plan_id: int) -> PlanInfo:
    """Put a draft before whoever approves it."""
    with transaction.atomic():
        row = _locked(plan_id, (PlanState.DRAFT,), "trình", "submit it")
        if not row.lines.exists() or row.kind == PlanKind.SUBPLAN.value:
            raise TaskRefused(
                f"«{row.title}»: chưa có dòng nào để trình (kế hoạch chi tiết của ngành thì nộp, không trình duyệt).",
                f"{row.title}: no line to submit (an agency's detailed plan is filed, not approved).",
            )
        row.state, row.submitted_at, row.submitted_by = PlanState.SUBMITTED.value, by.at, by.actor.account
        row.returned = ""
        row.save(update_fields=["state", "submitted_at", "submitted_by", "returned"])
        _enter(by, row, "submit")
    return plan_of(row.pk)


def approve_plan(by: Permit, plan_id: int) -> PlanInfo:
    """Approve a plan that was submitted; refused, by name, to whoever drafted or submitted it."""
    with transaction.atomic():
        row = _locked(plan_id, (PlanState.SUBMITTED,), "duyệt", "approve it")
        if by.actor.account in (row.drafted_by, row.submitted_by):
            raise TaskRefused(
                f"«{row.title}» do chính bạn soạn hoặc trình: người khác phải duyệt.",
                f"{row.title} was drafted or submitted by yourself: somebody else approves it.",
            )
        row.state, row.approved_at, row.approved_by = PlanState.APPROVED.value, by.at, by.actor.account
        row.cites, row.charter_hash = list(by.citation_labels()), by.charter_hash
        row.save(update_fields=["state", "approved_at", "approved_by", "cites", "charter_hash"])
        _enter(by, row, "approve")
    return plan_of(row.pk)


def send_plan_back(by: Permit, plan_id: int, words: str) -> PlanInfo:
    """Send a submitted or approved plan back to be changed, for a reason; not once it is issued."""
    with transaction.atomic():
        row = _locked(plan_id, (PlanState.SUBMITTED, PlanState.APPROVED), "trả lại", "send it back")
        if not words.strip():
            raise TaskRefused("Trả lại kế hoạch thì ghi lý do.", "Give the reason for sending the plan back.")
        row.state, row.returned = PlanState.DRAFT.value, words.strip()[:500]
        row.approved_at, row.approved_by, row.cites, row.paper = None, "", [], None
        row.save(update_fields=["state", "returned", "approved_at", "approved_by", "cites", "paper"])
        _enter(by, row, "send_back", words)
    return plan_of(row.pk)


def attach_plan_paper(by: Permit, plan_id: int, paper: int) -> PlanInfo:
    """Name the draft paper by which an approved plan is to be issued; another takes its place until then."""
    with transaction.atomic():
        row = _locked(plan_id, (PlanState.APPROVED,), "lập văn bản", "make its paper")
        row.paper = paper
        row.save(update_fields=["paper"])
        _enter(by, row, "paper", str(paper))
    return plan_of(row.pk)


def issue_plan(by: Permit, plan_id: int, label: str, role: str) -> PlanInfo:
    """Record that the paper of an approved plan was signed and numbered: the plan is issued."""
    with transaction.atomic():
        row = _locked(plan_id, (PlanState.APPROVED,), "ban hành", "issue it")
        row.state, row.issued_at, row.issued_by, row.issued_label = PlanState.ISSUED.value, by.at, role, label[:80]
        row.save(update_fields=["state", "issued_at", "issued_by", "issued_label"])
        _enter(by, row, "issue", label)
    return plan_of(row.pk)


def file_plan(by: Permit, plan_id: int) -> PlanInfo:
    """File an agency's detailed plan with the group."""
    with transaction.atomic():
        row = _locked(plan_id, (PlanState.DRAFT,), "nộp", "file it")
        if row.kind != PlanKind.SUBPLAN.value or not row.lines.exists():
            raise TaskRefused(
                f"«{row.title}»: chỉ kế hoạch chi tiết đã có nội dung mới nộp được.",
                f"{row.title}: only a detailed plan with lines is filed.",
            )
        row.state, row.issued_at, row.issued_by = PlanState.FILED.value, by.at, by.actor.role
        row.save(update_fields=["state", "issued_at", "issued_by"])
        _enter(by, row, "file")
    return plan_of(row.pk)


def drop_plan(by: Permit, plan_id: int) -> PlanInfo:
    """Drop a draft of which no task was made."""
    with transaction.atomic():
        row = _locked(plan_id, (PlanState.DRAFT,), "bỏ", "drop it")
        if row.lines.exclude(task=None).exists():
            raise TaskRefused(
                f"«{row.title}» đã có dòng thành nhiệm vụ: không bỏ được.",
                f"Tasks were made of {row.title}: it cannot be dropped.",
            )
        row.state = PlanState.DROPPED.value
        row.save(update_fields=["state"])
        _enter(by, row, "drop")
    return plan_of(row.pk)


def join_line(line_id: int, task_id: int) -> None:
    """Say which task a line became, inside the transaction that opened the task; a line becomes one task alone."""
    task = Task.objects.get(pk=task_id)
    joined = PlanLine.objects.filter(pk=line_id, task=None, group_id=task.group_id).update(task=task)
    if not joined:
        raise TaskRefused("Dòng này đã thành nhiệm vụ.", "A task was made of this line already.")
