"""Services of a platform feed a source from end to end: set up, pulled, delivered, read, marked as taken."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from dean06.clock import service as clock
from dean06.demo.simulators.judicial_records import JudicialRecords
from dean06.demo.simulators.population import API_KEY, MEMBER, SECRET, SIGNED_URL, USER, Population
from dean06.demo.simulators.provincial import KEY
from dean06.demo.simulators.provincial import SECRET as APPLICATION_SECRET
from dean06.demo.simulators.serving import Fault
from dean06.flows import feeding
from dean06.jobs import service as jobs
from dean06.offices import service as offices
from dean06.sources import service as sources
from dean06.sources.connectors import rest
from dean06.sources.service import feeds, pulls
from dean06.sources.service.feeds import FeedInfo, NewFeed
from flows.conftest import Office, at
from sources.stand_ins import CASES, Standing, registry, standing

pytestmark = pytest.mark.either_database  # pulls are asked on both by test_feeding

AGENCY = "BHXH"


@pytest.fixture(autouse=True)
def _this_machine(settings) -> None:
    """The operator has named this machine, whatever the port."""
    settings.FEED_HOSTS = ("127.0.0.1",)


def put_secret(home: Path, office: Office, text: str) -> None:
    """Lay a secret where the operator lays it."""
    path = home / "secrets" / office.group.slug / "khoa"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)


def fed(office: Office, home: Path, one: Standing, **changes: object) -> FeedInfo:
    put_secret(home, office, f"{KEY}:{APPLICATION_SECRET}")
    said = {
        "name": f"Kết nối {one.case.service}",
        "source": rest.described(one.case.service).contract,
        "agency": AGENCY,
        "kind": one.case.kind,
        "settings": one.settings,
        "secret": "tep:khoa",
        "schedule": feeds.Daily(at="02:00"),
        "extent": "full",
        "whole": False,
    }
    return feeding.set_up(office.account("secretariat"), office.group, NewFeed(**(said | changes)))


@pytest.mark.parametrize("service", sorted(CASES))
def test_a_service_is_pulled_into_a_delivery_that_intake_reads(office, home, service):
    with at(2022, 6, 24), standing(CASES[service], home, group=office.group.slug) as one:
        feed = fed(office, home, one)
        assert "trả lời đúng dạng" in feeding.test(office.account("secretariat"), office.group, feed)
        one.platform.faults.set(Fault.DOWN, after=3, times=1)
        broken = feeding.pull(feed.id)
        assert (broken.state, broken.tries) == ("waiting", 1)
        ended = feeding.pull(feed.id)
        assert (ended.state, ended.rows) == ("done", len(one.truth))
        sources.read(ended.delivery_id)
    read = sources.delivery_for_work(ended.delivery_id)
    assert (read.state, read.rows) == ("read", len(one.truth))
    names = {row["ho_ten"] for row in one.truth if row["ho_ten"]}
    assert not [name for name in names if name in broken.problem_vi + broken.problem_en]


def test_what_waits_is_marked_as_taken_once_intake_has_read_it(office, home):
    with at(2022, 6, 24), standing(CASES["ly-lich-tu-phap"], home) as one:
        service = one.stand_in
        assert isinstance(service, JudicialRecords)
        feed = fed(office, home, one)
        ended = feeding.pull(feed.id)
        assert service.taken == []
        assert feeding.put_away(feed.id) == 0
        sources.read(ended.delivery_id)
        jobs.Pullers(ask=lambda *_: None).go_round()
        assert len(service.taken) == len(one.truth)
        assert feeding.put_away(feed.id) == 0
    with at(2022, 6, 25), standing(CASES["ly-lich-tu-phap"], home, service) as one:
        feed = feeding.change(office.account("secretariat"), office.group, feed.id, _again(feed, one))
        again = feeding.pull(feed.id)
        assert (again.state, again.delivery_id) == ("done", None)
        service.taken.clear()
        offered = feeding.pull(feed.id)
        assert (offered.state, offered.rows) == ("done", len(one.truth))


def _again(feed: FeedInfo, one: Standing) -> NewFeed:
    return NewFeed(
        name=feed.name,
        source=feed.source,
        agency=feed.agency,
        kind=feed.kind,
        settings=one.settings,
        secret=feed.secret,
        schedule=feed.schedule,
        extent=feed.extent,
        whole=feed.whole,
    )


def test_a_machine_that_the_operator_has_not_named_is_not_reached(office, home, settings):
    settings.FEED_HOSTS = ("api.tinh.gov.vn:443",)
    with at(2022, 6, 24), standing(CASES["doanh-nghiep"], home) as one:
        ended = feeding.pull(fed(office, home, one).id)
        assert "DEAN06_FEEDS" in ended.problem_vi
        assert one.platform.asked == []
        assert one.platform.bought == 0


def test_the_service_may_ask_for_patience(office, home):
    with at(2022, 6, 24), standing(CASES["doanh-nghiep"], home) as one:
        feed = fed(office, home, one)
        one.platform.faults.set(Fault.QUOTA, after=4)
        ended = feeding.pull(feed.id)
        assert ended.state == "waiting"
        assert "chờ 30 giây" in ended.problem_vi
        one.platform.faults.set(Fault.EXPIRED, times=1)
        assert feeding.pull(feed.id).rows == len(one.truth)


def test_the_population_service_feeds_a_general_list(office, home):
    population = Population(registry())
    population.now = lambda: datetime(2022, 6, 24, 9, 0, tzinfo=clock.TZ)
    put_secret(home, office, json.dumps({"user": USER, "secret": SECRET, "api_key": API_KEY}))
    with at(2022, 6, 24), population.serving() as address:
        new = NewFeed(
            name="Dân cư",
            source="chung",
            agency=AGENCY,
            kind="soap",
            settings={
                "dia_chi": address,
                "dia_chi_ky": SIGNED_URL,
                "thanh_vien": MEMBER,
                "so_ban_ghi": "20",
                "tu_ngay": "01/06/2022",
            },
            secret="tep:khoa",  # noqa: S106  a reference, not a secret
            schedule=feeds.Daily(at="02:00"),
            extent="delta",
            whole=False,
        )
        feed = feeding.set_up(office.account("secretariat"), office.group, new)
        ended = feeding.pull(feed.id)
        assert (ended.state, ended.rows) == ("done", population.most)
        sources.read(ended.delivery_id)
        assert sources.delivery_for_work(ended.delivery_id).rows == population.most
        viewer = offices.viewer(office.account("leader"), clock.today(office.group))
        assert [one.state for one in pulls.of_feed(viewer, feed.id)] == ["done"]
