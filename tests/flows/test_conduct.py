"""Commendations from results, and violations that nobody but their readers knows of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from dean06.charter import service as charters
from dean06.charter import yaml_reader
from dean06.charter.errors import NeedsReason, Refused
from dean06.charter.types import Question
from dean06.clock.errors import BadInput
from dean06.conduct.errors import ConductNotFound, ConductRefused
from dean06.conduct.models import ViolationLook
from dean06.conduct.service import commendations, violations
from dean06.conduct.types import Honoured, NewCommendation, State, Step
from dean06.demo import service as demo
from dean06.flows import commending, setup, violating
from dean06.ledger import service as ledger
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from dean06.papers.service import documents
from flows.conftest import Office, at, found
from flows.money import STANDING, seat

pytestmark = pytest.mark.django_db
CASES, FAULTS = yaml_reader.read(Path(__file__).with_name("conduct_cases.yaml"))
ENTERED = {"charter.number": "06", "charter.adopted_on": "2022-05-20", "charter.confirmed_by_two": True}
NAME = "Kiều Văn Lỡ"


def test_the_cases_are_read():
    assert FAULTS == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['line']} {case['as']} {case['do']}")
def test_the_text_answers_as_a_jurist_reads_it(case):
    role, _, agency = case["as"].partition(":")
    facts = dict.fromkeys(case.get("facts", ()), True) | ENTERED
    question = Question(role=role, agency=agency, action=case["do"], on=date(2022, 7, 1), facts=facts)
    answer = charters.decide(charters.load(case["line"]), question)
    assert answer.outcome == case["answer"]
    assert [one.dotted for one in answer.citations] == case.get("under", [])
    assert list(answer.missing) == case.get("missing", [])


@pytest.fixture
def second(db, home, tmp_path) -> Office:
    """A group whose charter lets its leader handle violations."""
    office = found("xuan-truong-2022", "xt", tmp_path)
    with at(2022, 5, 20):
        for role in ("leader:PC", "standing_deputy:POL"):
            setup.confirm_instrument(office.accounts[role], office.group, "06/QĐ-THU", date(2022, 5, 20))
    return office


# ------------------------------------------------------------------ commendations


def proposal(office: Office, **changes: object) -> NewCommendation:
    new = NewCommendation(
        group_id=office.group.id,
        ref="",
        title="Xuất sắc trong làm sạch dữ liệu",
        form="Giấy khen",
        ground="Kết quả 6 tháng đầu năm 2022",
        since=date(2022, 1, 1),
        until=date(2022, 6, 30),
        honoured=(
            Honoured(agency="BHXH", deeds="Sửa xong mọi sai lệch."),
            Honoured(agency="GDDT", name="Vũ Đình Khoa", post="Trưởng phòng", deeds="Nộp đúng hạn."),
        ),
        commitment="",
    )
    return replace(new, **changes)


def test_the_standing_member_proposes_and_the_leader_commends_within_competence(office):
    standing, leader = seat(office, *STANDING), office.account("leader")
    with at(2022, 7, 5):
        with pytest.raises(NeedsReason):
            commending.propose(office.account("secretariat"), office.group, proposal(office))
        made = commending.propose(standing, office.group, proposal(office))
        paper = commending.draft_paper(office.account("secretariat"), office.group, made.id, commending.GRANT)
        text = str(documents.content(paper.id))
        assert "Vũ Đình Khoa" in text
        assert "Phó Trưởng" in text or "Thành viên thường trực" in text
        with pytest.raises(NeedsReason) as unsaid:
            commending.grant(leader, office.group, made.id, "12/QĐ", date(2022, 7, 5), within=False)
        assert unsaid.value.decision.missing == ("commendation.within_competence",)
        done = commending.grant(leader, office.group, made.id, "12/QĐ", date(2022, 7, 5), within=True)
        assert (done.state, done.decided_as) == (State.GRANTED, "12/QĐ")
        with pytest.raises(ConductRefused, match="không còn ở bước này"):
            commending.withdraw(leader, office.group, made.id, "nhầm")
    viewer = offices.viewer(leader, date(2022, 7, 5))
    whole = commendations.commendation(viewer, office.group.id, made.id)
    told = [(one.kind, [label for _, label in one.clauses]) for one in whole.events]
    assert told == [("proposed", ["6.3"]), ("granted", ["3.5"])]


def test_a_proposal_goes_higher_and_the_result_is_recorded(office):
    standing, leader = seat(office, *STANDING), office.account("leader")
    with at(2022, 7, 5):
        made = commending.propose(standing, office.group, proposal(office, form="Bằng khen"))
        paper = commending.draft_paper(office.account("secretariat"), office.group, made.id, commending.SUBMIT)
        assert "Bằng khen" in str(documents.content(paper.id))
        with pytest.raises(ConductRefused):
            commending.record(
                office.account("clerk"), office.group, made.id, State.AWARDED, "1/QĐ", date(2022, 7, 5), ""
            )
        commending.submit(leader, office.group, made.id, "05/TTr", date(2022, 7, 5))
        done = commending.record(
            office.account("clerk"), office.group, made.id, State.AWARDED, "99/QĐ-UBND", date(2022, 7, 5), "được tặng"
        )
    assert (done.state, done.decided_as, done.result) == (State.AWARDED, "99/QĐ-UBND", "được tặng")


def test_nobody_is_proposed_twice_on_one_ground_without_being_told(office):
    standing = seat(office, *STANDING)
    with at(2022, 7, 5):
        commending.propose(standing, office.group, proposal(office))
        again = proposal(office, ground="kết quả 6 THÁNG đầu năm 2022", honoured=proposal(office).honoured[1:])
        with pytest.raises(ConductRefused, match=r"Vũ Đình Khoa \(đề nghị số 1/2022\)"):
            commending.propose(standing, office.group, again)
        other = proposal(office, ground="Chuyên đề tháng 7")
        assert commending.propose(standing, office.group, other).number == 2
        assert commending.propose(standing, office.group, replace(again, again=True)).number == 3


def test_a_name_stands_in_no_ledger_entry(office):
    standing = seat(office, *STANDING)
    with at(2022, 7, 5):
        made = commending.propose(standing, office.group, proposal(office))
    assert "Vũ Đình Khoa" not in str(ledger.entries_for("commendation", made.ref))


def test_results_name_what_they_were_counted_from(office):
    office.load_register("2022-06")
    office.load_register("2022-07")
    office.deliver("bhyt", "BHXH", "2022-06")
    office.deliver("bhyt", "BHXH", "2022-07", demo.Fix(share=1.0, said=0.0))
    with at(2022, 8, 20):
        results = commending.results(office.group, date(2022, 6, 1), date(2022, 8, 20))
    (one,) = [each for each in results if each.agency == "BHXH"]
    in_time, late, proved, _ = one.figures
    assert in_time.value + late.value > 0
    assert len(in_time.sources) == in_time.value
    assert all(source.startswith("NV-") for each in (in_time, late) for source in each.sources)
    assert proved.value == 0 or proved.sources
    with pytest.raises(BadInput, match="ngược"):
        commending.results(office.group, date(2022, 8, 1), date(2022, 7, 1))


# ------------------------------------------------------------------ violations


def recorded(office: Office, account: str = "") -> int:
    new = violating.entered(
        office.group,
        name=NAME,
        post="Chuyên viên",
        agency="BHXH",
        acts="Cho người khác dùng tài khoản.",
        rules="Điều 4 Quy chế",
        happened_on=date(2022, 6, 30),
    )
    return violating.record(account or office.account("leader"), office.group, new)


def test_a_violation_is_heard_before_it_is_handled_under_the_clause(second):
    leader, group = second.account("leader"), second.group
    day = date(2022, 7, 2)
    with at(2022, 7, 2):
        one = recorded(second)
        with pytest.raises(ConductRefused, match="nghe trước, xử lý sau"):
            violating.handle(leader, group, one, "Phê bình", "3/QĐ", day, within=True)
        violating.hear(leader, group, one, "Thừa nhận, đã thu hồi.", day)
        with pytest.raises(NeedsReason) as beyond:
            violating.handle(leader, group, one, "Phê bình", "3/QĐ", day, within=False)
        assert beyond.value.decision.missing == ("violation.within_competence",)
        violating.handle(leader, group, one, "Phê bình", "3/QĐ", day, within=True)
        seen = violating.look(leader, group, one, "kiểm tra hồ sơ")
        assert (seen.step, seen.outcome, seen.statement) == (Step.HANDLED, "Phê bình", "Thừa nhận, đã thu hồi.")
        assert [(each.kind, [label for _, label in each.clauses]) for each in seen.events] == [
            ("opened", ["18.2"]),
            ("heard", ["18.2"]),
            ("handled", ["3.5"]),
        ]


def test_where_the_charter_has_no_such_power_the_answer_says_so_and_a_reason_is_asked(office):
    leader, day = office.account("leader"), date(2022, 7, 2)
    with at(2022, 7, 2):
        one = recorded(office)
        violating.hear(leader, office.group, one, "Đã trình bày.", day)
        with pytest.raises(NeedsReason) as silent:
            violating.handle(leader, office.group, one, "Phê bình", "3/QĐ", day, within=True)
        assert silent.value.decision.outcome == "not_regulated"
        violating.handle(leader, office.group, one, "Phê bình", "3/QĐ", day, within=True, reason="theo pháp luật khác")
        assert violating.look(leader, office.group, one, "kiểm tra hồ sơ").step is Step.HANDLED


def test_to_whom_the_rule_does_not_name_a_violation_is_not_there(second):
    leader, police, member = (second.account(role) for role in ("leader", "standing_deputy", "member"))
    group, day = second.group, date(2022, 7, 2)
    with at(2022, 7, 2):
        one = recorded(second)
        for account in (police, member, second.account("secretariat"), second.admin):
            viewer = offices.viewer(account, day)
            assert not violating.is_reader(viewer, group)
            assert violations.violations(viewer, group.id, violating.readers(group)) == ()
            for act in (
                lambda account=account: violating.look(account, group, one, "tò mò thôi"),
                lambda account=account: violating.hear(account, group, one, "x", day),
                lambda account=account: violating.handle(account, group, one, "x", "1", day, within=True),
                lambda account=account: violating.pass_on(account, group, one, "x", "1", day),
                lambda account=account: violating.drop(account, group, one, "x"),
                lambda account=account: violating.printed(account, group, one, "tò mò thôi"),
                lambda viewer=viewer: violating.listed(viewer, group),
                lambda account=account: recorded(second, account),
            ):
                with pytest.raises(ConductNotFound):
                    act()
        with pytest.raises(Refused):
            violating.set_readers(police, group, ["standing_deputy:POL"])
        violating.set_readers(leader, group, ["standing_deputy:POL"])
        assert violating.look(police, group, one, "giúp Tổ trưởng xem xét").name == NAME
        assert [line.number for line in violating.listed(offices.viewer(police, day), group)] == [1]
    assert ViolationLook.objects.count() == 1


def test_every_look_is_recorded_with_its_purpose_and_none_goes_without(second):
    leader, group = second.account("leader"), second.group
    with at(2022, 7, 2):
        one = recorded(second)
        with pytest.raises(Refused) as silent:
            violating.look(leader, group, one, "   ")
        assert silent.value.decision.missing == ("purpose.stated",)
    with at(2022, 7, 3):
        violating.look(leader, group, one, "chuẩn bị làm việc với cơ quan")
        path = violating.printed(leader, group, one, "in biên bản để ký")
    assert [look.purpose for look in ViolationLook.objects.order_by("pk")] == [
        "chuẩn bị làm việc với cơ quan",
        "in biên bản để ký",
    ]
    assert NAME in "\n".join(each.text for each in Document(str(path)).paragraphs)


def test_no_list_paper_or_entry_of_the_group_tells_of_a_violation(second):
    leader, group = second.account("leader"), second.group
    with at(2022, 7, 2):
        one = recorded(second)
        violating.hear(leader, group, one, "Đã trình bày.", date(2022, 7, 2))
        violating.printed(leader, group, one, "in biên bản để ký")
    assert documents.papers(offices.viewer(leader, date(2022, 7, 2)), group.id) == []
    acts = {each.action for each in ledger.latest_of(group.slug, 100)}
    assert not [each for each in acts if each.startswith("violation")]
    entries = Entry.objects.filter(scope=violations.scope_of(group.slug))
    assert entries.count() == 3
    assert not [each for each in entries if NAME in each.body or "Đã trình bày" in each.body]
