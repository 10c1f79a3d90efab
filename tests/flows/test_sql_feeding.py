"""A real database feeds a source: its rows become a delivery, what changed becomes another, both are matched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.test import override_settings

from dean06.flows import feeding, intake
from dean06.jobs import service as jobs
from dean06.reconcile.service import runs
from dean06.sources import service as sources
from dean06.sources.service import feeds, pulls
from dean06.sources.service.feeds import NewFeed
from flows.conftest import at
from harness.cluster import PrivateCluster
from harness.feeding import put_secret

ACCOUNT = "doc:mat-khau"
ROWS = 1200


@pytest.fixture(scope="module")
def database() -> Iterator[PrivateCluster]:
    cluster = PrivateCluster.start()
    with psycopg.connect(cluster.url("dean06"), autocommit=True) as link:
        link.execute(
            "CREATE TABLE the (so bigint PRIMARY KEY, ho_ten text, ngay_sinh date, ma_the text, sua timestamptz)"
        )
        link.execute(
            "INSERT INTO the SELECT i, 'Nguyễn Văn ' || i, date '1950-01-01' + i, 'GD438' || lpad(i::text, 10, '0'),"
            f" timestamptz '2022-06-01 00:00+07' FROM generate_series(1, {ROWS}) AS i"
        )
        link.execute("CREATE ROLE doc LOGIN PASSWORD 'mat-khau'")
        link.execute("GRANT SELECT ON the TO doc")
    yield cluster
    cluster.stop()


def test_a_database_feeds_a_source_first_whole_then_with_what_changed(office, database, home: Path):
    office.load_register("2022-06")
    place = str(database.directory)
    new = NewFeed(
        name="CSDL BHXH",
        source="bhyt",
        agency="BHXH",
        kind="sql",
        settings={"he": "postgresql", "may": place, "csdl": "dean06", "bang": "the", "khoa": "so", "sua_luc": "sua"}
        | {"trang": "500"},
        secret=put_secret(home, ACCOUNT),
        schedule=feeds.Daily(at="02:00"),
        extent="delta",
        whole=True,
    )
    asked: list[tuple[int, str, int]] = []
    pullers = jobs.Pullers(ask=lambda *job: asked.append(job))
    with override_settings(FEED_HOSTS=(place,)):
        with at(2022, 7, 10):
            feed = feeding.set_up(office.account("secretariat"), office.group, new)
            assert "chỉ đọc" in feeding.test(office.account("secretariat"), office.group, feed)
            assert pullers.go_round().delivered == 1
        with psycopg.connect(database.url("dean06"), autocommit=True) as link:
            link.execute("UPDATE the SET ho_ten = 'Trần Thị Mới', sua = '2022-07-10 12:00+07' WHERE so IN (7, 900)")
        with at(2022, 7, 11):
            assert pullers.go_round().delivered == 1
        with at(2022, 7, 12):
            gone = pullers.go_round()
        assert (gone.tried, gone.delivered, gone.troubled) == (1, 0, 0)
    whole, changed = (sources.delivery_for_work(one[2]) for one in asked)
    assert (whole.complete, whole.partial, changed.complete, changed.partial) == (True, False, False, True)
    with at(2022, 7, 12):
        for _, account, delivery in asked:
            intake.process(account, delivery)
    assert [runs.latest_of_delivery(one.id).rows for one in (whole, changed)] == [ROWS, 2]
    text = next(changed.directory.glob("goc.*")).read_text()
    assert text.count("Trần Thị Mới") == 2
    assert "mat-khau" not in str(pulls.current(feed.id))
