"""The databases: ``DATABASE_URL``, or a private PostgreSQL under ``.local/``, and its replicas.

The private server is for development, the demo and the tests (``config.embedded``).
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.embedded import EmbeddedServer
from config.programs import is_there

NO_SERVER = (
    "There is no database. Set DATABASE_URL to a PostgreSQL 15 or newer, "
    "for example postgresql://user:password@localhost/glassbox, "
    "or run `make setup`, which brings a private server, or `docker compose up`."
)

PLANNED_AFTER = 5
"""Any number lets psycopg prepare the statements that ask for it, and none that do not."""


def databases(base_dir: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: the primary as ``default``, the others as ``replica1``, ``replica2`` …"""
    primary = parse(env.text("DATABASE_URL") or embedded_url(base_dir))
    replicas = map(replica, env.text("DATABASE_REPLICA_URLS", "").split())
    return {"default": primary} | {f"replica{n}": found for n, found in enumerate(replicas, 1)}


def replica(url: str) -> dict[str, Any]:
    """A streaming replica: like the primary but for its address, and given up on sooner."""
    found = parse(url)
    return found | {
        "OPTIONS": {"connect_timeout": "2", "tcp_user_timeout": "5000"} | found["OPTIONS"],
        "TEST": {"MIRROR": "default"},
    }


def parse(url: str) -> dict[str, Any]:
    """Django's settings for a ``postgresql://`` URL."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("A database's URL has to begin with postgresql://")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    pooled = env.flag("DATABASE_POOLED", default=False)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "glassbox",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or options.pop("host", ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": env.number("DATABASE_CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        # A pooler that hands out connections by transaction knows no cursors beyond it, and no
        # plans of an earlier one. Elsewhere statements that ask for it are planned once.
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
        "OPTIONS": {"prepare_threshold": None if pooled else PLANNED_AFTER} | options,
    }


def embedded_url(base_dir: Path) -> str:
    """Start the private server, unless it runs, and name it."""
    if not is_there():
        raise ImproperlyConfigured(NO_SERVER)
    server = EmbeddedServer(base_dir / ".local" / "postgres")
    server.start()
    server.ensure_database("glassbox")
    return server.url("glassbox")
