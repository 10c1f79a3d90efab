"""Tasks given by hand: under which clause, to whom, how the agency answers, who accepts, and the way back."""

from __future__ import annotations

from datetime import date

import pytest

from dean06.charter.errors import NeedsReason, Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError, RefusedByCharter
from dean06.flows import delegating, setup, task_work, tasking, urging
from dean06.flows.due import reminding
from dean06.flows.records import records, task_period
from dean06.flows.tasking import Wanted
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.work.errors import NotProved, TaskRefused
from dean06.work.service import tasks as work
from dean06.work.types import Filters, Origin, Said, Status
from flows.conftest import at, found

pytestmark = pytest.mark.django_db

DUE = date(2022, 6, 30)
LEADER, DEPUTY = ("leader", "PC"), ("standing_deputy", "POL")
BHXH, GDDT, TEAM = ("member", "BHXH"), ("member", "GDDT"), ("secretariat", "TEAM")


def wanted(**changes) -> Wanted:
    plain = {"title": "Rà soát thẻ bảo hiểm", "lead": "BHXH", "due": DUE, "origin": Origin.DIRECTIVE}
    return Wanted(**(plain | changes))


@pytest.fixture
def task(office):
    with at(2022, 6, 6):
        return tasking.assign(office.account(*LEADER), office.group, wanted(coordinating=("POL",), following=("OFF",)))


def last_event(task_id: int):
    seen = work.task_for_flow(task_id)
    return work.undoable(events(seen), seen)


def events(task):
    from dean06.offices.types import Capacity, Viewer

    seat = Capacity(
        seat_id=1, group_id=task.group_id, role="leader", agency=None, title="", post="", holder="", account="x",
        since=date(2022, 1, 1),
    )  # fmt: skip
    return work.events(Viewer(account="x", capacities=(seat,)), task.id, see_all=frozenset({"leader"}))


# ------------------------------------------------------------ assigning


def test_a_task_rests_on_the_clause_that_lets_it_be_given(office, task):
    assert (task.basis.article, task.basis.clause) == ("3", "1")
    assert (task.lead, task.coordinating, task.following) == ("BHXH", ("POL",), ("OFF",))
    assert task.assigned_by_role == "leader"
    (entry,) = ledger.entries_for("task", task.ref)
    assert "Rà soát" not in str(entry)


def test_a_clause_named_by_hand_must_stand_in_the_text(office):
    with at(2022, 6, 6):
        made = tasking.assign(office.account(*LEADER), office.group, wanted(clause="7.2.k"))
        assert (made.basis.article, made.basis.clause, made.basis.point) == ("7", "2", "k")
        with pytest.raises(HouseError):
            tasking.assign(office.account(*LEADER), office.group, wanted(clause="7.2.z"))
    assert len(work.tasks_of_group(office.group.id)) == 1


def test_only_who_the_charter_names_gives_tasks(office):
    with at(2022, 6, 6), pytest.raises((Refused, NeedsReason)):
        tasking.assign(office.account(*BHXH), office.group, wanted())
    assert not work.tasks_of_group(office.group.id)


def test_the_standing_deputy_gives_tasks_only_while_the_leader_is_recorded_absent(office):
    deputy = office.account(*DEPUTY)
    with at(2022, 6, 6):
        with pytest.raises((Refused, NeedsReason)):
            tasking.assign(deputy, office.group, wanted())
        leader = offices.holders(office.group.id, date(2022, 6, 6), role="leader")[0]
        span = (clock.at_start_of(date(2022, 6, 10)), clock.at_start_of(date(2022, 6, 15)))
        delegating.go_away(office.account(*TEAM), office.group, leader, span, ground="đi công tác")
    with at(2022, 6, 11):
        made = tasking.assign(deputy, office.group, wanted())
        assert (made.assigned_by_role, made.basis.article, made.basis.clause) == ("standing_deputy", "4", "2")
    with at(2022, 6, 15), pytest.raises((Refused, NeedsReason)):
        tasking.assign(deputy, office.group, wanted())


def test_a_member_takes_up_a_task_for_the_own_agency_alone(office):
    with at(2022, 6, 6):
        made = tasking.assign(office.account(*BHXH), office.group, wanted(origin=Origin.OWN))
        assert (made.basis.article, made.basis.clause) == ("2", "4")
        with pytest.raises(BadInput, match="cơ quan của chính bạn"):
            tasking.assign(office.account(*BHXH), office.group, wanted(origin=Origin.OWN, lead="GDDT"))


