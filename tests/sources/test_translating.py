"""Codes and dates of services in the words of a contract: nothing invented, a date known in part stays so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dean06.clock.errors import BadInput
from dean06.sources import live
from dean06.sources.connectors.answers import dig, parsed
from dean06.sources.connectors.description import FieldOf, shipped, shipped_ids
from dean06.sources.connectors.translating import day_month_year, run_together, translate
from dean06.sources.rule import Words

SERVICE = Words(vi="Dịch vụ thử", en="A service")
WIDE = "".join(chr(0xFEE0 + ord(digit)) for digit in "19890812")
days = some.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "known", "told"),
    [
        ("19890812", "0", "12/08/1989"),
        ("1950", "1", "1950"),
        ("19500101", "1", "1950"),
        ("195003", "2", "03/1950"),
        ("19500301", "2", "03/1950"),
        ("", "0", ""),
        ("", "1", ""),
        ("19890230", "0", "19890230"),
        ("1989", "0", "1989"),
        ("195013", "2", "195013"),
        ("khong ro", "0", "khong ro"),
        (WIDE, "0", WIDE),
    ],
)
def test_a_date_run_together(text, known, told):
    assert run_together(SERVICE, "ngay_sinh", text, known) == told


@given(days)
def test_a_whole_date_comes_back_whole(day):
    assert run_together(SERVICE, "ngay_sinh", f"{day:%Y%m%d}", "0") == f"{day:%d/%m/%Y}"
    assert day_month_year(f"{day:%d/%m/%Y}") == f"{day:%d/%m/%Y}"
    assert day_month_year(f"{day.day}-{day.month}-{day.year} 00:00:00") == f"{day:%d/%m/%Y}"


@given(days, some.booleans())
def test_what_stands_in_for_an_unknown_part_is_never_told(day, short):
    assert run_together(SERVICE, "ngay_sinh", f"{day:%Y}" if short else f"{day:%Y%m%d}", "1") == f"{day:%Y}"
    assert run_together(SERVICE, "ngay_sinh", f"{day:%Y%m}" if short else f"{day:%Y%m%d}", "2") == f"{day:%m/%Y}"
    assert day_month_year(f"{day:%Y}") == f"{day:%Y}"
    assert day_month_year(f"{day:%m/%Y}") == f"{day:%m/%Y}"


@given(some.text(max_size=20), some.sampled_from(["0", "1", "2"]))
def test_a_date_that_is_none_stays_as_it_was_written(text, known):
    told = run_together(SERVICE, "ngay_sinh", text, known)
    assert told == text or all(sign in text for sign in told.replace("/", ""))
    assert day_month_year(day_month_year(text)) == day_month_year(text)


@given(some.text(min_size=1, max_size=3).filter(lambda code: code not in {"0", "1", "2"}))
def test_a_kind_of_date_that_nobody_knows_is_refused_and_not_quoted(known):
    with pytest.raises(BadInput) as told:
        run_together(SERVICE, "ngay_sinh", "19890812", known)
    assert "19890812" not in told.value.vi


TABLES = [
    (service, code, rule)
    for service in shipped_ids()
    for code, rule in shipped(service).fields.items()
    if rule.codes is not None
]


@pytest.mark.parametrize(("service", "code", "rule"), TABLES, ids=lambda one: one if isinstance(one, str) else "")
def test_each_code_of_a_table_is_one_the_contract_reads(service, code, rule):
    contract = live.contract(shipped(service).contract)
    read = contract.spellings(contract.field(code))
    for text, told in rule.codes.items():
        row = {rule.places[0].split(".")[-1]: text}
        alone = FieldOf(of=rule.places[0].split(".")[-1], codes=rule.codes)
        assert translate(SERVICE, code, alone, row, {}) == told
        assert not read or not told or told in read


@given(code=some.text(min_size=1, max_size=5), number=some.integers(-9, 99))
def test_a_code_outside_its_table_is_refused_and_not_quoted(code, number):
    rule = FieldOf(of="gioiTinh", codes={"1": "Nam", "2": "Nữ", "3": ""})
    for told in (code.strip(), str(number)):
        if told in {"", "1", "2", "3"}:
            continue
        with pytest.raises(BadInput) as said:
            translate(SERVICE, "gioi_tinh", rule, {"gioiTinh": told}, {})
        assert f"«{told}»" not in said.value.vi


@pytest.mark.parametrize(
    ("service", "sexes"),
    [
        ("ho-tich-khai-sinh", {"1": "Nam", "2": "Nữ", "3": ""}),
        ("ly-lich-tu-phap", {"1": "Nam", "0": "Nữ"}),
        ("bao-hiem-xa-hoi", {"1": "Nam", "2": "Nữ", "3": ""}),
    ],
)
def test_each_service_has_its_own_code_for_sex(service, sexes):
    assert shipped(service).fields["gioi_tinh"].codes == sexes


@pytest.mark.parametrize("body", [b"", b"{", b"nan", b"[" * 100_000, b"\xff\xfe{}", b'{"a": NaN}', b"<a/>"])
def test_what_is_no_json_is_refused(body):
    with pytest.raises(BadInput):
        parsed(SERVICE, body)


@given(
    some.recursive(
        some.none() | some.booleans() | some.text(max_size=5),
        lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from("abc"), inner, max_size=3),
        max_leaves=12,
    ),
    some.lists(some.sampled_from("abc"), min_size=1, max_size=3),
)
def test_digging_for_what_is_not_there_finds_nothing_and_breaks_nothing(data, steps):
    place = ".".join(steps)
    found = dig(data, place)
    if found is None or isinstance(found, str | bool):
        assert isinstance(translate(SERVICE, "ho_ten", FieldOf(of=place), data, {}), str)
    else:
        with pytest.raises(BadInput, match="không phải một giá trị"):
            translate(SERVICE, "ho_ten", FieldOf(of=place), data, {})


def test_numbers_stay_as_they_were_written():
    assert parsed(SERVICE, b'{"a": 0, "b": 1.50, "c": 12345678901234567890, "d": 1e5}') == {
        "a": "0",
        "b": "1.50",
        "c": "12345678901234567890",
        "d": "1e5",
    }
