"""The measures we print with, in millimetres and points; both renderers read them here.

Each lies inside the range that Decree 30/2020, Appendix I allows; `checklist` holds the ranges themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes in points end with `_pt`, lengths in millimetres with `_mm`."""

    page_width_mm: float = 210
    page_height_mm: float = 297
    top_mm: float = 20
    bottom_mm: float = 20
    left_mm: float = 30
    right_mm: float = 15
    header_mm: float = 10
    head_left_mm: float = 70
    head_right_mm: float = 95
    foot_left_mm: float = 75
    foot_right_mm: float = 90
    abstract_mm: float = 145
    indent_mm: float = 12.7
    national_pt: float = 12
    motto_pt: float = 13
    issuer_pt: float = 12
    number_pt: float = 13
    date_pt: float = 13
    type_pt: float = 14
    abstract_pt: float = 14
    letter_abstract_pt: float = 12
    body_pt: float = 14
    caption_pt: float = 13
    table_pt: float = 12
    small_pt: float = 11
    recipients_pt: float = 12
    signature_pt: float = 14
    mark_pt: float = 13
    copy_mark_pt: float = 10
    page_number_pt: float = 13
    after_pt: float = 6
    line_multiple: float = 1.15
    signing_gap_pt: float = 76
    rule_share: float = 0.4
    rule_pt: float = 0.75
    code_share: float = 0.58
    narrowest_column_mm: float = 9
    cell_side_mm: float = 1.4
    cell_top_mm: float = 0.8

    @property
    def text_width_mm(self) -> float:
        """The width between the margins."""
        return self.text_width(landscape=False)

    def text_width(self, *, landscape: bool) -> float:
        """Return the width between the margins of a page that stands or lies."""
        return (self.page_height_mm if landscape else self.page_width_mm) - self.left_mm - self.right_mm

    def columns(self, shares: Sequence[float], *, landscape: bool = False) -> tuple[float, ...]:
        """Return the widths of a table's columns: their shares of the text width, none too narrow to read."""
        whole, width = sum(shares), self.text_width(landscape=landscape)
        least = min(self.narrowest_column_mm / width, 1 / len(shares))
        raised = [max(share / whole, least) for share in shares]
        spare = sum(raised) - 1
        room = sum(share - least for share in raised) or 1
        return tuple((share - spare * (share - least) / room) * width for share in raised)


LAYOUT = Layout()
FONT_DESCENT = 0.216
SINGLE_LINE = 1.149
