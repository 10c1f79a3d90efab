"""The group's charter as a file: PDF, Akoma Ntoso, canonical JSON, or its package."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dean06.charter import service as charters
from dean06.charter.types import Charter
from dean06.flows import charter_booklet
from dean06.web.pages.charter.versions import shown_text, version_of
from dean06.web.reader import Reader, group_page

__all__ = ["KINDS", "charter_file"]

KINDS: dict[str, tuple[str, Callable[[Charter], bytes] | None]] = {
    "pdf": ("application/pdf", None),  # states the moment at which it is made
    "xml": ("application/akn+xml", charters.akoma_ntoso),
    "json": ("application/json", lambda charter: charters.to_canonical(charter).encode()),
    "zip": ("application/zip", charters.package_zip),
}


@require_safe
@group_page
def charter_file(request: HttpRequest, reader: Reader, kind: str) -> HttpResponse:
    """Hand out one version of the charter in one form; a PDF opens in the browser, the others are saved."""
    if kind not in KINDS:
        raise Http404
    charter = shown_text(request, reader)
    media, write = KINDS[kind]
    content = write(charter) if write else charter_booklet.charter_pdf(charter, reader.now, version_of(reader, charter))
    place = "inline" if kind == "pdf" else "attachment"
    name = f"{charter.line}-v{charter.version}.{kind}"
    return HttpResponse(
        content,
        content_type=media,
        headers={"Content-Disposition": f'{place}; filename="{name}"', "Cache-Control": "no-store"},
    )
