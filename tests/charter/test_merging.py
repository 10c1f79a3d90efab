"""Two changes of one package, laid together: clause by clause, norm by norm, and what both changed is named."""

from __future__ import annotations

from typing import Any

import pytest

from dean06.charter import service

HEAD: dict[str, Any] = {
    "title": "Quy chế",
    "version": 1,
    "chapters": [
        {"label": "I", "heading": "Chung", "articles": ["1", "2"]},
        {"label": "II", "heading": "Việc", "articles": ["3"]},
    ],
    "roles": {"leader": {"title": "Tổ trưởng"}, "deputy": {"title": "Tổ phó"}},
    "covering": ["QĐ-1", "QĐ-2"],
}
ARTICLE: dict[str, Any] = {
    "article": "1",
    "heading": "Phạm vi",
    "clauses": [{"label": "1", "vi": "Một."}, {"label": "2", "vi": "Hai."}, {"label": "3", "vi": "Ba."}],
    "norms": [{"key": "a", "cite": "1.1"}, {"key": "b", "cite": "1.2"}],
}
BASE = {"charter.yaml": HEAD, "dieu-01.yaml": ARTICLE}


def article(**changes: object) -> dict[str, Any]:
    return {**BASE, "dieu-01.yaml": ARTICLE | changes}


def head(**changes: object) -> dict[str, Any]:
    return {**BASE, "charter.yaml": HEAD | changes}


def clauses(**texts: str | None) -> list[dict[str, str]]:
    """The clauses of the article with other words; None takes one out."""
    kept = {"k1": "Một.", "k2": "Hai.", "k3": "Ba."} | texts
    return [{"label": label[1:], "vi": text} for label, text in kept.items() if text is not None]


def merged(mine: dict[str, Any], theirs: dict[str, Any], base: dict[str, Any] = BASE) -> service.Merged:
    return service.merge_sources(base, mine, theirs)


def test_nothing_changed_is_as_it_was() -> None:
    assert merged(BASE, BASE) == service.Merged(BASE, ())


def test_what_one_side_alone_changed_wins() -> None:
    mine, theirs = article(heading="Phạm vi, đối tượng"), head(title="Quy chế mới")
    both = {"charter.yaml": theirs["charter.yaml"], "dieu-01.yaml": mine["dieu-01.yaml"]}
    assert merged(mine, theirs) == service.Merged(both, ())
    assert merged(theirs, mine) == service.Merged(both, ())


def test_what_both_changed_alike_is_no_question() -> None:
    same = article(heading="Phạm vi, đối tượng", clauses=clauses(k2="Hai, sửa."))
    assert merged(same, same) == service.Merged(same, ())


def test_clauses_of_one_article_are_taken_from_the_side_that_changed_them() -> None:
    made = merged(article(clauses=clauses(k1="Một, sửa.")), article(clauses=clauses(k3="Ba, sửa.")))
    assert made == service.Merged(article(clauses=clauses(k1="Một, sửa.", k3="Ba, sửa.")), ())


def test_a_clause_that_both_changed_is_mine_and_named() -> None:
    made = merged(article(clauses=clauses(k2="Hai của tôi.")), article(clauses=clauses(k2="Hai của họ.")))
    assert made.files == article(clauses=clauses(k2="Hai của tôi."))
    assert made.to_check == ("dieu-01.yaml: clauses 2",)


def test_a_norm_that_both_changed_is_named_by_its_key() -> None:
    mine = article(norms=[{"key": "a", "cite": "1.2"}, {"key": "b", "cite": "1.2"}])
    theirs = article(norms=[{"key": "a", "cite": "1.3"}, {"key": "b", "cite": "1.1"}])
    made = merged(mine, theirs)
    assert made.files["dieu-01.yaml"]["norms"] == [{"key": "a", "cite": "1.2"}, {"key": "b", "cite": "1.1"}]  # type: ignore[index]  # plain values
    assert made.to_check == ("dieu-01.yaml: norms a",)


def test_a_clause_that_i_took_out_and_they_changed_stays_out_and_is_named() -> None:
    made = merged(article(clauses=clauses(k2=None)), article(clauses=clauses(k2="Hai của họ.")))
    assert made == service.Merged(article(clauses=clauses(k2=None)), ("dieu-01.yaml: clauses 2",))


def test_a_clause_that_they_took_out_and_i_left_goes() -> None:
    made = merged(article(clauses=clauses(k1="Một, sửa.")), article(clauses=clauses(k2=None)))
    assert made == service.Merged(article(clauses=clauses(k1="Một, sửa.", k2=None)), ())


@pytest.mark.parametrize(
    ("mine", "theirs", "made"),
    [
        (["1", "9", "2", "3"], ["1", "2", "3", "4"], ["1", "9", "2", "3", "4"]),
        (["9", "1", "2", "3"], ["1", "2", "3", "4"], ["9", "1", "2", "3", "4"]),
        (["1", "2", "3", "8", "9"], ["3", "1", "2"], ["3", "8", "9", "1", "2"]),
    ],
)
def test_what_i_added_stands_after_what_it_stood_after_in_their_order(
    mine: list[str], theirs: list[str], made: list[str]
) -> None:
    def listed(labels: list[str]) -> dict[str, Any]:
        return article(clauses=[{"label": label, "vi": f"{label}."} for label in labels])

    base = listed(["1", "2", "3"])
    found = merged(listed(mine), listed(theirs), base)
    assert [one["label"] for one in found.files["dieu-01.yaml"]["clauses"]] == made  # type: ignore[index]  # plain values
    assert found.to_check == ()


