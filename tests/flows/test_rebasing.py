"""A draft that another adoption has overtaken: nothing of it goes on until it is moved to the newest text."""

from __future__ import annotations

import copy
import itertools
import json
from datetime import date

import pytest

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.errors import Refused
from dean06.charter.types import Citation
from dean06.clock.errors import BadInput
from dean06.flows import adopting, chartering, rebasing
from flows.conftest import Office, at
from flows.test_chartering import adopt, adopted, agree, may_convene, with_norm
from flows.test_chartering import made as made  # noqa: PLC0414  a fixture
from flows.test_chartering import office as office  # noqa: PLC0414  a fixture

REASONS = itertools.count(1)


def begin(office: Office):
    why = f"Đề nghị {next(REASONS)}"
    return chartering.begin(office.account("secretariat"), office.group, chartering.CURRENT, "5.4", why)


def reworded(office: Office, draft, file: str, label: str, text: str):
    article = copy.deepcopy(draft.files[file])
    clause = next(one for one in article["clauses"] if one["label"] == label)
    clause["vi"] = text
    return chartering.save(office.account("secretariat"), office.group, draft, file, article, seen=draft.revision)


def words(charter, article: str, clause: str) -> str:
    return charters.provision(charter, Citation(article, clause)).summary.vi


def move(office: Office, draft, *, again: bool = False):
    return rebasing.move(office.account("secretariat"), office.group, draft, seen=draft.revision, again=again)


def test_a_stale_draft_is_neither_agreed_to_nor_adopted(office):
    with at(2022, 7, 1):
        old = begin(office)
        early = agree(office, begin(office))
        adopting.confirm(office.account("leader"), office.group, early, adopted(date(2022, 9, 1)))
        adopt(office, with_norm(office, begin(office)), date(2022, 8, 1))
        assert chartering.is_stale(office.group, old)
        with pytest.raises(BadInput, match="Chuyển sang bản mới nhất"):
            agree(office, old)
        with pytest.raises(BadInput, match="Chuyển sang bản mới nhất"):
            adopting.confirm(office.account("standing_deputy"), office.group, early, adopted(date(2022, 9, 1)))
    assert len(adoption.charters_of(office.group.charter_line)) == 2


def test_a_draft_moved_to_the_newest_text_keeps_both_changes(office):
    with at(2022, 7, 1):
        old = reworded(office, begin(office), "dieu-08.yaml", "2", "Họp sáu tháng.")
        adopt(office, with_norm(office, begin(office)), date(2022, 8, 1))
        moved = move(office, old)
        assert (moved.revision, moved.to_check) == (old.revision + 1, ())
        assert not chartering.is_stale(office.group, moved)
        review = chartering.review(office.group, moved)
        assert review.faults == ()
        assert [one.key for one in review.charter.norms if one.key == "dl.convene"] == ["dl.convene"]
        assert [node.b.summary.vi for node in review.comparison.text] == ["Họp sáu tháng."]
        with pytest.raises(BadInput, match="đã theo bản mới nhất"):
            move(office, moved)
        adopt(office, moved, date(2022, 9, 1))
    with at(2022, 9, 1):
        assert may_convene(office) == "allowed"
        assert words(chartering.current(office.group), "8", "2") == "Họp sáu tháng."


def test_clauses_of_one_article_are_merged_one_by_one(office):
    with at(2022, 7, 1):
        old = reworded(office, begin(office), "dieu-08.yaml", "1", "Lời một.")
        adopt(office, reworded(office, begin(office), "dieu-08.yaml", "2", "Lời hai."), date(2022, 8, 1))
        moved = move(office, old)
        made_ = chartering.candidate(moved)
    assert (words(made_, "8", "1"), words(made_, "8", "2"), moved.to_check) == ("Lời một.", "Lời hai.", ())


def test_a_clause_that_both_changed_keeps_the_draft_s_words_and_is_named(office):
    with at(2022, 7, 1):
        old = reworded(office, begin(office), "dieu-08.yaml", "1", "Lời của bản thảo.")
        adopt(office, reworded(office, begin(office), "dieu-08.yaml", "1", "Lời đã thông qua."), date(2022, 8, 1))
        moved = move(office, old)
        assert moved.to_check == ("dieu-08.yaml: clauses 1",)
        assert words(chartering.candidate(moved), "8", "1") == "Lời của bản thảo."
        again = reworded(office, moved, "dieu-08.yaml", "1", "Lời đã xem lại.")
    assert again.to_check == ()


