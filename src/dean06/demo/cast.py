"""The people of the three groups. Every name is made up: no holder of a real office stands here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ADMIN = "quan-tri"
ADMIN_NAME = "Đinh Quang Vinh"


@dataclass(frozen=True, slots=True)
class Part:
    """One person in one seat; `user` is the sign-in name after the group's letters, empty for a seat without one."""

    user: str
    role: str
    agency: str
    holder: str
    post: str = ""


_QUANG_NINH = (
    Part("to-truong", "leader", "PC", "Hoàng Minh Tâm"),
    Part("pho-thuong-truc", "standing_deputy", "POL", "Trần Quốc Hải"),
    Part("to-pho", "deputy", "OFF", "Lê Thu Hà"),
    Part("thuong-truc", "standing_member", "POL", "Ngô Đức Bình", "Phó Trưởng Công an huyện"),
    Part("giup-viec", "secretariat", "TEAM", "Đỗ Thanh Sơn", "Đội trưởng Đội QLHC"),
    Part("giu-so", "register_keeper", "POL", "Bùi Văn Lực", "Cán bộ Đội QLHC"),
    Part("van-thu", "clerk", "OFF", "Mai Thị Nhàn", "Văn thư UBND huyện"),
    Part("bhxh", "member", "BHXH", "Lê Ngọc Hoa", "Giám đốc BHXH huyện"),
    Part("y-te", "member", "YT", "Võ Xuân Lành", "Giám đốc Trung tâm Y tế"),
    Part("giao-duc", "member", "GDDT", "Vũ Đình Khoa", "Trưởng phòng GD-ĐT"),
    Part("lao-dong", "member", "LDTBXH", "Phan Thị Mến", "Trưởng phòng LĐ-TBXH"),
    Part("", "member", "TP", "Đặng Hữu Nghĩa", "Trưởng phòng Tư pháp"),
    Part("", "member", "TCKH", "Hồ Anh Thư", "Trưởng phòng TC-KH"),
    Part("", "member", "VHTT", "Trương Khắc Duy", "Trưởng phòng VH-TT"),
    Part("", "member", "TNMT", "Cao Bá Thiện", "Trưởng phòng TN-MT"),
)
_XUAN_TRUONG = (
    Part("to-truong", "leader", "PC", "Phạm Gia Khánh", "Chủ tịch UBND huyện"),
    Part("pho-thuong-truc", "standing_deputy", "POL", "Vũ Mạnh Cường"),
    Part("to-pho", "deputy", "OFF", "Đinh Thị Hạnh"),
    Part("giup-viec", "secretariat", "TEAM", "Trịnh Văn Phúc", "Đội trưởng Đội QLHC"),
    Part("giu-so", "register_keeper", "POL", "Mai Đức Toàn", "Cán bộ Đội QLHC"),
    Part("van-thu", "clerk", "OFF", "Lưu Thị Ngân", "Văn thư UBND huyện"),
    Part("bhxh", "member", "BHXH", "Nguyễn Thị Thu Trang", "Giám đốc BHXH huyện"),
    Part("y-te", "member", "YT", "Đoàn Ngọc Lân", "Trưởng phòng Y tế"),
    Part("giao-duc", "member", "GDDT", "Bùi Thị Minh Nguyệt", "Trưởng phòng GD-ĐT"),
    Part("lao-dong", "member", "LDTBXH", "Cao Văn Thắng", "Trưởng phòng LĐ-TBXH"),
    Part("", "member", "TP", "Tô Thị Lệ", "Trưởng phòng Tư pháp"),
    Part("", "member", "TCKH", "Ngô Quang Huy", "Trưởng phòng TC-KH"),
    Part("", "member", "VHTT", "Lại Thế Anh", "Trưởng phòng VH-TT"),
    Part("", "member", "TNMT", "Phùng Văn Đạt", "Trưởng phòng TN-MT"),
)
_NINH_CHAU = (
    Part("to-truong", "leader", "CPC", "Nguyễn Hữu Phước"),
    Part("pho-thuong-truc", "standing_deputy", "CPOL", "Lê Trung Dũng"),
    Part("to-pho", "deputy", "COFF", "Trương Thị Bích"),
    Part("giup-viec", "secretariat", "COFF", "Hà Văn Quý", "Chuyên viên Văn phòng"),
    Part("giu-so", "register_keeper", "CPOL", "Đào Xuân Tiến", "Cán bộ Công an xã"),
    Part("van-thu", "clerk", "COFF", "Lý Thị Hiền", "Văn thư UBND xã"),
    Part("bhxh", "member", "BHXHCS", "Phan Anh Tuấn", "Phó Giám đốc BHXH cơ sở"),
    Part("y-te", "member", "TYT", "Võ Thị Ánh", "Trưởng Trạm Y tế"),
    Part("van-hoa", "member", "VHXH", "Trần Đình Long", "Trưởng phòng VH-XH"),
    Part("", "member", "KT", "Dương Văn Hòa", "Trưởng phòng Kinh tế"),
    Part("", "member", "TTHCC", "Hoàng Thị Diệp", "Phó Giám đốc Trung tâm PVHCC"),
    Part("", "member", "TCS", "Lê Bá Trọng", "Phó trưởng Thuế cơ sở"),
)

CASTS: Mapping[str, tuple[Part, ...]] = {"qn": _QUANG_NINH, "xt": _XUAN_TRUONG, "nc": _NINH_CHAU}
