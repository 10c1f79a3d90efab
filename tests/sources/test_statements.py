"""What a contract lets its lists say of a person: channels alone, each under a ground, and written in one way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from ruamel.yaml import YAML

from dean06.sources import live
from dean06.sources.contract import Contract

CASES = YAML(typ="safe").load((Path(__file__).parent / "cases" / "statements.yaml").read_text(encoding="utf-8"))
DAY = date(2022, 6, 30)


def with_statements(*said: object, source: str = "thue-bao") -> Contract:
    plain = live.contract(source).model_dump(mode="json")
    return Contract.model_validate(plain | {"statements": list(said)})


def test_subscribers_and_signatures_are_the_first_feeds_and_no_other_list_speaks():
    speaking = {code: contract for code, contract in live.contracts().items() if contract.statements}
    assert set(speaking) == {"thue-bao", "chu-ky-so"}
    assert {contract.system for contract in speaking.values()} == {"S07", "S08"}


@pytest.mark.parametrize("said", CASES["allowed"])
def test_a_channel_may_be_said(said):
    assert with_statements(said).statements[0].predicate == said["predicate"]


@pytest.mark.parametrize("case", CASES["refused"])
def test_who_somebody_is_is_never_said(case):
    with pytest.raises(ValidationError, match=case["why"]):
        with_statements(case["said"])


def test_the_same_is_not_said_twice():
    with pytest.raises(ValidationError, match="declared twice"):
        with_statements(CASES["allowed"][0], CASES["allowed"][0])


@given(st.sampled_from(list(live.contracts().values())), st.data())
def test_no_contract_can_say_more_of_a_person_than_a_channel(contract, data):
    field = data.draw(st.sampled_from(contract.fields))
    said = {"predicate": "dien_thoai", "field": field.code, "basis": 1, "purposes": ["bao_ho_so"], "months": 6}
    plain = contract.model_dump(mode="json") | {"statements": [said]}
    told = not field.part_of and field.role in {None, "khoa"} and field.type.value in {"code", "text"}
    if told:
        assert Contract.model_validate(plain).statements
    else:
        with pytest.raises(ValidationError):
            Contract.model_validate(plain)


def said_of(tmp_path: Path, source: str, head: str, row: str) -> list[tuple[object, ...]]:
    path = tmp_path / "ds.csv"
    path.write_text(f"{head}\n{row}\n", encoding="utf-8")
    batch = live.read_batch(path, live.contract(source), tmp_path / "lo")
    with duckdb.connect() as link:
        live.lay_statements(link, batch, live.contract(source), DAY)
        return link.execute("select predicate, value, said, since, until from noi order by 1, 2").fetchall()


HEADS = {"dien_thoai": "Điện thoại", "thu_dien_tu": "Email", "chung_thu_so": "Số hiệu chứng thư"}


@pytest.mark.parametrize("case", CASES["written"])
def test_the_same_thing_is_the_same_text(tmp_path, case):
    serial = "" if case["predicate"] == "chung_thu_so" else "Số hiệu chứng thư,"
    key = "" if case["predicate"] == "chung_thu_so" else "5404ABCD,"
    head = f"{serial}{HEADS[case['predicate']]},Họ và tên,Ngày sinh"
    told = said_of(tmp_path, "chu-ky-so", head, f"{key}{case['cell']},Nguyễn Văn Ẩn,01/02/1990")
    assert [row[1] for row in told if row[0] == case["predicate"]] == ([case["value"]] if case["value"] else [])


HEAD = "Số thuê bao,Họ và tên,Ngày sinh,Ngày kích hoạt,Ngày xác thực,Đối tượng,Trạng thái"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("0912345678,Nguyễn Văn Ẩn,1990,01/03/2021,15/05/2022,Cá nhân,Đang hoạt động", (2022, 5, 15, 2021, 3, 1)),
        ("0912345678,Nguyễn Văn Ẩn,1990,2021,,,", (2022, 6, 30, 2022, 6, 30)),
        ("0912345678,Nguyễn Văn Ẩn,1990,,31/12/2030,,", (2022, 6, 30, 2022, 6, 30)),
        ("0912345678,Nguyễn Văn Ẩn,1990,,15/05/2022,TỔ CHỨC,", None),
        ("0912345678,Nguyễn Văn Ẩn,1990,,15/05/2022,,da cat", None),
        ("0112345678,Nguyễn Văn Ẩn,1990,,15/05/2022,,", None),
    ],
)
def test_days_bound_it_and_a_condition_keeps_it_unsaid(tmp_path, row, told):
    found = said_of(tmp_path, "thue-bao", HEAD, row)
    if told is None:
        assert found == []
        return
    ((predicate, value, said, since, until),) = found
    assert (predicate, value) == ("dien_thoai", "0912345678")
    assert (said, since) == (date(*told[:3]), date(*told[3:]))
    assert until == said.replace(year=said.year + 1)


def test_a_package_tells_what_a_list_may_say():
    told = live.data_package(live.contract("thue-bao"), DAY)["dean06"]["statements"]
    assert [one["predicate"] for one in told] == ["dien_thoai"]
