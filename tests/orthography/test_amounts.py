"""Sums in words: the cases a clerk would check, and what holds of every sum."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.charter import yaml_reader
from dean06.orthography.service import amount_in_words

CASES, FAULTS = yaml_reader.read(Path(__file__).with_name("amounts.yaml"))
VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


def test_the_cases_are_read():
    assert FAULTS == []
    assert len(CASES) > 40


@pytest.mark.parametrize(("amount", "said"), CASES.items())
def test_a_sum_is_read_as_papers_write_it(amount, said):
    assert amount_in_words(int(amount)) == said


def understood(said: str) -> int:
    """Read the words back, by a grammar of its own: hundreds, thousands, millions, then thousand millions."""
    total = part = digit = 0
    for word in said.split():
        match word:
            case "linh":
                digit = 0
            case "mười":
                part, digit = part + 10, 0
            case "mươi":
                part, digit = part + digit * 10, 0
            case "trăm":
                part, digit = part + digit * 100, 0
            case "nghìn":
                total, part, digit = total + (part + digit) * 1000, 0, 0
            case "triệu":
                total, part, digit = total + (part + digit) * 10**6, 0, 0
            case "tỷ":
                total, part, digit = (total + part + digit) * 10**9, 0, 0
            case _:
                digit = VALUES[word]
    return total + part + digit


@given(st.integers(min_value=0, max_value=10**15))
def test_every_sum_is_read_back_as_itself(amount):
    said = amount_in_words(amount)
    assert said.endswith(" đồng chẵn" if amount and amount % 1000 == 0 else " đồng")
    assert understood(said.lower().removesuffix(" chẵn").removesuffix(" đồng")) == amount
