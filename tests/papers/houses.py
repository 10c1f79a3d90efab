"""Three made-up offices: the groups of two districts and of a commune, an agency of each and the authority above."""

from __future__ import annotations

from dataclasses import replace

from dean06.papers.writing.composing import IssuingHouse
from dean06.papers.writing.document import Issuer, Signature, SignForm

PROJECT = "triển khai Đề án 06"


def _house(territory: str, level: str, police: str) -> IssuingHouse:
    name = territory.removeprefix(f"{level} ")
    group = f"Tổ công tác {PROJECT} {territory}"
    return IssuingHouse(
        issuer=Issuer(parent=(f"UBND {territory}",), body=("Tổ công tác", PROJECT), spoken=group),
        suffix="TCTĐA",
        unit="CA",
        place=name,
        signature=Signature(title="Tổ trưởng", post=f"Chủ tịch UBND {level}", name="Hoàng Văn Mẫu", post_below=True),
        authority=f"Tổ trưởng Tổ công tác {PROJECT}",
        recipients=("Công an cấp trên", f"Văn phòng HĐND và UBND {level}"),
        kept_by=("VT", "CA"),
        grounds=(
            f"Căn cứ Quyết định số 91/QĐ-UBND của Ủy ban nhân dân {territory} về thành lập Tổ công tác",
            f"Căn cứ Quy chế hoạt động của Tổ công tác {PROJECT}",
        ),
        group=group,
        territory=territory,
        superior=f"Ủy ban nhân dân {territory}",
        standing=police,
        charter=f"Quy chế hoạt động của Tổ công tác {PROJECT} {territory}",
    )


GROUPS = {
    "quang-ninh": _house("huyện Quảng Ninh", "huyện", "Công an huyện"),
    "xuan-truong": replace(
        _house("huyện Xuân Trường", "huyện", "Công an huyện"),
        signature=Signature(
            form=SignForm.KT,
            signed_for="Tổ trưởng",
            title="Tổ phó thường trực",
            post="Trưởng Công an huyện",
            rank="Thượng tá",
            name="Lê Thị Thử",
        ),
    ),
    "xa": _house("xã Mẫu Sơn", "xã", "Công an xã"),
}


def house_for(name: str, issued_by: str) -> IssuingHouse:
    """Whose paper a form is: the group's, an agency's, or the authority's above."""
    house = GROUPS[name]
    level = house.territory.partition(" ")[0]
    if issued_by == "agency":
        agency = {"huyện": "Phòng Giáo dục và Đào tạo", "xã": "Phòng Văn hóa - Xã hội"}[level]
        return replace(
            house,
            issuer=Issuer(parent=(f"UBND {house.territory}",), body=(agency,), spoken=agency),
            suffix={"huyện": "GDĐT", "xã": "VHXH"}[level],
            unit="",
            signature=Signature(title="Trưởng phòng", name="Phạm Thị Giả Định"),
            recipients=(house.standing,),
            kept_by=("VT",),
        )
    if issued_by == "superior":
        above = house.superior
        return replace(
            house,
            issuer=Issuer(body=("Ủy ban nhân dân", house.territory), spoken=above),
            suffix="UBND",
            authority=above,
            signature=Signature(form=SignForm.TM, collective="Ủy ban nhân dân", title="Chủ tịch", name="Hoàng Văn Mẫu"),
            grounds=(
                "Căn cứ Luật Tổ chức chính quyền địa phương",
                "Căn cứ Quyết định số 06/QĐ-TTg của Thủ tướng Chính phủ",
            ),
        )
    return house
