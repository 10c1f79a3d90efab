"""The kinds of connection there are, and settings as a kind wants them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pkgutil import resolve_name

from dean06.clock.errors import BadInput
from dean06.sources.connectors.types import Form, Kind, Setting

HERE = "dean06.sources.connectors"
# By name, so that the libraries of a kind (a database's, a secure shell's) are loaded where kinds are asked for alone.
SHIPPED = [f"{HERE}.{name}" for name in ("folder:KIND", "sftp:KIND", "sql:KIND", "rest:KINDS", "soap:KIND")]
LONGEST = 4000

__all__ = ["filled", "kind", "kinds"]


@lru_cache(maxsize=1)
def kinds() -> tuple[Kind, ...]:
    """Return the kinds there are, in the order people are shown them."""
    found = (resolve_name(name) for name in SHIPPED)
    return tuple(kind for told in found for kind in (told if isinstance(told, tuple) else (told,)))


def kind(code: str) -> Kind:
    """Return one kind; BadInput names those there are."""
    for one in kinds():
        if one.code == code:
            return one
    names = ", ".join(one.code for one in kinds())
    raise BadInput(
        f"Không có loại kết nối «{code}»: chọn một trong {names}.",
        f"There is no kind of feed {code!r}: choose one of {names}.",
    )


def filled(of: Kind, given: Mapping[str, str]) -> dict[str, str]:
    """Return every setting of a kind, what was left empty as its default; BadInput names the one that is wrong."""
    told = {one.code: given.get(one.code, "").strip() or one.default for one in of.settings}
    for one in of.settings:
        _fit(one, told[one.code])
    of.check(told)
    return told


def _fit(one: Setting, text: str) -> None:
    wrong = (
        (one.required and not text)
        or len(text) > LONGEST
        or (one.form is not Form.LONG and any(letter in text for letter in "\r\n\0"))
        or (one.form is Form.NUMBER and bool(text) and not (text.isascii() and text.isdigit() and len(text) < 10))
        or (one.form is Form.CHOICE and bool(text) and text not in one.choices)
    )
    if wrong:
        raise BadInput(
            f"Mục «{one.title.vi}» của kết nối chưa đúng hoặc còn trống: sửa rồi lưu lại.",
            f"The feed's setting {one.title.en!r} is wrong or empty: correct it and save again.",
        )
