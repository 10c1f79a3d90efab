"""Thresholds as the group's dated decisions, and months that are frozen and made again to the byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dean06.charter.errors import Refused
from dean06.cli import installed
from dean06.cli.main import main
from dean06.clock.errors import BadInput
from dean06.demo import service as demo
from dean06.flows import facts, ordering, reporting, scorecards
from dean06.flows.due import scores as due_scores
from dean06.ledger import service as ledger
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.reconcile.models import MonthScores, Score
from dean06.reconcile.service import month_scores, month_trends, scores, thresholds
from dean06.reconcile.service import runs as matching
from dean06.reconcile.types import NewThreshold
from dean06.sources.models import Assignment
from flows.conftest import Office, at, found, kept, own
from web.neighbours import client

MONTH = "2022-06"


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=400)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
        ordering.assign_source(made.account("leader"), made.group, "hoc-sinh")
    for month in (MONTH, "2022-07"):
        made.load_register(month)
        made.delivered[f"run {month}"] = made.deliver("bhyt", "BHXH", month)
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("diem"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def new(
    measure: str = "C3", value: str | None = "0.80", source: str = "", since: date = date(2022, 7, 1)
) -> NewThreshold:
    return NewThreshold(
        source=source,
        measure=measure,
        value=None if value is None else Decimal(value),
        from_day=since,
        decision="15/KL-TCT",
        decided_on=date(2022, 6, 20),
    )


def decide(office: Office, what: NewThreshold, *, role: str = "leader"):
    with at(2022, 7, 2):
        return scorecards.decide(office.account(role), office.group, what)


def judged(office: Office, month: str, measure: str = "C3"):
    return scores.for_work(office.delivered[f"run {month}"])[measure]


def freeze(
    office: Office, month: str = MONTH, *, role: str = "standing_deputy", day: Callable = lambda: at(2022, 7, 5)
):
    with day():
        return scorecards.freeze(office.account(role), office.group, month)


# ------------------------------------------------------------ thresholds


def test_until_the_group_decides_the_starting_threshold_judges_and_says_so(office):
    one = judged(office, MONTH)
    assert (one.target, one.decided) == (0.95, None)


def test_a_decision_judges_from_its_day_on_and_no_earlier_month(office):
    decide(office, new())
    assert judged(office, MONTH).target == 0.95
    later = judged(office, "2022-07")
    assert later.target == 0.8
    assert later.decided.decision == "15/KL-TCT"
    assert later.decided.decided_on == date(2022, 6, 20)


def test_the_verdict_of_an_axis_follows_the_threshold_of_its_period(office):
    complete = next(axis for axis in scores.AXES if axis.code == "du")

    def worst(month: str):
        return scores.measure_of_axis(scores.for_work(office.delivered[f"run {month}"]), complete)

    before, after = worst(MONTH), worst("2022-07")
    assert not after.below
    low = next(code for code in complete.measures if 0 < (one := judged(office, "2022-07", code)).good < one.total)
    decide(office, new(low, "1"))
    assert worst("2022-07").code == low
    assert worst("2022-07").below
    assert worst(MONTH) == before


def test_a_decision_on_one_source_goes_before_one_on_all(office):
    decide(office, new(value="0.70", source="bhyt"))
    decide(office, new(value="0.99"))
    assert judged(office, "2022-07").target == 0.7
    known = thresholds.decided(office.group.id)
    assert float(thresholds.in_force(known, "hoc-sinh", date(2022, 7, 31))["C3"].value) == 0.99


def test_a_later_decision_gives_an_earlier_one_up_and_the_history_keeps_both(office):
    decide(office, new(value="0.70", source="bhyt"))
    decide(office, new(value="0.90"))
    decide(office, new(value=None, source="bhyt", since=date(2022, 7, 20)))
    assert judged(office, "2022-07").target == 0.9
    decide(office, new(value=None, since=date(2022, 7, 21)))
    assert judged(office, "2022-07").decided is None
    viewer = offices.viewer(office.account("member"), date(2022, 7, 5))
    told = thresholds.decisions(viewer, office.group.id)
    assert [one.value for one in told] == [None, None, Decimal("0.90000"), Decimal("0.70000")]


def test_a_decision_stands_in_the_ledger_under_its_permit(office):
    one = decide(office, new())
    entry = Entry.objects.filter(object_kind="threshold").latest("pk")
    assert entry.action == "threshold.decide"
    assert entry.object_id == "qn:moi-nguon:C3:2022-07-01"
    assert one.set_by == office.account("leader")


def test_only_the_leader_enters_what_the_group_decided(office):
    with pytest.raises(Refused):
        decide(office, new(), role="member")


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (new("X9"), "Không có phép đo"),
        (new(source="khong-co"), "Không có nguồn"),
        (new(value="1.2"), "không quá 100 %"),
        (new(value="0"), "lớn hơn 0 %"),
        (new(since=date(2022, 6, 19)), "trước ngày quyết định"),
        (new(value=None), "không có gì để bỏ"),
        (replace(new(), decision=" "), "Ghi số"),
        (replace(new(since=date(2022, 8, 1)), decided_on=date(2022, 7, 3)), "sau hôm nay"),
    ],
)
def test_what_cannot_be_a_decision_is_refused_in_one_sentence(office, what, says):
    with pytest.raises(BadInput, match=says):
        decide(office, what)


def test_no_decision_reaches_a_month_that_is_frozen(office):
    freeze(office)
    with pytest.raises(BadInput, match="tháng 06/2022 đã chốt"):
        decide(office, new(since=date(2022, 6, 25)))
    decide(office, new(since=date(2022, 7, 1)))


# ------------------------------------------------------------ frozen months


def test_a_frozen_month_names_run_files_register_and_thresholds(office):
    frozen = freeze(office)
    told = json.loads(frozen.text)
    assert (told["format"], told["group"], told["month"]) == ("dean06-month-scores/1", "qn", MONTH)
    own = next(one for one in told["sources"] if one["source"] == "bhyt")
    assert own["run"] == f"L{office.delivered[f'run {MONTH}']}"
    assert all(len(own[name]) == 64 for name in ("run_sha256", "file_sha256", "register_sha256"))
    whole = next(one for one in own["cells"] if one["commune"] == "" and one["measure"] == "C3")
    measured = judged(office, MONTH)
    assert (whole["good"], whole["total"]) == (measured.good, measured.total)
    assert whole["low"] == f"{measured.low:.6f}"
    threshold = next(one for one in own["thresholds"] if one["measure"] == "C3")
    assert threshold == {"measure": "C3", "value": "0.950000", "decision": None}
    assert {one["axis"] for one in own["axes"]} == {axis.code for axis in scores.AXES}


def test_no_figure_of_a_frozen_month_is_a_float(office):
    def floats(value) -> bool:
        if isinstance(value, dict):
            return any(floats(one) for one in value.values())
        return any(floats(one) for one in value) if isinstance(value, list) else isinstance(value, float)

    assert not floats(json.loads(freeze(office).text))


def test_a_source_that_did_not_come_is_told_as_not_measured(office):
    told = json.loads(freeze(office).text)
    assert {"source": "hoc-sinh", "run": None} in told["sources"]


def test_stored_runs_give_the_same_bytes_again_whatever_came_later(office):
    frozen = freeze(office)
    with at(2022, 7, 6):
        ordering.assign_source(office.account("leader"), office.group, "tre-em")
    again = office.folder / "sua.csv"
    demo.write_delivery(office.world, "bhyt", MONTH, again)
    again.write_text(again.read_text(encoding="utf-8-sig").rstrip("\n").rsplit("\n", 1)[0] + "\n", encoding="utf-8")
    later = office.hand_in("bhyt", "BHXH", MONTH, again)
    decide(office, new(since=date(2022, 7, 1)))
    assert later != office.delivered[f"run {MONTH}"]
    kept = month_scores.for_work(office.group.id, MONTH)
    assert kept == frozen
    assert month_scores.content(office.group.id, MONTH, kept.runs) == frozen.text
    assert month_scores.unlike(kept) == []
    # made anew, the month would say otherwise
    assert month_scores.content(office.group.id, MONTH, month_scores.chosen(office.group.id, MONTH)) != frozen.text


def test_the_check_names_the_very_figure_that_differs(office):
    frozen = freeze(office)
    row = Score.objects.filter(run_id=office.delivered[f"run {MONTH}"], commune="", measure="C3").get()
    row.good -= 1
    row.save()
    told = month_scores.unlike(frozen)
    assert told
    assert {one.where for one in told} >= {"sources bhyt cells C3 good"}
    good = next(one for one in told if one.where == "sources bhyt cells C3 good")
    assert (int(good.frozen), int(good.now)) == (row.good + 1, row.good)
    assert all(one.where.startswith("sources bhyt") for one in told)


def test_a_changed_byte_in_the_vault_is_named(office):
    frozen = freeze(office)
    path = matching.for_work(office.delivered[f"run {MONTH}"]).result
    whole = path.read_bytes()
    path.chmod(0o600)
    try:
        path.write_bytes(whole + b" ")
        assert [one.where for one in month_scores.unlike(frozen)] == ["bhyt run_sha256 (vault)"]
    finally:
        path.write_bytes(whole)  # the vault is the module's
    assert month_scores.unlike(frozen) == []


def test_the_command_says_what_differs_and_ends_with_it(office, monkeypatch, capsys):
    monkeypatch.setattr(installed, "load", lambda: None)
    assert main(["scores", "verify"]) == 0
    assert "Chưa có tháng nào" in capsys.readouterr().out
    freeze(office)
    assert main(["scores", "verify", "--group", "qn", "--month", MONTH]) == 0
    assert "giống từng byte" in capsys.readouterr().out
    Score.objects.filter(run_id=office.delivered[f"run {MONTH}"], commune="", measure="S1").update(total=7, good=7)
    assert main(["scores", "verify"]) == 1
    assert "sources bhyt cells S1 total" in capsys.readouterr().out
    assert main(["scores", "verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [(one["month"], one["same"]) for one in told] == [(MONTH, False)]
    assert {"sources bhyt cells S1 good", "sources bhyt cells S1 total"} <= {one["where"] for one in told[0]["unlike"]}


def test_a_month_is_frozen_once_and_its_hash_is_in_the_ledger(office):
    frozen = freeze(office)
    entry = Entry.objects.filter(object_kind="month_scores").get()
    assert (entry.action, entry.object_id) == ("scorecard.freeze", f"qn:{MONTH}")
    assert frozen.sha256 in entry.body
    with pytest.raises(BadInput, match="đã chốt"):
        freeze(office, role="secretariat")
    assert MonthScores.objects.count() == 1


def test_a_statement_whose_text_was_changed_is_not_shown(office):
    freeze(office)
    MonthScores.objects.update(canonical='{"sources":[]}')
    with pytest.raises(BadInput, match="không khớp mã băm"):
        month_scores.for_work(office.group.id, MONTH)


@pytest.mark.parametrize(
    ("month", "says"),
    [("2022-07", "chưa hết"), ("2022-05", "không có lượt"), ("2022-13", "phải viết"), ("x", "phải viết")],
)
def test_what_cannot_be_frozen_is_refused(office, month, says):
    with pytest.raises(BadInput, match=says):
        freeze(office, month)


def test_a_member_freezes_nothing(office):
    with pytest.raises(Refused):
        freeze(office, role="member")


def test_the_months_of_the_page(office):
    freeze(office)
    viewer = offices.viewer(office.account("member"), date(2022, 7, 5))
    with at(2022, 7, 5):
        told = scorecards.months(viewer, office.group)
    assert [(one.month, one.over, one.kept is not None) for one in told] == [
        ("2022-07", False, False),
        (MONTH, True, True),
    ]
    assert scorecards.last_day("2022-12") == date(2023, 1, 11)


def test_the_course_of_a_source_over_frozen_months(office):
    freeze(office)
    freeze(office, "2022-07", day=lambda: at(2022, 8, 5))
    kept = month_scores.of_group(office.group.id)
    told = {(one.source, one.axis): one for one in month_trends.courses(kept)}
    assert {source for source, _ in told} == {"bhyt"}
    complete = told[("bhyt", "du")]
    assert [month for month, _ in complete.points] == [MONTH, "2022-07"]
    for month, share in complete.points:
        assert share == judged(office, month, complete.measure).share
    page = shown(office, "bang-diem/thang/")
    assert "Diễn biến 2 tháng đã chốt" in page
    assert page.count('class="spark"') >= 3


def test_a_report_cites_the_frozen_month_that_counts_its_run(office):
    def cited() -> set[str]:
        with at(2022, 7, 6):
            sheet = facts.gather(office.group, "2022-07")
        return {source.sha256 for one in sheet.facts for source in one.sources if source.kind == "month_scores"}

    assert cited() == set()
    assert cited() | {freeze(office).sha256} == cited()


# ------------------------------------------------------------ who sees what


def test_whoever_sits_above_is_told_no_cell_of_few(office):
    run = office.delivered[f"run {MONTH}"]
    inside = offices.viewer(office.account("leader"), date(2022, 7, 5))
    above = Viewer(account=inside.account, capacities=(), children=frozenset({office.group.id}))
    all_cells = scores.by_commune(inside, run)
    told = scores.by_commune(above, run)
    few = {(place, code) for place, own in all_cells.items() for code, one in own.items() if 0 < one.total < 30}
    assert few
    assert all(told[place][code].hidden for place, code in few)
    shown = {code for code, one in scores.of_run(above, run).items() if not one.hidden}
    assert "C3" in shown
    for code in shown - {"L1", "L4"}:
        hidden = [own[code] for own in told.values() if code in own and own[code].hidden]
        assert (
            len(hidden) != 1
            or sum(own[code].total for own in all_cells.values()) < scores.of_run(inside, run)[code].total
        )


# ------------------------------------------------------------ pages

GOOD = {"phep_do": "C3", "nguon": "bhyt", "viec": "dat", "gia_tri": "97,5", "tu": "01/07/2022"} | {
    "so": "15/KL-TCT",
    "ngay": "20/06/2022",
}


def sent(office: Office, role: str = "leader", **given: str):
    with at(2022, 7, 2):
        return client(office, role).post("/t/qn/nguong/", GOOD | given)


def shown(office: Office, path: str, role: str = "leader") -> str:
    with at(2022, 7, 5):
        answer = client(office, role).get(f"/t/qn/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_leader_enters_a_decision_and_it_stands_beside_its_target(office):
    assert "ngưỡng khởi điểm, tổ chưa quyết" in shown(office, "nguong/")
    assert sent(office).status_code == 302
    page = shown(office, "nguong/")
    assert "97,50" in page
    assert "15/KL-TCT, 20/06/2022" in page
    card = shown(office, "bang-diem/?nguon=bhyt&ky=2022-07")
    assert "15/KL-TCT, 20/06/2022" in card
    assert "15/KL-TCT" not in shown(office, "bang-diem/?nguon=bhyt&ky=2022-06")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"gia_tri": "chín"}, "không phải số"),
        ({"gia_tri": "101"}, "không quá 100 %"),
        ({"gia_tri": "9" * 40}, "không quá 100 %"),
        ({"gia_tri": "0"}, "lớn hơn 0 %"),
        ({"viec": "bo"}, "để trống ô"),
        ({"viec": "bo", "gia_tri": ""}, "không có gì để bỏ"),
        ({"tu": "mai"}, "ghi ngày/tháng/năm"),
        ({"so": ""}, "Ghi số của quyết định"),
        ({"phep_do": "X"}, "Không có phép đo"),
    ],
)
def test_what_is_typed_wrongly_stands_in_the_form_again(office, given, says):
    answer = sent(office, **given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert f'value="{(GOOD | given)["ngay"]}"' in page
    assert thresholds.decided(office.group.id) == ()


def test_a_member_reads_the_thresholds_and_is_told_who_may_enter_them(office):
    page = shown(office, "nguong/", "member")
    assert 'name="gia_tri"' not in page
    assert "Tổ trưởng" in page
    assert sent(office, "member").status_code == 403
    assert thresholds.decided(office.group.id) == ()


def test_a_month_is_frozen_from_its_page_and_shown_with_its_hash(office):
    assert "Chốt bảng điểm" in shown(office, "bang-diem/thang/", "standing_deputy")
    assert "Chốt bảng điểm" not in shown(office, "bang-diem/thang/", "member")
    with at(2022, 7, 5):
        answer = client(office, "standing_deputy").post(f"/t/qn/bang-diem/thang/{MONTH}/chot/")
    assert answer.status_code == 302
    kept = month_scores.for_work(office.group.id, MONTH)
    page = shown(office, f"bang-diem/thang/{MONTH}/?kiem=1", "member")
    assert kept.sha256 in page
    assert "giống từng byte" in page
    assert "không nộp" in page
    assert shown(office, f"bang-diem/thang/{MONTH}/tep.json") == kept.text


def test_a_month_that_is_not_frozen_is_not_there(office):
    with at(2022, 7, 5):
        browser = client(office)
        for path in ("2022-07/", "2022-07/tep.json", "x/", "2022-13/"):
            assert browser.get(f"/t/qn/bang-diem/thang/{path}").status_code == 404


# ------------------------------------------------------------ frozen without anybody


def test_the_last_day_in_time_freezes_what_nobody_froze(office):
    for day in (1, 10):
        with at(2022, 7, day):
            assert scorecards.keep(office.group) is None
    with at(2022, 7, 11, 0):
        made = scorecards.keep(office.group)
    assert made is not None
    assert (made.month, made.frozen_by) == (MONTH, "")
    entry = ledger.entries_for("month_scores", f"qn:{MONTH}")[-1]
    assert (entry["action"], entry["citations"]) == ("scorecard.freeze", ["6.11"])
    with at(2022, 7, 12):
        assert scorecards.keep(office.group) is None
        page = client(office, "standing_deputy").get("/t/qn/bang-diem/thang/").content.decode()
    assert "tự chốt theo nội quy" in page


def test_without_anybody_who_set_it_up_it_stays_with_people(office):
    Assignment.objects.all().delete()
    with at(2022, 7, 11):
        assert scorecards.keep(office.group) is None


def test_those_who_may_freeze_are_reminded_while_there_is_time(office):
    told = {}
    for day in range(1, 13):
        with at(2022, 7, day, 8):
            told[day] = [one.key for one in due_scores.messages(office.group)]
    assert {day: keys for day, keys in told.items() if keys} == {8: [f"scores:{MONTH}:3"], 10: [f"scores:{MONTH}:1"]}
    assert {"standing_deputy", "secretariat"} == scorecards.freezers()
    freeze(office)
    with at(2022, 7, 8):
        assert due_scores.messages(office.group) == []


def test_signing_the_months_report_freezes_the_month_it_tells_of(office):
    with at(2022, 7, 6):
        reporting.make(office.account("secretariat"), office.group, "2022-07")
        reporting.issue(office.account("leader"), office.group, "2022-07")
        made = scorecards.kept(office.group, MONTH)
        assert made is not None
        assert made.frozen_by == ""
        with pytest.raises(BadInput, match="đã chốt"):
            scorecards.freeze(office.account("standing_deputy"), office.group, MONTH)
