"""Exit codes and sentences of every command: Vietnamese first, English second, what is wrong, where, and what to do."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.desk import DAY, Told, dean06, reconcile
from dean06.cli import main as door
from dean06.reconcile import result_csv

VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
MATCH = "reconcile {} --source chung --out {}/ra.csv --register {}"
LOAD = f"register load {{}} --as-of {DAY} --register {{}}/moi"

# A file that cannot be taken: the words that its sentence must hold in both languages, then in Vietnamese.
LISTS = {
    "vang.csv": ("vang.csv", "Không có tệp"),
    "thu-muc.csv": ("thu-muc.csv", "Không có tệp"),
    "hong.xlsx": ("hong.xlsx", "hỏng"),
    "khoa.xlsx": ("khoa.xlsx", "bỏ mật khẩu"),
    "trang.xlsx": ("trang.xlsx", "không có ô nào"),
    "rong.csv": ("rong.csv", "rỗng"),
    "chi-tieu-de.xlsx": ("chi-tieu-de.xlsx", "không có dòng dữ liệu"),
    "la.xlsx": ("la.xlsx", "không nhận ra dòng tên cột"),
    "hai-ten.xlsx": ("Họ tên", "giữ một cột"),
    "csv.xlsx": ("csv.xlsx", "đổi đuôi thành .csv"),
    "anh.png": ("anh.png", "dùng .xlsx"),
}
REGISTERS = {
    "vang.csv": ("vang.csv", "không có tệp"),
    "thu-muc.csv": ("thu-muc.csv", "không có tệp"),
    "hong.xlsx": ("hong.xlsx", "hỏng"),
    "khoa.xlsx": ("khoa.xlsx", "bỏ mật khẩu"),
    "trang.xlsx": ("trang.xlsx", "không có dữ liệu"),
    "rong.csv": ("rong.csv", "rỗng"),
    "chi-cot.csv": ("chi-cot.csv", "không có dòng"),
    "trung-so.csv": ("2, 4", "số trùng nhau"),
    "thieu-cot.csv": ("ngay_sinh", "thiếu cột"),
    "sai-dong.csv": ("ngay_sinh", "dòng 3"),
    "ngoai-lich.csv": ("ngay_sinh", "dòng 3"),
    "chua-sinh.csv": ("ngay_sinh", "dòng 2"),
    "csv.xlsx": ("csv.xlsx", "hỏng"),
    "anh.png": ("anh.png", "chỉ nhận"),
}
USAGE = {
    "reconcile": "thiếu TỆP, --source, --out",
    "reconcile a.csv --source chung --out a.parquet --threads x": "--threads phải là số",
    "reconcile a.csv --source chung --out a.parquet --threads 0": "--threads phải từ 1",
    "reconcile a.csv --source chung --out a.parquet --processes -1": "--processes phải từ 0",
    "reconcile a.csv --source chung --out a.parquet --processes 2 --engine spark": "không đi cùng --engine spark",
    "reconcile a.csv --source chung --out a.parquet --service dv --engine spark": "chỉ dùng cùng --register",
    "reconcile a.csv --source chung --out a.parquet --accept 1.5": "--accept phải lớn hơn 0",
    "reconcile a.csv --source chung --out a.parquet --engine dask": "--engine không nhận «dask», chọn một trong",
    "reconcile a.csv --source chung --out a.txt": "phải có đuôi",
    "reconcile a.csv --source chung --out khong/co/a.csv": "tạo trước",
    "reconcile a.csv --source chung --out ./a.csv": "chọn tên khác",
    "register load a.csv": "thiếu --as-of",
    "register load a.csv --as-of 31/12/2025": "viết yyyy-mm-dd",
    "register load a.csv --as-of 2025-02-30": "viết yyyy-mm-dd",
    "register": "thiếu VIỆC",
    "register nap": "không nhận «nap», chọn một trong",
    "charter may --charter quang-ninh-2022 --role leader --action task.assign --on mai": "yyyy-mm-dd",
    "charter due --charter quang-ninh-2022 --month 2022-07 --year 2022 --facts x": "không đi cùng",
    "source describe": "thiếu NGUỒN",
    "report month --group qn": "thiếu --month, --out",
    "report month --group qn --month 2022-07 --out x": "--as TÀI_KHOẢN",
    "register load a.csv --as-of 2025-01-01 --group qn": "--as TÀI_KHOẢN",
    "demo create x --persons 0": "--persons phải từ 1",
    "khong-co": "không nhận «khong-co»",
    "reconcile a.csv --source chung --out a.parquet --la": "không có tham số --la",
}
BAD_INPUT = {
    "reconcile a.csv --source khong-co --out a.parquet --register {held}": "chọn một trong",
    "reconcile a.csv --source chung --out a.parquet --register {tmp}/khong": "register load",
    "source describe khong-co": "chọn một trong",
    "source check a.csv --source khong-co": "chọn một trong",
    "source check a.csv --source chung": "a.csv",
    "charter may --charter khong-co --role leader --action task.assign": "dùng một trong",
    "charter may --charter quang-ninh-2022 --role leader --action task.asign": "task.assign",
    "charter may --charter quang-ninh-2022 --role lead --action task.assign": "leader",
    "charter may --charter quang-ninh-2022 --role leader --action task.assign --fact xyz": "dùng một từ",
    "charter due --charter quang-ninh-2022 --month 2022-07 --facts {tmp}/vang.yaml": "vang.yaml",
    "charter due --charter quang-ninh-2022 --month 2022-13 --facts {good}": "2022-13",
    "ledger verify {tmp}/vang.jsonl": "vang.jsonl",
    "ledger verify {tmp}": "DEAN06_HOME",
    "restore {tmp}/vang": "không phải bản sao lưu",
}


def refused(told: Told, code: int, *shown: str) -> str:
    """Check a refusal: its code, two sentences, nothing on stdout, no trace of the program; returns the Vietnamese."""
    assert told.code == code, told.err
    assert told.out == ""
    assert "Traceback" not in told.err
    vi, en = told.err.splitlines()[-2:]
    assert VIETNAMESE.search(vi)
    quoted = r"«.*?»|'.*?'|`.*?`|: Họ và tên.*?\. |\b[A-ZÀ-ỸĐ_]{2,}\b"
    assert not VIETNAMESE.search(re.sub(quoted, "", en)), en
    assert vi.endswith(".")
    assert en.endswith(".")
    for words in shown:
        assert words in vi
    return vi


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Stand in an empty directory, with no installation."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEAN06_HOME", str(tmp_path / "home"))
    return tmp_path


def run(line: str) -> Told:
    return dean06(*line.split())


# ---------------------------------------------------------------- 3: the input cannot be taken


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_cannot_be_taken(files, folder, held, name):
    shown, vietnamese = LISTS[name]
    told = run(MATCH.format(files(name), folder, held))
    refused(told, 3, vietnamese)
    assert all(shown in line for line in told.err.splitlines()[-2:])
    assert [path.name for path in folder.iterdir() if path.name != name] == []


@pytest.mark.parametrize("name", LISTS)
def test_checking_such_a_list_says_the_same(files, folder, held, name):
    told = dean06("source", "check", files(name), "--source", "chung")
    assert told.err == run(MATCH.format(folder / name, folder, held)).err
    assert told.code == 3


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_that_cannot_be_taken(files, folder, name):
    shown, vietnamese = REGISTERS[name]
    told = run(LOAD.format(files(name), folder))
    refused(told, 3, vietnamese)
    assert all(shown in line for line in told.err.splitlines()[-2:])
    assert dean06("register", "info", "--register", folder / "moi", "--json").document == {"snapshots": []}


@pytest.mark.parametrize("line", BAD_INPUT)
def test_other_bad_input(files, folder, held, line):
    good = folder / "tot.yaml"
    good.write_text("format: dean06-charter-facts/1\nas_of: 2022-08-05\n", encoding="utf-8")
    refused(run(line.format(tmp=folder, held=held, good=good)), 3, BAD_INPUT[line])


def test_a_row_whose_unit_nobody_knows_is_told_and_the_run_goes_on(folder, held):
    (folder / "ds.csv").write_text("Họ và tên,Ngày sinh,Mã xã\nLê Văn A,01/01/1990,00000\n", encoding="utf-8")
    assert run(MATCH.format("ds.csv", folder, held)).code == 1


def test_faults_of_a_charter_are_all_told(folder):
    told = dean06("charter", "check", "khong-co")
    assert told.code == 3
    assert told.out.startswith("✗ khong-co: Không có gói quy chế")


# ---------------------------------------------------------------- 2: usage


@pytest.mark.parametrize("line", USAGE)
def test_unusable_arguments(folder, line):
    vi = refused(run(line), 2, USAGE[line])
    assert "argument" not in vi
    assert list(folder.iterdir()) == []


def test_a_directory_is_no_result(files, folder, held):
    (folder / "ra.csv").mkdir()
    refused(run(MATCH.format(files("tot.csv"), folder, held)), 2, "ra.csv", "thư mục")


@pytest.mark.parametrize("line", [*USAGE, *(line for line in BAD_INPUT if "{" not in line)])
def test_an_error_is_one_document_beside_json(folder, line):
    told = run(f"{line} --json")
    error = told.document["error"]
    assert error["code"] == told.code
    assert [error["vi"], error["en"]] == told.err.splitlines()[-2:]


# ---------------------------------------------------------------- 0, 1, 4


def test_answers_of_a_charter_and_their_codes():
    may = "charter may --charter quang-ninh-2022 --on 2022-06-01 --action task.assign --role"
    assert run(f"{may} leader").code == 0
    assert run(f"{may} member --agency TP").code == 4
    assert run(f"{may} leader --on 2022-05-04").code == 4


@pytest.mark.parametrize("line", ["source list", "source describe chung", "charter check quang-ninh-2022", "--version"])
def test_done_is_0(line):
    told = run(line)
    assert (told.code, told.err) == (0, "")
    assert told.out


def test_a_register_is_loaded_once_and_told(files, folder):
    first, again = (run(LOAD.format(files("so.csv"), folder) + " --json").document for _ in range(2))
    assert first == again
    assert (first["rows"], first["as_of"]) == (5, DAY)
    held = run(f"register info --register {folder}/moi")
    assert (held.code, held.out.count("nguyên vẹn")) == (0, 1)


def test_a_changed_byte_of_the_register_is_told(files, folder):
    directory = Path(run(LOAD.format(files("so.csv"), folder) + " --json").document["directory"])
    register = directory / "register.parquet"
    register.chmod(0o600)
    raw = bytearray(register.read_bytes())
    raw[len(raw) // 2] ^= 1
    register.write_bytes(raw)
    told = run(f"register info --register {folder}/moi --json")
    assert told.code == 1
    assert told.document["snapshots"][0]["changed_files"] == ["register.parquet"]
    assert run(LOAD.format(folder / "so.csv", folder)).code == 0
    assert run(f"register info --register {folder}/moi").code == 0


# ---------------------------------------------------------------- 5 and what the machine refuses


def test_an_engine_that_is_not_here(files, folder, held, monkeypatch):
    """Without the extra PySpark is missing; with it, nobody answers there."""
    monkeypatch.setenv("DEAN06_SPARK", "sc://127.0.0.1:1")
    refused(run(MATCH.format(files("tot.csv"), folder, held) + " --engine spark"), 5, "--engine duckdb")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"register load {{so}} --as-of {DAY} --register {{so}}", 3),
        (f"register load {{so}} --as-of {DAY} --register /proc/khong-co", 3),
        ("reconcile {tot} --source chung --out /proc/ra.csv --register {held}", 3),
        ("demo create /proc/khong-co --persons 5", 3),
        ("ledger verify /proc/khong-co", 3),
    ],
)
def test_a_place_that_cannot_be_written_is_named(files, folder, held, line, code):
    told = run(line.format(so=files("so.csv"), tot=files("tot.csv"), held=held))
    refused(told, code)


def test_a_place_without_permission_is_named(files, folder, held, monkeypatch):
    def closed(*_args, **_named):
        raise PermissionError(errno.EACCES, "Permission denied", str(folder))

    monkeypatch.setattr("dean06.cli.reconcile_job.tempfile.mkdtemp", closed)
    refused(run(MATCH.format(files("tot.csv"), folder, held)), 5, str(folder), "không có quyền")


def test_a_disk_that_fills_while_the_result_is_written(files, folder, held, monkeypatch):
    list_, out = files("tot.csv"), folder / "ra.csv"
    assert reconcile(held, list_, out).code == 1
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device", "than.csv")

    monkeypatch.setattr(result_csv, "_write_body", full)
    refused(reconcile(held, list_, out), 5, "đầy")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_ctrl_c_is_130(folder, monkeypatch):
    def stopped(_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(door, "_run", stopped)
    told = run("source list --json")
    assert told.code == 130
    assert told.document["error"]["code"] == 130


def test_a_fault_of_the_program_says_nothing_of_a_person(folder, monkeypatch):
    def broken(_args):
        raise ValueError("Nguyễn Văn A, 036085000123")

    monkeypatch.setattr(door, "_run", broken)
    told = run("source list --json")
    assert told.code == told.document["error"]["code"] == 70
    assert "036085000123" not in told.err + told.out


# ---------------------------------------------------------------- help and start


COMMANDS = """serve|doctor|backup|restore|demo create|charter check|charter may|charter due|register load|register info
source list|source check|source describe|reconcile|ledger verify|ledger export|report month""".replace("\n", "|")


@pytest.mark.parametrize("line", ["", *COMMANDS.split("|")])
def test_help_tells_every_argument_in_vietnamese(line, capsys):
    with pytest.raises(SystemExit) as stopped:
        door.main([*line.split(), "--help"])
    said = capsys.readouterr().out
    assert stopped.value.code == 0
    assert said.startswith("Cách dùng (usage): dean06")
    options = re.findall(r"^  (-\S+|[A-ZĐ_…]+)(?: [^ ]+)*(?:  +(\S.*))?\n((?: {10,}\S.*\n)?)", said, re.MULTILINE)
    assert all(text or below for _, text, below in options), options
    assert not {"show this help message and exit", "options:", "positional arguments:"} & set(said.splitlines())


def test_no_command_shows_what_there_is():
    told = dean06()
    assert told.code == 2
    assert "reconcile" in told.err
    assert told.out == ""


STARTS = {
    "charter": "charter may --charter quang-ninh-2022 --role leader --action task.assign --on 2022-06-01",
    "register": "register info --register khong-co",
    "reconcile": "reconcile --help",
    "ledger verify": "ledger verify khong-co.jsonl",
}


@pytest.mark.parametrize("name", STARTS)
def test_a_light_command_loads_nothing_heavy(name, tmp_path):
    source = f"""
import contextlib, io, json, sys
from dean06.cli.main import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    try:
        main({STARTS[name].split()!r})
    except SystemExit:
        pass
print(json.dumps(sorted({{module.split('.')[0] for module in sys.modules}})))
"""
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True, cwd=tmp_path)
    loaded = set(json.loads(done.stdout))
    assert loaded & {"django", "holidays", "openpyxl", "docx", "typst", "numpy", "pandas", "pyarrow"} == set()
    assert "pydantic" not in loaded


@pytest.mark.proof
@pytest.mark.parametrize("name", STARTS)
def test_a_light_command_starts_in_under_0_3_seconds(name, tmp_path):
    spent = []
    for _ in range(5):
        before = os.times()
        subprocess.run(
            [sys.executable, "-m", "dean06", *STARTS[name].split()], capture_output=True, check=False, cwd=tmp_path
        )
        spent.append(os.times().children_user - before.children_user)
    assert min(spent) < 0.3
