"""A service of a provincial platform, asked over REST as its description says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings as house

from dean06.clock import service as clock
from dean06.clock.errors import BadInput, Unavailable
from dean06.sources.connectors.asking import Asking
from dean06.sources.connectors.bearer import Bearer
from dean06.sources.connectors.courses import DATES, ByDays, ByNumbers, OfWaiting, numbers_of
from dean06.sources.connectors.description import (
    Dated,
    Description,
    Listed,
    Waiting,
    bounded_text,
    load,
    shipped,
    shipped_ids,
)
from dean06.sources.connectors.line import Line, checked_address, checked_authority, reached
from dean06.sources.connectors.types import Form, Kind, Opening, Piece, Setting, Window
from dean06.sources.rule import Words

OWN = "dich-vu"  # descriptions of the installation's own, under DEAN06_HOME
AUTHORITIES = "chung-thu"  # issuers to trust instead of the system's, under DEAN06_HOME
LISTS = "danh-sach"  # lists of numbers to ask for, under DEAN06_HOME, a folder for each group
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
LIST_BYTES = 5_000_000
LONGEST = 600

__all__ = ["AUTHORITY", "KINDS", "authority_of", "begin_of", "described", "services", "waiting_time"]


def services() -> tuple[str, ...]:
    """Return the services that can be pulled: those shipped, and those described on this machine."""
    own = (path.stem for path in _own().glob("*.yaml") if NAME.fullmatch(path.stem))
    return tuple(sorted({*shipped_ids(), *own}))


def _own() -> Path:
    return Path(house.HOME) / OWN


def described(service: str) -> Description:
    """Return the description of a service; one of this machine stands before a shipped one of the same name."""
    own = _own() / f"{service}.yaml"
    if NAME.fullmatch(service) and own.is_file():
        found = load(own)
    elif service in shipped_ids():
        found = shipped(service)
    else:
        names = ", ".join(services())
        raise BadInput(
            f"Không có mô tả dịch vụ với tên này: chọn một trong {names}, hoặc đặt tệp mô tả vào {_own()}.",
            f"There is no service described by that name: choose one of {names}, or put a description into {_own()}.",
        )
    if found.id != service:
        raise BadInput(
            f"Mô tả dịch vụ «{service}.yaml» ghi id khác tên tệp: sửa cho trùng.",
            f"The description {service}.yaml has another id than its name: make them the same.",
        )
    return found


@dataclass(frozen=True, slots=True)
class RestReader:
    """A described service of a platform, open to be pulled."""

    asking: Asking
    course: ByDays | OfWaiting | ByNumbers

    def test(self) -> str:
        """Reach the other side, and ask for as little as can be; return a sentence of what was found."""
        found = self.course.test(clock.today())
        title = self.asking.service.title.vi
        if isinstance(self.course, ByNumbers):
            return f"{title} trả lời đúng dạng; danh sách cần hỏi có {found} mã số."
        if isinstance(self.course, OfWaiting):
            return f"{title} trả lời đúng dạng; đang có {found} hồ sơ chờ lấy."
        return f"{title} trả lời đúng dạng; hôm nay có {found} hồ sơ ở trang đầu."

    def pieces(self, window: Window, done: Mapping[str, str]) -> Iterator[Piece]:
        """Bring what the window asks for."""
        return self.course.pieces(window, done)

    def taken(self, keys: tuple[str, ...], problem: str) -> None:
        """Have what was delivered marked as taken, where the service keeps such marks; not where it was refused."""
        if isinstance(self.course, OfWaiting) and not problem:
            self.course.taken(keys)

    def close(self) -> None:
        """Let go of the connection."""
        self.asking.line.close()


def _open(opening: Opening) -> RestReader:
    said = opening.settings
    service = described(said["dich_vu"])
    title = service.title
    if service.contract != opening.contract.id:
        raise BadInput(
            f"{title.vi} cho dữ liệu của nguồn «{service.contract}», không phải «{opening.contract.id}»: chọn lại.",
            f"{title.en} gives data of the source {service.contract!r}, not {opening.contract.id!r}: choose again.",
        )
    if opening.secret is None:
        raise Unavailable(
            f"{service.title.vi} cần mã truy cập hoặc khóa và bí mật của ứng dụng: khai báo cho kết nối.",
            f"{service.title.en} needs a token, or an application's key and secret: give them to the connection.",
        )
    line = Line(
        url=said["dia_chi"],
        title=service.title,
        timeout=waiting_time(said),
        authority=authority_of(said),
    )
    bearer = Bearer(secret=opening.secret, line=line, path=said.get("duong_ma") or service.token)
    asking = Asking(service=service, line=line, bearer=bearer, known=said)
    return RestReader(asking, _course(asking, opening))


def _course(asking: Asking, opening: Opening) -> ByDays | OfWaiting | ByNumbers:
    said = opening.settings
    match asking.service.course:
        case Dated() as dated:
            return ByDays(asking, dated, begin_of(said))
        case Waiting() as waiting:
            return OfWaiting(asking, waiting)
        case Listed() as listed:
            return ByNumbers(asking, listed, _numbers(_list_file(opening.group, said["danh_sach"]), listed.pattern))


def begin_of(said: Mapping[str, str]) -> date | None:
    """Return the first day to ask for, where the settings say one."""
    text = said.get("tu_ngay", "").strip()
    if not text:
        return None
    try:
        return datetime.strptime(text, DATES).date()  # noqa: DTZ007  a day, no instant
    except ValueError:
        raise BadInput(
            "«Lấy từ ngày» phải ghi dd/mm/yyyy, như 01/07/2025.",
            "The first day must be written dd/mm/yyyy, like 01/07/2025.",
        ) from None


def authority_of(said: Mapping[str, str]) -> str:
    """Return the file of issuers to trust, empty where the system's are."""
    name = said.get("chung_thu", "")
    if name and not FILE.fullmatch(name):
        raise BadInput(
            "Tên tệp chứng thư gốc chỉ gồm chữ không dấu, số, gạch và chấm.",
            "The name of the file of authorities has letters without marks, digits, dashes and dots alone.",
        )
    return str(Path(house.HOME) / AUTHORITIES / name) if name else ""


