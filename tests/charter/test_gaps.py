"""Twenty points that the texts leave open answer as open, and show the group's own rule once it is set."""

from __future__ import annotations

from datetime import date

import pytest

from charter.case_files import SIGNED
from dean06.charter import service
from dean06.charter.errors import UnknownWord
from dean06.charter.facts_file import Facts
from dean06.charter.gaps import gap_answer
from dean06.charter.types import LocalRule, Obligation, Question
from dean06.clock.service.working_days import Calendar

GAPS = service.vocabulary().gaps
# Where one of the two texts does speak: who manages funds, who signs minutes, when agencies report.
SETTLED = {("quang-ninh-2022", "G-07"): "10.1", ("quang-ninh-2022", "G-11"): "6.2", ("xuan-truong-2022", "G-17"): "7"}
REGULATIONS = ("quang-ninh-2022", "xuan-truong-2022")


def _rule(gap: str) -> LocalRule:
    return LocalRule(gap=gap, number=3, adopted_on=date(2022, 9, 2))


def test_there_are_nineteen_the_one_of_corrections_and_the_one_of_reminders() -> None:
    assert list(GAPS) == [f"G-{number:02d}" for number in range(1, 22)]


@pytest.mark.parametrize("name", REGULATIONS)
@pytest.mark.parametrize("gap", GAPS)
def test_gap_is_open_until_the_text_speaks(name: str, gap: str) -> None:
    answer = gap_answer(service.load(name), gap)
    settled = SETTLED.get((name, gap))
    assert answer.outcome == ("not_regulated" if settled is None else "regulated")
    assert [cite.dotted for cite in answer.closed_by] == ([settled] if settled else [])
    assert GAPS[gap].vi in answer.sentence("vi")
    assert GAPS[gap].en in answer.sentence("en")
    assert ("chưa đặt quy ước" in answer.sentence("vi")) == (settled is None)
    assert ("has set no rule" in answer.sentence("en")) == (settled is None)


@pytest.mark.parametrize("name", REGULATIONS)
@pytest.mark.parametrize("gap", GAPS)
def test_local_rule_is_shown_as_local_numbered_and_dated(name: str, gap: str) -> None:
    answer = gap_answer(service.load(name), gap, {gap: _rule(gap), "G-00": _rule("G-00")})
    assert answer.local_rule == _rule(gap)
    assert answer.sentence("vi").endswith("Áp dụng quy ước số 3 ngày 02/09/2022 của tổ.")
    assert answer.sentence("en").endswith("The group's local rule no. 3 of 2022-09-02 applies.")
    assert gap_answer(service.load(name), gap, {}).local_rule is None


def test_settled_gap_names_its_clause() -> None:
    answer = gap_answer(service.load("quang-ninh-2022"), "G-07")
    assert "Điều 10 khoản 1" in answer.sentence("vi")
    assert "Article 10 clause 1" in answer.sentence("en")


def test_gap_names_the_clauses_it_shapes() -> None:
    beside = gap_answer(service.load("xuan-truong-2022"), "G-08").beside
    assert [cite.dotted for cite in beside] == ["3.1", "6.5.-2", "7", "8.1", "9.5"]


@pytest.mark.parametrize("name", REGULATIONS)
@pytest.mark.parametrize("action", service.vocabulary().gap_of_action)
def test_acts_of_a_gap_ask_for_a_reason_until_the_rule_is_set(name: str, action: str) -> None:
    charter, gap = service.load(name), service.vocabulary().gap_of_action[action]
    if (name, gap) in SETTLED:
        return
    question = Question(role="leader", action=action, on=date(2023, 3, 10), facts=SIGNED)
    open_answer = service.decide(charter, question)
    assert (open_answer.outcome, open_answer.gap, open_answer.enforcement) == ("not_regulated", gap, "warn")
    ruled = Question(role="leader", action=action, on=question.on, facts=SIGNED, local_rules={gap: _rule(gap)})
    answer = service.decide(charter, ruled)
    assert (answer.outcome, answer.local_rule, answer.enforcement) == ("not_regulated", _rule(gap), "record")
    assert "quy ước số 3 ngày 02/09/2022" in answer.sentence("vi")
    assert "local rule no. 3 of 2022-09-02" in answer.sentence("en")


def test_unknown_gap_is_refused() -> None:
    with pytest.raises(UnknownWord) as refused:
        gap_answer(service.load("quang-ninh-2022"), "G-99")
    assert "G-19" in refused.value.vi
    assert refused.value.vi.startswith("Điểm còn trống «G-99» ")
    assert refused.value.en.startswith("The gap 'G-99' ")


# ------------------------------------------------------------------ G-13: a due day that is a day off
def _report_due(month: str, rules: list[dict[str, object]], calendar: Calendar | None = None) -> Obligation:
    charter = service.load("xuan-truong-2022")
    plain = {
        "format": "dean06-charter-facts/1",
        "as_of": "2024-01-01",
        "adoption": {"number": "12/QĐ-UBND", "signed_on": "2022-04-20", "confirmed_by": ["a", "b"]},
        "reporting_agencies": ["YT"],
        "local_rules": rules,
    }
    facts: Facts = service.facts_from_plain(plain, charter)
    items = service.obligations(charter, facts, month=month, calendar=calendar)
    return next(item for item in items if item.action == "report.submit")


MOVES: list[dict[str, object]] = [{"gap": "G-13", "value": {"move_to": "next_working_day"}, "adopted_on": "2022-06-01"}]


@pytest.mark.parametrize(
    ("month", "rules", "calendar", "bound"),
    [
        ("2023-06", [], None, "2023-06-12"),  # Sunday 11 June: the letter stands
        ("2023-06", MOVES, None, "2023-06-13"),  # to Monday 12
        ("2022-06", MOVES, None, "2022-06-14"),  # Saturday 11 June: to Monday 13
        ("2023-05", MOVES, None, "2023-05-12"),  # Thursday 11 May
        ("2023-05", MOVES, Calendar(days_off=frozenset({date(2023, 5, 11)})), "2023-05-13"),
        ("2023-06", MOVES, Calendar(days_off=frozenset(), swapped={date(2023, 6, 11): True}), "2023-06-12"),
        ("2023-06", [{"gap": "G-13", "value": "tùy", "adopted_on": "2022-06-01"}], None, "2023-06-12"),
        ("2023-06", [{"gap": "G-12", "value": {"move_to": "next_working_day"}}], None, "2023-06-12"),
        ("2023-06", [{"gap": "G-13", "value": {"move_to": "elsewhere"}}], None, "2023-06-12"),
    ],
)
def test_due_day_moves_off_a_day_off_only_by_local_rule(
    month: str, rules: list[dict[str, object]], calendar: Calendar | None, bound: str
) -> None:
    due = _report_due(month, rules, calendar).due_before
    assert due is not None
    assert due.isoformat() == f"{bound}T00:00:00+07:00"
