"""Addresses: the public catalogue at the root, the editors' desk under ``/desk/``."""

from django.contrib import admin
from django.urls import include, path

from catalog.api.interface import api
from catalog.api.pages import openapi
from config.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("desk/", admin.site.urls),
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", api.urls),
    path("", include("catalog.urls")),
]

handler400 = "catalog.pages.views.errors.bad_request"
handler403 = "catalog.pages.views.errors.permission_denied"
handler404 = "catalog.pages.views.errors.page_not_found"
handler500 = "catalog.pages.views.errors.server_error"
