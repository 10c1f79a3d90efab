"""`dean06 charter`: the contract of the command line, exit codes included."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dean06.cli.main import main

MAY = ["charter", "may", "--charter", "quang-ninh-2022", "--on", "2022-06-01", "--json"]
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


def test_asking_a_shipped_package_loads_no_django_and_no_schema() -> None:
    script = (
        "import sys; from dean06.cli.main import main;"
        "main(['charter','may','--charter','noi-quy','--role','operator','--action','group.create','--json']);"
        "sys.exit(any(name in sys.modules for name in ('django', 'pydantic', 'duckdb')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0
