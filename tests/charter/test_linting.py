"""Each word, address and tie of a norm that is wrong is told at its own key."""

from __future__ import annotations

from typing import Any

import pytest

from charter.mutations import PLAIN
from dean06.charter.errors import Fault
from dean06.charter.linting import check
from dean06.charter.schema import ArticleSource, CharterSource

HEAD: dict[str, Any] = {**PLAIN[("quang-ninh-2022", "charter.yaml")], "covering": [], "notes": []}
NORM: dict[str, Any] = {
    "key": "one",
    "cite": "1.1.a",
    "type": "duty",
    "bearer": ["member"],
    "action": "advice.give",
    "source": "mẫu",
}


def _article(norms: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    point = {"label": "a", "vi": "điểm", "en": "point"}
    clause = {"label": "1", "vi": "khoản", "en": "clause", "points": [point]}
    whole = {"article": "1", "heading": "Điều", "last_checked": "2026-11-24", "clauses": [clause], "norms": norms}
    return whole | fields


def _check(*articles: dict[str, Any], **head: Any) -> list[tuple[str, str]]:
    listed = [{"label": "I", "heading": "Chương", "articles": [one["article"] for one in articles]}]
    source = CharterSource.model_validate({**HEAD, "chapters": listed} | head)
    texts = {
        one["article"]: (f"dieu-{at:02d}.yaml", ArticleSource.model_validate(one)) for at, one in enumerate(articles)
    }
    return [(fault.file, fault.path) for fault in _said(check(source, texts))]


def _said(faults: list[Fault]) -> list[Fault]:
    assert all(fault.vi.endswith(".") and fault.en.endswith(".") for fault in faults)
    return faults


def _of_norm(**fields: Any) -> list[str]:
    faults = _check(_article([{**NORM, **fields}]))
    assert {file for file, _ in faults} <= {"dieu-00.yaml"}
    return [path for _, path in faults]


def test_sound_norm_has_no_fault() -> None:
    assert _of_norm() == []
    assert _of_norm(bearer=["member:YT", "leader"]) == []
    assert _check(_article([{**NORM, "cite": "1"}, {**NORM, "key": "two", "cite": "1.1"}])) == []


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"cite": "1.2"}, "norms[0].cite"),
        ({"cite": "1.1.b"}, "norms[0].cite"),
        ({"action": "advice.giv"}, "norms[0].action"),
        ({"when": {"all": ["task.not_complete"]}}, "norms[0].when.all"),
        ({"when": {"all": ["!task.not_complete"]}}, "norms[0].when.all"),
        ({"when": {"any": ["matter.is_importan"]}}, "norms[0].when.any"),
        ({"when": {"any": ["!matter.is_importan"]}}, "norms[0].when.any"),
        ({"systems": ["S99"]}, "norms[0].systems"),
        ({"joined_with": ["S99"]}, "norms[0].joined_with"),
        ({"documents": ["poem"]}, "norms[0].documents"),
        ({"meetings": ["picnic"]}, "norms[0].meetings"),
        ({"coordinators": ["NOWHERE"]}, "norms[0].coordinators"),
        ({"on_behalf_of": "nobody"}, "norms[0].on_behalf_of"),
        ({"delegate": "nobody"}, "norms[0].delegate"),
        ({"delegate": "PC"}, "norms[0].delegate"),
        ({"sign_form": "XX"}, "norms[0].sign_form"),
        ({"seal": "TP"}, "norms[0].seal"),
        ({"blocks": ["advice.giv"]}, "norms[0].blocks"),
        ({"extends_to": ["advice.giv"]}, "norms[0].extends_to"),
        ({"fulfilled_by": "subplan.file"}, "norms[0].fulfilled_by"),
        ({"gaps": ["G-99"]}, "norms[0].gaps"),
        ({"deadline": "sometimes"}, "norms[0].deadline.form"),
        ({"deadline": "every_month_before_day"}, "norms[0].deadline"),
        ({"deadline": "each_event"}, "norms[0].deadline"),
        ({"reading": {"vi": "đọc", "en": "read", "lead": "NOWHERE"}}, "norms[0].reading.lead"),
        ({"recipients": ["nobody"]}, "norms[0].recipients"),
        ({"recipients": ["member:NOWHERE"]}, "norms[0].recipients"),
        ({"via": "nobody"}, "norms[0].via"),
        ({"bearer": []}, "norms[0].bearer"),
        ({"bearer": ["nobody"]}, "norms[0].bearer"),
        ({"bearer": ["member:NOWHERE"]}, "norms[0].bearer"),
        ({"after": ["two"]}, "norms[0].after"),
        ({"after": ["one"]}, "norms[0].after"),
        ({"seal_by": "two"}, "norms[0].seal_by"),
        ({"type": "prohibition"}, "norms[0].when"),
    ],
)
def test_wrong_word_is_told_at_its_key(fields: dict[str, Any], path: str) -> None:
    assert _of_norm(**fields) == [path]


