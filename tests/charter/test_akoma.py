"""A made-up regulation as Akoma Ntoso: what it says of the work, its issuer and its days, and where notes stand."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from charter import dong_lua
from dean06.charter import service, text
from dean06.charter.akoma_meta import plain_word

AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "d": "urn:dean06:charter:1"}


def _document(**head: Any) -> etree._Element:
    return etree.fromstring(service.akoma_ntoso(dong_lua.with_head(**head)))


def _instrument(**other: Any) -> dict[str, Any]:
    return {**dong_lua.raw()["instrument"], **other}


def _values(document: etree._Element, path: str) -> list[Any]:
    return list(document.xpath(path, namespaces=AKN))


def test_the_bytes_begin_as_a_document_of_the_standard() -> None:
    written = service.akoma_ntoso(dong_lua.WHOLE).decode()
    assert written.startswith(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
        '<act name="quy-che" contains="originalVersion"><meta>'
    )
    assert written.endswith("</act></akomaNtoso>\n")


@pytest.mark.parametrize(("version", "contains"), [(1, "originalVersion"), (2, "singleVersion"), (9, "singleVersion")])
def test_a_later_version_is_not_the_original(version: int, contains: str) -> None:
    document = _document(version=version)
    assert _values(document, "a:act/@contains") == [contains]
    assert _values(document, "//a:FRBRversionNumber/@value") == [str(version)]
    assert _values(document, "//d:version/text()") == [str(version)]


@pytest.mark.parametrize(
    ("instrument", "in_force", "uri", "days", "events"),
    [
        ({}, {}, "2025-03-01/dong-lua/vie@2025-03-10!v1", "generation 2025-03-01", "generation in-force"),
        ({"date": None}, {}, "dong-lua/vie@2025-03-10!v1", "described 2026-01-07", "in-force"),
        ({}, {"from": None}, "2025-03-01/dong-lua/vie@!v1", "generation 2025-03-01", "generation"),
        ({"date": None}, {"from": None, "to": "2026-02-01"}, "dong-lua/vie@!v1", "described 2026-01-07", "repeal"),
        ({"date": None}, {"from": None}, "dong-lua/vie@!v1", "described 2026-01-07", ""),
    ],
)
def test_a_work_is_named_by_its_day_and_an_expression_by_its_force(
    instrument: dict[str, Any], in_force: dict[str, Any], uri: str, days: str, events: str
) -> None:
    document = _document(instrument=_instrument(**instrument), in_force={**dong_lua.raw()["in_force"], **in_force})
    assert _values(document, "//a:FRBRExpression/a:FRBRuri/@value") == [f"/akn/vn/act/quy-che/{uri}"]
    work = _values(document, "//a:FRBRWork/a:FRBRdate")[0]
    assert f"{work.get('name')} {work.get('date')}" == days
    assert _values(document, "//a:eventRef/@refersTo") == [f"#{event}" for event in events.split()]
    assert _values(document, "//a:TLCEvent/@eId") == events.split()
    spans = [dict(span.attrib) for span in _values(document, "//a:timeInterval")]
    assert spans == ([{"start": "#event_in-force", "refersTo": "#in-force"}] if "in-force" in events else [])


def test_the_day_of_the_description_is_the_last_on_which_a_norm_was_checked() -> None:
    dates = _values(_document(), "//a:FRBRExpression/a:FRBRdate | //a:FRBRManifestation/a:FRBRdate")
    assert [(date.get("name"), date.get("date")) for date in dates] == [("described", "2026-01-07")] * 2
    dates = _values(_document(norms=[]), "//a:FRBRExpression/a:FRBRdate/@date")
    assert dates == ["0001-01-01"]


@pytest.mark.parametrize(("kind", "prescriptive"), [("regulation", "true"), ("template", "false")])
def test_only_a_regulation_prescribes(kind: str, prescriptive: str) -> None:
    document = _document(kind=kind)
    assert _values(document, "//a:FRBRprescriptive/@value") == [prescriptive]
    assert _values(document, "//d:kind/text()") == [kind]


@pytest.mark.parametrize(
    ("issuer", "tag", "href", "shown"),
    [
        ("leader", "TLCRole", "role/vn/dong-lua/leader", "Tổ trưởng"),
        ("PC", "TLCOrganization", "organization/vn/dong-lua/pc", "Ủy ban nhân dân xã Đồng Lúa"),
        ("", "TLCOrganization", "organization/vn/dong-lua/issuer", "UBND XÃ ĐỒNG LÚA"),
        ("Hội_đồng Đ", "TLCOrganization", "organization/vn/dong-lua/hoi-ddong-dd", "UBND XÃ ĐỒNG LÚA"),
        ("ở", "TLCOrganization", "organization/vn/dong-lua/o", "UBND XÃ ĐỒNG LÚA"),
    ],
)
def test_the_issuer_is_a_role_or_an_organisation(issuer: str, tag: str, href: str, shown: str) -> None:
    (element,) = _values(_document(instrument=_instrument(issuer=issuer)), "//a:references/*[@eId='issuer']")
    assert etree.QName(element).localname == tag
    assert (element.get("href"), element.get("showAs")) == (f"/akn/ontology/{href}", shown)


def test_an_issuer_that_is_role_and_agency_at_once_is_the_agency() -> None:
    roles = dong_lua.raw()["roles"]
    document = _document(roles=[*roles, {**roles[0], "code": "PC"}], instrument=_instrument(issuer="PC"))
    (element,) = _values(document, "//a:references/*[@eId='issuer']")
    assert element.get("href") == "/akn/ontology/organization/vn/dong-lua/pc"
    assert element.get("showAs") == "Ủy ban nhân dân xã Đồng Lúa"


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("đ", "dd"),
        ("Đ", "DD"),
        ("d", "d"),
        ("ơ", "o"),
        ("-2", "2"),
        ("a b//c", "a-b-c"),
        ("12A", "12A"),
        ("x1x", "x1x"),
        ("", "x"),
        ("…", "x"),
    ],
)
def test_a_word_of_an_identifier_is_plain(word: str, plain: str) -> None:
    assert plain_word(word) == plain


@pytest.mark.parametrize(
    ("number", "day", "line"),
    [
        ("7/QĐ-TCT", "2025-03-01", "Quyết định số 7/QĐ-TCT ngày 01/03/2025"),
        ("7/QĐ-TCT", None, "Quyết định số 7/QĐ-TCT"),
        (None, "2025-03-01", " ngày 01/03/2025"),
    ],
)
def test_the_preface_names_the_decision_by_what_is_known_of_it(number: str | None, day: str | None, line: str) -> None:
    document = _document(instrument=_instrument(number=number, date=day))
    (paragraph,) = _values(document, "//a:preface/a:p")
    assert "".join(paragraph.itertext()) == line
    assert _values(document, "//a:docDate/@date") == ([day] if day else [])
    assert _values(document, "//a:docNumber/text()") == ([number] if number else [])
    assert _values(document, "//a:FRBRnumber/@value") == ([number] if number else [])
    assert _values(document, "//d:unsigned/text()") == ["false" if number and day else "true"]


def test_an_unsigned_decision_has_no_line() -> None:
    assert _values(_document(instrument=_instrument(number=None, date=None)), "//a:preface/a:p") == []


def test_a_dash_is_printed_as_a_dash_and_numbered_in_its_identifier() -> None:
    (dash,) = _values(_document(), "//a:indent")
    assert dash.get("eId") == "art_2__para_1__indent_2"
    assert [child.text for child in dash.iterfind("a:num", AKN)] == ["-"]
    assert _values(_document(), "//a:point/@eId") == ["art_2__para_1__point_a"]
    assert _values(_document(), "//a:hcontainer/a:article/@eId") == ["hcontainer_1__art_1"]


def _with_parts(*notes: tuple[str, str]) -> etree._Element:
    """Set a list of recipients of two levels behind the decision, and notes at addresses."""
    plain = dong_lua.raw()
    article = plain["provisions"][0]["children"][0]
    empty = {"heading": "", "en": "", "no_norm": None, "children": []}
    inner = {**empty, "kind": "dash", "label": "-1", "cite": "QĐ-recipients.1.-1", "vi": "Công an xã."}
    outer = {**empty, "kind": "clause", "label": "1", "cite": "QĐ-recipients.1", "vi": "Các cơ quan:"}
    plain["provisions"][0]["children"].append(
        {
            **article,
            "label": "QĐ-recipients",
            "cite": "QĐ-recipients",
            "heading": "Nơi nhận",
            "vi": "Như sau.",
            "children": [
                {**outer, "children": [inner]},
                {**outer, "label": "2", "cite": "QĐ-recipients.2", "vi": "Lưu."},
            ],
        }
    )
    plain["notes"] = [{"code": code, "where": where, "vi": f"Lưu ý {code}.", "en": ""} for code, where in notes]
    return etree.fromstring(service.akoma_ntoso(text.from_raw(plain)))


def test_what_stands_around_the_articles_is_written_line_by_line_with_its_notes() -> None:
    document = _with_parts(("O-1", "QĐ-recipients"), ("O-2", "QĐ-recipients.1.-1"), ("O-3", "QĐ-recipients.2"))
    lines = _values(document, "//a:conclusions/a:container/a:p")
    assert ["".join(line.xpath("text() | a:b/text()", namespaces=AKN)) for line in lines] == [
        "Nơi nhận",
        "Như sau.",
        "1. Các cơ quan:",
        "Công an xã.",
        "2. Lưu.",
    ]
    notes = [line.xpath("a:authorialNote/@marker", namespaces=AKN) for line in lines]
    assert notes == [[], ["O-1"], [], ["O-2"], ["O-3"]]
    assert _values(document, "//a:authorialNote/@eId") == [
        f"conclusions__container_1__authorialNote_{number}" for number in (1, 2, 3)
    ]


def test_a_note_stands_in_the_heading_where_an_article_has_no_words_of_its_own() -> None:
    document = _with_parts(("O-1", "1"), ("O-2", "QĐ-1"), ("O-3", ""), ("O-4", "2.1"))
    assert _values(document, "//a:authorialNote[ancestor::a:heading]/@marker") == ["O-1"]
    assert _values(document, "//a:authorialNote[ancestor::a:content]/@marker") == ["O-2"]
    assert _values(document, "//a:authorialNote[ancestor::a:preface]/@marker") == ["O-3"]
    assert _values(document, "//a:authorialNote[ancestor::a:intro]/@marker") == ["O-4"]
    assert _values(document, "//a:authorialNote/@placement") == ["bottom"] * 4
    assert _values(document, "//a:authorialNote/a:p/text()") == [f"Lưu ý O-{at}." for at in (3, 2, 1, 4)]
