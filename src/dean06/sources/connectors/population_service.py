"""Asking the national population service about one person at a time: look up, or verify.

    service = opened(secret, url="https://…", member="VN/GOV/xa-mau/de-an-06")
    answered = service.verify(Asked(number="…", name="…", born="1950"), purpose)

Each question says for which procedure, by which officer of which unit it is put. A question is never put twice under
one id. What the service says no to, or does not say at all, comes back as an outcome, not as an error: whoever asks
row by row keeps it and goes on, or waits. Nothing of a person stands in an outcome's sentence.

Whoever may be cut off in the middle of a question gives it its id beforehand (`request`) and puts the same question
under the same id again: so the service can see that it is one question, and not two.
"""

from __future__ import annotations

import re
import time
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum

from lxml import etree

from dean06.clock.errors import BadInput, Unavailable, UsageError
from dean06.orthography.service import fold
from dean06.sources.connectors.citizens import Citizen, citizens
from dean06.sources.connectors.line import Line, checked_address
from dean06.sources.connectors.soap_channel import Channel, QuestionRejected, Told, account, new_request
from dean06.sources.connectors.types import AccessRefused, Secret, TryLater
from dean06.sources.rule import Words

LOOKUP, VERIFY = "TraCuuThongTinCongDan", "XacThucThongTinCongDan"
NUMBER, OLD_NUMBER = re.compile(r"[0-9]{12}"), re.compile(r"[0-9]{9}")
BORN = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
NOT_LETTERS = re.compile(r"[^0-9A-Z]")
YES, NO = frozenset({"true", "1"}), frozenset({"false", "0"})
FIELDS = {"SoDinhDanh": "so_dinh_danh", "HoVaTen": "ho_ten", "NgayThangNamSinh": "ngay_sinh"}

TITLE = Words(vi="Dịch vụ dân cư", en="Population service")

__all__ = ["Answered", "Asked", "NameForm", "Outcome", "PopulationService", "Purpose", "opened"]


class NameForm(StrEnum):
    """How the service wants a name written."""

    BARE = "bare"
    """Capitals without marks, đ as D, letters and digits alone: NGUYENVANA."""
    CAPITALS = "capitals"
    """Capitals with their marks."""
    WRITTEN = "written"
    """As it is written."""

    def of(self, name: str) -> str:
        """Return a name in this form."""
        text = " ".join(unicodedata.normalize("NFC", name).split())
        if self is NameForm.BARE:
            return NOT_LETTERS.sub("", fold(text).upper())
        return text.upper() if self is NameForm.CAPITALS else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a question is put for, and who puts it.

    Attributes:
        procedure: code of the administrative procedure (MaDVC).
        integration: code of the integration service (MaTichHop), digits.
        officer: the officer's own personal number (MaCanBo).
        unit: code of the unit (MaDonVi).
        account: the officer's account in this system (TaiKhoan); `phone` a number to reach them.
    """

    procedure: str
    integration: str
    officer: str = field(repr=False)
    unit: str
    account: str
    phone: str = field(default="0", repr=False)

    def told(self) -> Told:
        """Return what the question says of its purpose; a purpose that is not whole asks nothing."""
        sound = (
            0 < len(self.procedure) <= 20
            and re.fullmatch(r"[0-9]{1,20}", self.integration)
            and NUMBER.fullmatch(self.officer)
            and 0 < len(self.unit) <= 35
            and 0 < len(self.account) <= 100
        )
        if not sound:
            raise UsageError(
                "Chưa đủ mục đích để hỏi dân cư: cần mã thủ tục, mã tích hợp, số của cán bộ, mã đơn vị, tài khoản.",
                "The purpose is not whole: procedure, integration code, officer's number, unit, account are needed.",
            )
        return {
            "MaDVC": self.procedure,
            "MaTichHop": self.integration,
            "MaCanBo": self.officer,
            "MaDonVi": self.unit,
            "TaiKhoan": self.account,
            "SoDienThoai": self.phone,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who is asked about: all three are needed. `born` is `yyyy-mm-dd`, `yyyy-mm` or `yyyy`."""

    number: str = field(repr=False)
    name: str = field(repr=False)
    born: str = field(repr=False)

    @property
    def whole(self) -> bool:
        """Say whether the service can be asked with it."""
        number = NUMBER.fullmatch(self.number) or OLD_NUMBER.fullmatch(self.number)
        return bool(number and NameForm.BARE.of(self.name) and BORN.fullmatch(self.born))


