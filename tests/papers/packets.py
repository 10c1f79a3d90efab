"""Made-up packets, and strategies for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from dean06.clock import service as clock
from dean06.papers.edxml.codes import Business, standard
from dean06.papers.edxml.types import (
    Attachment,
    Edoc,
    Organ,
    PaperRef,
    Replaced,
    Signer,
    Staff,
    StatusMessage,
    Trace,
)

COMMUNE = Organ(code="H99.12.5", name="Ủy ban nhân dân xã Cồn Xanh", email="vanthu@con-xanh.example")
PROVINCE = Organ(code="H99.1", name="Tổ công tác Đề án 06 tỉnh Bến Lạ", in_charge="Ủy ban nhân dân tỉnh Bến Lạ")
EARLIER = PaperRef(organ=PROVINCE.code, day=date(2026, 5, 4), label="04/BC-TCTĐA")
PDF = Attachment(name="05_BC-TCTĐA.pdf", content=b"%PDF-1.7\n" + bytes(range(256)) * 9)


def edoc(**changes: object) -> Edoc:
    """Return a packet with a report, changed as told."""
    told: dict[str, object] = {
        "sender": PROVINCE,
        "to": (COMMUNE,),
        "number": "05",
        "symbol": "BC-TCTĐA",
        "place": "Bến Lạ",
        "day": date(2026, 6, 9),
        "type_name": "Báo cáo",
        "subject": "kết quả thực hiện Đề án 06 tháng 5 năm 2026",
        "signer": Signer(competence="KT. TỔ TRƯỞNG", position="Tổ phó", name="Trần Quốc Hải"),
        "places": (COMMUNE.name,),
        "attachments": (PDF,),
        "traces": (Trace(organ=PROVINCE.code, at=datetime(2026, 6, 9, 9, 30, tzinfo=clock.TZ)),),
    }
    return Edoc(**(told | changes))  # type: ignore[arg-type]  # a test may give nonsense


def status(code: str = "01", **changes: object) -> StatusMessage:
    """Return what a receiver tells of the packet above."""
    told: dict[str, object] = {
        "sender": COMMUNE,
        "about": edoc().paper,
        "code": code,
        "at": datetime(2026, 6, 9, 10, 0, 5, tzinfo=clock.TZ),
    }
    return StatusMessage(**(told | changes))  # type: ignore[arg-type]  # a test may give nonsense


_LETTERS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=40)
LINES = _LETTERS.filter(lambda text: bool(text.strip()))
DAYS = st.dates(date(1945, 9, 2), date(2199, 12, 31))
CODES = st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{1,3}){0,3}", fullmatch=True).filter(lambda code: len(code) > 2)
INSTANTS = st.integers(0, 10**9).map(lambda s: datetime(2020, 1, 1, tzinfo=clock.TZ) + timedelta(seconds=s))
ORGANS = st.builds(Organ, code=CODES, name=LINES, address=_LETTERS, email=_LETTERS, telephone=_LETTERS)
REFS = st.builds(PaperRef, organ=CODES, day=DAYS, label=LINES)
NAMES = st.from_regex(r"[A-Za-zĐđàạ0-9 _-]{1,20}\.(pdf|docx|xlsx|txt|dat)", fullmatch=True).filter(
    lambda name: bool(name.strip())
)
FILES = st.builds(Attachment, name=NAMES, content=st.binary(max_size=300), description=_LETTERS)


def _edoc(kind: Business) -> st.SearchStrategy[Edoc]:
    return st.builds(
        Edoc,
        business=st.just(kind),
        reason=_LETTERS,
        sender=ORGANS,
        to=st.lists(ORGANS, min_size=1, max_size=3).map(tuple),
        number=LINES,
        symbol=LINES,
        place=_LETTERS,
        day=DAYS,
        type_name=LINES,
        subject=LINES,
        content=_LETTERS,
        signer=st.builds(Signer, competence=_LETTERS, position=_LETTERS, name=_LETTERS),
        due=st.none() | DAYS,
        priority=st.sampled_from([row.code for row in standard().priorities]),
        copies=st.integers(0, 999),
        pages=st.integers(0, 9999),
        places=st.lists(LINES, max_size=3).map(tuple),
        appendixes=st.lists(LINES, max_size=2).map(tuple),
        answers=st.lists(REFS, min_size=1 if kind is Business.RECALL else 0, max_size=2).map(tuple),
        amends=REFS if kind is Business.UPDATE else st.none() | REFS,
        replaces=st.lists(
            st.builds(Replaced, paper=REFS, organs=st.lists(CODES, max_size=2).map(tuple)),
            min_size=1 if kind is Business.REPLACEMENT else 0,
            max_size=2,
        ).map(tuple),
        staff=st.builds(Staff, department=_LETTERS, name=_LETTERS, email=_LETTERS),
        traces=st.lists(st.builds(Trace, organ=CODES, at=INSTANTS), max_size=2).map(tuple),
        attachments=st.lists(FILES, max_size=3).map(tuple),
    )


EDOCS = st.sampled_from(list(Business)).flatmap(_edoc)
STATUSES = st.builds(
    StatusMessage,
    sender=ORGANS,
    about=REFS,
    to=st.just("") | CODES,
    code=st.sampled_from([row.code for row in standard().statuses]),
    description=_LETTERS,
    at=INSTANTS,
    staff=st.builds(Staff, department=_LETTERS, name=_LETTERS),
)
