"""The population service asked for all that changed between two moments, one span of time after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dean06.clock import service as clock
from dean06.clock.errors import BadInput, Unavailable
from dean06.sources.connectors.answers import malformed
from dean06.sources.connectors.citizens import Citizen, citizens
from dean06.sources.connectors.line import Line, checked_address, checked_authority, reached
from dean06.sources.connectors.population_service import TITLE
from dean06.sources.connectors.rest import AUTHORITY, authority_of, begin_of, waiting_time
from dean06.sources.connectors.soap_channel import Channel, account, new_request
from dean06.sources.connectors.types import Form, Kind, Opening, Piece, Setting, Window
from dean06.sources.contract import Contract
from dean06.sources.rule import Words

OPERATION = "TraCuuThongTinCongDan"
MOST_PAGES = 100_000
LARGEST_PAGE = 1000
LONGEST, SHORTEST = timedelta(days=1), timedelta(milliseconds=2)

__all__ = ["KIND"]


@dataclass(frozen=True, slots=True)
class SoapReader:
    """The population service, open to be pulled into a contract's roles."""

    channel: Channel
    contract: Contract
    kind: str
    size: int
    begin: date | None

    def test(self) -> str:
        """Ask for one person of today; return a sentence of what was found."""
        until = clock.now()
        found = self._page(datetime.combine(until.date(), time(), clock.TZ), until, 1, 1)
        return f"{TITLE.vi} trả lời đúng dạng; hôm nay {'có' if found else 'chưa có'} thay đổi."

    def pieces(self, window: Window, done: Mapping[str, str]) -> Iterator[Piece]:
        """Bring one span of time after another, each small enough for one page.

        So whoever changes while the pull goes on is missed alone, and moves nobody from one page to another. Spans
        share their ends, whichever end the service counts in; `mark` says where a span ends and who was in it.
        """
        start, before = self._start(window), frozenset[str]()
        for mark in done.values():
            ended, *numbers = mark.split()
            start, before = _moment(int(ended)), frozenset(numbers)
        span = LONGEST
        while start < window.until:
            end = min(start + span, window.until)
            people = self._page(start, end, 1, self.size)
            if len(people) >= self.size:
                if end - start > SHORTEST:
                    span = max((end - start) / 2, SHORTEST)
                    continue
                people = self._instant(start, end, people)
            here = [one for one in people if one.number not in before]
            before = frozenset(one.number for one in people)
            mark = " ".join((_milliseconds(end), *sorted(before)))
            yield Piece(key=f"tu-{_milliseconds(start)}", rows=tuple(map(self._row, here)), mark=mark)
            start, span = end, min(span * 2, LONGEST)

    def _instant(self, start: datetime, end: datetime, first: tuple[Citizen, ...]) -> tuple[Citizen, ...]:
        """Return everybody who was changed at one instant, as when a whole commune is given a new code."""
        found = {one.number: one for one in first}
        for page in range(2, MOST_PAGES):
            people = self._page(start, end, page, self.size)
            found |= {one.number: one for one in people}
            if len(people) < self.size:
                return tuple(found.values())
        raise malformed(TITLE, "danh sách dài vô tận", "its list does not end")

    def taken(self, _keys: tuple[str, ...], _problem: str) -> None:
        """Nothing is put away: the service keeps no marks."""

    def close(self) -> None:
        """Let go of the connection."""
        self.channel.line.close()

    def _start(self, window: Window) -> datetime:
        if window.extent == "delta" and window.since is not None:
            return window.since
        day = self.begin or datetime.strptime(window.period, "%Y-%m").date()  # noqa: DTZ007  a day, no instant
        return datetime.combine(day, time(), clock.TZ)

    def _page(self, start: datetime, until: datetime, page: int, size: int) -> tuple[Citizen, ...]:
        told = {
            "MaYeuCau": new_request(),
            "TuNgay": _milliseconds(start),
            "DenNgay": _milliseconds(until),
            "Loai": self.kind,
            "Trang": str(page),
            "SoBanGhi": str(size),
        }
        people = citizens(TITLE, self.channel.call(OPERATION, told))
        if len(people) > size or not all(one.number for one in people):
            raise malformed(TITLE, "trang thừa dòng hoặc có người không có số", "a page is too long, or has no numbers")
        return people

    def _row(self, one: Citizen) -> dict[str, str]:
        """Return a citizen under the contract's own fields, by the roles they have."""
        told = {
            "ho_ten": one.name,
            "ngay_sinh": "/".join(reversed(one.born.split("-"))),
            "gioi_tinh": one.sex,
            "so_cccd": one.number,
            "so_cmnd": one.old_number,
            "ma_xa": one.home.commune,
            "dia_chi": one.home.detail,
            "ho_ten_cha": one.father,
            "ho_ten_me": one.mother,
        }
        return {field.code: told[field.role] for field in self.contract.fields if field.role in told}


