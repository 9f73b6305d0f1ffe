"""The history on the desk: of nouns that are tracked, for those who may see them."""

import pghistory.core
from django.apps import apps
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from pghistory.admin import EventsAdmin


class HistoryAdmin(EventsAdmin):
    """The list names the object of its address, so that has to be one that may be seen."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        asked = request.GET
        label, _, key = asked.get("obj", "").partition(":")
        if "obj" in asked:
            refuse_absent(tracked(request, label), key)
        if "model" in asked:
            tracked(request, asked["model"])
        if "event_model" in asked and asked["event_model"] not in event_labels():
            raise BadRequest("There is no such history.")
        back = asked.get("back", "")
        if back and (not back.startswith(reverse("admin:index")) or "\\" in back):
            raise BadRequest("“Back” leads away from the desk.")
        found: HttpResponse = super().changelist_view(request, extra_context)  # type: ignore[no-untyped-call]
        return found

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> models.Model | None:
        """An event; None where its address names none."""
        if object_id.partition(":")[0] not in event_labels():
            return None
        return super().get_object(request, object_id, from_field)


def event_labels() -> set[str]:
    return {model._meta.label_lower for model in pghistory.core.event_models()} | {
        model._meta.label for model in pghistory.core.event_models()
    }


def tracked(request: HttpRequest, label: str) -> type[models.Model]:
    """The noun of this name, where it has a history and may be seen; else an error."""
    try:
        model: type[models.Model] = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404("There is no such noun.") from None
    if not pghistory.core.event_models(tracks_model=model):
        raise Http404("There is no history of this noun.")
    if not request.user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
        raise PermissionDenied
    return model


def refuse_absent(model: type[models.Model], key: str) -> None:
    """Http404 where there is no such object."""
    try:
        known = model._base_manager.filter(pk=key).exists()
    except (ValueError, ValidationError, OverflowError):
        known = False
    if not known:
        raise Http404("There is no such object.")
