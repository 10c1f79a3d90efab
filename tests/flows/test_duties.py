"""The compliance board: duties from the records, a statement frozen for good, replies that change no result."""

from __future__ import annotations

import hashlib
import json

import pytest

from dean06.adoption import service as adoption
from dean06.adoption.models import Statement
from dean06.charter.errors import Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import duties, ordering, reporting, setup
from dean06.ledger.models import Entry
from dean06.reports import service as reports
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


def test_a_party_explains_its_own_duty_and_the_result_stands(office):
    with at(2022, 9, 1):
        month, owed = missed_task(office)
        duty = duties.duty_of(month, owed)
        with pytest.raises(Refused):
            duties.explain(office.account("secretariat"), office.group, duty, "Không phải việc của tôi.")
        reply = duties.explain(office.account("member", "BHXH"), office.group, duty, "Phần mềm hỏng.")
        assert reports.replies(office.group.id, (month,)) == [reply]
        with pytest.raises(Refused):
            duties.weigh(office.account("member", "BHXH"), office.group, reply.id, accepted=True)
        assert duties.weigh(office.account("standing_deputy"), office.group, reply.id, accepted=True).accepted
        with pytest.raises(BadInput, match="đã được xem xét"):
            duties.weigh(office.account("standing_deputy"), office.group, reply.id, accepted=False)
        assert missed_task(office)[1].status == "missed"


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_an_empty_or_endless_reply_is_refused(office, text):
    with at(2022, 9, 1):
        month, owed = missed_task(office)
        with pytest.raises(BadInput, match="Giải trình"):
            duties.explain(office.account("member", "BHXH"), office.group, duties.duty_of(month, owed), text)


def test_a_duty_that_was_met_needs_no_reply(office):
    send_report(office, MONTH, 6)
    with at(2022, 7, 8):
        owed = next(one for one in duties.obligations(office.group, MONTH) if one.action == "report.send_monthly")
        with pytest.raises(BadInput, match="Chỉ giải trình"):
            duties.explain(office.account("leader"), office.group, duties.duty_of(MONTH, owed), "Đã gửi.")


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
