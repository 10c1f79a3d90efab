"""A made-up run, heat table, signing panels and smaller parts for the style guide."""

from __future__ import annotations

from django.utils.html import format_html

from dean06.web import marks
from dean06.web.parts import charts, page, tables, work
from dean06.web.style_data import LAW
from dean06.web.writing import number

COUNTS = (
    ("KHOP_HOAN_TOAN", 3968),
    ("KHOP_CHUAN_HOA", 459),
    ("KHOP_SAI_LECH", 214),
    ("NGHI_VAN", 54),
    ("KHONG_TIM_THAY", 38),
    ("TRUNG", 22),
    ("SAI_DINH_DANG", 12),
    ("DA_CHET", 31),
    ("DA_CHUYEN_DI", 14),
)
MEANINGS = (
    "Mọi trường so đều bằng như đã viết",
    "Chỉ bằng sau khi chuẩn hóa dấu, khoảng trắng, bảng mã",
    "Chắc chắn đúng người, có trường khác",
    "Có ứng viên, người phải chọn",
    "Không có trong sổ",
    "Dòng thứ hai của cùng một người",
    "Thiếu dữ liệu để tìm",
    "Sổ ghi đã chết",
    "Sổ ghi đã chuyển đi",
)
ROWS = (
    ("218", "099147003216", ("Nguyễn Thị Huong", "Nguyễn Thị Hương"), ("12/04/1947", ""), ("Nữ", ""), "open"),
    ("305", "099052011874", ("Trần Văn Thuân", "Trần Văn Thuận"), ("06/10/1952", "10/06/1952"), ("Nam", ""), "open"),
    ("412", "099138000951", ("Lê Thị Tý", "Lê Thị Tính"), ("01/01/1938", ""), ("Nữ", ""), "open"),
    ("587", "099050007730", ("Phạm Đức Toàn", ""), ("1950", "23/09/1950"), ("Nam", ""), "assigned"),
    ("590", "099143005502", ("Vũ Thị Thủy", ""), ("17/02/1948", "17/02/1943"), ("Nữ", ""), "claimed"),
    ("733", "099055012009", ("Bùi Xuân \u00d0ạt", "Bùi Xuân Đạt"), ("30/11/1955", ""), ("Nam", ""), "assigned"),
    ("1046", "099149006618", ("Hoàng Thị Nụ", ""), ("05/05/1949", ""), ("Nam", "Nữ"), "proved"),
)


def run_head() -> page.PageHead:
    """Head of a run's page."""
    return page.PageHead(
        title="Người cao tuổi, kỳ tháng 10/2026",
        crumb=page.Link(label="Các lượt đối soát", href="#"),
        meta=(
            marks.clause("Điều 6 khoản 3", LAW),
            format_html("{} nguoi-cao-tuoi-10.xlsx, 4.812 dòng, 7 trang tính", marks.sign("doc")),
            format_html("SHA-256 <code>{}</code>", "9f3c 41d0 … a71e"),
            "Sổ dân cư mốc 01/10/2026",
            "chạy 26/10 15:42, hết 3,1 giây",
        ),
        actions=(
            page.Action(label="Tải kết quả .xlsx", href="#", sign="save"),
            page.Action(label="Giao sửa 131 dòng", href="#", kind="primary"),
        ),
    )


def run_bar() -> charts.RunBar:
    """The bar of the run."""
    return charts.RunBar(counts=COUNTS)


def run_facets() -> tables.Facets:
    """The run's verdicts as filters."""
    everything = tables.Facet(label="Tất cả", count=number(run_bar().total), href="#")
    rest = tuple(
        tables.Facet(label=marks.verdict(code), count=number(count), href="#", current=code == "KHOP_SAI_LECH")
        for code, count in COUNTS
    )
    return tables.Facets(label="Lọc theo kết quả", items=(everything, *rest))


