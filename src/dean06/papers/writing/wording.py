"""The fixed wordings of a paper, as Decree 30/2020, Appendix I prescribes them. Both files print these strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dean06.papers.printing.layout import LAYOUT
from dean06.papers.printing.letters import balanced, face
from dean06.papers.writing.attachments import Attached, Attachment
from dean06.papers.writing.document import Paper, Signature, SignForm

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
BLANK = "…"
ENDING = "./."
RECIPIENTS = "Nơi nhận:"
POINTS = "abcdđeghiklmnopqrstuvxy"

MARK_MM = {"HỎA TỐC": 30.0, "THƯỢNG KHẨN": 40.0, "KHẨN": 20.0, "TUYỆT MẬT": 40.0, "TỐI MẬT": 30.0, "MẬT": 20.0}
MARK_HEIGHT_MM = 8.0


@dataclass(frozen=True, slots=True)
class Head:
    """The lines above the body, broken and measured."""

    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    issuer_rule_mm: float
    motto_rule_mm: float
    number: str
    about: tuple[str, ...]
    place_date: str
    marks: tuple[tuple[str, float], ...]
    type_name: str
    abstract: str
    abstract_mm: float
    abstract_rule_mm: float
    addressees: tuple[str, ...]
    authority: str
    copy_mark: str


@dataclass(frozen=True, slots=True)
class Foot:
    """The block under the body: recipients on the left, signature on the right.

    Where two people sign, the second stands on the left and the recipients below.
    """

    recipients: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    second_above: tuple[str, ...]
    second_below: tuple[str, ...]
    drafter: str


@dataclass(frozen=True, slots=True)
class AttachedHead:
    """The lines above an attachment; a text has the names of its issuer and the motto too, an annex its number."""

    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    issuer_rule_mm: float
    motto_rule_mm: float
    label: str
    title: tuple[str, ...]
    abstract: tuple[str, ...]
    note: tuple[str, ...]
    rule_mm: float

    @property
    def own(self) -> bool:
        """Say whether agency and motto stand above."""
        return bool(self.issuer)


def two_digits(number: int) -> str:
    """Write a paper's number or a day: below 10 with a leading zero (Appendix I, part I, II.3 and II.4)."""
    return f"{number:02d}"


def number_line(paper: Paper) -> str:
    """Write `Số: 05/BC-TCTĐA`."""
    number = BLANK if paper.number is None else two_digits(paper.number)
    return f"Số: {number}/{paper.symbol}"


def place_date_line(place: str, day: date | None) -> str:
    """Write place and date; only the months January and February take a leading zero (II.4)."""
    return f"{place}, {day_line(day)}"


def day_line(day: date | None) -> str:
    """Write a day in words and numbers."""
    if day is None:
        return f"ngày {BLANK} tháng {BLANK} năm {BLANK}"
    month = two_digits(day.month) if day.month <= 2 else str(day.month)
    return f"ngày {two_digits(day.day)} tháng {month} năm {day.year}"


def number(value: int | Decimal, places: int = 0) -> str:
    """Write a number the Vietnamese way: full stops between thousands, a comma before decimals."""
    text = f"{value:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,"))


def listed(lines: tuple[str, ...], dash: str = "- ") -> tuple[str, ...]:
    """End each line with a semicolon and the last with a full stop."""
    return tuple(f"{dash}{line}{'.' if at == len(lines) else ';'}" for at, line in enumerate(lines, start=1))


def head(paper: Paper) -> Head:
    """Write and measure everything above the body."""
    room = LAYOUT.head_left_mm - 2
    issuer = _broken(paper.issuer.body, LAYOUT.issuer_pt, room, bold=True)
    letter = paper.type.letter
    about = balanced(f"V/v {paper.abstract}", LAYOUT.letter_abstract_pt, room) if letter else ()
    abstract = balanced(paper.abstract, LAYOUT.abstract_pt, LAYOUT.abstract_mm, bold=True)
    widest = _widest(abstract, LAYOUT.abstract_pt)
    return Head(
        parent=_broken(paper.issuer.parent, LAYOUT.issuer_pt, room, bold=False),
        issuer=issuer,
        issuer_rule_mm=LAYOUT.rule_share * _widest(issuer, LAYOUT.issuer_pt),
        motto_rule_mm=_widest((MOTTO,), LAYOUT.motto_pt),
        number=number_line(paper),
        about=about,
        place_date=place_date_line(paper.place, paper.issued_on),
        marks=_marks(paper),
        type_name="" if letter else paper.type.name.upper(),
        abstract="" if letter else paper.abstract,
        abstract_mm=min(widest + 1.5, LAYOUT.text_width_mm),
        abstract_rule_mm=LAYOUT.rule_share * widest,
        addressees=_addressees(paper.addressees),
        authority=paper.authority,
        copy_mark=_copy_mark(paper),
    )


