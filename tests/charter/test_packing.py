"""A charter is what its files say, and goes back to them: whole, in the order of the text, the same by the byte."""

from __future__ import annotations

import io
import zipfile
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest

from charter.tea_hill import FILES, HEAD
from dean06.charter import service
from dean06.charter.errors import CharterInvalid
from dean06.charter.types import AgencyInfo, Body, Charter, Citation, Instrument, Note, Provision, RoleInfo, Words

CHARTER = service.compile_sources(FILES)


def _with(**head: Any) -> Charter:
    return service.compile_sources({**FILES, "charter.yaml": {**HEAD, **head}})


# ------------------------------------------------------------------ files to charter
def test_the_head_of_a_charter_is_that_of_its_file() -> None:
    assert (CHARTER.line, CHARTER.version, CHARTER.kind, CHARTER.level) == ("doi-che", 3, "regulation", "commune")
    assert CHARTER.title == "Quy chế mẫu của Tổ công tác xã Đồi Chè"
    assert CHARTER.instrument == Instrument(
        kind="decision", number="07/QĐ-UBND", date=date(2024, 2, 29), issuer="CPC", form="TM", place="Đồi Chè"
    )
    assert (CHARTER.in_force_from, CHARTER.in_force_to) == (date(2024, 3, 1), date(2026, 2, 28))
    assert CHARTER.body == Body(
        parent="UBND XÃ ĐỒI CHÈ",
        name_lines=("TỔ CÔNG TÁC", "ĐỀ ÁN 06"),
        short_name="Tổ công tác",
        place="Đồi Chè",
        symbols={"decision": "QĐ-TCT", "notice": "TB-TCT"},
        archive="VT",
    )
    assert CHARTER.seals == {"CPC": "Con dấu của UBND xã", "CPOL": "Con dấu của Công an xã"}
    assert CHARTER.notes == (Note("O-1", "2.1.b", "Lưu ý.", "A remark."),)
    assert CHARTER.distribution == {"report.send_monthly": ("UBND xã", "Lưu: VT")}


def test_roles_and_agencies_are_those_of_the_head() -> None:
    assert list(CHARTER.roles) == ["leader", "standing_deputy", "member", "group", "keeper"]
    assert CHARTER.roles["leader"] == RoleInfo(
        code="leader",
        title="Tổ trưởng",
        post="Chủ tịch UBND xã",
        agency="CPC",
        agency_by_reading=False,
        ex_officio=True,
        aliases=("Trưởng tổ",),
    )
    assert CHARTER.roles["standing_deputy"] == RoleInfo(
        code="standing_deputy",
        title="Tổ phó thường trực",
        post="",
        agency="CPOL",
        agency_by_reading=True,
        ex_officio=False,
        aliases=(),
    )
    assert list(CHARTER.agencies.values()) == [
        AgencyInfo(code="CPC", name="Ủy ban nhân dân xã Đồi Chè", short="UBND xã", member=False),
        AgencyInfo(code="CPOL", name="Công an xã Đồi Chè", short="", member=True),
        AgencyInfo(code="TYT", name="Trạm Y tế xã Đồi Chè", short="", member=True),
    ]
    assert CHARTER.member_agencies == ("CPOL", "TYT")


def test_the_agency_of_a_post_is_fixed_by_the_letter_and_not_by_a_reading() -> None:
    assert CHARTER.index.fixed_agency == {"leader": "CPC"}


def test_every_clause_stands_in_its_place_with_its_words() -> None:
    def told(nodes: tuple[Provision, ...]) -> list[Any]:
        return [
            (node.kind, node.label, node.cite and node.cite.dotted, node.heading, node.summary.vi, told(node.children))
            for node in nodes
        ]

    work: list[Any] = [
        ("point", "a", "2.1.a", "", "Tổ trưởng dùng dấu.", []),
        ("point", "b", "2.1.b", "", "Tổ phó ký thay.", []),
        ("dash", "-3", "2.1.-3", "", "Gạch đầu dòng.", []),
    ]
    scope: list[Any] = [("clause", "1", "1.1", "", "Nói về tổ.", []), ("clause", "2", "1.2", "", "Tổ thuộc xã.", [])]
    signs = [("clause", "1", "2.1", "", "Ký và đóng dấu:", work), ("clause", "2", "2.2", "", "Nối dữ liệu.", [])]
    reports: list[Any] = [("clause", "1", "12.1", "", "Hằng tháng báo cáo.", [])]
    first = [("article", "1", "1", "Phạm vi", "", scope), ("article", "2", "2", "Công việc", "", signs)]
    second = [("article", "12", "12", "Báo cáo", "", reports), ("article", "3a", "3a", "Cuối cùng", "", [])]
    chapters = [
        ("chapter", "I", None, "Quy định chung", "", first),
        ("chapter", "II", None, "Thi hành", "", second),
    ]
    decided: list[Any] = [("article", "QĐ-1", "QĐ-1", "Ban hành", "Ban hành quy chế.", [])]
    assert told(service.tree(CHARTER)) == [
        ("part", "QĐ", None, "Quyết định ban hành", "", decided),
        ("part", "QC", None, "Quy chế mẫu của Tổ công tác xã Đồi Chè", "", chapters),
    ]
    repeated = service.provision(CHARTER, Citation("2", "1", "b"))
    assert (repeated.summary, repeated.no_norm) == (Words("Tổ phó ký thay.", "The deputy signs for him."), "nhắc lại")


