"""The hamlet that an address names, as lists write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.places.service import hamlet_of


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("Thôn Trung Lực, xã Gia Ninh", "Thôn Trung Lực"),
        ("THÔN  TRUNG LỰC - Gia Ninh", "Thôn TRUNG LỰC"),
        ("TDP 5, thị trấn Quán Hàu", "Tổ dân phố 5"),
        ("Số 12, tổ 05, phường Bắc Lý", "Tổ dân phố 05"),
        ("Khu phố 3, phường An Xuân", "Khu phố 3"),
        ("KP3, P. An Xuân", "Khu phố 3"),
        ("Bản Khe Cát, xã Trường Sơn", "Bản Khe Cát"),
        ("Ấp 3", "Ấp 3"),
    ],
)
def test_a_hamlet_is_named(address, name):
    found = hamlet_of(address)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "address", ["", "Xã Gia Ninh", "Tòa nhà A, phường B", "12 Trần Hưng Đạo", "Thôn", "Tổng kho, xã A"]
)
def test_where_none_is_named_none_is_made_up(address):
    assert hamlet_of(address) is None


@given(st.sampled_from(["TDP 5", "tdp. 5", "Tổ dân phố 5", "TO DAN PHO 05", "Tổ 5", "T.D.P 5"]), st.text(max_size=20))
def test_spellings_of_one_hamlet_are_one(written, rest):
    found = hamlet_of(f"{written}, phường {rest}")
    assert found is not None
    assert found.key == "to_dan_pho:5"


@given(st.text(max_size=80))
def test_any_address_is_read(address):
    found = hamlet_of(address)
    assert found is None or (found.name and len(found.name) <= 80)