def test_a_body_above_is_asked_and_never_ordered(office):
    with at(2022, 6, 6):
        with pytest.raises(Refused) as refused:
            tasking.assign(office.account(*LEADER), office.group, wanted(lead="DEPTS"))
        assert [one.dotted for one in refused.value.decision.citations] == ["2.2"]
        asked = tasking.request(office.account(*LEADER), office.group, wanted(lead="DEPTS"))
        assert (asked.addressed, asked.origin) == ("outside", Origin.REQUEST)
        assert asked.body
        assert asked.basis.reading.startswith("Nội quy hệ thống")
    stated = records(office.group, clock.now(office.group))["tasks"]
    assert task_period(asked.number) not in {row["id"] for row in stated}


def test_where_the_charter_bans_no_acting_in_place_an_order_goes_ahead(tmp_path, home, db):
    other = found("xuan-truong-2022", "xt", tmp_path)
    with at(2022, 6, 6):
        for who in (LEADER, TEAM):
            setup.confirm_instrument(other.account(*who), other.group, "1041/QĐ-UBND", date(2022, 5, 20))
        answer = tasking.in_place(other.account(*LEADER), other.group, "PPC")
        assert answer.decision.outcome == "not_regulated"


# ------------------------------------------------------------ the work


def test_the_agency_reports_and_whoever_may_assign_accepts(office, task):
    with at(2022, 6, 20):
        half = task_work.report(office.account(*BHXH), office.group, task.id, Said(percent=40, words="Đã rà 40%"))
        assert (half.percent, half.status) == (40, Status.OPEN)
    with at(2022, 6, 29):
        done = Said(percent=100, words="Xong", finished=True)
        told = task_work.report(office.account(*BHXH), office.group, task.id, done)
        assert told.status is Status.REPORTED
    with at(2022, 7, 4):
        assert not work.task_for_flow(task.id).is_overdue(clock.now(office.group))
        with pytest.raises((Refused, NeedsReason)):
            task_work.accept(office.account(*BHXH), office.group, task.id)
        closed = task_work.accept(office.account(*LEADER), office.group, task.id, "Đạt")
        assert closed.status is Status.DONE
        (row,) = records(office.group, clock.now(office.group))["tasks"]
        assert row["done_at"] < row["due_at"]  # the day the result came in counts, not that of the acceptance
        july = work.counts(office.group.id, (clock.at_start_of(date(2022, 7, 1)), clock.at_start_of(date(2022, 8, 1))))
        assert (july.done_in_time, july.done_late) == ((task.id,), ())


def test_the_word_on_a_task_is_its_lead_agencys(office, task):
    with at(2022, 6, 20):
        with pytest.raises(RefusedByCharter):
            task_work.report(office.account(*GDDT), office.group, task.id, Said(percent=10, words=""))
        with pytest.raises(RefusedByCharter):
            task_work.report(office.account(*TEAM), office.group, task.id, Said(percent=10, words="thay"))
        files = task_work.keep([(b"anh chup van ban", "bao-cao.png")])
        told = task_work.report(
            office.account(*TEAM), office.group, task.id, Said(percent=10, words="thay", files=files)
        )
        assert told.percent == 10


def test_a_result_wants_words_or_a_file_and_one_sent_back_is_owed_as_before(office, task):
    with at(2022, 6, 20):
        bhxh, leader = office.account(*BHXH), office.account(*LEADER)
        with pytest.raises(TaskRefused, match="kết quả hoặc gửi tệp"):
            task_work.report(bhxh, office.group, task.id, Said(percent=100, words=" ", finished=True))
        task_work.report(bhxh, office.group, task.id, Said(percent=60, words="đang làm"))
        task_work.report(bhxh, office.group, task.id, Said(percent=100, words="xong", finished=True))
        with pytest.raises(TaskRefused, match="lý do"):
            task_work.send_back(leader, office.group, task.id, " ")
        back = task_work.send_back(leader, office.group, task.id, "Thiếu biểu số 2")
        assert (back.status, back.percent, back.reported_at) == (Status.OPEN, 60, None)


def test_a_task_of_findings_ends_by_no_word(office):
    office.load_register("2022-06")
    office.deliver("bhyt", "BHXH", "2022-06")
    (first, *_) = work.tasks_of_group(office.group.id)
    with at(2022, 7, 2):
        for said in (Said(percent=100, words="xong", finished=True), Said(percent=50, words="nửa")):
            with pytest.raises(NotProved):
                task_work.report(office.account(*BHXH), office.group, first.id, said)
        with pytest.raises(NotProved):
            task_work.close_on_paper(office.account(*LEADER), office.group, first.id, "12/BC")
        longer = task_work.extend(office.account(*LEADER), office.group, first.id, date(2022, 8, 30), "chờ phần mềm")
        assert (longer.due, longer.first_due) == (date(2022, 8, 30), first.due)


