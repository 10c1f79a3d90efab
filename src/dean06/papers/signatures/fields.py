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

from dean06.papers.document import Paper
from dean06.papers.errors import PaperRefused
from dean06.papers.layout import LAYOUT
from dean06.papers.letters import MM_PER_PT, face
from dean06.papers.pdf_file import render_places
from dean06.papers.signatures.stamps import as_form, text_stamp
from dean06.papers.signatures.tagging import tag_fields
from dean06.papers.signatures.update import Update, fields_of
from dean06.papers.typesetting import Place
from dean06.papers.wording import number_line, place_date_line

NUMBER, DATE, PERSON, AGENCY = "so_ky_hieu", "ngay_ban_hanh", "nguoi_ky", "co_quan"
TOLD = {
    NUMBER: "Số và ký hiệu của văn bản",
    DATE: "Địa danh và ngày, tháng, năm ban hành",
    PERSON: "Chữ ký số của người có thẩm quyền",
    AGENCY: "Chữ ký số của cơ quan, tổ chức",
}
SEAL_MM = (36.0, 36.0)
HAND_MM = (56.0, 24.0)
COVERED = 1 / 3
READ_ONLY, PRINTED = 1, 4
_HIGHEST_NUMBER, _LONGEST_DAY = 99_999, date(2026, 12, 28)

Box = tuple[float, float, float, float]

__all__ = [
    "AGENCY",
    "DATE",
    "HAND_MM",
    "NUMBER",
    "PERSON",
    "SEAL_MM",
    "Prepared",
    "box_of",
    "fill",
    "hand_place",
    "render_for_signing",
    "seal_place",
]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A PDF that waits for its signatures, and where its four fields are, in points from the top left corner."""

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
    page, told = render_places(paper, at, proof)
    hand = hand_place(told["signature"])
    places = {NUMBER: told["number"], DATE: told["date"], PERSON: hand, AGENCY: seal_place(hand, seal_mm)}
    writer = Update(page)
    _add_text(writer, NUMBER, places[NUMBER], number_line(paper))
    _add_text(writer, DATE, places[DATE], place_date_line(paper.place, None))
    for name, locked, permission in (
        (PERSON, FieldMDPSpec(FieldMDPAction.EXCLUDE, [NUMBER, DATE, AGENCY]), MDPPerm.FILL_FORMS),
        (AGENCY, FieldMDPSpec(FieldMDPAction.ALL), MDPPerm.NO_CHANGES),
    ):
        place = places[name]
        spec = SigFieldSpec(
            name,
            on_page=place.page - 1,
            box=box_of(writer, place),  # type: ignore[arg-type]  # rectangles need not be whole points
            field_mdp_spec=locked,
            doc_mdp_update_value=permission,
            readable_field_name=TOLD[name],
        )
        append_signature_field(writer, spec)
    tag_fields(writer)
    return Prepared(writer.done(), places)


def _check(paper: Paper) -> None:
    if paper.draft:
        raise PaperRefused("văn bản", "dự thảo thì chưa ký được", "a draft cannot be signed")
    if paper.number is not None or paper.issued_on is not None:
        raise PaperRefused(
            "số văn bản",
            "ký trước, cấp số và ngày sau (Điều 15 Nghị định 30/2020/NĐ-CP)",
            "is given after the signature",
        )
    widest = replace(paper, number=_HIGHEST_NUMBER, issued_on=_LONGEST_DAY)
    for line, room, italic, where in (
        (number_line(widest), LAYOUT.head_left_mm, False, "ký hiệu"),
        (place_date_line(paper.place, _LONGEST_DAY), LAYOUT.head_right_mm, True, "địa danh"),
    ):
        if face(italic=italic).width(line, LAYOUT.number_pt) > room:
            raise PaperRefused(where, "quá dài để viết trên một dòng khi cấp số", "is too long for its line")


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


def fill(writer: IncrementalPdfFileWriter, lines: dict[str, str]) -> None:
    """Fill fields of the form: value and appearance, and nothing else of the file."""
    fields = fields_of(writer.root)
    for name, line in lines.items():
        field = fields[name]
        left, low, right, high = (float(each) for each in field["/Rect"])
        field["/V"] = pdf_string(line)
        field["/AP"] = _appearance(writer, name, line, (right - left, high - low))
        writer.update_container(field)


def _appearance(
    writer: IncrementalPdfFileWriter, name: str, line: str, size: tuple[float, float]
) -> generic.DictionaryObject:
    points = LAYOUT.date_pt if name == DATE else LAYOUT.number_pt
    form = as_form(writer, text_stamp(line, size, points, italic=name == DATE))
    return generic.DictionaryObject({pdf_name("/N"): form})


def _add_text(writer: IncrementalPdfFileWriter, name: str, place: Place, line: str) -> None:
    appearance = _appearance(writer, name, line, (place.width, place.height))
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
            pdf_name("/TU"): pdf_string(TOLD[name]),
            pdf_name("/Ff"): generic.NumberObject(READ_ONLY),
            pdf_name("/F"): generic.NumberObject(PRINTED),
            pdf_name("/Q"): generic.NumberObject(1),
            pdf_name("/V"): pdf_string(line),
            pdf_name("/DA"): pdf_string(f"{font} {LAYOUT.number_pt:g} Tf 0 g"),
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
