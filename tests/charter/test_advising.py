"""What is wanting in a text that compiles: said with its clause and what to do, and said of nothing else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

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
    assert _said(service.load(XT)) == [("no_seal", "QĐ-1")]
    for key, value in (("seal", "PC"), ("seal_by", "leader.sign")):
        sealed = _changed(XT, lambda raw, key=key, value=value: _norm(raw, "charter.promulgate").update({key: value}))
        assert _said(sealed) == []
    assert _said(_changed(XT, lambda raw: _norm(raw, "charter.promulgate").update(sign_form=None))) == []


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
