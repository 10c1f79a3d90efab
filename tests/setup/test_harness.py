"""The suite's own ground: its database, its closed network, its browser, and a state directory that is nobody's."""

from __future__ import annotations

import os
import socket
import threading
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_socket import SocketConnectBlockedError

PAGE = """<!doctype html><html lang="vi"><title>Đề án 06</title><h1>Xin chào</h1>{extra}</html>"""


class Pages(BaseHTTPRequestHandler):
    """Answers every address with the page of that name."""

    def do_GET(self):
        extra = {
            "/lac": '<img src="http://192.0.2.1/x.png">',
            "/loi": "<script>throw new Error('hỏng')</script>",
            "/chinh-sach": "<script>1</script>",
        }
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path == "/chinh-sach":
            self.send_header("Content-Security-Policy", "script-src 'none'")
        self.end_headers()
        self.wfile.write(PAGE.format(extra=extra.get(self.path, "")).encode())

    def log_message(self, *words):
        pass


@pytest.fixture
def pages():
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.django_db
def test_the_suite_runs_on_the_database_it_was_asked_to():
    asked = os.environ.get("DEAN06_TEST_DATABASE", "sqlite")
    assert connection.vendor == asked
    if asked == "sqlite":
        with connection.cursor() as cursor:
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        assert mode == "wal"
        assert Path(connection.settings_dict["NAME"]).is_relative_to(settings.HOME)


def test_the_state_is_the_runs_own():
    assert "dean06-test-" in str(settings.HOME)


def test_no_test_reaches_the_network():
    with warnings.catch_warnings(), socket.socket() as outward:
        warnings.simplefilter("ignore")
        with pytest.raises(SocketConnectBlockedError):
            outward.connect(("192.0.2.1", 80))


@pytest.mark.journey
def test_the_browser_draws_vietnamese(browser_page, pages):
    browser_page.goto(pages + "/")
    assert browser_page.title() == "Đề án 06"
    assert browser_page.get_by_role("heading").inner_text() == "Xin chào"
    assert browser_page.evaluate("navigator.language") == "vi-VN"


@pytest.mark.journey
@pytest.mark.parametrize("path", ["/lac", "/loi", "/chinh-sach"])
def test_the_browser_sees_what_must_not_be(watched_page, pages, path):
    page, seen = watched_page
    page.goto(pages + path)
    page.wait_for_load_state("networkidle")
    assert seen.faults or seen.strayed
