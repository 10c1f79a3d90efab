"""The table of causes: whole, and read the same way every time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.corrections import service as corrections
from dean06.corrections.causes import TABLE, read
from dean06.corrections.errors import CausesInvalid

FIELDS = ["so_dinh_danh", "ho_ten", "ngay_sinh", "gioi_tinh", "noi_o", "khac"]
WHOLE = ["NGHI_VAN", "KHONG_TIM_THAY", "TRUNG", "SAI_DINH_DANG", "DA_CHET", "DA_CHUYEN_DI"]


def codes(verdict: str, wrong: list[str], **details: str) -> list[tuple[str, str]]:
    found = corrections.causes_of(verdict, wrong, {field: frozenset({code}) for field, code in details.items()})
    return [(field, cause.code) for field, cause in found]


def test_details_choose_between_causes_of_one_field() -> None:
    assert codes("KHOP_SAI_LECH", ["ho_ten"], ho_ten="thieu_dau") == [("ho_ten", "thieu_dau")]
    assert codes("KHOP_SAI_LECH", ["ho_ten"]) == [("ho_ten", "sai_ho_ten")]
    assert codes("KHOP_SAI_LECH", ["ngay_sinh"], ngay_sinh="ngay_thang_dao") == [("ngay_sinh", "ngay_thang_dao")]
    assert codes("KHOP_SAI_LECH", ["ho_ten", "noi_o"], noi_o="ma_xa_cu") == [
        ("ho_ten", "sai_ho_ten"),
        ("noi_o", "ma_xa_cu"),
    ]


def test_a_healed_field_is_a_finding_only_where_a_detail_asks() -> None:
    assert codes("KHOP_CHUAN_HOA", [], noi_o="ma_xa_cu") == [("noi_o", "ma_xa_cu")]
    assert codes("KHOP_CHUAN_HOA", []) == []
    assert codes("KHOP_SAI_LECH", ["ho_ten"], noi_o="viet_tat") == [("ho_ten", "sai_ho_ten")]


@given(st.sampled_from(FIELDS), st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=12), max_size=3))
def test_every_field_that_differs_has_exactly_one_cause(field: str, details: dict[str, str]) -> None:
    found = corrections.causes_of("KHOP_SAI_LECH", [field], {f: frozenset({d}) for f, d in details.items()})
    assert [f for f, _ in found].count(field) == 1


@given(st.sampled_from(WHOLE), st.lists(st.sampled_from(FIELDS)))
def test_a_verdict_on_the_record_gives_one_finding(verdict: str, wrong: list[str]) -> None:
    assert [field for field, _ in corrections.causes_of(verdict, wrong)] == ["ho_so"]


def test_a_full_match_gives_none() -> None:
    assert corrections.causes_of("KHOP_HOAN_TOAN", []) == ()


def test_severity_sets_the_days_and_the_local_rule_wins() -> None:
    assert [corrections.working_days(severity) for severity in (1, 2, 3)] == [3, 10, 30]
    assert corrections.working_days(2, {2: 7}) == 7
    assert corrections.working_days(3, {2: 7}) == 30


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("code: khac", "code: trung", "stands twice: trung"),
        ("fields: [khac]", "fields: [noi_o]", "without details for: khac"),
        ("verdicts: [TRUNG]", "verdicts: [TRUNG_LAP]", "causes.2.verdicts.0"),
        ("{1: 3, 2: 10, 3: 30}", "{1: 3, 2: 10}", "severities"),
        ("severity: 1", "severity: 7", "causes.0.severity"),
        ("format:", "format: [", "expected"),
    ],
)
def test_a_table_with_a_fault_is_refused_with_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    broken = tmp_path / "causes.yaml"
    broken.write_text(TABLE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CausesInvalid, match=r"causes\.yaml") as told:
        read(broken)
    assert place in told.value.explain("en")
