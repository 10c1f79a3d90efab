"""The registers of a group of the demonstration: each method is one act of one person, through the flows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from dean06.clock import service as clock
from dean06.demo.office import Office
from dean06.demo.timetable import Event, at, office_day, own_day
from dean06.flows import tracking
from dean06.flows.tracking import NewWork, Said, seed
from dean06.work.service import registers
from dean06.work.service.registers import Change, EntryInfo, Value

UNREGULATED = "Quy chế không quy định riêng; ghi theo phân công của Tổ trưởng."
ISSUES, CONNECTIONS, COMPONENTS, INCIDENTS = "vuong-mac", "tich-hop", "ha-tang", "su-co"
INSPECTIONS, PROCEDURES, CHECKS, SERVICES = "kiem-tra", "thu-tuc", "an-toan", "dich-vu"
INSURANCE, POPULATION = "S11", "S01"
LINES_OF = ("VHTT", "VHXH")  # who keeps platform and lines, by level

__all__ = ["RegisterRoom", "events"]


@dataclass(slots=True)
class RegisterRoom:
    """A group's registers, its entries by a word of our own."""

    office: Office
    made: dict[str, int] = field(default_factory=dict)

    def _by(self, user: str) -> str:
        return self.office.accounts[user]

    @property
    def lines(self) -> str:
        """Return the agency that keeps platform and lines."""
        own = {part.agency for part in self.office.stage.cast}
        return next((code for code in LINES_OF if code in own), self.office.agency("to-pho"))

    def _open(self, user: str, register: str, name: str, values: Mapping[str, Value]) -> EntryInfo:
        one = tracking.open_entry(self._by(user), self.office.group, register, values, Said(reason=UNREGULATED))
        self.made[name] = one.id
        return one

    def _move(self, user: str, name: str, move: str, values: Mapping[str, Value], paper: str = "") -> None:
        entry = registers.entry_for_flow(self.made[name])
        change = Change(revision=entry.revision, values=values)
        said = Said(reason=UNREGULATED, paper=paper)
        tracking.move(self._by(user), self.office.group, entry.id, move, change, said)

    def _today(self) -> date:
        return clock.today(self.office.group)

    # ------------------------------------------------------------ connections, services

    def fill(self) -> None:
        """Let the support apparatus fill the connections from the charter, and the services from their list."""
        for register in (CONNECTIONS, SERVICES):
            made = seed.fill(self._by("giup-viec"), self.office.group, register)
            for one in made:
                if {one.values.get("he_thong_a"), one.values.get("he_thong_b")} == {INSURANCE, POPULATION}:
                    self.made["bao-hiem"] = one.id

    def connect(self) -> None:
        """Let the insurance agree on its connection, and begin the test."""
        self._move("bhxh", "bao-hiem", "thoa_thuan", {"thoa_thuan": "Biên bản thỏa thuận số 03-TD/BB-BHXH"})
        self._move("bhxh", "bao-hiem", "thu", {})

    def check(self) -> None:
        """Let the police check the connection's security, and pass it."""
        values: dict[str, Value] = {
            "ten": "Kiểm tra kết nối bảo hiểm trước khi vận hành",
            "ket_noi": self.made["bao-hiem"],
            "co_quan": self.office.agency("pho-thuong-truc"),
            "ngay": self._today().isoformat(),
        }
        self._open("pho-thuong-truc", CHECKS, "kiem-tra-bao-hiem", values)
        answers = {item.code: "co" for item in registers.code_lists()["cau_hoi_an_toan"].items}
        self._move("pho-thuong-truc", "kiem-tra-bao-hiem", "dat", {"cau_hoi": answers, "ket_luan": "Đạt yêu cầu."})
        live: dict[str, Value] = {
            "van_hanh_ngay": self._today().isoformat(),
            "kiem_tra": self.made["kiem-tra-bao-hiem"],
        }
        self._move("bhxh", "bao-hiem", "van_hanh", live)

    # ------------------------------------------------------------ issues

    def issue(self, user: str, name: str, told: tuple[str, str, str], days: int) -> None:
        """Let somebody report an issue: what it is, its cause, who is to settle it, and in how many days."""
        title, cause, agency = told
        values: dict[str, Value] = {
            "ten": title,
            "nguyen_nhan": cause,
            "co_quan": agency,
            "han": (self._today() + timedelta(days=days)).isoformat(),
        }
        self._open(user, ISSUES, name, values)

    def propose(self, name: str, text: str) -> None:
        """Let the insurance propose a solution."""
        self._move("bhxh", name, "de_xuat", {"giai_phap": text})

    def direct(self, name: str, text: str, agency: str) -> None:
        """Let the leader direct the settling, and make a task of it."""
        self._move("to-truong", name, "chi_dao", {"chi_dao": text, "co_quan": agency})
        new = NewWork(title=text, lead=agency, due=self._today() + timedelta(days=20))
        tracking.make_task(self._by("to-truong"), self.office.group, self.made[name], new, UNREGULATED)

    def settle(self, name: str, text: str) -> None:
        """Let the leader settle an issue."""
        self._move("to-truong", name, "thao_go", {"tra_loi": text})

    # ------------------------------------------------------------ lines, inspections, procedures

    def lay(self) -> None:
        """Let the support apparatus enter a line and the platform's local part."""
        for name, title, kind in (
            ("duong-truyen", "Đường truyền số liệu chuyên dùng của trụ sở", "duong_truyen"),
            ("nen-tang", "Nền tảng tích hợp, chia sẻ dữ liệu: phần tại địa phương", "nen_tang"),
        ):
            values: dict[str, Value] = {
                "ten": title,
                "loai": kind,
                "don_vi": self.lines,
                "he_thong": "S06",
                "cam_ket": 99.5,
            }
            self._open("giup-viec", COMPONENTS, name, values)

    def break_down(self, since: datetime, until: datetime) -> None:
        """Let the line be down for some hours, and record it on the agency's paper."""
        values: dict[str, Value] = {
            "ten": "Đứt cáp quang ngoài trụ sở",
            "loai": "su_co",
            "ha_tang": self.made["duong-truyen"],
            "don_vi": self.lines,
            "bat_dau": since.isoformat(),
            "anh_huong": "Không tra cứu được dữ liệu dân cư trong buổi sáng.",
        }
        self._open("giup-viec", INCIDENTS, "dut-cap", values)
        done: dict[str, Value] = {"ket_thuc": until.isoformat(), "xu_ly": "Nhà mạng hàn nối cáp."}
        self._move("giup-viec", "dut-cap", "khac_phuc", done, f"12-TD/BC ngày {until:%d/%m/%Y}")

    def inspect(self) -> None:
        """Let the group inspect an agency's connection, and ask for remedy."""
        values: dict[str, Value] = {
            "ten": "Kiểm tra việc tuân thủ quy định kết nối tại cơ quan bảo hiểm",
            "loai": "ket_noi",
            "co_quan": self.office.agency("bhxh"),
            "noi_dung": "Tài khoản tra cứu, nhật ký, phạm vi trường dữ liệu.",
        }
        self._open("giup-viec", INSPECTIONS, "kiem-tra-1", values)
        paper = f"05-TD/BB ngày {self._today():%d/%m/%Y}"
        found: dict[str, Value] = {
            "ngay": self._today().isoformat(),
            "phat_hien": "Hai tài khoản dùng chung một mật khẩu.",
        }
        self._move("giup-viec", "kiem-tra-1", "kiem_tra", found, paper)
        asked: dict[str, Value] = {
            "kien_nghi": "Cấp tài khoản riêng cho từng người.",
            "han": (self._today() + timedelta(days=15)).isoformat(),
        }
        self._move("giup-viec", "kiem-tra-1", "kien_nghi", asked, paper)

    def simplify(self) -> None:
        """Let the support apparatus enter simplified procedures, before and after."""
        for name, title, numbers in (
            ("khai-sinh", "Đăng ký khai sinh", (5, 3, 3, 1, 900)),
            ("thuong-tru", "Đăng ký thường trú", (4, 2, 7, 5, 1500)),
        ):
            papers, left, days, fewer, dossiers = numbers
            values: dict[str, Value] = {
                "ten": title,
                "co_quan": self.office.agency("to-pho"),
                "giay_truoc": papers,
                "giay_sau": left,
                "ngay_truoc": days,
                "ngay_sau": fewer,
                "ho_so": dossiers,
                "truong_bo": "Họ tên, ngày sinh, nơi cư trú của cha, mẹ: lấy từ Cơ sở dữ liệu quốc gia về dân cư.",
            }
            self._open("giup-viec", PROCEDURES, name, values)


