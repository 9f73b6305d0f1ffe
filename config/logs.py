"""What never goes into a log: the secret part of private links."""

import logging
import re

SECRET = re.compile(r"(/(?:submit|mail/confirm|mail/forget)/)[0-9a-f]{32}\.[A-Za-z0-9_-]+")


class PrivateLinks(logging.Filter):
    """Takes the token out of every address in a record, and changes nothing else."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redacted(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(redacted(value) for value in record.args)
        return True


def redacted(value: object) -> object:
    """The value; a text without tokens."""
    return SECRET.sub(r"\1…", value) if isinstance(value, str) else value
