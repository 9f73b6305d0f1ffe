"""The log on the console: for people or as JSON, and never the secret part of private links."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

SLASH = r"(?:/|%(?:25)*2[fF])"
TOKEN = re.compile(r"[0-9a-fA-F]{32}(?:\.|%(?:25)*2[eE])[\w%-]{6,}")
"""The secret part wherever it is: in a path, a Referer, a parameter, written with %XX or not."""

PRIVATE = re.compile(
    rf"({SLASH}(?:submit|mail{SLASH}confirm|mail{SLASH}forget){SLASH})"
    rf"(?!guide\b|choices\b|challenge\b)((?:(?!%(?:25)*2[fF])[^\s/?#&\"'<>,]){{20,}})"
)
"""What follows where a private link has its secret: nearly right ones too."""


class PrivateLinks(logging.Filter):
    """Takes the token out of every address in a record, and changes nothing else."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redacted(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(redacted(value) for value in record.args)
        return True


class Plain(logging.Formatter):
    """For people. The whole text is looked through, tracebacks and gunicorn's lines too."""

    def format(self, record: logging.LogRecord) -> str:
        return clean(super().format(record))


class Json(logging.Formatter):
    """One object a line, for programs; what a record adds by ``extra`` under ``request``."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": clean(record.getMessage()),
        }
        seen = getattr(record, "access", None)
        if isinstance(seen, dict):
            entry["request"] = {key: redacted(value) for key, value in seen.items()}
        if record.exc_info:
            entry["exception"] = clean(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False, default=str)


def redacted(value: object) -> object:
    """The value; a text without tokens."""
    return clean(value) if isinstance(value, str) else value


def clean(text: str) -> str:
    return PRIVATE.sub(r"\1…", TOKEN.sub("…", text))


def configuration(form: str, level: str) -> dict[str, Any]:
    """Python's logging: everything goes to the console, through a formatter that redacts."""
    here = {"handlers": ["console"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"private": {"()": "config.logs.PrivateLinks"}},
        "formatters": {
            "plain": {
                "()": "config.logs.Plain",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            },
            "json": {"()": "config.logs.Json"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["private"],
            }
        },
        "loggers": {
            "glassbox.access": here | {"level": "INFO"},
            "glassbox.schedule": here | {"level": "INFO"},
            "django.server": here | {"level": "INFO"},
            "gunicorn.error": here | {"level": level},
        },
        "root": {"handlers": ["console"], "level": level},
    }
