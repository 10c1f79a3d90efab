"""The face of secrecy: the marks of state secrets that a text or a file bears, and their refusal by name."""

from __future__ import annotations

from dean06.papers.errors import SecretRefused
from dean06.papers.keeping.secrecy import MARKS, marked, marked_file

__all__ = ["MARKS", "marked", "marked_file", "refuse", "refuse_text"]


def refuse(level: str | None) -> None:
    """Refuse what is marked with a level of state secrets, by its name; None is marked with none."""
    if level is not None:
        raise SecretRefused(
            f"Nội dung mang dấu độ mật «{level}»: hệ thống không nhận bí mật nhà nước, không giữ lại phần nào. "
            "Xử lý theo quy định bảo vệ bí mật nhà nước, ngoài hệ thống.",
            f"It is marked as a state secret («{level}»): such matter is not taken in, and nothing of it was kept.",
        )


def refuse_text(text: str) -> None:
    """Refuse a text that bears a mark of secrecy."""
    refuse(marked(text))