def test_two_writers_each_add_an_article_to_one_chapter() -> None:
    first, second = HEAD["chapters"]
    mine = head(chapters=[first, second | {"articles": ["3", "4"]}])
    theirs = head(chapters=[first, second | {"articles": ["3", "5"], "heading": "Việc chung"}])
    made = merged(mine, theirs)
    assert made.to_check == ()
    assert made.files["charter.yaml"]["chapters"] == [  # type: ignore[index]  # plain values
        first,
        {"label": "II", "heading": "Việc chung", "articles": ["3", "4", "5"]},
    ]


def test_a_chapter_that_both_named_anew_says_which_word_of_it() -> None:
    first, second = HEAD["chapters"]
    mine, theirs = (head(chapters=[first | {"heading": name}, second]) for name in ("Của tôi", "Của họ"))
    made = merged(mine, theirs)
    assert made == service.Merged(mine, ("charter.yaml: chapters I: heading",))


def test_roles_are_merged_one_by_one_each_whole() -> None:
    leader, deputy = HEAD["roles"]["leader"], HEAD["roles"]["deputy"]
    mine = head(roles={"leader": leader | {"post": "Chủ tịch"}, "deputy": deputy | {"post": "Chánh Văn phòng"}})
    theirs = head(roles={"leader": leader | {"agency": "PC"}, "deputy": deputy, "clerk": {"title": "Văn thư"}})
    made = merged(mine, theirs)
    assert made.files["charter.yaml"]["roles"] == mine["charter.yaml"]["roles"] | {"clerk": {"title": "Văn thư"}}  # type: ignore[index]  # plain values
    assert made.to_check == ("charter.yaml: roles leader",)


@pytest.mark.parametrize(("mine", "theirs"), [(["leader"], {"leader": {}}), ({"leader": {}}, ["leader"])])
def test_what_is_a_list_on_one_side_and_not_on_the_other_is_mine_whole(mine: object, theirs: object) -> None:
    assert merged(head(roles=mine), head(roles=theirs)) == service.Merged(head(roles=mine), ("charter.yaml: roles",))


def test_a_single_value_that_both_changed_is_named_by_its_key() -> None:
    made = merged(head(title="Của tôi"), head(title="Của họ", version=2))
    assert made == service.Merged(head(title="Của tôi", version=2), ("charter.yaml: title",))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ([{"vi": "không nhãn"}], [{"vi": "khác"}]),
        ([{"label": "1"}, {"label": "1"}], [{"label": "2"}]),
        ([{"label": "1"}, "chữ"], [{"label": "2"}]),
        (["a", "a"], ["b"]),
        ("một câu", ["b"]),
    ],
)
def test_a_list_whose_members_cannot_be_told_apart_is_mine_whole(mine: object, theirs: object) -> None:
    made = merged(article(clauses=mine), article(clauses=theirs))
    assert made == service.Merged(article(clauses=mine), ("dieu-01.yaml: clauses",))


def test_a_key_that_one_side_took_out_or_added() -> None:
    without = {**BASE, "dieu-01.yaml": {key: value for key, value in ARTICLE.items() if key != "norms"}}
    made = merged(without, article(notes=[{"code": "O-01", "vi": "Lưu ý."}]))
    assert made.files["dieu-01.yaml"] == {  # type: ignore[index]  # plain values
        "article": "1",
        "heading": "Phạm vi",
        "clauses": ARTICLE["clauses"],
        "notes": [{"code": "O-01", "vi": "Lưu ý."}],
    }
    assert made.to_check == ()


def test_files_come_and_go_with_the_side_that_changed_them() -> None:
    fresh = {"article": "2"}
    added = merged({**BASE, "dieu-02.yaml": fresh}, BASE)
    assert added == service.Merged({**BASE, "dieu-02.yaml": fresh}, ())
    assert merged(BASE, {**BASE, "dieu-02.yaml": fresh}) == added
    gone = {"charter.yaml": HEAD}
    assert merged(gone, BASE) == merged(BASE, gone) == service.Merged(gone, ())


def test_a_file_that_one_side_took_out_and_the_other_changed_is_as_i_left_it_and_named() -> None:
    gone, changed = {"charter.yaml": HEAD}, article(heading="Sửa")
    assert merged(gone, changed) == service.Merged(gone, ("dieu-01.yaml",))
    assert merged(changed, gone) == service.Merged(changed, ("dieu-01.yaml",))
    assert merged(BASE | {"x": 1}, BASE | {"x": 2}) == service.Merged(BASE | {"x": 1}, ("x",))


def test_sides_that_keep_one_value_in_different_ways_are_equal() -> None:
    mine = article(clauses=tuple(ARTICLE["clauses"]))
    assert merged(mine, article(heading="Sửa")) == service.Merged(article(heading="Sửa"), ())
