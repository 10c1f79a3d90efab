"""A database, read through SQLAlchemy under an account that can read and nothing else.

Pages follow a key in order, each from the last key of the one before it, so a pull goes on where it stopped and no row
comes twice. What the database says is never quoted: it may name an account, or hold a person's value.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from dean06.clock import service as clock
from dean06.clock.errors import BadInput, Unavailable
from dean06.sources.connectors import sql_dialects as dialects
from dean06.sources.connectors.sql_mapping import SELECT, columns_of, mapping_of
from dean06.sources.connectors.types import Form, Kind, Opening, Piece, Secret, Setting, Window
from dean06.sources.contract import Contract
from dean06.sources.rule import Words

MOST_PAGE = 50_000
Answer = TypeVar("Answer")

__all__ = ["KIND", "Query", "Sql"]


@dataclass(frozen=True, slots=True)
class Query:
    """What is read: a table or a SELECT, by its key, and by when a row was changed where there is such a column."""

    source: sa.FromClause
    columns: tuple[str, ...]
    key: str
    changed: str

    @classmethod
    def of(cls, told: Mapping[str, str], columns: Sequence[str] = ()) -> Query:
        """Return the query of a feed's settings, for the columns that it is to have."""
        named: list[sa.ColumnClause[Any]] = [sa.column(one) for one in columns]
        if told["cau_select"]:
            text = sa.text(told["cau_select"].rstrip().rstrip(";").replace(":", r"\:"))
            source: sa.FromClause = text.columns(*named).subquery("d")
        else:
            schema, _, name = told["bang"].rpartition(".")
            source = sa.table(name, *named, schema=schema or None)
        return cls(source, tuple(columns), told["khoa"], told["sua_luc"])

    def probe(self) -> sa.Select[Any]:
        """Ask for no row, to learn which columns there are."""
        return sa.select(sa.text("*")).select_from(self.source).where(sa.false())

    def unkeyed(self) -> sa.Select[Any]:
        """Ask for one row that pages would pass over: it has no key."""
        key: sa.ColumnElement[Any] = sa.column(self.key)
        return sa.select(sa.literal(1)).select_from(self.source).where(key.is_(None)).limit(1)

    def page(self, after: str | int | None, span: tuple[datetime, datetime] | None, size: int) -> sa.Select[Any]:
        """Ask for one row more than a page after a key, changed within a span of time."""
        key: sa.ColumnElement[Any] = sa.column(self.key)
        asked = sa.select(*(sa.column(one) for one in self.columns)).select_from(self.source)
        if after is not None:
            asked = asked.where(key > after)
        if span is not None:
            changed: sa.ColumnElement[Any] = sa.column(self.changed)
            asked = asked.where(changed > span[0], changed <= span[1])
        return asked.order_by(key).limit(size + 1)


