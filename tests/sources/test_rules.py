"""Rules of a contract, as a jurist would read them: rows, and the rules each breaks; and what must hold of any rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dean06.clock.errors import BadInput
from dean06.sources import code_list, live
from dean06.sources.contract import Contract, load, shipped
from dean06.sources.types import Checked

CASES = YAML(typ="safe").load(Path(__file__).with_name("cases").joinpath("rules.yaml").read_text(encoding="utf-8"))
DAY = date(2022, 6, 30)
WORDS = {"vi": "Thử", "en": "Trial"}
LISTED = code_list.CodeList(
    id="dan-toc-thu",
    title=WORDS,
    source=WORDS,
    codes=(
        {"code": "01", "vi": "Kinh", "also": ("Việt",), "valid_from": date(1979, 3, 2)},
        {"code": "99", "vi": "Khác", "valid_from": date(1979, 3, 2), "valid_to": date(2020, 1, 1)},
    ),
)


def field(code: str, told: str) -> dict[str, Any]:
    """Return a field as a contract has it, from `type`, `type pattern`, `type code=words,…` or `type catalogue day`."""
    kind, _, promise = told.partition(" ")
    made: dict[str, Any] = {"code": code, "title": WORDS, "type": kind, "headers": [f"Cột {code}"]}
    if "=" in promise:
        made["codes"] = dict(one.split("=") for one in promise.split(","))
    elif promise.startswith("["):
        made["pattern"] = promise
    elif promise:
        catalogue, _, dated = promise.partition(" ")
        made |= {"catalogue": catalogue, "dated_by": dated or None}
    if code == "ngay_sinh":
        made["role"] = code
    return made


def contract(folder: Path, columns: Mapping[str, str], rules: Sequence[Mapping[str, Any]]) -> Contract:
    """Return a contract with these fields beside a name and a number, and these rules."""
    said = [{**rule, "says": WORDS, "severity": 2, "source": WORDS} for rule in rules]
    text = {
        "id": "thu",
        "version": 1,
        "valid_from": "2022-01-06",
        "title": WORDS,
        "extends": "chung",
        "layout": {"kind": "assumed", "source": WORDS},
        "sex_codes": {"Nam": "Nam", "Nữ": "Nữ"},
        "cadence": {"every": "month", "day": 10},
        "legal": {"purpose": WORDS, "basis": [WORDS], "retention_months": 3, "sensitivity": "basic"},
        "absence": "proves_nothing",
        "fields": [field(code, told) for code, told in columns.items()],
        "rules": said,
    }
    path = folder / "thu.yaml"
    YAML(typ="safe").dump(text, path)
    return load(path, shipped)


def checked(
    folder: Path, columns: Mapping[str, str], rules: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[str]]
) -> tuple[Checked, list[list[str]]]:
    """Check rows; return the counts, and by row the codes of the rules it breaks."""
    agreed = contract(folder, columns, rules)
    source = folder / "thu.csv"
    with source.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["STT", "Họ và tên", "Số CCCD", *(f"Cột {code}" for code in columns)])
        for number, row in enumerate(rows, 1):
            writer.writerow([number, "Đinh Không Ai", f"0360500{number:05d}", *row])
    batch = live.read_batch(source, agreed, folder / "lo")
    assert not batch.quarantined
    told = live.check(batch, agreed, DAY, folder / "lo" / "trai-luat.parquet")
    found: list[list[str]] = [[] for _ in rows]
    for one in live.broken_places(batch, folder / "lo" / "trai-luat.parquet"):
        found[one.row - 2].append(one.rule)
    return told, found


def cells(line: str) -> tuple[list[str], list[str]]:
    row, _, broken = line.partition("|")
    return [cell.strip() for cell in row.split(";")], broken.split()


@pytest.mark.parametrize("case", CASES, ids=[one["title"] for one in CASES])
def test_rows_break_the_rules_that_the_case_names(case, tmp_path, monkeypatch):
    monkeypatch.setattr("dean06.sources.checking.shipped", lambda _: LISTED)
    rows, expected = zip(*map(cells, case["rows"]), strict=True)
    told, found = checked(tmp_path, case["columns"], case["rules"], rows)
    assert [sorted(one) for one in found] == [sorted(one) for one in expected]
    broken = sum(bool(one) for one in found)
    assert (told.rows, told.broken_rows) == (len(rows), broken)
    assert told.untested == ()


def test_a_rule_whose_column_is_not_delivered_is_said_to_be_untested(tmp_path):
    agreed = contract(
        tmp_path,
        {"ngay_sinh": "date", "ngay_chet": "date"},
        [{"code": "sau_sinh", "kind": "order", "earlier": "ngay_sinh", "later": "ngay_chet"}],
    )
    source = tmp_path / "thu.csv"
    source.write_text("STT,Họ và tên,Cột ngay_sinh\n1,Đinh Không Ai,01/02/1950\n", encoding="utf-8")
    batch = live.read_batch(source, agreed, tmp_path / "lo")
    told = live.check(batch, agreed, DAY, tmp_path / "lo" / "l.parquet")
    assert told.untested == ("sau_sinh",)
    assert "sau_sinh" not in {one.rule for one in told.rules}


FAULTS = {
    "unknown field": ({"kind": "order", "earlier": "ngay_sinh", "later": "mat"}, "unknown fields: mat"),
    "no date": ({"kind": "order", "earlier": "ngay_sinh", "later": "ma"}, "no date: ma"),
    "no number": ({"kind": "between", "field": "ma", "least": 1}, "no number: ma"),
    "no bounds": ({"kind": "between", "field": "muc"}, "least"),
    "no end": ({"kind": "between", "field": "muc", "least": float("-inf")}, "finite"),
    "joined part": ({"kind": "needs", "when": {"field": "thon", "filled": True}, "field": "ma"}, "joined"),
    "two conditions": (
        {"kind": "needs", "when": {"field": "ma", "filled": True, "among": ["a"]}, "field": "muc"},
        "either",
    ),
    "no such form": ({"kind": "python", "field": "ma"}, "kind"),
    "an expression": ({"kind": "between", "field": "muc", "least": "1 or true"}, "least"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_rule_that_names_what_is_not_there_is_refused(fault, tmp_path):
    rule, said = FAULTS[fault]
    columns = {"ngay_sinh": "date", "ma": "code", "muc": "number"}
    with pytest.raises(BadInput) as caught:
        contract(tmp_path, columns, [{"code": "luat", **rule}])
    assert said in caught.value.en


def test_a_rule_declared_twice_is_refused(tmp_path):
    rule = {"code": "luat", "kind": "once", "fields": ["ma"]}
    with pytest.raises(BadInput, match="rule declared twice: luat"):
        contract(tmp_path, {"ma": "code"}, [rule, rule])


# ---------------------------------------------------------------- what must hold of any rows


def spelt(day: date | None, precision: str) -> str:
    if day is None:
        return ""
    return {"day": f"{day:%d/%m/%Y}", "month": f"{day:%m/%Y}", "year": f"{day:%Y}"}[precision]


DAYS = st.dates(date(1900, 1, 1), date(2021, 12, 31))
CELL = st.builds(spelt, st.none() | DAYS, st.sampled_from(["day", "day", "month", "year"]))
ROW = st.tuples(CELL, CELL, st.sampled_from(["", "a1", "A-1", "b2"]), st.sampled_from(["", "x1", "y1"]))


def span(cell: str) -> tuple[date, date] | None:
    """Return the first and last day that a written date may mean."""
    parts = [int(one) for one in cell.split("/")] if cell else []
    match parts:
        case [day, month, year]:
            return date(year, month, day), date(year, month, day)
        case [month, year]:
            after = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), date.fromordinal(after.toordinal() - 1)
        case [year]:
            return date(year, 1, 1), date(year, 12, 31)
        case _:
            return None


def told(code: str) -> str:
    return code.upper().replace("-", "")


def plainly_broken(rows: Sequence[Sequence[str]]) -> Iterator[set[str]]:
    """Say in plain Python which rules each row breaks: a date is after another where that is certain."""
    keys = [(told(key), value) for _, _, key, value in rows if key and value]
    for one, other, key, value in rows:
        found = set()
        first, last = span(one), span(other)
        if first and last and first[0] > last[1]:
            found.add("thu_tu")
        same = [kept for name, kept in keys if name == told(key)]
        if key and value and len(set(same)) > 1:
            found.add("nhu_nhau")
        if key and value and same.count(value) > 1:
            found.add("mot_lan")
        yield found


@settings(max_examples=40)
@given(st.lists(ROW, min_size=1, max_size=12))
def test_sql_and_plain_python_find_the_same(tmp_path_factory, rows):
    columns = {"ngay_sinh": "date", "su_kien": "date", "ma": "code", "loai": "code"}
    rules = [
        {"code": "thu_tu", "kind": "order", "earlier": "ngay_sinh", "later": "su_kien"},
        {"code": "nhu_nhau", "kind": "alike", "by": "ma", "field": "loai"},
        {"code": "mot_lan", "kind": "once", "fields": ["ma", "loai"]},
    ]
    _, found = checked(tmp_path_factory.mktemp("luat"), columns, rules, rows)
    assert [set(one) for one in found] == list(plainly_broken(rows))
