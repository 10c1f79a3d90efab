"""Each word is what its file says; a word that is not there is refused with those that look like it."""

from __future__ import annotations

from typing import Any

import pytest

from dean06.charter.errors import UnknownWord
from dean06.charter.types import Words
from dean06.charter.vocabulary import (
    ACTION,
    AGENCY,
    FACT,
    ROLE,
    SYSTEM,
    ActionWord,
    FactWord,
    NextStep,
    demand,
    from_plain,
    nearest,
    vocabulary,
)

PLAIN: dict[str, Any] = {
    "roles": {
        "leader": {"vi": "Trưởng đồi", "en": "head of the hill", "kind": "seat"},
        "picker": {"vi": "Người hái", "en": "picker", "kind": "post", "includes": ["member"], "takes_agency": True},
        "guest": {"vi": "Khách", "en": "guest", "takes_agency": False},
    },
    "agencies": {"TEA": {"vi": "Xưởng chè", "en": "tea house"}},
    "systems": {"S91": {"vi": "Sổ chè", "en": "book of teas"}},
    "actions": {
        "tea.pick": {
            "vi": "Hái chè",
            "en": "pick tea",
            "object": "tea",
            "attributes": ["tea.kind"],
            "facts": ["tea.is_dry", "tea.kind"],
        },
        "tea.keep": {
            "vi": "Giữ chè",
            "en": "keep tea",
            "object": "box",
            "never": {"vi": "để chè ẩm", "en": "let tea get wet"},
        },
    },
    "facts": {
        "tea.is_dry": {
            "type": "bool",
            "vi_true": "Chè khô.",
            "vi_false": "Chè ẩm.",
            "vi_open": "Chưa biết chè khô.",
            "en": "dry",
        },
        "tea.kind": {"type": "code", "vi_true": "Đã nêu loại.", "vi_false": "Chưa nêu loại.", "en": "kind"},
    },
    "implications": [
        {"fact": "tea.kind", "value": "green", "gives": "tea.is_dry"},
        {"fact": "tea.is_old", "value": True, "gives": "tea.is_dry"},
        {"fact": "tea.is_dry", "value": True, "gives": "tea.is_old"},
    ],
    "document_kinds": {"label": "Nhãn"},
    "evidence_kinds": {"slip": "Phiếu"},
    "meeting_kinds": {"tasting": "Buổi thử"},
    "deadline_forms": {"none": {"meaning": "x"}, "each_event": {"fields": ["event"], "meaning": "x"}},
    "sign_forms": {
        "own": {"vi": "Ký mình", "on_behalf_of": None},
        "KT": {"vi": "Ký thay", "on_behalf_of": "role"},
        "TM": {"vi": "Thay mặt", "on_behalf_of": "body"},
    },
    "gap_codes": {
        "G-91": {"vi": "Ai nếm", "en": "who tastes", "actions": ["tea.pick", "tea.keep"]},
        "G-92": {"vi": "Khi nào", "en": "when"},
    },
    "answers": {
        "signing": ["tea.sign"],
        "issuing": ["tea.issue"],
        "sealing": ["tea.seal"],
        "signature": "tea.sign",
        "wider": ["hill.run"],
    },
    "neighbours": [["tea.pick", "tea.keep", "tea.sign"], ["tea.issue", "tea.seal"]],
    "next_steps": {"tea.is_dry": {"acts": ["tea.keep"]}, "tea.kind": {"vi": "nêu loại", "en": "name the kind"}},
    "digest": "ab",
}
WORDS = from_plain(PLAIN)


def test_roles_agencies_and_systems_have_a_name_in_both_languages() -> None:
    assert WORDS.roles == {
        "leader": Words("Trưởng đồi", "head of the hill"),
        "picker": Words("Người hái", "picker"),
        "guest": Words("Khách", "guest"),
    }
    assert WORDS.agencies == {"TEA": Words("Xưởng chè", "tea house")}
    assert WORDS.systems == {"S91": Words("Sổ chè", "book of teas")}


def test_a_role_is_of_a_kind_may_be_a_member_too_and_may_take_an_agency() -> None:
    assert WORDS.role_kinds == {"leader": "seat", "picker": "post", "guest": ""}
    assert WORDS.members == {"picker"}
    assert WORDS.takes_agency == {"picker"}


def test_what_is_forbidden_of_an_action_is_its_name_unless_the_name_bids() -> None:
    assert WORDS.actions == {
        "tea.pick": ActionWord(
            name=Words("Hái chè", "pick tea"),
            forbidden=Words("Hái chè", "pick tea"),
            object="tea",
            attributes=("tea.kind",),
            facts=("tea.is_dry", "tea.kind"),
        ),
        "tea.keep": ActionWord(
            name=Words("Giữ chè", "keep tea"),
            forbidden=Words("để chè ẩm", "let tea get wet"),
            object="box",
            attributes=(),
            facts=(),
        ),
    }


