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


def _faults(*articles: dict[str, Any], **head: Any) -> list[Fault]:
    listed = [{"label": "I", "heading": "Chương", "articles": [one["article"] for one in articles]}]
    source = CharterSource.model_validate({**HEAD, "chapters": listed} | head)
    texts = {
        one["article"]: (f"dieu-{at:02d}.yaml", ArticleSource.model_validate(one)) for at, one in enumerate(articles)
    }
    faults = check(source, texts)
    assert all(fault.vi.endswith(".") and fault.en.endswith(".") for fault in faults)
    return faults


def _check(*articles: dict[str, Any], **head: Any) -> list[tuple[str, str]]:
    return [(fault.file, fault.path) for fault in _faults(*articles, **head)]


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
        {"sign_form": "KT", "on_behalf_of": "leader"},
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


ROLE = "The charter has no role {!r}: declare it again, or choose another party in these norms."
AGENCY = "The charter has no agency {!r}: declare it again, or choose another party in these norms."
NOBODY = "Quy chế không có vai «nobody»: khai lại vai ấy, hoặc chọn bên khác ở các quy phạm này."
EXPERT = "Quy chế không có vai «Chuyên gia» (expert): khai lại vai ấy, hoặc chọn bên khác ở các quy phạm này."
TAX = "Quy chế không có cơ quan «Cơ quan thuế» (TAX): khai lại cơ quan ấy, hoặc chọn bên khác ở các quy phạm này."
NOWHERE = "Quy chế không có cơ quan «NOWHERE»: khai lại cơ quan ấy, hoặc chọn bên khác ở các quy phạm này."
FEW: dict[str, Any] = {
    "roles": {code: HEAD["roles"][code] for code in ("leader", "standing_deputy", "deputy", "member")},
    "agencies": {code: HEAD["agencies"][code] for code in ("PC", "POL", "OFF", "YT")},
}


@pytest.mark.parametrize(
    ("fields", "vi", "en"),
    [
        ({"bearer": ["nobody"]}, NOBODY, ROLE.format("nobody")),
        ({"bearer": ["expert"]}, EXPERT, ROLE.format("expert")),
        ({"bearer": ["member:TAX"]}, TAX, AGENCY.format("TAX")),
        ({"bearer": ["member:NOWHERE"]}, NOWHERE, AGENCY.format("NOWHERE")),
        ({"coordinators": ["TAX"]}, TAX, AGENCY.format("TAX")),
        ({"coordinators": ["nobody"]}, NOBODY, ROLE.format("nobody")),
        ({"on_behalf_of": "expert"}, EXPERT, ROLE.format("expert")),
        ({"on_behalf_of": "TAX"}, TAX, AGENCY.format("TAX")),
        ({"delegate": "expert"}, EXPERT, ROLE.format("expert")),
        ({"recipients": ["leader", "expert"]}, EXPERT, ROLE.format("expert")),
        ({"recipients": ["TAX"]}, TAX, AGENCY.format("TAX")),
        ({"recipients": ["member:TAX"]}, TAX, AGENCY.format("TAX")),
        ({"via": "TAX"}, TAX, AGENCY.format("TAX")),
        ({"via": "member:NOWHERE"}, NOWHERE, AGENCY.format("NOWHERE")),
    ],
)
def test_a_party_that_the_text_does_not_have_is_named(fields: dict[str, Any], vi: str, en: str) -> None:
    (fault,) = _faults(_article([{**NORM, **fields}]), **FEW)
    assert (fault.vi, fault.en) == (vi, en)


@pytest.mark.parametrize(
    ("fields", "en"),
    [
        ({"cite": "1.2"}, "There is no clause '1.2'."),
        ({"action": "zzz"}, "Unknown word 'zzz'."),
        ({"action": "advice.giv"}, "Unknown word 'advice.giv'. Nearest: advice.give."),
        ({"after": ["on"]}, "Unknown word 'on'. Nearest: one."),
        ({"after": ["one"]}, "The order given by `after` runs in a circle."),
        ({"deadline": "each_event"}, "This deadline needs 'event'."),
        ({"bearer": []}, "The norm has an action but no bearer."),
        ({"type": "prohibition"}, "A prohibition must name the fact it speaks on."),
        (
            {"sign_form": "TL"},
            "The sign form TL must name the role signed for: add on_behalf_of.",
        ),
        (
            {"sign_form": "TM"},
            "The sign form TM must name the body: add on_behalf_of.",
        ),
        (
            {"sign_form": "KT", "on_behalf_of": "PC"},
            "The sign form KT wants a role, not the agency 'PC'.",
        ),
    ],
)
def test_a_fault_of_a_norm_says_what_is_wrong(fields: dict[str, Any], en: str) -> None:
    (fault,) = _faults(_article([{**NORM, **fields}]))
    assert fault.en == en