def run_table(detail: str) -> tables.Table:
    """Rows with differences; the second is open and shows its detail."""
    return tables.Table(
        caption="131 dòng khớp người nhưng có sai lệch, chưa xử lý",
        label="Dòng có sai lệch",
        keys=True,
        columns=(
            tables.Column(label="Dòng", kind="num"),
            tables.Column(label="Kết quả"),
            tables.Column(label="Số định danh"),
            tables.Column(label="Họ và tên"),
            tables.Column(label="Ngày sinh", nowrap=True),
            tables.Column(label="Giới tính"),
            tables.Column(label="Tin cậy", kind="num", sort_href="#", sorted_by="descending"),
            tables.Column(label="Xử lý"),
        ),
        rows=tuple(_row(place, detail) for place in range(len(ROWS))),
        pager=tables.Pager(text="Dòng 1–7 trên 131", page=1, pages=19, query="ket_qua=KHOP_SAI_LECH"),
    )


def _row(place: int, detail: str) -> tables.Row:
    line, id_number, name, born, sex, state = ROWS[place]
    opened = place == 1
    return tables.Row(
        id=f"dong-{line}",
        open=opened,
        detail=detail if opened else "",
        cells=(
            format_html('<a href="#dong-{}" aria-expanded="{}">{}</a>', line, "true" if opened else "false", line),
            marks.verdict("KHOP_SAI_LECH"),
            marks.idno(id_number),
            marks.pair(*name),
            marks.pair(*born),
            marks.pair(*sex),
            number(0.998 - place * 0.002, 3),
            marks.chip(state),
        ),
    )


def compared() -> tables.Compare:
    """The open row field by field."""
    field = tables.Compared
    name = marks.pair_of("Trần Văn Thuân", "Trần Văn Thuận")
    born = marks.pair_of("06/10/1952", "10/06/1952")
    same = format_html('<span class="quiet">{}</span>', "như tệp")
    return tables.Compare(
        caption="Dòng 305: tệp và sổ dân cư",
        mine_head="Tệp nộp, dòng 305",
        theirs_head="Sổ dân cư 01/10",
        fields=(
            field(label="Số định danh", mine=marks.idno("099052011874"), theirs=same, state=marks.chip("equal")),
            field(label="Họ và tên", mine=name[0], theirs=name[1], state=marks.chip("different", "Khác dấu")),
            field(label="Ngày sinh", mine=born[0], theirs=born[1], state=marks.chip("different", "Đảo ngày, tháng")),
            field(label="Giới tính", mine="Nam", theirs=same, state=marks.chip("equal")),
            field(
                label="Nơi ở",
                mine="Thôn Đồng Cạn, x. Hòa Sơn",
                theirs="Thôn Đồng Cạn, xã Hòa Sơn",
                state=marks.chip("equal_normalised"),
            ),
        ),
    )


def verdict_table() -> tables.Table:
    """The nine verdicts with their codes."""
    return tables.Table(
        caption="Chín kết quả đối soát",
        columns=(
            tables.Column(label="Trên màn", nowrap=True),
            tables.Column(label="Mã"),
            tables.Column(label="Khi", kind="text"),
        ),
        rows=tuple(
            tables.Row(cells=(marks.verdict(code), format_html("<code>{}</code>", code), meaning))
            for (code, _), meaning in zip(COUNTS, MEANINGS, strict=True)
        ),
    )


def heat() -> tables.Heat:
    """Duties of two articles over twelve months."""
    monthly = (
        *(_cell(met=11) for _ in range(6)),
        _cell(unrecorded=11),
        _cell(late=2, met=9),
        _cell(missed=1, late=1, met=9, picked=True),
        _cell(excused=11),
        *(_cell(pending=11) for _ in range(2)),
    )
    rare = (*(tables.HeatCell() for _ in range(6)), *(_cell(nt=1) for _ in range(6)))
    standing = _duty("Chịu trách nhiệm việc được giao", "Tổ phó thường trực", rare)
    report = _duty("Báo cáo tháng", "11 bên, trước ngày 12", monthly)
    return tables.Heat(
        label="Bảng nghĩa vụ theo tháng",
        first_head="Nghĩa vụ",
        heads=tuple(f"T{month}" for month in range(1, 13)),
        now=10,
        articles=(
            tables.HeatArticle(title="Điều 4. Tổ phó thường trực", rows=(standing,)),
            tables.HeatArticle(title="Điều 7. Chế độ báo cáo", rows=(report,)),
        ),
    )