def test_an_agreed_draft_moves_to_be_agreed_to_again(office):
    with at(2022, 7, 1):
        old = agree(office, begin(office))
        adopt(office, with_norm(office, begin(office)), date(2022, 8, 1))
        with pytest.raises(Refused, match="không trình lại"):
            move(office, old)
        moved = move(office, old, again=True)
        assert not moved.is_agreed
        adopt(office, moved, date(2022, 9, 1))
        third = begin(office)
    assert json.loads(charters.to_canonical(adoption.latest(office.group.charter_line)))["version"] == 3
    assert third.follows == adoption.latest(office.group.charter_line).hash


def test_a_draft_of_a_template_learns_that_a_text_was_adopted_meanwhile(office):
    with at(2022, 7, 1):
        whole = chartering.begin(office.account("leader"), office.group, "cap-xa", reason="Viết lại theo mẫu")
        adopt(office, with_norm(office, begin(office)), date(2022, 8, 1))
        with pytest.raises(BadInput, match="Chuyển sang bản mới nhất"):
            agree(office, whole)
        moved = move(office, whole)
        assert chartering.candidate(moved).version == 3
        assert [one.key for one in chartering.candidate(moved).norms if one.key == "dl.convene"] == []


def test_the_next_amendment_begins_from_the_newest_text_even_before_it_binds(office):
    with at(2022, 7, 1):
        adopt(office, with_norm(office, begin(office)), date(2022, 8, 1))
        draft = begin(office)
    assert any(one.key == "dl.convene" for one in chartering.candidate(draft).norms)


def test_each_adopted_text_has_one_number_wherever_it_is_written(office):
    with at(2022, 7, 1):
        late = begin(office)
        adopt(office, with_norm(office, begin(office)), date(2022, 8, 1))
        adopt(office, move(office, late), date(2022, 9, 1))
    line = office.group.charter_line
    kept = [(one.number, one.in_force_from, one.in_force_to) for one in adoption.versions(line)]
    assert kept[1:] == [(2, date(2022, 8, 1), date(2022, 8, 31)), (3, date(2022, 9, 1), None)]
    assert [one.version for one in adoption.charters_of(line)] == [1, 2, 3]
    assert [json.loads(charters.to_canonical(one))["version"] for one in adoption.charters_of(line)] == [1, 2, 3]
    assert set(adoption.adopting_drafts(adoption.versions(line))) == {
        one.hash for one in adoption.charters_of(line)[1:]
    }


def test_an_article_that_both_added_to_a_chapter_stands_in_it_twice():
    base = {"charter.yaml": {"chapters": [{"label": "I", "articles": ["1"]}]}}
    mine = {"charter.yaml": {"chapters": [{"label": "I", "articles": ["1", "2"]}]}}
    theirs = {"charter.yaml": {"chapters": [{"label": "I", "articles": ["1", "3"]}]}}
    merged = charters.merge_sources(base, mine, theirs)
    assert merged.files["charter.yaml"]["chapters"][0]["articles"] == ["1", "2", "3"]
    assert merged.to_check == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "kept", "named"),
    [
        (None, {"a": 1}, None, ()),
        ({"a": 1}, None, None, ()),
        ({"a": 2}, None, {"a": 2}, ("f.yaml",)),
        (None, {"a": 2}, None, ("f.yaml",)),
        ({"a": 2}, {"a": 2}, {"a": 2}, ()),
        ({"a": 2}, {"a": 3}, {"a": 2}, ("f.yaml: a",)),
        ({"a": 1, "b": 2}, {"a": 3}, {"a": 3, "b": 2}, ()),
    ],
)
def test_whole_files_come_and_go(mine, theirs, kept, named):
    sides = [{"f.yaml": one} if one is not None else {} for one in ({"a": 1}, mine, theirs)]
    merged = charters.merge_sources(*sides)
    assert (merged.files.get("f.yaml"), merged.to_check) == (kept, named)