def attached_head(paper: Paper, attachment: Attachment) -> AttachedHead:
    """Write and measure everything above the text of an attachment (Appendix I, part I, III.3)."""
    own = attachment.form is Attached.TEXT
    width = LAYOUT.text_width(landscape=attachment.landscape) - 20
    title = balanced(attachment.title, LAYOUT.type_pt, width, bold=True)
    abstract = balanced(attachment.abstract, LAYOUT.abstract_pt, width, bold=True) if attachment.abstract else ()
    note = balanced(attached_note(paper), LAYOUT.abstract_pt, width + 18)
    top = head(paper)
    return AttachedHead(
        parent=top.parent if own else (),
        issuer=top.issuer if own else (),
        issuer_rule_mm=top.issuer_rule_mm,
        motto_rule_mm=top.motto_rule_mm,
        label="" if own else _annex_label(paper, attachment),
        title=title,
        abstract=abstract,
        note=note,
        rule_mm=LAYOUT.rule_share * _widest(abstract or title, LAYOUT.abstract_pt),
    )


def attached_note(paper: Paper) -> str:
    """Write of which paper an attachment is a part."""
    number = BLANK if paper.number is None else two_digits(paper.number)
    whose = f" của {paper.issuer.spoken}" if paper.issuer.spoken else ""
    day = day_line(paper.issued_on).replace(" ", "\xa0")
    return f"(Kèm theo {paper.type.name} số {number}/{paper.symbol} {day}{whose})"


def _annex_label(paper: Paper, attachment: Attachment) -> str:
    annexes = [each for each in paper.attachments if each.form is Attached.ANNEX]
    at = next(at for at, each in enumerate(annexes, start=1) if each is attachment)
    return f"Phụ lục {roman(at)}" if len(annexes) > 1 else "Phụ lục"


def _copy_mark(paper: Paper) -> str:
    mark = paper.copy_mark
    return f"{mark.form}; {mark.agency}; {mark.at.isoformat(timespec='seconds')}" if mark else ""


def foot(paper: Paper) -> Foot:
    """Write the recipients and the lines of the signature."""
    first = ("Như trên",) if paper.addressees and "Như trên" not in paper.recipients else ()
    kept = f"Lưu: {', '.join(paper.kept_by)}"
    lines = tuple(f"- {line};" for line in (*first, *paper.recipients))
    above, below = signature_lines(paper.signature)
    second: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    if paper.second is not None:
        titles, names = signature_lines(paper.second)
        titles = _broken(titles, LAYOUT.signature_pt, LAYOUT.foot_left_mm - 2, bold=True)
        second = _padded(titles, len(above)), (*_padding(len(below) - len(names)), *names)
        above, below = _padded(above, len(titles)), (*_padding(len(names) - len(below)), *below)
    return Foot(
        recipients=(*lines, f"- {kept}."),
        above=above,
        below=below,
        second_above=second[0],
        second_below=second[1],
        drafter=paper.drafter,
    )


def _padded(lines: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Fill up with empty lines, so that two people sign side by side."""
    return (*lines, *_padding(count - len(lines)))


def _padding(count: int) -> tuple[str, ...]:
    return ("\xa0",) * max(count, 0)


def signature_lines(signature: Signature) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines above and below the space for the signature (II.7)."""
    title = f"Q. {signature.title}" if signature.form is SignForm.Q else signature.title
    for_whom = f"{signature.form}. {signature.signed_for}" if signature.signed_for else ""
    deputised = f"KT. {signature.deputised}" if signature.deputised else ""
    above = [f"TM. {signature.collective}" if signature.collective else "", for_whom, deputised, title]
    below = [f"{signature.rank} {signature.name}".strip()]
    if signature.post_below:
        below.insert(0, signature.post)
    else:
        above.append(signature.post)
    return tuple(filter(None, above)), tuple(filter(None, below))


def roman(number: int) -> str:
    """Write a section's number."""
    text = ""
    for value, sign in (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while number >= value:
            text, number = text + sign, number - value
    return text


def _addressees(lines: tuple[str, ...]) -> tuple[str, ...]:
    if len(lines) == 1:
        return (f"Kính gửi: {lines[0]}.",)
    return ("Kính gửi:", *listed(lines)) if lines else ()


def _marks(paper: Paper) -> tuple[tuple[str, float], ...]:
    texts = [DRAFT] if paper.draft else []
    texts += [mark.value for mark in (paper.secrecy, paper.urgency) if mark is not None]
    texts += [paper.circulation] if paper.circulation else []
    measure = face(bold=True)
    return tuple((text, MARK_MM.get(text, measure.width(text, LAYOUT.mark_pt) + 5)) for text in texts)


def _broken(lines: tuple[str, ...], size: float, room: float, *, bold: bool) -> tuple[str, ...]:
    return tuple(part for line in lines for part in balanced(line, size, room, bold=bold))


def _widest(lines: tuple[str, ...], size: float) -> float:
    measure = face(bold=True)
    return max(measure.width(line, size) for line in lines)
