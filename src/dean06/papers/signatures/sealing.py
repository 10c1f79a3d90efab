"""The acts on a paper, in their order: signed by a person, numbered, sealed by the agency.

Each returns a new file or fails. Every signature is PAdES B-LT: with a time stamp, and with the proof of what was known
of revocations in the same revision. After each signature the file is verified as a stranger would verify it; one that
does not hold is not handed out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    PdfSigningSession,
    SigDSSPlacementPreference,
)
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.errors import PathError, ValidationError
from typing_extensions import override

from dean06.papers.printing.layout import LAYOUT
from dean06.papers.printing.letters import MM_PER_PT, balanced
from dean06.papers.printing.typesetting import Place
from dean06.papers.signatures.checking import NOBODY, Expected, check_key, named, organisation_of
from dean06.papers.signatures.deadline import within
from dean06.papers.signatures.errors import ServiceSilent, SigningRefused
from dean06.papers.signatures.fields import (
    AGENCY,
    COVERED,
    DATE,
    NOTE,
    NUMBER,
    PERSON,
    SECOND,
    box_of,
    broken_note,
    fill,
    page_size,
)
from dean06.papers.signatures.opening import open_pdf, reading
from dean06.papers.signatures.report import CertificateState, TimeSource, Verdict
from dean06.papers.signatures.signers import Signer
from dean06.papers.signatures.stamps import (
    NOTE_PT,
    Picture,
    image_stamp,
    note_stamp,
    note_width,
    plain_stamp,
    signing_time,
    stamp_style,
)
from dean06.papers.signatures.trust import Validation
from dean06.papers.signatures.update import Update, fields_of
from dean06.papers.signatures.verification import verify
from dean06.papers.writing.document import CopyForm
from dean06.papers.writing.wording import BLANK

CORNER = "ky_so_goc_tren"
CORNER_MM = 10.0
CLOSED = (FieldMDPSpec(FieldMDPAction.ALL), MDPPerm.NO_CHANGES)
_GIVEN = re.compile(r"Số: (\d+)/\S+\n.+, ngày (\d+) tháng (\d+) năm (\d+)")
Showing = Callable[[Update, x509.Certificate], bytes]

__all__ = ["Means", "fill_number", "seal", "seal_annex", "seal_copy", "sign_person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """With what a signature is made.

    Args:
        signer: the key.
        tsa: the time stamp service.
        validation: whom to believe.
        expected: whose certificate it has to be.
        timeout: seconds for the whole act.
    """

    signer: Signer
    tsa: TimeStamper
    validation: Validation
    expected: Expected = NOBODY
    timeout: float = 60.0


def sign_person(pdf: bytes, means: Means, image: Picture | None, at: datetime, *, second: bool = False) -> bytes:
    """Return a prepared paper with a person's signature, which permits only number, date, the other and the seal.

    `second` is for the block on the left, where two people sign, in whichever order.
    """
    fields, own = _prepared(pdf), SECOND if second else PERSON
    if own not in fields:
        raise _order("Văn bản này chỉ có một người ký.", "This paper has one signer.")
    _require_empty(fields[own])
    untouched = not any("/V" in fields[each] for each in (PERSON, SECOND) if each in fields)

    def show(writer: Update, certificate: x509.Certificate) -> bytes:
        field = fields_of(writer.root)[own]
        if image is None:
            return plain_stamp(("Người ký:", named(certificate)), at, _size(field), _size(field)[0])
        drawn = image.fitted(*_size(field))
        if untouched and own == PERSON:
            _close_up(writer, field, drawn)
        return image_stamp(image, _size(field), drawn, "center")

    return _signed(pdf, own, means, show, at)


def _close_up(writer: Update, field: generic.DictionaryObject, drawn: tuple[float, float]) -> None:
    """Draw the field in to its image, and the seal's with it, so that it covers a third of what is seen."""
    left, low, right, high = _rectangle(field)
    wide, tall = drawn
    start, centre = (left + right - wide) / 2, (low + high) / 2
    _move(writer, field, (start, centre - tall / 2, wide, tall))
    seal_field = fields_of(writer.root)[AGENCY]
    seal_wide, seal_tall = _size(seal_field)
    _move(writer, seal_field, (start + wide * COVERED - seal_wide, centre - seal_tall / 2, seal_wide, seal_tall))


