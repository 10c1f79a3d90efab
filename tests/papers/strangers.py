"""Sound .docx files as other offices make them: heads by tab stops, text boxes, columns; fonts by theme; typed indents.

Each is written by hand in the ways that Word and its users have, and departs from the decree in nothing.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
LONG = (
    "Thực hiện Kế hoạch công tác năm 2026, Tổ công tác xã Đồng Lúa báo cáo kết quả làm sạch dữ liệu dân cư, "
    "dữ liệu bảo hiểm y tế và dữ liệu học sinh trên địa bàn xã, kèm các khó khăn, vướng mắc như sau."
)
LAST = "Trên đây là báo cáo kết quả công tác tháng 01 năm 2026 của Tổ công tác xã Đồng Lúa./."


def r(text: str, size: float = 0, look: str = "") -> str:
    """A run; `look` has b, i, u."""
    half = f'<w:sz w:val="{size * 2:g}"/><w:szCs w:val="{size * 2:g}"/>' if size else ""
    marks = "".join({"b": "<w:b/>", "i": "<w:i/>", "u": '<w:u w:val="single"/>'}[each] for each in look)
    pieces = text.split("\t")
    body = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in pieces)
    return f"<w:r><w:rPr>{marks}{half}</w:rPr>{body}</w:r>"


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


CENTRE = '<w:spacing w:after="0"/><w:jc w:val="center"/>'
NONE = '<w:spacing w:after="0"/>'
BODY = '<w:spacing w:before="0" w:after="120" w:line="276" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>'  # noqa: E501  markup reads better unbroken
TITLE = p(r("BÁO CÁO", 14, "b"), CENTRE) + p(r("Kết quả công tác tháng 01 năm 2026", 14, "b"), CENTRE)
TEXT = p(r(LONG, 14), BODY) + p(r(LAST, 14), BODY)


SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def anchored(x_mm: float, width_mm: float, height_mm: float, shape: str, *, page: bool = False) -> str:
    """A drawing that stands free of the text, as Word writes it."""
    across, down = round(width_mm * 36000), round(height_mm * 36000)
    wrap = "TopAndBottom" if height_mm else "None"
    away = round((x_mm + (30 if page else 0)) * 36000)
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{"page" if page else "column"}"><wp:posOffset>{away}</wp:posOffset></wp:positionH>'  # noqa: E501  markup reads better unbroken
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>20000</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrap{wrap}/>'
        f'<wp:docPr id="{away % 9973 + 1}" name="shape"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{SHAPES}">'  # noqa: E501  markup reads better unbroken
        f"<wps:wsp>{shape.format(across=across, down=down)}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"  # noqa: E501  markup reads better unbroken
    )


PLACE = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
LINE = (
    f'<wps:cNvCnPr/><wps:spPr>{PLACE}<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill>'
    '<a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/>'
)
BOX = (
    f'<wps:cNvSpPr txBox="1"/><wps:spPr>{PLACE}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln><a:noFill/></a:ln>'
    "</wps:spPr><wps:txbx><w:txbxContent>TEXT</w:txbxContent></wps:txbx>"
    '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"/>'
)


def line(width_mm: float, x_mm: float, *, page: bool = False) -> str:
    """A drawn line anchored in the text (DrawingML, with the VML that older Words read)."""
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{anchored(x_mm, width_mm, 0, LINE, page=page)}</mc:Choice>'  # noqa: E501  markup reads better unbroken
        f'<mc:Fallback><w:pict><v:line from="{x_mm}mm,2mm" to="{x_mm + width_mm}mm,2mm"/></w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


def old_line(width_mm: float, x_mm: float) -> str:
    """A line as Word 2003 wrote it."""
    return f'<w:r><w:pict><v:line style="position:absolute;z-index:1" from="{x_mm:g}mm,2mm" to="{x_mm + width_mm:g}mm,2mm"/></w:pict></w:r>'  # noqa: E501  markup reads better unbroken


def box(paragraphs: str, x_mm: float, width_mm: float) -> str:
    drawn = anchored(x_mm, width_mm, 40, BOX).replace("TEXT", paragraphs)
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice></mc:AlternateContent></w:r>'


def cell(paragraphs: str, width_mm: float, borders: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{round(width_mm * 56.69)}" w:type="dxa"/>{borders}</w:tcPr>{paragraphs}</w:tc>'


def table(rows: list[list[str]], widths: tuple[float, ...], style: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{round(width * 56.69)}"/>' for width in widths)
    named = f'<w:tblStyle w:val="{style}"/>' if style else ""
    body = "".join(f"<w:tr>{''.join(map(cell, row, widths))}</w:tr>" for row in rows)
    return (
        f'<w:tbl><w:tblPr>{named}<w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


LEFT_HEAD = p(r("UBND XÃ ĐỒNG LÚA", 13), CENTRE) + p(r("TỔ CÔNG TÁC ĐỀ ÁN 06", 13, "b"), CENTRE)
RIGHT_HEAD = p(r(NATION, 12, "b"), CENTRE) + p(r(MOTTO, 14, "b"), CENTRE)
NUMBER, DATE = "Số: 07/BC-TCT", "Đồng Lúa, ngày 05 tháng 02 năm 2026"
FOOT = table(
    [
        [
            p(r("Nơi nhận:", 12, "bi"), NONE)
            + p(r("- Chủ tịch UBND xã;", 11), NONE)
            + p(r("- Các thành viên Tổ công tác;", 11), NONE)
            + p(r("- Lưu: VT, CA.", 11), NONE),
            p(r("TỔ TRƯỞNG", 14, "b"), CENTRE) + p("", CENTRE) * 4 + p(r("Phan Văn Giả", 14, "b"), CENTRE),
        ]
    ],
    (80, 85),
)


def by_table() -> str:
    """The usual two-column table; drawn lines inside the cells, number under the agency."""
    head = table(
        [
            [
                LEFT_HEAD + p(line(24, 22), CENTRE),
                RIGHT_HEAD + p(line(60.5, 15, page=True), CENTRE),
            ],
            [p(r(NUMBER, 13), CENTRE), p(r(DATE, 14, "i"), CENTRE)],
        ],
        (70, 95),
    )
    return head + p("") + TITLE + p(line(30, 67), CENTRE) + TEXT + FOOT


def by_tabs() -> str:
    """One paragraph a row, a centre tab for each column; lines drawn over the text."""
    tabs = '<w:tabs><w:tab w:val="center" w:pos="1985"/><w:tab w:val="center" w:pos="6670"/></w:tabs>' + NONE
    rows = (
        p(r("\tUBND XÃ ĐỒNG LÚA", 13) + r(f"\t{NATION}", 12, "b"), tabs)
        + p(
            r("\tTỔ CÔNG TÁC ĐỀ ÁN 06", 13, "b") + r(f"\t{MOTTO}", 14, "b") + old_line(60.5, 87) + old_line(24, 23),
            tabs,
        )
        + p(r(f"\t{NUMBER}", 13) + r(f"\t{DATE}", 14, "i"), tabs)
    )
    foot_tabs = '<w:tabs><w:tab w:val="center" w:pos="6670"/></w:tabs>' + NONE
    foot = (
        p(r("Nơi nhận:", 12, "bi") + r("\tTỔ TRƯỞNG", 14, "b"), foot_tabs)
        + p(r("- Chủ tịch UBND xã;", 11), foot_tabs)
        + p(r("- Lưu: VT, CA.", 11), foot_tabs)
        + p(r("\tPhan Văn Giả", 14, "b"), foot_tabs)
    )
    return rows + TITLE + p(line(30, 67), CENTRE) + TEXT + foot


def by_boxes() -> str:
    """Two text boxes anchored in the first paragraph."""
    left = LEFT_HEAD + p(r("_________", 13), CENTRE) + p(r(NUMBER, 13), CENTRE)
    right = RIGHT_HEAD + p(r("_" * 26, 13), CENTRE) + p(r(DATE, 14, "i"), CENTRE)
    return p(box(left, 0, 70) + box(right, 70, 97)) + TITLE + p(line(30, 67), CENTRE) + TEXT + FOOT


def by_columns() -> str:
    """A section of two columns without a table; rules as borders of empty paragraphs."""
    border = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    left = LEFT_HEAD + p("", f'{border}<w:ind w:left="1300" w:right="1300"/>') + p(r(NUMBER, 13), CENTRE)
    right = (
        p('<w:r><w:br w:type="column"/></w:r>' + r(NATION, 12, "b"), CENTRE)
        + p(r(MOTTO, 13, "b"), CENTRE)
        + p("", f'{border}<w:ind w:left="960" w:right="960"/>')
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11907" w:h="16840"/><w:pgMar w:top="1134" '  # noqa: E501  markup reads better unbroken
        'w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/><w:cols w:num="2" w:space="0" '  # noqa: E501  markup reads better unbroken
        'w:equalWidth="0"><w:col w:w="3969" w:space="0"/><w:col w:w="5103"/></w:cols>'
        "<w:titlePg/></w:sectPr>"
    )
    end = p(r(DATE, 13, "i"), CENTRE + section)
    return left + right + end + TITLE + p(line(30, 65), CENTRE) + TEXT + FOOT


def by_styles() -> str:
    """Everything said in styles: sizes, bold turned over twice, numbered articles, typed tabs for indents."""
    article = '<w:pStyle w:val="Dieu"/>'
    body = (
        p(r("QUYẾT ĐỊNH", 14, "b"), CENTRE)
        + p(r("Về việc phân công nhiệm vụ", 14, "b"), CENTRE)
        + p(line(24, 70), CENTRE)
        + p(r("TỔ TRƯỞNG TỔ CÔNG TÁC", 14, "b"), CENTRE)
        + p(r("Căn cứ Quy chế hoạt động của Tổ công tác;", 14, "i"), BODY)
        + p(r("Theo đề nghị của Trưởng Công an xã.", 14, "i"), BODY)
        + p(r("QUYẾT ĐỊNH:", 14, "b"), CENTRE)
        + p(r("Phân công nhiệm vụ", 0, "b") + r(" như sau:", 0), article)
        + p(
            r("\tCông an xã chủ trì làm sạch dữ liệu; các cơ quan phối hợp theo chức năng, nhiệm vụ được giao.", 14),
            '<w:spacing w:after="120"/><w:jc w:val="both"/>',
        )
        + p(r("Hiệu lực thi hành", 0, "b") + r(" kể từ ngày ký./.", 0), article)
    )
    head = table(
        [
            [
                LEFT_HEAD + p(line(24, 22), CENTRE),
                p(r(NATION, 0), '<w:pStyle w:val="QuocHieu"/>') + p(r(MOTTO, 14, "bu"), CENTRE),
            ],
            [p(r("Số: 07/QĐ-TCT", 13), CENTRE), p(r(DATE, 14, "i"), CENTRE)],
        ],
        (70, 95),
    )
    return head + body + FOOT


STYLES = f"""{HEADER}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:rPr><w:sz w:val="28"/>
</w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Dam"><w:name w:val="Dam"/><w:basedOn w:val="Normal"/><w:rPr><w:b/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="QuocHieu"><w:name w:val="QuocHieu"/><w:basedOn w:val="Dam"/>
<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:caps/><w:sz w:val="24"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Dieu"/><w:basedOn w:val="Normal"/><w:pPr>
<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:before="120" w:after="120" w:line="360" w:lineRule="exact"/>
<w:ind w:left="0" w:firstLine="567"/><w:jc w:val="both"/></w:pPr></w:style></w:styles>"""
NUMBERING = f"""{HEADER}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0">
<w:start w:val="1"/>
<w:numFmt w:val="decimal"/><w:suff w:val="space"/><w:lvlText w:val="Điều %1."/><w:pPr>
<w:ind w:left="720" w:hanging="360"/></w:pPr>
<w:rPr><w:b/></w:rPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num></w:numbering>"""
THEME = (
    f'{HEADER}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="t"><a:themeElements><a:fontScheme '  # noqa: E501  markup reads better unbroken
    'name="f"><a:majorFont><a:latin typeface="Times New Roman"/></a:majorFont><a:minorFont><a:latin typeface="Times New Roman"/>'  # noqa: E501  markup reads better unbroken
    "</a:minorFont></a:fontScheme></a:themeElements></a:theme>"
)
PAGE_NUMBER = (
    f'{HEADER}<w:hdr {NAMES}><w:sdt><w:sdtContent><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="26"/></w:rPr>'  # noqa: E501  markup reads better unbroken
    '<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE   \\* MERGEFORMAT</w:instrText></w:r><w:r><w:fldChar '  # noqa: E501  markup reads better unbroken
    'w:fldCharType="separate"/></w:r><w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/>'  # noqa: E501  markup reads better unbroken
    "</w:r></w:p></w:sdtContent></w:sdt></w:hdr>"
)
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11907" w:h="16840"/><w:pgMar w:top="1134" '
    'w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>'
)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_PACKAGE = "application/vnd.openxmlformats-package"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


KINDS = {"document": "document.main", "styles": "styles", "numbering": "numbering", "header1": "header"}
RELATED = {"header": "header1", "styles": "styles", "numbering": "numbering", "theme": "theme/theme1"}
CONTINUOUS = '<w:type w:val="continuous"/><w:pgSz'


def packed(body: str, **parts: str) -> bytes:
    """The whole file; `parts` replace or add parts by their names. A body of two sections goes on upon one page."""
    section = SECTION.replace("<w:pgSz", CONTINUOUS) if "<w:sectPr>" in body else SECTION
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{kind}+xml"/>' for name, kind in KINDS.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}.xml"/>'
        for at, (kind, target) in enumerate(RELATED.items(), 2)
    )
    files = {
        "[Content_Types].xml": f'{HEADER}<Types xmlns="{_TYPES}">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>{overrides}'
        f'<Override PartName="/word/theme/theme1.xml" ContentType="{_THEME}"/></Types>',
        "_rels/.rels": f'{HEADER}<Relationships xmlns="{_RELS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{HEADER}<Relationships xmlns="{_RELS}">{relations}</Relationships>',
        "word/document.xml": f"{HEADER}<w:document {NAMES}><w:body>{body}{section}</w:body></w:document>",
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/theme/theme1.xml": THEME,
        "word/header1.xml": PAGE_NUMBER,
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return out.getvalue()


SOUND = {"bang": by_table, "tab": by_tabs, "hop-chu": by_boxes, "hai-cot": by_columns, "kieu-chu": by_styles}
