"""Forms of the way in: name, password and code together; a code alone."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from catalog.desk import lockout, two_factor


class CodeInput(forms.TextInput):
    """Whatever was typed is not shown again: a code is good once."""

    def __init__(self) -> None:
        super().__init__(
            {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        )

    def format_value(self, value: Any) -> None:
        return None


class CodeField(forms.CharField):
    """Six digits from an app, or a recovery code, with or without the hyphen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, widget=CodeInput(), label="Code", **kwargs)


class DeskLoginForm(AdminAuthenticationForm):
    """One message for whatever is wrong, so that it does not show what was right."""

    code = CodeField(
        required=False,
        help_text="From your authenticator app, or a recovery code. Empty until you have one.",
    )
    request: HttpRequest
    wrong = "This is not the user name, password and code of a staff account."
    error_messages = {"invalid_login": wrong, "inactive": wrong}

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        if not two_factor.is_on():
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        if self.errors:  # nothing is tried, so nothing is given away
            return self.cleaned_data
        try:
            return super().clean()
        except ValidationError:
            until = lockout.locked_until(self.request, self.cleaned_data.get("username", ""))
            if until is None:
                raise
            raise ValidationError(lockout.closed_message(until), code="locked") from None

    def confirm_login_allowed(self, user: Any) -> None:
        """The password is right; the rest is wrong in the same words and counts the same."""
        try:
            super().confirm_login_allowed(user)
            self.ask_second_factor(user)
        except ValidationError:
            lockout.count_failure(request=self.request, username=self.cleaned_data["username"])
            raise self.get_invalid_login_error() from None

    def ask_second_factor(self, user: Any) -> None:
        """A device, where there is one, has to take the code; it opens the session."""
        if not two_factor.is_on() or not two_factor.has_device(user):
            return
        user.otp_device = two_factor.check(user=user, code=self.cleaned_data.get("code", ""))
        if user.otp_device is None:
            raise self.get_invalid_login_error()


class FirstCodeForm(forms.Form):
    """The first code of a new device, checked when it is made."""

    code = CodeField(help_text="Six digits, from the entry that you have just made in the app.")


class CurrentCodeForm(forms.Form):
    """A code of the device that is in use. Wrong ones count as failed log-ins."""

    code = CodeField(help_text="From your authenticator app, or a recovery code.")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_code(self) -> str:
        user, code = self.request.user, str(self.cleaned_data["code"])
        name = user.get_username()
        if lockout.locked_until(self.request, name) is None:
            if two_factor.check(user=user, code=code) is not None:
                return code
            lockout.count_failure(request=self.request, username=name)
        until = lockout.locked_until(self.request, name)
        text = lockout.closed_message(until) if until else "This code is not right, or was used."
        raise ValidationError(text, code="locked" if until else "wrong")