def fill_number(pdf: bytes, number_line: str, date_line: str) -> bytes:
    """Return a signed paper with its number and its date filled in, once, wherever they stand."""
    fields = _prepared(pdf)
    if any("/V" not in fields[each] for each in (PERSON, SECOND) if each in fields):
        raise _order("Văn bản chưa đủ chữ ký của người có thẩm quyền: ký trước, cấp số sau.", "Not signed yet.")
    if "/V" in fields[AGENCY] or BLANK not in str(fields[NUMBER]["/V"]):
        raise _order("Văn bản đã có số: mỗi văn bản chỉ cấp số một lần.", "The paper has its number already.")
    given = _GIVEN.fullmatch(f"{number_line}\n{date_line}")
    if given is None:
        raise _order("Dòng số hoặc dòng ngày không đúng thể thức.", "The number or the date is not in its form.")
    lines: dict[str, tuple[str, ...]] = {NUMBER: (number_line,), DATE: (date_line,)}
    for name in (each for each in fields if each.startswith(NOTE)):
        note = str(fields[name]["/V"])
        for part in given.groups():
            note = note.replace(BLANK, part, 1)
        lines[name] = broken_note(note, _size(fields[name])[0])
    writer = Update(pdf)
    fill(writer, lines)
    return writer.done()


def seal(pdf: bytes, means: Means, image: Picture | None, at: datetime) -> bytes:
    """Return a signed and numbered paper with the agency's signature, after which nothing may be changed."""
    fields = _prepared(pdf)
    _require_empty(fields[AGENCY])
    if BLANK in str(fields[NUMBER]["/V"]):
        raise _order("Chỉ đóng dấu văn bản đã ký và đã cấp số.", "Only a signed and numbered paper is sealed.")
    found = verify(pdf, means.validation.trust, at)
    if found.verdict in (Verdict.BROKEN, Verdict.CHANGED):
        raise _order(f"Không đóng dấu. {found.sentence.vi}", f"Not sealed. {found.sentence.en}")

    def show(writer: Update, certificate: x509.Certificate) -> bytes:
        field, hand = (fields_of(writer.root)[each] for each in (AGENCY, PERSON))
        if image is None:
            own = _size(field)
            return plain_stamp((organisation_of(certificate),), at, own, own[0] - _size(hand)[0] * COVERED)
        if any(real > room + 0.5 for real, room in zip(image.size_pt, _size(field), strict=True)):
            raise SigningRefused(
                "image",
                "Dấu to hơn chỗ đã chừa khi trình ký: khai đúng kích thước dấu của cơ quan rồi trình lại.",
                "The seal is larger than the room left for it: enter the seal's real size and prepare again.",
            )
        return image_stamp(image, _size(field), image.size_pt, "right")

    return _signed(pdf, AGENCY, means, show, at)


def seal_annex(pdf: bytes, means: Means, number_and_symbol: str, at: datetime) -> bytes:
    """Return an annex in a file of its own with the agency's signature: top right of page 1, without image (II.8)."""
    return _in_corner(pdf, means, f"{number_and_symbol}; {signing_time(at)}", at)


def seal_copy(pdf: bytes, means: Means, form: CopyForm, agency: str, at: datetime) -> bytes:
    """Return a copy with the signature of the agency that made it: form, agency, time; top right of page 1."""
    return _in_corner(pdf, means, f"{form.value}; {agency}; {signing_time(at)}", at)


def _in_corner(pdf: bytes, means: Means, told: str, at: datetime) -> bytes:
    _signable(pdf)
    lines = balanced(told, NOTE_PT, LAYOUT.text_width_mm - 1)
    wide, tall = note_width(lines), NOTE_PT * 1.2 * len(lines)
    right, top = LAYOUT.right_mm / MM_PER_PT, CORNER_MM / MM_PER_PT
    with reading():
        writer = Update(pdf)
        page_wide, _ = page_size(writer, 1)
        taken = fields_of(writer.root)
        name = next(each for at in range(1, 1000) if (each := f"{CORNER}_{at}") not in taken)
        box = box_of(writer, Place(1, page_wide - right - wide, top, wide, tall))
    locked, permission = CLOSED
    spec = SigFieldSpec(
        name,
        on_page=0,
        box=box,  # type: ignore[arg-type]  # rectangles need not be whole points
        field_mdp_spec=locked,
        doc_mdp_update_value=permission,
        readable_field_name=told,
    )
    return _signed(pdf, name, means, lambda _writer, _own: note_stamp(lines, (wide, tall), "right"), at, spec)


def _signed(pdf: bytes, name: str, means: Means, show: Showing, at: datetime, new: SigFieldSpec | None = None) -> bytes:
    """Sign within the time that there is, then verify what came out."""

    def work() -> bytes:
        with means.signer.opened() as key:
            certificate = check_key(key, at, means.validation, means.expected)
            writer = Update(pdf)
            with _told():
                stamp = show(writer, certificate)
                out = BytesIO()
                _signer(key, name, means, stamp, at, new).sign_pdf(writer, output=out)
            return out.getvalue()

    done = within(means.timeout, work)
    _confirm(done, name, means, at)
    return done


