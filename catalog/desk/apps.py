"""Django's admin with the site of the editors' desk."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "catalog.desk.site.Desk"
