"""A made-up paper and a made-up charter for the style guide; no sentence here is a regulation's."""

from __future__ import annotations

from django.utils.html import format_html

from dean06.web import marks
from dean06.web.parts import law, page, paper, work
from dean06.web.style_data import LAW


def report() -> paper.Paper:
    """A conclusion of a made-up group."""
    counted = format_html(
        '1. Đã đối soát <a class="trace" href="{}">4.812</a> người, <a class="trace" href="{}">92,0\u00a0%</a> '
        'khớp hẳn một người. Còn <a class="trace" href="{}">385</a> dòng phải xử lý.',
        "/kieu-mau/doi-soat/",
        "#",
        "#",
    )
    rest = "2. Phòng Văn hóa – Xã hội chủ trì, Công an xã phối hợp, sửa xong trước ngày 08 tháng 11 năm 2026./."
    opening = "Ngày 28 tháng 10 năm 2026, Tổ công tác họp phiên tháng 10. Tổ trưởng kết luận:"
    return paper.Paper(
        above=("UBND XÃ HÒA SƠN",),
        issuer=("TỔ CÔNG TÁC TRIỂN KHAI", "ĐỀ ÁN 06"),
        number="Số: cấp sau khi ký",
        place_and_day="Hòa Sơn, ngày 10 tháng 11 năm 2026",
        kind="THÔNG BÁO",
        subject="Kết luận của Tổ trưởng tại phiên họp tháng 10 năm 2026",
        lines=tuple(paper.Line(text=each) for each in (opening, counted, rest)),
        recipients=("- UBND tỉnh (để báo cáo);", "- Thành viên Tổ công tác;", "- Lưu: VT, CAX."),
        sign_form=("KT. TỔ TRƯỞNG", "TỔ PHÓ THƯỜNG TRỰC"),
        slot="chữ ký số, con dấu Công an xã",
        signer=("TRƯỞNG CÔNG AN XÃ", "Ngô Minh Tuấn"),
    )


def report_head() -> page.PageHead:
    """Head of a paper's page."""
    return page.PageHead(
        title="Thông báo kết luận phiên họp tháng 10",
        crumb=page.Link(label="Văn bản chờ ký (4)", href="#"),
        meta=(
            format_html("{} Thông báo", marks.sign("doc")),
            "Đỗ Khánh Linh soạn, 09/11 16:05",
            format_html("SHA-256 <code>{}</code>", "c27a 90e4 … 18bd"),
        ),
    )


def contents() -> law.Toc:
    """Contents of a made-up charter."""
    entry = law.TocEntry
    return law.Toc(
        label="Các điều",
        entries=(
            entry(label="Chương I", title="Quy định chung"),
            entry(label="Điều 1", title="Phạm vi", href="#"),
            entry(label="Điều 2", title="Nguyên tắc", href="#"),
            entry(label="Chương II", title="Nhiệm vụ, quyền hạn"),
            entry(label="Điều 3", title="Tổ trưởng", href="#"),
            entry(label="Điều 4", title="Tổ phó thường trực", href="#", current=True),
        ),
    )


def provisions() -> tuple[law.Provision, ...]:
    """Clauses of a made-up article."""
    clause = law.Provision
    return (
        clause(
            id="d4k1", label="Khoản 1", carries="1 nghĩa vụ", text="Chịu trách nhiệm về việc được giao.", href="#d4k1"
        ),
        clause(
            id="d4k4",
            label="Khoản 4",
            carries="1 quyền",
            text="Ký thay Tổ trưởng khi có phân công hoặc ủy quyền.",
            marks=(marks.chip("warn", "1 đề nghị sửa", with_sign="pen"),),
            picked=True,
        ),
        clause(id="d4k5", label="Khoản 5", carries="không đo được", text="Làm việc khác khi được giao.", href="#d4k5"),
    )


def norm() -> law.Norm:
    """How the picked clause is applied."""
    return law.Norm(
        sentence="Tổ phó thường trực được ký thay Tổ trưởng, nếu có phân công hoặc ủy quyền còn hiệu lực.",
        chips=(marks.chip("info", "Quyền", with_sign="ok"), marks.chip("on_block")),
        facts=(
            work.Fact(term="Thể thức", value="KT. TỔ TRƯỞNG"),
            work.Fact(term="Con dấu", value=format_html("Công an xã {}", marks.clause("Điều 2 khoản 3", LAW))),
        ),
        who_title="Hôm nay ai làm được",
        who_can=(work.Person(name="Ngô Minh Tuấn", note="Giấy 03/GUQ-TCTĐA", aside=marks.chip("allowed")),),
        readings_title="Cách hiểu, quy ước, đề nghị",
        readings=(work.Check(text="Ủy quyền phải ghi ngày hết hạn", note="Quy ước số 4 của Tổ trưởng", sign="law"),),
    )
