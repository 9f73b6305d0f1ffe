"""How gunicorn serves Glassbox: it reads this file wherever it is started in this folder.

The number of workers is given where it is started; the address is ``PORT`` on all
interfaces in production, unless it is given there too. The access log is the application's
(``config/access.py``), and gunicorn's own lines go through the same formatter.
"""

import os

from config import logs

bind = f"{'0.0.0.0' if os.environ.get('GLASSBOX_ENV') == 'production' else '127.0.0.1'}:" + (  # noqa: S104
    os.environ.get("PORT", "").strip() or "8000"
)

logconfig_dict = logs.configuration(
    "json" if os.environ.get("LOG_FORMAT", "").strip().lower() == "json" else "plain", "INFO"
) | {"root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL") or "WARNING"}}

worker_class = "gthread"
threads = 4
"""For each worker: a request that takes long keeps nobody else waiting (ADR 31)."""

control_socket_disable = True
"""Nothing steers a running server through a file in somebody's home."""

forwarder_headers = ""
"""No header of a request says where the site is mounted: ``SCRIPT_NAME`` would move every page."""

secure_scheme_headers: dict[str, str] = {}
"""Django alone reads whether a proxy speaks TLS (``SECURE_PROXY_SSL_HEADER``)."""
