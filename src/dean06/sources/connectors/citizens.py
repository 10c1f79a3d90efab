"""A citizen as QCVN 109:2017/BTTTT writes one, read as the services really write it.

The district may be missing, the family and middle name empty with the whole name in `Ten`, the names in capitals.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from dean06.sources.connectors.answers import malformed
from dean06.sources.rule import Words

NAMESPACE = "http://www.mic.gov.vn/dancu/1.0"
SEXES = {"0": "", "1": "Nam", "2": "Nữ", "3": "", "": ""}
MARITAL = {"": "", "0": "", "1": "chua_ket_hon", "2": "co_vo_chong", "3": "ly_hon_hoac_goa"}

__all__ = ["NAMESPACE", "Address", "Citizen", "citizens"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where; codes of the day's catalogue, the district empty where there is none any more."""

    province: str = field(default="", repr=False)
    district: str = field(default="", repr=False)
    commune: str = field(default="", repr=False)
    detail: str = field(default="", repr=False)
    country: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizen:
    """A person of the population database.

    Attributes:
        name: as it came, its parts joined.
        born: `yyyy-mm-dd`, `yyyy-mm` or `yyyy`, as far as it is known.
        sex: `Nam`, `Nữ` or empty.
        folk: the code of the people, two digits.
        home: where the person is registered for good; `stays` where they live now.
    """

    number: str = field(repr=False)
    old_number: str = field(repr=False)
    name: str = field(repr=False)
    born: str = field(repr=False)
    sex: str = field(repr=False)
    folk: str = field(repr=False)
    nationality: str = field(repr=False)
    marital: str = field(repr=False)
    home: Address = field(repr=False)
    stays: Address = field(repr=False)
    father: str = field(repr=False)
    mother: str = field(repr=False)


def citizens(title: Words, body: etree._Element) -> tuple[Citizen, ...]:
    """Return the citizens of a collection; one that holds fewer or more than it says is refused."""
    (collection,) = _collections(title, body)
    people = [child for child in collection if _is(child, "CongDan")]
    said = collection.get("SoCongDan", "").strip()
    if said and (not said.isdigit() or int(said[:9]) != len(people)):
        raise malformed(title, "số công dân nhận được khác số ghi ở đầu", "it holds other citizens than it says")
    return tuple(_citizen(title, one) for one in people)


def _collections(title: Words, body: etree._Element) -> list[etree._Element]:
    found = [one for one in body if _is(one, "CongdanCollection")]
    if len(found) != 1:
        raise malformed(title, "không có danh sách công dân", "there is no collection of citizens")
    return found


def _is(element: etree._Element, name: str) -> bool:
    return bool(etree.QName(element).localname == name)


def _citizen(title: Words, one: etree._Element) -> Citizen:
    sex, marital = _text(one, "GioiTinh"), _text(one, "TinhTrangHonNhan")
    if sex not in SEXES or marital not in MARITAL:
        raise malformed(title, "có mã ngoài bảng mã QCVN 109", "it has a code that QCVN 109 does not know")
    return Citizen(
        number=_text(one, "SoDinhDanh"),
        old_number=_text(one, "SoCMND"),
        name=_name(_child(one, "HoVaTen")),
        born=_born(_child(one, "NgayThangNamSinh")),
        sex=SEXES[sex],
        folk=_text(one, "DanToc"),
        nationality=_text(one, "QuocTich"),
        marital=MARITAL[marital],
        home=_address(_child(one, "ThuongTru")),
        stays=_address(_child(one, "NoiOHienTai")),
        father=_name(_child(_child(one, "Cha"), "HoVaTen")),
        mother=_name(_child(_child(one, "Me"), "HoVaTen")),
    )


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return next((child for child in element if _is(child, name)), None) if element is not None else None


def _text(element: etree._Element | None, name: str) -> str:
    child = _child(element, name)
    return " ".join((child.text or "").split()) if child is not None else ""


def _name(element: etree._Element | None) -> str:
    """Return a name, whether its parts stand apart, in `Ten` alone, or bare in the element."""
    if element is None:
        return ""
    parts = [_text(element, name) for name in ("Ho", "ChuDem", "Ten")]
    return " ".join(part for part in parts if part) or " ".join((element.text or "").split())


def _born(element: etree._Element | None) -> str:
    whole, year = _text(element, "NgayThangNam"), _text(element, "Nam")
    digits = whole.replace("-", "")
    if len(digits) == 8 and digits.isascii() and digits.isdigit():
        year, month, day = digits[:4], digits[4:6], digits[6:]
        if month == "00":
            return year
        return f"{year}-{month}" if day == "00" else f"{year}-{month}-{day}"
    return year or whole


def _address(element: etree._Element | None) -> Address:
    return Address(
        province=_text(element, "MaTinhThanh"),
        district=_text(element, "MaQuanHuyen"),
        commune=_text(element, "MaPhuongXa") or _text(element, "MaDonViHanhChinh"),
        detail=_text(element, "ChiTiet"),
        country=_text(element, "QuocGia"),
    )
