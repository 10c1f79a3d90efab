"""Made-up papers; every name in them is invented."""

from __future__ import annotations

import re
from datetime import date, datetime

from dean06.clock.service import TZ
from dean06.papers.writing.document import AnnexNote, Issuer, Paper, Signature, SignForm
from dean06.papers.writing.sections import (
    Align,
    BulletList,
    Column,
    Outline,
    Paragraph,
    Ref,
    Run,
    Section,
    Table,
    Words,
    prose,
)

CREATED = datetime(2022, 10, 5, 9, 30, tzinfo=TZ)


def words(text: str) -> Words:
    """Read `Đã đối soát {18.244|S26} bản ghi` as words with a counted number."""
    parts = re.split(r"\{([^|}]*)\|([^}]*)\}", text)
    found: list[Run | Ref] = []
    for at in range(0, len(parts), 3):
        found.append(Run(parts[at]))
        if at + 2 < len(parts):
            found.append(Ref(parts[at + 1], parts[at + 2]))
    return tuple(found)


def row(*cells: str) -> tuple[Words, ...]:
    return tuple(words(each) for each in cells)


def insurance_table() -> Table:
    right = Align.RIGHT
    return Table(
        caption="Kết quả đối soát dữ liệu bảo hiểm y tế theo xã, thị trấn",
        unit="bản ghi",
        total=True,
        columns=(
            Column("TT", 0.5, Align.CENTRE),
            Column("Xã, thị trấn", 2.2),
            Column("Tổng số", 1.2, right),
            Column("Khớp hoàn toàn", 1.3, right),
            Column("Có sai lệch", 1.3, right),
            Column("Không tìm thấy", 1.3, right),
            Column("Tỉ lệ khớp (%)", 1.2, right),
        ),
        rows=(
            row("1", "Thị trấn Quán Hàu", "{4.812|S11}", "{4.530|S12}", "{214|S13}", "{68|S14}", "{94,14|S15}"),
            row("2", "Xã Võ Ninh", "{7.305|S16}", "{6.911|S17}", "{301|S18}", "{93|S19}", "{94,61|S20}"),
            row("3", "Xã Gia Ninh", "{6.127|S21}", "{5.702|S22}", "{352|S23}", "{73|S24}", "{93,06|S25}"),
            row("", "Cộng", "{18.244|S26}", "{17.143|S27}", "{867|S28}", "{234|S29}", "{93,97|S30}"),
        ),
    )


def task_table() -> Table:
    right = Align.RIGHT
    return Table(
        caption="Tình hình thực hiện nhiệm vụ được giao",
        columns=(
            Column("TT", 0.4, Align.CENTRE),
            Column("Cơ quan chủ trì", 2),
            Column("Được giao", 1, right),
            Column("Hoàn thành đúng hạn", 1.2, right),
            Column("Quá hạn", 1, right),
        ),
        rows=(
            row("1", "Bảo hiểm xã hội huyện", "{12|N01}", "{9|N02}", "{1|N03}"),
            row("2", "Trung tâm Y tế huyện", "{7|N04}", "{7|N05}", "{0|N06}"),
            row("3", "Phòng Giáo dục và Đào tạo", "{9|N07}", "{6|N08}", "{2|N09}"),
        ),
    )


