"""The whole river, small: a list goes in, faults become tasks, the next list proves, the report is signed."""

from __future__ import annotations

from pathlib import Path

import pytest

from dean06.adoption import service as adoption
from dean06.charter.errors import NeedsReason, Refused
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.demo import service as demo
from dean06.flows import correcting, intake, ordering, reporting, setup
from dean06.flows.desk import desk, overseers
from dean06.flows.intake import HandIn
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.reconcile.service import runs, scores
from dean06.reports.service import months as reports
from dean06.sources import service as sources
from dean06.work.service import tasks as work
from dean06.work.types import Filters, Status
from flows.conftest import SINCE, Office, assigned, at, own
from harness.settled import Settled, settled_once

SPAN = (2022, 10, 5)


def tasks_of(office: Office) -> list:
    viewer = offices.viewer(office.account("leader"), SPAN_DAY)
    see_all = overseers(adoption.charter_of(office.group.charter_line, SINCE))
    return list(work.tasks(viewer, office.group.id, Filters(), see_all=see_all, size=200).items)


SPAN_DAY = demo.month_end("2022-10")


def _two_months(folder: Path) -> Office:
    office = assigned(folder)
    for month in ("2022-05", "2022-06", "2022-07"):
        office.load_register(month)
    office.deliver("bhyt", "BHXH", "2022-06")
    office.deliver("bhyt", "BHXH", "2022-07", demo.Fix(share=0.8, said=0.1))
    return office


settled_months = settled_once("hai-thang", _two_months)


@pytest.fixture
def two_months(settled_months: Settled[Office], db: None, home: Path, tmp_path: Path) -> Office:
    return own(settled_months.again(home), tmp_path)


def test_faults_become_tasks_of_the_agency_that_the_clause_names(office):
    office.load_register("2022-06")
    office.deliver("bhyt", "BHXH", "2022-06")
    tasks = tasks_of(office)
    assert tasks
    assert {(task.lead, task.basis.article, task.basis.clause, task.basis.point) for task in tasks} == {
        ("BHXH", "7", "2", "k")
    }
    assert all(task.coordinating == ("POL",) for task in tasks)
    assignment = sources.assignment(office.group.id, "bhyt")
    assert {task.standing_permit for task in tasks} == {assignment.permit_digest}
    assert ledger.known_permit(assignment.permit_digest)


def test_only_the_next_delivery_closes_a_task(two_months):
    tasks = tasks_of(two_months)
    proved = [task for task in tasks if task.status == Status.DONE]
    assert proved
    assert all(task.closed_by.startswith("L") and task.done == task.total for task in proved)
    moving = [task for task in tasks if task.is_open and task.done]
    assert all(task.done < task.total for task in moving)


def test_an_agency_s_word_closes_nothing(two_months):
    task = next(task for task in tasks_of(two_months) if task.is_open)
    with at(2022, 8, 1):
        correcting.claim(two_months.account("member", "BHXH"), two_months.group, task.id, task.total)
    after = work.task_for_flow(task.id)
    assert (after.status, after.claimed) == (task.status, task.total)


def test_taking_a_delivery_back_restores_what_was(two_months):
    before_last = {task.ref: (task.status, task.done) for task in tasks_of(two_months)}
    two_months.load_register("2022-08")
    two_months.deliver("bhyt", "BHXH", "2022-08", demo.Fix(share=1.0))
    after = {task.ref: (task.status, task.done) for task in tasks_of(two_months)}
    assert after != before_last
    with at(2022, 9, 1):
        intake.take_back(two_months.account("member", "BHXH"), two_months.delivered["2022-08"])
    restored = {task.ref: (task.status, task.done) for task in tasks_of(two_months) if task.ref in before_last}
    assert restored == before_last


