"""What is wanting in a text that compiles: said with its clause and what to do, and said of nothing else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from charter import dong_lua
from dean06.charter import service, text

QN, XT = "quang-ninh-2022", "xuan-truong-2022"
Raw = dict[str, Any]


def _changed(name: str, change: Callable[[Raw], object]) -> service.Charter:
    raw: Raw = copy.deepcopy(dict(service.load(name).raw))
    change(raw)
    return text.from_raw(raw)


def _said(charter: service.Charter, held: tuple[str, ...] | None = None) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in service.advise(charter, held)]


def _norm(raw: Raw, key: str) -> Raw:
    return next(row for row in raw["norms"] if row["key"] == key)


@pytest.mark.parametrize("name", ["cap-tinh", "cap-xa", "noi-quy", QN])
def test_nothing_is_wanting_in_a_whole_text(name: str) -> None:
    assert _said(service.load(name)) == []


def test_a_form_of_signing_without_a_seal_is_wanting() -> None:
    assert _said(service.load(XT)) == []  # an authority that issues seals with its own seal

    def signed(**other: Any) -> service.Charter:
        return _changed(XT, lambda raw: _norm(raw, "charter.promulgate").update({"on_behalf_of": "leader", **other}))

    assert _said(signed()) == [("no_seal", "QĐ-1")]
    for other in ({"seal": "PC"}, {"seal_by": "leader.sign"}, {"sign_form": None}):
        assert _said(signed(**other)) == []


def test_a_report_with_a_period_names_who_receives_it() -> None:
    def silent(**other: Any) -> service.Charter:
        return _changed(QN, lambda raw: _norm(raw, "group.monthly_report").update({"recipients": [], **other}))

    where = service.load(QN).index.norms["group.monthly_report"].cite.dotted
    (one,) = service.advise(silent())
    assert (one.code, one.where) == ("no_recipient", where)
    assert "«Báo cáo tháng của Tổ»" in one.vi
    assert "send the group's own monthly report" in one.en
    for form in ("every_month_before_day", "every_half_year", "every_year", "as_regulated"):
        assert _said(silent(deadline={"form": form, "day": None, "event": None})) == [("no_recipient", where)], form
    assert _said(silent(deadline={"form": "timely", "day": None, "event": None})) == []
    assert _said(silent(deadline=None)) == []
    assert _said(silent(type="power")) == []
    assert _said(silent(action="meeting.hold")) == []
    assert _said(silent(action=None)) == []


def test_an_act_without_a_word_is_called_by_its_key() -> None:
    def nameless(raw: Raw) -> None:
        _norm(raw, "sd.sign_for_leader").update(action=None, seal=None, seal_by=None, bearers=["member"])

    (one,) = service.advise(_changed(QN, nameless))
    assert one.code == "no_seal"
    assert "«sd.sign_for_leader»" in one.vi
    assert "sd.sign_for_leader" in one.en


def test_a_clause_without_a_norm_is_marked_or_read() -> None:
    def unread(raw: Raw) -> None:
        raw["norms"] = [row for row in raw["norms"] if row["cite"] not in ("8.2", "7.2.k")]

    assert _said(_changed(QN, unread)) == [("unread_clause", "7.2.k"), ("unread_clause", "8.2")]
    marked = copy.deepcopy(dict(service.load(QN).raw))
    unread(marked)
    for node in _nodes(marked["provisions"]):
        if node["cite"] in ("8.2", "7.2.k"):
            node["no_norm"] = "definition"
    assert _said(text.from_raw(marked)) == []


def _nodes(rows: list[Raw]) -> list[Raw]:
    return [node for row in rows for node in (row, *_nodes(row["children"]))]


def test_a_seat_without_a_norm_is_idle() -> None:
    role = {"code": "expert", "title": "Chuyên gia", "agency": None, "agency_by_reading": False}

    def more(code: str) -> service.Charter:
        return _changed(QN, lambda raw: raw["roles"].append({**raw["roles"][0], **role, "code": code}))

    assert _said(more("thu_ky")) == [("idle_role", "thu_ky")]
    assert _said(more("thu_ky"), ("leader", "standing_deputy", "deputy", "standing_member", "member")) == [
        ("idle_role", "thu_ky")
    ]
    assert _said(more("expert")) == []  # a capacity comes with the occasion


def test_a_seat_nobody_holds_is_empty_once_it_is_known_who_holds_what() -> None:
    seats = ("leader", "standing_deputy", "deputy", "standing_member", "member")
    charter = service.load(QN)
    assert _said(charter) == []
    assert _said(charter, seats) == []
    assert _said(charter, ()) == [("empty_role", code) for code in seats]
    (one,) = service.advise(charter, seats[1:])
    assert (one.code, one.where) == ("empty_role", "leader")
    assert "«Tổ trưởng»" in one.vi
    assert "Tổ trưởng" in one.en


@pytest.mark.parametrize("norm_type", ["power", "duty", "prohibition", "procedure", "entitlement"])
def test_a_norm_of_an_act_names_who_acts(norm_type: str) -> None:
    unborne = dong_lua.with_norms(leader__assign={"type": norm_type, "bearers": []})
    (one,) = [advice for advice in service.advise(unborne) if advice.code == "no_bearer"]
    assert one.as_json() == {
        "code": "no_bearer",
        "where": "1.1",
        "vi": "Quy phạm «leader.assign» chưa nêu ai làm: thêm bearer và action.",
        "en": "The norm 'leader.assign' says not who acts: add bearer and action.",
    }


@pytest.mark.parametrize("norm_type", ["status", "constitutive"])
def test_a_norm_that_only_lays_down_needs_nobody_to_act(norm_type: str) -> None:
    assert _said(dong_lua.with_norms(leader__assign={"type": norm_type, "bearers": []})) == []


def _unwritten(change: Callable[[Raw], object]) -> list[str]:
    raw = dong_lua.raw()
    change(raw)
    told = [one for one in service.advise(text.from_raw(raw)) if one.code == "unwritten"]
    assert {one.vi for one in told} <= {"Còn «TODO» chưa viết: thay bằng lời của mình."}
    assert {one.en for one in told} <= {"'TODO' still stands here: write it in your own words."}
    return [one.where for one in told]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda raw: raw.update(title="TODO"), ["title"]),
        (lambda raw: raw["body"].update(place="TODO", parent="UBND TODO"), ["body.parent", "body.place"]),
        (lambda raw: raw["body"].update(name_lines=["TỔ", "TODO", "TODO"]), ["body.name_lines"]),
        (lambda raw: raw["roles"][0].update(title="TODO"), ["roles.title"]),
        (
            lambda raw: raw.update(distribution={"report.send_monthly": ["Như trên", "TODO"]}),
            ["distribution.report.send_monthly"],
        ),
        (lambda raw: raw["provisions"][1].update(heading="TODO"), []),
        (lambda raw: raw["provisions"][0].update(heading="TODO"), ["QĐ"]),
        (lambda raw: raw["provisions"][1]["children"][1].update(heading="Chương TODO"), ["II"]),
        (lambda raw: _clause(raw, "2").update(heading="TODO"), ["2"]),
        (lambda raw: _clause(raw, "2.1.a").update(vi="Lời TODO này", heading="TODO"), ["2.1.a"]),
        (lambda raw: dong_lua.norm(raw, "leader.assign").update(source="TODO"), ["1.1"]),
        (lambda raw: dong_lua.norm(raw, "group.report").update(why_not_testable="TODO"), ["3.1"]),
        (lambda raw: raw.update(title="TODOS của TODO."), []),
        (lambda raw: _clause(raw, "2.1.a").update(en="TODO"), []),
    ],
)
def test_what_a_draft_leaves_to_be_written_is_told_with_its_place(change: Any, where: list[str]) -> None:
    assert _unwritten(change) == where


def _clause(raw: Raw, cite: str) -> Raw:
    return next(node for node in _nodes(raw["provisions"]) if node["cite"] == cite)


def test_what_is_wanting_is_told_text_first_then_norms_clauses_and_seats() -> None:
    raw = dong_lua.raw()
    raw["title"] = "TODO"
    raw["norms"] = [row for row in raw["norms"] if row["cite"] not in ("1.1", "2.2")]
    dong_lua.norm(raw, "group.not_in_place")["bearers"] = []
    assert _said(text.from_raw(raw)) == [
        ("unwritten", "title"),
        ("no_bearer", "1.3"),
        ("unread_clause", "1.1"),
        ("unread_clause", "2.2"),
    ]
    raw["norms"] = [row for row in raw["norms"] if row["key"] != "deputy.look"]
    assert _said(text.from_raw(raw), ("member",))[-2:] == [("idle_role", "leader"), ("empty_role", "deputy")]


def test_a_seal_of_one_who_may_sign_is_enough() -> None:
    unsealed = {"seal_by": None, "bearers": ["member"]}
    assert _said(dong_lua.with_norms(deputy__sign=unsealed)) == [("no_seal", "1.2")]
    assert _said(dong_lua.with_norms(deputy__sign={**unsealed, "bearers": ["member", "deputy"]})) == []


def test_a_role_that_only_this_text_knows_is_a_seat() -> None:
    plain = dong_lua.raw()
    plain["roles"].append({**plain["roles"][1], "code": "thu_ky", "title": "Thư ký"})
    dong_lua.norm(plain, "leader.assign")["bearers"] = ["thu_ky"]
    assert _said(text.from_raw(plain), ("leader", "deputy", "member")) == [("empty_role", "thu_ky")]
