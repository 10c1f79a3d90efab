"""A file of facts: every list is read as written, and what cannot be taken is refused with its place and its reason."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dean06.charter import service, text
from dean06.charter.errors import CharterInvalid
from dean06.charter.facts_file import Facts
from dean06.charter.types import Charter

CASES = Path(__file__).with_name("cases")
CHARTER = service.load("quang-ninh-2022")
WHOLE: dict[str, Any] = YAML(typ="safe").load(CASES / "facts.yaml")
HEAD = {"format": "dean06-charter-facts/1", "as_of": "2022-07-05"}


def _read(charter: Charter = CHARTER, **lists: Any) -> Facts:
    return service.facts_from_plain({**HEAD, **lists}, charter)


def _refused(plain: Any, file: str = "sổ.yaml") -> list[tuple[str, str]]:
    with pytest.raises(CharterInvalid) as refused:
        service.facts_from_plain(plain, CHARTER, file)
    assert {fault.file for fault in refused.value.faults} == {file}
    return [(fault.path, fault.en) for fault in refused.value.faults]


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _told(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_told(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def test_every_list_and_key_is_read_as_written() -> None:
    facts = service.read_facts(CASES / "facts.yaml", CHARTER)
    assert _told(facts.values) == WHOLE
    assert facts.as_of == datetime.fromisoformat("2022-07-05T00:00:00+07:00")


def test_list_left_out_or_left_empty_has_no_rows() -> None:
    assert _read().rows("meetings") == ()
    assert _read(meetings=None).rows("meetings") == ()
    assert [row["id"] for row in _read(meetings=[{"id": "m1"}, {"id": "m2"}]).rows("meetings")] == ["m1", "m2"]


def test_reports_are_found_by_kind_and_period() -> None:
    rows = [
        {"id": "r1", "kind": "review_report", "period": "2022-H1"},
        {"id": "r2", "kind": "year_end_report", "period": "2022"},
        {"id": "r3", "kind": "review_report", "period": "2022-H1"},
    ]
    facts = _read(reports=rows)
    assert [row["id"] for row in facts.reports("review_report", "2022-H1")] == ["r1", "r3"]
    assert [row["id"] for row in facts.reports("year_end_report", "2022")] == ["r2"]
    assert facts.reports("review_report", "2022") == []
    assert facts == _read(reports=rows)
    assert repr(facts) == repr(_read(reports=rows))


def test_what_happened_after_the_day_of_reading_is_not_known() -> None:
    facts = _read()
    at = facts.as_of
    assert facts.known(at) == at
    assert facts.known(at.replace(microsecond=1)) is None
    assert facts.known(None) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2022-06-01", "2022-06-01T00:00:00+07:00"),
        ("2022-06-01T08:30:00", "2022-06-01T08:30:00+07:00"),
        ("2022-06-01T08:30:00Z", "2022-06-01T08:30:00+00:00"),
        (date(2022, 6, 1), "2022-06-01T00:00:00+07:00"),
        ("1900-01-01T00:00:00+07:00", "1900-01-01T00:00:00+07:00"),
        ("2200-12-31", "2200-12-31T00:00:00+07:00"),
        ("2200-12-31T23:59:59+07:00", "2200-12-31T23:59:59+07:00"),
    ],
)
def test_day_is_its_first_instant_and_time_without_zone_is_that_of_the_office(written: Any, read: str) -> None:
    assert _told(_read(tasks=[{"due_at": written}]).rows("tasks")[0]["due_at"]) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2022-06-30", "2022-06-30T23:59:59.999999+07:00"),
        ("2022-06-30T17:00:00+07:00", "2022-06-30T17:00:00+07:00"),
    ],
)
def test_span_ends_with_the_whole_of_its_last_day(written: str, read: str) -> None:
    assert _told(_read(leader_absences=[{"to": written}]).rows("leader_absences")[0]["to"]) == read
    assert _told(_read(delegations=[{"to": written}]).rows("delegations")[0]["to"]) == read


@pytest.mark.parametrize("written", ["2022-04-20", "2022-04-20T08:00:00+07:00", date(2022, 4, 20)])
def test_day_of_adoption_is_a_day_even_where_a_time_is_given(written: Any) -> None:
    assert _read(adoption={"signed_on": written}).values["adoption"] == {"signed_on": date(2022, 4, 20)}
    assert _read(local_rules=[{"adopted_on": written}]).rows("local_rules")[0]["adopted_on"] == date(2022, 4, 20)


def test_number_may_stand_for_a_text_and_text_for_a_year() -> None:
    assert _read(tasks=[{"id": 7}]).rows("tasks")[0]["id"] == "7"
    assert _read(documents=[{"year": "2022"}]).rows("documents")[0]["year"] == 2022


def test_value_of_a_local_rule_is_kept_whatever_it_is() -> None:
    for value in ({"day": 5}, "tùy", 3, [1, 2], False):
        assert _read(local_rules=[{"value": value}]).rows("local_rules")[0]["value"] == value


OWN = text.from_raw(
    {
        **CHARTER.raw,
        "roles": [*CHARTER.raw["roles"], {**CHARTER.raw["roles"][0], "code": "keeper"}],  # type: ignore[misc,index]  # plain values of a package
        "agencies": [*CHARTER.raw["agencies"], {**CHARTER.raw["agencies"][0], "code": "DEPOT"}],  # type: ignore[misc,index]  # plain values of a package
    }
)


@pytest.mark.parametrize(
    ("party", "read"),
    [
        ("leader", "leader"),
        ("commune_chair", "commune_chair"),
        ("keeper", "keeper"),
        ("YT", "YT"),
        ("TAX", "TAX"),
        ("DEPOT", "DEPOT"),
        ("member:YT", "member:YT"),
        ("member:TAX", "member:TAX"),
        ("keeper:DEPOT", "keeper:DEPOT"),
        ("agency", "agency"),
        ("agency:YT", "YT"),
        ("agency:DEPOT", "DEPOT"),
    ],
)
def test_party_is_a_role_an_agency_or_a_role_of_an_agency(party: str, read: str) -> None:
    assert _read(OWN, tasks=[{"bearer": party}]).rows("tasks")[0]["bearer"] == read


@pytest.mark.parametrize(
    ("agency", "read"), [("YT", "YT"), ("agency:YT", "YT"), ("TAX", "TAX"), ("DEPOT", "DEPOT"), ("agency:TAX", "TAX")]
)
def test_agency_is_one_of_the_text_or_of_the_vocabulary(agency: str, read: str) -> None:
    assert _read(OWN, reporting_agencies=[agency]).values["reporting_agencies"] == [read]


TEXT, TRUTH = "Must be a text.", "Must be true or false."
TIME, DAY = "Must be an ISO 8601 date or time.", "Must be a date as year-month-day."
YEARS, YEAR = "The year lies outside 1900 to 2200.", "A year is YYYY."
PERIOD = "A period is YYYY-MM, YYYY-H1, YYYY-H2 or YYYY."


@pytest.mark.parametrize(
    ("name", "row", "path", "said"),
    [
        ("tasks", {"id": ""}, "tasks[0].id", TEXT),
        ("tasks", {"id": True}, "tasks[0].id", TEXT),
        ("tasks", {"id": ["t1"]}, "tasks[0].id", TEXT),
        ("tasks", {"accepted": 1}, "tasks[0].accepted", TRUTH),
        ("tasks", {"accepted": "true"}, "tasks[0].accepted", TRUTH),
        ("tasks", {"due_at": "hôm qua"}, "tasks[0].due_at", TIME),
        ("tasks", {"due_at": "2022-02-30"}, "tasks[0].due_at", TIME),
        ("tasks", {"due_at": "1899-12-31"}, "tasks[0].due_at", TIME),
        ("tasks", {"due_at": "1899-12-31T23:59:59+07:00"}, "tasks[0].due_at", YEARS),
        ("tasks", {"due_at": "2201-01-01"}, "tasks[0].due_at", TIME),
        ("tasks", {"due_at": "2201-01-01T00:00:00+07:00"}, "tasks[0].due_at", YEARS),
        ("tasks", {"bearer": "NOBODY"}, "tasks[0].bearer", "'NOBODY' is no known role or agency."),
        ("tasks", {"bearer": "member:NOBODY"}, "tasks[0].bearer", "'member:NOBODY' is no known role or agency."),
        ("tasks", {"bearer": "NOBODY:YT"}, "tasks[0].bearer", "'NOBODY:YT' is no known role or agency."),
        ("delegations", {"to": "mai"}, "delegations[0].to", TIME),
        ("local_rules", {"adopted_on": "20/05/2022"}, "local_rules[0].adopted_on", DAY),
        ("local_rules", {"gap": "G-99"}, "local_rules[0].gap", "Unknown word 'G-99'. G-19, G-09"),
        ("reporting_agencies", "NOBODY", "reporting_agencies[0]", "'NOBODY' is no known agency."),
        ("conclusions", {"concerns": ["member:YT"]}, "conclusions[0].concerns[0]", "'member:YT' is no known agency."),
        ("reports", {"period": "2022-13"}, "reports[0].period", PERIOD),
        ("reports", {"period": "2022-00"}, "reports[0].period", PERIOD),
        ("reports", {"period": "2022-H3"}, "reports[0].period", PERIOD),
        (
            "reports",
            {"kind": "year_report"},
            "reports[0].kind",
            "Unknown word 'year_report'. year_end_report, review_report",
        ),
        ("documents", {"kind": "plans"}, "documents[0].kind", "Unknown word 'plans'. plan, subplan"),
        ("documents", {"year": "22"}, "documents[0].year", YEAR),
        ("documents", {"year": "20222"}, "documents[0].year", YEAR),
        ("meetings", {"kind": "regulr"}, "meetings[0].kind", "Unknown word 'regulr'. regular"),
        ("meetings", {"attendance": {"member": "leader"}}, "meetings[0].attendance", "Must be a list."),
        ("meetings", {"attendance": [{"consent": "có"}]}, "meetings[0].attendance[0].consent", "Must be a mapping."),
        ("meetings", {"minuts": True}, "meetings[0].minuts", "This key is unknown. Nearest: minutes."),
        ("meetings", {"zzz": True}, "meetings[0].zzz", "This key is unknown."),
        ("meetings", "m1", "meetings[0]", "Must be a mapping."),
        ("meetings", None, "meetings[0]", "An empty row."),
    ],
)
def test_what_cannot_be_taken_is_refused_with_place_and_reason(name: str, row: Any, path: str, said: str) -> None:
    told = [(where, " ".join(why.split())) for where, why in _refused({**HEAD, name: [row]})]
    assert told == [(path, said)]


def test_reason_is_told_in_both_languages() -> None:
    with pytest.raises(CharterInvalid) as refused:
        _read(tasks=[{"accepted": "không"}])
    fault = refused.value.faults[0]
    assert (fault.file, fault.vi, fault.en) == ("facts", "Phải là true hoặc false.", "Must be true or false.")


def test_every_fault_is_told_at_once() -> None:
    plain = {**HEAD, "meetngs": [], "tasks": [None, {"idd": "t1", "id": "", "accepted": 1}, {"id": True}], "xyz": 1}
    assert [path for path, _ in _refused(plain)] == [
        "meetngs",
        "tasks[0]",
        "tasks[1].idd",
        "tasks[1].id",
        "tasks[1].accepted",
        "tasks[2].id",
        "xyz",
    ]


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        (None, [(".", "The file must be one mapping.")]),
        ([HEAD], [(".", "Must be a mapping.")]),
        ("facts", [(".", "Must be a mapping.")]),
        ({}, [("format", "This key is missing."), ("as_of", "This key is missing.")]),
        ({"format": HEAD["format"]}, [("as_of", "This key is missing.")]),
        ({"format": HEAD["format"], "as_of": None}, [("as_of", "This key is missing.")]),
        ({"as_of": "2022-07-05"}, [("format", "This key is missing.")]),
        ({"as_of": "hôm nay"}, [("as_of", TIME), ("format", "This key is missing.")]),
        (
            {**HEAD, "format": "dean06-charter-facts/2"},
            [("format", "Unknown word 'dean06-charter-facts/2'. " + HEAD["format"])],
        ),
    ],
)
def test_file_is_one_mapping_that_names_its_format_and_its_day(plain: Any, told: list[tuple[str, str]]) -> None:
    assert _refused(plain) == told


def test_file_that_is_no_yaml_is_refused_by_its_name(tmp_path: Path) -> None:
    for name, content, said in (
        ("hỏng.yaml", "meetings: [", "YAML syntax"),
        ("thiếu.yaml", "as_of: 2022-07-05\n", "This key is missing."),
    ):
        path = tmp_path / name
        path.write_text(content, "utf-8")
        with pytest.raises(CharterInvalid) as refused:
            service.read_facts(path, CHARTER)
        assert refused.value.faults[0].file == name
        assert refused.value.faults[0].en.startswith(said)
