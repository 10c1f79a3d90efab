"""Law is data: one label, agency or day changed in a copy of a package changes every answer that rests on it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from dean06.charter import library, service
from dean06.charter.errors import CharterInvalid
from dean06.charter.types import Charter, Question


def _changed(tmp_path: Path, name: str, file: str, old: str, new: str) -> Charter:
    folder = tmp_path / "goi"
    shutil.copytree(library.folder_of(name), folder)
    source = folder / file
    text = source.read_text("utf-8")
    assert old in text
    source.write_text(text.replace(old, new), "utf-8")
    return service.load(folder)


def test_label_of_a_point(tmp_path: Path) -> None:
    folder = tmp_path / "goi"
    shutil.copytree(library.folder_of("quang-ninh-2022"), folder)
    source = folder / "dieu-07.yaml"
    text = source.read_text("utf-8").replace('cite: "7.2.k"', 'cite: "7.2.n"').replace("{label: k,", "{label: n,")
    source.write_text(text, "utf-8")
    charter = service.load(folder)
    found = service.answerable(charter, "S11")
    assert found is not None
    assert service.clause_label(found.citation) == "Điều 7 khoản 2 điểm n"
    assert charter.hash != service.load("quang-ninh-2022").hash


def test_agency(tmp_path: Path) -> None:
    charter = _changed(
        tmp_path,
        "quang-ninh-2022",
        "dieu-07.yaml",
        'bhxh.insurance, cite: "7.2.k", type: duty, bearer: "member:BHXH"',
        'bhxh.insurance, cite: "7.2.k", type: duty, bearer: "member:YT"',
    )
    found = service.answerable(charter, "S11")
    assert found is not None
    assert found.agency == "YT"
    question = Question(
        role="member", agency="BHXH", action="integration.lead", on=date(2023, 1, 1), facts={"task.system": "S11"}
    )
    decision = service.decide(charter, question)
    assert (decision.outcome, decision.who_can) == ("not_allowed", ("member:YT",))


def test_day(tmp_path: Path) -> None:
    charter = _changed(tmp_path, "xuan-truong-2022", "dieu-07.yaml", "day: 12", "day: 20")
    plain = {
        "format": "dean06-charter-facts/1",
        "as_of": "2022-07-01",
        "adoption": {"number": "12/QĐ-UBND", "signed_on": "2022-04-20", "confirmed_by": ["a", "b"]},
        "reporting_agencies": ["BHXH"],
        "reports": [
            {
                "id": "r1",
                "kind": "agency_monthly_report",
                "period": "2022-06",
                "from": "BHXH",
                "received": [{"by": "POL", "at": "2022-06-19T23:59:00+07:00"}],
            }
        ],
    }
    for text, status in ((charter, "met"), (service.load("xuan-truong-2022"), "late")):
        items = service.obligations(text, service.facts_from_plain(plain, text), month="2022-06")
        assert [item.status for item in items if item.action == "report.submit"] == [status]


def test_seal_and_title(tmp_path: Path) -> None:
    charter = _changed(tmp_path, "cap-xa", "dieu-02.yaml", "seal: CPOL", "seal: COFF")
    facts = {
        "charter.number": "1/QĐ",
        "charter.adopted_on": "2026-01-01",
        "charter.confirmed_by_two": True,
        "assignment.covers_document": True,
    }
    question = Question(role="standing_deputy", action="document.sign", on=date(2026, 2, 1), facts=facts)
    assert service.decide(charter, question).seal == "COFF"
    assert service.decide(service.load("cap-xa"), question).seal == "CPOL"


def test_a_change_that_breaks_an_address_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(CharterInvalid) as refused:
        _changed(tmp_path, "quang-ninh-2022", "dieu-07.yaml", "{label: k,", "{label: n,")
    fault = refused.value.faults[0]
    assert (fault.file, fault.path.endswith(".cite")) == ("dieu-07.yaml", True)
    assert "7.2.k" in fault.vi
