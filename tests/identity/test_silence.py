"""What a browser keeps, what a log says, where an upload lies: nothing of a person stays where it should not."""

from __future__ import annotations

import io
import logging
import logging.config
import os
import stat
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from dean06.clock import service as clock
from dean06.jobs import service as jobs

QUOTED = "Nguyễn Thị Bí Mật"


@pytest.mark.django_db
def test_no_answer_is_kept_by_a_browser(home):
    for address in ("/dang-nhap/", "/", "/khong-co/"):
        assert "no-store" in Client().get(address).headers["Cache-Control"], address


def test_a_log_says_where_and_not_what():
    logging.config.dictConfig({**settings.LOGGING, "root": {"handlers": [], "level": "WARNING"}})
    handler = logging.StreamHandler(out := io.StringIO())
    handler.setFormatter(settings.LOGGING["formatters"]["quiet"]["()"]())
    log = logging.getLogger("thu")
    log.addHandler(handler)
    try:
        try:
            int(QUOTED)
        except ValueError as first:
            raise RuntimeError(QUOTED) from first
    except RuntimeError:
        log.exception("Lỗi máy chủ")
    finally:
        log.removeHandler(handler)
    assert QUOTED not in out.getvalue()
    assert "RuntimeError" in out.getvalue()
    assert "test_silence.py" in out.getvalue()


def test_the_state_is_its_owner_s_alone():
    for folder in (settings.HOME, settings.FILE_UPLOAD_TEMP_DIR):
        if Path(folder) != Path(os.environ["DEAN06_HOME"]):  # the suite made that one itself
            assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700


@pytest.mark.django_db
def test_what_a_killed_upload_left_is_swept(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    old, new = tmp_path / "cu.upload", tmp_path / "moi.upload"
    for path in (old, new):
        path.write_bytes(b"x")
    long_ago = (clock.now() - timedelta(days=2)).timestamp()
    os.utime(old, (long_ago, long_ago))
    os.utime(new, (time.time(), time.time()))
    jobs.take_up()
    assert [path.name for path in tmp_path.iterdir()] == ["moi.upload"]
