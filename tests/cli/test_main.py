"""The door of the command line: light start, one error sentence in two languages, the exit codes of the contract."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from importlib.util import find_spec

import pytest

from dean06.cli import main as door
from dean06.cli.main import COMMANDS, Command
from dean06.clock.errors import BadInput, RefusedByCharter, Unavailable

LIGHT = ["charter", "register", "reconcile", "ledger"]
HEAVY = {"django", "openpyxl", "docx", "typst", "pyarrow", "pandas", "numpy"}


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Add a command `thu` whose body is given as source text."""

    def add(body):
        source = "def run(args):\n    " + body.replace("\n", "\n    ")
        parsers = "def add_parsers(sub):\n    parser = sub.add_parser('thu')\n    parser.set_defaults(run=run)\n"
        (tmp_path / "thu_commands.py").write_text(f"{source}\n\n\n{parsers}")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setitem(COMMANDS, "thu", Command("thu_commands", "thử", "try"))
        monkeypatch.delitem(sys.modules, "thu_commands", raising=False)

    return add


@pytest.mark.parametrize("name", LIGHT)
def test_a_command_that_needs_no_database_loads_no_django(name):
    if find_spec(COMMANDS[name].module) is None:
        pytest.fail(f"{COMMANDS[name].module} is missing")
    source = f"""
import json, sys
from dean06.cli.main import parser_for
parser_for({name!r}).format_help()
print(json.dumps(sorted({{module.split('.')[0] for module in sys.modules}})))
"""
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert HEAVY & set(json.loads(done.stdout)) == set()


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as stopped:
        door.main(["--help"])
    said = capsys.readouterr().out
    assert stopped.value.code == 0
    assert all(name in said for name, command in COMMANDS.items() if find_spec(command.module))


def test_no_command_is_a_usage_error(capsys):
    assert door.main([]) == 2
    assert "dean06" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["khong-co"], ["serve", "--la"], ["serve", "--port"]])
def test_unusable_arguments_exit_2_in_two_languages(arguments, capsys):
    assert door.main(arguments) == 2
    said = capsys.readouterr().err
    assert "Tham số chưa đúng" in said
    assert "Unusable arguments" in said


def test_a_port_that_is_no_port_is_named(capsys):
    assert door.main(["serve", "--port", "70000"]) == 2
    assert "70000" in capsys.readouterr().err


@pytest.mark.parametrize(("error", "code"), [(BadInput, 3), (RefusedByCharter, 4), (Unavailable, 5)])
def test_an_error_for_people_is_two_sentences_and_its_code(command, capsys, error, code):
    command(
        f"from dean06.clock.errors import {error.__name__}\nraise {error.__name__}('Dòng 7 hỏng.', 'Row 7 is bad.')"
    )
    assert door.main(["thu"]) == code
    said = capsys.readouterr()
    assert said.err.splitlines() == ["Dòng 7 hỏng.", "Row 7 is bad."]
    assert said.out == ""


def test_json_of_an_error_is_one_document(command, capsys):
    command("from dean06.clock.errors import BadInput\nraise BadInput('Dòng 7 hỏng.', 'Row 7 is bad.')")
    assert door.main(["thu", "--json"]) == 3
    assert json.loads(capsys.readouterr().out) == {"error": {"code": 3, "vi": "Dòng 7 hỏng.", "en": "Row 7 is bad."}}


def test_every_command_is_offered_json(command, capsys):
    command("print(args.json)\nreturn 1")
    assert door.main(["thu", "--json"]) == 1
    assert capsys.readouterr().out == "True\n"


def test_a_fault_shows_no_traceback_and_no_value(command, capsys, monkeypatch):
    command("raise ValueError('Nguyễn Văn A')")
    assert door.main(["thu"]) == door.FAULT
    quiet = capsys.readouterr().err
    assert "ValueError" in quiet
    assert "Nguyễn" not in quiet
    assert "Traceback" not in quiet
    monkeypatch.setenv("DEAN06_DEBUG", "1")
    door.main(["thu"])
    assert "Traceback" in capsys.readouterr().err


def test_a_full_disk_is_said_as_such(command, capsys):
    command(f"raise OSError({errno.ENOSPC}, 'No space left on device', 'ket-qua.csv')")
    assert door.main(["thu"]) == 5
    assert "ket-qua.csv" in capsys.readouterr().err


def test_ctrl_c_is_130(command, capsys):
    command("raise KeyboardInterrupt")
    assert door.main(["thu"]) == 130
    assert "Đã dừng" in capsys.readouterr().err


def test_a_reader_that_leaves_is_no_error():
    source = "import sys; from dean06.cli.main import main; sys.exit(main(['--help']))"
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -c "{source}" | head -c 1'], capture_output=True, check=True
    )
    assert done.stderr == b""


def test_version_is_printed(capsys):
    assert door.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("dean06 ")
