"""From the files of a package to its canonical form: every key in its place, every fault with its file and path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from charter import dong_lua
from charter.case_files import CASES
from dean06.charter import compiling, service
from dean06.charter.errors import CharterInvalid, Fault

Files = dict[str, Any]
HEAD, COVERING, FIRST, SECOND, THIRD = "charter.yaml", "dieu-0.yaml", "dieu-1.yaml", "dieu-2.yaml", "dieu-3.yaml"


def _faults(files: Files) -> tuple[Fault, ...]:
    with pytest.raises(CharterInvalid) as refused:
        service.compile_sources(files)
    return refused.value.faults


def _written(folder: Path, files: Files) -> Path:
    folder.mkdir()
    for name, plain in files.items():
        (folder / name).write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
    return folder


# ------------------------------------------------------------------ the canonical form
EMPTY_NODE = {"vi": "", "en": "", "no_norm": None}
LISTS = (
    *("systems", "joined_with", "document_kinds", "meeting_kinds", "coordinators", "recipients"),
    *("after", "blocks", "extends_to", "evidence", "gaps", "when"),
)
SINGLE = (
    *("on_behalf_of", "delegate", "sign_form", "seal", "seal_by", "deadline", "via"),
    *("fulfilled_by", "dormant", "reading", "why_not_testable"),
)
PLAIN_NORM: dict[str, Any] = {
    **{name: [] for name in LISTS},
    **dict.fromkeys(SINGLE),
    "enforcement": "warn",
    "testable": True,
}


def test_the_head_is_written_out_with_all_that_it_leaves_out() -> None:
    raw = dict(dong_lua.WHOLE.raw)
    raw.pop("provisions")
    raw.pop("norms")
    assert raw == {
        "format": "dean06-charter/1",
        "line": "dong-lua",
        "version": 1,
        "title": "Quy chế Tổ công tác xã Đồng Lúa",
        "kind": "regulation",
        "level": "commune",
        "instrument": {
            "kind": "decision",
            "number": "7/QĐ-TCT",
            "date": "2025-03-01",
            "issuer": "leader",
            "form": "own",
            "place": "",
        },
        "in_force": {"from": "2025-03-10", "to": None},
        "body": {
            "parent": "UBND XÃ ĐỒNG LÚA",
            "name_lines": ["TỔ CÔNG TÁC"],
            "short_name": "Tổ công tác",
            "place": "Đồng Lúa",
            "symbols": {"notice": "TB-TCT", "other": "TCT"},
            "archive": "Văn thư",
        },
        "roles": [
            {"code": code, "title": title, "post": "", "agency": agency, "agency_by_reading": False}
            | {"ex_officio": False, "aliases": []}
            for code, title, agency in (
                ("leader", "Tổ trưởng", "PC"),
                ("deputy", "Tổ phó", None),
                ("member", "Thành viên", None),
                ("group", "Tổ công tác", None),
            )
        ],
        "agencies": [
            {"code": "PC", "name": "Ủy ban nhân dân xã Đồng Lúa", "short": "UBND xã", "member": False},
            {"code": "POL", "name": "Công an xã Đồng Lúa", "short": "Công an xã", "member": True},
            {"code": "YT", "name": "Trạm y tế xã Đồng Lúa", "short": "", "member": True},
        ],
        "seals": {"PC": "Con dấu UBND xã", "POL": "Con dấu Công an xã"},
        "notes": [{"code": "O-1", "where": "2.2", "vi": "Điều này viết hai lần.", "en": "This stands twice."}],
        "distribution": {"report.send_monthly": ["Như trên", "Lưu Văn thư"]},
    }


@pytest.mark.parametrize(
    ("issuer", "code"),
    [
        ({"role": "leader"}, "leader"),
        ({"agency": "PC"}, "PC"),
        ({"role": "deputy", "agency": "PC"}, "deputy"),
        ({}, ""),
    ],
)
def test_the_issuer_is_a_role_or_an_agency(issuer: dict[str, str], code: str) -> None:
    files = dong_lua.sources()
    files[HEAD]["instrument"]["issuer"] = issuer
    assert service.compile_sources(files).instrument.issuer == code


def test_the_text_is_a_tree_of_covering_decision_chapters_articles_clauses_and_points() -> None:
    files = dong_lua.sources()
    files[SECOND] |= {"vi": "Lời của điều.", "en": "The article's words.", "no_norm": "định nghĩa"}
    files[SECOND]["clauses"][1]["no_norm"] = "nguyên tắc"
    files[SECOND]["clauses"][0]["points"][0]["no_norm"] = "liệt kê"
    covering, regulation = service.compile_sources(files).raw["provisions"]
    assert covering == {
        "kind": "part",
        "label": "QĐ",
        "cite": None,
        "heading": "Quyết định ban hành",
        **EMPTY_NODE,
        "children": [
            {
                "kind": "article",
                "label": "QĐ-1",
                "cite": "QĐ-1",
                "heading": "Hiệu lực",
                "vi": "Quyết định có hiệu lực từ ngày 10 tháng 3.",
                "en": "The decision is in force from 10 March.",
                "no_norm": "Ngày hiệu lực.",
                "children": [],
            }
        ],
    }
    first, second = regulation.pop("children")
    assert regulation == {
        "kind": "part",
        "label": "QC",
        "cite": None,
        "heading": "Quy chế Tổ công tác xã Đồng Lúa",
        **EMPTY_NODE,
    }
    article = first.pop("children")[1]
    assert first == {"kind": "chapter", "label": "I", "cite": None, "heading": "Quy định chung", **EMPTY_NODE}
    assert [node["cite"] for node in second["children"]] == ["3"]
    assert article == {
        "kind": "article",
        "label": "2",
        "cite": "2",
        "heading": "Kết nối dữ liệu",
        "vi": "Lời của điều.",
        "en": "The article's words.",
        "no_norm": "định nghĩa",
        "children": [
            {
                "kind": "clause",
                "label": "1",
                "cite": "2.1",
                "heading": "",
                "vi": "Các cơ quan chủ trì kết nối.",
                "en": "Agencies that lead connections.",
                "no_norm": None,
                "children": [
                    {
                        "kind": "point",
                        "label": "a",
                        "cite": "2.1.a",
                        "heading": "",
                        "vi": "Trạm y tế chủ trì kết nối tiêm chủng.",
                        "en": "The health station leads vaccination.",
                        "no_norm": "liệt kê",
                        "children": [],
                    },
                    {
                        "kind": "dash",
                        "label": "-2",
                        "cite": "2.1.-2",
                        "heading": "",
                        "vi": "Công an phối hợp kết nối lý lịch.",
                        "en": "The police coordinate criminal records.",
                        "no_norm": None,
                        "children": [],
                    },
                ],
            },
            {
                "kind": "clause",
                "label": "2",
                "cite": "2.2",
                "heading": "",
                "vi": "Thành viên chịu trách nhiệm về dữ liệu của cơ quan mình.",
                "en": "Members answer for their data.",
                "no_norm": "nguyên tắc",
                "children": [],
            },
        ],
    }


def test_a_text_without_a_covering_decision_is_the_regulation_alone() -> None:
    files = dong_lua.sources()
    del files[COVERING]
    files[HEAD]["covering"] = []
    charter = service.compile_sources(files)
    assert [node.label for node in service.tree(charter)] == ["QC"]
    assert [norm.key for norm in charter.norms] == [norm.key for norm in dong_lua.WHOLE.norms]


def test_norms_are_written_out_with_all_that_they_leave_out() -> None:
    files = dong_lua.sources()
    files[FIRST]["norms"][0] |= {"not_testable": "Không đo được.", "deadline": "timely", "meetings": ["regular"]}
    files[FIRST]["norms"][1]["when"] = {
        "all": ["assignment.covers_document", "!matter.is_important"],
        "any": ["document.is_urging", "document.kind"],
    }
    assign, sign, *_, look = service.compile_sources(files).raw["norms"]
    assert assign == {
        **PLAIN_NORM,
        "key": "leader.assign",
        "cite": "1.1",
        "type": "power",
        "bearers": ["leader"],
        "action": "task.assign",
        "meeting_kinds": ["regular"],
        "deadline": {"form": "timely", "day": None, "event": None},
        "testable": False,
        "why_not_testable": "Không đo được.",
        "source": "ĐL 1.1",
        "last_checked": "2026-01-05",
    }
    assert sign == {
        **PLAIN_NORM,
        "key": "deputy.sign",
        "cite": "1.2",
        "type": "power",
        "bearers": ["deputy"],
        "action": "document.sign",
        "when": [["assignment.covers_document"], ["!matter.is_important"], ["document.is_urging", "document.kind"]],
        "document_kinds": ["notice"],
        "sign_form": "KT",
        "on_behalf_of": "leader",
        "seal_by": "deputy.seal",
        "enforcement": "block",
        "source": "ĐL 1.2",
        "last_checked": "2026-01-05",
    }
    assert look == {
        **PLAIN_NORM,
        "key": "deputy.look",
        "cite": "3.2",
        "type": "duty",
        "bearers": ["leader"],
        "action": "advice.give",
        "blocks": ["document.sign"],
        "fulfilled_by": "document.appraised_by_office",
        "after": ["leader.assign"],
        "source": "ĐL 3.2",
        "last_checked": "2026-01-06",
    }


def test_the_order_is_that_of_the_head_whatever_the_files_are_called(tmp_path: Path) -> None:
    files = dong_lua.sources()
    renamed = {HEAD: files[HEAD]} | {f"{9 - at}.yaml": files[f"dieu-{at}.yaml"] for at in range(4)}
    assert service.compile_sources(renamed).hash == dong_lua.WHOLE.hash
    assert service.compile_sources(dict(reversed(files.items()))).hash == dong_lua.WHOLE.hash
    assert service.compile_package(_written(tmp_path / "goi", renamed)).hash == dong_lua.WHOLE.hash


# ------------------------------------------------------------------ faults
SHAPES: list[dict[str, Any]] = YAML(typ="safe").load(CASES / "shapes.yaml")


def _spoil(files: Files, case: dict[str, Any]) -> None:
    """Set the value of a case at its path; `gone` takes it out."""
    holder, way = files, [case["file"], *case["at"]]
    for step in way[:-1]:
        holder = holder[step]
    if case.get("value") == "gone":
        del holder[way[-1]]
    else:
        holder[way[-1]] = "a" * case["long"] if "long" in case else case["value"]


@pytest.mark.parametrize("case", SHAPES, ids=[case["case"] for case in SHAPES])
def test_what_is_not_in_the_form_is_told_with_its_path(case: dict[str, Any], tmp_path: Path) -> None:
    files = dong_lua.sources()
    _spoil(files, case)
    told = (Fault(case["file"], case["path"], case["vi"], case["en"]),)
    assert _faults(files) == told
    with pytest.raises(CharterInvalid) as refused:
        service.compile_package(_written(tmp_path / "goi", files))
    assert refused.value.faults == told


def test_faults_of_all_files_are_told_together_the_head_first() -> None:
    files = dong_lua.sources()
    files[HEAD] |= {"version": 0, "title": 7}
    files[THIRD]["heading"] = ""
    files[FIRST]["clauses"] = "x"
    assert [(fault.file, fault.path) for fault in _faults(files)] == [
        (HEAD, "version"),
        (HEAD, "title"),
        (FIRST, "clauses"),
        (THIRD, "heading"),
    ]


def test_words_are_looked_at_once_the_shape_is_right() -> None:
    files = dong_lua.sources()
    files[FIRST]["norms"][0]["action"] = "task.asign"
    assert [(fault.file, fault.path) for fault in _faults(files)] == [(FIRST, "norms[0].action")]
    files[SECOND]["heading"] = ""
    assert [(fault.file, fault.path) for fault in _faults(files)] == [(SECOND, "heading")]


def test_an_article_that_stands_in_two_files_is_refused_at_the_second(tmp_path: Path) -> None:
    files = dong_lua.sources()
    files["dieu-9.yaml"] = files[SECOND]
    twice = Fault(
        "dieu-9.yaml",
        "article",
        "Điều 2 đã có trong dieu-2.yaml: đánh số lại hoặc bỏ một.",
        "Article 2 stands in dieu-2.yaml already: renumber or remove one.",
    )
    assert _faults(files) == (twice,)
    package = compiling.read_package(_written(tmp_path / "goi", files))
    assert (package.name, package.faults) == ("goi", [twice])
    assert {label: file for label, (file, _) in package.articles.items()} == {
        "QĐ-1": COVERING,
        "1": FIRST,
        "2": SECOND,
        "3": THIRD,
    }


def test_a_package_without_its_head_says_so(tmp_path: Path) -> None:
    files = dong_lua.sources()
    del files[HEAD]
    vi, en = "Thiếu tệp đầu gói charter.yaml.", "The head file charter.yaml is missing."
    assert _faults(files) == (Fault("", HEAD, vi, en),)
    assert _faults({}) == (Fault("", HEAD, vi, en),)
    for folder in (_written(tmp_path / "goi", files), _written(tmp_path / "rong", {}), tmp_path / "khong-co"):
        assert compiling.read_package(folder).faults == [Fault(folder.name, HEAD, vi, en)]


def test_a_package_has_at_most_two_hundred_files(tmp_path: Path) -> None:
    folder = _written(tmp_path / "goi", dong_lua.sources())
    for at in range(195):
        (folder / f"x-{at:03d}.yaml").write_text("", "utf-8")
    package = compiling.read_package(folder)
    assert {fault.file for fault in package.faults} == {f"x-{at:03d}.yaml" for at in range(195)}
    (folder / "y.yaml").write_text("", "utf-8")
    assert compiling.read_package(folder).faults == [Fault("goi", "", "Quá nhiều tệp.", "Too many files.")]


def test_a_file_that_cannot_be_read_is_told_with_the_others(tmp_path: Path) -> None:
    files = dong_lua.sources()
    files[FIRST]["heading"] = ""
    folder = _written(tmp_path / "goi", files)
    (folder / SECOND).write_text("article: [", "utf-8")
    told = compiling.read_package(folder).faults
    assert [(fault.file, fault.path) for fault in told] == [(FIRST, "heading"), (SECOND, "")]
