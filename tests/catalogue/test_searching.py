"""What is found, in which order, and by whom; on either database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from catalogue.conftest import DAY, Two, reader
from dean06.catalogue.models import Entry
from dean06.catalogue.service import entries, searching
from dean06.catalogue.tokens import entry_tokens, folded
from dean06.catalogue.types import Asked, Gone, NewEntry, Readers

LEADS = frozenset({"leader"})


def thing(group: int, key: int, title: str, **more) -> NewEntry:
    told = {"kind": "task", "at": DAY + timedelta(minutes=key), "route": "tasks-one", "args": (key,)} | more
    return NewEntry(group_id=group, key=str(key), title=title, **told)


def found(viewer, text: str, **more) -> list[str]:
    return [one.key for one in searching.search(viewer, Asked(text=text, **more)).items]


@pytest.mark.parametrize("typed", ["Nguyễn", "nguyen", "NGUYEN", "nguy", "nguyễn văn", "van nguyen", "hòa", "hoà"])
def test_marks_may_be_left_out_and_a_word_may_be_begun(two, typed):
    entries.put([thing(two.a, 1, "Giao ông Nguyễn Văn Hoà kiểm tra"), thing(two.a, 2, "Việc khác")])
    assert found(reader((two.a, "member", None, 1)), typed) == ["1"]


def test_what_is_written_as_typed_comes_first(two):
    entries.put(
        [thing(two.a, 1, "Rà soát má phanh"), thing(two.a, 2, "Rà soát mã số"), thing(two.a, 3, "Rà soát ma túy")]
    )
    viewer = reader((two.a, "member", None, 1))
    assert found(viewer, "mã") == ["2", "3", "1"]
    assert found(viewer, "ma") == ["3", "2", "1"]


def test_a_number_comes_before_a_title_and_a_title_before_other_words(two):
    entries.put(
        [
            thing(two.a, 1, "Báo cáo", label="12/BC-TCTĐA", codes=("12/BC-TCTĐA", "12")),
            thing(two.a, 2, "Rà soát 12 dòng"),
            thing(two.a, 3, "Việc", words="12 cơ quan"),
            thing(two.a, 4, "Việc 12"),
        ]
    )
    viewer = reader((two.a, "member", None, 1))
    assert found(viewer, "12") == ["1", "4", "2", "3"]
    for typed in ("12/BC-TCTĐA", "12 bc tctda", "12/bc"):
        assert found(viewer, typed) == ["1"]


def test_every_word_must_stand_there(two):
    entries.put([thing(two.a, 1, "Sửa họ tên", words="Bảo hiểm xã hội"), thing(two.a, 2, "Sửa ngày sinh")])
    viewer = reader((two.a, "member", None, 1))
    assert found(viewer, "sua bao hiem") == ["1"]
    assert found(viewer, "sua giao duc") == []
    assert found(viewer, "") == found(viewer, "  ,. ") == found(viewer, "'\"*)(") == []


def test_another_groups_things_are_not_there(two):
    entries.put([thing(two.a, 1, "Kế hoạch chung"), thing(two.b, 2, "Kế hoạch chung")])
    ours = reader((two.a, "leader", None, 1))
    assert found(ours, "ke hoach") == ["1"]
    assert found(ours, "ke hoach", groups=frozenset({two.b})) == []
    assert found(reader(), "ke hoach") == []
    both = reader((two.a, "member", None, 1), (two.b, "member", None, 2))
    assert found(both, "ke hoach") == ["2", "1"]
    assert found(both, "ke hoach", groups=frozenset({two.a})) == ["1"]


def test_who_may_find_what(two):
    entries.put(
        [
            thing(two.a, 1, "việc chung", readers=Readers(everybody=True)),
            thing(two.a, 2, "việc của bảo hiểm", readers=Readers(overseers=True, agencies=frozenset({"BHXH"}))),
            thing(two.a, 3, "việc hạn chế", readers=Readers(seats=frozenset({7}))),
        ]
    )
    leads = {two.a: LEADS}
    assert found(reader((two.a, "leader", None, 1)), "viec", see_all=leads) == ["2", "1"]
    assert found(reader((two.a, "member", "BHXH", 2)), "viec", see_all=leads) == ["2", "1"]
    assert found(reader((two.a, "member", "GDDT", 3)), "viec", see_all=leads) == ["1"]
    assert found(reader((two.a, "member", "GDDT", 7)), "viec", see_all=leads) == ["3", "1"]
    counts = searching.search(reader((two.a, "member", "GDDT", 3)), Asked(text="viec", see_all=leads)).counts
    assert counts == {"task": 1}  # not even counted


def test_kinds_narrow_and_are_counted_whole(two):
    entries.put([thing(two.a, 1, "kế hoạch"), thing(two.a, 2, "kế hoạch", kind="paper"), thing(two.a, 3, "kế hoạch")])
    viewer = reader((two.a, "member", None, 1))
    result = searching.search(viewer, Asked(text="kế", kinds=frozenset({"paper"})))
    assert [one.key for one in result.items] == ["2"]
    assert result.counts == {"task": 2, "paper": 1}


def test_pages_follow_each_other(two):
    entries.put([thing(two.a, number, f"việc {number}") for number in range(1, 31)])
    viewer = reader((two.a, "member", None, 1))
    pages = [found(viewer, "viec", number=number, size=10) for number in (1, 2, 3, 4)]
    assert [one for page in pages for one in page] == [str(number) for number in range(30, 0, -1)]


def test_what_is_put_again_is_found_as_it_is_now(two):
    viewer = reader((two.a, "member", None, 1))
    entries.put([thing(two.a, 1, "tên cũ")])
    entries.put([thing(two.a, 1, "tên mới")])
    assert (found(viewer, "cũ"), found(viewer, "mới"), Entry.objects.count()) == ([], ["1"], 1)
    entries.drop(Gone(group_id=two.a, kind="task", key="1"))
    assert found(viewer, "mới") == []


def test_a_kind_made_again_leaves_nothing_stale(two):
    viewer = reader((two.a, "member", None, 1))
    entries.put([thing(two.a, 1, "một"), thing(two.a, 2, "hai"), thing(two.b, 1, "một")])
    entries.put_whole(two.a, "task", [thing(two.a, 2, "hai"), thing(two.a, 3, "ba")])
    assert [found(viewer, word) for word in ("một", "hai", "ba")] == [[], ["2"], ["3"]]
    assert Entry.objects.filter(group_id=two.b).count() == 1
    assert entries.greatest(two.a, "task") == 3


def test_what_changed_is_told_to_whoever_may_find_it(two):
    later = DAY + timedelta(days=2)
    entries.put([thing(two.a, 1, "một"), thing(two.a, 2, "hai", readers=Readers(seats=frozenset({7})))])
    entries.put([thing(two.a, 1, "một"), thing(two.a, 2, "hai", readers=Readers(seats=frozenset({7})))], later)

    def changed(seat: int, group: int) -> list[str]:
        viewer = reader((group, "member", None, seat))
        listed = searching.changed_since(viewer, two.a, DAY + timedelta(days=1), overseeing=LEADS)
        return [one.key for one in listed]

    assert (changed(1, two.a), changed(7, two.a), changed(7, two.b)) == (["1"], ["2", "1"], [])


def test_a_circle_is_asked_with_each_search(two):
    entries.put([thing(two.a, 1, "việc kín", readers=Readers(circles=frozenset({"violations"})))])
    leader = reader((two.a, "leader", "LL", 1))
    assert found(leader, "viec", see_all={two.a: LEADS}) == []
    assert found(leader, "viec", circles={two.a: frozenset({"violations"})}) == ["1"]
    assert found(leader, "viec", circles={two.b: frozenset({"violations"})}) == []
    assert searching.suggest(leader, Asked(text="viec")) == ()


def test_an_account_finds_what_is_its_own(two):
    entries.put(
        [
            thing(two.a, 1, "việc riêng", readers=Readers(accounts=frozenset({"a"}))),
            thing(two.a, 2, "việc riêng", readers=Readers(accounts=frozenset({"A"}))),
        ]
    )
    assert found(reader((two.a, "member", None, 1)), "viec") == ["1"]


@pytest.mark.parametrize("agency", ["LL", "O", "E", "X-Y", "xy", "ĐĐ", "Z5AZ"])
def test_no_two_readers_have_the_same_key(two, agency):
    entries.put([thing(two.a, 1, "việc của một cơ quan", readers=Readers(agencies=frozenset({agency})))])
    for other in ("LL", "O", "E", "X-Y", "XY", "xy", "ĐĐ", "Z5AZ", "-", None):
        viewer = reader((two.a, "member", other, 1))
        assert found(viewer, "viec") == (["1"] if other == agency else [])


@pytest.mark.parametrize("shelf", [1, 3, 7])
def test_shelves_change_nothing_but_how_far_is_looked(two, monkeypatch, shelf):
    monkeypatch.setattr(entries, "SHELF", shelf)
    entries.put([thing(two.a, number, f"việc {number}") for number in range(1, 31)])
    entries.put([thing(two.a, 31, "việc cuối"), thing(two.a, 1, "việc đầu")])
    viewer = reader((two.a, "member", None, 1))
    assert found(viewer, "viec", size=50) == [str(number) for number in range(31, 0, -1)]
    assert found(viewer, "viec", size=5) == ["31", "30", "29", "28", "27"]
    assert found(viewer, "đầu") == ["1"]
    assert Entry.objects.get(key="1").shelf == 0
    assert Entry.objects.get(key="31").shelf == 30 // shelf


@pytest.mark.parametrize("at_hand", [0, 200])
def test_many_shelves_are_asked_no_more_than_one(two, monkeypatch, at_hand):
    monkeypatch.setattr(searching, "AT_HAND", at_hand)
    monkeypatch.setattr(entries, "SHELF", 4)
    entries.put([thing(two.a, number, f"việc {number}") for number in range(1, 31)])
    entries.put([thing(two.b, number, f"việc {number}") for number in range(1, 4)])
    asked = []
    for group in (two.a, two.b):
        with CaptureQueriesContext(connection) as questions:
            assert found(reader((group, "member", None, 1)), "việc", size=3)[-1] in {"28", "1"}
        asked.append(len(questions))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("at_hand", [0, 200])
def test_the_order_is_the_same_whether_it_is_asked_or_worked_out(two, monkeypatch, at_hand):
    monkeypatch.setattr(searching, "AT_HAND", at_hand)
    monkeypatch.setattr(entries, "SHELF", 2)
    entries.put(
        [
            thing(two.a, 1, "Mã số 12"),
            thing(two.a, 2, "Việc", words="ma 12"),
            thing(two.a, 3, "Ma túy"),
            thing(two.a, 4, "Kế hoạch", codes=("Mã",)),
            thing(two.a, 5, "Má phanh"),
        ]
    )
    viewer = reader((two.a, "member", None, 1))
    assert found(viewer, "mã") == ["4", "1", "5", "3", "2"]
    assert found(viewer, "ma") == ["4", "5", "3", "1", "2"]
    assert [one.key for one in searching.suggest(viewer, Asked(text="mã", size=3))] == ["4", "1", "5"]


def test_counting_stops_and_says_so(two, monkeypatch):
    monkeypatch.setattr(searching, "ENOUGH", 5)
    monkeypatch.setattr(searching, "AT_HAND", 2)
    entries.put([thing(two.a, number, "kế hoạch", kind="plan") for number in range(1, 4)])
    entries.put([thing(two.a, number, "kế hoạch") for number in range(11, 30)])
    viewer = reader((two.a, "member", None, 1))
    result = searching.search(viewer, Asked(text="kế", size=4))
    assert (result.more, result.counts, [one.key for one in result.items]) == (
        True,
        {"task": 5},
        ["29", "28", "27", "26"],
    )
    narrowed = searching.search(viewer, Asked(text="kế", kinds=frozenset({"plan"})))
    assert (narrowed.counts["plan"], [one.key for one in narrowed.items]) == (3, ["3", "2", "1"])


def test_what_stands_as_it_was_has_not_changed(two):
    later = DAY + timedelta(days=2)
    entries.put([thing(two.a, 1, "một"), thing(two.a, 2, "hai")])
    entries.put([thing(two.a, 1, "một"), thing(two.a, 2, "ba")], later, spared=True)
    assert list(Entry.objects.filter(changed_at=later).values_list("key", flat=True)) == ["2"]
    entries.put([thing(two.a, 2, "bốn")])
    assert Entry.objects.get(key="2").changed_at == later


WORDS = st.sampled_from(["kế", "hoạch", "nguyễn", "hòa", "đăng", "ký", "12", "bc", "sửa", "ngày"])


class AgainstAWalk(TestCase):
    """The index finds what a walk over all entries finds."""

    def setUp(self):
        self.two = Two(*(self.group(name) for name in "ab"))

    def group(self, name: str) -> int:
        from dean06.offices.models import Group

        told = {"level": "commune", "unit_code": "1", "unit_on": DAY.date(), "charter_line": "x", "created_at": DAY}
        return Group.objects.create(slug=f"h-{name}", name=name, short_name=name, **told).pk

    @settings(max_examples=40)
    @given(
        titles=st.lists(st.tuples(st.booleans(), st.lists(WORDS, min_size=1, max_size=4)), max_size=12),
        asked=st.lists(WORDS, min_size=1, max_size=3),
        cut=st.integers(0, 2),
    )
    def test_the_index_finds_what_a_walk_finds(self, titles, asked, cut):
        Entry.objects.all().delete()
        things = [
            thing(self.two.a if ours else self.two.b, number, " ".join(words))
            for number, (ours, words) in enumerate(titles, 1)
        ]
        entries.put(things)
        typed = " ".join(asked)
        typed = typed[: max(1, len(typed) - cut)]
        whole = folded(typed)
        expected = {
            one.key
            for one in things
            if one.group_id == self.two.a
            and whole
            and all(word in folded(one.title) for word in whole[:-1])
            and any(word.startswith(whole[-1]) for word in folded(one.title))
        }
        viewer = reader((self.two.a, "member", None, 1))
        assert set(found(viewer, typed, size=50)) == expected


def test_tokens_hold_letters_and_digits_alone(two):
    new = thing(two.a, 1, "Ký «số» 12/BC–x_y'\"*:&|!()", codes=("A'B",), readers=Readers(agencies=frozenset({"X_Y"})))
    assert all(token.isalnum() for token in entry_tokens(new).split())
