"""A paper as typed facts: one source for the editable .docx and the archived PDF (Decree 30/2020, Appendix I)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from dean06.papers.errors import PaperRefused
from dean06.papers.kinds import KINDS, Kind
from dean06.papers.sections import (
    Block,
    BulletList,
    Paragraph,
    Ref,
    Run,
    Section,
    Table,
    Words,
    check_keys,
    check_tree,
    clean,
    gathered,
    walk,
)

SYMBOL = re.compile(r"[^\W_]+(?:[-.&][^\W_]+)*")
_CLOSED = ConfigDict(extra="forbid")


class Outline(StrEnum):
    """How the sections are numbered: I/1/a as a report, or Điều/1/a as a decision."""

    MUC = "muc"
    DIEU = "dieu"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issues: the parent agency's lines, then the body's own; a line given is a line printed."""

    parent: tuple[str, ...] = ()
    body: tuple[str, ...]

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        for name, where in (("parent", "tên cơ quan chủ quản"), ("body", "tên cơ quan ban hành")):
            object.__setattr__(self, name, tuple(clean(line, where).upper() for line in getattr(self, name)))
        if not self.body:
            raise PaperRefused("tên cơ quan ban hành", "đang để trống", "is empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The block of the signer: authority, title in the group, post in the agency, name.

    `signed_for` is the title signed for (KT., TUQ., TL.), `collective` the body spoken for (TM.); a deputy of a
    collective body has both. `post_below` sets the agency's post under the space for the signature.
    """

    form: SignForm = SignForm.OWN
    collective: str = ""
    signed_for: str = ""
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
            ("title", "chức vụ người ký", True),
            ("post", "chức vụ trong cơ quan", True),
            ("rank", "cấp bậc hàm", False),
            ("name", "họ tên người ký", False),
        ):
            text = clean(getattr(self, field), where, empty=field != "title")
            object.__setattr__(self, field, text.upper() if caps else text)
        if self.form in (SignForm.KT, SignForm.TUQ, SignForm.TL) and not self.signed_for:
            raise PaperRefused("chữ ký", f"ký {self.form}. phải ghi chức vụ được ký thay", "names nobody signed for")
        if self.form is SignForm.TM and not self.collective:
            raise PaperRefused("chữ ký", "ký TM. phải ghi tập thể được thay mặt", "names no body signed for")
        if self.form in (SignForm.OWN, SignForm.Q) and self.signed_for:
            raise PaperRefused("chữ ký", "ký đúng chức danh thì không ghi ký thay", "signs in person, yet for another")


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
    """Everything that stands on a paper. Number and date are None until the register gives them."""

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
        return tuple(block for block in self.body if not isinstance(block, Section))

    @property
    def sections(self) -> tuple[Section, ...]:
        """The numbered parts."""
        return tuple(part for part in self.body if isinstance(part, Section))

    def refs(self) -> tuple[Ref, ...]:
        """Every counted number of the paper, in reading order."""
        blocks = [*self.opening, *(block for section in walk(self.sections) for block in section.blocks)]
        found = [word for block in blocks for word in words_of(block) if isinstance(word, Ref)]
        return (*found, *(word for word in (self.closing.words if self.closing else ()) if isinstance(word, Ref)))

    def _clean(self) -> None:
        for name, where in (("place", "địa danh"), ("abstract", "trích yếu"), ("symbol", "ký hiệu")):
            object.__setattr__(self, name, clean(getattr(self, name), where))
        object.__setattr__(self, "authority", clean(self.authority, "thẩm quyền ban hành", empty=True).upper())
        object.__setattr__(self, "circulation", clean(self.circulation, "phạm vi lưu hành", empty=True).upper())
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
            raise PaperRefused("loại văn bản", "không có trong Phụ lục III Nghị định 30/2020", "is not in Appendix III")
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
        if not self.draft and not self.signature.name:
            raise PaperRefused(
                "chữ ký", "văn bản chính thức phải ghi họ tên người ký", "a final paper names its signer"
            )
        if not self.kept_by or self.kept_by[0] != "VT":
            raise PaperRefused("nơi nhận", "dòng cuối phải là Lưu: VT, …", "the last line keeps a copy with VT")

    def _check_body(self) -> None:
        if not self.body:
            raise PaperRefused("thân văn bản", "đang để trống", "is empty")
        if any(isinstance(part, Section) for part in self.body[: len(self.opening)]):
            raise PaperRefused(
                "thân văn bản", "đoạn chung phải đứng trước các mục", "loose paragraphs come before sections"
            )
        check_tree(self.sections)
        check_keys(self.opening, self.sections)
        object.__setattr__(self, "body", (*gathered(self.opening), *self.sections))


def words_of(block: Block) -> Words:
    """Return all words of a block in reading order."""
    match block:
        case Paragraph(words=words):
            return words
        case BulletList(items=items):
            return tuple(word for item in items for word in item)
        case Table(rows=rows):
            return tuple(word for row in rows for each in row for word in each)


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
