"""The look alone, served without a database; and two groups at work, for the pages that show them."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from socketserver import ThreadingMixIn
from types import ModuleType
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.test import override_settings
from django.urls import path

from dean06.jobs import service as jobs
from dean06.ledger import service as ledger
from dean06.web import views_language, views_style
from flows.conftest import Office, at, own
from harness.settled import Settled, settled_once
from web import neighbours as two
from web.neighbours import Held

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


@dataclass(frozen=True)
class Neighbours:
    """Two groups at work in one installation, and what each holds."""

    ours: Office
    theirs: Office
    mine: Held
    foreign: Held


def _at_work(folder: Path) -> Neighbours:
    ours = two.first(folder)
    theirs = two.second(ours, folder)
    with at(2022, 8, 20):
        ledger.sequence()
        jobs.follow()
    return Neighbours(
        ours=ours, theirs=theirs, mine=two.told(ours, two.held(ours)), foreign=two.told(theirs, two.held(theirs))
    )


settled_neighbours = settled_once("neighbours", _at_work)  # two groups at work for two months


@pytest.fixture(scope="module")
def neighbours(
    settled_neighbours: Settled[Neighbours], django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Neighbours]:
    """Give two groups to all tests of a module; what a test changes is taken back after it."""
    home, lists = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("lists")
    with django_db_blocker.unblock(), override_settings(HOME=home), transaction.atomic():
        made = settled_neighbours.again(home)
        ours, theirs = (
            own(office, Path(shutil.copytree(office.folder, lists / office.folder.name)))
            for office in (made.ours, made.theirs)
        )
        yield replace(made, ours=ours, theirs=theirs)
        transaction.set_rollback(True)


@pytest.fixture
def office_hours(neighbours: Neighbours, db: None) -> Iterator[Neighbours]:
    """Give the two groups on a day of August 2022."""
    with at(2022, 8, 20):
        yield neighbours
