"""A database that feeds a source: PostgreSQL and MariaDB as they run, SQL Server and Oracle as they are compiled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mssql, oracle

from dean06.clock.errors import BadInput, HouseError, Unavailable
from dean06.sources.connectors.sql import Query
from harness.cluster import PrivateCluster
from harness.feeding import DAY, brought, feed, opened, put_secret, window
from harness.mariadb import PrivateMariaDB

PASSWORD = "mat-khau-rat-dai"  # noqa: S105  of a server that lives for this module
NAMES = ["An", "Bình", "Châu", "Đức", "Én"]
TABLES = (
    """CREATE TABLE the_bhyt (id bigint PRIMARY KEY, ho_ten varchar(80), ngay_sinh date, gioi_tinh varchar(5),
       so_the varchar(20), sua timestamp NULL)""",
    "CREATE TABLE theo_ma (ma varchar(20), ho_ten varchar(80), ngay_sinh varchar(10))",
    "CREATE VIEW nhin AS SELECT ma, ho_ten FROM theo_ma",
)
ROWS = [
    (
        number,
        f"Lê Thị {NAMES[number % 5]}",
        f"19{40 + number}-02-0{1 + number % 9}",
        number,
        f"2022-06-0{1 + number % 9}",
    )
    for number in range(1, 24)
]
FILLING = (
    *(
        f"INSERT INTO the_bhyt VALUES ({number * 7}, '{name}', '{born}', {'NULL' if number == 3 else repr('Nữ')},"
        f" 'GD4383820{order:06d}', '{changed} 08:00:00')"
        for number, name, born, order, changed in ROWS
    ),
    *(
        f"INSERT INTO theo_ma VALUES ('M{number:02d}', 'Vũ Văn {number}', '0{number}/01/1990')"
        for number in range(1, 8)
    ),
)


@dataclass
class Server:
    """A running database, and how a feed names it."""

    system: str
    settings: dict[str, str]
    own: PrivateCluster | PrivateMariaDB

    def run(self, *statements: str) -> None:
        if isinstance(self.own, PrivateMariaDB):
            self.own.run("USE nguon", *statements)
            return
        with psycopg.connect(self.own.url("nguon"), autocommit=True) as link:
            for statement in statements:
                link.execute(statement)


def _postgresql() -> Server:
    cluster = PrivateCluster.start()
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as link:
        link.execute("CREATE DATABASE nguon")
    server = Server("postgresql", {"he": "postgresql", "may": str(cluster.directory), "csdl": "nguon"}, cluster)
    server.run(*TABLES, *FILLING)
    for name in ("doc", "ghi", "cot"):
        server.run(
            f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'", f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}"
        )
    server.run("GRANT UPDATE ON theo_ma TO ghi", "GRANT UPDATE (ho_ten) ON theo_ma TO cot")
    server.run("CREATE ROLE nguoi_ghi", "GRANT INSERT ON theo_ma TO nguoi_ghi")
    server.run(f"CREATE ROLE vai LOGIN NOINHERIT PASSWORD '{PASSWORD}'", "GRANT nguoi_ghi TO vai")
    return server


def _mariadb() -> Server:
    own = PrivateMariaDB.start()
    server = Server("mariadb", {"he": "mariadb", "may": str(own.socket), "csdl": "nguon"}, own)
    server.run(*TABLES, *FILLING)
    for name in ("doc", "ghi", "cot", "vai"):
        server.run(
            f"CREATE USER {name}@localhost IDENTIFIED BY '{PASSWORD}'", f"GRANT SELECT ON nguon.* TO {name}@localhost"
        )
    server.run(
        "GRANT UPDATE ON nguon.theo_ma TO ghi@localhost", "GRANT UPDATE (ho_ten) ON nguon.theo_ma TO cot@localhost"
    )
    server.run(
        "CREATE ROLE nguoi_ghi", "GRANT INSERT ON nguon.theo_ma TO nguoi_ghi", "GRANT nguoi_ghi TO vai@localhost"
    )
    return server


@pytest.fixture(scope="module", params=[_postgresql, _mariadb], ids=["postgresql", "mariadb"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    running = request.param()
    yield running
    running.own.stop()


@pytest.fixture
def reading(server, home):
    """Open a feed on the server as an account."""

    def of(account: str = "doc", source: str = "bhyt", password: str = PASSWORD, **settings: str):
        secret = put_secret(home, f"{account}:{password}")
        told = {"bang": "the_bhyt", "khoa": "id", "trang": "5", **server.settings, **settings}
        return opened(feed("sql", told, secret, source))

    return of


def test_every_row_comes_once_in_the_order_of_its_key(reading):
    with reading() as reader:
        pieces = brought(reader)
    assert [len(one.rows) for one in pieces] == [5, 5, 5, 5, 3]
    assert [one.key for one in pieces] == [f"trang-{number:06d}" for number in range(1, 6)]
    rows = [row for one in pieces for row in one.rows]
    assert [row["ma_the_bhyt"] for row in rows] == [f"GD4383820{number:06d}" for number in range(1, 24)]
    assert rows[2] == {
        "ho_ten": "Lê Thị Đức",
        "ngay_sinh": "04/02/1943",
        "gioi_tinh": "",
        "ma_the_bhyt": "GD4383820000003",
    }


@pytest.mark.parametrize("kept", range(6))
def test_a_pull_goes_on_after_the_pages_that_are_kept(reading, kept):
    with reading() as reader:
        whole = brought(reader)
    with reading() as reader:
        rest = brought(reader, done={one.key: one.mark for one in whole[:kept]})
    assert rest == whole[kept:]


@pytest.mark.parametrize("size", ["1", "22", "23", "24", "50000"])
def test_the_size_of_a_page_changes_no_row(reading, size):
    with reading(trang=size) as reader:
        pieces = brought(reader)
    assert sum(len(one.rows) for one in pieces) == len(ROWS)
    assert len(pieces) == -(-len(ROWS) // int(size))


def test_text_is_a_key_too(reading):
    with reading(bang="theo_ma", khoa="ma", trang="3") as reader:
        pieces = brought(reader)
        again = brought(reader, done={one.key: one.mark for one in pieces[:1]})
    assert [len(one.rows) for one in pieces] == [3, 3, 1]
    assert again == pieces[1:]
    assert pieces[0].rows[0] == {"ho_ten": "Vũ Văn 1", "ngay_sinh": "01/01/1990"}


def test_what_changed_is_told_by_its_column_with_an_overlap(reading):
    since = datetime(2022, 6, 7, 1, 30, tzinfo=UTC)  # 08:30 in Viet Nam, half an hour after the change of the 7th
    with reading(sua_luc="sua") as reader:
        changed = brought(reader, window("delta", since))
        all_of_it = brought(reader, window("delta", None))
        until = brought(reader, window("delta", since, since + timedelta(hours=1)))
    days = {changed for _, _, _, _, changed in ROWS}
    assert len(days) == 9
    of = {day: sum(one[4] == day for one in ROWS) for day in days}
    assert sum(len(one.rows) for one in changed) == of["2022-06-07"] + of["2022-06-08"] + of["2022-06-09"]
    assert sum(len(one.rows) for one in until) == of["2022-06-07"]
    assert sum(len(one.rows) for one in all_of_it) == len(ROWS)
    with reading(sua_luc="sua", chong_phut="0") as reader:
        exact = brought(reader, window("delta", since))
    assert sum(len(one.rows) for one in exact) == of["2022-06-08"] + of["2022-06-09"]


def test_a_select_is_read_as_it_is_written(reading):
    asked = "SELECT ma, ho_ten AS \"ho_ten\", '12:30' AS gio, 'x' AS gioi_tinh FROM theo_ma WHERE ho_ten LIKE 'V%';"
    if_mariadb = asked.replace('"', "`")
    with reading() as reader:
        system = reader._told["he"]
    with reading(bang="", cau_select=if_mariadb if system == "mariadb" else asked, khoa="ma") as reader:
        (first, second) = brought(reader)
    assert first.rows[0] == {"ho_ten": "Vũ Văn 1", "gioi_tinh": "x"}
    assert len(second.rows) == 2


def test_a_view_is_read_like_a_table_and_a_mapping_says_which_column_is_what(reading):
    with reading(bang="nhin", khoa="ma", ghep="MA = ma_the_bhyt\nho_ten = ho_ten") as reader:
        assert "2 cột" in reader.test()
        assert brought(reader)[0].rows[0] == {"ma_the_bhyt": "M01", "ho_ten": "Vũ Văn 1"}


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"ghep": "khong_co = ho_ten"}, "không có cột khong_co"),
        ({"ghep": "ho_ten = mau_mat"}, "không có trường mau_mat"),
        ({"ghep": "ho_ten → ho_ten"}, "dòng 1"),
        ({"khoa": "ma_so"}, "không có cột ma_so"),
        ({"khoa": "gioi_tinh"}, "có dòng bỏ trống"),
        ({"khoa": "ngay_sinh"}, "số nguyên hoặc chữ"),
        ({"cau_select": "SELECT 1"}, "một trong hai"),
        ({"bang": "", "cau_select": "SELECT 1; DELETE FROM theo_ma"}, "một câu"),
        ({"bang": "", "cau_select": "DELETE FROM theo_ma"}, "SELECT hoặc WITH"),
        ({"trang": "0"}, "ít nhất là 1"),
    ],
)
def test_settings_that_do_not_fit_are_named(reading, said, says):
    with pytest.raises(BadInput, match=says), reading(**said) as reader:
        brought(reader)


def test_a_key_that_is_not_unique_would_lose_rows_and_is_refused(reading):
    with pytest.raises(BadInput, match="lặp lại"), reading(khoa="ho_ten", trang="3") as reader:
        brought(reader)


@pytest.mark.parametrize("account", ["ghi", "cot", "vai"])
def test_an_account_that_may_write_is_not_used(reading, account):
    with pytest.raises(BadInput, match="chỉ có quyền đọc"), reading(account):
        pass


def test_the_owner_of_the_server_is_not_used(reading, server):
    owner = {"postgresql": "dean06", "mariadb": "root"}[server.system]
    with pytest.raises(BadInput, match="chỉ có quyền đọc"), reading(owner, password=""):
        pass


def test_the_session_itself_reads_alone(reading):
    with reading() as reader, pytest.raises(sa.exc.DBAPIError):
        reader._link.execute(sa.text("CREATE TABLE moi (id int)"))


@pytest.mark.parametrize(
    "wrong", [{"password": "sai"}, {"account": "la"}, {"bang": "khong_co"}, {"may": "/khong-co"}, {"csdl": "khac"}]
)
def test_what_cannot_be_read_is_told_without_account_and_password(reading, server, wrong):
    if server.system == "postgresql" and "password" in wrong:
        wrong = wrong | {"account": "la"}  # a private cluster trusts everybody whom it knows
    with pytest.raises(HouseError) as caught, reading(**wrong):
        pass
    assert isinstance(caught.value, Unavailable)
    told = f"{caught.value.vi} {caught.value.en} {caught.value.__cause__} {caught.value.__context__}"
    assert not [word for word in (PASSWORD, "doc:", "'doc'", "'la'", '"la"') if word in told]


def test_a_secret_that_is_no_account_is_told(server, home):
    secret = put_secret(home, "chi-mat-khau")
    told = {"bang": "the_bhyt", "khoa": "id", **server.settings}
    with pytest.raises(BadInput, match="tài khoản:mật khẩu"), opened(feed("sql", told, secret)):
        pass


# ---------------------------------------------------------------- compiled, and unverified

PAGES = {
    "mssql": (
        "SELECT TOP 6 id, ho_ten FROM dbo.the_bhyt WHERE id > 7 AND sua > '2022-06-10 02:00:00'"
        " AND sua <= '2022-06-10 02:00:00' ORDER BY id"
    ),
    "oracle": (
        "SELECT id, ho_ten FROM dbo.the_bhyt WHERE id > 7 AND sua > TO_DATE('2022-06-10 02:00:00', 'YYYY-MM-DD"
        " HH24:MI:SS') AND sua <= TO_DATE('2022-06-10 02:00:00', 'YYYY-MM-DD HH24:MI:SS') ORDER BY id FETCH FIRST 6"
        " ROWS ONLY"
    ),
}


@pytest.mark.parametrize("dialect", [mssql.dialect(), oracle.dialect()], ids=["mssql", "oracle"])
def test_a_page_is_compiled_for_the_systems_that_do_not_run_here(dialect):
    told = {"bang": "dbo.the_bhyt", "cau_select": "", "khoa": "id", "sua_luc": "sua"}
    at = DAY.replace(tzinfo=None)
    page = Query.of(told, ["id", "ho_ten"]).page(7, (at, at), 5)
    if dialect.name == "oracle":
        dialect._supports_offset_fetch = True
    compiled = page.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    assert " ".join(str(compiled).split()) == PAGES[dialect.name]


@pytest.mark.parametrize("system", ["mssql", "oracle"])
def test_a_system_without_its_driver_is_told(home, system):
    secret = put_secret(home, "a:b")
    told = {"he": system, "may": "127.0.0.1", "csdl": "x", "bang": "b", "khoa": "id"}
    with pytest.raises(Unavailable, match="trình nối"), opened(feed("sql", told, secret)):
        pass
