"""The look alone, served without a database; and two groups at work, for the pages that show them."""

from __future__ import annotations

import copy
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from types import ModuleType
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.test import override_settings
from django.urls import path

from dean06.web import views_language, views_style
from flows.conftest import Office, at
from harness import rows
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


@dataclass(frozen=True)
class Settled:
    """The two groups once they are at work: their rows and their files, to be put back for each module."""

    neighbours: Neighbours
    rows: rows.Remembered
    folder: Path
    files: Path

    def again(self) -> Neighbours:
        """Put rows and files back as they were; what a test counts on its office is its own."""
        self.rows.put()
        shutil.rmtree(self.folder)
        shutil.copytree(self.files, self.folder)
        return copy.deepcopy(self.neighbours)


@pytest.fixture(scope="session")
def settled(django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """Let two groups work for two months, once a run: it takes ten seconds."""
    folder = tmp_path_factory.mktemp("neighbours") / "two"
    (folder / "home").mkdir(parents=True)
    with django_db_blocker.unblock(), override_settings(HOME=folder / "home"), transaction.atomic():
        before = rows.standing()
        ours = two.first(folder)
        theirs = two.second(ours, folder)
        made = Neighbours(ours=ours, theirs=theirs, mine=two.held(ours), foreign=two.held(theirs))
        files = folder.parent / "files"
        shutil.copytree(folder, files)
        kept = Settled(neighbours=copy.deepcopy(made), rows=rows.added(before), folder=folder, files=files)
        transaction.set_rollback(True)
    return kept


@pytest.fixture(scope="module")
def neighbours(settled: Settled, django_db_blocker: object) -> Iterator[Neighbours]:
    """Give two groups to all tests of a module; what a test changes is taken back after it."""
    home = override_settings(HOME=settled.folder / "home")
    with django_db_blocker.unblock(), home, transaction.atomic():
        yield settled.again()
        transaction.set_rollback(True)


@pytest.fixture
def office_hours(neighbours: Neighbours, db: None) -> Iterator[Neighbours]:
    """Give the two groups on a day of August 2022."""
    with at(2022, 8, 20):
        yield neighbours
