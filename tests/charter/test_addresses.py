"""How a clause is named in words, where it stands, and what its summary is."""

from __future__ import annotations

import pytest

from charter import dong_lua
from dean06.charter import service
from dean06.charter.errors import BadAddress
from dean06.charter.types import Citation, Words


@pytest.mark.parametrize(
    ("dotted", "label", "text", "english", "english_text"),
    [
        ("9", "Điều 9", "Điều 9", "Article 9", "Article 9"),
        ("9.4", "Điều 9 khoản 4", "khoản 4 Điều 9", "Article 9 clause 4", "clause 4, Article 9"),
        (
            *("9.4.đ", "Điều 9 khoản 4 điểm đ", "điểm đ khoản 4 Điều 9"),
            *("Article 9 clause 4 point đ", "point đ, clause 4, Article 9"),
        ),
        (
            *("9.4.-3", "Điều 9 khoản 4 gạch đầu dòng thứ 3", "gạch đầu dòng thứ 3 khoản 4 Điều 9"),
            *("Article 9 clause 4 dash 3", "dash 3, clause 4, Article 9"),
        ),
        (
            *("QĐ-2.1", "Điều 2 của Quyết định khoản 1", "khoản 1 Điều 2 của Quyết định"),
            *("Article 2 of the decision clause 1", "clause 1, Article 2 of the decision"),
        ),
        ("QĐ-head", *("phần đầu của Quyết định",) * 2, *("the heading of the decision",) * 2),
        ("QĐ-basis", *("phần căn cứ của Quyết định",) * 2, *("the legal bases of the decision",) * 2),
        ("QĐ-recipients", *("phần nơi nhận của Quyết định",) * 2, *("the list of recipients of the decision",) * 2),
    ],
)
def test_a_clause_is_named_from_large_to_small_and_in_text_from_small_to_large(
    dotted: str, label: str, text: str, english: str, english_text: str
) -> None:
    citation = Citation.parse(dotted)
    assert service.clause_label(citation) == label
    assert service.clause_in_text(citation) == text
    assert service.clause_label(citation, "en") == english
    assert service.clause_in_text(citation, "en") == english_text


@pytest.mark.parametrize("dotted", ["QĐ-1", "1", "1.3", "2.1.a", "2.1.-2", "3.2"])
def test_every_printed_address_leads_to_its_clause(dotted: str) -> None:
    found = service.provision(dong_lua.WHOLE, Citation.parse(dotted))
    assert found.cite is not None
    assert found.cite.dotted == dotted


@pytest.mark.parametrize("dotted", ["4", "1.4", "2.1.b", "2.1.a.x", "", "1..a"])
def test_an_address_that_the_text_does_not_have_is_refused(dotted: str) -> None:
    with pytest.raises(BadAddress) as refused:
        service.provision(dong_lua.WHOLE, Citation.parse(dotted))
    assert f"«{dotted}»" in refused.value.vi
    assert f"{dotted!r}" in refused.value.en


def test_a_clause_without_a_summary_has_the_one_of_its_article() -> None:
    assert service.summary_of(dong_lua.WHOLE, Citation("1", "1")) == Words(
        "Tổ trưởng giao việc cho các thành viên trong tổ.", "The leader gives tasks to members."
    )
    assert service.summary_of(dong_lua.WHOLE, Citation("QĐ-1")).en == "The decision is in force from 10 March."
    assert service.summary_of(dong_lua.WHOLE, Citation("1")) == Words("", "")
    plain = dong_lua.raw()
    article = plain["provisions"][1]["children"][0]["children"][0]
    article |= {"vi": "Việc của Tổ trưởng.", "en": "What the leader does."}
    article["children"][2] |= {"vi": "", "en": ""}
    silent = dong_lua.text.from_raw(plain)
    assert service.summary_of(silent, Citation("1", "3")) == Words("Việc của Tổ trưởng.", "What the leader does.")
    assert service.summary_of(silent, Citation("1", "2")).en == "The deputy signs notices."
