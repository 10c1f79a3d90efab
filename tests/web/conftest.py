"""The look alone: sample pages served without a database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from types import ModuleType
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.urls import path

from dean06.web import views_language, views_style

OURS = "dean06.web.language.LanguageMiddleware"
AFTER = "django.contrib.auth.middleware.AuthenticationMiddleware"


def _addresses() -> ModuleType:
    """The look's own addresses; whatever stands behind the other pages is not needed to judge it."""
    addresses = ModuleType("look_addresses")
    addresses.urlpatterns = [
        path("ngon-ngu/", views_language.choose, name="language"),
        path("kieu-mau/", views_style.guide, name="style-guide"),
        path("kieu-mau/<slug:name>/", views_style.sample, name="style-sample"),
    ]
    return addresses


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def style(settings: object) -> object:
    """Open the style guide; sessions travel in a signed cookie, so that no page of the look asks the database."""
    house = ("dean06.", "django.middleware.locale.")
    kept = [name for name in settings.MIDDLEWARE if not name.startswith(house)]
    kept.insert(kept.index(AFTER) + 1, OURS)
    settings.MIDDLEWARE = kept
    settings.ROOT_URLCONF = _addresses()
    settings.DEAN06_STYLE_GUIDE = True
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    return settings


@pytest.fixture
def style_url(style: object) -> Iterator[str]:
    """Serve the style guide on a free port of 127.0.0.1."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/kieu-mau/"
    server.shutdown()
    server.server_close()
    thread.join()
