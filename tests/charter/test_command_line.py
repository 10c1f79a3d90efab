"""`dean06 charter`: the contract of the command line, exit codes included."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dean06.charter import library, live, service
from dean06.charter.errors import CharterInvalid
from dean06.cli.main import main

MAY = ["charter", "may", "--charter", "quang-ninh-2022", "--on", "2022-06-01", "--json"]
ENTERED = [
    *("--fact", "charter.number=1", "--fact", "charter.adopted_on=2022-01-01"),
    *("--fact", "charter.confirmed_by_two", "--on", "2022-06-01"),
]
FACTS = """
format: dean06-charter-facts/1
as_of: 2022-08-05
meetings:
  - {id: m1, kind: regular, opened_at: 2022-07-20, content_report_at: 2022-07-19, roll: true, minutes: true}
reports:
  - {id: r1, kind: group_monthly_report, period: 2022-07, dispatched: [{to: pc_chair, at: 2022-07-25}]}
"""


def _json(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("asked", "code", "outcome"),
    [
        (["--role", "leader", "--action", "task.assign"], 0, "allowed"),
        (["--role", "member", "--agency", "TP", "--action", "task.assign"], 4, "not_allowed"),
        (["--role", "leader", "--action", "agency.act_in_place", "--fact", "matter.belongs_to_agency"], 4, "forbidden"),
        (["--role", "leader", "--action", "tie.break"], 0, "not_regulated"),
        (["--role", "leader", "--action", "task.assign", "--on", "2022-05-04"], 4, "not_in_force"),
    ],
)
def test_may(capsys: pytest.CaptureFixture[str], asked: list[str], code: int, outcome: str) -> None:
    assert main([*MAY, *asked]) == code
    told = _json(capsys)
    assert told["outcome"] == outcome
    keys = {"citations", "sign_form", "on_behalf_of", "seal", "missing", "who_can", "local_rule", "enforcement"}
    assert keys | {"sentence"} <= told.keys()
    assert told["sentence"].keys() == {"vi", "en"}
    assert all(citation.keys() == {"article", "clause", "point"} for citation in told["citations"])


def test_may_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["charter", "may", "--charter", "xuan-truong-2022", "--role", "leader", "--action", "task.assign"]
    entered = ["--fact", "charter.number=12/QĐ-UBND", "--fact", "charter.adopted_on=2022-04-20"]
    assert main([*words, *entered, "--on", "2022-06-01"]) == 4
    assert "Chưa đủ hai người xác nhận" in capsys.readouterr().out
    assert main([*words, *entered, "--on", "2022-06-01", "--fact", "charter.confirmed_by_two"]) == 0
    assert "Điều 3 khoản 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["--role", "leader", "--action", "task.asign"], 3),
        (["--role", "leder", "--action", "task.assign"], 3),
        (["--role", "member", "--agency", "TPP", "--action", "task.assign"], 3),
        (["--role", "leader", "--action", "task.assign", "--fact", "no.such_fact"], 3),
        (["--role", "leader", "--action", "task.assign", "--fact", "charter.adopted_on"], 3),
        (["--role", "leader", "--action", "task.assign", "--fact", "task.system=S99"], 3),
        (["--role", "leader", "--action", "task.assign", "--fact", "vote.is_tied=maybe"], 3),
        (["--role", "leader", "--action", "task.assign", "--charter", "no-such"], 3),
    ],
)
def test_may_with_bad_words(capsys: pytest.CaptureFixture[str], asked: list[str], code: int) -> None:
    assert main([*MAY, *asked]) == code
    told = capsys.readouterr()
    assert len(told.err.splitlines()) == 2
    assert json.loads(told.out)["error"]["code"] == code


def test_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for asked in (["--role", "leader"], ["--role", "leader", "--action", "task.assign", "--on", "yesterday"]):
        assert main([*MAY, *asked]) == 2
    assert "Tham số chưa đúng" in capsys.readouterr().err


def test_due(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "su-kien.yaml"
    file.write_text(FACTS, "utf-8")
    asked = ["charter", "due", "--charter", "quang-ninh-2022", "--facts", str(file)]
    assert main([*asked, "--month", "2022-07", "--json"]) == 0
    told = _json(capsys)
    wanted = {"norm", "action", "citations", "bearer", "period", "due_before", "recipients", "via", "status"}
    assert all(wanted | {"satisfied_by", "object"} <= item.keys() for item in told)
    report = next(item for item in told if item["action"] == "report.send_monthly")
    assert (report["status"], report["satisfied_by"]) == ("met", "r1")
    assert report["due_before"] == "2022-08-01T00:00:00+07:00"
    assert main([*asked, "--month", "2022-06"]) == 1
    assert "✗ không làm" in capsys.readouterr().out
    assert main([*asked, "--year", "2021", "--json"]) == 0
    assert _json(capsys) == []


def test_due_with_faulty_facts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "su-kien.yaml"
    file.write_text(FACTS + "tsks: []\n", "utf-8")
    assert main(["charter", "due", "--charter", "quang-ninh-2022", "--month", "2022-07", "--facts", str(file)]) == 3
    assert "tsks" in capsys.readouterr().err
    assert main(["charter", "due", "--charter", "quang-ninh-2022", "--month", "2022-7", "--facts", str(file)]) == 3
    missing = str(tmp_path / "khong-co.yaml")
    assert main(["charter", "due", "--charter", "quang-ninh-2022", "--month", "2022-07", "--facts", missing]) == 3


def test_check(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["charter", "check", "noi-quy"]) == 0
    assert "✓ noi-quy" in capsys.readouterr().out
    (tmp_path / "charter.yaml").write_text("format: dean06-charter/1\nline: [x]\n", "utf-8")
    assert main(["charter", "check", "noi-quy", str(tmp_path), "--json"]) == 3
    told = _json(capsys)
    assert [result["ok"] for result in told] == [True, False]
    assert {"line", "version", "title"} <= {fault["path"] for fault in told[1]["faults"]}


@pytest.mark.parametrize("name", ["noi-quy", "quang-ninh-2022", "xuan-truong-2022", "cap-xa", "cap-tinh"])
def test_nothing_is_wanting_in_a_shipped_package(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["charter", "check", name, "--json"]) == 0
    assert _json(capsys)[0]["advice"] == []


def test_a_draft_just_imported_has_findings(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text, draft = Path(__file__).with_name("texts") / "song-may.txt", str(tmp_path / "goi")
    main(["charter", "import", str(text), "--out", draft])
    capsys.readouterr()
    assert main(["charter", "check", draft]) == 1
    told = capsys.readouterr().out
    assert "! title: Còn «TODO»" in told
    assert "chỗ còn thiếu (things wanting)" in told
    assert main(["charter", "check", draft, "--json"]) == 1
    found = {(one["code"], one["where"]) for one in _json(capsys)[0]["advice"]}
    wanted = {("unwritten", "title"), ("unwritten", "2.1"), ("unread_clause", "2.1"), ("idle_role", "leader")}
    assert wanted <= found


def test_a_role_of_ones_own_that_signs_for_nobody_is_a_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "goi"
    shutil.copytree(library.folder_of("cap-xa"), folder)
    head = folder / "charter.yaml"
    head.write_text(head.read_text("utf-8").replace("roles:\n", "roles:\n  thu_ky: {title: Thư ký}\n", 1), "utf-8")
    article = folder / "dieu-05.yaml"
    norm = (
        '  - {key: tk.sign, cite: "5.3", type: power, bearer: thu_ky, action: document.sign, sign_form: KT, source: x}'
    )
    article.write_text(f"{article.read_text('utf-8').rstrip()}\n{norm}\n", "utf-8")
    assert main(["charter", "check", str(folder), "--json"]) == 3
    (fault,) = _json(capsys)[0]["faults"]
    assert (fault["file"], fault["path"].endswith(".on_behalf_of")) == ("dieu-05.yaml", True)
    files = service.sources_of(service.load("cap-xa"))  # what the page for drafts hands to the compiler
    _add_secretary(files)
    with pytest.raises(CharterInvalid) as refused:
        service.compile_sources(files)
    assert [one.path.endswith(".on_behalf_of") for one in refused.value.faults] == [True]
    article.write_text(article.read_text("utf-8").replace("KT, source", "own, source"), "utf-8")
    main(["charter", "may", "--charter", str(folder), "--role", "thu_ky", "--action", "task.assign", *ENTERED])
    assert "The «Thư ký» may not" in capsys.readouterr().out


def _add_secretary(files: dict[str, Any]) -> None:
    files["charter.yaml"]["roles"]["thu_ky"] = {"title": "Thư ký"}
    signing = {"key": "tk.sign", "cite": "5.3", "type": "power", "bearer": ["thu_ky"], "action": "document.sign"}
    files["dieu-05.yaml"]["norms"].append({**signing, "sign_form": "KT", "source": "x"})


def test_path_and_line_of_a_fault_stand_apart(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "charter.yaml").write_text("format: x\nformat: y\n", "utf-8")
    assert main(["charter", "check", str(tmp_path), "--json"]) == 3
    (fault,) = _json(capsys)[0]["faults"]
    assert (fault["path"], fault["line"], fault["column"]) == ("format", 2, None)
    main(["charter", "check", str(tmp_path)])
    assert "charter.yaml: format (dòng 2): " in capsys.readouterr().out
    (tmp_path / "charter.yaml").write_text("format: [\n", "utf-8")
    main(["charter", "check", str(tmp_path), "--json"])
    (fault,) = _json(capsys)[0]["faults"]
    assert (fault["path"], fault["line"]) == ("", 2)


def test_a_folder_that_is_there_lacks_its_head_and_is_not_absent(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for command in (["check", str(tmp_path)], ["check", str(tmp_path), "--json"]):
        assert main(["charter", *command]) == 3
        assert "thiếu tệp charter.yaml" in capsys.readouterr().out
    (tmp_path / "a.txt").write_text("x", "utf-8")
    assert main(["charter", "may", "--charter", str(tmp_path / "a.txt"), "--role", "leader", "--action", "x"]) == 3
    assert "không phải gói quy chế" in capsys.readouterr().err


def test_the_pdf_is_said_to_be_on_a_page(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = ["--out", str(tmp_path / "x.pdf")]
    assert main(["charter", "export", "cap-xa", "--format", "pdf", *out]) == 2
    assert "trang «Quy chế»" in capsys.readouterr().err
    assert main(["charter", "export", "cap-xa", "--format", "odt", *out]) == 2
    assert "akn, json, yaml" in capsys.readouterr().err


def test_due_says_that_a_text_is_not_in_force_and_why(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "su-kien.yaml"
    file.write_text("format: dean06-charter-facts/1\nas_of: 2022-08-05\n", "utf-8")
    asked = ["charter", "due", "--facts", str(file), "--charter", "xuan-truong-2022", "--month", "2022-07"]
    assert main(asked) == 0
    told = capsys.readouterr().out
    assert "không có hiệu lực" in told
    assert "Chưa ghi số, ký hiệu" in told
    assert "adoption" in told
    assert "0 việc" not in told
    assert main([*asked, "--json"]) == 0
    both = capsys.readouterr()
    assert json.loads(both.out) == []
    assert "không có hiệu lực" in both.err
    file.write_text(FACTS, "utf-8")
    assert main(["charter", "due", "--facts", str(file), "--charter", "quang-ninh-2022", "--year", "2021"]) == 0
    assert "không có hiệu lực ngày 31/12/2021" in capsys.readouterr().out
    main(["charter", "due", "--facts", str(file), "--charter", "quang-ninh-2022", "--year", "2022"])
    assert "không có hiệu lực" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "never"),
    [
        (["may", "--charter", "noi-quy", "--role", "operator", "--action", "group.create"], ("ruamel", "obligations")),
        (["diff", "quang-ninh-2022", "xuan-truong-2022"], ("ruamel", "obligations")),
        (["import", str(Path(__file__).with_name("texts") / "song-may.txt")], ("ruamel", "deciding", "obligations")),
    ],
)
def test_a_command_loads_what_it_asks_for_alone(asked: list[str], never: tuple[str, ...]) -> None:
    script = (
        f"import sys; from dean06.cli.main import main; main({['charter', *asked]!r});"
        f"sys.exit(sorted(n for n in sys.modules if n.split('.')[0 if n[0] == 'r' else -1] in {never!r}) and 9 or 0)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0


def test_every_name_of_the_light_face_is_there() -> None:
    assert all(getattr(live, name) for name in live.__all__)
    with pytest.raises(AttributeError):
        _ = live.nothing_of_the_sort


def test_asking_a_shipped_package_loads_no_django_and_no_schema() -> None:
    script = (
        "import sys; from dean06.cli.main import main;"
        "main(['charter','may','--charter','noi-quy','--role','operator','--action','group.create','--json']);"
        "sys.exit(any(name in sys.modules for name in ('django', 'pydantic', 'duckdb')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0