def events(office: Office) -> list[Event]:
    """Return what becomes of a group's registers, by the hour; what would fall after its own day did not happen yet."""
    room, end = RegisterRoom(office), own_day(office.stage)
    return [one for one in _history(room) if one.at.date() <= end]


def _history(room: RegisterRoom) -> Iterator[Event]:
    founded = room.office.stage.founded

    def day(after: int) -> date:
        return office_day(founded + timedelta(days=after))

    police, insurance = room.office.agency("pho-thuong-truc"), room.office.agency("bhxh")
    yield Event(at(day(4), 8), room.fill, 0.03)
    yield Event(at(day(5), 8), room.lay)
    yield Event(at(day(6), 9), room.simplify)
    accounts = ("Chưa đủ tài khoản tra cứu cho cán bộ một cửa", "nguon_luc", police)
    yield Event(at(day(8), 10), partial(room.issue, "bhxh", "tai-khoan", accounts, 20))
    slow = ("Đường truyền chậm vào giờ cao điểm", "ha_tang", room.lines)
    yield Event(at(day(12), 10), partial(room.issue, "giup-viec", "duong-truyen-cham", slow, 30))
    yield Event(at(day(15), 9), room.connect)
    yield Event(
        at(day(18), 9),
        partial(room.propose, "tai-khoan", "Cấp tài khoản theo danh sách cán bộ, thu hồi khi chuyển việc."),
    )
    yield Event(at(day(22), 9), partial(room.settle, "tai-khoan", "Đã cấp đủ tài khoản cá nhân."))
    down = day(26)
    yield Event(at(down, 15), partial(room.break_down, at(down, 7, 30), at(down, 11, 45)))
    yield Event(
        at(day(29), 9), partial(room.direct, "duong-truyen-cham", "Nâng băng thông đường truyền của trụ sở", room.lines)
    )
    yield Event(at(day(33), 9), room.check)
    old = ("Danh sách cũ thiếu số định danh, phải xác minh tại nhà", "du_lieu", insurance)
    yield Event(at(day(36), 10), partial(room.issue, "bhxh", "thieu-so", old, 25))
    yield Event(at(day(40), 14), room.inspect)
    law = ("Chưa có quy định chia sẻ dữ liệu với quỹ tín dụng", "phap_ly", room.office.agency("to-pho"))
    yield Event(at(day(47), 10), partial(room.issue, "giup-viec", "chia-se", law, 40))
