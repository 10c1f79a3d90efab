"""The parts of a .docx that every paper has: content types, relations, settings, the headers of its pages."""

from __future__ import annotations

from functools import cache
from xml.sax.saxutils import escape

from dean06.papers.docx.styles import WORD, style_id, styles_xml

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NUMBERED, MARKED, BARE = "rId3", "rId4", "rId5"


@cache
def fixed_parts() -> dict[str, str]:
    """Return the parts that are the same in every paper."""
    headers = (("header1", "header"), ("header2", "header"), ("header3", "header"))
    parts = (("document", "document.main"), ("styles", "styles"), ("settings", "settings"), *headers)
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{kind}+xml"/>' for name, kind in parts
    )
    return {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
        ),
        "_rels/.rels": _relations(
            (f"{OFFICE}/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/_rels/document.xml.rels": _relations(
            (f"{OFFICE}/styles", "styles.xml"),
            (f"{OFFICE}/settings", "settings.xml"),
            *((f"{OFFICE}/header", f"header{at}.xml") for at in (1, 2, 3)),
        ),
        "word/styles.xml": styles_xml(),
        "word/settings.xml": (
            f'{XML}<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
            '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
            'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
            '<w:themeFontLang w:val="vi-VN"/></w:settings>'
        ),
        "word/header1.xml": header(
            "SoTrang",
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText>'
            '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        "word/header3.xml": header("SoTrang", ""),
    }


def marked_header(mark: str) -> str:
    """Write the header of a copy's first page."""
    return header("BanSao", f'<w:r><w:t xml:space="preserve">{escape(mark)}</w:t></w:r>' if mark else "")


def header(style: str, runs: str) -> str:
    """Write the header of a page: one paragraph."""
    return f'{XML}<w:hdr xmlns:w="{WORD}"><w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/></w:pPr>{runs}</w:p></w:hdr>'


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'
