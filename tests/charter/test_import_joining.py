"""Where a sentence goes on and where something new begins: by what was open, how the line stands, and its label."""

from __future__ import annotations

import pytest

from dean06.charter.importing import joining
from dean06.charter.importing.joining import Before
from dean06.charter.importing.labels import label_of
from dean06.charter.importing.lines import Line, number_lines

PAGE = 3  # blank lines that a page break counts as


def _line(text: str, how: str) -> Line:
    """Make a line that stands apart, is whole, was cut short or came when the line before was full."""
    return {
        "apart": Line(text, "", 1),
        "page": Line(text, "", PAGE),
        "whole": Line(text, "", 0, whole=True),
        "short": Line(text, "", 0, room=0),
        "full": Line(text, "", 0, room=-1),
        "unknown": Line(text, ""),
    }[how]


@pytest.mark.parametrize(("how", "short"), [("short", True), ("full", False), ("unknown", False)])
def test_a_break_is_on_purpose_where_the_next_word_would_have_fitted(how: str, short: bool) -> None:  # noqa: FBT001  a table's column
    assert joining.cut_short(_line("Việc", how)) == short


@pytest.mark.parametrize(
    ("text", "ended", "open_still"),
    [
        *(
            (f"Việc{mark}", True, False)
            for mark in (".", ";", ":", "!", "?", "…", ".)", ".”", ".»", ".'", ".]", './."')
        ),
        *((f"Việc{mark}", False, True) for mark in (",", "(", "/", "-", "–")),
        *((f"Việc{mark}", False, False) for mark in ("", ")", " 5", "…x")),
        *((f"Việc {word}", False, True) for word in ("và", "Theo", "KHOẢN", "thuộc")),
        ("Việc và.", True, False),
        ("", False, False),
    ],
)
def test_how_a_text_ends(text: str, ended: bool, open_still: bool) -> None:  # noqa: FBT001  a table's columns
    assert (joining.ended(text), joining.left_open(text)) == (ended, open_still)


# ---------------------------------------------------------------- a clause, a point, an article


@pytest.mark.parametrize(
    ("before", "how", "next_in_list", "begins"),
    [
        ("Việc thứ nhất.", "full", True, True),
        ("Việc thứ nhất.", "full", False, True),
        ("Việc thứ nhất", "full", True, True),
        ("Việc thứ nhất", "full", False, False),
        ("Việc thứ nhất,", "full", True, True),
        ("Việc thứ nhất và", "full", True, False),
        ("Việc thứ nhất", "apart", False, True),
        ("Việc thứ nhất", "whole", False, True),
        ("Việc thứ nhất,", "apart", False, False),
        ("Việc thứ nhất và", "apart", False, False),
        ("Việc thứ nhất,", "apart", True, True),
        ("Việc thứ nhất và", "whole", True, True),
        ("Việc nêu tại khoản", "apart", True, False),
        ("Việc nêu tại khoản", "whole", True, False),
        ("Việc nêu tại khoản", "full", True, False),
        ("", "full", False, True),
        ("", "full", True, True),
    ],
)
def test_a_possible_label_begins_an_item(before: str, how: str, next_in_list: bool, begins: bool) -> None:  # noqa: FBT001  a table's columns
    label = label_of("2. Hai")
    assert label is not None
    opened = Before(before, heading=False, dash_open=False, spaced=False)
    assert joining.begins(label, _line("2. Hai", how), opened, expected=next_in_list) == begins


@pytest.mark.parametrize("before", ["", "Việc thứ nhất."])
def test_a_label_that_cannot_stand_here_begins_nothing(before: str) -> None:
    label = label_of("2. Hai")
    assert label is not None
    opened = Before(before, heading=False, dash_open=False, spaced=False)
    assert joining.begins(label, _line("2. Hai", "apart"), opened, expected=None) is False


# ---------------------------------------------------------------- a dash


