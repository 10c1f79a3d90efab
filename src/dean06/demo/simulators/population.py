"""The national population service over SOAP: it checks who asks and for what, and answers in QCVN 109.

It tells a name in capitals, sometimes in parts and sometimes whole in `Ten`; some addresses have lost their district.
"""

from __future__ import annotations

import base64
import hashlib
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from dean06.clock import service as clock
from dean06.demo.simulators.people import Registry
from dean06.demo.simulators.quotas import Quotas
from dean06.demo.simulators.serving import TURNED_AWAY, Fault, Faults, Reply, Request, faulty, served
from dean06.demo.types import Person

USER, SECRET, API_KEY = "don-vi-mau", "bi-mat-mau", "khoa-api-mau"
MEMBER = "VN/GOV/xa-mau/de-an-06"
SIGNED_URL = "https://dancu.example/services/tra-cuu"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
BCA, DANCU = "http://dancuquocgia.bca", "http://www.mic.gov.vn/dancu/1.0"
FRESH = 300_000
PURPOSE = ("MaYeuCau", "MaDVC", "MaTichHop", "MaCanBo", "MaDonVi", "TaiKhoan")

__all__ = ["API_KEY", "MEMBER", "SECRET", "SIGNED_URL", "USER", "Population", "Question"]


class Refusal(Exception):
    """A question that is not answered; `code` is the fault's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a person, as it came."""

    request: str
    number: str
    name: str
    born: str


