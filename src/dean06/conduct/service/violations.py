"""The face of violations: recorded, the person heard, handled or passed on; each look recorded with its purpose.

Readers are the leader and whom the group's local rule on gap G-18 names, as `role` or `role:AGENCY`. To anybody else a
record is not there: every function that reads takes them and gives nothing, or the answer for what does not exist.
"""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from dean06.charter.types import Permit
from dean06.conduct.errors import ConductNotFound, ConductRefused
from dean06.conduct.happenings import columns, happened
from dean06.conduct.models import Violation, ViolationEvent, ViolationLook
from dean06.conduct.types import LineInfo, LookInfo, NewViolation, Step, ViolationInfo
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer

KIND = "violation"
SHORTEST, LONGEST = 5, 200

__all__ = [
    "KIND",
    "act_digest",
    "drop",
    "for_flow",
    "handle",
    "hear",
    "is_reader",
    "lines_of_flow",
    "look",
    "look_digest",
    "new_ref",
    "not_found",
    "pass_on",
    "record",
    "scope_of",
    "slug_of",
    "violations",
]


def scope_of(slug: str) -> str:
    """Return the scope of the ledger under which violations stand: no page of the group lists it."""
    return f"{slug}~kin"


def slug_of(scope: str) -> str:
    """Return the group whose scope of the ledger this is, be it the one of its violations."""
    return scope.partition("~")[0]


def new_ref() -> str:
    """Return an id that tells nothing, neither how many there are."""
    return secrets.token_hex(16)


def is_reader(viewer: Viewer, group_id: int, readers: frozenset[str]) -> bool:
    """Say whether a reader may know of violations in a group."""
    return any(
        seat.role in readers or f"{seat.role}:{seat.agency}" in readers
        for seat in viewer.capacities
        if seat.group_id == group_id and not seat.reading
    )


def not_found() -> ConductNotFound:
    """Return the one answer for a record that is not there or not for the reader."""
    return ConductNotFound("Không có trang này.", "There is no such page.")


def record(by: Permit, new: NewViolation) -> int:
    """Record a violation; returns its id."""
    if not (new.name and new.post and new.agency and new.acts and new.rules):
        raise ConductRefused(
            "Hồ sơ cần họ tên, chức vụ, cơ quan, hành vi và quy định bị vi phạm.",
            "A record wants name, post, agency, what was done and the rule it breaks.",
        )
    if new.happened_on > by.at.date():
        raise ConductRefused("Ngày vi phạm sau hôm nay.", "The day lies after today.")
    with transaction.atomic():
        year = by.at.year
        taken = Violation.objects.select_for_update().filter(group_id=new.group_id, year=year).count()
        row = Violation.objects.create(
            group_id=new.group_id,
            year=year,
            number=taken + 1,
            mark=new.ref,
            name=new.name,
            post=new.post,
            agency=new.agency,
            acts=new.acts,
            rules=new.rules,
            happened_on=new.happened_on,
            opened_at=by.at,
            permit=by.digest(),
        )
        _record(by, row, Step.OPENED.value, bound=new.digest())
    return row.pk


def act_digest(info: ViolationInfo, act: str, text: str) -> str:
    """Return what the permit for an act on a record binds; what is said stands in it as a keyed commitment."""
    return digest_of(ref=info.ref, step=info.step.value, act=act, said=ledger.commitment(text) if text else "")


def hear(by: Permit, violation_id: int, statement: str, on: date) -> None:
    """Write down what the person says, or that they were asked and said nothing."""
    if not statement:
        raise ConductRefused(
            "Ghi lời trình bày; người ấy không trình bày thì ghi rõ đã mời mà không trình bày.",
            "Write down the statement, or that the person was asked and made none.",
        )
    with transaction.atomic():
        row, info = _locked(violation_id)
        _require(row, Step.OPENED, Step.HEARD)
        row.statement, row.heard_on, row.step = statement, on, Step.HEARD.value
        row.save(update_fields=["statement", "heard_on", "step"])
        _record(by, row, Step.HEARD.value, bound=act_digest(info, "hear", statement))


def handle(by: Permit, violation_id: int, outcome: str, paper: str, on: date) -> None:
    """Handle a violation within competence, the person having been heard."""
    if not (outcome and paper):
        raise ConductRefused("Ghi hình thức xử lý và số văn bản.", "Give the measure and the number of its paper.")
    with transaction.atomic():
        row, info = _locked(violation_id)
        if row.heard_on is None:
            raise ConductRefused(
                "Chưa ghi lời trình bày của người vi phạm: nghe trước, xử lý sau.",
                "The person's statement is not recorded: hear them first.",
            )
        _require(row, Step.HEARD)
        row.outcome, row.paper, row.paper_on, row.step = outcome[:600], paper, on, Step.HANDLED.value
        row.save(update_fields=["outcome", "paper", "paper_on", "step"])
        _record(by, row, Step.HANDLED.value, bound=act_digest(info, "handle", f"{outcome} {paper} {on}"))