def report_body() -> tuple[Paragraph | Section, ...]:
    opening = prose(
        "Thực hiện Quy chế hoạt động của Tổ công tác triển khai Đề án 06 huyện Quảng Ninh, Tổ công tác báo cáo "
        "tình hình, kết quả thực hiện Đề án 06 trong tháng 9 năm 2022 (số liệu tính từ ngày 01 tháng 9 đến hết "
        "ngày 30 tháng 9 năm 2022) như sau:"
    )
    directing = Paragraph(
        words(
            "Trong kỳ, Tổ công tác đã ban hành {06|V01} văn bản, tổ chức {01|H01} phiên họp, giao {28|N10} nhiệm vụ "
            "cho các cơ quan, đơn vị thành viên và Ủy ban nhân dân các xã, thị trấn."
        )
    )
    return (
        opening,
        Section("chi_dao", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", (directing,)),
        Section("ket_qua", "KẾT QUẢ THỰC HIỆN", (), (_cleaning(), _tasks())),
        Section(
            "han_che",
            "TỒN TẠI, HẠN CHẾ, NGUYÊN NHÂN",
            (
                prose(
                    "Dữ liệu học sinh còn nhiều trường hợp chỉ có năm sinh; một số xã chưa cập nhật mã đơn vị hành "
                    "chính theo danh mục hiện hành."
                ),
            ),
        ),
        Section(
            "thang_toi",
            "NHIỆM VỤ TRỌNG TÂM THÁNG TỚI",
            (
                BulletList(
                    (
                        words("Chỉnh sửa dứt điểm các sai lệch mức độ cao trước ngày 20 tháng 10 năm 2022."),
                        words("Đối soát lần hai dữ liệu bảo hiểm y tế, tiêm chủng Covid-19."),
                    )
                ),
            ),
        ),
        Section(
            "kien_nghi",
            "KIẾN NGHỊ, ĐỀ XUẤT",
            (prose("Đề nghị Ủy ban nhân dân huyện bổ sung kinh phí mua sắm máy tính cho Công an các xã."),),
        ),
    )


def _cleaning() -> Section:
    counted = Paragraph(
        words(
            "Đã đối soát {18.244|S26} bản ghi bảo hiểm y tế với Cơ sở dữ liệu quốc gia về dân cư; {17.143|S27} bản "
            "ghi khớp hoàn toàn, đạt tỉ lệ {93,97|S30}%. Kết quả theo từng xã, thị trấn như sau:"
        )
    )
    kinds = BulletList(
        (
            words("Sai họ và tên: {412|S31} bản ghi;"),
            words("Sai ngày, tháng, năm sinh: {287|S32} bản ghi;"),
            words("Sai số định danh cá nhân: {168|S33} bản ghi."),
        )
    )
    return Section("lam_sach", "Làm sạch dữ liệu dân cư và dữ liệu chuyên ngành", (counted, insurance_table(), kinds))


def _tasks() -> Section:
    on_time = prose(
        "Các cơ quan hoàn thành đúng hạn: Trung tâm Y tế huyện đã chuyển giao đủ dữ liệu tiêm chủng sau chỉnh sửa."
    )
    late = prose("Các cơ quan còn nhiệm vụ quá hạn: Bảo hiểm xã hội huyện, Phòng Giáo dục và Đào tạo.")
    return Section(
        "nhiem_vu",
        "Thực hiện nhiệm vụ được giao",
        (task_table(),),
        (Section("dung_han", "", (on_time,)), Section("qua_han", "", (late,))),
    )


def monthly_report(**changes) -> Paper:
    facts = {
        "kind": "BC",
        "issuer": Issuer(parent=("UBND huyện Quảng Ninh",), body=("Tổ công tác", "triển khai Đề án 06")),
        "number": 5,
        "symbol": "BC-TCTĐA",
        "place": "Quảng Ninh",
        "issued_on": date(2022, 10, 5),
        "abstract": "Kết quả triển khai thực hiện Đề án 06 trên địa bàn huyện Quảng Ninh tháng 9 năm 2022",
        "addressees": ("Đồng chí Chủ tịch Ủy ban nhân dân huyện Quảng Ninh",),
        "body": report_body(),
        "annexes": (
            AnnexNote(title="Phụ lục số liệu", file_name="phu-luc-bc-2022-10.xlsx", sha256="0123456789abcdef" * 4),
        ),
        "closing": prose(
            "Trên đây là báo cáo kết quả triển khai thực hiện Đề án 06 tháng 9 năm 2022, Tổ công tác kính báo cáo "
            "đồng chí Chủ tịch Ủy ban nhân dân huyện xem xét, chỉ đạo."
        ),
        "recipients": (
            "Công an tỉnh (PC06)",
            "Văn phòng HĐND và UBND huyện",
            "Các thành viên Tổ công tác",
            "UBND các xã, thị trấn",
        ),
        "kept_by": ("VT", "CA"),
        "signature": Signature(
            form=SignForm.KT,
            signed_for="Tổ trưởng",
            title="Tổ phó thường trực",
            post="Trưởng Công an huyện",
            rank="Thượng tá",
            name="Lê Quang Thử",
        ),
    }
    return Paper(**{**facts, **changes})


def decision(**changes) -> Paper:
    facts = {
        "kind": "QD",
        "issuer": Issuer(parent=("UBND huyện Quảng Ninh",), body=("Tổ công tác", "triển khai Đề án 06")),
        "number": 12,
        "symbol": "QĐ-TCTĐA",
        "place": "Quảng Ninh",
        "issued_on": date(2022, 2, 14),
        "abstract": "Về việc phân công nhiệm vụ các thành viên Tổ công tác",
        "authority": "Tổ trưởng Tổ công tác triển khai Đề án 06",
        "grounds": (
            "Căn cứ Quy chế hoạt động của Tổ công tác",
            "Theo đề nghị của Trưởng Công an huyện",
        ),
        "outline": Outline.DIEU,
        "body": (
            Section(
                "phan_cong",
                "",
                (prose("Phân công nhiệm vụ các thành viên Tổ công tác như sau:"),),
                (
                    Section("khoan_mot", "", (prose("Công an huyện chủ trì làm sạch dữ liệu dân cư."),)),
                    Section("khoan_hai", "", (prose("Văn phòng HĐND và UBND huyện theo dõi, đôn đốc."),)),
                ),
            ),
            Section("hieu_luc", "", (prose("Quyết định này có hiệu lực kể từ ngày ký."),)),
            Section("thi_hanh", "", (prose("Các thành viên Tổ công tác chịu trách nhiệm thi hành Quyết định này."),)),
        ),
        "recipients": ("Như Điều 3", "Công an tỉnh"),
        "kept_by": ("VT", "CA"),
        "signature": Signature(
            title="Tổ trưởng Tổ công tác", post="Chủ tịch UBND huyện", name="Hoàng Văn Mẫu", post_below=True
        ),
    }
    return Paper(**{**facts, **changes})


def letter(**changes) -> Paper:
    facts = {
        "kind": "CV",
        "issuer": Issuer(parent=("UBND huyện Xuân Trường",), body=("Tổ công tác", "triển khai Đề án 06")),
        "number": 108,
        "symbol": "TCTĐA-CA",
        "place": "Xuân Trường",
        "issued_on": date(2026, 1, 9),
        "abstract": "đôn đốc chỉnh sửa sai lệch dữ liệu bảo hiểm y tế",
        "addressees": ("Bảo hiểm xã hội huyện", "Ủy ban nhân dân các xã, thị trấn"),
        "body": (prose("Tổ công tác đề nghị các cơ quan khẩn trương chỉnh sửa các sai lệch đã chuyển giao."),),
        "recipients": ("Lưu hồ sơ công việc",),
        "signature": Signature(
            form=SignForm.TM, collective="Tổ công tác", title="Tổ trưởng", post="", name="Trần Thị Thí Điểm"
        ),
    }
    return Paper(**{**facts, **changes})
