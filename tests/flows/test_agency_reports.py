"""Agencies' monthly reports: when each is on time, who may do what, and what stays as it was sent."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from dean06.charter.errors import NeedsReason, Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import agency_reporting as reporting
from dean06.flows import collecting, explaining, setup
from dean06.flows import reporting as monthly
from dean06.flows.duties import duty_of, obligations
from dean06.flows.setup import Member
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from dean06.reports.models import AgencySending
from dean06.reports.service import agency_reports
from dean06.reports.service.replies import Said
from dean06.reports.types import Correction
from flows.conftest import Office, at, found, own
from harness.settled import Settled, settled_once

CASES = Path(__file__).parent / "cases" / "agency_reports.yaml"
WORDS = {"chi_dao": "Đã phân công một lãnh đạo.", "du_lieu": "Sửa 10 dòng.", "thang_toi": "Sửa tiếp."}
SCAN = (b"\x89PNG ban quet", "ban-quet.png")
INSTRUMENT = ("01-TD/QĐ-UBND", date(2022, 5, 21))


def cases() -> list[dict]:
    return YAML(typ="safe", pure=True).load(CASES.read_text(encoding="utf-8"))


def _founded(package: str):
    def build(folder: Path) -> Office:
        made = found(package, package[:2], folder)
        if package.startswith("xuan"):
            for role in ("leader", "secretariat"):
                with at(2022, 5, 22):
                    setup.confirm_instrument(made.account(role), made.group, *INSTRUMENT)
        with at(2022, 5, 23):
            account = setup.open_account(made.admin, f"{made.group.slug}-yt", None, "Y tế").public_id
            member = Member(role="member", agency="YT", holder="Y tế", account=account, since=date(2022, 5, 20))
            setup.seat(made.admin, made.group, member)
        return made

    return build


settled_xuan_truong = settled_once("xuan_truong", _founded("xuan-truong-2022"))
settled_quang_ninh = settled_once("quang_ninh", _founded("quang-ninh-2022"))


@pytest.fixture
def xuan_truong(settled_xuan_truong: Settled[Office], db, home: Path, tmp_path: Path) -> Office:
    return own(settled_xuan_truong.again(home), tmp_path)


@pytest.fixture
def quang_ninh(settled_quang_ninh: Settled[Office], db, home: Path, tmp_path: Path) -> Office:
    return own(settled_quang_ninh.again(home), tmp_path)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.TZ)


def drafted(office: Office, month: str, agency: str) -> None:
    member = office.account("member", agency)
    reporting.begin(member, office.group, month, agency)
    reporting.write(member, office.group, month, agency, WORDS, {})


def do(office: Office, month: str, step: dict) -> None:
    agency, group = step["agency"], office.group
    collector = office.account("standing_deputy")
    with clock.pinned(instant(step["at"])):
        match step["does"]:
            case "send":
                known = agency_reports.for_work(group.id, month, agency)
                if known is None:
                    drafted(office, month, agency)
                reporting.send(office.account("member", agency), group, month, agency)
            case "take_back":
                reporting.take_back(office.account("member", agency), group, month, agency)
            case "return":
                reporting.return_it(collector, group, month, agency, step["reason"])
            case "receive":
                reporting.receive(collector, group, month, agency)
            case "paper":
                came = instant(step["arrived"])
                reporting.enter_on_paper(collector, group, month, agency, {}, SCAN, came)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["case"])
def test_when_a_report_is_on_time(case, request):
    office = request.getfixturevalue("xuan_truong" if case["charter"].startswith("xuan") else "quang_ninh")
    for gap, value in case.get("rules", {}).items():
        with at(2022, 6, 1):
            setup.set_local_rule(office.account("leader"), office.group, gap, value)
    for step in case["sent"]:
        do(office, case["month"], step)
    with clock.pinned(instant(case["at"])):
        board = collecting.board(office.group, case["month"])
        owed = {one.bearer: one for one in obligations(office.group, case["month"]) if one.action == "report.submit"}
    stands = {line.agency: line.status for line in board.lines}
    assert {code: stands.get(code) for code in case["expect"]} == case["expect"]
    if not case["expect"]:
        assert board.lines == ()
    if "bound" in case:
        assert board.bound == instant(case["bound"])
    if "gap" in case:
        assert board.gap == case["gap"]
        assert {one.status for one in owed.values()} == {"not_regulated"}
    if "clause" in case:
        assert (board.citation.article, board.collector) == ("7", case["collector"])
        assert {one.bearer.partition(":")[2]: one.status for one in owed.values()} == stands


def test_every_agency_of_the_charter_owes_one_not_those_alone_that_hand_in_lists(xuan_truong):
    with at(2022, 8, 2):
        lines = collecting.board(xuan_truong.group, "2022-08").lines
    assert {line.agency for line in lines} == {
        "POL", "OFF", "VHTT", "TP", "TCKH", "TNMT", "YT", "GDDT", "LDTBXH", "BHXH",
    }  # fmt: skip


def test_only_the_agency_sends_its_report_and_only_the_police_take_it_in(xuan_truong):
    group = xuan_truong.group
    with at(2022, 8, 5):
        drafted(xuan_truong, "2022-08", "BHXH")
        for stranger in (xuan_truong.account("member", "GDDT"), xuan_truong.account("leader")):
            with pytest.raises(Refused) as refused:
                reporting.send(stranger, group, "2022-08", "BHXH")
            assert refused.value.decision.who_can == ("agency",)
        sent = reporting.send(xuan_truong.account("member", "BHXH"), group, "2022-08", "BHXH")
        assert (sent.state, sent.last.to) == ("sent", "POL")
        with pytest.raises(NeedsReason):  # the clause names the police; another may with a reason on record
            reporting.receive(xuan_truong.account("clerk"), group, "2022-08", "BHXH")
        taken = reporting.receive(xuan_truong.account("register_keeper"), group, "2022-08", "BHXH")
    assert taken.state == "received"
    body = Entry.objects.filter(object_kind="agency_report").latest("pk").body
    assert '"role":"agency"' in body
    assert '"agency":"POL"' in body


def test_where_the_charter_is_silent_it_goes_ahead_with_a_reason_or_under_the_local_rule(quang_ninh):
    member, group = quang_ninh.account("member", "BHXH"), quang_ninh.group
    with at(2022, 8, 5):
        drafted(quang_ninh, "2022-08", "BHXH")
        with pytest.raises(NeedsReason):
            reporting.send(member, group, "2022-08", "BHXH")
        assert reporting.send(member, group, "2022-08", "BHXH", reason="Tổ trưởng yêu cầu").state == "sent"
        setup.set_local_rule(quang_ninh.account("leader"), group, "G-17", {"day": 10})
        drafted(quang_ninh, "2022-08", "GDDT")
        assert reporting.send(quang_ninh.account("member", "GDDT"), group, "2022-08", "GDDT").state == "sent"


def test_a_figure_is_corrected_with_a_reason_and_both_are_kept(xuan_truong):
    member, group = xuan_truong.account("member", "BHXH"), xuan_truong.group
    with at(2022, 8, 5):
        report = reporting.begin(member, group, "2022-08", "BHXH")
        assert report.sheet.by_code()["nop.so_lan"].value == 0
        with pytest.raises(BadInput, match="lý do"):
            reporting.write(member, group, "2022-08", "BHXH", WORDS, {"nop.so_lan": Correction(value=2, reason="")})
        with pytest.raises(BadInput, match="không sửa được"):
            reporting.write(member, group, "2022-08", "BHXH", WORDS, {"kq.ti_le": Correction(value=2, reason="x")})
        given = {"nop.so_lan": Correction(value=2, reason="Nộp bản giấy"), "nv.giao": Correction(value=0, reason="")}
        kept = reporting.write(member, group, "2022-08", "BHXH", WORDS, given)
    assert kept.corrected == {"nop.so_lan": Correction(value=2, reason="Nộp bản giấy")}
    assert kept.sheet.by_code()["nop.so_lan"].value == 0


def test_a_report_is_sent_only_when_it_is_written(xuan_truong):
    member, group = xuan_truong.account("member", "BHXH"), xuan_truong.group
    with at(2022, 8, 5):
        reporting.begin(member, group, "2022-08", "BHXH")
        with pytest.raises(BadInput, match="Chưa viết phần: Công tác chỉ đạo, điều hành"):
            reporting.send(member, group, "2022-08", "BHXH")


def test_what_was_sent_stays_to_the_byte(xuan_truong):
    member, group = xuan_truong.account("member", "BHXH"), xuan_truong.group
    with at(2022, 8, 5):
        drafted(xuan_truong, "2022-08", "BHXH")
        reporting.attach(member, group, "2022-08", "BHXH", (b"PK phu luc", "phu-luc.xlsx"))
        first = reporting.send(member, group, "2022-08", "BHXH")
        reporting.return_it(xuan_truong.account("standing_deputy"), group, "2022-08", "BHXH", "Thiếu số liệu")
        (file,) = first.files
        reporting.detach(member, group, "2022-08", "BHXH", file.id)
        reporting.write(member, group, "2022-08", "BHXH", WORDS | {"kien_nghi": "Thêm máy."}, {})
        second = reporting.send(member, group, "2022-08", "BHXH")
    old, new = AgencySending.objects.order_by("version")
    assert (old.content, old.digest) == (first.last.content, first.last.digest)
    assert old.content["files"] == [["phu-luc.xlsx", file.sha256, "xlsx", False]]
    assert new.content["files"] == []
    assert second.last.version == 2
    for row in (old, new):
        assert hashlib.sha256(agency_reports.frozen(row.content)).hexdigest() == row.digest


def test_a_sent_report_is_not_written_in(xuan_truong):
    member, group = xuan_truong.account("member", "BHXH"), xuan_truong.group
    with at(2022, 8, 5):
        drafted(xuan_truong, "2022-08", "BHXH")
        reporting.send(member, group, "2022-08", "BHXH")
        before = agency_reports.for_work(group.id, "2022-08", "BHXH")
        for attempt in (
            lambda: reporting.write(member, group, "2022-08", "BHXH", {}, {}),
            lambda: reporting.begin(member, group, "2022-08", "BHXH"),
            lambda: reporting.send(member, group, "2022-08", "BHXH"),
            lambda: reporting.attach(member, group, "2022-08", "BHXH", SCAN),
        ):
            with pytest.raises(BadInput):
                attempt()
        reporting.receive(xuan_truong.account("standing_deputy"), group, "2022-08", "BHXH")
        with pytest.raises(BadInput):
            reporting.take_back(member, group, "2022-08", "BHXH")
    after = agency_reports.for_work(group.id, "2022-08", "BHXH")
    assert (after.words, after.sheet, after.version) == (before.words, before.sheet, before.version)


def test_last_month_s_words_are_taken_over_where_there_are_none(xuan_truong):
    member, group = xuan_truong.account("member", "BHXH"), xuan_truong.group
    with at(2022, 8, 5):
        drafted(xuan_truong, "2022-08", "BHXH")
    with at(2022, 9, 5):
        reporting.begin(member, group, "2022-09", "BHXH")
        reporting.write(member, group, "2022-09", "BHXH", {"du_lieu": "Sửa 20 dòng."}, {})
        copied = reporting.copy_words(member, group, "2022-09", "BHXH")
    assert copied.words == WORDS | {"du_lieu": "Sửa 20 dòng."}


def test_a_draft_is_its_agency_s_own_and_what_was_sent_is_for_the_group(xuan_truong):
    group = xuan_truong.group
    with at(2022, 8, 5):
        drafted(xuan_truong, "2022-08", "BHXH")
        drafted(xuan_truong, "2022-08", "GDDT")
        reporting.send(xuan_truong.account("member", "GDDT"), group, "2022-08", "GDDT")
        day = clock.today()
        seen = {
            role: {one.agency for one in agency_reports.listed(offices.viewer(account, day), group.id, "2022-08")}
            for role, account in xuan_truong.accounts.items()
        }
    assert seen["member:BHXH"] == {"BHXH", "GDDT"}
    assert seen["leader:PC"] == seen["member:GDDT"] == {"GDDT"}


def test_agencies_are_reminded_near_the_bound_and_after_it(xuan_truong):
    def told(*day: int) -> dict[str, bool]:
        with at(*day):
            told = collecting.board(xuan_truong.group, "2022-08")
            return {one.agency: one.overdue for one in collecting.reminders(xuan_truong.group, told)}

    with at(2022, 8, 2):
        drafted(xuan_truong, "2022-08", "BHXH")
        reporting.send(xuan_truong.account("member", "BHXH"), xuan_truong.group, "2022-08", "BHXH")
    assert told(2022, 8, 3) == {}
    assert told(2022, 8, 8)["GDDT"] is False
    assert told(2022, 8, 9) == {}
    assert told(2022, 8, 11)["GDDT"] is False
    assert told(2022, 8, 14)["GDDT"] is True
    assert "BHXH" not in told(2022, 8, 14)


def taken_in(office: Office, agency: str, words: dict[str, str], corrected: dict[str, Correction] | None = None):
    member, group = office.account("member", agency), office.group
    reporting.begin(member, group, "2022-08", agency)
    reporting.write(member, group, "2022-08", agency, WORDS | words, corrected or {})
    reporting.send(member, group, "2022-08", agency)
    return reporting.receive(office.account("standing_deputy"), group, "2022-08", agency)


def test_an_agency_whose_reply_was_accepted_stands_excused_and_is_reminded_no_longer(xuan_truong):
    (missed,) = [one for one in _owed(xuan_truong) if one.bearer == "agency:BHXH"]
    with at(2022, 8, 20):
        duty, said = duty_of("2022-08", missed), Said(text="Hệ thống của ngành ngừng.")
        (reply,) = explaining.explain(xuan_truong.account("member", "BHXH"), xuan_truong.group, [duty], said)
        explaining.weigh(xuan_truong.account("standing_deputy"), xuan_truong.group, [reply.id], accepted=True)
        told = collecting.board(xuan_truong.group, "2022-08")
        stands = {one.agency: one.status for one in told.lines}
        assert (stands["BHXH"], stands["GDDT"]) == ("excused", "missed")
        reminded = {one.agency for one in collecting.reminders(xuan_truong.group, told)}
        assert "GDDT" in reminded
        assert "BHXH" not in reminded


def _owed(office: Office) -> list:
    with at(2022, 8, 20):
        return [one for one in obligations(office.group, "2022-08") if one.action == "report.submit"]


def test_the_group_s_report_keeps_the_agencies_words_and_names_each_report(xuan_truong):
    group, writer = xuan_truong.group, xuan_truong.account("secretariat")
    with at(2022, 8, 5):
        sent = taken_in(
            xuan_truong,
            "BHXH",
            {"kien_nghi": "Đề nghị cấp thêm {máy}.\nBổ sung người.", "an_ninh": "Không có sự cố."},
            {"nop.so_lan": Correction(value=2, reason="Nộp hai bản giấy")},
        )
        drafted(xuan_truong, "2022-08", "GDDT")  # written, not sent: nothing of it is taken
        report = monthly.make(writer, group, "2022-08")
    said = {one.key: one.text for section in report.sections for one in section.paragraphs}
    assert said["v.cq_bhxh_kien_nghi"] == "Bảo hiểm xã hội huyện: Đề nghị cấp thêm (máy)."
    assert said["v.cq_bhxh_kien_nghi_2"] == "Bổ sung người. (theo {bccq.bhxh})"
    assert "v.1" not in said  # «no proposals» would be untrue
    assert "ii.an_ninh" in {section.key for section in report.sections}
    assert "ii.kinh_te" not in {section.key for section in report.sections}
    assert not [key for key in said if "gddt" in key]
    facts = report.sheet.by_code()
    assert facts["bccq.bhxh"].sources[0].sha256 == sent.last.digest
    assert (facts["bccq.da_nhan"].value, facts["bccq.phai_gui"].value) == (1, 10)
    assert "chưa có báo cáo của" in said["i.3"]
    (differing,) = [table for table in report.sheet.tables if table.key == "khac_biet"]
    (row,) = differing.rows
    assert [facts[cell.strip("{}")].value for cell in row[1:3]] == [0, 2]
    assert row[3] == "Nộp hai bản giấy"


def test_words_edited_by_the_group_stay_when_its_report_is_made_again(xuan_truong):
    group, writer = xuan_truong.group, xuan_truong.account("secretariat")
    with at(2022, 8, 5):
        taken_in(xuan_truong, "BHXH", {})
        monthly.make(writer, group, "2022-08")
        key = "ii.2.cq_bhxh_du_lieu"
        monthly.edit(writer, group, "2022-08", {key: "BHXH sửa được 10 dòng ({bccq.bhxh})."})
        taken_in(xuan_truong, "GDDT", {})
        again = monthly.make(writer, group, "2022-08")
    said = {one.key: one.text for section in again.sections for one in section.paragraphs}
    assert said[key] == "BHXH sửa được 10 dòng ({bccq.bhxh})."
    assert "ii.2.cq_gddt_du_lieu" in said


def test_sent_to_the_committee_alone_one_clause_is_met_and_the_other_not(xuan_truong):
    """Acceptance example 8: Article 9.5 wants the provincial committee, Article 7 its police as well."""
    group = xuan_truong.group
    with at(2022, 8, 5):
        monthly.make(xuan_truong.account("secretariat"), group, "2022-08")
        monthly.issue(xuan_truong.account("leader"), group, "2022-08")
        monthly.send(xuan_truong.account("clerk"), group, "2022-08", {"PPC"})
    with at(2022, 9, 1):
        stands = {one.action: one.status for one in obligations(group, "2022-08")}
        assert (stands["report.send_monthly"], stands["report.consolidate_and_send"]) == ("met", "missed")
    with at(2022, 8, 6):
        monthly.send(xuan_truong.account("clerk"), group, "2022-08", {"PPOL"})
        stands = {one.action: one.status for one in obligations(group, "2022-08")}
        assert (stands["report.send_monthly"], stands["report.consolidate_and_send"]) == ("met", "met")