class _AtMoment(PdfSigner):
    """A signer that takes the moment of the act from whoever acts, not from the machine."""

    moment: datetime

    @override
    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session

    @override
    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """Name the extension of PAdES alone: whatever the key, a paper stays PDF 1.7, as PDF/A-2 asks."""
        pdf_out.register_extension(ESIC_EXTENSION_1)


def _signer(
    key: signers.Signer, name: str, means: Means, stamp: bytes, at: datetime, new: SigFieldSpec | None
) -> PdfSigner:
    placed = DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)
    meta = PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=True,
        validation_context=means.validation.context(at),
        signer_key_usage=set(),
        dss_settings=placed,
        docmdp_permissions=MDPPerm.FILL_FORMS if name in (PERSON, SECOND) else MDPPerm.NO_CHANGES,
    )
    signer = _AtMoment(meta, key, timestamper=means.tsa, stamp_style=stamp_style(stamp), new_field_spec=new)
    signer.moment = at
    return signer


@contextmanager
def _told() -> Iterator[None]:
    """Say in a sentence what went wrong in signing."""
    try:
        yield
    except (TimestampRequestError, TimeoutError, ConnectionError) as error:
        raise ServiceSilent(
            "tsa",
            "Dịch vụ cấp dấu thời gian không trả lời hoặc trả lời sai: chưa ký gì; thử lại sau.",
            "The time stamp service does not answer, or answers wrongly: nothing is signed; try again later.",
        ) from error
    except (PathError, ValidationError, SigningError) as error:
        raise SigningRefused(
            "proof",
            "Chưa ký: chứng thư của dịch vụ dấu thời gian hoặc của nơi cấp không đạt khi kiểm tra.",
            "Not signed: the certificate of the time stamp service or of an issuer does not pass its check.",
        ) from error


def _confirm(pdf: bytes, name: str, means: Means, at: datetime) -> None:
    found = verify(pdf, means.validation.trust, at)
    own = next((each for each in found.signatures if each.field == name), None)
    good = (
        own is not None
        and own.sound
        and own.certificate is CertificateState.TRUSTED
        and own.time_source is TimeSource.TIMESTAMP
    )
    if not good:
        raise ServiceSilent(
            "unsound",
            "Chữ ký nhận được không khớp với văn bản hoặc chứng thư, nên không dùng: chưa ký gì; báo nơi cấp khóa.",
            "The signature received does not fit the paper or the certificate and is dropped: nothing is signed.",
        )


def _signable(pdf: bytes) -> generic.DictionaryObject:
    opened = open_pdf(pdf)
    if opened.active or opened.encrypted or opened.irregular:
        raise SigningRefused(
            "unsafe",
            "Không ký tệp PDF có mã lệnh tự chạy, có mã hóa hoặc sai cấu trúc: xuất lại tệp từ bản gốc.",
            "A PDF with scripts, with encryption or with a faulty structure is not signed: export it again.",
        )
    return opened.reader.root


def _prepared(pdf: bytes) -> dict[str, generic.DictionaryObject]:
    fields = fields_of(_signable(pdf))
    if not {PERSON, AGENCY, NUMBER, DATE} <= fields.keys():
        raise _order("Tệp này không phải văn bản đã trình ký.", "This file is no paper prepared for signing.")
    return fields


def _require_empty(field: generic.DictionaryObject) -> None:
    if "/V" in field:
        raise _order("Văn bản đã có chữ ký này.", "The paper has this signature already.")


def _order(vi: str, en: str) -> SigningRefused:
    return SigningRefused("order", vi, en)


def _rectangle(field: generic.DictionaryObject) -> tuple[float, float, float, float]:
    left, low, right, high = (float(each) for each in field["/Rect"])
    return left, low, right, high


def _size(field: generic.DictionaryObject) -> tuple[float, float]:
    left, low, right, high = _rectangle(field)
    return right - left, high - low


def _move(writer: Update, field: generic.DictionaryObject, place: tuple[float, float, float, float]) -> None:
    """Put a widget elsewhere, before it is signed: left, bottom, width, height."""
    left, low, wide, tall = place
    corners = (left, low, left + wide, low + tall)
    field["/Rect"] = generic.ArrayObject(generic.FloatObject(round(each, 3)) for each in corners)
    writer.update_container(field)
