"""What the incoming register takes and tells, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dean06.clock import service as clock
from dean06.papers.edxml.codes import standard
from dean06.papers.edxml.types import Attachment, tidy
from dean06.papers.errors import PaperRefused
from dean06.papers.models import Channel, State


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file of an incoming paper: the name it came under, and its checksum in the archive."""

    name: str
    sha256: str
    suffix: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIncoming:
    """What the clerk enters of a paper that came otherwise than over the axis."""

    channel: Channel
    organ_name: str
    label: str
    dated: date | None
    kind: str
    abstract: str
    signer: str = ""
    organ_code: str = ""
    priority: int = 0
    due: date | None = None
    pages: int = 0
    note: str = ""
    files: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        for name in ("organ_name", "label", "kind", "abstract", "signer", "organ_code", "note"):
            needed = name in {"organ_name", "kind", "abstract"}
            object.__setattr__(self, name, tidy(getattr(self, name), _ENTERED[name], empty=not needed))
        if standard().priority(self.priority) is None:
            raise PaperRefused("độ khẩn", "không có trong bảng mã; chọn một mức", "is no degree of urgency; choose one")
        if self.channel not in (Channel.PAPER, Channel.EMAIL, Channel.PORTAL):
            raise PaperRefused("kênh đến", "chọn bản giấy, thư điện tử hoặc cổng", "choose paper, e-mail or portal")


_ENTERED = {
    "organ_name": "cơ quan ban hành",
    "label": "số, ký hiệu",
    "kind": "tên loại",
    "abstract": "trích yếu",
    "signer": "người ký",
    "organ_code": "mã cơ quan",
    "note": "ghi chú",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingInfo:
    """A paper that came, as other rooms know it."""

    id: int
    group_id: int
    year: int | None
    number: int | None
    status: str
    channel: Channel
    arrived_at: datetime
    registered_at: datetime | None
    organ_code: str
    organ_name: str
    label: str
    dated: date | None
    kind: str
    abstract: str
    signer: str
    priority: int
    due: date | None
    pages: int
    business: int
    reason: str
    files: tuple[KeptFile, ...]
    packet_id: str
    packet_digest: str
    sealed_by: str
    duplicate_of: int | None
    replaced_by: int | None
    recall_asked_at: datetime | None
    recall_reason: str
    recalled_at: datetime | None
    handed_to: str
    handed_at: datetime | None
    answer_by: date | None
    note: str
    told: tuple[tuple[str, str], ...]

    @property
    def told_in_words(self) -> tuple[tuple[str, str, bool], ...]:
        """Return what its sender is told: the code, its words, whether it has left."""
        rows = ((code, standard().status(code), state) for code, state in self.told)
        return tuple((code, row.vi if row else code, state == State.SENT) for code, row, state in rows)

    @property
    def urgent(self) -> bool:
        """Say whether it bears a mark of urgency."""
        return self.priority > 0

    def overdue(self, today: date) -> bool:
        """Say whether it came before today and the clerk has not taken it in yet."""
        return self.status == "arrived" and self.arrived_at.astimezone(clock.TZ).date() < today

    def late(self, today: date) -> bool:
        """Say whether its deadline has passed while it is still with somebody."""
        return self.status == "handed" and self.answer_by is not None and self.answer_by < today


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideInfo:
    """A packet that could not be taken in."""

    id: int
    packet_id: str
    sender: str
    at: datetime
    vi: str
    en: str
