"""Looking at the cited pages: what is asked, what it means, and that a run is polite."""

import datetime as dt

import pytest
from django.utils import timezone

from catalog.links import Look, Manners, Outcome, changes, check_links, run
from catalog.links.check import retry_after
from catalog.models import Link, LinkState
from tests.http_server import HttpServer
from tests.links.link_server import NOON, add, fetcher_for, look, manners_for

pytestmark = [pytest.mark.django_db, pytest.mark.once]


# --- what an answer means --------------------------------------------------------------------

ANSWERS = [
    (200, LinkState.OK, ""),
    (204, LinkState.OK, ""),
    (404, LinkState.BROKEN, "no such page"),
    (410, LinkState.BROKEN, "taken down"),
    (401, LinkState.UNCERTAIN, "who is there"),
    (403, LinkState.UNCERTAIN, "does not let us"),
    (429, LinkState.UNCERTAIN, "come back later"),
    (451, LinkState.UNCERTAIN, "legal reasons"),
    (418, LinkState.UNCERTAIN, "unusual answer (418)"),
    (500, LinkState.UNCERTAIN, "has a problem (500)"),
    (503, LinkState.UNCERTAIN, "has a problem (503)"),
]


@pytest.mark.parametrize(("status", "state", "problem"), ANSWERS)
def test_what_an_answer_means(server: HttpServer, status: int, state: LinkState, problem: str):
    server.answer("/page", status=status)
    link = look(server, add(server, "/page"))
    assert (link.state, link.status_code) == (state, status)
    assert problem in link.problem
    assert (link.last_good_on is not None) == (state == LinkState.OK)
    assert link.checked_at is not None
    assert link.next_check_at is not None
    assert link.next_check_at > link.checked_at


@pytest.mark.parametrize("refusal", [403, 404, 405, 500, 501])
def test_get_decides_where_head_is_refused(server: HttpServer, refusal: int):
    server.answer("/page", status=refusal, method="HEAD")
    server.answer("/page", method="GET")
    assert look(server, add(server, "/page")).state == LinkState.OK
    assert server.asked("/page") == ["HEAD", "GET"]


def test_get_decides_where_head_is_hung_up_on(server: HttpServer):
    server.answer("/page", hang_up=True, method="HEAD")
    server.answer("/page", method="GET")
    assert look(server, add(server, "/page")).state == LinkState.OK


def test_head_is_enough_where_it_is_good(server: HttpServer):
    server.answer("/page")
    look(server, add(server, "/page"))
    assert server.asked("/page") == ["HEAD"]


def test_an_unchanged_page_is_good(server: HttpServer):
    stamps = {"ETag": '"v1"', "Last-Modified": "Mon, 02 Nov 2026 10:00:00 GMT"}
    server.answer("/page", headers=stamps)
    server.answer("/page", status=304)
    link = look(server, look(server, add(server, "/page")))
    asked = server.requests[-1].headers
    assert asked["if-none-match"] == '"v1"'
    assert asked["if-modified-since"] == stamps["Last-Modified"]
    assert (link.state, link.status_code, link.etag) == (LinkState.OK, 304, '"v1"')


MOVES = [
    (301, "/new", LinkState.REDIRECTED, ""),
    (308, "/new", LinkState.REDIRECTED, ""),
    (302, "/new", LinkState.OK, ""),
    (301, "/old/", LinkState.OK, ""),
    (301, "/", LinkState.UNCERTAIN, "front page"),
    (302, "/login?next=/old", LinkState.UNCERTAIN, "sign in"),
]


def test_a_front_page_by_name_may_lead_to_the_front_page(server: HttpServer):
    server.answer("/index.html", status=301, headers={"Location": "/"})
    server.answer("/")
    assert look(server, add(server, "/index.html")).state == LinkState.REDIRECTED


@pytest.mark.parametrize(("status", "onward", "state", "problem"), MOVES)
def test_where_a_page_leads(
    server: HttpServer, status: int, onward: str, state: LinkState, problem: str
):
    server.answer("/old", status=status, headers={"Location": onward})
    server.answer(onward)
    link = look(server, add(server, "/old"))
    assert link.state == state
    assert problem in link.problem
    moved = state == LinkState.REDIRECTED
    assert link.redirected_to == (server.url(onward, host="page.example.org") if moved else "")