class Outcome(StrEnum):
    """What came of a question."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    MISMATCH = "mismatch"
    """There is such a number, but what was asked disagrees with it."""
    INCOMPLETE = "incomplete"
    """Number, name and birth are not all there; nothing was asked."""
    REFUSED = "refused"
    """Account, unit or purpose were not accepted; asking again changes nothing."""
    UNAVAILABLE = "unavailable"
    """No answer that can be used; to be asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of a question.

    Attributes:
        differs: the fields that disagree.
        wait: the seconds the service asks for.
        rejected: the service takes the question itself as wrong, for instance because its id was used before.
    """

    outcome: Outcome
    request: str = ""
    citizen: Citizen | None = field(default=None, repr=False)
    differs: tuple[str, ...] = ()
    wait: int = 0
    rejected: bool = False
    sentence: Words | None = None

    @property
    def settled(self) -> bool:
        """Say whether the answer may be kept: it is about the person, not about the line."""
        return self.outcome in {Outcome.FOUND, Outcome.NOT_FOUND, Outcome.MISMATCH, Outcome.INCOMPLETE}


class PopulationService:
    """The service as one account may ask it, so many times a minute and no more."""

    def __init__(self, channel: Channel, *, names: NameForm = NameForm.BARE, per_minute: int = 60) -> None:
        if per_minute < 1:
            raise UsageError("Số câu hỏi mỗi phút phải từ 1.", "At least one question a minute must be allowed.")
        self._channel = channel
        self._names = names
        self._gap = 60.0 / per_minute
        self._free_at = 0.0

    def lookup(self, asked: Asked, purpose: Purpose, request: str = "") -> Answered:
        """Return what the service holds of a person, if number, name and birth are theirs."""
        return self._ask(LOOKUP, asked, purpose, request)

    def verify(self, asked: Asked, purpose: Purpose, request: str = "") -> Answered:
        """Return whether number, name and birth are those of one person; nothing else is learnt."""
        return self._ask(VERIFY, asked, purpose, request)

    def close(self) -> None:
        """Hang up."""
        self._channel.line.close()

    def _ask(self, operation: str, asked: Asked, purpose: Purpose, request: str) -> Answered:
        said = purpose.told()
        if not asked.whole:
            return Answered(outcome=Outcome.INCOMPLETE)
        request = request or new_request()
        self._wait()
        try:
            body = self._channel.call(operation, {"MaYeuCau": request, **said, **self._person(asked)})
            found = self._looked_up(body, asked) if operation == LOOKUP else self._verified(body)
        except AccessRefused as told:
            found = Answered(outcome=Outcome.REFUSED, sentence=Words(vi=told.vi, en=told.en))
        except (Unavailable, BadInput) as told:
            wait = told.seconds if isinstance(told, TryLater) else 0
            found = Answered(
                outcome=Outcome.UNAVAILABLE,
                wait=wait,
                rejected=isinstance(told, QuestionRejected),
                sentence=Words(vi=told.vi, en=told.en),
            )
        return replace(found, request=request)

    def _wait(self) -> None:
        """Wait for the turn of this question."""
        now = time.monotonic()
        turn = max(now, self._free_at)
        self._free_at = turn + self._gap
        if turn > now:
            time.sleep(turn - now)

    def _person(self, asked: Asked) -> Told:
        number = "SoDinhDanh" if NUMBER.fullmatch(asked.number) else "SoCMND"
        digits = asked.born.replace("-", "")
        born = {"NgayThangNam": digits} if len(digits) == 8 else {"Nam": digits[:4]}
        return {number: asked.number, "HoVaTen": self._names.of(asked.name), "NgayThangNamSinh": born}

    def _looked_up(self, body: etree._Element, asked: Asked) -> Answered:
        people = citizens(self._channel.line.title, body)
        if not people:
            return Answered(outcome=Outcome.NOT_FOUND)
        if len(people) > 1:
            raise BadInput("Dịch vụ trả nhiều người cho một số.", "The service gives several people for one number.")
        differs = _differing(asked, people[0])
        if differs:
            return Answered(outcome=Outcome.MISMATCH, differs=differs)
        return Answered(outcome=Outcome.FOUND, citizen=people[0])

    def _verified(self, body: etree._Element) -> Answered:
        title = self._channel.line.title
        said = {
            etree.QName(one).localname: (one.text or "").strip().lower()
            for result in body
            if etree.QName(result).localname == "KetQuaXacThuc"
            for one in result
        }
        exists = said.get("TonTai", "")
        if exists not in YES | NO:
            raise BadInput(f"{title.vi} không nói có hay không.", f"{title.en} says neither yes nor no.")
        differs = tuple(field for name, field in FIELDS.items() if said.get(name) in NO)
        if differs:
            return Answered(outcome=Outcome.MISMATCH, differs=differs)
        return Answered(outcome=Outcome.FOUND if exists in YES else Outcome.NOT_FOUND)


def _differing(asked: Asked, found: Citizen) -> tuple[str, ...]:
    """Return the fields in which the person found is not the one asked about; a part unknown to either agrees."""
    differs = []
    if asked.number not in {found.number, found.old_number}:
        differs.append("so_dinh_danh")
    if NameForm.BARE.of(asked.name) != NameForm.BARE.of(found.name):
        differs.append("ho_ten")
    if any(one != other for one, other in zip(asked.born.split("-"), found.born.split("-"), strict=False)):
        differs.append("ngay_sinh")
    return tuple(differs)


def opened(
    secret: Secret,
    *,
    url: str,
    signed_url: str = "",
    member: str = "",
    names: NameForm = NameForm.BARE,
    per_minute: int = 60,
    timeout: float = 30.0,
    authority: str = "",
) -> PopulationService:
    """Return the service at an address: how it wants names, how often it may be asked, and as whom."""
    checked_address(url)
    line = Line(url=url, title=TITLE, timeout=timeout, authority=authority)
    channel = Channel(line=line, account=account(secret), signed_url=signed_url or url, member=member)
    return PopulationService(channel, names=names, per_minute=per_minute)