@pytest.mark.parametrize(
    "fields",
    [
        {"when": {"all": ["!task.not_completed"], "any": ["!matter.is_important"]}},
        {"on_behalf_of": "PC"},
        {"on_behalf_of": "leader"},
        {"delegate": "deputy"},
        {"sign_form": "KT"},
        {"seal": "POL"},
        {"seal": "own_agency"},
        {"recipients": ["leader", "PC", "member:TP"], "via": "POL"},
        {"deadline": {"form": "every_month_before_day", "day": 12}},
        {"deadline": {"form": "each_event", "event": "meeting"}},
        {"reading": {"vi": "đọc", "en": "read"}},
        {"action": None, "bearer": []},
        {"type": "prohibition", "when": {"any": ["matter.is_important"]}},
        {"type": "prohibition", "when": {"all": ["matter.is_important"]}},
    ],
)
def test_right_words_pass(fields: dict[str, Any]) -> None:
    assert _of_norm(**fields) == []


def test_nearest_word_is_offered() -> None:
    source = CharterSource.model_validate(
        {**HEAD, "chapters": [{"label": "I", "heading": "Chương", "articles": ["1"]}]}
    )
    article = ArticleSource.model_validate(_article([{**NORM, "action": "advice.giv"}]))
    fault = check(source, {"1": ("dieu-01.yaml", article)})[0]
    assert "advice.give" in fault.vi
    assert "advice.give" in fault.en


def test_administrator_of_accounts_holds_no_norm() -> None:
    roles = {**HEAD["roles"], "account_admin": {"title": "Quản trị tài khoản"}}
    article = _article([{**NORM, "bearer": ["account_admin"]}])
    assert _check(article, roles=roles) == [("dieu-00.yaml", "norms[0].bearer")]
    assert _check(article, roles=roles, kind="installation") == []


def test_prohibition_of_an_installation_may_speak_always() -> None:
    assert _check(_article([{**NORM, "type": "prohibition"}]), kind="installation") == []


# ------------------------------------------------------------------ the head and the order of the text
@pytest.mark.parametrize(
    ("head", "path"),
    [
        ({"distribution": {"report.send": ["x"]}}, "distribution.report.send"),
        ({"body": {**HEAD["body"], "symbols": {"poem": "THƠ"}}}, "body.symbols.poem"),
        ({"notes": [{"code": "O-1", "where": "9", "vi": "x", "en": "x"}]}, "notes[0].where"),
        ({"roles": {**HEAD["roles"], "deputy": {"title": "Phó", "agency": "NOWHERE"}}}, "roles.deputy.agency"),
        ({"seals": {"NOWHERE": "Dấu"}}, "seals.NOWHERE"),
        ({"covering": ["QĐ-1"]}, "chapters"),
        ({"covering": ["1"]}, "chapters"),
    ],
)
def test_fault_of_the_head_is_told_in_the_head(head: dict[str, Any], path: str) -> None:
    assert _check(_article([NORM]), **head) == [("charter.yaml", path)]


