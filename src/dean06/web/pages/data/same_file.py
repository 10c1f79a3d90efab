"""The line that says which other lists are matched from the same file, with the way to each."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.sources import service as sources
from dean06.sources.types import DeliveryInfo
from dean06.web.language import words
from dean06.web.pages.titles import source_title
from dean06.web.reader import Reader

__all__ = ["same_file"]


def same_file(reader: Reader, delivery: DeliveryInfo) -> Iterator[SafeString]:
    """Yield a line for each other list that reads the file of a delivery for another person of its rows."""
    contract = reader.contracts.find(delivery.source)
    shared = contract is not None and (contract.beside or contract.also)
    for one in sources.same_file(reader.viewer, delivery) if shared else ():
        yield format_html(
            '{} <a href="{}">{}</a>',
            words("Cùng tệp này còn đối soát:", "Also matched from this file:"),
            reader.url("deliveries-one", one.id),
            source_title(one.source, reader.contracts),
        )