def test_an_unsafe_address_is_refused_and_not_asked(server: HttpServer):
    link = Link.objects.create(url="http://169.254.169.254/latest/meta-data/")
    check_links(links=[link], manners=manners_for(server))
    link.refresh_from_db()
    assert link.state == LinkState.REFUSED
    assert "not on the public internet" in link.problem
    server.answer("/page", status=302, headers={"Location": "http://10.0.0.1/"})
    assert look(server, add(server, "/page")).state == LinkState.REFUSED


# --- what follows from it over days ------------------------------------------------------------

SILENT = Look(outcome=Outcome.SILENT, problem="The server does not take a connection.")
FAILED = Look(outcome=Outcome.UNSURE, status=500)


def after(*looks: tuple[int, Look]) -> Link:
    """A link after looks on these days, counted from the first."""
    link = Link(pk=1, url="http://page.example.org/")
    for day, found in looks:
        for name, value in changes(link, found, NOON + dt.timedelta(days=day)).items():
            setattr(link, name, value)
    return link


def test_silence_counts_as_gone_on_the_third_day_only():
    assert after((0, SILENT)).state == LinkState.UNCERTAIN
    assert after((0, SILENT), (1, SILENT)).state == LinkState.UNCERTAIN
    assert after((0, SILENT), (1, SILENT), (3, SILENT)).state == LinkState.BROKEN


def test_three_failures_of_one_day_are_one():
    link = after((0, SILENT), (0, SILENT), (0, SILENT))
    assert (link.state, link.failures) == (LinkState.UNCERTAIN, 1)


def test_an_answer_in_between_starts_the_count_anew():
    link = after((0, SILENT), (1, SILENT), (2, FAILED), (3, SILENT))
    assert (link.state, link.failures) == (LinkState.UNCERTAIN, 1)


def test_a_server_with_a_problem_is_never_called_gone():
    assert after(*((day, FAILED) for day in range(10))).state == LinkState.UNCERTAIN


def test_looks_grow_rarer_while_a_page_fails_and_regular_again_when_it_is_back():
    waits = []
    for number in range(1, 9):
        link = after(*((day, FAILED) for day in range(number)))
        assert link.checked_at
        assert link.next_check_at
        waits.append((link.next_check_at - link.checked_at).days)
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    link = after((0, FAILED), (1, Look(outcome=Outcome.GOOD, status=200)))
    assert (link.failures, link.problem) == (0, "")
    assert link.last_good_on == dt.date(2026, 11, 4)


def test_the_last_good_day_outlives_failures():
    gone = Look(outcome=Outcome.GONE, status=404)
    link = after((0, Look(outcome=Outcome.GOOD, status=200)), (5, gone))
    assert (link.state, link.last_good_on) == (LinkState.BROKEN, NOON.date())


def test_good_pages_do_not_all_come_due_on_one_day():
    days = set()
    for pk in range(1, 30):
        link = Link(pk=pk, url="http://page.example.org/")
        days.add(changes(link, Look(outcome=Outcome.GOOD, status=200), NOON)["next_check_at"])
    assert len(days) == 7


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("120", dt.timedelta(hours=1)),
        ("7200", dt.timedelta(hours=2)),
        ("Wed, 04 Nov 2026 12:00:00 GMT", dt.timedelta(days=1)),
        ("99999999999999999999", dt.timedelta(days=30)),
        ("soon", dt.timedelta(days=1)),
        ("-5", dt.timedelta(days=1)),
        ("٣", dt.timedelta(days=1)),
        ("Mon, 03 Nov 2026 11:00:00", dt.timedelta(days=1)),
        ("", dt.timedelta(days=1)),
    ],
)
def test_how_long_a_server_is_left_alone(text: str, wait: dt.timedelta):
    assert retry_after(text, NOON) == wait


# --- manners -----------------------------------------------------------------------------------


def test_a_busy_server_is_left_alone_with_all_its_pages(server: HttpServer):
    server.answer("/1", status=429, headers={"Retry-After": "259200"})
    links = [add(server, f"/{number}") for number in range(1, 5)]
    report = check_links(links=links, manners=manners_for(server))
    assert (report.looked_at, report.postponed) == (1, 3)
    assert server.asked("/1") == ["HEAD"]
    assert server.asked("/2") == []
    soon = timezone.now() + dt.timedelta(days=2)
    assert not Link.objects.due(soon).exists()
    assert Link.objects.filter(state="unchecked", checked_at=None).count() == 3