def _list_file(group: str, name: str) -> Path:
    if not FILE.fullmatch(name):
        raise BadInput(
            "Tên danh sách mã số chỉ gồm chữ không dấu, số, gạch và chấm.",
            "The name of the list has letters without marks, digits, dashes and dots alone.",
        )
    return Path(house.HOME) / LISTS / group / name


def _numbers(path: Path, pattern: str) -> tuple[str, ...]:
    text = bounded_text(path, LIST_BYTES)
    if text is None:
        raise Unavailable(
            f"Danh sách mã số chưa có hoặc không đọc được: đặt tệp văn bản (dưới 5 MB) vào {path}.",
            f"The list of numbers is missing or unreadable: put a text file (under 5 MB) at {path}.",
        )
    return numbers_of(text, pattern, path.name)


def waiting_time(said: Mapping[str, str]) -> float:
    """Return the seconds that an answer may take, from the settings."""
    text = said.get("cho_giay") or "30"
    if not text.isdigit() or not 1 <= int(text) <= LONGEST:
        raise BadInput(
            f"Số giây chờ phải là số từ 1 đến {LONGEST}.",
            f"The seconds to wait must be a number from 1 to {LONGEST}.",
        )
    return float(text)


def _checking(course: str) -> Callable[[Mapping[str, str]], None]:
    """Return what looks at the settings of services of one course."""

    def check(said: Mapping[str, str]) -> None:
        service = described(said.get("dich_vu", ""))
        if service.course.course != course:
            raise BadInput(
                f"{service.title.vi} được lấy theo cách khác: chọn loại kết nối «{TITLES[service.course.course].vi}».",
                f"{service.title.en} is pulled another way: choose the kind {TITLES[service.course.course].en!r}.",
            )
        checked_address(said.get("dia_chi", ""))
        checked_authority(authority_of(said))
        waiting_time(said)
        begin_of(said)
        path = said.get("duong_ma", "")
        if path and not re.fullmatch(r"/[!-~]*", path):
            raise BadInput("Đường dẫn cấp mã phải bắt đầu bằng «/».", "The token's path must begin with a slash.")
        if missing := sorted(name for name in service.needs if not said.get(name, "").strip()):
            titles = ", ".join(one.title.vi for one in (*_DATED, *_LISTED) if one.code in missing)
            raise BadInput(f"{service.title.vi} cần thêm: {titles}.", f"{service.title.en} also needs: {missing}.")
        if said.get("danh_sach"):
            _list_file("", said["danh_sach"])

    return check


