"""Addresses of the public pages."""

from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap
from django.urls import path, register_converter

from catalog.api import pages as api_pages
from catalog.pages.sitemaps import SITEMAPS
from catalog.pages.views import (
    badges,
    changes,
    charts,
    claims,
    data,
    definitions,
    exports,
    learn,
    links,
    machines,
    matrix,
    nouns,
    pages,
    records,
    submissions,
    submit,
    suggestions,
    systems,
    tables,
)
from catalog.pages.views.tables import LISTINGS
from catalog.submissions.links import TOKEN

app_name = "catalog"


class LicenceIdConverter:
    """An SPDX id: letters, digits, dots, plus and hyphens."""

    regex = "[A-Za-z0-9.+-]{1,100}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PictureConverter:
    """The ending of a badge's address."""

    regex = "svg|png|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SystemFileConverter:
    """The name of a file about a system: it has a dot, and no other address there does."""

    regex = "MOF\\.yml|bom\\.cdx\\.json|bom\\.spdx3\\.json|card\\.md|cite\\.(?:bib|json|txt)"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TableConverter(PictureConverter):
    """A list that is also given out as a file."""

    regex = "|".join(LISTINGS)


class TableKindConverter(PictureConverter):
    """The kind of such a file."""

    regex = "csv|json"


class TokenConverter(PictureConverter):
    """The secret part of a private link."""

    regex = TOKEN.pattern


register_converter(TokenConverter, "token")
register_converter(TableConverter, "table")
register_converter(TableKindConverter, "table_kind")
register_converter(LicenceIdConverter, "licence_id")
register_converter(PictureConverter, "picture")
register_converter(SystemFileConverter, "system_file")

