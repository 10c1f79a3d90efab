"""The board and the months: what may be frozen, what a local rule leaves alone, an unsigned text amended."""

from __future__ import annotations

import re
from datetime import date

from dean06.adoption import service as adoption
from dean06.adoption.service import Adoption
from dean06.flows import adopting, duties, setup
from flows.conftest import at
from web.neighbours import client
from web.test_charter_versions import OURS, pdf, shown


def test_a_month_before_the_charter_or_after_today_is_not_frozen(office_hours):
    deputy = client(office_hours.ours, "standing_deputy")
    for month in ("2021-01", "2022-04", "2022-08", "2022-13", "thang-nay"):
        assert deputy.post(f"{OURS}tuan-thu/{month}/chot/").status_code == 422, month
        assert adoption.statement(office_hours.ours.group.id, month) is None


def test_every_month_that_is_over_and_not_frozen_is_offered(office_hours):
    ours = office_hours.ours
    frozen = set(adoption.statements(ours.group.id))
    with at(2022, 10, 3):
        page = shown(ours, "tuan-thu/", "standing_deputy")
        offered = {f"2022-{month:02d}" for month in range(5, 10)} - frozen
        assert set(re.findall(r"tuan-thu/(\d{4}-\d\d)/chot/", page)) == offered
        assert duties.unfrozen(ours.group) == sorted(offered, reverse=True)
        assert "/chot/" not in shown(ours, "tuan-thu/", "secretariat")


def test_the_booklet_says_that_the_print_is_blank_and_what_two_people_entered(office_hours):
    text = pdf(client(office_hours.theirs).get("/t/to-b/quy-che/tep.pdf"))
    assert "Bản in để trống số hoặc ngày. Tổ đã nhập: Quyết định số 06/QĐ-THU ngày 20/05/2022; hai người" in text
    assert "chưa áp dụng" not in text
    assert "từ 20/05/2022" in text


def test_a_local_rule_of_october_leaves_the_statement_of_august_as_it_was(office_hours):
    theirs = office_hours.theirs
    with at(2022, 9, 2):
        kept = duties.freeze(theirs.account("standing_deputy"), theirs.group, "2022-08")
    with at(2022, 10, 17):
        leader = theirs.account("leader")
        before = duties.obligations(theirs.group, "2022-08")
        setup.set_local_rule(leader, theirs.group, "G-08", {"day": 5})
        setup.set_local_rule(leader, theirs.group, "G-13", {"move_to": "next_working_day"})
        assert duties.changes(theirs.group, kept) == []
        assert duties.obligations(theirs.group, "2022-08") == before
        bounds = {
            month: {
                one.due_before.day
                for one in duties.obligations(theirs.group, month)
                if one.action == "report.send_monthly" and one.due_before
            }
            for month in ("2022-10", "2022-11")
        }
    assert bounds == {"2022-10": {1}, "2022-11": {5}}


def test_an_unsigned_text_keeps_its_duties_after_a_signed_amendment(office_hours):
    theirs = office_hours.theirs
    line = theirs.group.charter_line
    with at(2022, 9, 2):
        before = [one.norm for one in duties.obligations(theirs.group, "2022-06")]
        draft, *_ = adoption.drafts(theirs.group.id)
        adopted = Adoption(instrument="15/QĐ-THU", signed_on=date(2022, 9, 1), in_force_from=date(2022, 9, 2))
        for role in ("leader", "standing_deputy"):
            adopting.confirm(theirs.account(role), theirs.group, draft, adopted)
        after = [one.norm for one in duties.obligations(theirs.group, "2022-06")]
        page = shown(theirs, "quy-che/")
    assert before == after
    assert [one.instrument for one in adoption.versions(line)] == ["06/QĐ-THU", "15/QĐ-THU"]
    assert "Quyết định số 15/QĐ-THU ngày 01/09/2022, sửa đổi, bổ sung Quyết định số 06/QĐ-THU ngày 20/05/2022" in page