def test_the_same_file_twice_is_one_delivery(office):
    office.load_register("2022-06")
    office.deliver("bhyt", "BHXH", "2022-06")
    path = office.folder / demo.delivery_name(office.world, "bhyt", "2022-06")
    again = HandIn(source="bhyt", period="2022-06", agency="BHXH", file=path, file_name=path.name)
    with at(2022, 7, 1), pytest.raises(BadInput, match="đã nộp"):
        intake.hand_in(office.account("member", "BHXH"), office.group, again)


def test_an_unreadable_file_is_refused_with_its_name_and_kept(office):
    office.load_register("2022-06")
    path = office.folder / "hong.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with at(2022, 7, 1):
        given = HandIn(source="bhyt", period="2022-06", agency="BHXH", file=path, file_name="hong.xlsx")
        delivery = intake.hand_in(office.account("member", "BHXH"), office.group, given)
        assert intake.process(office.account("member", "BHXH"), delivery.id) is None
    after = sources.delivery_for_work(delivery.id)
    assert after.state == "refused"
    assert "hong.xlsx" in after.problem_vi
    assert any(after.directory.glob("goc*"))


def test_processing_again_after_a_kill_changes_nothing(office):
    office.load_register("2022-06")
    office.deliver("bhyt", "BHXH", "2022-06")
    before = (
        [task.ref for task in tasks_of(office)],
        len(runs.runs(offices.viewer(office.account("leader"), SPAN_DAY), office.group.id)),
    )
    with at(2022, 7, 1):
        intake.process(office.account("member", "BHXH"), office.delivered["2022-06"])
    after = (
        [task.ref for task in tasks_of(office)],
        len(runs.runs(offices.viewer(office.account("leader"), SPAN_DAY), office.group.id)),
    )
    assert after == before


def test_without_the_leader_s_assignment_nothing_is_ordered_by_itself(home, db, tmp_path):
    from flows.conftest import found

    office = found("quang-ninh-2022", "khac", tmp_path)
    office.load_register("2022-06")
    office.deliver("bhyt", "BHXH", "2022-06")
    assert tasks_of(office) == []
    cause = corrections.groups_to_order(office.group.id, "bhyt")[0].cause
    with at(2022, 7, 1):
        with pytest.raises((Refused, NeedsReason)):
            ordering.order_by_hand(office.account("member", "BHXH"), office.group, "bhyt", cause)
        made = ordering.order_by_hand(office.account("leader"), office.group, "bhyt", cause)
    task = work.task_for_flow(made.task_id)
    assert (task.assigned_by_role, task.standing_permit) == ("leader", "")


def test_the_report_leads_each_number_to_a_file(two_months):
    office = two_months
    with at(2022, 8, 3):
        report = reporting.make(office.account("secretariat"), office.group, "2022-08")
    facts = report.sheet.by_code()
    assert facts["nop.so_lan"].value == 1
    delivery = sources.delivery_for_work(office.delivered["2022-07"])
    assert facts["nop.so_dong"].value == delivery.rows
    assert delivery.file_sha256 in {source.sha256 for source in facts["nop.so_dong"].sources}
    assert all(fact.sources for fact in report.sheet.facts)
    counted = corrections.counts(office.group.id, (at_start("2022-07-01"), at_start("2022-08-01"))).in_span
    assert facts["sl.chung_minh"].value == counted.proved


def at_start(day: str):
    from datetime import date

    from dean06.clock import service as clock

    return clock.at_start_of(date.fromisoformat(day))


def test_a_remade_report_keeps_the_clerk_s_words_and_shows_what_changed(two_months):
    office = two_months
    clerk = office.account("secretariat")
    with at(2022, 8, 3):
        reporting.make(clerk, office.group, "2022-08")
        reporting.edit(clerk, office.group, "2022-08", {"v.1": "Đề nghị cấp thêm máy quét cho {nop.so_lan} nơi nộp."})
        with pytest.raises(BadInput, match="không có số liệu"):
            reporting.edit(clerk, office.group, "2022-08", {"v.1": "Có {so.bia} dòng."})
    office.deliver("hoc-sinh", "GDDT", "2022-07")
    with at(2022, 8, 4):
        again = reporting.make(clerk, office.group, "2022-08")
    words = {one.key: one.text for section in again.sections for one in section.paragraphs}
    assert words["v.1"] == "Đề nghị cấp thêm máy quét cho {nop.so_lan} nơi nộp."
    assert again.version == 2
    assert ("nop.so_lan", "1", "2") in {(one.code, one.before, one.after) for one in again.changes}


