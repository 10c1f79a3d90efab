"""`dean06 paper check`: exit codes, one JSON document, sentences; no Django, and no long start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dean06.cli.main import main
from papers import bad_files, planting


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(bad_files.docx())
    return path


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(planting.planted("number_zero", "bao-cao"))
    return path


def test_a_sound_file_ends_with_0(sound, capsys):
    assert main(["paper", "check", str(sound)]) == 0
    assert "bao-cao.docx: đúng thể thức" in capsys.readouterr().out


def test_departures_end_with_1_and_are_sentences(planted, capsys):
    assert main(["paper", "check", str(planted)]) == 1
    said = capsys.readouterr().out
    assert "✗ Số, ký hiệu: số nhỏ hơn 10 thiếu chữ số 0" in said
    assert "1 chỗ sai thể thức" in said


def test_json_is_one_document(planted, capsys):
    assert main(["paper", "check", str(planted), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["kind"] == "docx"
    assert document["file"]["name"] == "bao-cao.docx"
    (departure,) = document["departures"]
    assert departure["rule"] == "mục II.3"
    assert set(departure) == {"rule", "part", "found", "asked", "where", "sentence"}


@pytest.mark.parametrize(
    ("name", "data"), [("a.pdf", bad_files.with_javascript()), ("a.txt", b"x"), ("a.docx", b"PK\3\4")]
)
def test_a_file_that_cannot_be_measured_ends_with_3(tmp_path, capsys, name, data):
    (tmp_path / name).write_bytes(data)
    assert main(["paper", "check", str(tmp_path / name)]) == 3
    assert capsys.readouterr().err.startswith(f"{name}: ")


def test_a_file_that_is_not_there_ends_with_3(tmp_path, capsys):
    assert main(["paper", "check", str(tmp_path / "khong-co.docx")]) == 3
    assert "không có tệp" in capsys.readouterr().err


def test_it_needs_no_django_and_starts_at_once(sound):
    lines = (
        "import sys, time, dean06.cli.paper_commands",
        "from dean06.cli.main import main",
        "start = time.process_time()",
        f"code = main(['paper', 'check', {str(sound)!r}])",
        "assert time.process_time() - start < 0.3",
        "assert 'django' not in sys.modules",
        "sys.exit(code)",
    )
    code = "\n".join(lines)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