urlpatterns = [
    path("", pages.home, name="home"),
    path("systems/", systems.system_list, name="systems"),
    path("systems/<slug:slug>/", systems.system_detail, name="system"),
    path("systems/<slug:slug>/history/", changes.system_history, name="system_history"),
    path("suggest.json", suggestions.suggestions, name="suggest"),
    path("systems.atom", changes.feed_systems, name="feed_systems"),
    path("systems/<slug:slug>/changes.atom", changes.feed_system, name="feed_system"),
    path(
        "systems/<slug:slug>/verdicts/<str:identifier>/",
        systems.verdict_detail,
        name="verdict",
    ),
    path("systems/<slug:slug>/badges/", badges.badge_list, name="badges"),
    path("systems/<str:slug>/badge.<picture:kind>", badges.strip_badge, name="badge"),
    path(
        "systems/<str:slug>/badge/<str:identifier>.<picture:kind>",
        badges.verdict_badge,
        name="verdict_badge",
    ),
    path("systems/<str:slug>/card.png", badges.preview, name="card"),
    path("oembed", badges.oembed, name="oembed"),
    path("systems/<slug:slug>/facts.json", exports.system_facts, name="system_facts"),
    path("systems/<slug:slug>/<system_file:name>", exports.system_file, name="system_file"),
    path("schema/facts.json", exports.facts_schema, name="facts_schema"),
    path("<table:name>.<table_kind:kind>", tables.table_file, name="table"),
    path("claims/", claims.claim_list, name="claims"),
    path("charts/", charts.chart_page, name="charts"),
    path("charts/<str:key>.csv", charts.chart_csv, name="chart_csv"),
    path("changes/", changes.change_list, name="changes"),
    path("changes.atom", changes.feed_all, name="feed"),
    path("decisions/", changes.decision_list, name="decisions"),
    path("decisions.atom", changes.feed_decisions, name="feed_decisions"),
    path("as-of/", changes.as_of_list, name="as_of"),
    path("compare/", systems.compare, name="compare"),
    path("compare.csv", systems.compare_csv, name="compare_csv"),
    path("definitions/", definitions.definition_list, name="definitions"),
    path("definitions.json", definitions.definition_vocabulary, name="vocabulary"),
    path("definitions/<str:identifier>/systems/", matrix.definition_systems, name="by_criterion"),
    path(
        "definitions/<str:identifier>/systems.<table_kind:kind>",
        matrix.definition_systems_file,
        name="by_criterion_file",
    ),
    path("definitions/matrix/", definitions.definition_matrix, name="matrix"),
    path("definitions/agreement/", definitions.definition_agreement, name="agreement"),
    path(
        "definitions/<str:identifier>/changes.atom", changes.feed_definition, name="feed_definition"
    ),
    path(
        "definitions/<str:identifier>/since/<str:older>/",
        definitions.definition_difference,
        name="difference",
    ),
    path("definitions/<str:identifier>/", definitions.definition_detail, name="definition"),
    path(
        "definitions/<str:identifier>/rules.json",
        definitions.definition_data,
        name="definition_data",
    ),
    path("datasets/", nouns.DATASETS.list_view(), name="datasets"),
    path("datasets/<slug:slug>/", nouns.dataset_detail, name="dataset"),
    path("frameworks/", nouns.FRAMEWORKS.list_view(), name="frameworks"),
    path("frameworks/<slug:slug>/", nouns.FRAMEWORKS.detail_view(), name="framework"),
    path("licences/", nouns.LICENCES.list_view(), name="licences"),
    path("licences/<licence_id:spdx_id>/", nouns.licence_detail, name="licence"),
    path("organisations/", nouns.ORGANIZATIONS.list_view(), name="organisations"),
    path(
        "organisations/<slug:slug>/changes.atom",
        changes.feed_organization,
        name="feed_organisation",
    ),
    path("organisations/<slug:slug>/", nouns.ORGANIZATIONS.detail_view(), name="organisation"),
    path("languages/", nouns.LANGUAGES.list_view(), name="languages"),
    path("languages/<slug:slug>/", nouns.LANGUAGES.detail_view(), name="language"),
    path("platforms/", nouns.PLATFORMS.list_view(), name="platforms"),
    path("platforms/<slug:slug>/", nouns.platform_detail, name="platform"),
    path("data/", data.data, name="data"),
    path("data/<str:name>", data.data_file, name="data_file"),
    path("llms.txt", data.llms, name="llms"),
    path("learn/", learn.learn_index, name="learn"),
    path("learn/glossary/", learn.learn_glossary, name="learn_glossary"),
    path("learn/<slug:slug>/", learn.learn_page, name="learn_page"),
    path("submit/", submit.start, name="submit"),
    path("submit/choices/<slug:kind>/", submit.options, name="submit_options"),
    path("submit/challenge.json", submit.challenge, name="submit_challenge"),
    path("submit/<token:token>/", submissions.status, name="submission"),
    path("submit/<token:token>/check/", submit.check, name="submit_check"),
    path("submit/<token:token>/ask/", submit.ask, name="submit_ask"),
    path("submit/<token:token>/send/", submit.send, name="submit_send"),
    path("submit/<token:token>/withdraw/", submissions.withdraw, name="submission_withdraw"),
    path("submit/<token:token>/facts.json", submissions.facts_file, name="submission_facts"),
    path("submit/<token:token>/MOF.yml", submissions.mof, name="submission_mof"),
    path("submit/<token:token>/preview/<slug:key>/", submit.preview, name="submit_preview"),
    path("submit/<token:token>/<slug:key>/", submit.step, name="submit_step"),
    path("mail/confirm/<token:token>/", submissions.confirm_address, name="confirm_address"),
    path("mail/forget/<token:token>/", submissions.forget_address, name="forget_address"),
    path("sources/", pages.source_list, name="sources"),
    path("sources/links/", links.link_list, name="links"),
    path("sources/<slug:key>/", records.source_detail, name="source"),
    path("methodology/", pages.methodology, name="methodology"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("policy/", pages.policy, name="policy"),
    path("handbook/", pages.handbook, name="handbook"),
    path("submit/guide/", pages.submit_guide, name="submit_guide"),
    path("api/", api_pages.docs, name="api"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("opensearch.xml", pages.search_description, name="opensearch"),
    path(
        "sitemap.xml",
        sitemap_index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "catalog:sitemap_part"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_part"),
]
