"""A paper as typed facts: one source for the editable .docx and the archived PDF (Decree 30/2020, Appendix I)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from dean06.papers.errors import PaperRefused
from dean06.papers.forms.kinds import KINDS, Kind
from dean06.papers.writing.attachments import Attachment
from dean06.papers.writing.sections import (
    Block,
    Outline,
    Paragraph,
    Ref,
    Run,
    Section,
    Words,
    blocks_of,
    capitals,
    check_keys,
    checked_body,
    clean,
    opening_of,
    sections_of,
    words_of,
)

SYMBOL = re.compile(r"[^\W_]+(?:[-.&][^\W_]+)*")
_CLOSED = ConfigDict(extra="forbid")


class SignForm(StrEnum):
    """In whose name a person signs (Decree 30/2020, Article 13; Appendix I, part I, II.7)."""

    OWN = "own"
    KT = "KT"
    TM = "TM"
    TUQ = "TUQ"
    TL = "TL"
    Q = "Q"


class Urgency(StrEnum):
    """Degree of urgency, as stamped (Appendix I, part I, III.2)."""

    HOA_TOC = "HỎA TỐC"
    THUONG_KHAN = "THƯỢNG KHẨN"
    KHAN = "KHẨN"


class Secrecy(StrEnum):
    """Degree of secrecy, as stamped."""

    TUYET_MAT = "TUYỆT MẬT"
    TOI_MAT = "TỐI MẬT"
    MAT = "MẬT"


class CopyForm(StrEnum):
    """What a copy is of its paper (Decree 30/2020, Article 25)."""

    SAO_Y = "SAO Y"
    SAO_LUC = "SAO LỤC"
    TRICH_SAO = "TRÍCH SAO"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMark:
    """What a copy says at its top: its form, the agency that copies, the moment (Appendix I, part I, III.7)."""

    form: CopyForm
    agency: str
    at: datetime

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        object.__setattr__(self, "agency", clean(self.agency, "cơ quan sao văn bản"))
        if self.at.tzinfo is None:
            raise PaperRefused("bản sao", "thời gian ký phải có múi giờ", "the moment of the copy needs an offset")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issues: the parent agency's lines, then the body's own; a line given is a line printed.

    `spoken` is the body's name as it stands within a sentence.
    """

    parent: tuple[str, ...] = ()
    body: tuple[str, ...]
    spoken: str = ""

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        for name, where in (("parent", "tên cơ quan chủ quản"), ("body", "tên cơ quan ban hành")):
            object.__setattr__(self, name, tuple(capitals(line, where) for line in getattr(self, name)))
        object.__setattr__(self, "spoken", clean(self.spoken, "tên cơ quan ban hành", empty=True))
        if not self.body:
            raise PaperRefused("tên cơ quan ban hành", "đang để trống", "is empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The block of the signer: authority, title in the group, post in the agency, name.

    `signed_for` is the title signed for (KT., TUQ., TL.), `collective` the body spoken for (TM.); a deputy of a
    collective body has both. `deputised` is the title whose deputy signs where the order was passed on to them (TL.,
    then KT.). `post_below` sets the agency's post under the space for the signature.
    """

    form: SignForm = SignForm.OWN
    collective: str = ""
    signed_for: str = ""
    deputised: str = ""
    title: str
    post: str = ""
    rank: str = ""
    name: str = ""
    post_below: bool = False

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        for field, where, caps in (
            ("collective", "tập thể được thay mặt", True),
            ("signed_for", "chức vụ được ký thay", True),
            ("deputised", "chức vụ được ký thay", True),
            ("title", "chức vụ người ký", True),
            ("post", "chức vụ trong cơ quan", True),
            ("rank", "cấp bậc hàm", False),
            ("name", "họ tên người ký", False),
        ):
            written = capitals if caps else clean
            object.__setattr__(self, field, written(getattr(self, field), where, empty=field != "title"))
        if self.form in (SignForm.KT, SignForm.TUQ, SignForm.TL) and not self.signed_for:
            raise PaperRefused("chữ ký", f"ký {self.form}. phải ghi chức vụ được ký thay", "names nobody signed for")
        if self.form is SignForm.TM and not self.collective:
            raise PaperRefused("chữ ký", "ký TM. phải ghi tập thể được thay mặt", "names no body signed for")
        if self.form in (SignForm.OWN, SignForm.Q) and self.signed_for:
            raise PaperRefused("chữ ký", "ký đúng chức danh thì không ghi ký thay", "signs in person, yet for another")
        if self.deputised and self.form is not SignForm.TL:
            raise PaperRefused(
                "chữ ký",
                "chỉ người được thừa lệnh mới giao cấp phó ký thay",
                "only an order by TL. is passed to a deputy",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexNote:
    """An annex that goes with the paper as a file of its own, named with its checksum."""

    title: str
    file_name: str
    sha256: str

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", clean(self.title, "tên phụ lục"))
        object.__setattr__(self, "file_name", clean(self.file_name, "tên tệp phụ lục"))
        if not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            raise PaperRefused("phụ lục", "mã SHA-256 phải có 64 chữ số thập lục phân", "SHA-256 needs 64 hex digits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Everything that stands on a paper. Number and date are None until the register gives them.

    `second` is the block on the left where two people sign, as the secretary of minutes does; `drafter` the code of
    who drafted and how many copies are made.
    """

    kind: str
    issuer: Issuer
    symbol: str
    place: str
    abstract: str
    body: tuple[Block | Section, ...]
    signature: Signature
    recipients: tuple[str, ...]
    kept_by: tuple[str, ...] = ("VT",)
    number: int | None = None
    issued_on: date | None = None
    addressees: tuple[str, ...] = ()
    authority: str = ""
    grounds: tuple[str, ...] = ()
    outline: Outline = Outline.MUC
    annexes: tuple[AnnexNote, ...] = ()
    closing: Paragraph | None = None
    urgency: Urgency | None = None
    secrecy: Secrecy | None = None
    circulation: str = ""
    draft: bool = False
    second: Signature | None = None
    drafter: str = ""
    copy_mark: CopyMark | None = None
    attachments: tuple[Attachment, ...] = ()

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        self._clean()
        self._check_head()
        self._check_body()

    @property
    def type(self) -> Kind:
        """The kind with its name and abbreviation."""
        return KINDS[self.kind]

    @property
    def opening(self) -> tuple[Block, ...]:
        """What stands before the first section."""
        return opening_of(self.body)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The numbered parts."""
        return sections_of(self.body)

    @property
    def bodies(self) -> tuple[tuple[Block | Section, ...], ...]:
        """The body, then that of each attachment."""
        return (self.body, *(each.body for each in self.attachments))

    def refs(self) -> tuple[Ref, ...]:
        """Every counted number of the paper, in reading order."""
        closing = self.closing.words if self.closing else ()
        behind = (word for each in self.attachments for block in blocks_of(each.body) for word in words_of(block))
        words = (*(word for block in blocks_of(self.body) for word in words_of(block)), *closing, *behind)
        return tuple(word for word in words if isinstance(word, Ref))

    def _clean(self) -> None:
        for name, where in (("place", "địa danh"), ("abstract", "trích yếu"), ("symbol", "ký hiệu")):
            object.__setattr__(self, name, clean(getattr(self, name), where))
        object.__setattr__(self, "authority", capitals(self.authority, "thẩm quyền ban hành", empty=True))
        object.__setattr__(self, "circulation", capitals(self.circulation, "phạm vi lưu hành", empty=True))
        object.__setattr__(self, "drafter", clean(self.drafter, "ký hiệu người soạn thảo", empty=True))
        for name, where in (
            ("addressees", "kính gửi"),
            ("grounds", "căn cứ"),
            ("recipients", "nơi nhận"),
            ("kept_by", "lưu"),
        ):
            lines = tuple(_without_stop(clean(line, where), where) for line in getattr(self, name))
            object.__setattr__(self, name, lines)
        if self.closing is not None:
            object.__setattr__(self, "closing", Paragraph(_without_end(self.closing.words), self.closing.key))

    def _check_head(self) -> None:
        if self.kind not in KINDS:
            raise PaperRefused("loại văn bản", "không có trong danh mục loại văn bản", "is no kind of paper")
        abbrev = self.type.abbrev
        if not SYMBOL.fullmatch(self.symbol) or (abbrev and not self.symbol.startswith(f"{abbrev}-")):
            raise PaperRefused(
                "ký hiệu",
                f"phải viết liền, dạng {abbrev or 'UBND'}-…, các nhóm chữ nối bằng dấu gạch nối",
                f"must be written without spaces, as {abbrev or 'UBND'}-…",
            )
        if self.number is not None and self.number < 1:
            raise PaperRefused("số văn bản", "phải từ 1 trở lên", "must be 1 or more")
        if self.draft and self.number is not None:
            raise PaperRefused("số văn bản", "dự thảo chưa được lấy số", "a draft has no number yet")
        unnamed = any(one is not None and not one.name for one in (self.signature, self.second))
        if not self.draft and unnamed:
            raise PaperRefused(
                "chữ ký", "văn bản chính thức phải ghi họ tên người ký", "a final paper names its signer"
            )
        if not self.kept_by or self.kept_by[0] != "VT":
            raise PaperRefused("nơi nhận", "dòng cuối phải là Lưu: VT, …", "the last line keeps a copy with VT")

    def _check_body(self) -> None:
        object.__setattr__(self, "body", checked_body(self.body, self.outline, "thân văn bản"))
        check_keys(*self.bodies)


def _without_stop(line: str, where: str) -> str:
    return clean(line.rstrip(" .;"), where)


def _without_end(words: Words) -> Words:
    """Drop the stop at the end: the paper itself ends with `./.`."""
    last = words[-1]
    if isinstance(last, Ref):
        return words
    text = re.sub(r"[\s./;]+$", "", last.text)
    rest = words[:-1]
    if text:
        return (*rest, Run(text, last.bold, last.italic))
    return _without_end(rest) if rest else words
