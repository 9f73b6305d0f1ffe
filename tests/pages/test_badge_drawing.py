"""The drawing of badges: valid for any words, readable, and the same in any font."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.pages.badges import colours, drawing
from catalog.pages.badges.drawing import Badge
from catalog.pages.badges.embed import Embed
from catalog.pages.badges.type import clean, drawn, fitted, width_of
from definitions.strip import LETTERS
from definitions.tiers import Standing
from definitions.vocabulary import STRIP_KINDS, Status, Tier

pytestmark = pytest.mark.once

SVG = "{http://www.w3.org/2000/svg}"
STANDINGS = [Standing(Tier.VERIFIED), Standing(Tier.RECORDED, ("Some Register",))]
CELLS = "".join(LETTERS.values()) + "o" * (len(STRIP_KINDS) - len(LETTERS))
GRAPHIC = 3.0
"""What WCAG asks of shapes that carry meaning."""


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own


def pictures(words: str) -> list[str]:
    """Every kind of picture with the same words on it."""
    badges = [
        Badge(label=words, message=words, status=status, fill=fill)
        for status, fill in colours.FILLS.items()
    ]
    told = [(badge, words) for badge in badges]
    return [
        *(drawing.verdict_svg(badge) for badge in badges),
        *(drawing.strip_svg(words, CELLS, standing) for standing in STANDINGS),
        *(drawing.card_svg(words, words, CELLS, told, standing) for standing in STANDINGS),
        drawing.absent_card(words),
    ]


@given(st.text(max_size=120))
def test_any_words_make_valid_pictures(words: str):
    for svg in pictures(words):
        picture = parsed(svg)
        assert picture.get("aria-label") == picture.findtext(f"{SVG}title")
        assert not {"script", "style", "image", "a", "foreignObject"} & {
            element.tag.removeprefix(SVG) for element in picture.iter()
        }
        assert not any("href" in name for element in picture.iter() for name in element.attrib)


@pytest.mark.parametrize("words", ["", "A\x01B\x7f", "<&>\"'", "模型", "مرحبا", "👍", "a" * 200])
def test_any_words_can_be_rendered(words: str):
    for svg in pictures(words):
        assert drawing.png(svg).startswith(b"\x89PNG")


@pytest.mark.parametrize("status", list(Status))
def test_words_and_shapes_stand_out_from_every_colour(status: Status):
    assert colours.contrast(colours.FILLS[status], colours.WHITE) >= 4.5
    assert "#fff" in drawing.MARKS[status]


@pytest.mark.parametrize("line", [colours.ACCENT, colours.LINE, colours.QUIET])
def test_every_cell_of_the_strip_stands_out_from_its_ground(line: str):
    assert colours.contrast(line, colours.PAPER) >= GRAPHIC


def test_every_text_states_its_length():
    for svg in pictures("Words"):
        texts = list(parsed(svg).iter(f"{SVG}text"))
        assert texts
        assert all(float(text.get("textLength", "0")) > 0 for text in texts)


def test_every_text_ends_inside_its_picture():
    for svg in pictures("W" * 200):
        picture = parsed(svg)
        width = float(picture.get("width", "0"))
        for text in picture.iter(f"{SVG}text"):
            end = float(text.get("x", "0")) + float(text.get("textLength", "0"))
            assert end <= width


def test_a_longer_name_is_set_smaller_before_it_is_cut():
    def size(name: str) -> str:
        return next(parsed(drawing.absent_card(name)).iter(f"{SVG}text")).get("font-size", "")

    assert [size("W" * length) for length in (5, 20, 25, 200)] == ["72", "58", "46", "46"]


def test_the_longest_verdict_of_our_ladders_is_not_cut():
    words = "Not known (at most Open Source AI with Open Data)"
    assert fitted(words, drawing.SIZE, drawing.LONGEST) == words


def test_png_has_the_size_of_the_svg_or_twice_that():
    svg = drawing.strip_svg("One", CELLS, STANDINGS[0])
    width = drawing.width_of_picture(svg)
    for zoom in (1, 2):
        header = drawing.png(svg, zoom)[16:24]
        found = int.from_bytes(header[:4]), int.from_bytes(header[4:])
        assert found == (zoom * width, zoom * drawing.HEIGHT)


@pytest.mark.parametrize(
    ("dirty", "plain"),
    [
        ("A\x01B", "AB"),
        ("A\u202eB", "AB"),
        ("A\n:target: B", "A :target: B"),
        ("  A \t B ", "A B"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_name_is_one_line_of_plain_text(dirty: str, plain: str):
    assert clean(dirty) == plain


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("OLMo 7B", "OLMo 7B"),
        ("Ελληνικά ñ Тест", "Ελληνικά ñ Тест"),
        ("通义千问 Qwen", "the-slug"),
        ("مدل", "the-slug"),
        ("Falcon 🦅", "Falcon"),
        ("🦅", "the-slug"),
        ("\x01", "the-slug"),
    ],
)
def test_a_name_that_the_font_cannot_write_gives_way_to_the_slug(name: str, shown: str):
    assert drawn(name, "the-slug") == shown


def test_widths_grow_with_words_and_size():
    assert width_of("", 11) == 0
    assert width_of("Ww", 11) < width_of("WwWw", 11) < width_of("WwWw", 22)


NAME = 'A*b_c [x](y) \\ <b>&"\n:target: http://evil.example/'


@pytest.fixture
def embed() -> Embed:
    address = "https://example.org/systems/one/"
    return Embed(definition=None, name=NAME, svg=f"{address}badge.svg", target=address)


def test_markdown_reads_a_name_as_letters(embed: Embed):
    found = re.fullmatch(r"\[!\[(.*)\]\((\S+)\)\]\((\S+)\)", embed.markdown)
    assert found
    alt, image, target = found.groups()
    assert re.sub(r"\\(.)", r"\1", alt) == embed.text
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]<>*_]", alt)
    assert (image, target) == (embed.png, embed.target)


def test_html_reads_a_name_as_letters(embed: Embed):
    link = parsed(embed.html_of_size(300, 22).replace("></a>", "/></a>"))
    image = link.find("img")
    assert image is not None
    assert image.get("alt") == embed.text
    assert (image.get("src"), link.get("href")) == (embed.svg, embed.target)
    assert (image.get("width"), image.get("height")) == ("300", "22")


def test_restructured_text_has_three_lines_whatever_the_name(embed: Embed):
    lines = embed.rst.splitlines()
    assert len(lines) == 3
    assert lines[0] == f".. image:: {embed.svg}"
    assert lines[2] == f"   :target: {embed.target}"
