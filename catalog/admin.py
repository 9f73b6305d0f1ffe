"""The editors' desk: every noun, with search, filters, provenance and verdicts."""

from django.contrib import admin

from catalog.desk.nouns import catalogue, imports, links, staff, submissions, systems

admin.site.site_header = "Glassbox: editors’ desk"
admin.site.site_title = "Glassbox"
admin.site.index_title = "The catalogue"

__all__ = ["catalogue", "imports", "links", "staff", "submissions", "systems"]
