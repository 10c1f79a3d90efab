"""Contracts are data: checked with the path of every fault, and headings are known in every usual spelling."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dean06.cli.main import main
from dean06.clock.errors import BadInput
from dean06.orthography.service import Encoding, encode, fold, search_key
from dean06.sources import code_list, live
from dean06.sources.contract import SHIPPED, load
from dean06.sources.header import find_header
from dean06.sources.headings import Headings

SOURCES = list(live.contracts())
PEOPLE = {"ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "so_cccd", "so_cmnd", "ma_xa", "dia_chi"}
SECOND = {"ho_ten", "so_giay_to"}  # of the second person of a row a list says less
# The systems of requirements §4 whose lists a group cleans; the others carry no list of people, or are the register.
SYSTEMS = {f"S{number:02d}" for number in (*range(7, 21), 23, 24, 25)}


def test_every_system_of_the_regulations_has_a_contract():
    contracts = live.contracts()
    assert SOURCES[0] == "chung"
    assert {contract.system for contract in contracts.values() if contract.system} == SYSTEMS


def test_sex_is_coded_differently_by_sector():
    codes = {source: live.contract(source).sex_codes for source in ("chung", "bhyt", "hoc-sinh", "tiem-chung")}
    assert codes["bhyt"]["2"] == "Nữ"
    assert codes["tiem-chung"]["0"] == "Nữ"
    assert codes["hoc-sinh"]["0"] == "Nam"
    assert "0" not in codes["chung"]


@pytest.mark.parametrize("source", SOURCES)
def test_a_contract_says_why_how_long_and_when(source):
    contract = live.contract(source)
    assert contract.legal.purpose.vi
    assert contract.legal.basis
    assert contract.legal.retention_months == 24
    roles = {rule.role for rule in contract.fields if rule.role}
    assert roles >= (SECOND if contract.beside else PEOPLE)
    assert ("khoa" in roles) is (contract.key is not None)
    assert contract.system is None or contract.rules or source == "chung"
    assert all(len(field.code) <= 20 for field in contract.fields)  # a finding names it in its column
    assert {field.catalogue for field in contract.fields if field.catalogue} <= set(code_list.shipped_ids())


@pytest.mark.parametrize("source", SOURCES)
def test_every_heading_is_its_own_field_s_in_any_case_and_beside_the_others(source):
    contract, headings = live.contract(source), Headings(live.contract(source))
    written = [(field.code, heading) for field in contract.fields for heading in field.headers]
    own = [(code, heading) for code, heading in written if heading in _said(source)]
    claimed = {
        (code, spelling): headings.exact(spelling) or headings.holding(spelling)
        for code, heading in own
        for spelling in (heading, heading.upper())
    }
    assert not [pair for pair, claim in claimed.items() if claim is None or claim.code != pair[0]]
    together = [field.headers[0] for field in contract.fields if field.headers and field.headers[0] in _said(source)]
    find_header([[*together, *(() if "ho_ten" in _codes(source) else ("Họ và tên",))]], headings)  # no two claims


def _said(source: str) -> set[str]:
    """Return the headings that a contract declares itself."""
    return {heading for field in _document(source).get("fields", ()) for heading in field.get("headers", ())}


def _codes(source: str) -> set[str]:
    return {field["code"] for field in _document(source).get("fields", ())}


@cache
def _document(source: str) -> dict[str, Any]:
    return YAML(typ="safe").load((SHIPPED / f"{source}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("catalogue", code_list.shipped_ids())
def test_a_spelling_of_a_list_stands_for_one_code_at_a_time(catalogue):
    told: dict[str, set[str]] = {}
    for one in code_list.shipped(catalogue).on(date(2026, 7, 1)):
        for text in one.spellings[1:]:  # a code may be spelt like another's name without its marks: AO is not Áo
            told.setdefault(search_key(text), set()).add(one.code)
    assert not {text: codes for text, codes in told.items() if len(codes) > 1}


@pytest.mark.parametrize("source", SOURCES)
def test_a_contract_is_a_data_package_that_keeps_every_field(source):
    contract = live.contract(source)
    told = live.data_package(contract, date(2026, 7, 1))
    schema = told["resources"][0]["schema"]
    whole = [field.code for field in contract.fields if not field.part_of and field.code != "stt"]
    assert [field["name"] for field in schema["fields"]] == whole
    assert schema.get("primaryKey", []) == ([contract.key] if contract.key else [])
    assert [rule["code"] for rule in told["dean06"]["rules"]] == [rule.code for rule in contract.rules]
    json.dumps(told)


FAULTS = {
    "no title": ("title: {vi: Danh sách chung, en: General sector list}", "", "title"),
    "bad type": ("type: number", "type: so", "fields.0.type"),
    "bad role": ("role: ngay_sinh", "role: sinh", "role"),
    "bad part": ("part_of: dia_chi", "part_of: noi_o", "part of an unknown field"),
    "twice": ("code: ho_dem", "code: ho", "field declared twice"),
    "extra key": ("version: 1", "version: 1\nmau: x", "mau"),
    "bad key": ("version: 1", "version: 1\nkey: ho_ten", "khoa"),
    "bad cadence": ("day: 10", "day: 31", "cadence.day"),
    "no YAML": ("id: chung", "id: [", "YAML"),
    **{
        f"freshness {name}": ("version: 1", f"version: 1\nfreshness: {{{told}, source: {{vi: a, en: b}}}}", said)
        for name, told, said in (
            ("of no date", "until: ho_ten", "freshness is told by what is no date: ho_ten"),
            ("of an unknown field", "until: khac", "freshness is told by what is no date: khac"),
            ("without an entry", "event: ngay_sinh", "`event` and `entered` go together"),
            ("without a term", "confirmed: ngay_sinh", "`confirmed` and `months` go together"),
            ("told twice", "confirmed: ngay_sinh, months: 3, until: ngay_sinh", "either `confirmed` or `until`"),
        )
    },
    "bad parent": ("version: 1", "version: 1\nextends: khac", "extends"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_contract_is_refused_with_the_place(fault, tmp_path):
    old, new, said = FAULTS[fault]
    text = (SHIPPED / "chung.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "thu.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load(path)
    assert "thu.yaml" in caught.value.vi
    assert said in caught.value.en


USUAL = {
    "ho_ten": [
        "Họ và tên",
        "HỌ VÀ TÊN",
        "Họ tên",
        "HO TEN",
        "Họ và tên (chữ in hoa)",
        "Họ, chữ đệm và tên khai sinh",
        "ho_ten",
    ],
    "ngay_sinh": [
        "Ngày sinh",
        "Ngày, tháng, năm sinh",
        "Ngày sinh (dd/mm/yyyy)",
        "NTNS",
        "Ngay thang nam sinh",
        "NgaySinh",
    ],
    "nam_sinh": ["Năm sinh", "NĂM SINH"],
    "gioi_tinh": ["Giới tính", "Phái", "GT", "Nam/Nữ", "Giới tính (Nam/Nữ)"],
    "gioi_nu": ["Nữ", "Nữ (x)", "NỮ"],
    "so_giay_to": ["Số CCCD/CMND", "CMND/CCCD", "Số định danh", "Mã định danh", "Số ĐDCN", "Số ĐDCN/CCCD"],
    "so_cccd": ["Số CCCD", "Số căn cước công dân", "CCCD (12 số)", "Số thẻ căn cước"],
    "so_cmnd": ["CMND", "Số CMTND", "Chứng minh nhân dân"],
    "dia_chi": ["Nơi thường trú", "Địa chỉ", "Nơi ĐKTT", "Hộ khẩu thường trú", "Nơi ở hiện nay"],
    "ma_xa": ["Mã xã", "Mã ĐVHC"],
    "ho_ten_cha": ["Họ tên cha", "Họ và tên bố", "Họ tên cha (nếu có)"],
    "ho_ten_me": ["Họ tên mẹ", "Họ và tên mẹ"],
}
NOBODY = [
    "Ngày cấp CCCD",
    "Nơi cấp CMND",
    "Họ tên chủ hộ",
    "Họ tên người giám hộ",
    "Ngày vào hội",
    "Ghi chú",
    "Số điện thoại",
    "Ký nhận",
]


@pytest.mark.parametrize(("code", "heading"), [(code, heading) for code, many in USUAL.items() for heading in many])
def test_usual_headings_are_known(code, heading):
    headings = Headings(live.contract("chung"))
    claim = headings.exact(heading) or headings.holding(heading)
    assert claim is not None
    assert claim.code == code


@pytest.mark.parametrize("heading", NOBODY)
def test_headings_about_others_claim_nothing(heading):
    headings = Headings(live.contract("chung"))
    assert headings.exact(heading) is None
    assert headings.holding(heading) is None


@given(
    code=st.sampled_from(sorted(USUAL)),
    at=st.integers(0, 10),
    encoding=st.sampled_from([Encoding.TCVN3, Encoding.VNI, Encoding.CP1258, Encoding.MOJIBAKE, Encoding.DECOMPOSED]),
    upper=st.booleans(),
    bare=st.booleans(),
)
def test_headings_are_known_in_any_encoding_case_and_without_marks(code, at, encoding, upper, bare):
    heading = USUAL[code][at % len(USUAL[code])]
    heading = heading.upper() if upper else heading
    typed = fold(heading) if bare else encode(heading, encoding)
    headings = Headings(live.contract("chung"))
    claim = headings.exact(typed) or headings.holding(typed)
    assert claim is not None
    assert claim.code == code


def test_the_pupils_code_is_not_their_personal_number():
    headings = Headings(live.contract("hoc-sinh"))
    assert headings.exact("Mã định danh Bộ GD&ĐT").code == "ma_hoc_sinh"
    assert headings.exact("Số ĐDCN").code == "so_giay_to"
    assert headings.exact("Mã định danh").code == "so_giay_to"


def test_list_describe_and_check_on_the_command_line(workbook, capsys):
    assert main(["source", "list", "--json"]) == 0
    assert [entry["id"] for entry in json.loads(capsys.readouterr().out)] == SOURCES
    assert main(["source", "describe", "bhyt"]) == 0
    assert "Mã số BHXH" in capsys.readouterr().out
    path = workbook({"Thôn 1": [["Họ tên", "Năm sinh"], ["Nguyễn Văn Hòa", 1985], ["Trần\x02", 1990]]})
    assert main(["source", "check", str(path), "--source", "chung", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["rows_in_file"], said["quarantined"][0]["row"]) == (2, 3, 3)
    assert main(["source", "check", str(path), "--source", "chung"]) == 1
    shown = capsys.readouterr().out
    assert "trang «Thôn 1» dòng 3" in shown
    assert "Nguyễn" not in shown
    assert main(["source", "check", str(path), "--source", "khac"]) == 3
    assert "chọn một trong" in capsys.readouterr().err


@pytest.mark.parametrize("heading", ["Hộ", "Tờ", "Năm", "Bộ", "Mẽ"])
def test_a_heading_with_other_marks_is_another_word(heading):
    claim = Headings(live.contract("chung")).exact(heading)
    assert claim is None


def test_a_rule_of_a_contract_is_never_taken_for_one_of_another_room():
    told = {rule.code for source in SOURCES for rule in live.contract(source).rules}
    assert not {code for code in told if code in live.PROMISES or code.startswith("lien_")}
