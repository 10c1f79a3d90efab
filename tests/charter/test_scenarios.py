"""Scenarios: every shipped package answers its own; a wrong one is named, a bad file is refused with its place."""

from __future__ import annotations

import json

import pytest

from charter.case_files import CASES
from dean06.charter import service
from dean06.cli.main import main

SHIPPED = ("quang-ninh-2022", "xuan-truong-2022", "cap-xa", "cap-tinh")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_package_answers_its_own_scenarios(name, capsys):
    assert main(["charter", "scenarios", name, "--json"]) == 0
    ran = json.loads(capsys.readouterr().out)
    assert ran
    assert [one for one in ran if one["wrong"]] == []


def test_the_installation_s_charter_answers_on_the_end_of_a_group():
    ran = service.run_scenarios(service.load("noi-quy"), (CASES / "installation.yaml",))
    assert len(ran) > 5
    assert [(one.ask, one.found) for one in ran if not one.holds] == []


def written(tmp_path, text: str):
    file = tmp_path / "thu.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("allowed 4.4 2.3 seal POL", ["outcome", "cites", "lacks", "seal"]),
        ("not_allowed 4.4 lacks assignment.covers_document", ["lacks"]),
        ("not_allowed 4.3 lacks assignment.covers_document delegation.covers_date_and_scope", ["cites"]),
        ("not_allowed 4.4 lacks assignment.covers_document delegation.covers_date_and_scope can deputy", ["can"]),
    ],
)
def test_what_comes_out_otherwise_is_named(tmp_path, capsys, line, wrong):
    file = written(tmp_path, f"- {{ask: ký thay, who: standing_deputy, does: document.sign, is: {line}}}\n")
    assert main(["charter", "scenarios", str(file), "--charter", "quang-ninh-2022", "--json"]) == 1
    (one,) = json.loads(capsys.readouterr().out)
    assert one["wrong"] == wrong
    assert one["found"].startswith("not_allowed 4.4 lacks assignment.covers_document")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ask: một mình", "danh sách kịch bản"),
        ("- {ask: thiếu, who: leader, is: allowed}", "«does»"),
        ("- {ask: thừa, who: leader, does: meeting.convene, is: allowed, luc: mai}", "«luc»"),
        ("- [", "thu.yaml"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path, capsys, text, said):
    assert main(["charter", "scenarios", str(written(tmp_path, text)), "--charter", "quang-ninh-2022"]) == 3
    assert said in capsys.readouterr().err


def test_a_word_nobody_knows_fails_its_own_scenario_alone(tmp_path):
    file = written(
        tmp_path,
        "- {ask: lạ, who: leader, does: meeting.dance, is: allowed}\n"
        "- {ask: quen, who: leader, does: meeting.convene, is: allowed 3.3}\n",
    )
    ran = service.run_scenarios(service.load("quang-ninh-2022"), (file,))
    assert [one.holds for one in ran] == [False, True]
    assert "meeting.dance" in ran[0].found


def test_a_package_without_scenarios_says_what_to_do(capsys):
    assert main(["charter", "scenarios", "noi-quy"]) == 3
    told = capsys.readouterr().err
    assert "đặt tệp .yaml vào thư mục scenarios" in told
    assert "charter.yaml" not in told
