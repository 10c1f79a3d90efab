"""What the desk says of people: a charter to be read, and who runs the group while its leader is away."""

from __future__ import annotations

from dean06.flows import acknowledging, powers
from dean06.web.language import words
from dean06.web.pages.offices.powers import span_words
from dean06.web.parts.page import Link, Notice
from dean06.web.reader import Reader

__all__ = ["notices"]


def notices(reader: Reader) -> list[Notice]:
    """Return what waits for the reader, and the acting powers that stand now."""
    if reader.ending is not None:
        return []
    return [*_acting(reader), *_to_read(reader)]


def _to_read(reader: Reader) -> list[Notice]:
    if not acknowledging.owed_by(reader.viewer, reader.group):
        return []
    text = words("Bạn chưa xác nhận đã đọc Quy chế đang có hiệu lực.", "You have not acknowledged the charter yet.")
    link = Link(label=words("Đọc và xác nhận", "Read and acknowledge"), href=reader.url("offices-read"))
    return [Notice(text=text, tone="law", sign="law", link=link)]


def _acting(reader: Reader) -> list[Notice]:
    link = Link(label=words("Ai điều hành", "Who runs it"), href=reader.url("offices-powers"))
    return [
        Notice(
            text=words(
                f"{one.holder or one.title} làm thay {one.for_title}: {span_words(one)}.",
                f"{one.holder or one.title} acts for the {one.for_title}: {span_words(one)}.",
            ),
            tone="warn",
            sign="clock",
            link=link,
        )
        for one in powers.acting_at(reader.group, reader.now)
    ]
