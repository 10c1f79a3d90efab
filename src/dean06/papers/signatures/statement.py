"""What a file says of itself: title, author, subject, keywords, program. It belongs to what was signed.

Programs that add proof for long keeping note when and by what a file was last saved; that alone may change.
"""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.metadata.info import view_from_info_dict
from pyhanko.pdf_utils.metadata.model import DocumentMetadata
from pyhanko.pdf_utils.metadata.xmp_xml import meta_from_xmp, parse_xmp
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from dean06.papers.signatures.objects import value

__all__ = ["same_statement"]


def same_statement(then: HistoricalResolver, now: PdfFileReader) -> bool:
    """Say whether a file says the same of itself as in an earlier revision."""
    try:
        return _said(then.trailer_view.raw_get("/Info"), then.root) == _said(now.trailer.raw_get("/Info"), now.root)
    except (PdfError, ValueError, TypeError, KeyError, AttributeError):
        return False


def _said(info: object, root: generic.DictionaryObject) -> tuple[tuple[str, ...], ...]:
    described = info.get_object() if isinstance(info, generic.IndirectObject) else info
    stream = value(root, "/Metadata")
    plain = view_from_info_dict(described, strict=False) if isinstance(described, generic.DictionaryObject) else None
    rich = meta_from_xmp(parse_xmp(BytesIO(stream.data))) if isinstance(stream, generic.StreamObject) else None
    return tuple(_told(each) for each in (plain, rich))


def _told(meta: DocumentMetadata | None) -> tuple[str, ...]:
    if meta is None:
        return ()
    return tuple(repr(each) for each in (meta.title, meta.author, meta.subject, meta.keywords, meta.creator))
