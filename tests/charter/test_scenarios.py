"""Scenarios: every shipped package answers its own; a wrong one is named, a bad file is refused with its place."""

from __future__ import annotations

import json
from datetime import date

import pytest

from charter.case_files import CASES
from dean06.charter import service, text
from dean06.charter.errors import CharterInvalid
from dean06.charter.types import Question
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


SIGNS = "who: standing_deputy, does: document.sign, given: [document.kind=conclusion, delegation.covers_date_and_scope]"
MINUTES = "who: standing_deputy, does: minutes.sign"
CONNECTS = "does: integration.lead, given: [task.system=S11]"
LEADS = "who: standing_deputy, does: meeting.preside, given: [leader.absent_on_date]"


@pytest.mark.parametrize(
    ("package", "asked", "line", "wrong"),
    [
        (0, SIGNS, "allowed 4.4 2.3 form KT for leader seal POL", []),
        (0, SIGNS, "allowed 2.3 4.4", []),
        (0, SIGNS, "allowed 4.4 2.3 form KT for deputy seal POL", ["for"]),
        (0, SIGNS, "allowed 4.4 2.3 form TM for leader seal POL", ["form"]),
        (0, SIGNS, "allowed 4.4 2.3 form KT for leader seal PC", ["seal"]),
        (0, SIGNS, "allowed 4.4 2.3 gap G-11", ["gap"]),
        (0, SIGNS, "allowed 4.4 2.3 can leader", ["can"]),
        (0, SIGNS, "forbidden", ["outcome", "cites"]),
        (0, SIGNS, "''", ["outcome", "cites"]),
        (1, MINUTES, "not_regulated gap G-11", []),
        (1, MINUTES, "not_regulated gap G-12", ["gap"]),
        (1, MINUTES, "not_regulated", []),
        (0, f"who: member:BHXH, {CONNECTS}", "allowed 7.2.k", []),
        (0, f"who: member:YT, {CONNECTS}", "not_allowed 7.2.k can member:BHXH", []),
        (0, f"who: member:YT, {CONNECTS}", "not_allowed 7.2.k can member:YT", ["can"]),
        (0, f"{LEADS}, on: 2022-07-01", "allowed 4.2", []),
        (0, f"{LEADS}, on: 1999-07-01", "not_in_force", []),
        (1, f"{LEADS}, on: 2001-07-01", "allowed 4.2", []),
        (1, LEADS, "allowed 4.2", []),
    ],
)
def test_every_part_of_an_answer_is_compared(tmp_path, package, asked, line, wrong):
    file = written(tmp_path, f"- {{ask: thử, {asked}, is: {line}}}\n")
    (one,) = service.run_scenarios(service.load(SHIPPED[package]), (file,))
    assert (list(one.wrong), one.holds) == (wrong, not wrong), one.found


def test_what_was_found_is_written_as_a_scenario_is(tmp_path):
    for package, asked, found in (
        (0, SIGNS, "allowed 4.4 2.3 form KT for leader seal POL"),
        (1, MINUTES, "not_regulated gap G-11"),
        (0, f"who: member:YT, {CONNECTS}", "not_allowed 7.2.k can member:BHXH"),
    ):
        file = written(tmp_path, f"- {{ask: thử, {asked}, is: forbidden}}\n")
        (one,) = service.run_scenarios(service.load(SHIPPED[package]), (file,))
        assert (one.file, one.ask, one.expected, one.found) == ("thu.yaml", "thử", "forbidden", found)


def test_files_of_a_package_are_those_of_its_folder_in_order(tmp_path):
    for name in ("b.yaml", "a.yaml", "a.txt"):
        (tmp_path / name).write_text("[]", "utf-8")
    assert [path.name for path in service.scenario_files(tmp_path)] == ["a.yaml", "b.yaml"]
    assert service.scenario_files(tmp_path / "a.txt") == (tmp_path / "a.txt",)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "c.yaml").write_text("[]", "utf-8")
    assert [path.name for path in service.scenario_files(tmp_path)] == ["c.yaml"]


def test_every_fault_of_a_file_is_told_at_its_place(tmp_path):
    file = written(tmp_path, "- {who: leader, luc: mai}\n- {}\n- một\n")
    with pytest.raises(CharterInvalid) as refused:
        service.run_scenarios(service.load(SHIPPED[0]), (file,))
    needed = ("ask", "who", "does", "is")
    assert [fault.path for fault in refused.value.faults] == [
        *("[0].ask", "[0].does", "[0].is", "[0].luc"),
        *(f"[1].{key}" for key in needed),
        *(f"[2].{key}" for key in needed),
    ]


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
    assert [(one.holds, one.wrong) for one in ran] == [(False, ("question",)), (True, ())]
    assert "meeting.dance" in ran[0].found


