"""Tasks: assigned by clause, closed by proof alone, seen by those they concern, counted for a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dean06.charter.types import Permit
from dean06.clock.service import TZ, at_start_of
from dean06.ledger import service as ledger
from dean06.ledger.errors import PermitMisused
from dean06.offices.types import GroupInfo, Viewer
from dean06.work.errors import NotProved, TaskNotFound, TaskRefused
from dean06.work.service import tasks as work
from dean06.work.types import Basis, Filters, NewTask, Origin, Proof, Status, Step, TaskInfo

pytestmark = pytest.mark.django_db

DUE = date(2022, 6, 15)
OVERSEERS = frozenset({"leader", "secretariat"})
BASIS = Basis(article="7", clause="2", point="k", norm="N-7.2.k", charter_hash="c" * 64)


def draft(group: GroupInfo, **changes: object) -> NewTask:
    new = NewTask(
        slot=work.reserve(group.id),
        title="Sửa họ tên thiếu dấu: Bảo hiểm y tế",
        origin=Origin.FINDING,
        lead="BHXH",
        due=DUE,
        bound=at_start_of(DUE + timedelta(days=1)),
        basis=BASIS,
        coordinating=("POL", "COM"),
        total=10,
        origin_ref="to-thu:1",
        standing_permit="d" * 64,
    )
    return replace(new, **changes)


@pytest.fixture
def opened(group: GroupInfo, permit: Callable[..., Permit]) -> Callable[..., TaskInfo]:
    def make(at: datetime | None = None, **changes: object) -> TaskInfo:
        new = draft(group, **changes)
        when = {} if at is None else {"at": at}
        return work.open_task(permit("task", new.slot.ref, new.digest(), **when), new)

    return make


def proof(done: int, total: int = 10, run: str = "run-2") -> Proof:
    return Proof(run_id=run, done=done, total=total, file_sha256="f" * 64)


# ------------------------------------------------------------------ assigning


def test_a_task_keeps_its_clause_its_giver_and_its_permit(
    group: GroupInfo, permit: Callable[..., Permit], sits: Callable[..., Viewer]
) -> None:
    new = draft(group)
    by = permit("task", new.slot.ref, new.digest())
    made = work.open_task(by, new)
    assert made == work.task(sits(group, "leader"), made.id, see_all=OVERSEERS)
    assert (made.number, made.ref, made.basis, made.lead, made.coordinating) == (
        1,
        "to-thu:1",
        BASIS,
        "BHXH",
        ("POL", "COM"),
    )
    assert (made.permit, made.assigned_by_role, made.opened_at) == (by.digest(), "leader", by.at)
    assert (made.status, made.done, made.total, made.standing_permit) == (Status.OPEN, 0, 10, "d" * 64)
    (entry,) = ledger.entries_for("task", "to-thu:1")
    assert entry["note"] == {"lead": "BHXH", "total": 10, "standing": "d" * 64}


def test_a_refused_assignment_gives_its_number_back(group: GroupInfo) -> None:
    for _ in range(2):
        with transaction.atomic():
            assert work.reserve(group.id).number == 1
            transaction.set_rollback(True)


def test_a_permit_for_other_content_is_refused(group: GroupInfo, permit: Callable[..., Permit]) -> None:
    new = draft(group)
    by = permit("task", new.slot.ref, new.digest())
    with pytest.raises(PermitMisused):
        work.open_task(by, replace(new, lead="POL", coordinating=()))


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "  "},
        {"lead": ""},
        {"coordinating": ("BHXH",)},
        {"coordinating": ("POL", "POL")},
        {"due": date(2022, 5, 31)},
        {"bound": at_start_of(DUE)},
        {"basis": Basis()},
    ],
)
def test_what_does_not_make_a_task_is_refused(
    opened: Callable[..., TaskInfo], group: GroupInfo, sits: Callable[..., Viewer], changes: dict[str, object]
) -> None:
    with pytest.raises(TaskRefused):
        opened(**changes)
    assert work.tasks(sits(group, "leader"), group.id, see_all=OVERSEERS).total == 0


def test_a_reading_may_stand_for_the_clause(opened: Callable[..., TaskInfo]) -> None:
    assert opened(basis=Basis(reading="Phối hợp, chưa nêu cơ quan chủ trì")).basis.article == ""


# ------------------------------------------------------------------ closing


def test_a_task_of_findings_ends_by_proof_alone(opened: Callable[..., TaskInfo], permit: Callable[..., Permit]) -> None:
    made = opened()
    said = work.claim(permit("task", made.ref, role="member", agency="BHXH"), made.id, 10)
    assert (said.status, said.claimed, said.done) == (Status.OPEN, 10, 0)
    for act, arguments in (
        (work.close_by_report, ("12/BC-BHXH",)),
        (work.cancel, ("khong_can_nua",)),
        (work.close_by_proof, (proof(9),)),
        (work.close_by_proof, (proof(0, 0),)),
    ):
        with pytest.raises(NotProved), transaction.atomic():
            act(permit("task", made.ref), made.id, *arguments)
    with pytest.raises(TaskRefused):
        work.close_by_proof(permit("task", made.ref), made.id, proof(10, run=""))
    closed = work.close_by_proof(permit("task", made.ref), made.id, proof(10))
    assert (closed.status, closed.closed_by, closed.done) == (Status.DONE, "run-2", 10)


def test_a_fault_that_comes_back_opens_the_task_again(
    opened: Callable[..., TaskInfo], permit: Callable[..., Permit]
) -> None:
    made = opened()
    work.close_by_proof(permit("task", made.ref), made.id, proof(10))
    back = work.reopen_by_proof(permit("task", made.ref), made.id, proof(7, run="run-3"))
    assert (back.status, back.closed_at, back.closed_by, back.done, back.reopened) == (Status.REOPENED, None, "", 7, 1)
    assert work.close_by_proof(permit("task", made.ref), made.id, proof(10, run="run-4")).status == Status.DONE


def test_taking_a_run_back_puts_the_task_where_it_stood(
    opened: Callable[..., TaskInfo], permit: Callable[..., Permit]
) -> None:
    made = opened()
    work.progress(permit("task", made.ref), made.id, proof(4))
    stood = work.claim(permit("task", made.ref), made.id, 6)
    work.close_by_proof(permit("task", made.ref), made.id, proof(10, run="run-3"))
    with pytest.raises(TaskRefused), transaction.atomic():
        work.take_back(permit("task", made.ref), made.id, "run-2")
    assert work.last_moved_by(made.id) == "run-3"
    assert work.take_back(permit("task", made.ref), made.id, "run-3") == stood
    assert work.last_moved_by(made.id) == "run-2"
    assert work.take_back(permit("task", made.ref), made.id, "run-2") == replace(stood, done=0)
    with pytest.raises(TaskRefused):
        work.take_back(permit("task", made.ref), made.id, "run-2")


def test_a_task_goes_with_the_run_that_gave_rise_to_it_unless_another_run_moved_it(
    opened: Callable[..., TaskInfo], permit: Callable[..., Permit]
) -> None:
    first, second = opened(), opened()
    assert work.void(permit("task", first.ref), first.id, "run-1").status == Status.CANCELLED
    work.progress(permit("task", second.ref), second.id, proof(1))
    with pytest.raises(TaskRefused):
        work.void(permit("task", second.ref), second.id, "run-1")


def test_other_tasks_are_closed_on_a_paper(opened: Callable[..., TaskInfo], permit: Callable[..., Permit]) -> None:
    made = opened(origin=Origin.DIRECTIVE, total=0)
    with pytest.raises(TaskRefused), transaction.atomic():
        work.close_by_report(permit("task", made.ref), made.id, "")
    assert work.close_by_report(permit("task", made.ref), made.id, "12/BC-BHXH").closed_by == "12/BC-BHXH"
    with pytest.raises(TaskRefused):
        work.cancel(permit("task", made.ref), made.id, "trung_viec")


@pytest.mark.parametrize("count", [0, 11])
def test_a_claim_stays_within_the_rows(
    opened: Callable[..., TaskInfo], permit: Callable[..., Permit], count: int
) -> None:
    made = opened()
    with pytest.raises(TaskRefused):
        work.claim(permit("task", made.ref), made.id, count)


def test_a_permit_serves_one_act_on_one_task(opened: Callable[..., TaskInfo], permit: Callable[..., Permit]) -> None:
    first, second = opened(), opened()
    by = permit("task", first.ref)
    with pytest.raises(PermitMisused), transaction.atomic():
        work.progress(by, second.id, proof(1))
    work.progress(by, first.id, proof(1))
    with pytest.raises(PermitMisused), transaction.atomic():
        work.progress(by, first.id, proof(2))
    assert work.task_for_flow(first.id).done == 1
    assert work.task_for_flow(second.id).done == 0


# The group is one for all examples on purpose: each example is rolled back. A failing one is
# short as it comes; shrinking it against a database would outlast the suite's time limit.
@settings(phases=[Phase.generate], max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shown=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted), min_size=1, max_size=5))
def test_whatever_runs_show_the_next_step_is_always_possible_and_no_other(
    group: GroupInfo, permit: Callable[..., Permit], shown: list[list[int]]
) -> None:
    acts = {Step.PROGRESS: work.progress, Step.CLOSE: work.close_by_proof, Step.REOPEN: work.reopen_by_proof}
    with transaction.atomic():
        new = draft(group, total=4)
        at = work.open_task(permit("task", new.slot.ref, new.digest()), new)
        for serial, (done, total) in enumerate(shown):
            told = proof(done, total, run=f"run-{serial}")
            step = at.next_step(told)
            for other in acts.keys() - {step}:
                with pytest.raises(NotProved), transaction.atomic():
                    acts[other](permit("task", at.ref), at.id, told)
            if step in acts:
                at = acts[step](permit("task", at.ref), at.id, told)
            assert (at.status == Status.DONE) == (at.done == at.total > 0)
            assert (at.done < at.total) == (done < total)
        transaction.set_rollback(True)


# ------------------------------------------------------------------ who sees what


def test_a_member_sees_what_his_agency_leads_or_coordinates(
    group: GroupInfo, opened: Callable[..., TaskInfo], sits: Callable[..., Viewer]
) -> None:
    leads, coordinates, other = opened(), opened(lead="TP", coordinating=("BHXH",)), opened(lead="TP", coordinating=())
    member = sits(group, "member", "BHXH")
    page = work.tasks(member, group.id, see_all=OVERSEERS)
    assert [found.id for found in page.items] == [leads.id, coordinates.id]
    with pytest.raises(TaskNotFound):
        work.task(member, other.id, see_all=OVERSEERS)
    assert work.tasks(sits(group, "secretariat"), group.id, see_all=OVERSEERS).total == 3
    assert work.tasks(sits(group, "leader"), group.id).total == 0
    assert work.tasks(member, group.id, Filters(agency="TP"), see_all=OVERSEERS).total == 1


def test_a_foreign_group_sees_nothing(
    group: GroupInfo,
    make_group: Callable[[str], GroupInfo],
    opened: Callable[..., TaskInfo],
    sits: Callable[..., Viewer],
) -> None:
    made = opened()
    stranger = sits(make_group("to-khac"), "leader", "BHXH")
    assert work.tasks(stranger, group.id, see_all=OVERSEERS).total == 0
    for ask in (work.task, work.events):
        with pytest.raises(TaskNotFound):
            ask(stranger, made.id, see_all=OVERSEERS)


def test_the_list_is_searched_without_tone_marks_and_narrowed(
    group: GroupInfo, opened: Callable[..., TaskInfo], sits: Callable[..., Viewer], permit: Callable[..., Permit]
) -> None:
    name, code = (
        opened(),
        opened(title="Đổi mã xã cũ", due=DUE + timedelta(days=30), bound=at_start_of(date(2022, 8, 1))),
    )
    leader = sits(group, "leader")

    def ids(**filters: object) -> list[int]:
        return [found.id for found in work.tasks(leader, group.id, Filters(**filters), see_all=OVERSEERS).items]

    assert ids(text="ho ten THIEU dau") == ids(text="họ tên thiếu dấu") == [name.id]
    assert ids(text="doi") == ids(text="ĐỔI mã") == [code.id]
    assert ids(text="bhxh") == [name.id, code.id]
    assert ids(text="100%") == []
    assert ids(overdue_at=at_start_of(DUE)) == []
    assert ids(overdue_at=at_start_of(DUE + timedelta(days=1))) == [name.id]
    work.close_by_proof(permit("task", name.ref), name.id, proof(10))
    assert ids(overdue_at=at_start_of(DUE + timedelta(days=1))) == []
    assert ids(statuses=frozenset({Status.DONE})) == [name.id]
    assert ids(origin=Origin.PLAN) == []


def test_pages_hold_every_task_once(
    group: GroupInfo, opened: Callable[..., TaskInfo], sits: Callable[..., Viewer]
) -> None:
    made = [opened().id for _ in range(7)]
    leader = sits(group, "leader")
    pages = [work.tasks(leader, group.id, see_all=OVERSEERS, number=n, size=3) for n in (1, 2, 3, 4)]
    assert [found.id for page in pages for found in page.items] == made
    assert {page.total for page in pages} == {7}


def test_events_tell_who_said_and_what_proved(
    group: GroupInfo, opened: Callable[..., TaskInfo], permit: Callable[..., Permit], sits: Callable[..., Viewer]
) -> None:
    made = opened()
    work.claim(permit("task", made.ref, role="member", agency="BHXH"), made.id, 4)
    work.progress(permit("task", made.ref), made.id, proof(3))
    told = work.events(sits(group, "member", "POL"), made.id)
    assert [(event.kind, event.agency, event.done, event.proof) for event in told] == [
        ("opened", "", 0, ""),
        ("claimed", "BHXH", 4, ""),
        ("progress", "", 3, "run-2"),
    ]
    assert told[2].actor == "auto"


# ------------------------------------------------------------------ counts


def test_counts_say_what_had_happened_by_the_end_of_the_span(
    group: GroupInfo,
    opened: Callable[..., TaskInfo],
    permit: Callable[..., Permit],
    later: Callable[[int], datetime],
) -> None:
    june, july = (at_start_of(date(2022, month, 1)) for month in (6, 7))
    august = at_start_of(date(2022, 8, 1))
    in_time, late, owed, gone = opened(), opened(), opened(), opened(origin=Origin.OWN)
    work.close_by_proof(permit("task", in_time.ref, at=datetime(2022, 6, 15, 23, 59, tzinfo=TZ)), in_time.id, proof(10))
    work.close_by_proof(permit("task", late.ref, at=at_start_of(date(2022, 6, 16))), late.id, proof(10))
    work.cancel(permit("task", gone.ref, at=later(3)), gone.id, "trung_viec")
    first = work.counts(group.id, (june, july))
    assert first.opened == (in_time.id, late.id, owed.id, gone.id)
    assert (first.done_in_time, first.done_late, first.cancelled) == ((in_time.id,), (late.id,), (gone.id,))
    assert (first.open, first.overdue, first.reopened) == ((owed.id,), (owed.id,), ())

    work.reopen_by_proof(permit("task", late.ref, at=later(40)), late.id, proof(9, run="run-3"))
    work.close_by_proof(permit("task", owed.ref, at=later(41)), owed.id, proof(10, run="run-3"))
    assert work.counts(group.id, (june, july)) == first
    second = work.counts(group.id, (july, august))
    assert (second.opened, second.reopened, second.done_late) == ((), (late.id,), (owed.id,))
    assert (second.open, second.overdue) == ((late.id,), (late.id,))


def test_a_run_taken_back_leaves_the_counts(
    group: GroupInfo, opened: Callable[..., TaskInfo], permit: Callable[..., Permit], later: Callable[[int], datetime]
) -> None:
    span = (later(-1), later(10))
    made = opened()
    before = work.counts(group.id, span)
    work.close_by_proof(permit("task", made.ref, at=later(2)), made.id, proof(10))
    assert work.counts(group.id, span).done_in_time == (made.id,)
    work.take_back(permit("task", made.ref, at=later(3)), made.id, "run-2")
    assert work.counts(group.id, span) == before


def test_claims_of_a_span_name_the_order(
    group: GroupInfo, opened: Callable[..., TaskInfo], permit: Callable[..., Permit], later: Callable[[int], datetime]
) -> None:
    made = opened()
    work.claim(permit("task", made.ref, role="member", agency="BHXH", at=later(2)), made.id, 4)
    (said,) = work.claims(group.id, (later(0), later(10)))
    assert (said.task_id, said.origin_ref, said.agency, said.count) == (made.id, "to-thu:1", "BHXH", 4)
    assert work.claims(group.id, (later(3), later(10))) == []
