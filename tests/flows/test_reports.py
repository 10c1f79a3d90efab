"""A report's numbers lead to checksums, its paper is the one that was read, and no other group has a part in it."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from dean06.charter.errors import Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.demo import service as demo
from dean06.flows import correcting, drafting, facts, intake, ordering, reporting
from dean06.flows.duties import obligations
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from dean06.offices.models import Group
from dean06.papers.models import Paper, Series
from dean06.papers.service import documents, issuing
from dean06.reconcile.service import runs, scores
from dean06.reports.service import months as reports
from dean06.sources import service as sources
from dean06.sources.models import Delivery
from dean06.work.models import Task
from flows.conftest import SINCE, Office, at, found, kept, own
from flows.neighbours import neighbour


def build(folder) -> Office:
    bare = found("quang-ninh-2022", "qn", folder, persons=160)
    with at(2022, 6, 1):
        ordering.assign_source(bare.account("leader"), bare.group, "bhyt")
    bare.load_register("2022-06")
    bare.deliver("bhyt", "BHXH", "2022-06")
    return bare


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("bao-cao"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def make(office: Office, month: str = "2022-07", day: int = 5):
    with at(int(month[:4]), int(month[5:]), day):
        return reporting.make(office.account("secretariat"), office.group, month)


def words(report) -> dict[str, str]:
    return {one.key: one.text for section in report.sections for one in section.paragraphs}


def said(block) -> str:
    """Return the words of a paragraph of a paper."""
    return "".join(word.text for word in block.words)


def test_every_number_that_is_not_nought_leads_to_a_checksum(office):
    for month in ("2022-07", "2022-08"):  # in the second month no list came, and faults are still open
        report = make(office, month)
        bare_ones = [
            fact.code
            for fact in report.sheet.facts
            if fact.value not in {0, ""} and not all(source.sha256 for source in fact.sources)
        ]
        assert bare_ones == []
    still = report.sheet.by_code()["sl.con_mo"]
    assert still.value > 0
    run = runs.for_work(office.delivered and runs.latest_of_delivery(office.delivered["2022-06"]).id)
    assert {source.sha256 for source in still.sources} == {
        run.result_sha256,
        sources.delivery_for_work(run.delivery_id).file_sha256,
    }


def test_made_again_of_the_same_the_facts_are_the_same(office):
    first, second = make(office), make(office, day=6)
    assert first.sheet == second.sheet
    assert first.sheet.digest() == second.sheet.digest()
    assert second.changes == ()


def test_a_list_recorded_after_the_span_s_end_brings_its_sources_along(office):
    path = office.folder / "muon.csv"
    demo.write_delivery(office.world, "bhyt", "2022-07", path, fixed=demo.Fix(share=0.3))
    account = office.account("member", "BHXH")
    with at(2022, 7, 31, 23):
        given = intake.HandIn(source="bhyt", period="2022-07", agency="BHXH", file=path, file_name=path.name)
        delivery = intake.hand_in(account, office.group, given)
    with at(2022, 8, 1, 1):
        intake.process(account, delivery.id)
    proved = make(office, "2022-09").sheet.by_code()["sl.chung_minh"]
    assert proved.value > 0
    assert delivery.file_sha256 in {source.sha256 for source in proved.sources}
    before = make(office, "2022-08").sheet.by_code()
    assert (before["nop.so_lan"].value, before["sl.chung_minh"].value) == (1, 0)


def test_months_are_written_as_offices_read_them(office):
    made = make(office)
    annex = drafting.annex(office.group, made)
    read = [annex.title, *(cell for table in made.sheet.tables for row in table.rows for cell in row)]
    read += [fact.label for fact in made.sheet.facts]
    read += [source.label for fact in made.sheet.facts for source in fact.sources]
    assert annex.title == "Phụ lục báo cáo tháng 07/2022"
    assert any("kỳ 06/2022" in text for text in read)
    assert not [text for text in read if re.search(r"20[0-9]{2}-[0-9]{2}", text)]
    with at(2022, 8, 5), pytest.raises(BadInput, match="tháng 08/2022"):
        reporting.edit(office.account("secretariat"), office.group, "2022-08", {})


def test_what_was_taken_back_or_refused_is_in_no_number(office):
    office.load_register("2022-07")
    office.deliver("bhyt", "BHXH", "2022-07", demo.Fix(share=0.5))
    bad = office.folder / "hong.xlsx"
    bad.write_bytes(b"PK\x03\x04 no workbook")
    account = office.account("member", "BHXH")
    with at(2022, 7, 31, 23):
        given = intake.HandIn(source="bhyt", period="2022-07", agency="BHXH", file=bad, file_name=bad.name)
        intake.process(account, intake.hand_in(account, office.group, given).id)
    before = make(office, "2022-08")
    assert before.sheet.by_code()["nop.so_lan"].value == 1
    label = next(fact.code for fact in before.sheet.facts if fact.code.endswith(".dong"))
    with at(2022, 8, 6):
        reporting.edit(
            office.account("secretariat"), office.group, "2022-08", {"v.1": f"Kỳ này có {{{label}}} dòng.", "v.2": ""}
        )
        intake.take_back(account, office.delivered["2022-07"])
    after = make(office, "2022-08", 7)
    known = after.sheet.by_code()
    assert label not in known
    assert [known[code].value for code in ("nop.so_lan", "nop.so_dong", "kq.khop", "sl.moi", "sl.chung_minh")] == [
        0
    ] * 5
    assert words(after)["v.1"] == f"Kỳ này có [không còn số liệu: {label}] dòng."
    assert after.lost == (label,)
    with at(2022, 8, 8):
        with pytest.raises(BadInput, match="không còn nữa"):
            reporting.issue(office.account("leader"), office.group, "2022-08")
        assert not Series.objects.exists()
        reporting.edit(office.account("secretariat"), office.group, "2022-08", {"v.1": "Kỳ này không có danh sách."})
        assert reporting.issue(office.account("leader"), office.group, "2022-08").number == 1


def test_a_paragraph_the_clerk_emptied_stays_empty_and_added_ones_keep_their_keys(office):
    made = make(office)
    key = next(iter(words(made)))
    section = made.sections[-1].key
    clerk = office.account("secretariat")
    with at(2022, 7, 6):
        for text in ("Một.", "Hai."):
            reporting.edit(clerk, office.group, "2022-07", {f"{section}.them": text})
        reporting.edit(clerk, office.group, "2022-07", {key: "", f"{section}.them1": ""})
        last = reporting.edit(clerk, office.group, "2022-07", {f"{section}.them": "Ba."})
    assert {name: text for name, text in words(last).items() if "them" in name} == {
        f"{section}.them2": "Hai.",
        f"{section}.them3": "Ba.",
    }
    assert [said(block) for block in documents.content(last.paper_id).body[-1].blocks] == [
        "Không có kiến nghị trong kỳ.",
        "Hai.",
        "Ba.",
    ]
    again = make(office, day=7)
    assert words(again) == words(last)
    assert key not in words(again)


def test_what_is_signed_is_what_was_read(office, monkeypatch):
    read = make(office)
    issue = issuing.issue

    def meanwhile(*given):
        monkeypatch.setattr(issuing, "issue", issue)
        with at(2022, 7, 6, 10):
            reporting.edit(office.account("secretariat"), office.group, "2022-07", {"v.1": "Đổi giữa chừng."})
        return issue(*given)

    monkeypatch.setattr(issuing, "issue", meanwhile)
    with at(2022, 7, 6), pytest.raises(Exception, match="nội dung khác"):
        reporting.issue(office.account("leader"), office.group, "2022-07")
    assert not Series.objects.exists()
    with at(2022, 7, 7):
        reporting.edit(office.account("secretariat"), office.group, "2022-07", {"v.1": "Đổi sau khi đọc."})
        with pytest.raises(BadInput, match="đọc lại"):
            reporting.issue(office.account("leader"), office.group, "2022-07", seen=read.content)
        now = reports.for_work(office.group.id, "2022-07").content
        reporting.issue(office.account("leader"), office.group, "2022-07", seen=now)
    acts = [json.loads(body) for body in Entry.objects.order_by("-pk").values_list("body", flat=True)]
    signed = [act for act in acts if act["action"] in {"document.number", "document.sign"}]
    assert sorted((act["action"], act["note"]["number"]) for act in signed[:2]) == [
        ("document.number", 1),
        ("document.sign", 1),
    ]


def test_a_paper_of_older_words_is_not_signed(office, monkeypatch):
    make(office)
    with monkeypatch.context() as cut:
        cut.setattr(reports, "attach_paper", lambda *_: 1 / 0)
        with at(2022, 7, 6), pytest.raises(ZeroDivisionError):
            reporting.edit(office.account("secretariat"), office.group, "2022-07", {"v.1": "Câu mới."})
    assert Paper.objects.count() == 1
    with at(2022, 7, 7), pytest.raises(BadInput, match="lập lại rồi ký"):
        reporting.issue(office.account("leader"), office.group, "2022-07")
    make(office, day=8)
    assert Paper.objects.count() == 1
    with at(2022, 7, 9):
        assert reporting.issue(office.account("leader"), office.group, "2022-07").number == 1


def test_of_what_an_agency_says_before_one_run_its_last_word_counts(office):
    task = Task.objects.order_by("-total")[0]
    member = office.account("member", "BHXH")
    for day, said in ((3, 1), (4, 2), (5, task.total)):
        with at(2022, 7, day):
            correcting.claim(member, office.group, task.pk, said)
    office.load_register("2022-07")
    office.deliver("bhyt", "BHXH", "2022-07")
    task.refresh_from_db()
    assert make(office, "2022-08").sheet.by_code()["sl.khai_sai"].value == task.total - task.done


def test_a_group_s_duties_are_met_by_its_own_report_alone(office):
    other, leader = neighbour(office)
    make(office)
    with at(2022, 7, 6):
        reporting.make(leader, other, "2022-07")
        reporting.issue(office.account("leader"), office.group, "2022-07")
        reporting.send(office.account("clerk"), office.group, "2022-07")

        def status(group) -> str:
            return next(one.status for one in obligations(group, "2022-07") if one.action == "report.send_monthly")

        assert (status(office.group), status(other)) == ("met", "pending")
        with pytest.raises(Refused):
            reporting.issue(office.account("leader"), other, "2022-07")
    assert facts.gather(other, "2022-08").by_code()["nop.so_lan"].value == 0
    assert {one.group_id for one in Paper.objects.exclude(number=None)} == {office.group.id}


def test_a_parent_group_sees_what_was_issued_and_no_row(office):
    above, leader = neighbour(office)
    Group.objects.filter(pk=office.group.id).update(parent_id=above.id)
    seen = offices.viewer(leader, SINCE)
    report = make(office)
    assert reports.reports(seen, office.group.id) == []
    assert reports.report(seen, office.group.id, "2022-07") is None
    with at(2022, 7, 6):
        reporting.issue(office.account("leader"), office.group, "2022-07")
    assert [one.month for one in reports.reports(seen, office.group.id)] == ["2022-07"]
    assert documents.file(seen, report.paper_id, "pdf")
    run = runs.latest_of_delivery(office.delivered["2022-06"])
    assert scores.of_run(seen, run.id)
    assert runs.run(seen, run.id) is None
    assert sources.deliveries(seen, office.group.id) == []


def test_a_demonstration_s_report_is_of_its_own_day(office):
    group, account = neighbour(office, own_day=date(2022, 9, 10))
    reporting.make(account, group, "2022-09")
    issued = reporting.issue(account, group, "2022-09")
    assert (issued.issued_on, issued.year) == (date(2022, 9, 10), 2022)
    (receipt,) = reporting.send(account, group, "2022-09")
    assert receipt["at"].astimezone(clock.TZ).date() == date(2022, 9, 10)
    duty = next(one for one in obligations(group, "2022-09") if one.action == "report.send_monthly")
    assert duty.status == "met"
    assert not Delivery.objects.filter(group_id=group.id).exists()