def _cell(*, picked: bool = False, **counts: int) -> tables.HeatCell:
    parts = tuple(tables.HeatPart(state=state, count=count) for state, count in counts.items())
    return tables.HeatCell(parts=parts, parties=sum(counts.values()), href="#", picked=picked)


def _duty(title: str, note: str, cells: tuple[tables.HeatCell, ...]) -> tables.HeatRow:
    return tables.HeatRow(clause=marks.clause("khoản 1", LAW), title=title, note=note, cells=cells)


def refusal() -> work.SignPanel:
    """A refusal that names what is missing, who can, and the next step."""
    return work.SignPanel(
        id="chua-ky",
        answer="no",
        sentence="Bạn chưa thể ký văn bản này",
        detail="Thiếu: ủy quyền của Tổ trưởng còn hiệu lực. Giấy số 03/GUQ-TCTĐA đã hết hạn 31/10/2026.",
        facts=(work.Fact(term="Căn cứ", value=marks.clause("Điều 4 khoản 4", LAW)),),
        conditions_title="Điều kiện của khoản này",
        conditions=(
            work.Check(text="Bạn đang là Tổ phó thường trực", tone="ok", sign="ok"),
            work.Check(text="Văn bản thuộc việc của Tổ công tác", tone="ok", sign="ok"),
            work.Check(
                text=format_html("<strong>{}</strong> phân công hoặc ủy quyền cho ngày 10/11/2026", "Chưa có"),
                tone="bad",
                sign="no",
            ),
        ),
        who_title="Ký được ngay",
        who_can=(
            work.Person(
                name="Trần Thu Hạnh",
                note="Tổ trưởng, Chủ tịch UBND xã",
                aside=marks.clause("Điều 3 khoản 1", LAW),
            ),
        ),
        next_title="Làm tiếp",
        next_steps=(
            page.Action(label="Trình Tổ trưởng ký", href="#", kind="primary", wide=True),
            page.Action(label="Đề nghị ủy quyền", href="#", wide=True),
            page.Action(label="Nhập giấy ủy quyền đã ký trên giấy", href="#", kind="quiet", wide=True),
        ),
    )


def permission() -> work.SignPanel:
    """An act that is allowed."""
    return work.SignPanel(
        id="duoc-ky",
        answer="yes",
        sentence="Bạn được ký thay Tổ\u00a0trưởng văn bản này",
        detail="Giấy ủy quyền số 03/GUQ-TCTĐA, còn hiệu lực đến hết 31/12/2026.",
        facts=(
            work.Fact(term="Căn cứ", value=marks.clause("Điều 4 khoản 4", LAW)),
            work.Fact(term="Con dấu", value=format_html("{} Công an xã Hòa Sơn", marks.sign("seal"))),
        ),
        next_steps=(
            page.Action(label="Ký thay Tổ trưởng", href="/kieu-mau/", kind="primary", sign="pen", wide=True, post=True),
        ),
    )


def silence() -> work.SignPanel:
    """An act the charter does not regulate."""
    return work.SignPanel(
        id="khong-qd",
        answer="open",
        sentence="Biên bản kèm theo: quy chế không quy định người ký",
        detail=format_html(
            "Áp dụng quy ước số 3 do Tổ trưởng đặt ngày 02/09/2025: người chủ trì ký. {}",
            marks.clause("Quy ước số 3", LAW, kind="local"),
        ),
    )


def tally() -> charts.Tally:
    """Open differences by kind."""
    kinds = (("Ngày sinh", 3120), ("Họ tên", 2684), ("Nơi ở", 1642), ("Số định danh", 911), ("Giới tính", 359))
    return charts.Tally(items=tuple(charts.TallyLine(label=kind, count=count) for kind, count in kinds))


def trend() -> charts.Trend:
    """One axis over six months."""
    return charts.Trend(
        label="Điểm sống: xã Nậm Pia từ 86,2 tháng 5 xuống 78,9 tháng 10; toàn tỉnh đi ngang quanh 90",
        periods=("T5", "T6", "T7", "T8", "T9", "T10"),
        name="Nậm Pia",
        values=(0.862, 0.868, 0.872, 0.846, 0.821, 0.789),
        other_name="Toàn tỉnh",
        other=(0.897, 0.9, 0.901, 0.905, 0.908, 0.904),
    )