BARE: dict[str, Any] = {
    "bearers": (),
    "action": None,
    "when": (),
    "systems": (),
    "joined_with": (),
    "document_kinds": (),
    "meeting_kinds": (),
    "coordinators": (),
    "on_behalf_of": None,
    "delegate": None,
    "sign_form": None,
    "seal": None,
    "seal_by": None,
    "deadline": None,
    "recipients": (),
    "via": None,
    "after": (),
    "blocks": (),
    "extends_to": (),
    "fulfilled_by": None,
    "evidence": (),
    "enforcement": "warn",
    "testable": True,
    "why_not_testable": None,
    "dormant": None,
    "gaps": (),
    "reading": None,
}
LEADER = {"role": "leader", "agency": None}
TYT = {"role": "member", "agency": "TYT"}
NORMS: dict[str, dict[str, Any]] = {
    "scope": {
        "cite": {"article": "1", "clause": "2", "point": None},
        "type": "constitutive",
        "enforcement": "record",
        "source": "mẫu 1",
        "last_checked": date(2026, 11, 20),
    },
    "leader.seal": {
        "cite": {"article": "2", "clause": "1", "point": "a"},
        "type": "power",
        "bearers": (LEADER,),
        "action": "seal.use",
        "seal": "CPC",
        "source": "mẫu 2",
        "last_checked": date(2026, 11, 21),
    },
    "deputy.sign": {
        "cite": {"article": "2", "clause": "1", "point": "b"},
        "type": "power",
        "bearers": ({"role": "standing_deputy", "agency": None}, TYT),
        "action": "document.sign",
        "when": (
            ("matter.is_routine",),
            ("!matter.is_important",),
            ("assignment.covers_document", "delegation.covers_date_and_scope"),
        ),
        "document_kinds": ("urging_letter",),
        "sign_form": "KT",
        "on_behalf_of": "leader",
        "seal_by": "leader.seal",
        "enforcement": "block",
        "source": "mẫu 3",
        "last_checked": date(2026, 11, 21),
    },
    "tyt.connect": {
        "cite": {"article": "2", "clause": "2", "point": None},
        "type": "duty",
        "bearers": (TYT,),
        "action": "integration.lead",
        "systems": ("S25",),
        "joined_with": ("S01",),
        "coordinators": ("CPOL",),
        "deadline": {"form": "timely", "day": None, "event": None},
        "testable": False,
        "why_not_testable": "không nêu ngày",
        "gaps": ("G-08",),
        "reading": {"vi": "Đọc là công an chủ trì.", "en": "The police lead.", "lead": "CPOL"},
        "source": "mẫu 4",
        "last_checked": date(2026, 11, 21),
    },
    "group.report": {
        "cite": {"article": "12", "clause": "1", "point": None},
        "type": "duty",
        "bearers": ({"role": "group", "agency": None},),
        "action": "report.send_monthly",
        "when": (("plan.yearly_issued",),),
        "deadline": {"form": "every_month_before_day", "day": 12, "event": None},
        "recipients": ("CPC", "member:TYT"),
        "via": "CPOL",
        "after": ("tyt.connect", "scope"),
        "fulfilled_by": "report.dispatched_to_each_recipient",
        "evidence": ("receipt",),
        "source": "mẫu 5",
        "last_checked": date(2026, 11, 22),
    },
    "leader.delegate": {
        "cite": {"article": "12", "clause": "1", "point": None},
        "type": "procedure",
        "bearers": (LEADER,),
        "action": "delegation.grant",
        "when": (("delegation.is_necessary", "matter.is_routine"),),
        "meeting_kinds": ("regular",),
        "delegate": "standing_deputy",
        "deadline": {"form": "each_event", "day": None, "event": "meeting"},
        "blocks": ("task.assign",),
        "extends_to": ("plan.issue",),
        "dormant": "việc đã xong",
        "reading": {"vi": "Đọc rộng.", "en": "Read widely.", "lead": None},
        "source": "mẫu 6",
        "last_checked": date(2026, 11, 22),
    },
}


