"""A source fed without a person: what a pull brings, how often, under whose name, and what a cut leaves behind."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from dean06.cli import installed
from dean06.cli.main import main
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, RefusedByCharter
from dean06.corrections import service as corrections
from dean06.flows import feeding, intake
from dean06.jobs import service as jobs
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.reconcile.service import scores
from dean06.sources import service as sources
from dean06.sources.connectors import spool
from dean06.sources.service import feeds, pulls
from dean06.sources.service.feeds import FeedInfo, NewFeed
from flows.conftest import Office, at
from harness.paged import paged

ROWS = [
    {"ho_ten": f"Nguyễn Văn {name}", "ngay_sinh": f"0{day}/02/1980", "ma_the_bhyt": f"GD438382000{day:04d}"}
    for day, name in enumerate(("An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Khanh"), 1)
]


@pytest.fixture(autouse=True)
def _known_kind() -> Iterator[None]:
    with paged():
        yield


@pytest.fixture
def served(tmp_path: Path) -> Path:
    path = tmp_path / "ben-kia.json"
    path.write_text(json.dumps({"rows": ROWS, "size": 2, "faults": {}}))
    return path


def tell(path: Path, **changes: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def told(path: Path) -> dict:
    return json.loads(path.read_text())


def new(path: Path, **changes: object) -> NewFeed:
    said = {
        "name": "BHYT hằng ngày",
        "source": "bhyt",
        "agency": "BHXH",
        "kind": "thu",
        "settings": {"tep": str(path)},
        "secret": "",
        "schedule": feeds.Daily(at="02:00"),
        "extent": "full",
        "whole": False,
    }
    return NewFeed(**(said | changes))


def fed(office: Office, path: Path, **changes: object) -> FeedInfo:
    return feeding.set_up(office.account("secretariat"), office.group, new(path, **changes))


def everybody(office: Office) -> Viewer:
    return offices.viewer(office.account("leader"), clock.today(office.group))


def given(office: Office) -> list[list[str]]:
    """Return the lines of every delivery there is, oldest first."""
    found = reversed(sources.deliveries(everybody(office), office.group.id, source="bhyt"))
    return [next(one.directory.glob("goc.*")).read_text().splitlines() for one in found]


def spools(home: Path) -> list[str]:
    return [path.name for path in (home / "vault" / "pulls").glob("[0-9]*") if path.is_dir()]


def test_what_is_pulled_is_one_delivery_under_whoever_set_the_feed_up(office, served, home):
    with at(2022, 6, 10):
        feed = fed(office, served)
        gone = jobs.Pullers(ask=lambda *_: None).go_round()
    assert (gone.tried, gone.delivered, gone.troubled) == (1, 1, 0)
    (lines,) = given(office)
    assert lines[0] == "Mã thẻ BHYT,Họ và tên,Ngày sinh"
    assert len(lines) == 1 + len(ROWS)
    (delivery,) = sources.deliveries(everybody(office), office.group.id)
    assert (delivery.period, delivery.agency, delivery.complete, delivery.partial) == ("2022-06", "BHXH", False, False)
    (entry,) = [one for one in ledger.latest_of(office.group.slug, 5) if one.action == "delivery.receive"]
    assert entry.role == "system"
    (pull,) = pulls.of_feed(everybody(office), feed.id)
    assert (pull.state, pull.pieces, pull.rows, pull.delivery_id) == ("done", 4, 7, delivery.id)
    assert not spools(home)
    now = feeds.feed_for_work(feed.id)
    assert (now.succeeded_at, now.since) == (pull.finished_at, pull.until)


def test_it_is_carried_through_without_anybody_in_the_group(office, served):
    """Whoever set the feed up is answerable; matching and recording follow under the same permit."""
    office.load_register("2022-06")
    with at(2022, 7, 10):
        fed(office, served)
        asked: list[tuple[int, str, int]] = []
        jobs.Pullers(ask=lambda *job: asked.append(job)).go_round()
        ((_, account, delivery),) = asked
        run = intake.process(account, delivery)
    assert run is not None
    assert run.state == "done"
    assert corrections.last_recorded(office.group.id, "bhyt") == run.label
    acts = {(one.action, one.role) for one in ledger.latest_of(office.group.slug, 10)}
    assert ("run.start", "system") in acts


def test_the_same_list_again_is_no_second_delivery(office, served):
    with at(2022, 6, 10):
        feed = fed(office, served)
        first = feeding.pull(feed.id)
    with at(2022, 6, 11):
        second = feeding.pull(feed.id)
    assert (second.state, second.news, second.delivery_id) == ("done", False, first.delivery_id)
    assert len(given(office)) == 1
    with at(2022, 7, 11):
        third = feeding.pull(feed.id)  # another period is another delivery
    assert third.news
    assert len(given(office)) == 2


def test_a_delta_follows_a_whole_list_and_proves_nothing_by_absence(office, served):
    with at(2022, 6, 10):
        feed = fed(office, served, extent="delta", whole=True)
        first = feeding.pull(feed.id)
        assert told(served)["window"][0] == "full"
    tell(served, changed=ROWS[2:3])
    with at(2022, 6, 11):
        second = feeding.pull(feed.id)
    extent, since, _ = told(served)["window"]
    assert (extent, since) == ("delta", first.until.isoformat())
    full, delta = (sources.delivery_for_work(one.delivery_id) for one in (first, second))
    assert (full.complete, full.partial) == (True, False)
    assert (delta.complete, delta.partial) == (False, True)
    tell(served, changed=[])
    with at(2022, 6, 12):
        third = feeding.pull(feed.id)
    assert (third.state, third.delivery_id) == ("done", None)
    with at(2022, 7, 1):
        feeding.pull(feed.id)  # a new month begins with the whole list
    assert told(served)["window"][0] == "full"


def test_scores_are_made_of_whole_lists_alone(office, served):
    office.load_register("2022-06")
    with at(2022, 7, 10):
        feed = fed(office, served, extent="delta")
        whole = feeding.pull(feed.id)
        intake.process(feed.set_up_by, whole.delivery_id)
        tell(served, changed=ROWS[2:3])
    with at(2022, 7, 11):
        changed = feeding.pull(feed.id)
        run = intake.process(feed.set_up_by, changed.delivery_id)
    assert run.rows == 1
    from dean06.reconcile.models import Score

    assert set(Score.objects.values_list("run__delivery_id", flat=True)) == {whole.delivery_id}


def test_calls_in_working_hours_say_how_well_a_source_is_reached(office, served):
    office.load_register("2022-06")
    tell(served, faults={"3": "down"})
    with at(2022, 6, 10):  # a Friday
        feed = fed(office, served)
        assert feeding.pull(feed.id).state == "waiting"
        whole = feeding.pull(feed.id)
    for day, hour in ((11, 9), (13, 19), (14, 9)):  # a Saturday, an evening, a working day with the same list again
        with at(2022, 6, day, hour):
            assert feeding.pull(feed.id).state == "done"
    with at(2022, 7, 10):
        run = intake.process(feed.set_up_by, whole.delivery_id)
    reached = scores.for_work(run.id)["L5"]
    assert (reached.good, reached.total) == (2, 3)


def test_a_full_list_of_nobody_is_not_taken(office, served):
    tell(served, rows=[])
    with at(2022, 6, 10):
        ended = feeding.pull(fed(office, served, whole=True).id)
    assert ended.state == "waiting"
    assert "không có dòng nào" in ended.problem_vi
    assert not given(office)


def test_a_pull_goes_on_where_it_stopped_and_waits_longer_each_time(office, served):
    tell(served, faults={"3": "down"})
    with at(2022, 6, 10):
        feed = fed(office, served)
        first = feeding.pull(feed.id)
        assert (first.state, first.pieces, first.tries) == ("waiting", 2, 1)
        assert first.next_try_at - clock.now() == timedelta(minutes=1)
        assert not pulls.due(clock.now())
        tell(served, faults={"3": "cut"})
        second = feeding.pull(feed.id)
        assert second.next_try_at - clock.now() == timedelta(minutes=2)
        tell(served, faults={"3": "later"})
        third = feeding.pull(feed.id)
        assert third.next_try_at - clock.now() == timedelta(hours=2)
        ended = feeding.pull(feed.id)
    assert (ended.state, ended.id, ended.tries) == ("done", first.id, 3)  # every call that failed is known
    assert told(served)["asked"] == 4 + 3
    assert told(served)["opened"] == told(served)["closed"] == 4
    assert len(given(office)[0]) == 1 + len(ROWS)


def test_a_token_that_ran_out_is_asked_for_once_more(office, served):
    tell(served, faults={"2": "token"})
    with at(2022, 6, 10):
        ended = feeding.pull(fed(office, served).id)
    assert (ended.state, ended.tries) == ("done", 0)
    assert told(served)["opened"] == 2


def test_what_nobody_expected_is_told_without_its_words(office, served):
    tell(served, faults={"2": "strange"})
    with at(2022, 6, 10):
        ended = feeding.pull(fed(office, served).id)
    assert ended.state == "waiting"
    assert "ngoài dự kiến" in ended.problem_vi
    assert "Nguyễn" not in ended.problem_vi + ended.problem_en


def test_a_piece_that_came_begins_the_count_of_failures_anew(office, served):
    with at(2022, 6, 10):
        feed = fed(office, served)
        for number in range(1, 10):
            tell(served, faults={"2": "down"})
            assert feeding.pull(feed.id).tries == number
        tell(served, faults={"3": "down"})  # the tenth try brings the second piece and stops at the third
        gone_on = feeding.pull(feed.id)
        assert gone_on.next_try_at - clock.now() == timedelta(minutes=1)
    assert (gone_on.state, gone_on.pieces, gone_on.tries) == ("waiting", 2, 10)


def test_after_its_tries_a_pull_is_given_up_and_nothing_of_it_stays(office, served, home):
    with at(2022, 6, 10):
        feed = fed(office, served)
        for _ in range(10):
            tell(served, faults={"2": "down"})
            ended = feeding.pull(feed.id)
    assert (ended.state, ended.tries) == ("failed", 10)
    assert not spools(home)
    with at(2022, 6, 11):
        tell(served, faults={})
        assert pulls.due(clock.now()) == [feed.id]
        assert feeding.pull(feed.id).state == "done"


def test_a_field_that_the_contract_does_not_know_is_named(office, served):
    tell(served, rows=[{"ho_ten": "Trần Văn B", "mau_mat": "nâu"}])
    with at(2022, 6, 10):
        ended = feeding.pull(fed(office, served).id)
    assert "mau_mat" in ended.problem_vi
    assert not given(office)


def test_who_may_set_up_who_may_ask_and_what_a_switched_off_feed_does(office, served):
    with at(2022, 6, 10):
        with pytest.raises(RefusedByCharter):
            feeding.set_up(office.account("member", "BHXH"), office.group, new(served))
        feed = fed(office, served)
        asked = feeding.pull_now(office.account("member", "BHXH"), office.group, feed)
        assert asked.asked_by == office.account("member", "BHXH")
        off = feeding.switch(office.account("secretariat"), office.group, feed, on=False)
        assert not off.enabled
        assert not pulls.due(clock.now())
        (pull,) = pulls.of_feed(everybody(office), feed.id)
        assert pull.state == "failed"
        with pytest.raises(BadInput, match="đang tắt"):
            feeding.pull_now(office.account("member", "BHXH"), office.group, feed)
        on = feeding.switch(office.account("standing_deputy"), office.group, feed, on=True)
        assert on.set_up_by == office.account("standing_deputy")
        assert on.permit_digest != feed.permit_digest
        assert feeding.pull(feed.id).news


def test_a_pull_asked_for_is_delivered_in_the_name_of_whoever_asked(office, served):
    with at(2022, 6, 10):
        feed = fed(office, served)
        feeding.pull_now(office.account("member", "BHXH"), office.group, feed)
        ended = feeding.pull(feed.id)
    assert ended.news
    (entry,) = ledger.acts_on(office.group.slug, "delivery", _ref(office, ended))
    assert entry.role == "member"
    assert sources.unfinished()[-1][2] == office.account("member", "BHXH")


def _ref(office: Office, ended: pulls.PullInfo) -> str:
    delivery = sources.delivery_for_work(ended.delivery_id)
    return f"{office.group.slug}:bhyt:{delivery.period}:{delivery.file_sha256[:12]}"


def test_what_was_taken_back_comes_again_only_when_somebody_asks(office, served):
    clerk = office.account("secretariat")
    with at(2022, 6, 10):
        feed = fed(office, served)
        first = feeding.pull(feed.id)
        intake.take_back(clerk, first.delivery_id)
    with at(2022, 6, 11):
        assert not feeding.pull(feed.id).news
        feeding.pull_now(clerk, office.group, feed)
        assert feeding.pull(feed.id).news


def test_one_puller_at_a_time(office, served):
    with at(2022, 6, 10):
        feed = fed(office, served)
        with pulls.alone(feed.id), pytest.raises(BadInput, match="đang được lấy"):
            feeding.pull(feed.id)


def test_a_feed_changed_while_it_is_pulled_gives_up_what_was_under_way(office, served, monkeypatch):
    with at(2022, 6, 10):
        feed = fed(office, served)
        add = spool.Spool.add

        def changed(self: spool.Spool, piece: object) -> object:
            kept = add(self, piece)
            feeding.switch(office.account("secretariat"), office.group, feed, on=False)
            return kept

        monkeypatch.setattr(spool.Spool, "add", changed)
        ended = feeding.pull(feed.id)
    assert ended.state == "failed"
    assert not given(office)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"source": "khong-co"}, "Không có nguồn"),
        ({"agency": "XYZ"}, "không thuộc tổ"),
        ({"kind": "fax"}, "Không có loại kết nối"),
        ({"name": "  "}, "Đặt tên"),
        ({"settings": {}}, "chưa đúng hoặc còn trống"),
        ({"secret": "env:X"}, "không dùng bí mật"),
    ],
)
def test_a_feed_that_cannot_be_is_refused_at_once(office, served, wrong, says):
    with at(2022, 6, 10), pytest.raises(BadInput, match=says):
        fed(office, served, **wrong)


def test_two_feeds_have_two_names(office, served):
    with at(2022, 6, 10):
        fed(office, served)
        with pytest.raises(BadInput, match="đặt tên khác"):
            fed(office, served)


def test_readers_of_another_group_see_nothing(office, served):
    with at(2022, 6, 10):
        feed = fed(office, served)
        feeding.pull(feed.id)
    stranger = Viewer(account=office.account("leader"), capacities=())
    assert feeds.feed(stranger, feed.id) is None
    assert feeds.feeds(stranger, office.group.id) == []
    assert pulls.of_feed(stranger, feed.id) == []
    assert pulls.last_of(stranger, office.group.id) == {}


def test_a_file_of_a_watched_folder_goes_where_it_belongs_once_intake_has_judged_it(office, home):
    office.load_register("2022-06")
    (folder := home / "nhan" / office.group.slug / "bhxh").mkdir(parents=True)
    pullers = jobs.Pullers(ask=lambda *job: asked.append(job))
    asked: list[tuple[int, str, int]] = []
    with at(2022, 7, 10):
        feed = fed(office, folder, kind="folder", settings={"thu_muc": "bhxh"}, whole=True)
        for number, (name, text) in enumerate(
            (("2022-06 bhyt.csv", "Họ và tên,Ngày sinh\nLê Thị An,01/02/1980\n"), ("hong.xlsx", "không phải bảng"))
        ):
            (folder / name).write_text(text)
            written = clock.now().timestamp() - 600 + number
            os.utime(folder / name, (written, written))
        for _ in range(3):
            pullers.go_round()
        assert [one[2] for one in asked] == [
            one.id for one in reversed(sources.deliveries(everybody(office), office.group.id))
        ]
        assert sorted(path.name for path in folder.iterdir()) == ["2022-06 bhyt.csv", "hong.xlsx"]
        for _, account, delivery in asked:
            intake.process(account, delivery)
        pullers.go_round()
    assert [path.name for path in (folder / "da-nhan").iterdir()] == ["2022-06 bhyt.csv"]
    assert sorted(path.name for path in (folder / "khong-nhan").iterdir()) == ["hong.xlsx", "hong.xlsx.ly-do.txt"]
    good, bad = (sources.delivery_for_work(one[2]) for one in asked)
    assert (good.period, good.complete, bad.period, bad.state) == ("2022-06", True, "2022-07", "refused")
    assert not pulls.to_put_away(feed.id)
    with at(2022, 7, 10):
        shown = pulls.of_feed(everybody(office), feed.id)
    assert [one.delivery_id for one in shown] == [bad.id, good.id]  # looking and finding nothing is not kept
    assert "hong.xlsx" in shown[0].problem_vi
    assert not shown[1].problem_vi


def test_a_feed_is_gone_to_from_the_terminal(office, served, monkeypatch, capsys):
    monkeypatch.setattr(installed, "load", lambda: None)
    said = ["source", "pull", "BHYT hằng ngày", "--group", office.group.slug, "--as", "qn-secretariat-TEAM"]
    with at(2022, 6, 10):
        fed(office, served)
        assert main([*said, "--json"]) == 0
        told_ = json.loads(capsys.readouterr().out)
        assert (told_["state"], told_["rows"], told_["new"]) == ("done", len(ROWS), True)
        assert jobs.for_object(everybody(office), "intake", str(told_["delivery"])).waiting
    with at(2022, 6, 11):
        assert main(said) == 0
        assert "không nộp lại" in capsys.readouterr().out
    with at(2022, 6, 12):
        tell(served, faults={"1": "down"})
        assert main(said) == 5
        assert "không trả lời" in capsys.readouterr().out
        said[2] = "Không có"
        assert main(said) == 3
        assert "BHYT hằng ngày" in capsys.readouterr().err


class Killed(BaseException):
    """The power goes."""


@contextmanager
def power_cut(monkeypatch: pytest.MonkeyPatch, after: int) -> Iterator[list[int]]:
    """Let the power go at the n-th time that something is made to last: before a file has its name, or after."""
    count = [0]

    def cut(real):
        def done(*args, **kwargs):
            count[0] += 1
            if count[0] == after:
                raise Killed
            result = real(*args, **kwargs)
            count[0] += 1
            if count[0] == after:
                raise Killed
            return result

        return done

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", cut(os.fsync))
        patch.setattr(Path, "replace", cut(Path.replace))
        patch.setattr(pulls, "delivered", cut(pulls.delivered))
        patch.setattr(sources, "receive", cut(sources.receive))
        patch.setattr(spool.Spool, "remove", cut(spool.Spool.remove))
        yield count


def test_a_pull_cut_off_at_any_step_loses_and_doubles_nothing(office, served, home, monkeypatch):
    """Every place where something is made to last, one after another; each time the pull is taken up and ends."""
    step, ended, feed = 0, False, None
    while not ended:
        step += 1
        with at(2022 + (6 + step) // 12, (6 + step) % 12 + 1, 10):
            feed = feed or fed(office, served)
            tell(served, rows=[*ROWS, {"ho_ten": f"Lần Thứ {step}", "ngay_sinh": "1980", "ma_the_bhyt": ""}])
            before = len(given(office))
            with power_cut(monkeypatch, step) as count:
                try:
                    feeding.pull(feed.id)
                except Killed:
                    pass
                else:
                    ended = count[0] < step
            feeding.pull(feed.id)
            lists = given(office)
        assert len(lists) == before + 1, step
        assert len(lists[-1]) == 2 + len(ROWS), step
        assert f",Lần Thứ {step}," in lists[-1][-1], step
        assert not spools(home), step
    assert step > 30
