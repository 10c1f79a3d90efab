"""The bar appears on a terminal after two seconds, never elsewhere."""

from __future__ import annotations

import io

from dean06.cli.progress import PATIENCE, Bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


def bar(stream, waited, *, stages=False):
    made = Bar(stream=stream, stages=stages)
    made.started -= waited
    return made


def test_quick_work_shows_nothing():
    stream = Terminal()
    made = bar(stream, 0)
    made(1, 2, "đọc")
    made.close()
    assert stream.getvalue() == ""


def test_long_work_shows_its_share_and_cleans_up():
    stream = Terminal()
    made = bar(stream, PATIENCE)
    made(1, 2, "đọc")
    made.close()
    assert "50% đọc" in stream.getvalue()
    assert stream.getvalue().endswith("\r\033[K")


def test_off_a_terminal_nothing_is_said():
    stream = io.StringIO()
    bar(stream, PATIENCE)(1, 2, "đọc")
    assert stream.getvalue() == ""


def test_a_watched_log_is_told_each_stage_once():
    stream = io.StringIO()
    made = bar(stream, PATIENCE, stages=True)
    for done in range(3):
        made(done, 3, "đọc")
    made(3, 3, "ghi")
    assert stream.getvalue().split() == ["đọc", "ghi"]


def test_beside_json_it_is_silent():
    stream = Terminal()
    made = Bar(shown=False, stream=stream)
    made.started -= PATIENCE
    made(1, 0, "đọc")
    assert stream.getvalue() == ""
