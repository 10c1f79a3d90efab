"""A paper made ready for its signatures: places for two, and two fields that wait for number and date.

A paper is signed first and numbered after (Decree 30/2020/NĐ-CP, Article 15). So the number and the date are no
content of the page that the person signs but two read-only fields of a form: filling them is the one change that the
person's signature permits, and the seal forbids every other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, append_signature_field

from dean06.papers.errors import PaperRefused
from dean06.papers.pdf.file import render_places
from dean06.papers.printing.layout import LAYOUT
from dean06.papers.printing.letters import MM_PER_PT, balanced
from dean06.papers.printing.typesetting import Place
from dean06.papers.signatures.stamps import as_form, text_stamp
from dean06.papers.signatures.tagging import tag_fields
from dean06.papers.signatures.update import Update, fields_of
from dean06.papers.writing.document import Paper
from dean06.papers.writing.wording import attached_note, number_line, place_date_line

NUMBER, DATE, NOTE = "so_ky_hieu", "ngay_ban_hanh", "kem_theo_"
PERSON, SECOND, AGENCY = "nguoi_ky", "nguoi_ky_thu_hai", "co_quan"
TOLD = {
    NUMBER: "Số và ký hiệu của văn bản",
    DATE: "Địa danh và ngày, tháng, năm ban hành",
    NOTE: "Số và ngày của văn bản mà phần này kèm theo",
    SECOND: "Chữ ký số của người ký thứ hai",
    PERSON: "Chữ ký số của người có thẩm quyền",
    AGENCY: "Chữ ký số của cơ quan, tổ chức",
}
SEAL_MM = (36.0, 36.0)
HAND_MM = (56.0, 24.0)
COVERED = 1 / 3
NOTE_SIDES_MM = 20.0
READ_ONLY, PRINTED = 1, 4
_HIGHEST_NUMBER, _LONGEST_DAY = 99_999, date(2026, 12, 28)

Box = tuple[float, float, float, float]

__all__ = [
    "AGENCY",
    "DATE",
    "HAND_MM",
    "NOTE",
    "NUMBER",
    "PERSON",
    "SEAL_MM",
    "SECOND",
    "Prepared",
    "box_of",
    "broken_note",
    "fill",
    "hand_place",
    "render_for_signing",
    "seal_place",
]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A PDF that waits for its signatures, and where its fields are, in points from the top left corner."""

    pdf: bytes
    places: dict[str, Place]


def render_for_signing(paper: Paper, at: datetime, seal_mm: tuple[float, float] = SEAL_MM, proof: str = "") -> Prepared:
    """Return the PDF of a paper without number, with its fields.

    Args:
        paper: a final paper (no draft) that has neither number nor date.
        at: the moment that the file states.
        seal_mm: width and height of the agency's real seal.
        proof: the address that its QR code leads to; empty: it bears none.
    """
    _check(paper)
    # What is left out takes the room of the longest number and day, so that whatever is filled in has its place.
    page, told = render_places(replace(paper, number=_HIGHEST_NUMBER, issued_on=_LONGEST_DAY), at, proof)
    texts: dict[str, tuple[Place, tuple[str, ...]]] = {
        NUMBER: (told["number"], (number_line(paper),)),
        DATE: (told["date"], (place_date_line(paper.place, None),)),
    }
    for number in range(1, len(paper.attachments) + 1):
        place = told[f"note-{number}"]
        texts[f"{NOTE}{number}"] = (place, broken_note(attached_note(paper), place.width))
    hand = hand_place(told["signature"])
    signed = {PERSON: hand} | ({SECOND: hand_place(told["second"])} if paper.second else {})
    writer = Update(page)
    for name, (place, lines) in texts.items():
        _add_text(writer, name, place, lines)
    later = [*texts, *signed, AGENCY]
    for name, place in signed.items():
        _add_signature(writer, name, place, FieldMDPSpec(FieldMDPAction.EXCLUDE, later), MDPPerm.FILL_FORMS)
    seal = seal_place(hand, seal_mm)
    _add_signature(writer, AGENCY, seal, FieldMDPSpec(FieldMDPAction.ALL), MDPPerm.NO_CHANGES)
    tag_fields(writer)
    return Prepared(writer.done(), {each: place for each, (place, _) in texts.items()} | signed | {AGENCY: seal})


def _check(paper: Paper) -> None:
    if paper.draft:
        raise PaperRefused("văn bản", "dự thảo thì chưa ký được", "a draft cannot be signed")
    if paper.number is not None or paper.issued_on is not None:
        raise PaperRefused(
            "số văn bản", "ký trước, cấp số sau (Điều 15 Nghị định 30/2020/NĐ-CP)", "is given after the signature"
        )


def broken_note(note: str, room: float) -> tuple[str, ...]:
    """Break the note of an attachment into lines, as the final paper has them; `room` in points."""
    return balanced(note, LAYOUT.abstract_pt, room * MM_PER_PT - NOTE_SIDES_MM)


