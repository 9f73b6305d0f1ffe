"""How gunicorn serves Glassbox: it reads this file wherever it is started in this folder.

Address, number of workers and access log are given where it is started.
"""

forwarder_headers = ""
"""No header of a request says where the site is mounted: ``SCRIPT_NAME`` would move every page."""

secure_scheme_headers: dict[str, str] = {}
"""Django alone reads whether a proxy speaks TLS (``SECURE_PROXY_SSL_HEADER``)."""
