"""What a refusal says: the fault with its file, path and line, in the language asked for, and what to do."""

from __future__ import annotations

from datetime import date

import pytest

from charter import dong_lua
from dean06.charter import errors, service
from dean06.charter.errors import Fault
from dean06.charter.types import Question
from dean06.clock.errors import BadInput, RefusedByCharter


@pytest.mark.parametrize(
    ("path", "row", "column", "vi", "en"),
    [
        ("", None, None, "", ""),
        ("norms[3].action", None, None, "norms[3].action", "norms[3].action"),
        ("", 4, None, "dòng 4", "line 4"),
        ("", 4, 7, "dòng 4, cột 7", "line 4, column 7"),
        ("", None, 7, "", ""),
        ("title", None, 7, "title", "title"),
        ("title", 4, None, "title (dòng 4)", "title (line 4)"),
        ("title", 4, 7, "title (dòng 4, cột 7)", "title (line 4, column 7)"),
        ("title", 4, 0, "title (dòng 4)", "title (line 4)"),
    ],
)
def test_a_fault_says_where_it_stands(path: str, row: int | None, column: int | None, vi: str, en: str) -> None:
    fault = Fault("dieu-01.yaml", path, "Sai.", "Wrong.", row, column)
    assert (fault.place(), fault.place("vi"), fault.place("en")) == (vi, vi, en)
    assert fault.line() == fault.line("vi") == f"dieu-01.yaml: {vi}: Sai.".replace(": : ", ": ")
    assert fault.line("en") == f"dieu-01.yaml: {en}: Wrong.".replace(": : ", ": ")
    assert fault.as_json() == {
        "file": "dieu-01.yaml",
        "path": path,
        "line": row,
        "column": column,
        "vi": "Sai.",
        "en": "Wrong.",
    }


def test_a_fault_of_no_file_and_no_path_is_its_sentence() -> None:
    assert Fault("", "", "Sai.", "Wrong.").line("en") == "Wrong."


def test_all_faults_of_a_charter_are_told_one_a_line() -> None:
    faults = (Fault("a.yaml", "title", "Thiếu.", "Missing."), Fault("b.yaml", "", "Thừa.", "Too much.", 3))
    refused = errors.CharterInvalid(faults)
    assert refused.faults == faults
    assert refused.vi == "a.yaml: title: Thiếu.\nb.yaml: dòng 3: Thừa."
    assert refused.en == "a.yaml: title: Missing.\nb.yaml: line 3: Too much."


def test_what_may_stand_there_is_listed() -> None:
    unknown = errors.UnknownCharter("dong-lau", ("cap-xa", "dong-lua"))
    assert "«dong-lau»: dùng một trong cap-xa, dong-lua, hoặc" in unknown.vi
    assert "'dong-lau': use one of cap-xa, dong-lua, or" in unknown.en
    word = errors.UnknownWord(("Vai", "role"), "leder", ("leader", "member"))
    assert word.vi == "Vai «leder» không có trong bảng từ: dùng một từ như leader, member."
    assert word.en == "The role 'leder' is not in the vocabulary: use a word such as leader, member."


def test_a_folder_without_a_head_is_told_apart_from_another_file() -> None:
    folder, file = errors.NoHead("goi", is_file=False), errors.NoHead("goi.txt", is_file=True)
    assert folder.vi.startswith("Thư mục «goi» thiếu tệp charter.yaml")
    assert folder.en.startswith("The folder 'goi' has no charter.yaml")
    assert file.vi.startswith("«goi.txt» không phải gói quy chế")
    assert file.en.startswith("'goi.txt' is no charter package")


def _decided(role: str, action: str) -> service.Decision:
    facts = {"charter.number": True, "charter.confirmed_by_two": True, "charter.adopted_on": "2025-03-01"}
    return service.decide(dong_lua.WHOLE, Question(role=role, action=action, on=date(2025, 6, 2), facts=facts))


def test_a_refusal_carries_the_decision_and_its_sentence() -> None:
    decision = _decided("member", "document.sign")
    refused = errors.Refused(decision)
    assert isinstance(refused, RefusedByCharter)
    assert refused.decision is decision
    assert (refused.vi, refused.en) == (decision.sentence("vi"), decision.sentence("en"))
    assert refused.vi != refused.en


def test_where_a_reason_is_enough_the_refusal_says_so() -> None:
    decision = _decided("member", "tie.break")
    asked = errors.NeedsReason(decision)
    assert asked.decision is decision
    assert asked.vi == f"{decision.sentence('vi')} Ghi lý do rồi làm tiếp; lý do được lưu cùng việc làm."
    assert asked.en == f"{decision.sentence('en')} Give a reason and go on; it is kept with the act."


def test_the_rest_say_what_is_wrong_and_what_to_write() -> None:
    address = errors.BadAddress("7-2")
    assert "«7-2» không đúng hoặc không có: viết như 7, 7.2 hoặc 7.2.k." in address.vi
    assert "'7-2' is wrong or missing: write it as 7, 7.2 or 7.2.k." in address.en
    period = errors.BadPeriod("2022-13", "2022-06")
    assert period.vi == "Kỳ «2022-13» không đúng: viết theo dạng 2022-06."
    assert period.en == "The period '2022-13' is wrong: write it as 2022-06."
    fact = errors.BadFact("task.system", "S99", "S01, S02")
    assert fact.vi == "Dữ kiện task.system không nhận giá trị «S99»: dùng S01, S02."
    assert fact.en == "The fact task.system does not take 'S99': use S01, S02."
    permit = errors.PermitMismatch("member:YT", "leader")
    assert permit.vi.startswith("Quyết định dành cho leader, không cấp phép cho member:YT được")
    assert permit.en.startswith("The decision is for leader and cannot permit member:YT")
    for kind in (errors.BadAddress, errors.BadPeriod, errors.BadFact, errors.CharterInvalid, errors.NoHead):
        assert issubclass(kind, BadInput)