def pass_on(by: Permit, violation_id: int, to: str, paper: str, on: date) -> None:
    """Pass a record on to whoever is competent."""
    if not (to and paper):
        raise ConductRefused("Ghi nơi nhận và số văn bản chuyển.", "Give the recipient and the number of the paper.")
    with transaction.atomic():
        row, info = _locked(violation_id)
        _require(row, Step.OPENED, Step.HEARD)
        row.passed_to, row.paper, row.paper_on, row.step = to[:200], paper, on, Step.PASSED_ON.value
        row.save(update_fields=["passed_to", "paper", "paper_on", "step"])
        _record(by, row, Step.PASSED_ON.value, bound=act_digest(info, "pass_on", f"{to} {paper} {on}"))


def drop(by: Permit, violation_id: int, why: str) -> None:
    """End a record because there was no violation; it stays, with the reason."""
    if not why:
        raise ConductRefused("Ghi lý do kết thúc.", "Give the reason.")
    with transaction.atomic():
        row, info = _locked(violation_id)
        _require(row, Step.OPENED, Step.HEARD)
        row.outcome, row.step = why[:600], Step.DROPPED.value
        row.save(update_fields=["outcome", "step"])
        _record(by, row, Step.DROPPED.value, bound=act_digest(info, "drop", why))


def look_digest(ref: str, purpose: str) -> str:
    """Return what the permit to read a record binds."""
    return digest_of(ref=ref, purpose=purpose)


def look(by: Permit, viewer: Viewer, readers: frozenset[str], violation_id: int, purpose: str) -> ViolationInfo:
    """Return a record whole to one of its readers, and record the look."""
    if not SHORTEST <= len(purpose) <= LONGEST:
        raise ConductRefused(
            f"Nêu mục đích xem, từ {SHORTEST} đến {LONGEST} ký tự.",
            f"State the purpose, in {SHORTEST} to {LONGEST} characters.",
        )
    with transaction.atomic():
        row = _rows().filter(pk=violation_id).first()
        if row is None or not is_reader(viewer, row.group_id, readers):
            raise not_found()
        ViolationLook.objects.create(
            group_id=row.group_id,
            violation=row,
            at=by.at,
            account=by.actor.account,
            role=by.actor.role,
            purpose=purpose,
            permit=by.digest(),
        )
        bound = look_digest(row.mark, purpose)
        ledger.append(by, scope=scope_of(row.group.slug), kind=KIND, object_id=row.mark, digest=bound, bound=bound)
    return _info(_rows().prefetch_related("events", "looks").get(pk=violation_id), whole=True)


def _require(row: Violation, *steps: Step) -> None:
    if row.step not in steps:
        raise ConductRefused(
            f"Hồ sơ số {row.number}/{row.year} không còn ở bước này: mở lại trang.",
            f"Record {row.number}/{row.year} is not at this step any more: open the page again.",
        )


def _locked(violation_id: int) -> tuple[Violation, ViolationInfo]:
    rows = Violation.objects.select_for_update(of=("self",)).select_related("group")
    row = rows.filter(pk=violation_id).first()
    if row is None:
        raise not_found()
    return row, _info(row)


def _record(by: Permit, row: Violation, kind: str, *, bound: str) -> None:
    ViolationEvent.objects.create(violation=row, **columns(by, row.group_id, kind, (by.reason or "")))
    ledger.append(by, scope=scope_of(row.group.slug), kind=KIND, object_id=row.mark, digest=bound, bound=bound)


def _rows() -> QuerySet[Violation]:
    return Violation.objects.select_related("group")


def _info(row: Violation, *, whole: bool = False) -> ViolationInfo:
    return ViolationInfo(
        id=row.pk,
        ref=row.mark,
        group_id=row.group_id,
        number=row.number,
        year=row.year,
        name=row.name,
        post=row.post,
        agency=row.agency,
        acts=row.acts,
        rules=row.rules,
        happened_on=row.happened_on,
        opened_at=row.opened_at,
        step=Step(row.step),
        statement=row.statement,
        heard_on=row.heard_on,
        outcome=row.outcome,
        paper=row.paper,
        paper_on=row.paper_on,
        passed_to=row.passed_to,
        events=tuple(happened(one) for one in row.events.all()) if whole else (),
        looks=tuple(
            LookInfo(at=one.at, account=one.account, role=one.role, purpose=one.purpose) for one in row.looks.all()
        )
        if whole
        else (),
    )


def violations(viewer: Viewer, group_id: int, readers: frozenset[str]) -> tuple[LineInfo, ...]:
    """Return the list of records, nothing of the persons in it, to their readers; to others there is none."""
    if not is_reader(viewer, group_id, readers):
        return ()
    return tuple(_line(row) for row in Violation.objects.filter(group_id=group_id).order_by("-year", "-number"))


def _line(row: Violation) -> LineInfo:
    return LineInfo(id=row.pk, number=row.number, year=row.year, opened_at=row.opened_at, step=Step(row.step))


def lines_of_flow(group_id: int, mark: str = "") -> tuple[LineInfo, ...]:
    """Return the records of a group as their list has them, or the one of a mark, for the house's own work."""
    rows = Violation.objects.filter(group_id=group_id)
    return tuple(_line(row) for row in (rows.filter(mark=mark) if mark else rows).order_by("pk"))


def for_flow(group_id: int, violation_id: int) -> ViolationInfo:
    """Return a record for a flow that has checked its reader."""
    row = _rows().filter(pk=violation_id, group_id=group_id).first()
    if row is None:
        raise not_found()
    return _info(row)