class Sql:
    """An open connection to a database."""

    def __init__(self, opening: Opening) -> None:
        told = opening.settings
        self._told, self._contract = told, opening.contract
        self._dialect = dialects.named(told["he"])
        self._size = min(int(told["trang"]), MOST_PAGE)
        account, password = _account(opening.secret)
        self._engine = self._plainly(lambda: self._reached(account, password))
        self._link = self._plainly(self._engine.connect)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _reached(self, account: str, password: str) -> sa.Engine:
        return sa.create_engine(
            self._dialect.url(self._told, account, password),
            poolclass=NullPool,
            hide_parameters=True,
            connect_args=dict(self._dialect.connecting),
        )

    def _prepare(self) -> None:
        """Let the session read alone, see that the account can do no more, and learn the columns."""
        for statement in self._dialect.session:
            self._plainly(partial(self._link.execute, sa.text(statement)))
        self._plainly(self._link.commit)
        writes = self._asked(lambda: self._dialect.may_write(self._link))
        if writes:
            raise BadInput(
                f"Tài khoản của kết nối ghi được vào cơ sở dữ liệu «{self._told['csdl']}»: không dùng. Xin cơ quan tài"
                " khoản chỉ có quyền đọc (SELECT).",
                f"The feed's account may write to the database {self._told['csdl']!r}: it is not used. Ask the agency"
                " for one that has SELECT alone.",
            )
        there = self._asked(lambda: list(self._link.execute(Query.of(self._told).probe()).keys()))
        self._fields = mapping_of(self._told, there, self._contract)
        self._query = Query.of(self._told, columns_of(self._told, there, self._fields))

    def test(self) -> str:
        """Ask for one row, and tell how many fields of the contract the columns give."""
        self._require_keys()
        self._asked(lambda: self._link.execute(self._query.page(None, None, 1)).first())
        return f"Đã nối bằng tài khoản chỉ đọc; {len(self._fields)} cột ghép được vào trường của hợp đồng."

    def pieces(self, window: Window, done: Mapping[str, str]) -> Iterator[Piece]:
        """Bring the pages that follow those that are kept."""
        marks = list(done.values())
        if marks and not json.loads(marks[-1])["more"]:
            return
        if not marks:
            self._require_keys()
        after, number, more = json.loads(marks[-1])["after"] if marks else None, len(marks), True
        while more:
            rows = self._page(after, self._span(window))
            more, rows = len(rows) > self._size, rows[: self._size]
            if not rows:
                return
            number, after = number + 1, _mark(rows[-1][self._query.key])
            yield Piece(
                key=f"trang-{number:06d}",
                rows=tuple(self._told_row(row) for row in rows),
                mark=json.dumps({"after": after, "more": more}),
            )

    def taken(self, keys: tuple[str, ...], problem: str) -> None:
        """Do nothing: a database is left as it is."""

    def close(self) -> None:
        """Let go of the database."""
        self._plainly(self._link.close)
        self._engine.dispose()

    def _span(self, window: Window) -> tuple[datetime, datetime] | None:
        """Return the span of changes, in the database's local time, overlapping the last one: clocks differ."""
        if window.extent == "full" or window.since is None:
            return None
        since = window.since - timedelta(minutes=int(self._told["chong_phut"]))
        return tuple(one.astimezone(clock.TZ).replace(tzinfo=None) for one in (since, window.until))  # type: ignore[return-value]  # two in, two out

    def _page(self, after: str | int | None, span: tuple[datetime, datetime] | None) -> list[Mapping[str, Any]]:
        rows = self._asked(lambda: self._streamed(self._query.page(after, span, self._size)))
        keys = [_mark(row[self._query.key]) for row in rows]
        if len(set(keys)) < len(keys):
            raise BadInput(
                f"Cột khóa «{self._query.key}» có giá trị lặp lại, phân trang sẽ mất dòng: chọn cột khóa duy nhất.",
                f"The key column {self._query.key!r} holds a value twice, pages would lose rows: choose a unique one.",
            )
        return rows

    def _require_keys(self) -> None:
        empty = self._asked(lambda: self._link.execute(self._query.unkeyed()).first()) is not None
        if empty:
            raise BadInput(
                f"Cột khóa «{self._query.key}» có dòng bỏ trống: chọn cột khóa luôn có giá trị.",
                f"The key column {self._query.key!r} is empty in some row: choose one that is always filled.",
            )

    def _told_row(self, row: Mapping[str, Any]) -> dict[str, str]:
        return {field: _text(row[column], self._contract) for column, field in self._fields.items()}

    def _streamed(self, page: sa.Select[Any]) -> list[Mapping[str, Any]]:
        streamed = self._link.execution_options(stream_results=True, yield_per=1000)
        return [dict(row) for row in streamed.execute(page).mappings()]

    def _asked(self, question: Callable[[], Answer]) -> Answer:
        """Ask in a transaction of its own, which ends at once: the database keeps nothing for us meanwhile."""
        answer = self._plainly(question)
        self._plainly(self._link.rollback)
        return answer

    def _plainly(self, work: Callable[[], Answer]) -> Answer:
        """Tell what goes wrong in our own words, outside of the handler, so that nothing stands behind them."""
        try:
            return work()
        except (ModuleNotFoundError, NoSuchModuleError):
            told = _no_driver(self._dialect)
        except (SQLAlchemyError, OSError):
            told = Unavailable(
                f"Không nối được, hoặc không đọc được, cơ sở dữ liệu «{self._told['csdl']}» ở {self._told['may']}: kiểm"
                " tra máy, tài khoản, tên bảng và cột; sẽ thử lại.",
                f"The database {self._told['csdl']!r} at {self._told['may']} cannot be reached or read: check host,"
                " account, table and columns; it is tried again.",
            )
        raise told


def _no_driver(of: dialects.Dialect) -> Unavailable:
    return Unavailable(
        f"Máy chủ chưa có trình nối {of.title} ({of.driver}): người vận hành cài rồi khởi động lại.",
        f"The server has no driver for {of.title} ({of.driver}): the operator installs it and starts again.",
    )


def _account(secret: Secret | None) -> tuple[str, str]:
    name, colon, password = (secret.text if secret else "").partition(":")
    if not colon:
        raise BadInput(
            "Bí mật của kết nối SQL phải viết «tài khoản:mật khẩu»: người vận hành sửa lại.",
            "The secret of an SQL feed is written `account:password`: the operator corrects it.",
        )
    return name, password


