"""Values of an entry where Django speaks: the readers' reasons as its messages.

The readers themselves are in ``definitions.readers``, which knows no framework.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from definitions.readers.values import UnreadableError


def told(error: UnreadableError) -> ValidationError:
    """Why a text is no value, as a message beside a field, in the language of who reads it."""
    return ValidationError(gettext_lazy(error.template), "unreadable", error.values)
