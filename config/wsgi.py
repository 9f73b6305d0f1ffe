"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from django.db import connections  # noqa: E402 - the applications are loaded now

from config.start import refuse_open_doors  # noqa: E402

refuse_open_doors()
connections.close_all()

# What was loaded stays for the life of the process, and a page makes some ten thousand objects:
# looking through all of them for cycles as often as Python does by itself is an eighth of an entry.
gc.freeze()
gc.set_threshold(20_000, 20)
