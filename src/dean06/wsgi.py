"""The entry for the page server.

What every page needs is loaded before the first request and set aside from Python's garbage collector (`gc.freeze`):
a full collection of it stops a page for some 80 ms, and finds nothing.
"""

from __future__ import annotations

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dean06.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # and with it every page
gc.collect()
gc.freeze()
gc.set_threshold(2000, 20, 100)