# ------------------------------------------------------------ more time


def test_time_that_is_granted_is_no_delay_and_its_clause_is_kept(office, task):
    with at(2022, 6, 28):
        task_work.ask_extension(office.account(*BHXH), office.group, task.id, date(2022, 7, 15), "chờ số liệu")
        with pytest.raises(TaskRefused, match="đang chờ"):
            task_work.ask_extension(office.account(*BHXH), office.group, task.id, date(2022, 7, 20), "nữa")
        with pytest.raises((Refused, NeedsReason)):
            task_work.answer_extension(
                office.account(*BHXH), office.group, task.id, date(2022, 7, 15), "", granted=True
            )
        longer = task_work.answer_extension(
            office.account(*LEADER), office.group, task.id, date(2022, 7, 15), "đồng ý", granted=True
        )
        assert (longer.due, longer.first_due) == (date(2022, 7, 15), DUE)
        (kept,) = work.extensions(task.id)
        assert (kept.answer, kept.cites) == ("granted", ("3.1",))
    with at(2022, 7, 5):
        assert not work.task_for_flow(task.id).is_overdue(clock.now(office.group))
        june = work.counts(office.group.id, (clock.at_start_of(date(2022, 6, 1)), clock.at_start_of(date(2022, 7, 1))))
        assert june.open == (task.id,)
    with at(2022, 7, 16):
        assert work.task_for_flow(task.id).is_overdue(clock.now(office.group))


def test_time_given_later_changes_nothing_in_the_months_before(office, task):
    june = (clock.at_start_of(date(2022, 6, 1)), clock.at_start_of(date(2022, 7, 2)))
    with at(2022, 7, 5):
        before = work.counts(office.group.id, june)
        assert before.overdue == (task.id,)
        task_work.extend(office.account(*LEADER), office.group, task.id, date(2022, 7, 20), "việc phát sinh")
        assert work.counts(office.group.id, june) == before


def test_a_refusal_of_time_gives_its_reason_and_the_day_stands(office, task):
    with at(2022, 6, 28):
        task_work.ask_extension(office.account(*BHXH), office.group, task.id, date(2022, 7, 15), "chờ số liệu")
        with pytest.raises(TaskRefused, match="lý do"):
            task_work.answer_extension(office.account(*LEADER), office.group, task.id, DUE, "", granted=False)
        kept = task_work.answer_extension(office.account(*LEADER), office.group, task.id, DUE, "đã đủ", granted=False)
        assert kept.due == DUE


# ------------------------------------------------------------ the way back


def test_the_last_thing_done_by_hand_is_taken_back_and_nothing_before_it(office, task):
    with at(2022, 6, 20):
        bhxh, leader = office.account(*BHXH), office.account(*LEADER)
        task_work.report(bhxh, office.group, task.id, Said(percent=60, words="đang làm"))
        first = last_event(task.id)
        task_work.report(bhxh, office.group, task.id, Said(percent=100, words="xong", finished=True))
        task_work.accept(leader, office.group, task.id)
        with pytest.raises(TaskRefused, match="việc khác sau đó"):
            task_work.undo(bhxh, office.group, task.id, first)
        back = task_work.undo(leader, office.group, task.id, last_event(task.id))
        assert (back.status, back.closed_at) == (Status.REPORTED, None)
        back = task_work.undo(bhxh, office.group, task.id, last_event(task.id))
        assert (back.status, back.percent) == (Status.OPEN, 60)
        back = task_work.undo(bhxh, office.group, task.id, last_event(task.id))
        assert back.percent == 0
        gone = task_work.undo(leader, office.group, task.id, last_event(task.id))
        assert gone.status is Status.CANCELLED


def test_who_stands_beside_a_task_changes_and_comes_back(office, task):
    with at(2022, 6, 20):
        leader = office.account(*LEADER)
        other = task_work.coordinate(leader, office.group, task.id, ("GDDT",), ())
        assert (other.coordinating, other.following) == (("GDDT",), ())
        with pytest.raises(HouseError):
            task_work.coordinate(leader, office.group, task.id, ("BHXH",), ())
        back = task_work.undo(leader, office.group, task.id, last_event(task.id))
        assert (back.coordinating, back.following) == (("POL",), ("OFF",))


def test_one_gesture_on_many_tells_what_was_refused_and_why(office, task):
    office.load_register("2022-06")
    office.deliver("bhyt", "BHXH", "2022-06")
    ids = [one.id for one in work.tasks_of_group(office.group.id)]
    with at(2022, 7, 2):
        told = task_work.each(
            ids, lambda one: task_work.close_on_paper(office.account(*LEADER), office.group, one, "15/BC-BHXH")
        )
    assert [one.task_id for one in told if one.done] == [task.id]
    assert all("lần gửi dữ liệu sau" in one.vi for one in told if not one.done)
    assert len(told) == len(ids) > 1


