"""A contract as text: one digest, one text; what a stranger's file says of it; and what two texts say differently."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.clock.errors import BadInput
from dean06.sources import live
from dean06.sources.contract import Contract
from dean06.sources.repertoire import keep, kept

DAY = date(2026, 11, 30)
SOURCES = list(live.contracts())


def body_of(contract: Contract) -> dict:
    return contract.model_dump(mode="json", exclude_defaults=True)


@pytest.mark.parametrize("source", ["chung", "bhyt", "khai-tu", "hoi-khuyen-hoc"])
def test_a_contract_is_kept_under_the_digest_of_its_bytes_and_read_back_whole(source, tmp_path):
    contract = live.contract(source)
    digest = keep(tmp_path, contract)
    assert digest == live.digest_of_contract(contract)
    text = (tmp_path / f"{digest}.yaml").read_bytes()
    assert hashlib.sha256(text).hexdigest() == digest
    assert text.decode() == live.written(contract)
    assert kept(tmp_path, digest) == contract
    assert live.proofed(body_of(contract)) == (contract, ())


def test_a_text_that_was_changed_is_not_read(tmp_path):
    digest = keep(tmp_path, live.contract("chung"))
    path = tmp_path / f"{digest}.yaml"
    path.chmod(0o600)
    path.write_text(path.read_text().replace("month", "year"))
    with pytest.raises(Exception, match="không còn nguyên"):
        kept(tmp_path, digest)


@settings(max_examples=15, deadline=None)
@given(
    headers=st.lists(
        st.text("abcđêôƠỨ ", min_size=3, max_size=12).map(str.strip).filter(bool), max_size=3, unique=True
    ),
    day=st.integers(1, 28),
    required=st.booleans(),
)
def test_what_is_written_is_read_back_the_same(headers, day, required):
    body = body_of(live.contract("bhyt"))
    body["cadence"]["day"] = day
    body["fields"][1] |= {"headers": headers, "required": required}
    contract = Contract.model_validate(body)
    again = live.body_of_file(live.written(contract).encode(), {}, live.SHIPPED.find)
    assert Contract.model_validate(again) == contract
    assert live.digest_of_contract(Contract.model_validate(again)) == live.digest_of_contract(contract)


# ------------------------------------------------------------ what is wrong


@pytest.mark.parametrize(
    ("path", "change", "said"),
    [
        ("cadence.day", {"cadence": {"every": "month", "day": 40}}, "Kỳ nộp (cadence.day): không được quá 28."),
        (
            "cadence.every",
            {"cadence": {"every": "week", "day": 4}},
            "phải là một trong: 'month', 'quarter', 'year' or 'once'",
        ),
        ("legal.retention_months", {"legal": {"retention_months": "lâu"}}, "phải là số nguyên"),
        ("zz", {"zz": 1}, "Hợp đồng (zz): hợp đồng không có mục này: bỏ đi."),
        ("", {"key": None}, "khóa của dòng phải là đúng một cột"),
    ],
)
def test_each_fault_has_its_path_and_a_sentence(path, change, said):
    body = body_of(live.contract("bhyt"))
    body |= {name: body[name] | told if name == "legal" else told for name, told in change.items()}
    _, faults = live.proofed(body)
    assert [one.path for one in faults] == [path]
    assert said in faults[0].vi


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pattern": "([0-9"}, "mẫu không đọc được"),
        ({"catalogue": "khong-co"}, "không có danh mục này"),
        ({"headers": ["Mã BHXH"]}, "tiêu đề «Mã BHXH» đã là của cột «ma_so_bhxh»"),
        ({"code": "dong", "headers": []}, "tên cột «dong» đã dùng cho việc khác"),
        ({"code": "goc_x", "headers": []}, "tên cột «goc_x» đã dùng cho việc khác"),
    ],
)
def test_what_a_shape_does_not_show_is_told_too(change, said):
    body = body_of(live.contract("bhyt"))
    body["fields"][6] |= change
    _, faults = live.proofed(body)
    assert len(faults) == 1
    assert said in faults[0].vi


# ------------------------------------------------------------ files of strangers


@pytest.mark.parametrize("source", SOURCES)
def test_the_product_s_own_packages_come_back_as_drafts(source):
    package = json.dumps(live.data_package(live.contract(source), DAY)).encode()
    body = live.body_of_file(package, body_of(live.contract(source)), live.SHIPPED.find)
    assert [one["code"] for one in body["fields"]] == [one.code for one in live.contract(source).fields]
    assert live.proofed(body)[1] == ()


def test_a_table_schema_of_a_stranger_finds_the_columns_it_means_and_adds_the_rest():
    schema = {
        "fields": [
            {"name": "hoten", "title": "Họ và tên", "type": "string", "constraints": {"required": True}},
            {"name": "Mã hội viên", "type": "string", "constraints": {"pattern": "[0-9]{6}"}},
            {"name": "joined", "title": "Ngày vào hội", "type": "date"},
            {"name": "loai", "title": "Loại hội viên", "type": "string", "constraints": {"enum": ["A", "B"]}},
        ],
        "primaryKey": "Mã hội viên",
    }
    chung = live.contract("chung")
    body = live.body_of_file(json.dumps(schema).encode(), body_of(chung), live.SHIPPED.find)
    contract, faults = live.proofed(body)
    assert faults == ()
    assert contract is not None
    new = [
        (one.code, one.type.value, one.role)
        for one in contract.fields
        if one.code not in {f.code for f in chung.fields}
    ]
    assert new == [("ma_hoi_vien", "text", "khoa"), ("joined", "date", None), ("loai", "text", None)]
    assert contract.key == "ma_hoi_vien"
    assert contract.field("ho_ten").headers[-1] == "hoten"
    assert contract.field("loai").codes == {"A": "A", "B": "B"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: &x [1]\nb: *x\n", "tham chiếu"),
        (b"\xff\xfe\x00", "không đọc được"),
        (b"[1, 2]", "không phải một hợp đồng"),
        (b"title: x\nfields: [{code: a, title: b, type: text}]", "phải là một nhóm mục"),
        (b"fields: [{name: 3}, x]", "không có danh sách cột"),
        (b"!!python/object/apply:os.system ['true']", "không đọc được"),
        (b"x" * 1_000_001, "lớn hơn 1 MB"),
        (b"{" * 5000, "không đọc được"),
    ],
)
def test_what_is_no_contract_is_refused_in_a_sentence(content, said):
    with pytest.raises(BadInput, match=said):
        live.body_of_file(content, body_of(live.contract("chung")), live.SHIPPED.find)


# ------------------------------------------------------------ differences


def test_differences_are_told_field_by_field_and_rule_by_rule():
    before = body_of(live.contract("bhyt"))
    after = json.loads(json.dumps(before))
    after["fields"][1]["headers"] = [*after["fields"][1]["headers"][1:], "Số hiệu"]
    after["fields"][1]["required"] = True
    after["rules_off"] = [after["rules"].pop(0)]
    after["cadence"] = {"every": "month", "day": 12}
    gone = after["fields"].pop(7)
    told = {(one.part, one.code, one.name): (one.before, one.after) for one in live.differences(before, after)}
    assert told == {
        ("contract", "", "cadence"): (("every: month", "day: 10"), ("every: month", "day: 12")),
        ("field", "ma_the_bhyt", "headers"): (("Mã thẻ BHYT",), ("Số hiệu",)),
        ("field", "ma_the_bhyt", "required"): ((), ("True",)),
        ("field", gone["code"], ""): ((gone["title"]["vi"],), ()),
        ("rule", "mot_ma_mot_ten", "off"): ((), ("True",)),
    }
    assert live.differences(before, before) == ()
