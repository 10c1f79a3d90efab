"""The catalogue made anew: shown as it goes, broken off and gone on with, and never behind what happened meanwhile."""

from __future__ import annotations

import argparse
import json
from itertools import count

import pytest

from dean06.catalogue.models import Entry, Making, Shelf
from dean06.catalogue.service import entries, making
from dean06.cli import catalogue_commands, installed
from dean06.flows import cataloguing
from dean06.ledger import service as ledger
from dean06.ledger.models import Follower
from flows.conftest import at
from flows.test_following import assign, followed, found

TODAY = (2022, 8, 18)
FIELDS = ("kind", "key", "title", "readers")


class Killed(BaseException):
    pass


def standing() -> set[str]:
    return set(map(str, Entry.objects.values_list(*FIELDS)))


def killed_after(most: int):
    calls = count(1)

    def progress(done: float, total: float, what: str) -> None:
        if next(calls) > most:
            raise Killed

    return progress


@pytest.mark.parametrize("most", [0, 1, 5, 20])
def test_a_rebuild_that_was_killed_goes_on_where_it_was(office, most):
    with at(*TODAY):
        for number in range(3):
            assign(office, f"Việc số {number}", beside=("GDDT",))
        followed()
        cataloguing.rebuild_all()
        before = standing()
        Entry.objects.all().delete()
        Shelf.objects.all().delete()
        with pytest.raises(Killed):
            cataloguing.rebuild_all(killed_after(most))
        assert cataloguing.left()
        done = {unit.id for unit in making.units() if unit.count is not None}
        told: list[tuple[float, float, str]] = []
        counted = cataloguing.rebuild_all(lambda *one: told.append(one))
        assert {place for place, _, _ in told} == {float(one) for one in range(len(done), int(told[0][1]))}
        assert standing() == before
        assert not cataloguing.left()
    assert sum(counted.values()) == Entry.objects.count() > 50


def test_what_happens_while_the_catalogue_is_made_is_found_as_it_is_at_last(office, monkeypatch):
    with at(*TODAY):
        assign(office, "Việc trước")
        followed()
        put = entries.put_whole

        def late(group_id, kind, given, told=entries.quiet, **more):
            found_ = list(given)  # read before the act, written after it was followed
            if kind == "task" and not Entry.objects.filter(kind="task", title="Việc giữa chừng").exists():
                assign(office, "Việc giữa chừng")
                followed()
            return put(group_id, kind, found_, told, **more)

        monkeypatch.setattr(cataloguing.entries, "put_whole", late)
        cataloguing.rebuild_all()
        monkeypatch.undo()
        assert ledger.behind(cataloguing.NAME) > 0
        cataloguing.follow()
        assert {title for _, title in found(office, "viec")} == {"Việc trước", "Việc giữa chừng"}


def test_a_rebuild_can_begin_once_more(office):
    with at(*TODAY):
        assign(office, "Việc")
        followed()
        with pytest.raises(Killed):
            cataloguing.rebuild_all(killed_after(3))
        first = Making.objects.order_by("pk").first().pk
        with pytest.raises(Killed):
            cataloguing.rebuild_all(killed_after(3), again=True)
        assert Making.objects.order_by("pk").first().pk > first


def test_the_worker_makes_anew_what_a_change_of_form_took_away(office):
    with at(*TODAY):
        assign(office, "Việc đã có")
        followed()
        leaf = Follower.objects.get(name=cataloguing.NAME).leaf
        Entry.objects.all().delete()
        making.begin([(office.group.id, "")], leaf)
        assert cataloguing.follow() == 1
        assert found(office, "da co") == [("task", "Việc đã có")]
        assert cataloguing.follow() == 0
        assert making.units() == ()
        assert ledger.behind(cataloguing.NAME) == 0


def test_one_kind_that_cannot_be_read_does_not_hold_the_worker_up(office, monkeypatch):
    with at(*TODAY):
        followed()
        making.begin([(office.group.id, "")], -1)
        monkeypatch.setattr(cataloguing, "rebuild", lambda *_: 1 / 0)
        assert cataloguing.follow() == 1
        monkeypatch.undo()
        cataloguing.follow()
        assert making.units() == ()


def test_what_nothing_enters_any_more_goes(office):
    with at(*TODAY):
        assign(office, "Việc")
        followed()
        Entry.objects.filter(kind="task").update(kind="xưa")
        cataloguing.rebuild_all()
    assert not Entry.objects.filter(kind="xưa").exists()
    assert Entry.objects.filter(kind="task").count() == 1


def test_the_command_goes_on_and_tells_what_is_left(office, monkeypatch, capsys):
    monkeypatch.setattr(installed, "load", lambda: None)
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    catalogue_commands.add_parsers(parser.add_subparsers())

    def run(*words: str) -> str:
        args = parser.parse_args(list(words))
        assert args.run(args) == 0
        return capsys.readouterr().out

    with at(*TODAY):
        assign(office, "Việc")
        followed()
        with pytest.raises(Killed):
            cataloguing.rebuild_all(killed_after(4))
        left = cataloguing.left()
        assert f"còn dở {left} phần" in run("catalogue", "info")
        said = run("catalogue", "rebuild")
        assert "Lập tiếp" in said
        assert "Đã lập lại mục lục" in said
        assert json.loads(run("--json", "catalogue", "info"))["left"] == 0
        assert json.loads(run("--json", "catalogue", "rebuild", "--again"))["task"] == 1
