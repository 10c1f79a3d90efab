"""A packet as a value: what one office tells another, whatever the file it travels in."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, fields
from datetime import date, datetime

from dean06.papers.edxml.codes import Business, standard
from dean06.papers.errors import PaperRefused

ORGAN_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{1,38}[A-Za-z0-9]")
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
SPACES = re.compile(r"\s+")


def tidy(text: str, where: str, *, empty: bool = True) -> str:
    """Return a text in NFC on one line; refuse what XML cannot carry, and an empty one where one is needed."""
    if FORBIDDEN.search(text):
        raise PaperRefused(
            where, "có ký tự điều khiển; bỏ ký tự này rồi gửi lại", "holds a control character; remove it"
        )
    line = SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if not line and not empty:
        raise PaperRefused(where, "đang để trống; bổ sung rồi gửi lại", "is empty; fill it in and send again")
    if len(line) > standard().limits.text_letters:
        raise PaperRefused(where, "dài quá mức; rút gọn rồi gửi lại", "is too long; shorten it and send again")
    return line


def _tidied(value: object, *needed: str, where: str) -> None:
    """Tidy every text of a frozen value in place."""
    for field in fields(value):  # type: ignore[arg-type]  # only dataclasses of this module come here
        text = getattr(value, field.name)
        if isinstance(text, str):
            told = f"{where}/{field.name}"
            object.__setattr__(value, field.name, tidy(text, told, empty=field.name not in needed))


def written(day: date) -> str:
    """Write a day as packets do: 2026/07/01."""
    return f"{day.year:04d}/{day.month:02d}/{day.day:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """An office on the axis: its code in the national register of organs, and how it is reached."""

    code: str
    name: str
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""

    def __post_init__(self) -> None:
        _tidied(self, "code", "name", where="cơ quan")
        if not ORGAN_CODE.fullmatch(self.code):
            raise PaperRefused(
                "mã định danh cơ quan",
                "phải là các nhóm chữ và số nối bằng dấu chấm, dạng H55.242 hoặc 000.00.00.H46",
                "must be groups of letters and digits joined by dots, as H55.242",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRef:
    """A paper by the office that issued it, its day, and number with symbol: as the axis names papers.

    `given` is set where a stranger's software named the paper otherwise; answers must use that very name.
    """

    organ: str
    day: date
    label: str
    given: str = ""

    def __post_init__(self) -> None:
        _tidied(self, "organ", "label", where="mã văn bản")
        if "," in self.organ:
            raise PaperRefused("mã văn bản", "mã cơ quan không được có dấu phẩy", "an organ's code has no comma")

    @property
    def document_id(self) -> str:
        """Return `OrganId,yyyy/MM/dd,number/symbol`, or the name that was given."""
        return self.given or f"{self.organ},{written(self.day)},{self.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed: in whose name, in which post, by name."""

    competence: str = ""
    position: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        _tidied(self, where="người ký")


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who handled a packet."""

    department: str = ""
    name: str = ""
    email: str = ""
    mobile: str = ""

    def __post_init__(self) -> None:
        _tidied(self, where="người gửi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One office that a packet passed, and when, to the second."""

    organ: str
    at: datetime

    def __post_init__(self) -> None:
        _tidied(self, "organ", where="vết gửi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """An earlier paper that a packet replaces, and the offices for which it does."""

    paper: PaperRef
    organs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "organs", tuple(tidy(organ, "đơn vị thay thế", empty=False) for organ in self.organs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that travels in a packet."""

    name: str
    content: bytes
    description: str = ""

    def __post_init__(self) -> None:
        _tidied(self, "name", where="tệp đính kèm")
        if re.search(r"[/\\]", self.name) or self.name in {".", ".."}:
            raise PaperRefused("tên tệp đính kèm", "không được có đường dẫn", "must not hold a path")

    @property
    def content_type(self) -> str:
        """Return how the file is declared."""
        return standard().content_type(self.name)

    @property
    def sha256(self) -> str:
        """Return the checksum of its bytes (hex)."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def suffix(self) -> str:
        """Return the ending of its name if the archive may use it, else `bin`."""
        ending = self.name.rpartition(".")[2].lower()
        return ending if ending in standard().content_types else "bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edoc:
    """A packet with a paper: new, recalling, updating or replacing."""

    business: Business = Business.NEW
    reason: str = ""
    document_id: str = ""
    sender: Organ
    to: tuple[Organ, ...]
    number: str
    symbol: str
    place: str
    day: date
    type_name: str
    subject: str
    content: str = ""
    signer: Signer = Signer()
    due: date | None = None
    priority: int = 0
    copies: int = 1
    pages: int = 0
    places: tuple[str, ...] = ()
    appendixes: tuple[str, ...] = ()
    answers: tuple[PaperRef, ...] = ()
    amends: PaperRef | None = None
    replaces: tuple[Replaced, ...] = ()
    staff: Staff = Staff()
    traces: tuple[Trace, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        _tidied(self, "number", "symbol", "type_name", "subject", where="gói văn bản")
        for name in ("places", "appendixes"):
            lines = tuple(tidy(line, f"gói văn bản/{name}", empty=False) for line in getattr(self, name))
            object.__setattr__(self, name, lines)
        self._check()

    def _check(self) -> None:
        if not self.to:
            raise PaperRefused("gói văn bản/To", "chưa có đơn vị nhận", "names no receiver")
        if standard().priority(self.priority) is None:
            raise PaperRefused("gói văn bản/Priority", "không có trong bảng mã độ khẩn", "is no code of urgency")
        if self.copies < 0 or self.pages < 0:
            raise PaperRefused("gói văn bản/PageAmount", "số trang, số bản phải từ 0", "counts start at 0")
        if self.business in (Business.RECALL, Business.UPDATE) and not self.earlier:
            raise PaperRefused("gói văn bản/ResponseFor", "chưa nêu văn bản trước", "names no earlier paper")
        if self.business is Business.REPLACEMENT and not self.replaces:
            raise PaperRefused("gói văn bản/ReplacementInfoList", "chưa nêu văn bản bị thay thế", "replaces nothing")

    @property
    def paper(self) -> PaperRef:
        """Return the paper of the packet as the axis names it."""
        return PaperRef(organ=self.sender.code, day=self.day, label=self.label, given=self.document_id)

    @property
    def label(self) -> str:
        """Return number and symbol as printed."""
        return f"{self.number}/{self.symbol}"

    @property
    def earlier(self) -> tuple[PaperRef, ...]:
        """Return the earlier papers that the packet speaks of."""
        return (*self.answers, *((self.amends,) if self.amends else ()), *(one.paper for one in self.replaces))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMessage:
    """A packet without a paper: what became of one, or that its sender wants it back.

    It goes `to` an office, which is the one that issued the paper unless said otherwise.
    """

    sender: Organ
    about: PaperRef
    to: str = ""
    code: str
    description: str = ""
    at: datetime
    staff: Staff = Staff()

    def __post_init__(self) -> None:
        _tidied(self, "code", where="gói trạng thái")
        if self.to == self.about.organ:
            object.__setattr__(self, "to", "")
        if standard().status(self.code) is None:
            raise PaperRefused(
                "gói trạng thái/StatusCode", "không có trong bảng mã trạng thái của chuẩn", "is no code of the standard"
            )

    @property
    def receiver(self) -> str:
        """Return the code of the office that it goes to."""
        return self.to or self.about.organ


Packet = Edoc | StatusMessage
