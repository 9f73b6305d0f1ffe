"""Forms of the editors' desk: terms are read as expressions, words of lists are ticked."""

import re
from typing import Any

from django import forms

from catalog.desk.rulings import judged_today
from catalog.entry.licences import load_book
from catalog.models import AISystem
from definitions import registry
from definitions.licence_book import LicenceError
from definitions.marks import MARKS, Mark
from definitions.readers.dates import PartialDate
from definitions.vocabulary import LicenceStatus, Modality, Status, Term, UseRestriction

FACT_PATH = re.compile(r"[a-z_]+(\.[A-Za-z0-9._+-]+)+")


class ExpressionField(forms.CharField):
    """A licence expression, kept in its one spelling; a fault is a message beside the field."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            return load_book().normalise(text)
        except LicenceError as error:
            raise forms.ValidationError(
                f"This cannot be read: {error}.", code="licence_expression"
            ) from error


class LicensedForm(forms.ModelForm[Any]):
    """The terms of a component, a dataset or a tool."""

    licence_expression = ExpressionField(
        required=False, help_text="For example Apache-2.0, or MIT OR Apache-2.0."
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        unknown = values.get("licence_status") == LicenceStatus.UNKNOWN
        if unknown and values.get("licence_expression"):
            values["licence_status"] = LicenceStatus.STATED.value
        return values


class AliasForm(forms.ModelForm[Any]):
    expression = ExpressionField(help_text="A licence id, or an expression.")


class PartialDateField(forms.CharField):
    """A date that may be a month or a year."""

    def clean(self, value: Any) -> PartialDate | None:
        text: str = super().clean(value)
        if not text:
            return None
        try:
            return PartialDate.likely(text)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="date") from error


class ReleasedForm(forms.ModelForm[Any]):
    """The two columns of a release date as one field."""

    release = PartialDateField(
        required=False, label="Release date", help_text="YYYY, YYYY-MM or YYYY-MM-DD"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["release"].initial = self.instance.release_date

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "release" in values:
            found: PartialDate | None = values["release"]
            self.instance.released_on = found.day if found else None
            self.instance.released_precision = found.precision.value if found else ""
        return values


def ticks(terms: type[Term]) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        choices=terms.choices(), required=False, widget=forms.CheckboxSelectMultiple
    )


class SystemForm(ReleasedForm):
    modalities = ticks(Modality)


class DatasetForm(LicensedForm, ReleasedForm):
    modalities = ticks(Modality)


class FrameworkForm(LicensedForm, ReleasedForm):
    pass


class LicenseForm(forms.ModelForm[Any]):
    """``None`` and an empty list differ here: not checked, or there are none."""

    limits_known = forms.BooleanField(
        required=False,
        label="Use restrictions are known",
        help_text="Tick when the text was read; with nothing chosen below it means: none.",
    )
    use_restrictions = ticks(UseRestriction)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["limits_known"].initial = self.instance.use_restrictions is not None

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("limits_known"):
            if values.get("use_restrictions"):
                self.add_error("limits_known", "Restrictions are chosen: tick this too.")
            values["use_restrictions"] = None
        return values


def criterion_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every criterion of every definition, grouped by definition."""
    return [
        (
            definition.short_title,
            [(criterion.code, criterion.title) for criterion in definition.criteria],
        )
        for definition in registry.DEFINITIONS
    ]


class RulingForm(forms.ModelForm[Any]):
    """A ruling answers what needs judgement, and nothing that is computed."""

    criterion = forms.ChoiceField(choices=criterion_choices)
    relies_on = forms.CharField(
        required=False,
        max_length=4000,
        label="Further facts that the rationale rests on",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One path of the facts document a line, such as "
        "components.pretraining_data.availability. What the criterion reads is kept without "
        "being named. When one of these facts changes, the ruling lapses.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relies_on"].initial = "\n".join(sorted(self.instance.judged))

    def clean_relies_on(self) -> list[str]:
        paths: list[str] = self.cleaned_data["relies_on"].split()
        for path in paths:
            if not FACT_PATH.fullmatch(path):
                raise forms.ValidationError(f"“{path[:60]}” is not a path of the facts document.")
        return paths

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        system = cleaned.get("system") or getattr(self.instance, "system", None)
        code = cleaned.get("criterion", "")
        if system is None or system.pk is None or not code:
            return cleaned
        finding = stored_finding(system, code)
        if finding and not finding.ruled and finding.status is not Status.NEEDS_JUDGEMENT:
            word = finding.status.label.lower()
            reason = f"There is nothing to rule on: this is computed as “{word}”."
            self.add_error("criterion", reason)
        elif not self.errors:
            self.instance.judged = judged_today(
                system=system, criterion=code, relies_on=cleaned["relies_on"]
            )
        return cleaned


def stored_finding(system: AISystem, code: str) -> Mark | None:
    """What the current verdict says of one criterion; None where it was never judged."""
    definition = registry.get(code.partition("/")[0])
    row = system.evaluations.filter(definition_id=definition.id).first()
    letters = definition.marks_by_code(row.criteria) if row else {}
    return MARKS.get(letters.get(code, ""))


class SingleFactForm(forms.ModelForm[Any]):
    """A single fact: the value is one of those that its topic can have."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("topic") and cleaned.get("value"):
            topic = self.instance.topics.of(cleaned["topic"])
            if not topic.accepts(cleaned["value"]):
                words = [word for word in topic.words or () if word.value != "unknown"]
                allowed = ", ".join(word.value for word in words) or "a number such as 3.8e25"
                self.add_error("value", f"For this fact the value is one of: {allowed}.")
        return cleaned
