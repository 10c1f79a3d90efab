"""The shipped packages: whole, fresh, addressed as printed, and answering for the same systems as the texts."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from dean06.charter import library, service, yaml_reader
from dean06.charter.errors import BadAddress, UnknownCharter, UnknownWord
from dean06.charter.types import Citation, Provision
from dean06.charter.vocabulary import COMPILED, SOURCE

REGULATIONS = ("quang-ninh-2022", "xuan-truong-2022")
REMEDY = "run `dean06 charter compile` on the packages that changed"


def _walk(nodes: tuple[Provision, ...]) -> Iterator[Provision]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def test_all_five_ship() -> None:
    assert service.packages() == ("cap-tinh", "cap-xa", "noi-quy", "quang-ninh-2022", "xuan-truong-2022")


def test_compiled_vocabulary_is_that_of_the_source() -> None:
    plain, faults = yaml_reader.read(SOURCE)
    compiled = json.loads(COMPILED.read_text("utf-8"))
    compiled.pop("digest")
    assert not faults
    assert compiled == plain, REMEDY


@pytest.mark.parametrize("name", service.packages())
def test_compiled_form_is_that_of_the_sources(name: str) -> None:
    folder = library.folder_of(name)
    ready = library.compiled(folder)
    assert ready is not None, REMEDY
    fresh = service.compile_package(folder)
    assert (ready.hash, ready.norms[0].key) == (fresh.hash, fresh.norms[0].key)
    assert service.from_canonical(service.to_canonical(fresh)).hash == fresh.hash


@pytest.mark.parametrize("name", service.packages())
def test_each_clause_is_described_and_read(name: str) -> None:
    charter = service.load(name)
    cited = {norm.cite.dotted for norm in charter.norms}
    for node in _walk(service.tree(charter)):
        if node.kind in ("clause", "point", "dash") and node.cite is not None:
            assert node.summary.vi
            assert node.summary.en
            within = any(dotted.startswith(f"{node.cite.dotted}.") for dotted in cited)
            assert node.cite.dotted in cited or within or node.no_norm, node.cite.dotted


@pytest.mark.parametrize("name", service.packages())
def test_every_duty_is_testable_or_says_why_not(name: str) -> None:
    for norm in service.load(name).norms:
        if not norm.testable:
            assert norm.why_not_testable
        timed = norm.deadline is not None and norm.deadline.form in ("continuing", "timely")
        if timed and norm.type in ("duty", "status"):
            assert norm.why_not_testable, norm.key


@pytest.mark.parametrize(
    ("name", "clauses", "norms"), [("quang-ninh-2022", 124, "QN-"), ("xuan-truong-2022", 97, "XT-")]
)
def test_every_row_of_the_reading_has_its_norm(name: str, clauses: int, norms: str) -> None:
    sources = {norm.source for norm in service.load(name).norms}
    rows = {source.partition(" ")[0] for source in sources}
    assert len(rows) == clauses
    assert all(row.startswith(norms) for row in rows)


def test_labels_stay_as_printed() -> None:
    charter = service.load("quang-ninh-2022")
    second = service.provision(charter, Citation("7", "2"))
    assert [node.label for node in second.children] == ["a", "b", "d", "e", "g", "h", "i", "k", "l", "m"]
    with pytest.raises(BadAddress):
        service.provision(charter, Citation("7", "2", "c"))


@pytest.mark.parametrize(
    ("dotted", "label", "text", "english"),
    [
        ("7.2.k", "Điều 7 khoản 2 điểm k", "điểm k khoản 2 Điều 7", "Article 7 clause 2 point k"),
        ("6.10", "Điều 6 khoản 10", "khoản 10 Điều 6", "Article 6 clause 10"),
        ("7", "Điều 7", "Điều 7", "Article 7"),
        (
            "6.1.-2",
            "Điều 6 khoản 1 gạch đầu dòng thứ 2",
            "gạch đầu dòng thứ 2 khoản 1 Điều 6",
            "Article 6 clause 1 dash 2",
        ),
        ("QĐ-2", "Điều 2 của Quyết định", "Điều 2 của Quyết định", "Article 2 of the decision"),
    ],
)
def test_clause_labels(dotted: str, label: str, text: str, english: str) -> None:
    citation = Citation.parse(dotted)
    assert citation.dotted == dotted
    assert service.clause_label(citation) == label
    assert service.clause_in_text(citation) == text
    assert service.clause_label(citation, "en") == english


@pytest.mark.parametrize(
    ("name", "system", "agency", "dotted", "lead"),
    [
        ("quang-ninh-2022", "S11", "BHXH", "7.2.k", True),
        ("xuan-truong-2022", "S11", "BHXH", "6.10", True),
        ("quang-ninh-2022", "S25", "YT", "7.2.i", False),
        ("xuan-truong-2022", "S25", "YT", "6.7", False),
        ("quang-ninh-2022", "S18", "GDDT", "7.2.e", True),
        ("xuan-truong-2022", "S18", "GDDT", "6.8", True),
        ("quang-ninh-2022", "S12", "TP", "7.2.d", True),
        ("xuan-truong-2022", "S24", "TCKH", "6.5.-1", True),
        ("xuan-truong-2022", "S23", "POL", "6.1.-4", False),
        ("cap-xa", "S11", "BHXHCS", "6.2.e", True),
        ("cap-xa", "S25", "TYT", "6.2.đ", True),
        ("cap-xa", "S18", "VHXH", "6.2.c", True),
        ("cap-tinh", "S18", "SGDDT", "6.2.e", True),
    ],
)
def test_who_answers_for_a_system(name: str, system: str, agency: str, dotted: str, lead: bool) -> None:  # noqa: FBT001  a table's column
    found = service.answerable(service.load(name), system)
    assert found is not None
    assert (found.agency, found.citation.dotted, found.lead) == (agency, dotted, lead)
    assert (found.lead_by_reading is not None) == (not lead)


def test_health_insurance_is_a_reading_in_one_text_only() -> None:
    by_letter = service.answerable(service.load("quang-ninh-2022"), "S11")
    by_reading = service.answerable(service.load("xuan-truong-2022"), "S11")
    assert by_letter is not None
    assert by_letter.reading is None
    assert by_reading is not None
    assert by_reading.reading is not None
    assert "bảo hiểm y tế" in by_reading.reading.vi


def test_nobody_answers_where_the_text_is_silent() -> None:
    assert service.answerable(service.load("quang-ninh-2022"), "S24") is None
    with pytest.raises(UnknownWord) as refused:
        service.answerable(service.load("quang-ninh-2022"), "S99")
    assert refused.value.vi.startswith("Hệ thống «S99» ")
    assert refused.value.en.startswith("The system 'S99' ")


def test_report_rules_differ_by_text() -> None:
    one = service.report_rule(service.load("quang-ninh-2022"), "report.send_monthly")
    other = service.report_rule(service.load("xuan-truong-2022"), "report.send_monthly")
    assert one is not None
    assert other is not None
    assert one.recipients == (("pc_chair", "Chủ tịch UBND huyện"),)
    assert other.recipients == (("PPC", "Ủy ban nhân dân tỉnh"),)
    assert (one.symbol, other.symbol) == ("BC-TCTĐA", "BC-TCTĐA")
    assert (one.parent, other.parent) == ("UBND HUYỆN QUẢNG NINH", "UBND HUYỆN XUÂN TRƯỜNG")
    assert one.signers == ("leader", "standing_deputy")
    both = service.report_rule(service.load("xuan-truong-2022"), "report.consolidate_and_send")
    assert both is not None
    assert [party for party, _ in both.recipients] == ["PPOL", "PPC"]
    assert service.report_rule(service.load("quang-ninh-2022"), "report.consolidate_and_send") is None


@pytest.mark.parametrize("name", ["cap-xa", "cap-tinh"])
def test_templates_bind_nobody_by_themselves(name: str) -> None:
    charter = service.load(name)
    assert charter.kind == "template"
    assert charter.is_unsigned
    assert {norm.source for norm in charter.norms} == {"mẫu"}


def test_unknown_package() -> None:
    with pytest.raises(UnknownCharter) as refused:
        service.load("quang-nin-2022")
    assert "quang-ninh-2022" in refused.value.vi
