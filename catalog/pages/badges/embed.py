"""The lines that people copy to show a badge: Markdown, HTML, reStructuredText."""

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.models import AISystem
from catalog.pages.badges.type import clean
from definitions.core import Definition
from definitions.tiers import lower_first

SIGNS = re.compile(r"([\\`*_{}\[\]<>()#!|~&])")
"""What Markdown reads as more than a letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """One badge on another page: its picture as SVG, its PNG, where it leads, and its name.

    ``definition`` is None for the badge with the strip.
    """

    definition: Definition | None
    name: str
    svg: str
    target: str

    @property
    def text(self) -> str:
        return clean(self.name)

    @property
    def base(self) -> str:
        return self.svg.removesuffix(".svg")

    @property
    def png(self) -> str:
        return f"{self.base}.png"

    @property
    def json(self) -> str:
        return f"{self.base}.json"

    @property
    def markdown(self) -> str:
        """With the PNG, which every reader of Markdown shows."""
        return f"[![{SIGNS.sub(r'\\\1', self.text)}]({self.png})]({self.target})"

    @property
    def html(self) -> SafeString:
        return format_html(
            '<a href="{}"><img src="{}" alt="{}"></a>', self.target, self.svg, self.text
        )

    def html_of_size(self, width: int, height: int) -> SafeString:
        """For pages that say how much room there is."""
        return format_html(
            '<a href="{}"><img src="{}" alt="{}" width="{}" height="{}"></a>',
            self.target,
            self.svg,
            self.text,
            width,
            height,
        )

    @property
    def rst(self) -> str:
        """A name has one line only, so that it cannot add options of its own."""
        return f".. image:: {self.svg}\n   :alt: {self.text}\n   :target: {self.target}"


def embed(request: HttpRequest, system: AISystem, definition: Definition | None) -> Embed:
    """The badge of a system by a definition, or its strip, with whole addresses.

    Its name tells those who do not see the picture what is not verified.
    """
    slug, name = system.slug, system.name
    remark = "" if system.standing.is_verified else f" ({lower_first(system.standing.told)})"
    if definition is None:
        told = f"{name} in Glassbox"
        svg = reverse("catalog:badge", args=[slug, "svg"])
        target = reverse("catalog:system", args=[slug])
    else:
        told = f"{name} by {definition.short_title}"
        svg = reverse("catalog:verdict_badge", args=[slug, definition.id, "svg"])
        target = reverse("catalog:verdict", args=[slug, definition.id])
    return Embed(
        definition=definition,
        name=f"{told}{remark}",
        svg=request.build_absolute_uri(svg),
        target=request.build_absolute_uri(target),
    )
