"""Form fields of the submission form; each gives a value as documents hold it.

What is typed is made plain first (``catalog.submissions.forms.text``) and then read by the
one reader of its syntax; why it is no value is said beside the field.
"""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.entry.values import told
from catalog.submissions.forms.text import plain
from definitions.readers import values as v
from definitions.readers.dates import partial_date
from definitions.readers.languages import language
from definitions.vocabulary import Term

type Label = str | Promise

MOST_LISTED = 60
ROOM = 2
"""How many times as long as allowed a text may be before spaces and marks are taken away."""


def refuse_long(text: str, limit: int) -> None:
    """ValidationError for a text that no tidying makes fit: it costs nothing to say so."""
    if len(text) > ROOM * limit:
        raise told(v.too_long(len(text), limit))


def ask[Value](reader: v.Reader[Value], text: str) -> Value:
    """The value of a text; ValidationError with the reader's reason."""
    try:
        return reader(text)
    except v.UnreadableError as error:
        raise told(error) from None


class Text(forms.CharField):
    """One line of text, or several."""

    def __init__(self, *, limit: int, lines: bool = False, **more: Any) -> None:
        self.lines = lines
        widget = more.pop("widget", None) or (
            forms.Textarea(attrs={"rows": 3}) if lines else forms.TextInput
        )
        options: dict[str, Any] = {"required": False} | more
        super().__init__(max_length=limit, widget=widget, **options)

    def to_python(self, value: object) -> str:
        text = super().to_python(value) or ""
        refuse_long(text, self.max_length or 0)
        return plain(text, lines=self.lines)

    def clean(self, value: object) -> Any:
        text: str = super().clean(value)
        return self.read(text) if text else self.nothing()

    def read(self, text: str) -> Any:
        """The value of a text that says something."""
        return text

    def nothing(self) -> Any:
        """The value of an empty field."""
        return ""


class Quote(Text):
    """Words as they are on a page, 25 at most."""

    def __init__(self, **more: Any) -> None:
        super().__init__(limit=v.LONGEST_QUOTE, **{"label": _("Quote")} | more)

    def read(self, text: str) -> str:
        return ask(v.quote, text)


class Address(Text):
    """A web address."""

    def __init__(self, **more: Any) -> None:
        widget = forms.URLInput(attrs={"placeholder": "https://"})
        super().__init__(limit=v.LONGEST_ADDRESS, **{"widget": widget} | more)

    def read(self, text: str) -> str:
        return ask(v.address, text.replace(" ", "%20") if "://" in text else text)


class Country(Text):
    """A country by its two letters."""

    def __init__(self, **more: Any) -> None:
        super().__init__(limit=2, **more)

    def read(self, text: str) -> str:
        return ask(v.country, text)


class PartialDay(Text):
    """A date as far as it is known."""

    def __init__(self, **more: Any) -> None:
        super().__init__(limit=10, **more)

    def read(self, text: str) -> str:
        return str(ask(partial_date, text))


class Size(Text):
    """A number of parameters: digits, or a size such as 7B."""

    def __init__(self, **more: Any) -> None:
        super().__init__(limit=40, **more)

    def read(self, text: str) -> int:
        return ask(v.parameters, text)

    def nothing(self) -> None:
        return None


class HubId(Text):
    """A repository of the Hugging Face Hub."""

    def __init__(self, **more: Any) -> None:
        super().__init__(limit=v.LONGEST_HUB_ID, **more)

    def read(self, text: str) -> str:
        return ask(v.hub_id, text)


class Listed(Text):
    """Values of one syntax, separated by commas; each once."""

    def __init__(self, reader: v.Reader[str], **more: Any) -> None:
        self.reader = reader
        super().__init__(limit=1000, **more)

    def prepare_value(self, value: object) -> object:
        return ", ".join(value) if isinstance(value, list) else value

    def read(self, text: str) -> list[str]:
        parts = [part for part in text.split(",") if part.strip()]
        return ask(lambda _text: v.many(self.reader, parts, MOST_LISTED), text)

    def nothing(self) -> list[str]:
        return []


class Languages(Listed):
    """Codes of languages, each in its one spelling."""

    def __init__(self, **more: Any) -> None:
        super().__init__(language, **more)


class Word(forms.ChoiceField):
    """A word of a closed list, or nothing."""

    def __init__(self, terms: type[Term], *, blank: Label = "", **more: Any) -> None:
        self.reader = v.word(terms)
        choices = [pair for pair in terms.choices() if pair[0] != "unknown"]
        super().__init__(
            choices=[("", blank or _("Not known")), *choices], **{"required": False} | more
        )

    def validate(self, value: str) -> None:
        forms.Field.validate(self, value)
        if value:
            ask(self.reader, value)


class Words(forms.MultipleChoiceField):
    """Several words of a closed list."""

    def __init__(self, terms: type[Term], **more: Any) -> None:
        self.reader = v.word(terms)
        super().__init__(
            choices=terms.choices(),
            widget=forms.CheckboxSelectMultiple,
            **{"required": False} | more,
        )

    def validate(self, value: list[str]) -> None:
        forms.Field.validate(self, value)
        for word in value:
            ask(self.reader, word)