def asked_of(package, **row):
    (one,) = service.run_rows(package, "nhap", [{"ask": "thử", "is": "forbidden", **row}])
    return one


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"who": "leader", "does": "meeting.convene"}, "allowed 3.3"),
        ({"who": "member:YT", "does": "minutes.sign"}, "not_allowed 6.2 can standing_member"),
        ({"who": "leader", "does": "meeting.convene", "on": "1999-01-01"}, "not_in_force"),
        ({"who": "leader", "does": "meeting.convene", "on": None, "given": None}, "allowed 3.3"),
        (
            {"who": "standing_deputy", "does": "meeting.preside", "given": "leader.absent_on_date"},
            "allowed 4.2",
        ),
    ],
)
def test_scenarios_kept_elsewhere_are_asked_too(row, found):
    one = asked_of(service.load(SHIPPED[0]), **row)
    assert (one.file, one.ask, one.expected, one.found) == ("nhap", "thử", "forbidden", found)


@pytest.mark.parametrize("day", ["mai", "2023-02-29", 7])
def test_a_day_that_no_calendar_has_fails_its_own_scenario_alone(day):
    rows = [{"ask": "thử", "who": "leader", "does": "meeting.convene", "is": "allowed 3.3"}]
    ran = service.run_rows(service.load(SHIPPED[0]), "nhap", [{**rows[0], "on": day}, *rows])
    assert [one.wrong for one in ran] == [("question",), ()]
    assert ran[0].found == f"Kỳ «{day}» không đúng: viết theo dạng 2026-03-01."


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"on": "2000-01-01"}, "allowed 3.3"),
        ({"on": "1999-12-31"}, "not_in_force"),
        ({"given": ["charter.confirmed_by_two=false"]}, "not_in_force lacks charter.confirmed_by_two"),
        ({"given": ["charter.adopted_on=2000-01-02"]}, "not_in_force"),
    ],
)
def test_an_unsigned_text_is_asked_as_if_it_was_signed_on_the_first_day_of_2000(row, found):
    one = asked_of(service.load(SHIPPED[1]), who="leader", does="meeting.convene", **row)
    assert one.found == found


def test_a_text_that_names_no_day_is_asked_on_the_first_day_of_2000():
    raw = service.load(SHIPPED[1]).raw
    until = text.from_raw({**raw, "in_force": {"from": None, "to": "2000-01-01"}})
    assert asked_of(until, who="leader", does="meeting.convene").found == "allowed 3.3"


@pytest.mark.parametrize(
    ("role", "action", "line"),
    [
        ("leader", "meeting.convene", "allowed 3.3"),
        ("member", "minutes.sign", "not_allowed 6.2"),
        ("leader", "tie.break", "not_regulated gap G-02"),
        (
            "standing_deputy",
            "document.sign",
            "not_allowed 4.4 lacks assignment.covers_document delegation.covers_date_and_scope",
        ),
    ],
)
def test_an_answer_is_written_as_what_a_scenario_expects(role, action, line):
    question = Question(role=role, action=action, on=date(2023, 1, 1))
    decision = service.decide(service.load(SHIPPED[0]), question)
    assert service.answer_line(decision) == line


def test_a_package_without_scenarios_has_none_and_its_own_files_are_not_taken_for_them(tmp_path):
    for name in ("charter.yaml", "dieu-01.yaml"):
        (tmp_path / name).write_text("[]", "utf-8")
    assert service.scenario_files(tmp_path) == ()
    (tmp_path / service.SCENARIO_FOLDER).mkdir()
    assert service.scenario_files(tmp_path) == ()
    (tmp_path / "scenarios" / "a.yaml").write_text("[]", "utf-8")
    assert [path.name for path in service.scenario_files(tmp_path)] == ["a.yaml"]


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        ("- [\n", [("", 2)]),
        ("- &x 1\n", [("[0]", 1), *((f"[0].{key}", None) for key in ("ask", "who", "does", "is"))]),
        ("ask: x\n", [("", None)]),
    ],
)
def test_a_file_that_cannot_be_read_tells_where(tmp_path, line, faults):
    with pytest.raises(CharterInvalid) as refused:
        service.run_scenarios(service.load(SHIPPED[0]), (written(tmp_path, line),))
    assert [(fault.path, fault.row) for fault in refused.value.faults] == faults
    assert {fault.file for fault in refused.value.faults} == {"thu.yaml"}


def test_a_package_without_scenarios_says_what_to_do(capsys):
    assert main(["charter", "scenarios", "noi-quy"]) == 3
    told = capsys.readouterr().err
    assert "đặt tệp .yaml vào thư mục scenarios" in told
    assert "charter.yaml" not in told
