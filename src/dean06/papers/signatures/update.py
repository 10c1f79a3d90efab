"""One more revision of a PDF: what was there keeps its bytes, and the file's statement of its making is left alone.

A paper is PDF/A: its Info dictionary and its XMP must agree, and both belong to what was signed. So no revision of ours
touches them, and one that does is somebody else's.
"""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from typing_extensions import override

from dean06.papers.signatures.objects import dictionary, items

__all__ = ["Update", "fields_of"]


class Update(IncrementalPdfFileWriter):
    """A revision in the making."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(BytesIO(pdf))

    @override
    def _update_meta(self) -> None:
        """Leave the document's information as it is."""

    def done(self) -> bytes:
        """Return the file with the new revision at its end."""
        out = BytesIO()
        writer: IncrementalPdfFileWriter = self
        writer.write(out)
        return out.getvalue()


def fields_of(root: generic.DictionaryObject) -> dict[str, generic.DictionaryObject]:
    """Return the fields of a form by name; fields below other fields are left out, for ours have none."""
    fields = items(dictionary(root, "/AcroForm"), "/Fields")
    return {str(each["/T"]): each for each in fields if isinstance(each, generic.DictionaryObject) and "/T" in each}
