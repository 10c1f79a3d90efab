"""A draft package file by file: what is copied from the text, what is left open, how the files are named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dean06.charter import service
from dean06.charter.norms import Deadline, Words

DAY = date(2026, 3, 2)


def _article(label: str, *below: service.Node, heading: str = "", cite: str | None = None) -> service.Node:
    return service.Node(kind="article", label=label, cite=cite or label, heading=heading, children=below)


def _clause(label: str, *below: service.Node) -> service.Node:
    return service.Node(kind="clause", label=label, cite=f"1.{label}", text="Việc.", children=below)


def _regulation(*below: service.Node) -> service.Node:
    return service.Node(kind="part", label="QC", children=below)


def _written(
    folder: Path,
    *parts: service.Node,
    warned: tuple[service.Warned, ...] = (),
    found: tuple[service.Candidate, ...] = (),
) -> dict[str, str]:
    """Write a draft and return its files in the order in which they are told."""
    imported = service.Imported(file="quy-che.txt", sha256="0" * 64, provisions=parts, warnings=warned)
    return {name: (folder / name).read_text("utf-8") for name in service.write_draft(imported, found, folder, DAY)}


def _candidate(**other: object) -> service.Candidate:
    given: dict[str, object] = {
        "cite": "1.1",
        "type": "duty",
        "bearer_text": "Tổ phó",
        "bearer": (),
        "action": None,
        "deadline": None,
        "recipients": (),
        "triggers": ("phải",),
    }
    return service.Candidate(**(given | other))


# ---------------------------------------------------------------- the folder


def test_the_folders_above_are_made_and_the_draft_can_be_read_by_all(tmp_path: Path):
    folder = tmp_path / "nháp" / "tháng ba" / "tổ"
    assert list(_written(folder, _regulation(_article("1")))) == [
        *("charter.yaml", "dieu-01.yaml", "draft/candidates.yaml", "draft/text.json"),
    ]
    assert folder.stat().st_mode & 0o777 == 0o755
    assert [path.name for path in folder.parent.iterdir()] == ["tổ"]
    assert sorted(path.name for path in folder.iterdir()) == ["charter.yaml", "dieu-01.yaml", "draft"]


def test_a_draft_that_cannot_be_written_whole_leaves_nothing(tmp_path: Path):
    with pytest.raises(OSError, match="dieu-01xx"):
        _written(tmp_path / "tổ", _regulation(_article("1xx/x")))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("label", "file"),
    [
        ("1", "dieu-01.yaml"),
        ("12", "dieu-12.yaml"),
        ("103", "dieu-103.yaml"),
        ("7đ", "dieu-07d.yaml"),
        ("A", "dieu-a.yaml"),
    ],
)
def test_an_article_s_file_is_named_by_its_number_with_two_digits(tmp_path: Path, label: str, file: str):
    assert list(_written(tmp_path / "tổ", _regulation(_article(label))))[1] == file


def test_each_article_and_each_addressed_part_of_a_decision_has_a_file(tmp_path: Path):
    head = service.Node(kind="paragraph", label="", cite="QĐ-head", text="Lập tổ.")
    signed = service.Node(kind="paragraph", label="", text="TỔ TRƯỞNG")
    first = _article("1", service.Node(kind="clause", label="1", cite="QĐ-1.1"), cite="QĐ-1")
    decision = service.Node(kind="part", label="QĐ", children=(head, first, signed))
    loose = service.Node(kind="paragraph", label="", cite="3", text="Lạc.")
    files = _written(tmp_path / "tổ", decision, _regulation(_article("2"), loose, signed))
    assert list(files) == [
        *("charter.yaml", "qd-head.yaml", "qd-1.yaml", "dieu-02.yaml", "draft/candidates.yaml", "draft/text.json"),
    ]
    assert 'covering: ["QĐ-head", "QĐ-1"]\n' in files["charter.yaml"]
    assert files["qd-head.yaml"].startswith('article: "QĐ-head"\n')
    assert files["qd-1.yaml"].startswith('article: "QĐ-1"\n')
    assert files["dieu-02.yaml"].startswith('article: "2"\n')


# ---------------------------------------------------------------- charter.yaml


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Tổ Đổi mới 2022", "to-doi-moi-2022"),
        (" (tổ)  số_hóa. ", "to-so-hoa"),
        ("Xã Đồng X", "xa-dong-x"),
        ("***", "draft"),
        (f"{'tổ' * 40}x", "to" * 40),
        (f"{'tổ' * 39}hai", "to" * 39 + "ha"),
    ],
)
def test_the_line_is_the_folder_s_name_in_plain_letters_and_no_longer_than_eighty(tmp_path: Path, name: str, line: str):
    assert f"\nline: {line}\n" in _written(tmp_path / name, _regulation(_article("1")))["charter.yaml"]


def test_the_head_of_a_draft_is_written_to_the_letter(tmp_path: Path):
    title = service.Node(kind="part", label="QC", heading="QUY CHẾ CỦA TỔ CÔNG TÁC THUỘC UBND HUYỆN", children=())
    assert _written(tmp_path / "tổ", title)["charter.yaml"] == (
        "# A draft made by `dean06 charter import`. Replace every TODO; describe each clause in your own words;"
        " move the norms\n"
        "# that you accept from draft/candidates.yaml into the articles' files. Nothing is in force: number and date"
        " are entered\n"
        "# on adoption.\n"
        "format: dean06-charter/1\n"
        "line: to\n"
        "version: 1\n"
        "title: TODO\n"
        "kind: regulation\n"
        "level: district  # TODO\n"
        "instrument: {kind: decision, number: null, date: null, issuer: {role: leader}, place: TODO}\n"
        "in_force: {}\n"
        "body: {parent: TODO, name_lines: [TODO], short_name: TODO, place: TODO, symbols: {other: TODO}, archive: VT}\n"
        "roles:\n"
        '  leader: {title: "Tổ trưởng"}\n'
        '  standing_deputy: {title: "Tổ phó thường trực"}\n'
        '  deputy: {title: "Tổ phó"}\n'
        '  standing_member: {title: "Thành viên thường trực"}\n'
        '  member: {title: "Thành viên"}\n'
        '  secretariat: {title: "Bộ máy giúp việc"}\n'
        '  chair_of_meeting: {title: "Người chủ trì cuộc họp"}\n'
        '  substitute: {title: "Người dự họp thay"}\n'
        '  invitee: {title: "Khách mời"}\n'
        '  expert: {title: "Chuyên gia"}\n'
        '  group: {title: "Tổ công tác (tập thể)"}\n'
        '  agency: {title: "Cơ quan đơn vị"}\n'
        '  agency_head: {title: "Thủ trưởng cơ quan"}\n'
        '  pc_chair: {title: "Chủ tịch Ủy ban nhân dân"}\n'
        '  issuer: {title: "Chủ thể ban hành quy chế"}\n'
        "agencies: {}\n"
        "covering: []\n"
        "chapters:\n"
        '  - {label: "I", heading: "TODO", articles: []}\n'
    )


def test_chapters_name_their_articles_and_those_of_their_sections(tmp_path: Path):
    section = service.Node(kind="section", label="1", heading="MỤC", children=(_article("2"),))
    first = service.Node(kind="chapter", label="I", heading="CHUNG", children=(_article("1", _clause("1")), section))
    long = service.Node(kind="chapter", label="II", heading="V" * 201, children=())
    bare = service.Node(kind="chapter", label="III", children=(_article("3"),))
    head = _written(tmp_path / "tổ", _regulation(first, long, bare))["charter.yaml"]
    assert head[head.index("chapters:\n") :] == (
        "chapters:\n"
        '  - {label: "I", heading: "CHUNG", articles: ["1", "2"]}\n'
        f'  - {{label: "II", heading: "{"V" * 200}", articles: []}}\n'
        '  - {label: "III", heading: "TODO", articles: ["3"]}\n'
    )


def test_notes_are_the_warnings_at_an_address_of_the_text(tmp_path: Path):
    warned = (
        service.Warned("label_gap", "QC", Words("Nhãn «1».", "A label.")),
        service.Warned("doubtful_word", "1", Words("Chữ «ký».", "A word.")),
    )
    head = _written(tmp_path / "tổ", _regulation(_article("1")), warned=warned)["charter.yaml"]
    assert head.endswith(
        'articles: ["1"]}\nnotes:\n  - {code: doubtful_word, where: "1", vi: "Chữ «ký».", en: "A word."}\n'
    )
    head = _written(tmp_path / "hai", _regulation(_article("1")), warned=warned[:1])["charter.yaml"]
    assert head.endswith('articles: ["1"]}\n')


# ---------------------------------------------------------------- articles


def test_an_article_without_clauses_is_written_as_one_piece(tmp_path: Path):
    loose = service.Node(kind="paragraph", label="", text="Việc.")
    article = _written(tmp_path / "tổ", _regulation(_article("1", loose, heading="Đ" * 201)))["dieu-01.yaml"]
    assert article == (
        f'article: "1"\nheading: "{"Đ" * 200}"\nvi: TODO\nen: TODO\nlast_checked: "2026-03-02"\nnorms: []\n'
    )


def test_clauses_points_and_dashes_each_have_their_place(tmp_path: Path):
    def point(label: str, kind: str = "point", cite: str | None = None) -> service.Node:
        return service.Node(kind=kind, label=label, cite=cite or f"1.1.{label}", text="Việc.")

    loose = service.Node(kind="paragraph", label="", text="Việc.")
    dotted = (point("1.1", cite="1.1.x"), point("1.2", cite="1.1.y"))
    first = _clause("1", point("a"), point("đ"), point("–", "dash", "1.1.-1"), *dotted, loose)
    second = service.Node(kind="dash", label="-", cite="1.-1", text="Việc.", children=(loose,))
    article = _written(tmp_path / "tổ", _regulation(_article("1", first, loose, second)))["dieu-01.yaml"]
    assert article == (
        'article: "1"\n'
        'heading: "TODO"\n'
        'last_checked: "2026-03-02"\n'
        "clauses:\n"
        '  - label: "1"\n'
        "    vi: TODO\n"
        "    en: TODO\n"
        "    # TODO: 1.1, 1.2 carry a full stop in their labels and have no address of their own\n"
        "    points:\n"
        '      - {label: "a", vi: TODO, en: TODO}\n'
        '      - {label: "đ", vi: TODO, en: TODO}\n'
        '      - {label: "-1", vi: TODO, en: TODO}\n'
        '  - label: "-1"\n'
        "    vi: TODO\n"
        "    en: TODO\n"
        "norms: []\n"
    )


# ---------------------------------------------------------------- beside the package


def test_candidates_are_written_with_what_the_text_says_and_nothing_else(tmp_path: Path):
    found = (
        _candidate(),
        _candidate(
            cite="1.2",
            type="procedure",
            bearer=("member:TP", "deputy"),
            action="report.submit",
            deadline=Deadline("every_month_before_day", 7),
            recipients=("leader", "PPC"),
            triggers=("gửi", "trước ngày"),
        ),
        _candidate(deadline=Deadline("timely")),
    )
    assert _written(tmp_path / "tổ", _regulation(_article("1")), found=found)["draft/candidates.yaml"] == (
        "# Norm candidates read from the text: drafts, not in force. Accept by moving a line into its article's file.\n"
        '- {"key": "candidate.n1", "cite": "1.1", "type": "duty", "source": "phải"}\n'
        '- {"key": "candidate.n2", "cite": "1.2", "type": "procedure", "bearer": ["member:TP", "deputy"],'
        ' "action": "report.submit", "deadline": {"form": "every_month_before_day", "day": 7},'
        ' "recipients": ["leader", "PPC"], "source": "gửi; trước ngày"}\n'
        '- {"key": "candidate.n3", "cite": "1.1", "type": "duty", "deadline": "timely", "source": "phải"}\n'
    )


def test_the_text_is_kept_as_it_was_read(tmp_path: Path):
    warned = (service.Warned("label_gap", "QC", Words("Nhãn.", "A label.")),)
    assert _written(tmp_path / "tổ", _regulation(), warned=warned)["draft/text.json"] == (
        "{\n"
        '  "provisions": [\n'
        "    {\n"
        '      "kind": "part",\n'
        '      "label": "QC",\n'
        '      "cite": null,\n'
        '      "heading": "",\n'
        '      "text": "",\n'
        '      "children": []\n'
        "    }\n"
        "  ],\n"
        '  "warnings": [\n'
        "    {\n"
        '      "code": "label_gap",\n'
        '      "where": "QC",\n'
        '      "sentence": {\n'
        '        "vi": "Nhãn.",\n'
        '        "en": "A label."\n'
        "      }\n"
        "    }\n"
        "  ]\n"
        "}\n"
    )
