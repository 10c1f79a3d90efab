"""The shape of the files of a package: what may be left out, how long each entry may be, what is refused."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from charter.tea_hill import FILES, HEAD, REPORTS
from dean06.charter import service
from dean06.charter.errors import CharterInvalid
from dean06.charter.schema import ArticleSource, CharterSource

Place = tuple[str | int, ...]
NORM: Place = ("norms", 0)


def _faults(file: str, path: Place, value: Any) -> list[str]:
    """Return the places at fault of a package in which one entry is set."""
    files = copy.deepcopy(FILES)
    holder = files[file]
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    try:
        service.compile_sources(files)
    except CharterInvalid as refused:
        return [fault.path for fault in refused.faults if fault.file == file]
    return []


def _of_head(path: Place, value: Any) -> list[str]:
    return _faults("charter.yaml", path, value)


def _of_article(path: Place, value: Any) -> list[str]:
    return _faults("dieu-12.yaml", path, value)


# ------------------------------------------------------------------ the head
@pytest.mark.parametrize(
    ("path", "taken", "refused"),
    [
        (("line",), "a" * 80, "a" * 81),
        (("line",), "doi-che-2024", "Doi-che"),
        (("line",), "2024", "doi--che"),
        (("line",), "x-1", "-doi"),
        (("version",), 1, 0),
        (("version",), 10_000, 10_001),
        (("version",), 2, "2"),
        (("title",), "Q", ""),
        (("title",), "Q" * 1200, "Q" * 1201),
        (("kind",), "regulation", "law"),
        (("kind",), "template", "Template"),
        (("kind",), "installation", None),
        (("level",), "province", "hamlet"),
        (("level",), "district", ""),
        (("level",), "commune", "Commune"),
        (("level",), "installation", 1),
        (("format",), "dean06-charter/1", "dean06-charter/2"),
        (("instrument", "kind"), "decision", "letter"),
        (("instrument", "kind"), "template", 1),
        (("instrument", "kind"), "installation", ""),
        (("instrument", "number"), None, 7),
        (("instrument", "date"), "2024-02-29", "2023-02-29"),
        (("instrument", "date"), None, "29-02-2024"),
        (("instrument", "form"), "A" * 40, "A" * 41),
        (("instrument", "form"), "own", "TM."),
        (("instrument", "issuer", "role"), "leader", "lead er"),
        (("in_force", "from"), "2024-03-31", "2024-3-31"),
        (("in_force", "to"), None, "2024-04-31"),
        (("body", "name_lines"), [], [""]),
        (("roles", "member", "ex_officio"), True, "true"),
        (("roles", "member", "agency_by_reading"), True, 1),
        (("agencies", "CPC", "member"), True, "yes"),
        (("chapters", 0, "label"), "I" * 20, "I" * 21),
        (("chapters", 0, "label"), "một", "I.1"),
        (("chapters", 0, "label"), "đ", "I 1"),
        (("notes", 0, "where"), "", None),
    ],
)
def test_each_entry_of_the_head_has_its_bounds(path: Place, taken: Any, refused: Any) -> None:
    assert _of_head(path, taken) == []
    (told,) = _of_head(path, refused)
    place = ".".join(str(step) for step in path).replace(".0.", "[0].")
    assert told.removesuffix("[0]") == place


@pytest.mark.parametrize(
    "path",
    [
        ("motto",),
        ("instrument", "motto"),
        ("instrument", "issuer", "motto"),
        ("in_force", "motto"),
        ("in_force", "start"),
        ("body", "motto"),
        ("roles", "member", "motto"),
        ("agencies", "CPC", "motto"),
        ("chapters", 0, "motto"),
        ("notes", 0, "motto"),
    ],
)
def test_a_key_that_the_format_does_not_have_is_refused(path: Place) -> None:
    (told,) = _of_head(path, "2024-03-01")
    assert told.rpartition(".")[2] == path[-1]


def test_a_head_of_the_fewest_words_is_taken() -> None:
    bare: dict[str, Any] = {
        **{key: HEAD[key] for key in ("format", "line", "version", "title", "kind", "level", "body")},
        "instrument": {"kind": "template", "number": None, "date": None, "issuer": {"role": "leader"}},
        "roles": {"leader": {"title": "Tổ trưởng"}},
        "agencies": {"CPC": {"name": "Xã"}},
        "chapters": [],
    }
    charter = service.compile_sources({"charter.yaml": bare})
    assert (charter.instrument.form, charter.instrument.place, charter.instrument.issuer) == ("own", "", "leader")
    leader = charter.roles["leader"]
    assert (leader.post, leader.agency, leader.agency_by_reading, leader.ex_officio) == ("", None, False, False)
    assert (charter.agencies["CPC"].short, charter.agencies["CPC"].member) == ("", False)


# ------------------------------------------------------------------ an article and its norms
@pytest.mark.parametrize(
    ("path", "taken", "refused"),
    [
        (("heading",), "B", ""),
        (("last_checked",), "2024-12-31", "2024-12-32"),
        (("last_checked",), "2024-12-31", "12/2024"),
        (("clauses", 0, "vi"), "K" * 1200, ""),
        (("clauses", 0, "no_norm"), None, ""),
        ((*NORM, "key"), "k" * 80, "k" * 81),
        ((*NORM, "key"), "group_2.report.x1", "Group.report"),
        ((*NORM, "key"), "9", "group..report"),
        ((*NORM, "type"), "power", "might"),
        ((*NORM, "type"), "duty", "Duty"),
        ((*NORM, "type"), "prohibition", ""),
        ((*NORM, "type"), "procedure", None),
        ((*NORM, "type"), "constitutive", 1),
        ((*NORM, "type"), "entitlement", "right"),
        ((*NORM, "type"), "status", "state"),
        ((*NORM, "enforcement"), "block", "stop"),
        ((*NORM, "enforcement"), "warn", "Warn"),
        ((*NORM, "enforcement"), "record", None),
        ((*NORM, "deadline", "day"), 1, 0),
        ((*NORM, "deadline", "day"), 28, 29),
        ((*NORM, "deadline", "day"), 12, "12"),
        ((*NORM, "fulfilled_by"), "plan.yearly_issued", "plan"),
        ((*NORM, "via"), "CPOL", "CPOL:"),
        ((*NORM, "seal"), "CPC", "C P C"),
        ((*NORM, "source"), "m", ""),
        ((*NORM, "dormant"), "x" * 1200, "x" * 1201),
    ],
)
def test_each_entry_of_an_article_has_its_bounds(path: Place, taken: Any, refused: Any) -> None:
    assert _of_article(path, taken) == []
    (told,) = _of_article(path, refused)
    assert told.endswith(str(path[-1]))


@pytest.mark.parametrize(
    ("path", "refused", "place"),
    [
        ((*NORM, "bearer"), ["group", "member:"], "norms[0].bearer[1]"),
        ((*NORM, "bearer"), "x" * 81, "norms[0].bearer[0]"),
        ((*NORM, "bearer"), [":TYT"], "norms[0].bearer[0]"),
        ((*NORM, "bearer"), {"role": "group"}, "norms[0].bearer"),
        ((*NORM, "when", "all"), ["plan.Issued"], "norms[0].when.all[0]"),
        ((*NORM, "when", "all"), ["!!plan.issued"], "norms[0].when.all[0]"),
        ((*NORM, "when", "any"), "plan.yearly_issued", "norms[0].when.any"),
        ((*NORM, "when", "none"), [], "norms[0].when.none"),
        ((*NORM, "systems"), ["S-25"], "norms[0].systems[0]"),
        ((*NORM, "systems"), ["S" * 41], "norms[0].systems[0]"),
        ((*NORM, "deadline"), 12, "norms[0].deadline"),
        ((*NORM, "deadline"), {"day": 12}, "norms[0].deadline.form"),
        ((*NORM, "deadline"), {"form": "every_month", "hour": 12}, "norms[0].deadline.hour"),
        ((*NORM, "reading"), {"vi": "đọc", "en": "read", "by": "ai"}, "norms[0].reading.by"),
        ((*NORM, "motto"), "x", "norms[0].motto"),
        (("clauses", 0, "motto"), "x", "clauses[0].motto"),
        (("clauses", 0, "points"), [{"label": "a.b", "vi": "x", "en": "x"}], "clauses[0].points[0].label"),
        (("clauses", 0, "points"), [{"label": "a", "vi": "x"}], "clauses[0].points[0].en"),
        (("clauses", 0, "points"), [{"label": "a", "vi": "x", "en": "x", "motto": "x"}], "clauses[0].points[0].motto"),
        (("motto",), "x", "motto"),
    ],
)
def test_what_has_another_shape_is_refused_at_its_place(path: Place, refused: Any, place: str) -> None:
    assert _of_article(path, refused) == [place]


def test_one_bearer_or_one_form_may_stand_without_a_list_or_a_key() -> None:
    article = ArticleSource.model_validate(REPORTS)
    assert article.norms[0].bearer == ["group"]
    norm = {**REPORTS["norms"][0], "deadline": "every_month"}
    deadline = ArticleSource.model_validate({**REPORTS, "norms": [norm]}).norms[0].deadline
    assert deadline is not None
    assert (deadline.form, deadline.day, deadline.event) == ("every_month", None, None)


def test_a_file_that_was_read_is_never_changed() -> None:
    head = CharterSource.model_validate(HEAD)
    parts: list[tuple[BaseModel, str]] = [(head, "title"), (head.in_force, "start"), (head.body, "place")]
    for part, name in parts:
        with pytest.raises(ValidationError):
            setattr(part, name, "khác")