def test_the_deputy_signs_only_when_the_charter_lets_him(two_months):
    office = two_months
    with at(2022, 8, 3):
        reporting.make(office.account("secretariat"), office.group, "2022-08")
        answer = reporting.signing_answer(office.account("standing_deputy"), office.group, "2022-08")
        assert answer.decision.outcome == "not_allowed"
        assert answer.decision.who_can == ("leader",)
        with pytest.raises(Refused) as refused:
            reporting.issue(office.account("standing_deputy"), office.group, "2022-08")
        assert "Điều 4 khoản 4" in refused.value.vi
        issued = reporting.issue(office.account("leader"), office.group, "2022-08")
        assert issued.label == "01/BC-TCTĐA"
        sent = reporting.send(office.account("clerk"), office.group, "2022-08")
        assert [one["to"] for one in sent] == ["pc_chair"]
        with pytest.raises(BadInput, match="đã phát hành"):
            reporting.make(office.account("secretariat"), office.group, "2022-08")
        duties = {
            duty.obligation.action: duty.obligation.status
            for duty in desk(offices.viewer(office.account("leader"), SPAN_DAY), office.group).duties
        }
        assert duties["report.send_monthly"] == "met"


def test_numbers_of_a_series_have_no_hole(two_months):
    office = two_months
    labels = []
    for month in ("2022-07", "2022-08"):
        with at(2022, int(month[-2:]), 28):
            reporting.make(office.account("secretariat"), office.group, month)
            labels.append(reporting.issue(office.account("leader"), office.group, month).label)
    assert labels == ["01/BC-TCTĐA", "02/BC-TCTĐA"]


def test_every_act_is_in_a_sound_ledger(two_months):
    ledger.sequence()
    report = ledger.verify()
    assert report.sound
    assert report.entries == report.sequenced > 40


def test_a_local_rule_moves_the_span_and_stands_in_the_report(two_months):
    office = two_months
    with at(2022, 7, 2):
        setup.set_local_rule(office.account("leader"), office.group, "G-12", {"from_day": 15})
    with at(2022, 8, 20):
        report = reporting.make(office.account("secretariat"), office.group, "2022-08")
    assert (report.since.isoformat(), report.until.isoformat()) == ("2022-07-15", "2022-08-14")
    assert "quy ước số 1" in report.sheet.span_rule


def test_scores_come_with_each_run(two_months):
    viewer = offices.viewer(two_months.account("leader"), SPAN_DAY)
    newest = runs.runs(viewer, two_months.group.id)[0]
    measured = scores.of_run(viewer, newest.id)
    assert set(measured) >= {"D1", "D2", "C1", "C3", "S1", "S4", "S5", "L1"}
    assert measured["C3"].total == newest.rows
    assert measured["C3"].good == newest.named
    assert measured["L1"].good == 1
    communes = scores.by_commune(viewer, newest.id)
    assert sum(one["C3"].total for one in communes.values()) <= newest.rows


def test_a_stranger_sees_nothing(two_months):
    stranger = offices.viewer("00000000-0000-4000-8000-000000000009", SPAN_DAY)
    assert sources.deliveries(stranger, two_months.group.id) == []
    assert runs.runs(stranger, two_months.group.id) == []
    assert reports.reports(stranger, two_months.group.id) == []
    assert work.tasks(stranger, two_months.group.id, Filters()).total == 0