def hand_place(gap: Place) -> Place:
    """Return the room of the hand's image: in the middle between title and name."""
    wide, tall = (length / MM_PER_PT for length in HAND_MM)
    tall = min(tall, gap.height)
    return Place(gap.page, gap.x + (gap.width - wide) / 2, gap.y + (gap.height - tall) / 2, wide, tall)


def seal_place(hand: Place, seal_mm: tuple[float, float]) -> Place:
    """Return where the seal goes: over the left third of the person's image (Appendix I, part I, II.8)."""
    wide, tall = (length / MM_PER_PT for length in seal_mm)
    right = hand.x + hand.width * COVERED
    return Place(hand.page, right - wide, hand.y + (hand.height - tall) / 2, wide, tall)


def box_of(writer: IncrementalPdfFileWriter, place: Place) -> Box:
    """Return a place as a rectangle of its page: from the bottom left corner."""
    _, tall = page_size(writer, place.page)
    low = tall - place.y - place.height
    return (round(place.x, 3), round(low, 3), round(place.x + place.width, 3), round(low + place.height, 3))


def page_size(writer: IncrementalPdfFileWriter, page: int) -> tuple[float, float]:
    """Return width and height of a page in points."""
    node = writer.find_page_for_modification(page - 1)[0].get_object()
    while "/MediaBox" not in node:
        node = node["/Parent"]
    left, low, right, high = (float(each) for each in node["/MediaBox"])
    return right - left, high - low


def fill(writer: IncrementalPdfFileWriter, lines: dict[str, tuple[str, ...]]) -> None:
    """Fill fields of the form: value and appearance, and nothing else of the file."""
    fields = fields_of(writer.root)
    for name, told in lines.items():
        field = fields[name]
        left, low, right, high = (float(each) for each in field["/Rect"])
        field["/V"] = pdf_string(" ".join(told))
        field["/AP"] = _appearance(writer, name, told, (right - left, high - low))
        writer.update_container(field)


def _appearance(
    writer: IncrementalPdfFileWriter, name: str, lines: tuple[str, ...], size: tuple[float, float]
) -> generic.DictionaryObject:
    form = as_form(writer, text_stamp(lines, size, _points(name), italic=name != NUMBER))
    return generic.DictionaryObject({pdf_name("/N"): form})


def _points(name: str) -> float:
    return {NUMBER: LAYOUT.number_pt, DATE: LAYOUT.date_pt}.get(name, LAYOUT.abstract_pt)


def _add_signature(
    writer: IncrementalPdfFileWriter, name: str, place: Place, locked: FieldMDPSpec, permission: MDPPerm
) -> None:
    spec = SigFieldSpec(
        name,
        on_page=place.page - 1,
        box=box_of(writer, place),  # type: ignore[arg-type]  # rectangles need not be whole points
        field_mdp_spec=locked,
        doc_mdp_update_value=permission,
        readable_field_name=TOLD[name],
    )
    append_signature_field(writer, spec)


def _add_text(writer: IncrementalPdfFileWriter, name: str, place: Place, lines: tuple[str, ...]) -> None:
    appearance = _appearance(writer, name, lines, (place.width, place.height))
    fonts = appearance["/N"]["/Resources"]["/Font"]
    page, _ = writer.find_page_for_modification(place.page - 1)
    form = writer.root.setdefault("/AcroForm", _empty_form())
    font = pdf_name(f"/{name}")
    form["/DR"]["/Font"][font] = fonts.raw_get(next(iter(fonts)))
    widget = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): pdf_string(name),
            pdf_name("/TU"): pdf_string(TOLD.get(name, TOLD[NOTE])),
            pdf_name("/Ff"): generic.NumberObject(READ_ONLY),
            pdf_name("/F"): generic.NumberObject(PRINTED),
            pdf_name("/Q"): generic.NumberObject(1),
            pdf_name("/V"): pdf_string(" ".join(lines)),
            pdf_name("/DA"): pdf_string(f"{font} {_points(name):g} Tf 0 g"),
            pdf_name("/AP"): appearance,
            pdf_name("/Rect"): _numbers(box_of(writer, place)),
            pdf_name("/P"): generic.IndirectObject(page.idnum, page.generation, writer),
        }
    )
    reference = writer.add_object(widget)
    form["/Fields"].append(reference)
    writer.update_root()
    writer.register_annotation(page, reference)


def _empty_form() -> generic.DictionaryObject:
    resources = generic.DictionaryObject({pdf_name("/Font"): generic.DictionaryObject()})
    return generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject(), pdf_name("/DR"): resources})


def _numbers(values: Iterable[float]) -> generic.ArrayObject:
    return generic.ArrayObject(generic.FloatObject(each) for each in values)
