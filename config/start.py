"""What is checked once, before a process of a public site serves its first page."""

import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from catalog.management import demo

logger = logging.getLogger(__name__)


def refuse_open_doors() -> None:
    """ImproperlyConfigured where everybody knows a password of this production site.

    Where the database does not answer, or is not prepared, this is not known and is passed over.
    """
    if not settings.PRODUCTION:
        return
    try:
        why = demo.refusal()
    except DatabaseError as error:
        logger.warning("The accounts could not be read: %s", error)
        why = ""
    if why:
        raise ImproperlyConfigured(why)