def _milliseconds(moment: datetime) -> str:
    return str(round(moment.timestamp() * 1000))


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, clock.TZ)


def _open(opening: Opening) -> SoapReader:
    said = opening.settings
    if opening.secret is None:
        raise Unavailable(
            f"{TITLE.vi} cần tài khoản: khai báo bí mật cho kết nối.",
            f"{TITLE.en} needs an account: give the connection its secret.",
        )
    line = Line(url=said["dia_chi"], title=TITLE, timeout=waiting_time(said), authority=authority_of(said))
    channel = Channel(
        line=line,
        account=account(opening.secret),
        signed_url=said.get("dia_chi_ky") or said["dia_chi"],
        member=said.get("thanh_vien", ""),
    )
    return SoapReader(channel, opening.contract, said["loai"], _size(said), begin_of(said))


def _size(said: Mapping[str, str]) -> int:
    text = said.get("so_ban_ghi") or "200"
    if not text.isdigit() or not 1 <= int(text) <= LARGEST_PAGE:
        raise BadInput(
            f"Số bản ghi mỗi trang phải từ 1 đến {LARGEST_PAGE}.",
            f"The rows of a page must be from 1 to {LARGEST_PAGE}.",
        )
    return int(text)


def _check(said: Mapping[str, str]) -> None:
    checked_address(said.get("dia_chi", ""))
    checked_authority(authority_of(said))
    waiting_time(said)
    begin_of(said)
    _size(said)
    member = said.get("thanh_vien", "")
    if member and len(member.split("/")) not in {3, 4}:
        raise BadInput(
            "Mã thành viên trục kết nối phải có 3 hoặc 4 phần, như VN/GOV/xa-mau/de-an-06.",
            "The member's code must have three or four parts, like VN/GOV/member/subsystem.",
        )


KIND = Kind(
    code="soap",
    title=Words(vi="Dịch vụ dân cư (SOAP)", en="Population service (SOAP)"),
    settings=(
        Setting(
            code="dia_chi",
            title=Words(vi="Địa chỉ dịch vụ", en="Address of the service"),
            help=Words(vi="Địa chỉ được gọi, thường là của trục kết nối", en="The address called, often a gateway's"),
        ),
        Setting(
            code="dia_chi_ky",
            title=Words(vi="Địa chỉ dùng để ký", en="Address that is signed"),
            help=Words(vi="Để trống khi trùng với địa chỉ được gọi", en="Empty where it is the address called"),
            required=False,
        ),
        Setting(
            code="thanh_vien",
            title=Words(vi="Thành viên trục kết nối (X-Road-Client)", en="Member (X-Road-Client)"),
            required=False,
        ),
        Setting(code="loai", title=Words(vi="Loại dữ liệu", en="Kind of data"), default="1", required=False),
        Setting(
            code="so_ban_ghi",
            title=Words(vi="Số bản ghi mỗi trang", en="Rows a page"),
            form=Form.NUMBER,
            default="200",
            required=False,
        ),
        Setting(
            code="tu_ngay",
            title=Words(vi="Lấy từ ngày", en="From the day"),
            help=Words(vi="dd/mm/yyyy; để trống là từ đầu kỳ", en="dd/mm/yyyy; the period's first day where empty"),
            required=False,
        ),
        AUTHORITY,
        Setting(
            code="cho_giay",
            title=Words(vi="Chờ mỗi câu trả lời (giây)", en="Seconds to wait for an answer"),
            form=Form.NUMBER,
            default="30",
            required=False,
        ),
    ),
    secret=Words(
        vi='JSON của tài khoản: {"user": …, "secret": …, "api_key": …}',
        en='the account as JSON: {"user": …, "secret": …, "api_key": …}',
    ),
    deltas=True,
    open=_open,
    check=_check,
    hosts=lambda said: (reached(said["dia_chi"]),),
)