def test_a_fact_that_is_not_given_is_said_as_false_unless_it_has_words_of_its_own() -> None:
    assert WORDS.facts == {
        "tea.is_dry": FactWord(
            type="bool", if_true="Chè khô.", if_false="Chè ẩm.", if_open="Chưa biết chè khô.", en="dry"
        ),
        "tea.kind": FactWord(
            type="code", if_true="Đã nêu loại.", if_false="Chưa nêu loại.", if_open="Chưa nêu loại.", en="kind"
        ),
    }


def test_a_fact_may_be_given_by_several_others() -> None:
    assert WORDS.implied_by == {
        "tea.is_dry": (("tea.kind", "green"), ("tea.is_old", True)),
        "tea.is_old": (("tea.is_dry", True),),
    }


def test_kinds_forms_and_codes() -> None:
    assert WORDS.document_kinds == {"label": "Nhãn"}
    assert WORDS.evidence == {"label": "Nhãn", "slip": "Phiếu"}
    assert WORDS.meeting_kinds == {"tasting": "Buổi thử"}
    assert WORDS.deadline_forms == {"none": (), "each_event": ("event",)}
    assert WORDS.sign_forms == {"own": "Ký mình", "KT": "Ký thay", "TM": "Thay mặt"}
    assert WORDS.signed_for == {"KT": "role", "TM": "body"}
    assert WORDS.gaps == {"G-91": Words("Ai nếm", "who tastes"), "G-92": Words("Khi nào", "when")}
    assert WORDS.gap_of_action == {"tea.pick": "G-91", "tea.keep": "G-91"}
    assert WORDS.digest == "ab"


def test_what_is_signed_or_issued_is_sealed_too() -> None:
    assert WORDS.signing == {"tea.sign"}
    assert WORDS.issuing == {"tea.issue"}
    assert WORDS.sealing == {"tea.sign", "tea.issue", "tea.seal"}
    assert WORDS.signature == "tea.sign"
    assert WORDS.wider == {"hill.run"}


def test_neighbours_are_the_others_of_the_group() -> None:
    assert WORDS.neighbours == {
        "tea.pick": ("tea.keep", "tea.sign"),
        "tea.keep": ("tea.pick", "tea.sign"),
        "tea.sign": ("tea.pick", "tea.keep"),
        "tea.issue": ("tea.seal",),
        "tea.seal": ("tea.issue",),
    }


def test_a_next_step_is_an_act_or_a_word_to_the_asker() -> None:
    assert WORDS.next_steps == {
        "tea.is_dry": NextStep(acts=("tea.keep",), words=None),
        "tea.kind": NextStep(acts=(), words=Words("nêu loại", "name the kind")),
    }


def test_the_vocabulary_of_the_product_is_read_once() -> None:
    assert vocabulary() is vocabulary()
    assert next(iter(vocabulary().roles)) == "leader"


# ------------------------------------------------------------------ words that are not there
def test_up_to_three_words_that_look_alike_are_offered() -> None:
    known = dict.fromkeys(["meeting.hold", "meeting.holds", "meeting.held", "meeting.hole", "tea"])
    assert nearest("meeting.hold", known) == ("meeting.hold", "meeting.holds", "meeting.hole")
    assert nearest("xyz", known) == ()


@pytest.mark.parametrize(
    ("kind", "vi", "en"),
    [
        (ACTION, "Hành vi", "action"),
        (FACT, "Dữ kiện", "fact"),
        (ROLE, "Vai", "role"),
        (AGENCY, "Cơ quan", "agency"),
        (SYSTEM, "Hệ thống", "system"),
    ],
)
def test_a_word_nobody_knows_is_refused_by_its_kind(kind: tuple[str, str], vi: str, en: str) -> None:
    demand(kind, "green", {"green": 1})
    with pytest.raises(UnknownWord) as refused:
        demand(kind, "grean", {"black": 1, "green": 1, "white": 1})
    assert refused.value.vi == f"{vi} «grean» không có trong bảng từ: dùng một từ như green."
    assert refused.value.en == f"The {en} 'grean' is not in the vocabulary: use a word such as green."


def test_the_first_twelve_are_offered_where_none_looks_alike() -> None:
    known = {f"{at:02d}": at for at in range(1, 15)}
    with pytest.raises(UnknownWord) as refused:
        demand(FACT, "xyz", known)
    assert refused.value.en.endswith("such as 01, 02, 03, 04, 05, 06, 07, 08, 09, 10, 11, 12.")