@pytest.mark.parametrize("key", NORMS)
def test_a_norm_says_what_its_file_says(key: str) -> None:
    assert [norm.key for norm in CHARTER.norms] == list(NORMS)
    assert asdict(CHARTER.index.norms[key]) == {"key": key, **BARE, **NORMS[key]}


def test_a_text_without_days_has_none() -> None:
    template = {**HEAD["instrument"], "number": None, "date": None}
    charter = _with(instrument=template, in_force={})
    assert (charter.in_force_from, charter.in_force_to, charter.instrument.date) == (None, None, None)
    assert charter.is_unsigned


@pytest.mark.parametrize(("number", "day"), [(None, "2024-02-29"), ("07/QĐ-UBND", None)])
def test_a_text_without_its_number_or_its_day_is_unsigned(number: str | None, day: str | None) -> None:
    assert _with(instrument={**HEAD["instrument"], "number": number, "date": day}).is_unsigned
    assert not CHARTER.is_unsigned


def test_a_charter_is_named_by_line_version_and_the_start_of_its_hash() -> None:
    assert repr(CHARTER) == f"Charter(doi-che v3 {CHARTER.hash[:12]})"


def test_a_charter_is_what_it_says_and_not_how_it_is_laid_out() -> None:
    other = service.from_canonical(service.to_canonical(CHARTER))
    assert other.hash == CHARTER.hash
    assert replace(CHARTER, raw={}, index=other.index) == CHARTER
    assert replace(CHARTER, title="Quy chế khác") != CHARTER


# ------------------------------------------------------------------ and back
def test_a_charter_goes_back_to_its_files_in_the_order_of_the_text() -> None:
    files = service.sources_of(CHARTER)
    assert files == FILES
    assert list(files) == list(FILES)


def test_one_who_issued_it_may_be_a_role_of_the_group() -> None:
    issued = {**HEAD["instrument"], "issuer": {"role": "leader"}}
    head: Any = service.sources_of(_with(instrument=issued))["charter.yaml"]
    assert head["instrument"] == issued


def test_a_text_without_a_covering_decision_comes_back_without_one() -> None:
    files = {name: value for name, value in FILES.items() if name != "qd-1.yaml"}
    files["charter.yaml"] = {**HEAD, "covering": [], "in_force": {"to": "2026-02-28"}}
    assert service.sources_of(service.compile_sources(files)) == files


@pytest.mark.parametrize(
    ("label", "file"),
    [
        ("1", "dieu-01.yaml"),
        ("12", "dieu-12.yaml"),
        ("104", "dieu-104.yaml"),
        ("3a", "3a.yaml"),
        ("QĐ-head", "qd-head.yaml"),
    ],
)
def test_the_file_of_an_article_is_named_by_its_label(label: str, file: str) -> None:
    assert service.file_of(label) == file


# ------------------------------------------------------------------ as YAML and as one file
def test_a_file_is_written_as_a_person_reads_it() -> None:
    norms = [{"key": "scope", "cite": "1.2"}, {"key": "seal", "cite": "2"}]
    written = service.to_yaml({"heading": "Điều đầu", "article": "1", "labels": ["a", "b"], "norms": norms})
    assert written.splitlines() == [
        "heading: Điều đầu",
        "article: '1'",
        "labels: [a, b]",
        "norms:",
        "- {key: scope, cite: '1.2'}",
        "- {key: seal, cite: '2'}",
    ]


def test_a_long_sentence_is_broken_at_160_letters() -> None:
    written = service.to_yaml({"vi": "o" + " à" * 120})
    assert [len(line) for line in written.splitlines()] == [160, 86]


def test_what_is_written_is_read_again() -> None:
    for name, value in FILES.items():
        assert service.from_yaml(service.to_yaml(value), name) == value


@pytest.mark.parametrize(
    ("text", "paths"),
    [("a: 1\na: 2\n", ["a"]), ("- a\n- b\n", [""]), ("một chữ", [""]), ("a: &x 1\nb: *x\n", ["a", "b"])],
)
def test_a_file_that_is_no_mapping_or_is_faulty_is_refused(text: str, paths: list[str]) -> None:
    with pytest.raises(CharterInvalid) as refused:
        service.from_yaml(text, "dieu-01.yaml")
    assert [(fault.file, fault.path) for fault in refused.value.faults] == [("dieu-01.yaml", path) for path in paths]


def test_a_package_is_one_zip_that_is_the_same_by_the_byte() -> None:
    packed = service.package_zip(CHARTER)
    archive = zipfile.ZipFile(io.BytesIO(packed))
    assert archive.namelist() == [f"doi-che/{name}" for name in FILES]
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_DEFLATED}
    for name, value in service.sources_of(CHARTER).items():
        assert archive.read(f"doi-che/{name}").decode() == service.to_yaml(value)
    assert service.package_zip(CHARTER) == packed