TITLES = {
    "dated": Words(vi="Dịch vụ REST, theo ngày", en="REST service, by days"),
    "waiting": Words(vi="Dịch vụ REST, hồ sơ chờ lấy", en="REST service, waiting records"),
    "listed": Words(vi="Dịch vụ REST, theo danh sách mã số", en="REST service, by a list of numbers"),
}
# The services that come with the product, by course.
SERVICES = {
    "dated": ("ho-tich-khai-sinh", "ho-tich-khai-tu", "ho-tich-ket-hon", "doanh-nghiep"),
    "waiting": ("ly-lich-tu-phap",),
    "listed": ("bao-hiem-xa-hoi",),
}
_ADDRESS = Setting(
    code="dia_chi",
    title=Words(vi="Địa chỉ nền tảng", en="Address of the platform"),
    help=Words(vi="Như https://api.tinh.gov.vn", en="Like https://api.province.example"),
)
_DATED = (
    Setting(
        code="tu_ngay",
        title=Words(vi="Lấy từ ngày", en="From the day"),
        help=Words(vi="dd/mm/yyyy; để trống là từ đầu kỳ", en="dd/mm/yyyy; the period's first day where empty"),
        required=False,
    ),
    Setting(code="ma_don_vi", title=Words(vi="Mã đơn vị", en="Code of the unit"), required=False),
    Setting(code="ma_tinh", title=Words(vi="Mã tỉnh", en="Code of the province"), required=False),
)
_LISTED = (
    Setting(
        code="danh_sach",
        title=Words(vi="Danh sách mã số cần hỏi", en="List of numbers to ask for"),
        help=Words(
            vi=f"Tên tệp người vận hành đặt trong {LISTS}/<mã tổ>/ của máy chủ, mỗi dòng một mã số",
            en=f"A file that the operator puts into {LISTS}/<group>/ of the server, one number a line",
        ),
    ),
)
AUTHORITY = Setting(
    code="chung_thu",
    title=Words(vi="Tệp chứng thư gốc (PEM)", en="File of authorities (PEM)"),
    help=Words(
        vi=f"Tên tệp trong {AUTHORITIES}/ của máy chủ; để trống là tin nơi cấp của hệ điều hành",
        en=f"A file in {AUTHORITIES}/ of the server; the system's authorities where empty",
    ),
    required=False,
)
_LINE = (
    Setting(
        code="duong_ma",
        title=Words(vi="Đường dẫn cấp mã truy cập", en="Path that gives tokens"),
        help=Words(vi="Để trống là theo mô tả dịch vụ", en="As the service's description says where empty"),
        required=False,
    ),
    AUTHORITY,
    Setting(
        code="cho_giay",
        title=Words(vi="Chờ mỗi câu trả lời (giây)", en="Seconds to wait for an answer"),
        form=Form.NUMBER,
        required=False,
        default="30",
    ),
)


def _kind(code: str, course: str, settings: tuple[Setting, ...]) -> Kind:
    names = ", ".join(SERVICES[course])
    service = Setting(
        code="dich_vu",
        title=Words(vi="Dịch vụ", en="Service"),
        help=Words(vi=f"{names}, hoặc tên một mô tả riêng", en=f"{names}, or a description of your own"),
    )
    return Kind(
        code=code,
        title=TITLES[course],
        settings=(service, _ADDRESS, *settings, *_LINE),
        secret=Words(
            vi="mã truy cập (bearer token), hoặc «khóa:bí mật» của ứng dụng đã đăng ký",
            en="a bearer token, or `key:secret` of a registered application",
        ),
        deltas=course == "dated",
        open=_open,
        check=_checking(course),
        queue=course == "waiting",
        hosts=lambda said: (reached(said["dia_chi"]),),
    )


KINDS = (_kind("rest", "dated", _DATED), _kind("rest-queue", "waiting", ()), _kind("rest-list", "listed", _LISTED))
