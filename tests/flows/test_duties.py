"""The compliance board: duties from the records, a statement frozen for good, replies and what is made of them."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest

from dean06.adoption import service as adoption
from dean06.adoption.models import Statement
from dean06.charter.errors import Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import duties, explaining, ordering, reporting, setup
from dean06.flows.records import STATED, records
from dean06.ledger.models import Entry
from dean06.reports.service import replies
from dean06.reports.service.replies import Said
from flows.conftest import SINCE, Office, at, found, kept, own

MONTH = "2022-07"


def build(folder) -> Office:
    bare = found("quang-ninh-2022", "qn", folder, persons=160)
    with at(2022, 6, 1):
        ordering.assign_source(bare.account("leader"), bare.group, "bhyt")
    bare.load_register("2022-06")
    bare.deliver("bhyt", "BHXH", "2022-06")
    return bare


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("tuan-thu"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def send_report(office: Office, month: str, day: int) -> None:
    with at(int(month[:4]), int(month[5:]), day):
        reporting.make(office.account("secretariat"), office.group, month)
        reporting.issue(office.account("leader"), office.group, month)
        reporting.send(office.account("clerk"), office.group, month)


def judged(office: Office, action: str, month: str = MONTH) -> set[str]:
    return {one.status for one in duties.obligations(office.group, month) if one.action == action}


def test_duties_follow_the_records_of_the_group(office):
    with at(2022, 7, 5):
        assert judged(office, "report.send_monthly") == {"pending"}
    send_report(office, MONTH, 6)
    with at(2022, 7, 7):
        assert judged(office, "report.send_monthly") == {"met"}
        assert judged(office, "meeting.hold") == {"pending"}
    with at(2022, 8, 1):
        assert judged(office, "meeting.hold") == {"missed"}
        assert "missed" in judged(office, "task.carry_out") | judged(office, "task.carry_out", "2022-06")


def test_a_look_back_knows_nothing_of_what_came_later(office):
    send_report(office, MONTH, 20)
    with at(2022, 8, 5):
        early = clock.at_start_of(clock.today(office.group).replace(month=7, day=10))
        then = {
            one.status for one in duties.obligations(office.group, MONTH, early) if one.action == "report.send_monthly"
        }
        assert then == {"pending"}
        assert judged(office, "report.send_monthly") == {"met"}


def test_a_task_is_owed_once_in_a_year(office):
    with at(2022, 9, 1):
        year = duties.year(office.group, 2022)
    named = [(one.bearer, one.period) for found_ in year.values() for one in found_ if one.action == "task.carry_out"]
    assert named
    assert len(named) == len(set(named))


def test_a_month_alone_is_owed_what_it_is_owed_within_its_year(office):
    with at(2022, 9, 1):
        for month, listed in duties.year(office.group, 2022).items():
            assert duties.obligations(office.group, month) == listed
            others = [one for one in listed if one.action != "task.carry_out"]
            assert duties.obligations(office.group, month, tasks=False) == others
            assert duties.of_months(office.group, (month,)) == {month: others}


def test_a_month_is_frozen_once_by_the_standing_deputy_alone(office):
    with at(2022, 8, 2):
        for role in ("leader", "secretariat", "deputy"):
            with pytest.raises(Refused):
                duties.freeze(office.account(role), office.group, MONTH)
        kept_ = duties.freeze(office.account("standing_deputy"), office.group, MONTH)
        with pytest.raises(BadInput, match="đã chốt"):
            duties.freeze(office.account("standing_deputy"), office.group, MONTH)
    content = adoption.statement_bytes(office.group.id, MONTH)
    assert hashlib.sha256(content).hexdigest() == kept_.sha256
    assert json.loads(content)["charter"] == adoption.charter_of(office.group.charter_line, SINCE).hash
    (entry,) = Entry.objects.filter(object_kind="statement", object_id="qn:2022-07")
    assert kept_.sha256 in entry.body


def test_a_month_that_is_not_over_is_not_frozen(office):
    with at(2022, 7, 31), pytest.raises(BadInput, match="chưa hết"):
        duties.freeze(office.account("standing_deputy"), office.group, MONTH)


def test_later_facts_never_change_a_statement_and_show_as_differences(office):
    with at(2022, 8, 2):
        kept_ = duties.freeze(office.account("standing_deputy"), office.group, "2022-07")
        assert duties.changes(office.group, kept_) == []
        reporting.make(office.account("secretariat"), office.group, "2022-07")
        reporting.issue(office.account("leader"), office.group, "2022-07")
        reporting.send(office.account("clerk"), office.group, "2022-07")
        again = adoption.statement(office.group.id, "2022-07")
        assert again == kept_
        (change,) = duties.changes(office.group, again)
    assert (change.frozen["status"], change.live.status) == ("missed", "late")


def test_a_changed_byte_of_a_statement_is_found(office):
    with at(2022, 8, 2):
        duties.freeze(office.account("standing_deputy"), office.group, MONTH)
    row = Statement.objects.get(group_id=office.group.id)
    Statement.objects.filter(pk=row.pk).update(canonical=row.canonical.replace('"missed"', '"met"', 1))
    with pytest.raises(BadInput, match="không khớp mã băm"):
        adoption.statement(office.group.id, MONTH)


def missed_task(office: Office):
    listed = [("2022-06", one) for one in duties.obligations(office.group, "2022-06")]
    listed += [(MONTH, one) for one in duties.obligations(office.group, MONTH)]
    return next((m, one) for m, one in listed if one.action == "task.carry_out" and one.status == "missed")


def missed_tasks(office: Office, month: str) -> list:
    listed = duties.obligations(office.group, month)
    return [one for one in listed if one.action == "task.carry_out" and one.status == "missed"]


def meeting(office: Office, month: str = MONTH):
    return next(one for one in duties.obligations(office.group, month) if one.object_kind == "regular")


def shown(office: Office, month: str, owed):
    """The same duty as it stands now."""
    key = duties.duty_of(month, owed)
    return next(one for one in duties.obligations(office.group, month) if duties.duty_of(month, one) == key)


def explain(office: Office, who: tuple[str, str], month: str, owed, said: Said):
    listed = [duties.duty_of(month, one) for one in (owed if isinstance(owed, list) else [owed])]
    return explaining.explain(office.account(*who), office.group, listed, said)


BHXH, LEADER, DEPUTY = ("member", "BHXH"), ("leader", ""), ("standing_deputy", "")


def test_a_party_explains_its_own_duty_and_what_is_accepted_excuses_it(office):
    with at(2022, 9, 1):
        month, owed = missed_task(office)
        with pytest.raises(Refused):
            explain(office, ("secretariat", ""), month, owed, Said(text="Không phải việc của tôi."))
        (reply,) = explain(office, BHXH, month, owed, Said(text="Phần mềm hỏng."))
        assert replies.replies(office.group.id, (month,)) == [reply]
        assert shown(office, month, owed).status == "missed"
        with pytest.raises(Refused):
            explaining.weigh(office.account(*BHXH), office.group, [reply.id], accepted=True)
        (weighed,) = explaining.weigh(office.account(*DEPUTY), office.group, [reply.id], accepted=True)
        assert weighed.accepted
        with pytest.raises(BadInput, match="đã được xem xét"):
            explaining.weigh(office.account(*DEPUTY), office.group, [reply.id], accepted=False, reason="Muộn.")
        stands = shown(office, month, owed)
        assert (stands.status, stands.judged, stands.reply) == ("excused", "missed", reply.ref)


def test_a_refusal_gives_its_reason_and_changes_nothing(office):
    with at(2022, 9, 1):
        month, owed = missed_task(office)
        (reply,) = explain(office, BHXH, month, owed, Said(text="Phần mềm hỏng."))
        with pytest.raises(BadInput, match="ghi lý do"):
            explaining.weigh(office.account(*DEPUTY), office.group, [reply.id], accepted=False, reason=" ")
        explaining.weigh(
            office.account(*DEPUTY), office.group, [reply.id], accepted=False, reason="Đã có phần mềm mới."
        )
        assert replies.reply_for_work(office.group.id, reply.id).reason == "Đã có phần mềm mới."
        assert shown(office, month, owed).status == "missed"


def test_several_duties_are_answered_and_weighed_at_once(office):
    with at(2022, 9, 1):
        month = missed_task(office)[0]
        owed = missed_tasks(office, month)
        assert len(owed) > 1
        made = explain(office, BHXH, month, owed, Said(text="Phần mềm hỏng."))
        assert {one.together for one in made} == {made[0].id}
        explaining.weigh(office.account(*DEPUTY), office.group, [one.id for one in made], accepted=True)
        assert missed_tasks(office, month) == []
        strange = duties.duty_of(month, meeting(office, "2022-08"))
        with pytest.raises(BadInput, match="Chỉ giải trình"):
            explaining.explain(office.account(*LEADER), office.group, [strange], Said(text="Tháng khác."))


def test_nobody_answers_for_the_group_but_those_who_oversee_it(office):
    with at(2022, 9, 1):
        owed = meeting(office)
        for who in (BHXH, ("member", "GDDT"), ("clerk", "")):
            with pytest.raises(Refused):
                explain(office, who, MONTH, owed, Said(text="Tổ bận."))
        for who in (LEADER, DEPUTY, ("deputy", ""), ("secretariat", "")):
            assert explain(office, who, MONTH, owed, Said(text="Tổ bận."))


def test_what_was_not_recorded_where_a_room_records_it_was_missed(office):
    with at(2022, 9, 1):
        assert meeting(office).status == "missed"
        assert judged(office, "review.conduct", "2022-06") == {"missed"}  # its report would be on record
        assert judged(office, "report.send_monthly") == {"missed"}
        frozen = duties.freeze(office.account(*DEPUTY), office.group, MONTH)
    assert "meeting.hold" in {one["action"] for one in frozen.items if one["status"] == "missed"}
    assert frozen.format == "dean06-statement/2"


@pytest.mark.parametrize(("day", "status"), [(20, "met"), (31, "met"), (1, "late")])
def test_an_accepted_paper_shows_a_duty_done_by_its_day(office, day, status):
    with at(2022, 9, 10):
        done = date(2022, 8 if status == "late" else 7, day)
        said = Said(text="", done_on=done, paper="12/BB-TCTĐA")
        (reply,) = explain(office, LEADER, MONTH, meeting(office), said)
        assert meeting(office).status == "missed"
        explaining.weigh(office.account(*DEPUTY), office.group, [reply.id], accepted=True)
        stands = meeting(office)
    assert (stands.status, stands.satisfied_by, stands.judged) == (status, ("12/BB-TCTĐA",), "missed")


@pytest.mark.parametrize(
    ("said", "match"),
    [
        (Said(text="", done_on=date(2022, 7, 20)), "cả ngày và số"),
        (Said(text="Đã họp.", paper="12/BB"), "cả ngày và số"),
        (Said(text="", done_on=date(2022, 6, 30), paper="12/BB"), "Ngày văn bản"),
        (Said(text="", done_on=date(2022, 9, 11), paper="12/BB"), "Ngày văn bản"),
    ],
)
def test_evidence_has_a_day_in_its_time_and_a_number(office, said, match):
    with at(2022, 9, 10), pytest.raises(BadInput, match=match):
        explain(office, LEADER, MONTH, meeting(office), said)


def test_a_task_is_not_shown_done_by_a_paper(office):
    with at(2022, 9, 1):
        month, owed = missed_task(office)
        with pytest.raises(BadInput, match="chính nhiệm vụ"):
            explain(office, BHXH, month, owed, Said(text="", done_on=date(2022, 8, 20), paper="7/BC"))


def test_the_owner_of_the_board_does_not_weigh_its_own_reply(office):
    with at(2022, 9, 1):
        (reply,) = explain(office, DEPUTY, MONTH, meeting(office), Said(text="Tổ bận."))
        (other,) = explain(office, LEADER, MONTH, meeting(office), Said(text="Tổ bận."))
        with pytest.raises(Refused):
            explaining.weigh(office.account(*DEPUTY), office.group, [reply.id], accepted=True)
        with pytest.raises(Refused):
            explaining.weigh(office.account(*LEADER), office.group, [other.id], accepted=True)
        assert explaining.weigh(office.account(*LEADER), office.group, [reply.id], accepted=True)


def test_a_reply_accepted_later_is_a_difference_to_the_statement(office):
    with at(2022, 9, 1):
        frozen = duties.freeze(office.account(*DEPUTY), office.group, MONTH)
        said = Said(text="", done_on=date(2022, 7, 20), paper="12/BB-TCTĐA")
        (reply,) = explain(office, LEADER, MONTH, meeting(office), said)
        explaining.weigh(office.account(*DEPUTY), office.group, [reply.id], accepted=True)
        (change,) = duties.changes(office.group, frozen)
        early = clock.at_start_of(date(2022, 9, 1))
        assert {
            one.status for one in duties.obligations(office.group, MONTH, early) if one.object_kind == "regular"
        } == {"missed"}
    assert (change.frozen["status"], change.live.status) == ("missed", "met")


def test_what_can_be_recorded_is_what_the_records_state(office):
    with at(2022, 9, 1):
        stated = records(office.group, clock.now(office.group))
    by_kind = {"reports", "documents"}
    lists = {name for name, rows in stated.items() if isinstance(rows, list)} - {"reporting_agencies", *by_kind}
    assert {name for name in STATED if name.partition(":")[0] not in by_kind} == lists
    assert {f"reports:{row['kind']}" for row in stated["reports"]} <= STATED


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_an_empty_or_endless_reply_is_refused(office, text):
    with at(2022, 9, 1):
        month, owed = missed_task(office)
        with pytest.raises(BadInput, match="Giải trình"):
            explain(office, BHXH, month, owed, Said(text=text))


def test_a_duty_that_was_met_needs_no_reply(office):
    send_report(office, MONTH, 6)
    with at(2022, 7, 8):
        owed = next(one for one in duties.obligations(office.group, MONTH) if one.action == "report.send_monthly")
        with pytest.raises(BadInput, match="Chỉ giải trình"):
            explain(office, LEADER, MONTH, owed, Said(text="Đã gửi."))


def test_a_local_rule_gives_a_day_where_the_charter_has_none(office):
    def bounds() -> set[tuple[int, int]]:
        return {
            (one.due_before.month, one.due_before.day)
            for one in duties.obligations(office.group, MONTH)
            if one.action == "report.send_monthly"
        }

    with at(2022, 7, 2):
        assert bounds() == {(8, 1)}
        rule = setup.set_local_rule(office.account("leader"), office.group, "G-08", {"day": 17})
        assert (rule.number, rule.adopted_by) == (1, office.account("leader"))
        assert bounds() == {(7, 17)}


def test_the_office_enters_swapped_days(office):
    with at(2022, 7, 2):
        friday, saturday = clock.today().replace(day=15), clock.today().replace(day=16)
        with pytest.raises(Refused):
            setup.swap_day(office.account("member"), office.group, friday, "không có", worked=False)
        clerk = office.account("clerk")
        setup.swap_day(clerk, office.group, friday, "Thông báo 12/TB (bịa)", worked=False)
        setup.swap_day(clerk, office.group, saturday, "Thông báo 12/TB (bịa)", worked=True)
        days = adoption.calendar(friday)
    assert (days.is_working_day(friday), days.is_working_day(saturday)) == (False, True)
    assert adoption.swapped_days(2022) == dict.fromkeys((friday, saturday), "Thông báo 12/TB (bịa)")


def test_a_swap_that_changes_nothing_is_refused(office):
    with at(2022, 7, 2):
        clerk, monday, sunday = office.account("clerk"), date(2022, 7, 11), date(2022, 7, 10)
        with pytest.raises(BadInput, match="11/07/2022 vốn đã là ngày làm việc"):
            setup.swap_day(clerk, office.group, monday, "Thông báo 12/TB (bịa)", worked=True)
        with pytest.raises(BadInput, match="vốn đã là ngày nghỉ"):
            setup.swap_day(clerk, office.group, sunday, "Thông báo 12/TB (bịa)", worked=False)
        setup.swap_day(clerk, office.group, monday, "Thông báo 12/TB (bịa)", worked=False)
        with pytest.raises(BadInput, match="hãy bỏ dòng ấy"):
            setup.swap_day(clerk, office.group, monday, "Đính chính (bịa)", worked=True)
    assert set(adoption.swapped_days(2022)) == {monday}


def test_a_swapped_day_is_taken_back_on_record(office):
    with at(2022, 7, 2):
        clerk, monday = office.account("clerk"), date(2022, 7, 11)
        setup.swap_day(clerk, office.group, monday, "Thông báo 12/TB (bịa)", worked=False)
        with pytest.raises(Refused):
            setup.remove_swap(office.account("member"), office.group, monday, "ghi nhầm ngày")
        setup.remove_swap(clerk, office.group, monday, "ghi nhầm ngày")
        with pytest.raises(BadInput, match="không có trong bảng"):
            setup.remove_swap(clerk, office.group, monday, "ghi nhầm ngày")
        assert adoption.calendar(monday).is_working_day(monday)
    assert Entry.objects.filter(object_kind="calendar", object_id="2022-07-11").count() == 2
