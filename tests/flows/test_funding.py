"""The money of a group through its flows: who may, under which clause, and that nothing else moves it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dean06.charter import service as charters
from dean06.charter import yaml_reader
from dean06.charter.errors import NeedsReason, Refused
from dean06.charter.types import Question
from dean06.clock.errors import BadInput, RefusedByCharter
from dean06.flows import budgeting, duties, fund_facts, funding, paper_signing, paperwork, setup, spending
from dean06.funds.errors import FundsRefused
from dean06.funds.service import budgets, estimates, journal, sources
from dean06.funds.service import spending as face
from dean06.funds.types import Close, EstimateLine, EstimateState, Kind, Paper, State
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.papers.service import documents as papers
from flows.conftest import Office, at, found
from flows.money import FINANCE, PAPER, ask, bill, seat, source

pytestmark = pytest.mark.django_db
CASES, FAULTS = yaml_reader.read(Path(__file__).with_name("fund_cases.yaml"))
ENTERED = {"charter.number": "06", "charter.adopted_on": "2022-05-20", "charter.confirmed_by_two": True}
SUM = 40_000_000


def test_the_cases_are_read():
    assert FAULTS == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['line']} {case['as']} {case['do']}")
def test_the_text_answers_as_a_jurist_reads_it(case):
    role, _, agency = case["as"].partition(":")
    hats = [(role, agency.removesuffix("@"))]
    if agency.endswith("@"):
        hats.append(("agency", agency.removesuffix("@")))
    facts = dict.fromkeys(case.get("facts", ()), True) | ENTERED
    charter = charters.load(case["line"])
    answers = [
        charters.decide(charter, Question(role=one, agency=of, action=case["do"], on=date(2022, 7, 1), facts=facts))
        for one, of in hats
    ]
    best = min(answers, key=lambda one: one.outcome != "allowed")
    assert best.outcome == case["answer"]
    assert [one.dotted for one in best.citations] == case.get("under", [])
    assert list(best.missing) == case.get("missing", [])
    assert best.gap == case.get("gap")


@pytest.fixture
def second(db, home, tmp_path) -> Office:
    """A group whose charter names nobody to manage the funds."""
    office = found("xuan-truong-2022", "xt", tmp_path)
    with at(2022, 5, 20):
        for role in ("leader:PC", "standing_deputy:POL"):
            setup.confirm_instrument(office.accounts[role], office.group, "06/QĐ-THU", date(2022, 5, 20))
    return office


def test_the_agency_that_the_clause_names_manages_and_the_record_says_so(office):
    with at(2022, 6, 10):
        made = source(office, office.account("standing_deputy"), SUM)
        assert (made.manager, made.manager_by) == ("POL", "Điều 10 khoản 1")
        (entry,) = ledger.entries_for("fund_source", made.ref)
        assert entry["actor"]["role"] == "agency"
        assert entry["actor"]["agency"] == "POL"
        assert entry["citations"] == ["10.1"]
        with pytest.raises(NeedsReason):
            source(office, office.account("secretariat"), SUM)
    assert len(sources.of_flow(office.group.id)) == 1


def test_where_the_charter_names_nobody_a_local_rule_does_and_binds(second):
    leader, police = second.account("leader"), second.account("standing_deputy")
    with at(2022, 6, 10):
        assert funding.manager(second.group).agency == ""
        with pytest.raises(NeedsReason):
            source(second, police, SUM)
        assert source(second, police, 1_000, reason="quy chế không nêu ai quản lý").manager == ""
        with pytest.raises(BadInput, match="Chọn một cơ quan"):
            funding.set_manager(leader, second.group, "KHONG-CO")
        rule = funding.set_manager(leader, second.group, "TCKH")
        named = funding.manager(second.group)
        assert (named.agency, named.rule.number) == ("TCKH", rule.number)
        with pytest.raises(RefusedByCharter, match=rf"Quy ước số {rule.number} .*G-07"):
            source(second, police, SUM, reason="vẫn làm")
    finance = seat(second, *FINANCE)
    with at(2022, 6, 11):
        made = source(second, finance, SUM)
        assert made.manager_by == f"quy ước số {rule.number} ngày 10/06/2022"
        (entry,) = ledger.entries_for("fund_source", made.ref)
        assert entry["outcome"] == "not_regulated"
        assert entry["charter"]["local_rule"] == f"G-07 no. {rule.number}"


def test_a_local_rule_is_not_set_beside_the_clause(office):
    with at(2022, 6, 10), pytest.raises(BadInput, match="đã nêu cơ quan quản lý"):
        funding.set_manager(office.account("leader"), office.group, "TCKH")


def test_a_request_goes_its_whole_way(office):
    police, member, leader = (office.account(role) for role in ("standing_deputy", "member", "leader"))
    with at(2022, 6, 10):
        line = source(office, police, SUM).lines[0].id
        asked = ask(office, member, line, 6_000_000)
        with pytest.raises(Refused) as own:
            spending.approve(member, office.group, asked.id, by_law=True)
        assert own.value.decision.missing == ("request.from_another",)
        with pytest.raises(NeedsReason) as unlawful:
            spending.approve(leader, office.group, asked.id, by_law=False)
        assert unlawful.value.decision.missing == ("spending.follows_budget_law",)
        with pytest.raises(NeedsReason):
            spending.approve(office.account("secretariat"), office.group, asked.id, by_law=True)
        spending.approve(leader, office.group, asked.id, by_law=True)
    with at(2022, 6, 21):
        with pytest.raises(NeedsReason):
            spending.pay(member, office.group, asked.id, bill(6_000_000))
        spending.pay(police, office.group, asked.id, bill(5_000_000))
        done = spending.settle(police, office.group, asked.id)
    assert (done.state, done.paid) == (State.SETTLED, 5_000_000)
    left = sources.line_for_flow(office.group.id, line)
    assert (left.spent, left.reserved, left.available) == (5_000_000, 0, 35_000_000)
    viewer = offices.viewer(leader, date(2022, 6, 21))
    whole = face.request(viewer, office.group.id, asked.id)
    told = [(one.kind, one.role, [label for _, label in one.clauses]) for one in whole.events]
    assert told == [
        ("asked", "member", ["17.2"]),
        ("approved", "leader", ["10.2"]),
        ("paid", "agency", ["10.1"]),
        ("settled", "agency", ["10.1"]),
    ]


def test_only_who_asked_or_who_manages_takes_a_request_off(office):
    with at(2022, 6, 10):
        line = source(office, office.account("standing_deputy"), SUM).lines[0].id
        asked = ask(office, office.account("member"), line, 2_000)
        with pytest.raises(RefusedByCharter, match="do người lập hoặc cơ quan quản lý"):
            spending.cancel(office.account("secretariat"), office.group, asked.id, "thôi")
        assert spending.cancel(office.account("member"), office.group, asked.id, "thôi").state is State.CANCELLED


def test_a_request_is_refused_by_whom_the_charter_lets_use_the_funds(office):
    with at(2022, 6, 10):
        line = source(office, office.account("standing_deputy"), SUM).lines[0].id
        asked = ask(office, office.account("member"), line, 2_000)
        with pytest.raises(Refused):
            spending.refuse(office.account("secretariat"), office.group, asked.id, "không cần")
        assert spending.refuse(office.account("leader"), office.group, asked.id, "chưa cần").state is State.REFUSED


@pytest.mark.parametrize("name", ["hoa-don.exe", "hoa-don.xlsm", "hoa-don.docx", "hoa-don"])
def test_a_document_that_is_no_scan_is_refused(office, name):
    with pytest.raises(BadInput, match=r"\.pdf, \.jpg, \.png"):
        spending.keep_document(b"MZ", name, "1", date(2022, 6, 1))


def test_a_payment_is_not_dated_after_today(office):
    with at(2022, 6, 10):
        line = source(office, office.account("standing_deputy"), SUM).lines[0].id
        asked = ask(office, office.account("member"), line, 2_000)
        spending.approve(office.account("leader"), office.group, asked.id, by_law=True)
        with pytest.raises(BadInput, match="không thể sau hôm nay"):
            spending.pay(office.account("standing_deputy"), office.group, asked.id, bill(2_000, date(2022, 6, 11)))


def test_the_letter_that_asks_has_the_sum_in_words(office):
    with at(2022, 6, 10):
        line = source(office, office.account("standing_deputy"), SUM).lines[0].id
        asked = ask(office, office.account("member"), line, 105_000)
        paper = spending.draft_letter(office.account("secretariat"), office.group, asked.id)
    text = str(papers.content(paper.id))
    assert "104.000 đồng" in text or "105.000 đồng" in text
    assert "Một trăm linh" in text
    assert face.for_flow(office.group.id, asked.id).paper_id == paper.id


def test_the_year_is_closed_and_the_rest_carried_over_with_its_paper(office):
    police = office.account("standing_deputy")
    with at(2022, 6, 10):
        made = source(office, police, SUM, 10_000_000)
    with at(2022, 12, 31):
        paper = Paper(label="31/BB-CAH", dated=date(2022, 12, 31))
        closed = funding.close(police, office.group, Close(year=2022, paper=paper, carry=frozenset({made.lines[0].id})))
        assert (closed.carried, closed.returned) == (SUM, 10_000_000)
    with at(2023, 1, 10), pytest.raises(FundsRefused, match="đã khóa sổ"):
        source(office, police, 1_000)
    assert [one.kind for one in sources.of_flow(office.group.id, 2023)] == ["carried"]


# ------------------------------------------------------------------ estimates


def line(content: str, price: int, months: int = 1) -> EstimateLine:
    return EstimateLine(
        content=content, ground="Kế hoạch 67/KH-UBND", quantity=2, unit="cái", price=price, months=months
    )


def estimated(office: Office, agency: str, *prices: int, year: int = 2023) -> None:
    account = office.account("member", agency)
    lines = tuple(line(f"Máy quét {place}", price) for place, price in enumerate(prices, 1))
    budgeting.write(account, office.group, year, agency, lines)
    budgeting.send(account, office.group, year, agency)


def test_an_agency_writes_its_own_estimate_and_no_other(office):
    with at(2022, 7, 1):
        estimated(office, "BHXH", 3_000_000)
        with pytest.raises(Refused) as refused:
            budgeting.write(office.account("member", "GDDT"), office.group, 2023, "BHXH", (line("Máy", 1),))
        assert refused.value.decision.missing == ("estimate.of_own_agency",)
        budgeting.write(office.account("secretariat"), office.group, 2023, "TP", (line("Máy", 1),))
        with pytest.raises(FundsRefused, match="không còn ở bước này"):
            budgeting.write(office.account("member", "BHXH"), office.group, 2023, "BHXH", (line("Máy", 1),))


def test_estimates_are_put_together_line_by_line_and_submitted_under_the_clause(office):
    finance = seat(office, *FINANCE)
    with at(2022, 7, 1):
        estimated(office, "BHXH", 3_000_000, 500_000)
        estimated(office, "GDDT", 1_000_000)
        with pytest.raises(NeedsReason):
            budgeting.consolidate(office.account("member", "BHXH"), office.group, 2023)
        made = budgeting.consolidate(finance, office.group, 2023)
        assert (made.total, made.version, len(made.lines)) == (9_000_000, 1, 3)
        behind = {one.estimate_sha256 for one in made.lines if one.agency == "BHXH"}
        assert behind == {estimates.for_work(office.group.id, 2023, "BHXH").digest()}
        paper = budgeting.draft_paper(finance, office.group, made.id)
        text = str(papers.content(paper.id))
        assert "9.000.000" in text
        assert "Chín triệu đồng chẵn" in text
        assert "Điều 10 khoản 1" in text
        with pytest.raises(BadInput, match="chưa ký, cấp số"):
            budgeting.submit(finance, office.group, made.id)
        december = duties.obligations(office.group, "2022-12")
        owed = next(one for one in december if one.action == "budget.consolidate_and_submit")
        assert owed.status == "pending"
        paperwork.appraise(office.account("deputy"), office.group, paper.id, "Đúng thẩm quyền.", agrees=True)
        issued = paper_signing.issue_by_hand(
            office.account("leader"), office.group, paper.id, reason="trình theo đề nghị của Phòng Tài chính"
        )
        done = budgeting.submit(finance, office.group, made.id)
        assert (done.submitted_as, done.submitted_at) == (issued.label, issued.issued_at)
        met = next(
            one for one in duties.obligations(office.group, "2022-12") if one.action == "budget.consolidate_and_submit"
        )
    assert (met.status, met.satisfied_by) == ("met", (issued.label,))


def test_the_yearly_estimate_is_missed_where_nothing_was_submitted(office):
    with at(2023, 1, 2):
        owed = [
            one for one in duties.obligations(office.group, "2022-12") if one.action == "budget.consolidate_and_submit"
        ]
    assert [one.status for one in owed] == ["missed"]


def test_an_estimate_that_changed_makes_the_budget_stale_and_is_put_together_anew(office):
    finance = seat(office, *FINANCE)
    with at(2022, 7, 1):
        estimated(office, "BHXH", 3_000_000)
        first = budgeting.consolidate(finance, office.group, 2023)
        budgeting.draft_paper(finance, office.group, first.id)
        with pytest.raises(FundsRefused, match="lý do"):
            budgeting.send_back(finance, office.group, 2023, "BHXH", "")
        back = budgeting.send_back(finance, office.group, 2023, "BHXH", "đơn giá cao")
        assert (back.state, back.reason) == (EstimateState.RETURNED, "đơn giá cao")
        estimated(office, "BHXH", 2_000_000)
        viewer = offices.viewer(finance, date(2022, 7, 1))
        assert [one.stale for one in budgets.budgets(viewer, office.group.id, 2023)] == [True]
        again = budgeting.consolidate(finance, office.group, 2023)
        assert (again.version, again.total) == (2, 4_000_000)
        assert [one.version for one in budgets.budgets(viewer, office.group.id, 2023)] == [2, 1]


def test_last_years_lines_are_copied_and_say_so(office):
    member = office.account("member", "BHXH")
    with at(2022, 7, 1):
        with pytest.raises(BadInput, match="chưa có dự toán để chép"):
            budgeting.copy_last_year(member, office.group, 2024, "BHXH")
        estimated(office, "BHXH", 3_000_000, 500_000)
        made = budgeting.copy_last_year(member, office.group, 2024, "BHXH")
        assert [(one.content, one.origin) for one in made.lines] == [("Máy quét 1", "2023:1"), ("Máy quét 2", "2023:2")]


def test_an_agency_sees_its_own_estimate_and_the_one_that_consolidates_sees_all(office):
    finance = seat(office, *FINANCE)
    with at(2022, 7, 1):
        estimated(office, "BHXH", 3_000_000)
        estimated(office, "GDDT", 1_000_000)

    def seen(account: str) -> list[str]:
        viewer = offices.viewer(account, date(2022, 7, 1))
        with at(2022, 7, 1):
            roles = budgeting.seeing_all(viewer, office.group)
        return [one.agency for one in estimates.of_year(viewer, office.group.id, [2023], see_all=roles)]

    assert seen(office.account("member", "BHXH")) == ["BHXH"]
    assert seen(finance) == ["BHXH", "GDDT"]
    assert seen(office.account("leader")) == ["BHXH", "GDDT"]


def test_a_funding_mechanism_is_proposed_under_its_clause_with_a_paper(office):
    finance = seat(office, *FINANCE)
    with at(2022, 7, 1):
        with pytest.raises(NeedsReason):
            budgeting.propose_mechanism(office.account("leader"), office.group, "Duy trì dữ liệu", "Bố trí hằng năm")
        made = budgeting.propose_mechanism(finance, office.group, "Duy trì dữ liệu", "Bố trí hằng năm.")
        assert made.clauses == (("quang-ninh-2022", "7.2.b"),)
        assert "cơ chế kinh phí: Duy trì dữ liệu" in str(papers.content(made.paper_id))


# ------------------------------------------------------------------ facts


def test_every_sum_of_a_report_names_its_papers_and_entries(office):
    police = office.account("standing_deputy")
    with at(2022, 6, 10):
        made = source(office, police, SUM)
        asked = ask(office, office.account("member"), made.lines[0].id, 6_000_000)
        spending.approve(office.account("leader"), office.group, asked.id, by_law=True)
    with at(2022, 6, 21):
        spending.pay(police, office.group, asked.id, bill(5_000_000))
        facts = {one.code: one for one in fund_facts.fund_facts(office.group, date(2022, 6, 15), date(2022, 6, 30))}
        assert facts["kp.chi_trong_ky"].value == 5_000_000
        assert facts["kp.cap_trong_ky"].value == 0
        assert facts["kp.con_lai"].value == 34_000_000
        assert facts["kp.dang_giu"].value == 1_000_000
        assert [one.label for one in facts["kp.chi_trong_ky"].sources] == ["In tài liệu, HĐ 0000123"]
        assert PAPER.label in facts["kp.duoc_cap"].sources[0].label
    kinds = [one.kind for one in journal.of_flow(office.group.id, date(2022, 1, 1), date(2022, 12, 31))]
    assert kinds == [Kind.ALLOTTED, Kind.RESERVED, Kind.SPENT]