def test_robots_txt_keeps_us_away_and_is_asked_once(server: HttpServer):
    server.answer("/robots.txt", body=b"User-agent: GlassboxLinks\nDisallow: /secret\n")
    server.answer("/open")
    links = [add(server, path) for path in ("/secret/1", "/secret/2", "/open")]
    check_links(links=links, manners=manners_for(server))
    first, second, third = Link.objects.order_by("pk")
    assert first.state == second.state == LinkState.UNCERTAIN
    assert "robots.txt" in first.problem
    assert (third.state, first.failures) == (LinkState.OK, 0)
    assert server.asked("/robots.txt") == ["GET"]
    assert server.asked("/secret/1") == []


@pytest.mark.parametrize(
    ("rules", "asked"),
    [
        (b"Disallow: /*.pdf$", {"/a.pdf": 0, "/a.pdf?x=1": 1, "/a.html": 1}),
        (b"Disallow: /*/private/", {"/x/private/1": 0, "/private/1": 1}),
        (b"Disallow: /\nAllow: /open*page", {"/open-page": 1, "/open": 0}),
        (b"Disallow: /*" + b"*a" * 200 + b"b", {"/" + "a" * 900: 1}),
    ],
)
def test_robots_txt_may_have_wildcards(server: HttpServer, rules: bytes, asked: dict[str, int]):
    server.answer("/robots.txt", body=b"User-agent: *\n" + rules)
    for path in asked:
        server.answer(path)
    check_links(links=[add(server, path) for path in asked], manners=manners_for(server))
    assert {path: len(server.asked(path)) for path in asked} == asked


def test_robots_txt_of_the_place_where_a_page_leads_is_kept_to(server: HttpServer):
    server.answer("/robots.txt", body=b"User-agent: *\nDisallow: /no\n")
    server.answer("/page", status=301, headers={"Location": "/no/way"})
    assert "robots.txt" in look(server, add(server, "/page")).problem
    assert server.asked("/no/way") == []


@pytest.mark.parametrize(("status", "asked"), [(404, 1), (403, 1), (500, 0), (429, 0)])
def test_a_robots_txt_that_is_not_there_allows_and_one_that_fails_forbids(
    server: HttpServer, status: int, asked: int
):
    server.answer("/robots.txt", status=status)
    server.answer("/page")
    look(server, add(server, "/page"))
    assert len(server.asked("/page")) == asked


def test_a_robots_txt_beyond_measure_forbids(server: HttpServer):
    server.answer("/robots.txt", body=b"#" * 600_000)
    server.answer("/page")
    assert "could not be read" in look(server, add(server, "/page")).problem


class Clock:
    """Time that passes by sleeping alone."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_there_is_a_pause_between_two_requests_to_one_host(server: HttpServer):
    clock = Clock()
    for path in ("/1", "/2"):
        server.answer(path)
    manners = Manners(fetcher=fetcher_for(server), pause=2, clock=clock, sleep=clock.sleep)
    check_links(links=[add(server, "/1"), add(server, "/2")], manners=manners)
    assert [request.path for request in server.requests] == ["/robots.txt", "/1", "/2"]
    assert clock.slept == [2, 2]


def test_a_server_can_ask_for_longer_pauses_within_bounds(server: HttpServer):
    clock = Clock()
    server.answer("/robots.txt", body=b"User-agent: *\nCrawl-delay: 900\n")
    server.answer("/1")
    manners = Manners(fetcher=fetcher_for(server), pause=2, clock=clock, sleep=clock.sleep)
    check_links(links=[add(server, "/1"), add(server, "/2")], manners=manners)
    assert 30 in clock.slept
    assert max(clock.slept) == 30


def test_one_host_has_one_request_at_a_time(server: HttpServer):
    server.slowness = 0.02
    links = [add(server, f"/{number}") for number in range(12)]
    check_links(links=links, manners=manners_for(server))
    assert server.most_at_once == 1
    assert Link.objects.filter(state="broken").count() == 12


def test_hosts_take_turns_and_a_few_are_asked_at_once(server: HttpServer):
    links = [add(server, f"/{n}", host=f"h{host}.example.org") for host in range(9) for n in (1, 2)]
    server.slowness = 0.02
    report = check_links(links=links, manners=manners_for(server))
    assert report.looked_at == 18
    assert 1 < server.most_at_once <= run.THREADS