def test_administrator_of_accounts_holds_no_norm() -> None:
    roles = {**HEAD["roles"], "account_admin": {"title": "Quản trị tài khoản"}}
    article = _article([{**NORM, "bearer": ["account_admin"]}])
    assert _check(article, roles=roles) == [("dieu-00.yaml", "norms[0].bearer")]
    assert _check(article, roles=roles, kind="installation") == []


def test_prohibition_of_an_installation_may_speak_always() -> None:
    assert _check(_article([{**NORM, "type": "prohibition"}]), kind="installation") == []


SIGNS: dict[str, Any] = {"action": "document.sign", "type": "power", "bearer": ["standing_deputy"]}


@pytest.mark.parametrize(
    ("form", "other", "paths"),
    [
        ("KT", None, ["norms[0].on_behalf_of"]),
        ("KT", "POL", ["norms[0].on_behalf_of"]),
        ("KT", "leader", []),
        ("TM", None, ["norms[0].on_behalf_of"]),
        ("TM", "PC", []),
        ("TUQ", None, ["norms[0].on_behalf_of"]),
        ("TL", None, ["norms[0].on_behalf_of"]),
        ("own", None, []),
        (None, None, []),
    ],
)
def test_a_signature_for_another_names_the_other(form: str | None, other: str | None, paths: list[str]) -> None:
    assert _of_norm(**SIGNS, sign_form=form, on_behalf_of=other) == paths


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


@pytest.mark.parametrize(
    ("chapters", "said"),
    [
        ([["1", "1", "2"]], ["Điều 1 xếp hai lần."]),
        ([["1"], ["2", "1"]], ["Điều 1 xếp hai lần."]),
        ([["2", "1", "2", "1", "2"]], ["Điều 1 xếp hai lần.", "Điều 2 xếp hai lần."]),
        ([["1", "3"], ["2"]], ["Thiếu tệp của Điều 3."]),
        ([["1"]], ["Điều 2 chưa xếp vào chương nào."]),
        ([["2", "1"]], []),
    ],
)
def test_each_article_stands_once_in_the_order_of_the_text(chapters: list[list[str]], said: list[str]) -> None:
    listed = [{"label": str(at), "heading": "Chương", "articles": labels} for at, labels in enumerate(chapters)]
    faults = _faults(_article([NORM]), _article([], article="2"), chapters=listed)
    assert [fault.vi for fault in faults] == said


# ------------------------------------------------------------------ ties between norms
def test_key_used_twice_is_told_at_the_second() -> None:
    (fault,) = _faults(_article([NORM]), _article([NORM], article="2"))
    assert (fault.file, fault.path) == ("dieu-01.yaml", "norms[0].key")
    assert fault.en == "This key is used in dieu-00.yaml already."


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


def test_a_contradiction_names_the_other_norm() -> None:
    power = {**NEVER, "key": "may", "type": "power"}
    (fault,) = _faults(_article([NEVER]), _article([power], article="2"))
    assert (fault.file, fault.path) == ("dieu-00.yaml", "norms[0].type")
    assert fault.en == "Contradicts may in dieu-01.yaml: allowed and forbidden at once."


def test_contradiction_does_not_depend_on_the_order_of_facts() -> None:
    two = {"all": ["matter.is_important", "matter.is_routine"]}
    turned = {"all": ["matter.is_routine", "matter.is_important"]}
    assert _check(_article([{**NORM, "when": two}, {**NEVER, "when": turned}])) == [("dieu-00.yaml", "norms[1].type")]
    either, or_else = {"any": two["all"]}, {"any": turned["all"]}
    assert _check(_article([{**NORM, "when": either}, {**NEVER, "when": or_else}])) == [
        ("dieu-00.yaml", "norms[1].type")
    ]
