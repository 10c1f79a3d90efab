"""How the regulations are carried out: every norm has its cases, and a screen or why not; nothing named is gone."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.checks import run_checks
from django.urls import URLPattern, get_resolver, reverse

from dean06.charter import service as charters
from dean06.web import enforcement
from dean06.web.pages.charter import carried
from docs.test_pages import leaf_of
from harness.tree import load_tool

tool = load_tool("enforcement_reference")
# The work that norms still wait for: a number here is only ever made smaller, as screens come.
STILL_WAITING = {
    "administration": 1,
}
every = pytest.mark.parametrize("name", charters.packages())


@pytest.fixture(scope="module")
def plain() -> dict:
    return tool.source()


def test_the_page_and_the_table_are_up_to_date():
    assert tool.PAGE.read_text() == tool.reference(), "run `make docs`"
    assert enforcement.COMPILED.read_text() == tool.compiled(), "run `make docs`"


@every
def test_every_act_of_a_norm_stands_in_the_table(name):
    missing = {norm.action for norm in charters.load(name).norms if norm.action} - enforcement.table().keys()
    assert missing == set()


def test_every_act_stands_once_and_is_one(plain):
    stood = Counter(action for action, _ in tool.rows_of(plain))
    assert [action for action, count in stood.items() if count > 1] == []
    assert stood.keys() - charters.vocabulary().actions.keys() == set()


def test_what_waits_is_used_and_only_shrinks(plain):
    used = {norm.action for name in charters.packages() for norm in charters.load(name).norms}
    stale = {action for actions in plain["waiting"].values() for action in actions} - used
    assert stale == set()
    counted = {work: len(actions) for work, actions in plain["waiting"].items()}
    assert counted.keys() <= enforcement.LATER.keys()
    assert counted == {work: count for work, count in STILL_WAITING.items() if count}, (
        "lower the number, never raise it"
    )


def test_every_reason_is_said_in_both_languages(plain):
    for action, reason in plain["by_hand"].items():
        assert reason.keys() == {"vi", "en"}, action
        assert all(len(said) > 15 for said in reason.values()), action


def test_screens_are_routes_and_commands_are_commands(plain):
    routes = {one.name for one in get_resolver("dean06.web.urls").url_patterns if isinstance(one, URLPattern)}
    assert {name for names in plain["screens"].values() for name in names} - routes == set()
    said = [name for names in plain["commands"].values() for name in names]
    assert [name for name in said if leaf_of(name.split()) is None] == []


def test_every_screen_stands_on_a_page(monkeypatch):
    assert enforcement.unplaced() == []
    monkeypatch.setattr(enforcement, "PAGES", [one for one in enforcement.PAGES if one[0] != "funds"])
    said = run_checks()
    assert said
    assert all("'funds" in one.msg and "PAGES of enforcement.py" in one.msg for one in said)


@pytest.mark.parametrize("family", [one[0] for one in enforcement.PAGES])
def test_every_page_of_a_screen_has_an_address(family):
    if family in carried.OUTSIDE:
        assert reverse(carried.OUTSIDE[family])
    else:
        assert reverse(carried.HOMES.get(family, family), args=["to"])


@pytest.mark.parametrize("line", tool.REGULATIONS.values())
def test_every_norm_has_a_case(line):
    """The build fails where a norm has none: testable ones by facts, the others by what may be asked of them."""
    seen = tool.cases()[line]
    assert [norm.key for norm in charters.load(line).norms if not seen.get(norm.key)] == []


def test_a_line_without_cases_says_so():
    assert dict(enforcement.cases("no-such-line")) == {}
