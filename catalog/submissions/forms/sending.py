"""The small forms around the big one: begin, send, answer, confirm."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models.submissions import NOTE_LENGTH, Relation
from catalog.submissions.forms.fields import HubId, Text
from catalog.submissions.uploads import LARGEST

BLANK, HUB, FILE = "blank", "hub", "file"


class StartForm(forms.Form):
    """How to begin: an empty form, a repository of the Hub, or a file."""

    way = forms.ChoiceField(
        choices=[
            (HUB, _("Fill in from a Hugging Face repository")),
            (FILE, _("Fill in from a MOF.yml or a facts JSON file")),
            (BLANK, _("Begin with an empty form")),
        ],
        widget=forms.RadioSelect,
        initial=HUB,
        label=_("How do you want to begin?"),
    )
    repository = HubId(
        label=_("Repository"), help_text=_("Such as allenai/OLMo-7B, or the address of its page.")
    )
    file = forms.FileField(
        required=False,
        label=_("File"),
        help_text=_("At most 500 kB. It is read and not kept."),
        widget=forms.FileInput(attrs={"accept": ".yml,.yaml,.json"}),
    )
    altcha = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput)
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        way = cleaned.get("way")
        if way == HUB and not cleaned.get("repository") and "repository" not in self.errors:
            self.add_error("repository", _("Name the repository."))
        if way == FILE and not cleaned.get("file") and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        if cleaned.get("file") and cleaned["file"].size > LARGEST:
            self.add_error("file", _("The file has more than 500,000 bytes."))
        return cleaned


class SendForm(forms.Form):
    """The last page: who sends it, and how to reach them."""

    relation = forms.ChoiceField(
        choices=Relation.choices,
        initial=Relation.UNSAID.value,
        label=_("What is your connection to this system?"),
        help_text=_("Makers are welcome. Editors want to know whose words they read."),
    )
    note = Text(
        limit=NOTE_LENGTH,
        lines=True,
        label=_("Message to the editors"),
        help_text=_("What they should know; not shown in public."),
    )
    email = forms.EmailField(
        required=False,
        label=_("E-mail address"),
        help_text=_(
            "Only if you want to hear from us. Never shown, and deleted at the latest 12 months "
            "after the last change."
        ),
    )
    website = forms.CharField(max_length=4000, required=False, label=_("Leave this empty"))
    altcha = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput)
    use_required_attribute = False

    @property
    def trapped(self) -> bool:
        """Whether something filled in the field that people do not see."""
        return bool(self.data.get("website"))


class AnswerForm(forms.Form):
    """A submitter's answer to a question."""

    message = Text(limit=NOTE_LENGTH, lines=True, label=_("Your answer"))
    use_required_attribute = False

    def clean_message(self) -> str:
        message = str(self.cleaned_data["message"])
        if not message:
            raise ValidationError(_("Write an answer, or what you have changed."))
        return message
