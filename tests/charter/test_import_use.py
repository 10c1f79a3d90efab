"""What an import is for: laying the text beside a package, norm candidates, a draft package, and the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dean06.charter import service
from dean06.charter.compiling import compile_package
from dean06.charter.importing import candidate_words
from dean06.cli.main import main
from dean06.clock.errors import HouseError

TEXTS = Path(__file__).with_name("texts")
SONG_MAY = TEXTS / "song-may.txt"
REGULATIONS = os.environ.get("DEAN06_REGULATIONS", "")
DAY = date(2026, 3, 2)


def _imported(path: Path = SONG_MAY) -> service.Imported:
    return service.import_regulation(path)


def _draft(folder: Path, path: Path = SONG_MAY) -> tuple[str, ...]:
    imported = _imported(path)
    return service.write_draft(imported, service.candidates(imported.provisions), folder, DAY)


def _candidates(tmp_path: Path, heading: str, text: str) -> list[service.Candidate]:
    path = tmp_path / "quy-che.txt"
    path.write_text(f"QUY CHẾ\n\nĐiều 1. {heading}\n\n1. {text}\n\n2. Hết.\n", encoding="utf-8")
    return [one for one in service.candidates(_imported(path).provisions) if one.cite == "1.1"]


# ---------------------------------------------------------------- alignment


@pytest.mark.parametrize("name", ["song-may", "dong-cao", "an-loc"])
def test_a_draft_has_the_addresses_of_its_text(tmp_path: Path, name: str):
    _draft(tmp_path / name, TEXTS / f"{name}.txt")
    charter = service.load(tmp_path / name)
    assert service.align(_imported(TEXTS / f"{name}.txt").provisions, charter).is_whole


def test_what_only_one_side_has_is_named(tmp_path: Path):
    _draft(tmp_path / "goi")
    changed = tmp_path / "doi.txt"
    changed.write_text(SONG_MAY.read_text("utf-8").replace("đ) Thành viên", "h) Thành viên"), "utf-8")
    aligned = service.align(_imported(changed).provisions, service.load(tmp_path / "goi"))
    assert [row.cite for row in aligned.rows if row.where == "only_text"] == ["4.2.h"]
    assert [(row.cite, row.sha256) for row in aligned.rows if row.where == "only_package"] == [("4.2.đ", None)]
    assert not aligned.is_whole


def test_a_digest_follows_the_words_and_not_the_lines(tmp_path: Path):
    charter = service.load("cap-xa")

    def digests(text: str) -> dict[str, str | None]:
        (tmp_path / "a.txt").write_text(text, "utf-8")
        return {row.cite: row.sha256 for row in service.align(_imported(tmp_path / "a.txt").provisions, charter).rows}

    text = SONG_MAY.read_text("utf-8")
    first = digests(text)
    assert digests(text.replace("việc khác của\n\n\n\nTổ công tác", "việc khác của Tổ công tác")) == first
    second = digests(text.replace("giữ bản gốc", "giữ bản sao"))
    assert {cite for cite in first if first[cite] != second[cite]} == {"4.2.đ"}


# ---------------------------------------------------------------- candidates


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("Tổ trưởng", "Triệu tập họp của tổ.", ("power", "leader", "meeting.convene", None, ())),
        (
            "Tổ phó thường trực",
            "Ký thay Tổ trưởng các văn bản.",
            ("power", "standing_deputy", "document.sign", None, ()),
        ),
        (
            "Nguyên tắc",
            "Tổ công tác không làm thay cơ quan.",
            ("prohibition", "group", "agency.act_in_place", None, ()),
        ),
        (
            "Báo cáo",
            "Các cơ quan gửi báo cáo trước ngày 12 hằng tháng.",
            ("duty", "agency", "report.submit", ("every_month_before_day", 12), ()),
        ),
        (
            "Báo cáo",
            "Hằng tháng, Tổ công tác báo cáo UBND tỉnh.",
            ("duty", "group", "report.send_monthly", ("every_month", None), ("PPC",)),
        ),
        ("Họp", "Tổ công tác sơ kết 06 tháng.", ("duty", "group", "meeting.hold", ("every_half_year", None), ())),
        ("Các thành viên", "Thành viên có trách nhiệm giữ sổ.", ("duty", "member", None, None, ())),
        ("Việc khác", "Phó Trưởng Ban có quyền xem sổ.", ("power", "deputy", None, None, ())),
        ("Việc khác", "Thành viên không được giữ sổ.", ("prohibition", "member", None, None, ())),
    ],
)
def test_a_turn_of_phrase_points_to_a_norm(tmp_path: Path, heading: str, text: str, expected: tuple[object, ...]):
    found = _candidates(tmp_path, heading, text)
    told = [
        (
            one.type,
            one.bearer[0],
            one.action,
            (one.deadline.form, one.deadline.day) if one.deadline else None,
            one.recipients,
        )
        for one in found
    ]
    assert expected in told
    assert all(one.triggers and one.as_json()["status"] == "draft" for one in found)


def test_a_member_of_an_agency_is_found_in_the_words_above(tmp_path: Path):
    text = SONG_MAY.read_text("utf-8").replace("Phòng Sổ sách", "Phòng Tư pháp")
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    found = [one for one in service.candidates(_imported(path).provisions) if one.cite == "4.2.b"]
    assert ("member:TP", "integration.lead") in [(one.bearer[0], one.action) for one in found]


def test_sentences_without_a_norm_give_none(tmp_path: Path):
    assert _candidates(tmp_path, "Tên gọi", "Sổ gồm ba cột.") == []


def test_every_turn_points_to_a_word_of_the_vocabulary():
    words = service.vocabulary()
    turns = candidate_words.turns()
    assert len(turns) > 90
    assert {turn.action for turn in turns if turn.action} <= words.actions.keys()
    assert {code for code, _ in candidate_words.AGENCIES} <= words.agencies.keys()
    assert {code for code, _ in candidate_words.ROLES} <= words.roles.keys()


@pytest.mark.skipif(not REGULATIONS, reason="DEAN06_REGULATIONS names no folder with the two official texts")
@pytest.mark.parametrize(
    ("file", "package"), [("quang-ninh.txt", "quang-ninh-2022"), ("xuan-truong.txt", "xuan-truong-2022")]
)
def test_candidates_meet_the_norms_that_people_read_out_of_the_official_texts(file: str, package: str):
    found = service.candidates(_imported(Path(REGULATIONS) / file).provisions)
    proposed = {(one.cite, one.action) for one in found if one.action}
    read = {(norm.cite.dotted, norm.action) for norm in service.load(package).norms if norm.action}
    assert len(proposed & read) / len(proposed) > 0.9
    assert len(proposed & read) / len(read) > 0.9


# ---------------------------------------------------------------- the draft package


def test_a_draft_package_is_whole_says_nothing_and_binds_nobody(tmp_path: Path):
    files = _draft(tmp_path / "Tổ số hóa")
    folder = tmp_path / "Tổ số hóa"
    assert {"charter.yaml", "dieu-04.yaml", "qd-recipients.yaml", "draft/candidates.yaml"} <= set(files)
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()) == sorted(files)
    charter = compile_package(folder)
    assert (charter.line, charter.norms, charter.is_unsigned, charter.level) == ("to-so-hoa", (), True, "district")
    assert all("TODO" in path.read_text("utf-8") for path in folder.glob("*.yaml"))
    assert "Dự đủ các cuộc họp" not in (folder / "dieu-04.yaml").read_text("utf-8")
    assert {note.code for note in charter.notes} >= {"label_gap", "level_mismatch"}


@pytest.mark.parametrize("name", ["song-may", "dong-cao", "an-loc"])
def test_the_files_of_a_draft_are_those_written_beside(tmp_path: Path, name: str):
    folder = tmp_path / f"Tổ {name}"
    files = _draft(folder, TEXTS / f"{name}.txt")
    written = "".join(
        f"== {file}\n{(folder / file).read_text('utf-8')}" for file in files if not file.endswith(".json")
    )
    assert written == (TEXTS / f"{name}.draft.txt").read_text("utf-8")
    kept = json.loads((folder / "draft" / "text.json").read_text("utf-8"))
    assert kept == _imported(TEXTS / f"{name}.txt").as_json()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


ODD = """QUY CHẾ

