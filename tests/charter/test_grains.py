"""The grains of a regulation: an address by its printed labels, a party, words in two languages."""

from __future__ import annotations

import pytest

from dean06.charter.errors import BadAddress
from dean06.charter.norms import Bearer, Citation, Words


@pytest.mark.parametrize(
    ("dotted", "parts"),
    [
        ("9", {"article": "9", "clause": None, "point": None}),
        ("7.2", {"article": "7", "clause": "2", "point": None}),
        ("7.2.k", {"article": "7", "clause": "2", "point": "k"}),
        ("6.1.-2", {"article": "6", "clause": "1", "point": "-2"}),
        ("QĐ-2", {"article": "QĐ-2", "clause": None, "point": None}),
    ],
)
def test_address_is_read_and_written_by_its_labels(dotted: str, parts: dict[str, str | None]) -> None:
    citation = Citation.parse(dotted)
    assert citation.as_json() == parts
    assert citation.dotted == dotted


@pytest.mark.parametrize("dotted", ["", ".", "7.", ".2", "7..k", "7.2.k.1"])
def test_address_with_a_label_too_few_or_too_many_is_refused(dotted: str) -> None:
    with pytest.raises(BadAddress):
        Citation.parse(dotted)


def test_party_names_its_agency_where_there_is_one() -> None:
    assert Bearer("member", "YT").party == "member:YT"
    assert Bearer("leader").party == "leader"


def test_words_are_told_by_language() -> None:
    assert Words("Tổ trưởng", "leader").as_json() == {"vi": "Tổ trưởng", "en": "leader"}