@pytest.mark.parametrize(
    ("before", "how", "text", "among_dashes", "spaced", "begins"),
    [
        ("Gồm:", "full", "- việc", False, True, True),
        ("Việc đầu;", "full", "- việc", True, True, True),
        ("giai đoạn 2022", "apart", "- 2025", True, False, False),
        ("giai đoạn 2022", "apart", "- Việc", True, False, False),
        ("Việc đầu và", "apart", "- Việc", True, False, False),
        ("Phòng Lao động", "apart", "- Thương binh", True, False, False),
        ("Phòng lao động", "whole", "- Thương binh", True, False, False),
        ("Việc đầu", "apart", "- Việc", False, True, True),
        ("Việc đầu", "whole", "- Việc", False, True, True),
        ("Việc đầu", "short", "- Việc", False, False, True),
        ("Việc đầu", "short", "- Việc", False, True, False),
        ("Việc đầu", "full", "- Việc", False, False, False),
        ("Việc đầu", "apart", "- việc", False, False, False),
        ("Việc đầu,", "apart", "- Việc", False, False, False),
        ("Việc đầu", "apart", "- việc", True, False, True),
        ("Việc đầu", "short", "- việc", True, False, True),
        ("Việc đầu", "short", "- việc", True, True, False),
        ("Việc đầu,", "short", "- việc", True, True, True),
        ("Việc đầu,", "full", "- việc", True, True, False),
        ("Việc đầu,", "apart", "- việc", True, True, True),
    ],
)
def test_a_dash_begins_an_item(
    before: str,
    how: str,
    text: str,
    among_dashes: bool,  # noqa: FBT001  a table's column
    spaced: bool,  # noqa: FBT001  a table's column
    begins: bool,  # noqa: FBT001  a table's column
) -> None:
    label = label_of(text)
    assert label is not None
    opened = Before(before, heading=False, dash_open=among_dashes, spaced=spaced)
    assert joining.begins(label, _line(text, how), opened, expected=True) == begins


# ---------------------------------------------------------------- a line without a label


@pytest.mark.parametrize(
    ("before", "how", "text", "spaced", "goes_on"),
    [
        ("", "full", "việc", False, False),
        ("Việc", "whole", "việc", False, False),
        ("Việc.", "apart", "việc", False, False),
        ("Việc", "apart", "việc", False, True),
        ("Việc của", "apart", "Tổ", False, True),
        ("Việc", "apart", "Tổ", False, False),
        ("Việc", "apart", "«Tổ»", False, True),
        ("Việc", "apart", "12 tổ", False, True),
        ("Việc", "page", "Tổ", False, True),
        ("Việc.", "page", "Tổ", False, False),
        ("Việc.", "short", "Tổ", True, True),
        ("Việc.", "full", "Tổ", False, True),
        ("Việc.", "unknown", "Tổ", False, True),
        ("Việc.", "short", "Tổ", False, False),
        ("Việc", "short", "Tổ", False, False),
        ("Việc của", "short", "Tổ", False, True),
        ("Việc,", "short", "Tổ", False, True),
        ("Việc.", "short", "tổ", False, True),
        ("Việc.", "short", "«Tổ»", False, True),
    ],
)
def test_a_line_goes_on_with_a_text(before: str, how: str, text: str, spaced: bool, goes_on: bool) -> None:  # noqa: FBT001  a table's columns
    opened = Before(before, heading=False, dash_open=False, spaced=spaced)
    assert joining.goes_on(_line(text, how), opened) == goes_on


@pytest.mark.parametrize(
    ("before", "how", "text", "goes_on"),
    [
        ("Nhiệm vụ", "apart", "của tổ", True),
        ("Nhiệm vụ của", "apart", "Tổ", True),
        ("Nhiệm vụ", "apart", "12 tổ", False),
        ("Nhiệm vụ", "page", "Tổ", False),
        ("Nhiệm vụ", "full", "Tổ", True),
    ],
)
def test_a_line_goes_on_with_a_heading(before: str, how: str, text: str, goes_on: bool) -> None:  # noqa: FBT001  a table's columns
    opened = Before(before, heading=True, dash_open=False, spaced=False)
    assert joining.goes_on(_line(text, how), opened) == goes_on


@pytest.mark.parametrize(
    ("before", "line", "joined"),
    [
        ("", "Việc", "Việc"),
        ("Việc", "sau", "Việc sau"),
        ("số 12/KH-", "UBND", "số 12/KH-UBND"),
        ("số 12/", "KH-UBND", "số 12/KH-UBND"),
        ("giai đoạn 2022 -", "2025", "giai đoạn 2022 - 2025"),
        ("Việc –", "sau", "Việc – sau"),
    ],
)
def test_a_line_is_put_behind_what_is_open(before: str, line: str, joined: str) -> None:
    assert joining.joined(before, line) == joined


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("Lời\n\ndẫn\n\nkhác", False),
        ("\nĐiều 1. Một\nĐiều 2. Hai", True),
        ("\nĐiều 1. Một\nĐiều 2. Hai\nĐiều 3. Ba", False),
        ("1. Một\n2. Hai\n3. Ba\n\n4. Bốn", False),
        ("1. Một\n\n2. Hai\n3. Ba\n\n4. Bốn", True),
        ("a) Một\n\n\n\nb) Hai", True),
        ("a) Một\n\nlời\nb) Hai", False),
        ("- Một\n\n- Hai\n\n- Ba\n1. Một", False),
        ("Chương I\n\nChương II\n1. Một", False),
    ],
)
def test_a_text_is_spaced_where_half_of_its_items_stand_apart(text: str, spaced: bool) -> None:  # noqa: FBT001  a table's column
    assert joining.is_spaced(number_lines(text.split("\n"))) is spaced