# ------------------------------------------------------------ urging and reminding


def test_overdue_tasks_become_one_letter_to_each_agency(office, task):
    with at(2022, 6, 6):
        other = tasking.assign(office.account(*LEADER), office.group, wanted(lead="GDDT", title="Số hóa học bạ"))
    with at(2022, 7, 5):
        made = urging.letters(office.account(*TEAM), office.group, [task, other])
        assert len(made) == 2
        assert {one.form for one in made} == {"urging_letter"}
        with pytest.raises(BadInput, match="quá hạn"):
            urging.letters(
                office.account(*TEAM), office.group, [tasking.assign(office.account(*LEADER), office.group,
                                                                     wanted(due=date(2022, 8, 1)))]
            )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2022, 6, 22), []),
        (date(2022, 6, 23), ["còn 7 ngày"]),
        (date(2022, 6, 28), ["còn 2 ngày"]),
        (date(2022, 6, 29), ["còn 1 ngày"]),
        (date(2022, 6, 30), ["đến hạn hôm nay"]),
        (date(2022, 7, 1), ["quá hạn 1 ngày"]),
        (date(2022, 7, 7), ["quá hạn 7 ngày", "Báo cáo Tổ trưởng"]),
        (date(2022, 7, 8), ["quá hạn 8 ngày", "Báo cáo Tổ trưởng"]),
        (date(2022, 8, 8), ["quá hạn 39 ngày"]),
    ],
)
def test_what_stands_to_be_said_of_a_task_is_its_newest_stage(office, task, day, said):
    with at(day.year, day.month, day.day):
        told = {one.said.vi for one in reminding.messages(office.group)}
        assert len(told) == len(said)
        assert all(any(words in one for one in told) for words in said)


def test_a_task_given_within_a_stage_was_told_of_by_that_very_act(office):
    with at(2022, 6, 28):
        tasking.assign(office.account(*LEADER), office.group, wanted())
        assert reminding.messages(office.group) == []
    with at(2022, 6, 29):
        assert len(reminding.messages(office.group)) == 1


def test_a_local_rule_moves_reminders_and_the_long_overdue_goes_to_the_leader(office, task):
    with at(2022, 6, 6):
        setup.set_local_rule(office.account(*LEADER), office.group, "G-21", {"days_before": [2], "escalate_after": 1})
    with at(2022, 6, 28):
        (told,) = reminding.messages(office.group)
        assert told.to.agencies == ("BHXH",)
        assert (told.clause.dotted, told.address.args) == ("3.1", (task.id,))
    with at(2022, 7, 1):
        (raised,) = [one for one in reminding.messages(office.group) if "Tổ trưởng" in one.said.vi]
        assert "leader" in raised.to.roles
        assert "G-21" in reminding.rule_of(office.group).source


def test_a_list_finds_a_task_by_role_day_and_text_without_marks(office, task):
    viewer = offices.viewer(office.account(*LEADER), date(2022, 6, 20))
    every = frozenset({"leader"})

    def ids(**chosen):
        return [one.id for one in work.tasks(viewer, office.group.id, Filters(**chosen), see_all=every).items]

    assert ids(text="ra soat the") == [task.id]
    assert ids(agency="OFF") == [task.id]
    assert ids(agency="OFF", role="chu_tri") == []
    assert ids(agency="OFF", role="theo_doi") == [task.id]
    assert ids(agency="POL", role="phoi_hop") == [task.id]
    assert ids(due_from=date(2022, 7, 1)) == []
    assert ids(origin=Origin.DIRECTIVE, important=False) == [task.id]


def test_a_result_that_came_in_time_is_not_counted_overdue_while_it_waits(office, task):
    june = clock.at_start_of(date(2022, 6, 1)), clock.at_start_of(date(2022, 7, 1))
    assert work.counts(office.group.id, june).overdue == (task.id,)
    with at(2022, 6, 30, 16):
        done = Said(percent=100, words="Đã rà soát", finished=True)
        task_work.report(office.account(*BHXH), office.group, task.id, done)
    waits = work.counts(office.group.id, june)
    assert (waits.open, waits.overdue) == ((task.id,), ())
    with at(2022, 6, 30, 20):
        task_work.send_back(office.account(*LEADER), office.group, task.id, "Thiếu danh sách")
    assert work.counts(office.group.id, june).overdue == (task.id,)
