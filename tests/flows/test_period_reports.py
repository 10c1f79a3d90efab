"""Half-year and year reports stand on the months' reports as issued; what was sent stays, and a new one cites it."""

from __future__ import annotations

import pytest

from dean06.charter.errors import NeedsReason
from dean06.clock.errors import BadInput
from dean06.flows import reporting
from dean06.flows.duties import obligations
from dean06.papers.service import documents as papers
from dean06.reports.models import IssuedReport
from dean06.reports.service import months as reports
from flows.conftest import Office, at

pytestmark = pytest.mark.either_database  # its rooms are asked on both databases by tests of their own


@pytest.fixture
def years_end(office: Office) -> Office:
    """Two months of the second half of 2022 issued; in the second the clerk wrote a request."""
    writer, leader = office.account("secretariat"), office.account("leader")
    office.load_register("2022-07")
    office.deliver("bhyt", "BHXH", "2022-07")
    for month in ("2022-08", "2022-09"):
        with at(2022, int(month[5:]), 5):
            reporting.make(writer, office.group, month)
            if month == "2022-09":
                reporting.edit(writer, office.group, month, {"v.1": "Đề nghị bổ sung máy; còn {sl.con_mo} sai lệch."})
            reporting.issue(leader, office.group, month)
            reporting.send(office.account("clerk"), office.group, month)
    return office


def half_year(office: Office):
    with at(2022, 12, 20):
        return reporting.make(office.account("secretariat"), office.group, "2022-H2", reason="Tổ phó giao")


def test_its_figures_are_those_of_the_months_as_issued(years_end):
    made = half_year(years_end)
    facts = made.sheet.by_code()
    issued = {one.month: one for one in reports.issued_between(years_end.group.id, made.since, made.until)}
    assert set(issued) == {"2022-08", "2022-09"}
    for code in ("nop.so_dong", "sl.moi", "nv.giao"):
        assert facts[code].value == sum(one.sheet.by_code()[code].value for one in issued.values())
    assert facts["sl.con_mo"].value == issued["2022-09"].sheet.by_code()["sl.con_mo"].value
    assert {source.sha256 for source in facts["sl.moi"].sources} == {one.content for one in issued.values()}
    said = {one.key: one.text for section in made.sections for one in section.paragraphs}
    assert "chưa có báo cáo phát hành cho số liệu tháng 09/2022, 10/2022, 11/2022, 12/2022" in said["i.1"]
    (carried,) = [text for key, text in said.items() if key.startswith("v.t")]
    assert carried.startswith("Tháng 09/2022: Đề nghị bổ sung máy; còn ")
    assert "{sl.con_mo}" not in carried  # the number as it stood then
    assert "v.1" not in said
    assert papers.content(made.paper_id).abstract == "Sơ kết thực hiện Đề án 06 6 tháng cuối năm 2022"


def test_who_reviews_is_for_the_clause_and_the_duty_is_met_by_its_sending(years_end):
    with at(2022, 12, 20), pytest.raises(NeedsReason):  # Article 6.1 gives it to the standing member
        reporting.make(years_end.account("secretariat"), years_end.group, "2022-H2")
    half_year(years_end)
    with at(2022, 12, 21):
        reporting.issue(years_end.account("leader"), years_end.group, "2022-H2")
        before = {one.action: one.status for one in obligations(years_end.group, "2022-12")}
        receipts = reporting.send(years_end.account("clerk"), years_end.group, "2022-H2")
        after = {one.action: one.status for one in obligations(years_end.group, "2022-12")}
    assert {each["to"] for each in receipts} == {"leader", "deputy"}
    assert (before["review.conduct"], after["review.conduct"]) == ("pending", "met")


def test_a_period_without_an_issued_month_is_refused(years_end):
    with at(2022, 12, 20), pytest.raises(BadInput, match="6 tháng đầu năm 2022"):
        reporting.make(years_end.account("secretariat"), years_end.group, "2022-H1", reason="x")


def test_the_year_adds_what_both_halves_told(years_end):
    with at(2022, 12, 22):
        made = reporting.make(years_end.account("secretariat"), years_end.group, "2022")
    (table,) = [one for one in made.sheet.tables if one.key == "so_sanh"]
    assert [row[2] for row in table.rows] == ["chưa có"] * len(table.rows)  # nothing of 2021
    assert made.sheet.by_code()["ky.so_bao_cao"].value == 2


def test_what_was_issued_stays_and_the_one_in_its_place_cites_it(years_end):
    group, writer, leader = years_end.group, years_end.account("secretariat"), years_end.account("leader")
    first = reports.for_work(group.id, "2022-09")
    old = papers.for_work(first.paper_id)
    sent_first = reports.dispatches(group.id)["2022-09"]
    with at(2022, 9, 20):
        with pytest.raises(BadInput, match="lý do"):
            reporting.reopen(leader, group, "2022-09", " ")
        reporting.reopen(leader, group, "2022-09", "Thiếu số liệu")
        reporting.edit(writer, group, "2022-09", {"iv.1": "Nhiệm vụ mới."})
        reporting.issue(leader, group, "2022-09")
        assert reports.receipts(first.id) == []  # the new one has gone nowhere yet
        reporting.send(years_end.account("clerk"), group, "2022-09")
    again = reports.for_work(group.id, "2022-09")
    assert f"(thay thế Báo cáo số {old.label} ngày 05/09/2022)" in papers.content(again.paper_id).abstract
    kept, new = IssuedReport.objects.filter(report_id=first.id).order_by("number")
    assert (kept.content, kept.paper_id, kept.counts) == (first.content, first.paper_id, False)
    assert (new.content, new.counts) == (again.content, True)
    assert papers.for_work(first.paper_id).docx_sha256 == old.docx_sha256
    assert set(sent_first) <= set(reports.dispatches(group.id)["2022-09"])
    (counted,) = [one for one in reports.issued_between(group.id, again.since, again.until) if one.month == "2022-09"]
    assert counted.content == again.content


def test_the_leader_does_not_acknowledge_what_is_sent_to_him(years_end):
    """O-07: the committee's chair is the leader; his office receives the report, by an act of its own."""
    group = years_end.group
    with at(2022, 9, 6):
        (receipt,) = reports.receipts(reports.for_work(group.id, "2022-09").id)
        assert (receipt["to"], receipt["received_at"]) == ("pc_chair", None)
        with pytest.raises(BadInput, match="không tự xác nhận"):
            reporting.acknowledge(years_end.account("leader"), group, "2022-09", "pc_chair", "Tôi")
        reporting.acknowledge(years_end.account("clerk"), group, "2022-09", "pc_chair", "Văn phòng, bà Tám")
        (receipt,) = reports.receipts(reports.for_work(group.id, "2022-09").id)
        assert receipt["received_by"] == "Văn phòng, bà Tám"
        with pytest.raises(BadInput, match="đã xác nhận"):
            reporting.acknowledge(years_end.account("clerk"), group, "2022-09", "pc_chair", "Văn phòng")
