"""The WSGI application that gunicorn serves."""

import gc
import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application: Any = get_wsgi_application()

from django.conf import settings  # noqa: E402 - the applications are loaded now
from django.db import connections  # noqa: E402 - the applications are loaded now

from config.access import logged  # noqa: E402
from config.start import refuse_open_doors  # noqa: E402

refuse_open_doors()
connections.close_all()
if settings.ACCESS_LOG:
    application = logged(application)

# What was loaded stays for the life of the process, and a page makes some ten thousand objects:
# looking through all of them for cycles as often as Python does by itself is an eighth of an entry.
gc.freeze()
gc.set_threshold(20_000, 20)