def test_note_on_the_whole_text_needs_no_place() -> None:
    assert _check(_article([NORM]), notes=[{"code": "O-1", "where": "", "vi": "x", "en": "x"}]) == []
    assert _check(_article([NORM]), notes=[{"code": "O-1", "where": "1.1.a", "vi": "x", "en": "x"}]) == []


def test_article_in_no_chapter_is_told_in_its_file() -> None:
    chapters = [{"label": "I", "heading": "Chương", "articles": ["2"]}]
    other = _article([], article="2")
    assert _check(_article([NORM]), other, chapters=chapters) == [("dieu-00.yaml", "article")]


def test_label_that_stands_twice() -> None:
    point = {"label": "a", "vi": "x", "en": "x"}
    clause = {"label": "1", "vi": "x", "en": "x", "points": [point, {**point, "label": "b"}, point]}
    assert _check(_article([], clauses=[clause, clause])) == [
        ("dieu-00.yaml", "clauses[1].label"),
        ("dieu-00.yaml", "clauses[0].points[2].label"),
        ("dieu-00.yaml", "clauses[1].points[2].label"),
    ]


# ------------------------------------------------------------------ ties between norms
def test_key_used_twice_is_told_at_the_second() -> None:
    assert _check(_article([NORM]), _article([NORM], article="2")) == [("dieu-01.yaml", "norms[0].key")]


def test_circle_is_told_at_every_norm_in_it_and_at_no_other() -> None:
    norms = [
        {**NORM, "key": "one", "after": ["two"]},
        {**NORM, "key": "two", "after": ["three"]},
        {**NORM, "key": "three", "after": ["one"]},
        {**NORM, "key": "four", "after": ["one"]},
        {**NORM, "key": "five"},
    ]
    assert [path for _, path in _check(_article(norms))] == [f"norms[{at}].after" for at in range(3)]


def test_order_that_branches_and_meets_is_no_circle() -> None:
    norms = [
        {**NORM, "key": "one", "after": ["two", "three"]},
        {**NORM, "key": "two", "after": ["four"]},
        {**NORM, "key": "three", "after": ["four"]},
        {**NORM, "key": "four"},
    ]
    assert _check(_article(norms)) == []


NEVER: dict[str, Any] = {**NORM, "key": "never", "type": "prohibition", "when": {"all": ["matter.is_important"]}}


@pytest.mark.parametrize(
    ("given", "contradicts"),
    [
        ({"when": {"all": ["matter.is_important"]}}, True),
        ({"type": "power", "when": {"all": ["matter.is_important"]}, "bearer": ["leader", "member"]}, True),
        ({"when": {"any": ["matter.is_important"]}}, False),
        ({"when": {"all": ["matter.is_routine"]}}, False),
        ({"when": {"all": ["matter.is_important"]}, "bearer": ["leader"]}, False),
        ({"when": {"all": ["matter.is_important"]}, "action": "liaison.act"}, False),
        ({"type": "procedure", "when": {"all": ["matter.is_important"]}}, False),
    ],
)
def test_power_and_prohibition_on_one_ground_contradict(given: dict[str, Any], contradicts: bool) -> None:  # noqa: FBT001  a row of the table
    faults = _check(_article([{**NORM, **given}, NEVER]))
    assert faults == ([("dieu-00.yaml", "norms[1].type")] if contradicts else [])


def test_contradiction_does_not_depend_on_the_order_of_facts() -> None:
    two = {"all": ["matter.is_important", "matter.is_routine"]}
    turned = {"all": ["matter.is_routine", "matter.is_important"]}
    assert _check(_article([{**NORM, "when": two}, {**NEVER, "when": turned}])) == [("dieu-00.yaml", "norms[1].type")]
    either, or_else = {"any": two["all"]}, {"any": turned["all"]}
    assert _check(_article([{**NORM, "when": either}, {**NEVER, "when": or_else}])) == [
        ("dieu-00.yaml", "norms[1].type")
    ]