Điều 1. Một

1. Gồm:

1.1. Việc đầu.

1.2. Việc sau.

Điều 1a. Thêm

- Việc thêm.

Điều 1đ. Thêm nữa

Việc khác.
"""


def test_a_draft_of_odd_labels(tmp_path: Path):
    (tmp_path / "a.txt").write_text(ODD, "utf-8")
    files = _draft(tmp_path / "***", tmp_path / "a.txt")
    assert files == (
        *("charter.yaml", "dieu-01.yaml", "dieu-01a.yaml", "dieu-01d.yaml"),
        *("draft/candidates.yaml", "draft/text.json"),
    )
    head = (tmp_path / "***" / "charter.yaml").read_text("utf-8")
    assert "line: draft\n" in head
    assert "level: commune  # TODO\n" in head
    assert '  - {label: "I", heading: "TODO", articles: ["1", "1a", "1đ"]}\n' in head
    assert "notes:" not in head
    first = (tmp_path / "***" / "dieu-01.yaml").read_text("utf-8")
    assert "    # TODO: 1.1, 1.2 carry a full stop in their labels and have no address of their own\n" in first
    assert "points:" not in first
    assert '  - label: "-1"\n' in (tmp_path / "***" / "dieu-01a.yaml").read_text("utf-8")


def test_a_draft_of_a_decision_alone(tmp_path: Path):
    (tmp_path / "a.txt").write_text("QUYẾT ĐỊNH\n\nĐiều 1. Lập tổ.\n\n1. Một.\n\n2. Hai.\n", "utf-8")
    files = _draft(tmp_path / "goi", tmp_path / "a.txt")
    assert files == ("charter.yaml", "qd-head.yaml", "qd-1.yaml", "draft/candidates.yaml", "draft/text.json")
    head = (tmp_path / "goi" / "charter.yaml").read_text("utf-8")
    assert 'covering: ["QĐ-head", "QĐ-1"]\n' in head
    assert "  - {label: I, heading: TODO, articles: []}\n" in head
    assert 'article: "QĐ-1"\n' in (tmp_path / "goi" / "qd-1.yaml").read_text("utf-8")


def test_candidates_of_a_draft_can_be_moved_into_their_article(tmp_path: Path):
    _draft(tmp_path / "goi")
    rows = (tmp_path / "goi" / "draft" / "candidates.yaml").read_text("utf-8").splitlines()
    convene = next(row for row in rows if "meeting.convene" in row)
    article = tmp_path / "goi" / "dieu-03.yaml"
    article.write_text(article.read_text("utf-8").replace("norms: []", f"norms:\n  {convene}"), "utf-8")
    assert [norm.action for norm in compile_package(tmp_path / "goi").norms] == ["meeting.convene"]


def test_a_draft_never_overwrites(tmp_path: Path):
    (tmp_path / "goi").mkdir()
    with pytest.raises(HouseError, match="không ghi đè"):
        _draft(tmp_path / "goi")
    assert list(tmp_path.iterdir()) == [tmp_path / "goi"]


# ---------------------------------------------------------------- the command line


def _json(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_import_as_json(capsys: pytest.CaptureFixture[str]):
    asked = ["charter", "import", str(SONG_MAY), "--json"]
    assert main(asked) == 1
    told = _json(capsys)
    assert [part["label"] for part in told["provisions"]] == ["QĐ", "QC"]
    assert told["provisions"][1].keys() >= {"kind", "label", "heading", "text", "children"}
    assert told["warnings"][0].keys() == {"code", "where", "sentence"}
    assert told["warnings"][0]["sentence"].keys() == {"vi", "en"}
    assert "candidates" not in told
    assert "alignment" not in told
    assert main([*asked, "--candidates", "--against", "cap-xa"]) == 1
    told = _json(capsys)
    assert told["candidates"][0].keys() >= {"cite", "type", "bearer", "action", "deadline", "recipients", "triggers"}
    assert told["alignment"]["only_text"] > 0
    assert {row["where"] for row in told["alignment"]["rows"]} == {"both", "only_text", "only_package"}


def test_import_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    folder = tmp_path / "goi"
    assert main(["charter", "import", str(TEXTS / "an-loc.txt"), "--candidates", "--out", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "    Điều 6: LỊCH HỌP" in told
    assert "6 điều, 6 khoản" in told
    assert "chưa có hiệu lực" in told
    assert main(["charter", "import", str(TEXTS / "an-loc.txt"), "--against", str(folder)]) == 0
    assert "= 3.1.đ" in capsys.readouterr().out
    assert main(["charter", "import", str(TEXTS / "dong-cao.txt"), "--against", str(folder)]) == 1
    told = capsys.readouterr().out
    assert "QĐ-recipients  dangling_reference" in told
    assert "✗ chỉ có trong gói: 3.1.a" in told


def test_nothing_is_written_where_the_file_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    bad = tmp_path / "cu.doc"
    bad.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 100)
    assert main(["charter", "import", str(bad), "--out", str(tmp_path / "goi"), "--json"]) == 3
    assert _json(capsys)["error"]["code"] == 3
    assert [path.name for path in tmp_path.iterdir()] == ["cu.doc"]


def test_importing_a_text_starts_neither_django_nor_the_readers_of_other_files():
    script = (
        "import sys; from dean06.cli.main import main; main(sys.argv[1:]);"
        "print([name for name in ('django', 'pypdf', 'docx', 'lxml', 'pydantic') if name in sys.modules])"
    )
    asked = [sys.executable, "-c", script, "charter", "import", str(SONG_MAY)]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[-1] == "[]"


def test_other_commands_do_not_load_the_importer():
    script = (
        "import sys; import dean06.charter.live;"
        "print([name for name in sys.modules if name.endswith(('importing.regulation', 'importing.oddities'))])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"
