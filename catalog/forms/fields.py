"""Form fields of the submission form; each gives a value as documents hold it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog import languages
from catalog.dates import EARLIEST, PartialDate
from catalog.forms.text import address, plain
from catalog.importers.naming import parameters_of
from catalog.models.constraints import QUOTE_WORDS, URL_LENGTH
from definitions.vocabulary import Term

NUMBER = re.compile(r"[0-9][0-9_ ,.]*")
TASK = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
HUB_ID = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")
MOST_LISTED = 60
ROOM = 2
"""How many times as long as allowed a text may be before spaces and marks are taken away."""


def refuse_long(text: str, limit: int) -> None:
    """ValidationError for a text that no tidying makes fit: it costs nothing to say so."""
    if len(text) > ROOM * limit:
        raise ValidationError(
            _("This has %(count)d characters; at most %(most)d are allowed."),
            params={"count": len(text), "most": limit},
        )


class Text(forms.CharField):
    """One line of text, or several."""

    def __init__(self, *, limit: int, lines: bool = False, **more: Any) -> None:
        self.lines = lines
        widget = more.pop("widget", None) or (
            forms.Textarea(attrs={"rows": 3}) if lines else forms.TextInput
        )
        options: dict[str, Any] = {"required": False} | more
        super().__init__(max_length=limit, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        refuse_long(text, self.max_length or 0)
        return plain(text, lines=self.lines)


class Quote(Text):
    """Words as they stand on a page, 25 at most."""

    def __init__(self, **more: Any) -> None:
        super().__init__(limit=400, **{"label": _("Quote")} | more)

    def validate(self, value: str) -> None:
        super().validate(value)
        count = len(value.split())
        if count > QUOTE_WORDS:
            raise ValidationError(
                _("The quote has %(count)d words; at most %(most)d are allowed."),
                params={"count": count, "most": QUOTE_WORDS},
            )


class Address(forms.CharField):
    """A web address."""

    def __init__(self, **more: Any) -> None:
        widget = forms.URLInput(attrs={"placeholder": "https://"})
        options: dict[str, Any] = {"required": False, "widget": widget} | more
        super().__init__(max_length=URL_LENGTH, **options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        refuse_long(text, URL_LENGTH)
        try:
            return address(text) if text else ""
        except ValueError as error:
            raise ValidationError(str(error)) from None


class Word(forms.ChoiceField):
    """A word of a closed list, or nothing."""

    def __init__(self, terms: type[Term], *, blank: str = "", **more: Any) -> None:
        choices = [pair for pair in terms.choices() if pair[0] != "unknown"]
        super().__init__(
            choices=[("", blank or _("Not known")), *choices], **{"required": False} | more
        )


class Words(forms.MultipleChoiceField):
    """Several words of a closed list."""

    def __init__(self, terms: type[Term], **more: Any) -> None:
        super().__init__(
            choices=terms.choices(),
            widget=forms.CheckboxSelectMultiple,
            **{"required": False} | more,
        )


class Listed(Text):
    """Words separated by commas; each has one form."""

    def __init__(self, form: re.Pattern[str], message: Any, **more: Any) -> None:
        self.form, self.message = form, message
        super().__init__(limit=1000, **more)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        found = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        if len(found) > MOST_LISTED:
            raise ValidationError(_("At most %(most)d."), params={"most": MOST_LISTED})
        for part in found:
            if self.form.fullmatch(part) is None:
                raise ValidationError(self.message, params={"part": part[:60]})
        return found


class Languages(Listed):
    """Codes of languages, each in its one spelling."""

    def __init__(self, **more: Any) -> None:
        message = _("“%(part)s” is not a language code such as en or pt-BR.")
        super().__init__(languages.FORM, message, **more)

    def clean(self, value: Any) -> list[str]:
        found = {part: languages.read(part) for part in super().clean(value)}
        for part, code in found.items():
            if not code:
                raise ValidationError(self.message, params={"part": part[:60]})
        return list(dict.fromkeys(found.values()))


class PartialDay(Text):
    """A date as far as it is known."""

    def __init__(self, **more: Any) -> None:
        super().__init__(limit=10, **more)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return ""
        if PartialDate.kept(text) is None:
            raise ValidationError(_("Write the date as 2024, 2024-02 or 2024-02-01."))
        try:
            return str(PartialDate.likely(text))
        except ValueError:
            raise ValidationError(
                _("Is the year right? A date lies between %(year)d and today."),
                params={"year": EARLIEST},
            ) from None


class Size(Text):
    """A number of parameters: digits, or a size such as 7B."""

    def __init__(self, **more: Any) -> None:
        super().__init__(limit=40, **more)

    def clean(self, value: Any) -> int | None:
        text = str(super().clean(value)).lower().replace("parameters", "").strip()
        if not text:
            return None
        found = self.number(text)
        if found is None or not 1 <= found <= 10**16:
            raise ValidationError(_("Write the number of parameters as 7000000000 or 7B."))
        return found

    def number(self, text: str) -> int | None:
        digits = re.sub(r"[_ ,]", "", text)
        if digits.isascii() and digits.isdigit():
            return int(digits) if len(digits) < 18 else None
        match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*([kmbt])", digits)
        return parameters_of("".join(match.groups())) if match else None


class HubId(Text):
    """A repository of the Hugging Face Hub."""

    def __init__(self, **more: Any) -> None:
        super().__init__(limit=200, **more)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).removeprefix("https://huggingface.co/").rstrip("/")
        if text and HUB_ID.fullmatch(text) is None:
            raise ValidationError(_("A Hugging Face id is written owner/name."))
        return text
