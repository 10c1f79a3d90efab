"""Secrets by reference: a variable of the environment or a file of its owner alone; each group has its own names.

A group may only point at what the operator put there for it, so no feed can carry another's secret to a host of its
own. The value is read when a reader is opened, and kept nowhere.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from django.conf import settings

from dean06.clock.errors import BadInput, Unavailable
from dean06.sources.connectors.types import Secret

VARIABLE, FILE = "env", "tep"
PREFIX = "DEAN06_NGUON_"
REFERENCE = re.compile(rf"({VARIABLE}|{FILE}):([A-Za-z0-9][A-Za-z0-9_-]{{0,59}})")
MOST_BYTES = 64 * 1024

__all__ = ["check", "read", "where"]


def check(reference: str) -> None:
    """Refuse what is no reference: above all a secret that somebody typed into the form."""
    if not REFERENCE.fullmatch(reference):
        raise BadInput(
            "Bí mật chỉ ghi bằng tham chiếu: «env:TÊN» hoặc «tep:ten» (chữ không dấu, số, gạch); không ghi mật khẩu.",
            "A secret is given by reference alone: `env:NAME` or `tep:name` (letters, digits, dashes), no password.",
        )


def where(slug: str, reference: str) -> str:
    """Return where the operator puts what a reference of a group names: a variable's name or a file's path."""
    check(reference)
    kind, _, name = reference.partition(":")
    return _variable(slug, name) if kind == VARIABLE else f"DEAN06_HOME/secrets/{slug}/{name}"


def read(slug: str, reference: str) -> Secret:
    """Return the secret that a reference of a group names."""
    check(reference)
    kind, _, name = reference.partition(":")
    text = os.environ.get(_variable(slug, name)) if kind == VARIABLE else _text(slug, reference)
    if not text:
        raise Unavailable(
            f"Chưa có bí mật «{reference}» trên máy chủ: người vận hành đặt vào {where(slug, reference)}.",
            f"The secret {reference!r} is not on the server: the operator puts it into {where(slug, reference)}.",
        )
    return Secret(text)


def _variable(slug: str, name: str) -> str:
    return PREFIX + f"{slug}_{name}".upper().replace("-", "_")


def _text(slug: str, reference: str) -> str:
    name, place = reference.partition(":")[2], where(slug, reference)
    path = Path(settings.HOME) / "secrets" / slug / name
    try:
        with path.open("rb") as handle:
            state = os.fstat(handle.fileno())
            if stat.S_IMODE(state.st_mode) & 0o077 or state.st_uid != os.geteuid():
                raise Unavailable(
                    f"Tệp bí mật {place} để người khác đọc được: đặt quyền 0600 cho tài khoản chạy dịch vụ.",
                    f"The secret file {place} can be read by others: give it mode 0600, owned by the service.",
                )
            return handle.read(MOST_BYTES).decode().strip("\r\n")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as problem:
        raise Unavailable(
            f"Không đọc được tệp bí mật {place}: kiểm tra quyền và nội dung.",
            f"The secret file {place} cannot be read: check its mode and content.",
        ) from problem