def _mark(value: Any) -> str | int:
    """Return a key as it can be kept and compared again."""
    if (
        isinstance(value, bool)
        or not isinstance(value, int | str | Decimal)
        or (isinstance(value, Decimal) and value % 1)
    ):
        raise BadInput(
            "Cột khóa phải là số nguyên hoặc chữ: chọn cột khác.",
            "The key column holds whole numbers or text: choose another.",
        )
    return int(value) if isinstance(value, Decimal) else value


def _text(value: Any, contract: Contract) -> str:
    """Write a value as a list of the contract writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):  # a moment too: lists hold days
        return f"{value:%Y-%m-%d}" if contract.dates.order == "ymd" else _local_day(value, contract)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str | int | float):
        return str(value)
    raise BadInput(
        "Bảng có cột kiểu nhị phân hoặc kiểu lạ trong các cột được ghép: bỏ cột đó khỏi phần ghép.",
        "Among the mapped columns one has a binary or strange type: leave it out of the mapping.",
    )


def _local_day(value: date, contract: Contract) -> str:
    return f"{value:%m/%d/%Y}" if contract.dates.order == "mdy" else f"{value:%d/%m/%Y}"


def _check(told: Mapping[str, str]) -> None:
    if bool(told["bang"]) == bool(told["cau_select"]):
        raise BadInput("Điền tên bảng hoặc câu SELECT, một trong hai.", "Give a table or a SELECT, one of the two.")
    if told["cau_select"] and (";" in told["cau_select"].rstrip().rstrip(";") or not SELECT.match(told["cau_select"])):
        raise BadInput(
            "Câu SELECT chỉ gồm một câu bắt đầu bằng SELECT hoặc WITH.",
            "The SELECT is one statement, from SELECT or WITH.",
        )
    if int(told["trang"]) < 1:
        raise BadInput("Số dòng mỗi trang ít nhất là 1.", "A page has at least 1 row.")


KIND = Kind(
    code="sql",
    title=Words(vi="Cơ sở dữ liệu (SQL)", en="A database (SQL)"),
    settings=(
        Setting(
            code="he",
            title=Words(vi="Hệ quản trị", en="Database system"),
            form=Form.CHOICE,
            choices={one.code: Words(vi=one.title, en=one.title) for one in dialects.DIALECTS},
        ),
        Setting(
            code="may",
            title=Words(vi="Máy chủ", en="Host"),
            help=Words(
                vi="Tên máy, địa chỉ, hoặc đường dẫn ổ cắm bắt đầu bằng /.", en="Host, address, or a socket's path."
            ),
        ),
        Setting(code="cong", title=Words(vi="Cổng", en="Port"), form=Form.NUMBER, required=False),
        Setting(code="csdl", title=Words(vi="Cơ sở dữ liệu", en="Database")),
        Setting(code="bang", title=Words(vi="Bảng hoặc khung nhìn", en="Table or view"), required=False),
        Setting(
            code="cau_select",
            title=Words(vi="Hoặc câu SELECT", en="Or a SELECT"),
            form=Form.LONG,
            required=False,
        ),
        Setting(code="khoa", title=Words(vi="Cột khóa (duy nhất)", en="Key column (unique)")),
        Setting(
            code="sua_luc",
            title=Words(vi="Cột thời điểm sửa", en="Column of the last change"),
            help=Words(vi="Cần cho lấy phần thay đổi; giờ Việt Nam.", en="Needed to pull changes; in Viet Nam's time."),
            required=False,
        ),
        Setting(
            code="ghep",
            title=Words(vi="Ghép cột vào trường", en="Columns and fields"),
            help=Words(
                vi="Mỗi dòng: TÊN_CỘT = ma_truong. Cột trùng tên trường hoặc tên cột thường gặp thì tự ghép.",
                en="A line each: COLUMN = field. Columns named like a field or its usual headings match by themselves.",
            ),
            form=Form.LONG,
            required=False,
        ),
        Setting(
            code="trang",
            title=Words(vi="Số dòng mỗi trang", en="Rows a page"),
            form=Form.NUMBER,
            default="5000",
            required=False,
        ),
        Setting(
            code="chong_phut",
            title=Words(vi="Lấy chồng (phút)", en="Overlap (minutes)"),
            help=Words(
                vi="Lấy lại phần sửa ngay trước lần trước, phòng đồng hồ lệch.",
                en="Changes shortly before the last pull are taken again, for clocks differ.",
            ),
            form=Form.NUMBER,
            default="60",
            required=False,
        ),
    ),
    secret=Words(vi="tài khoản:mật khẩu", en="account:password"),
    deltas=True,
    open=Sql,
    check=_check,
    delta_needs="sua_luc",
    hosts=dialects.hosts,
)
