"""The entry for the page server.

What every page needs is loaded before the first request and set aside from Python's garbage collector (`gc.freeze`):
a full collection of it stops a page for some 80 ms, and finds nothing.
"""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dean06.settings")
application = get_wsgi_application()
assert get_resolver().url_patterns  # noqa: S101  reading them imports every page
gc.collect()
gc.freeze()
gc.set_threshold(2000, 20, 100)