class Population:
    """The service, the purposes it was told, and how to make it fail.

    Attributes:
        bare: whether it compares names in capitals without marks and spaces, or in capitals with their marks.
        detailed: whether a verification says which field disagrees.
        at_once: whether everybody was changed at one instant; `moved` says when somebody was changed meanwhile.
        closed: whether a span holds its end.
        now: the service's own clock; a question signed five minutes before or after it is refused.
        replays: whether a question put again under its own id gets its first answer again; else it is refused.
        quotas: how many questions it takes a second and a day, and how many came.
        asked: each question about a person that was answered, in order.
    """

    def __init__(self, registry: Registry, *, bare: bool = True, detailed: bool = False, most: int = 70) -> None:
        self.registry = registry
        self.bare = bare
        self.detailed = detailed
        self.most = most
        self.at_once = False
        self.closed = True
        self.moved: dict[int, datetime] = {}
        self.now: Callable[[], datetime] = clock.now
        self.faults = Faults()
        self.purposes: list[dict[str, str]] = []
        self.replays = False
        self.quotas = Quotas()
        self.asked: list[Question] = []
        self._requests: dict[str, str] = {}
        self._lock = threading.Lock()

    @contextmanager
    def serving(self, port: int = 0) -> Iterator[str]:
        """Serve on the loopback; gives the address."""
        with served(self._answer, port) as address:
            yield address

    @cached_property
    def people(self) -> list[Person]:
        """Whoever the service knows."""
        return self.registry.living[: self.most]

    def changed(self, at: int) -> datetime:
        """Return when the nth person was last changed."""
        if self.at_once:
            return datetime.combine(self.registry.first, time(8), clock.TZ)
        return self.moved.get(at) or datetime.combine(self.registry.touched(at), time(8, at % 60), clock.TZ)

    def truth(self) -> list[dict[str, str]]:
        """Return what a general list should read of a pull: everybody, by the day of their change."""
        told = sorted(enumerate(self.people), key=lambda one: (self.changed(one[0]), one[0]))
        return [self._true(one) for _at, one in told]

    def _answer(self, request: Request) -> Reply:
        fault = self.faults.take()
        if fault in TURNED_AWAY and fault is not Fault.REVOKED:
            return self._turned_away(fault, self.faults.rest)
        with self._lock:
            wait = self.quotas.take()
            if wait:
                return self._turned_away(Fault.QUOTA, wait)
            try:
                self._known(request)
                self._willing(fault)
                told = self._told(request.body, fault)
                return faulty(fault, Reply(200, _envelope(told), "text/xml; charset=utf-8"))
            except Refusal as refusal:
                inside = f"<faultcode>{refusal.code}</faultcode><faultstring>Loi</faultstring>"
                told = f"<soapenv:Fault>{inside}</soapenv:Fault>"
                return Reply(500, _envelope(told), "text/xml; charset=utf-8")

    def _turned_away(self, fault: Fault | None, rest: int) -> Reply:
        told = faulty(fault, Reply(200, b""))
        return replace(told, headers={"Retry-After": str(rest)}) if told.headers else told

    def _willing(self, fault: Fault | None) -> None:
        if fault is Fault.REVOKED:
            raise Refusal("Server.ServerProxy.AccessDenied")
        if fault is Fault.CODE:
            raise Refusal(self.faults.said)

    def _known(self, request: Request) -> None:
        stamp = request.headers.get("timestamp", "")
        proof = hashlib.sha256(f"{SIGNED_URL}{USER}{stamp}{SECRET}".encode()).hexdigest()
        pair = base64.b64encode(f"{USER}:{proof}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {pair}" or request.headers.get("apikey") != API_KEY:
            raise Refusal("AUTHEN_ERROR")
        if abs(int(stamp) - int(self.now().timestamp() * 1000)) > FRESH:
            raise Refusal("AUTHEN_ERROR")
        if request.headers.get("x-road-client") != MEMBER:
            raise Refusal("server.serverproxy.unknown_member")
        if request.headers.get("soapaction") != '""':
            raise Refusal("soapenv:Client")

    def _told(self, body: bytes, fault: Fault | None) -> str:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        (question,) = root.find(f"{{{SOAP}}}Body")
        asked = {etree.QName(one).localname: one for one in question}
        text = {name: (one.text or "").strip() for name, one in asked.items()}
        request = text.get("MaYeuCau", "")
        if self.replays and request in self._requests:
            return self._requests[request]
        if not request or request in self._requests:
            raise Refusal("soapenv:Client")
        if "Trang" in text:
            self._requests[request] = ""
            return self._page(text, fault)
        if not all(text.get(name) for name in PURPOSE) or not re.fullmatch(r"[0-9]{12}", text["MaCanBo"]):
            raise Refusal("soapenv:Client.PurposeMissing")
        self.purposes.append({name: text[name] for name in PURPOSE})
        born = asked.get("NgayThangNamSinh")
        digits = "".join(born.itertext()).strip() if born is not None else ""
        lookup = etree.QName(question).localname == "TraCuuThongTinCongDan"
        self.asked.append(
            Question(request, text.get("SoDinhDanh") or text.get("SoCMND", ""), text.get("HoVaTen", ""), digits)
        )
        told = self._looked_up(text, digits, None) if lookup else self._verified(text, digits)
        self._requests[request] = told
        return self._looked_up(text, digits, fault) if lookup and fault else told

    def _holder(self, text: Mapping[str, str]) -> tuple[int, Person] | None:
        number, old = text.get("SoDinhDanh"), text.get("SoCMND")
        found = (
            (at, one) for at, one in enumerate(self.people) if one.number == number or (old and one.old_card == old)
        )
        return next(found, None)

    def _disagreeing(self, text: Mapping[str, str], born: str, one: Person) -> list[str]:
        written = f"{one.year:04d}{one.month or 1:02d}{one.day or 1:02d}"
        name = _bare(one.name) if self.bare else one.name.upper()
        wrong = ["HoVaTen"] if text.get("HoVaTen") != name else []
        return wrong if born == written[: len(born)] and len(born) in {4, 8} else [*wrong, "NgayThangNamSinh"]

    def _looked_up(self, text: Mapping[str, str], born: str, fault: Fault | None) -> str:
        held = self._holder(text)
        people = [held] if held and not self._disagreeing(text, born, held[1]) else []
        return self._collection(people, fault)

    def _verified(self, text: Mapping[str, str], born: str) -> str:
        held = self._holder(text)
        wrong = self._disagreeing(text, born, held[1]) if held else []
        inside = f"<dan:TonTai>{str(held is not None and (self.detailed or not wrong)).lower()}</dan:TonTai>"
        if self.detailed and held:
            inside += "".join(
                f"<dan:{name}>{str(name not in wrong).lower()}</dan:{name}>" for name in ("HoVaTen", "NgayThangNamSinh")
            )
        return f'<dan:KetQuaXacThuc xmlns:dan="{BCA}">{inside}</dan:KetQuaXacThuc>'

    def _page(self, text: Mapping[str, str], fault: Fault | None) -> str:
        begin, end = (datetime.fromtimestamp(int(text[name]) / 1000, UTC) for name in ("TuNgay", "DenNgay"))
        told = sorted(enumerate(self.people), key=lambda one: (self.changed(one[0]), one[0]))
        found = [one for one in told if begin <= self.changed(one[0]) < end + timedelta(milliseconds=self.closed)]
        size = int(text["SoBanGhi"])
        at = (int(text["Trang"]) - 1) * size
        return self._collection(found[at : at + size], fault)

    def _collection(self, people: Sequence[tuple[int, Person]], fault: Fault | None) -> str:
        count = len(people) + 1 if fault is Fault.FEWER else len(people)
        inside = "".join(self._citizen(at, one, odd=fault is Fault.ODD_CODE) for at, one in people)
        return (
            f'<ns1:CongdanCollection xmlns:ns1="{DANCU}" GhiChu="" SoCongDan="{count}">{inside}</ns1:CongdanCollection>'
        )

    def _citizen(self, at: int, one: Person, *, odd: bool) -> str:
        sex = "7" if odd else "1" if one.male else "2"
        born = f"{one.year:04d}{one.month or 0:02d}{one.day or 0:02d}" if one.month else ""
        return _element(
            "CongDan",
            {
                "SoDinhDanh": one.number,
                "SoCMND": one.old_card,
                "HoVaTen": _name_parts(one.name.upper(), whole=at % 2 == 0),
                "GioiTinh": sex,
                "DanToc": one.people,
                "TonGiao": "00",
                "TinhTrangHonNhan": "2" if one.spouse >= 0 else "1",
                "NgayThangNamSinh": {"NgayThangNam": born} if born else {"Nam": f"{one.year:04d}"},
                "ThuongTru": self._address(at, one),
                "NoiOHienTai": self._address(at, one),
                "QuocTich": "VN",
                "Cha": {"HoVaTen": _name_parts(one.father_name.upper(), whole=True)},
                "Me": {"HoVaTen": _name_parts(one.mother_name.upper(), whole=False)},
                "SoSoHoKhau": f"44{one.household:07d}",
            },
        )

    def _address(self, at: int, one: Person) -> dict[str, Any]:
        told = {"MaTinhThanh": "44", "MaQuanHuyen": "456", "MaPhuongXa": self.registry.commune(one)}
        if at % 3 == 0:
            del told["MaQuanHuyen"]
        return told | {"ChiTiet": self.registry.address(one), "QuocGia": "VN"}

    def _true(self, one: Person) -> dict[str, str]:
        parts = [f"{one.day:02d}"] * bool(one.day) + [f"{one.month:02d}"] * bool(one.month) + [f"{one.year}"]
        return {
            "ho_ten": one.name.upper(), "ngay_sinh": "/".join(parts), "gioi_tinh": "Nam" if one.male else "Nữ",
            "so_cccd": one.number, "so_cmnd": one.old_card, "ma_xa": self.registry.commune(one),
            "dia_chi": self.registry.address(one), "ho_ten_cha": one.father_name.upper(),
            "ho_ten_me": one.mother_name.upper(),
        }  # fmt: skip


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return re.sub(r"[^A-Z0-9]", "", "".join(one for one in plain if not unicodedata.combining(one)).upper())


def _name_parts(name: str, *, whole: bool) -> dict[str, str]:
    words = name.split()
    if whole or len(words) < 2:
        return {"Ho": "", "ChuDem": "", "Ten": name}
    return {"Ho": words[0], "ChuDem": " ".join(words[1:-1]), "Ten": words[-1]}


def _element(name: str, told: Mapping[str, Any]) -> str:
    inside = "".join(
        f"<ns1:{one}>{escape(value)}</ns1:{one}>" if isinstance(value, str) else _element(one, value)
        for one, value in told.items()
    )
    return f"<ns1:{name}>{inside}</ns1:{name}>"


def _envelope(inside: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="{SOAP}"><soapenv:Header/>'
        f"<soapenv:Body>{inside}</soapenv:Body></soapenv:Envelope>"
    ).encode()
