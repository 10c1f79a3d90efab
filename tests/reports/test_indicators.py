"""Indicators: each against a value worked out by hand, and what holds for any figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from ruamel.yaml import YAML

from dean06.reports.indicators.catalogue import books, indicators, inputs, read
from dean06.reports.indicators.measuring import MEASURED, UNMEASURED, measure, score

CASES = YAML(typ="safe", pure=True).load(
    (Path(__file__).parent / "cases" / "indicators.yaml").read_text(encoding="utf-8")
)
FIGURES = st.integers(min_value=0, max_value=10**9).map(Decimal)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_an_indicator_is_what_was_worked_out_by_hand(case):
    values = {code: Decimal(str(value)) for code, value in case["given"].items()}
    made = measure(indicators()[case["indicator"]], values)
    assert made.state == case.get("state", MEASURED)
    assert made.value == (None if case["value"] is None else Decimal(case["value"]))
    assert made.missing == tuple(case.get("missing", ()))
    if "full" in case:
        assert made.share_of_full == Decimal(case["full"])


@given(st.data())
def test_an_indicator_is_measured_just_when_its_figures_are_there(data):
    one = data.draw(st.sampled_from(sorted(indicators().values(), key=lambda one: one.code)))
    asked = [*one.top, *one.bottom]
    known = data.draw(st.dictionaries(st.sampled_from(asked), FIGURES))
    made = measure(one, known)
    if set(asked) - known.keys():
        assert made.state == UNMEASURED
        assert made.value is None
        assert set(made.missing) & set(asked) == set(asked) - known.keys()
    else:
        assert made.state != UNMEASURED or made.missing == (one.else_year,)
    if made.share_of_full is not None:
        assert 0 <= made.share_of_full <= 1


def test_the_hundred_points_are_a_hundred():
    (book,) = [one for one in books() if one.scores]
    assert sum(one.points for one in book.scores) == 100
    assert {one.code: one.points for one in book.scores} == {
        "A.1": 18, "A.2": 20, "A.3": 12, "A.3t": 10, "A.4": 22, "A.5": 18,
    }  # fmt: skip


def test_points_wait_until_every_indicator_of_their_group_is_measured():
    (book,) = [one for one in books() if one.scores]
    values = {"a.dich_vu_truc_tuyen": Decimal(40), "a.dich_vu": Decimal(100)}

    def online(known):
        told = {one.code: measure(one, known) for one in book.indicators}
        return next(one for one in score(book, told) if one.code == "A.3")

    assert (online(values).points, online(values).unmeasured) == (None, ("A.3.3",))
    whole = values | {"a.ho_so_truc_tuyen": Decimal(50), "a.ho_so_tiep_nhan": Decimal(100)}
    assert online(whole).points == Decimal("9.00")  # 12 × (0,5 + 1) / 2
    none = values | {"a.ho_so_truc_tuyen": Decimal(0), "a.ho_so_tiep_nhan": Decimal(0)}
    assert online(none).points == Decimal("6.00")  # no dossier: the other indicator alone


def test_codes_are_named_once():
    assert len({one.code for book in books() for one in book.indicators}) == len(indicators())
    assert sum(len(book.inputs) for book in books()) == len(inputs())


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{code: X.1, unit: a, does: ratio, top: [x.a], vi: a, en: a}", "ratio"),
        ("{code: X.1, unit: a, does: count, top: [x.a, x.b], vi: a, en: a}", "one input"),
        ("{code: X.1, unit: a, does: count, top: [x.z], vi: a, en: a}", "unknown input x.z"),
        ("{code: X.1, unit: a, does: a + b, top: [x.a], vi: a, en: a}", "does"),
    ],
)
def test_a_faulty_file_is_refused_by_name(line, fault):
    text = (
        "format: dean06-indicators/1\ngroup: X\nvi: a\nen: a\nsource: a\nsince: 2022-01-01\n"
        "inputs: [{code: x.a, unit: a, vi: a, en: a}, {code: x.b, unit: a, vi: a, en: a}]\n"
        f"indicators: [{line}]\n"
    )
    with pytest.raises(ValidationError, match=fault):
        read(text)
