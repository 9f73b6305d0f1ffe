"""The client for pages that strangers name: what it refuses, and that it reaches the rest."""

import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from ipaddress import ip_address
from pathlib import Path

import pytest

from catalog.links.fetching import Fetcher, Guard, Hop, RefusedError, Trouble, UnreachableError
from catalog.links.fetching.addresses import is_public, system_resolver
from tests.http_server import LOOPBACK, HttpServer
from tests.links.hostile_addresses import GOOD, HOSTILE, NAMES, PUBLIC

pytestmark = pytest.mark.once


def resolve(host: str, port: int) -> list[str]:
    if host not in NAMES:
        raise OSError("no such name")
    return NAMES[host]


def never(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host} was looked up")


GUARD = Guard(resolve=resolve)


@pytest.mark.parametrize(
    ("url", "reason"),
    [pytest.param(url, reason, id=name) for name, url, reason in HOSTILE],
)
def test_a_hostile_address_is_refused_with_a_reason(url: str, reason: str):
    with pytest.raises(RefusedError, match=reason):
        GUARD.check(url)


@pytest.mark.parametrize(("url", "plain"), GOOD)
def test_a_public_address_passes_in_its_plain_form(url: str, plain: str):
    assert GUARD.check(url).url == plain


def test_an_international_name_is_asked_in_ascii():
    asked = []

    def note(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return [PUBLIC]

    target = Guard(resolve=note).check("https://Bücher.example.org/")
    assert asked == [("xn--bcher-kva.example.org", 443)]
    assert target.url == "https://xn--bcher-kva.example.org/"


def test_names_of_a_local_network_and_spelled_addresses_are_not_looked_up():
    for url in ("http://localhost/", "http://x.internal/", "http://0x7f.1/", "http://10.0.0.1/"):
        with pytest.raises(RefusedError):
            Guard(resolve=never).check(url)


def test_a_public_ipv4_address_inside_ipv6_is_judged_as_itself():
    assert is_public(ip_address(f"::ffff:{PUBLIC}"))
    assert not is_public(ip_address("::ffff:10.0.0.1"))


def test_outside_of_tests_the_guard_trusts_nobody():
    guard = Fetcher(user_agent="test").guard
    assert guard.trusted == frozenset()
    assert guard.ports == {80, 443}
    assert guard.resolve is system_resolver


# --- over real connections -----------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with HttpServer() as running:
        yield running


def fetcher(
    server: HttpServer,
    *,
    resolve: Callable[[str, int], list[str]] = lambda host, port: [LOOPBACK],
    tls: ssl.SSLContext | None = None,
    seconds: float = 10,
) -> Fetcher:
    """A fetcher that trusts the test's server, at its port, under any name."""
    guard = Guard(
        resolve=resolve, ports=frozenset({80, 443, server.port}), trusted=frozenset({LOOPBACK})
    )
    more = {"tls": tls} if tls else {}
    return Fetcher(user_agent="GlassboxTest/1", guard=guard, seconds=seconds, **more)


def test_a_page_is_read_under_its_own_name(server: HttpServer):
    server.answer("/page?a=1", body=b"hello", headers={"ETag": '"7"'})
    url = server.url("/page?a=1", host="page.example.org")
    answer = fetcher(server).fetch(url, most_bytes=100)
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", '"7"')
    assert answer.url == url
    (asked,) = server.requests
    assert asked.host == f"page.example.org:{server.port}"
    assert asked.headers["user-agent"] == "GlassboxTest/1"
    assert "cookie" not in asked.headers


def test_a_proxy_of_the_environment_is_not_asked(
    server: HttpServer, monkeypatch: pytest.MonkeyPatch
):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.answer("/")
    assert fetcher(server).fetch(server.url("/", host="page.example.org")).status == 200


def test_a_name_that_answers_otherwise_the_second_time_gains_nothing(server: HttpServer):
    """DNS rebinding: the name is looked up once, and the connection goes to that answer."""
    answers = iter([[LOOPBACK], ["10.0.0.1"], ["169.254.169.254"]])
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    server.answer("/")
    client = fetcher(server, resolve=rebinding)
    assert client.fetch(server.url("/", host="rebind.example.org")).status == 200
    assert asked == ["rebind.example.org"]
    with pytest.raises(RefusedError, match=r"10\.0\.0\.1"):
        client.fetch(server.url("/", host="rebind.example.org"))
    assert len(server.requests) == 1


def test_a_name_that_turns_to_loopback_between_two_redirects_is_refused(server: HttpServer):
    answers = iter([[LOOPBACK], ["127.0.0.2"]])
    server.answer("/", status=302, headers={"Location": "/again"})
    client = fetcher(server, resolve=lambda host, port: next(answers))
    with pytest.raises(RefusedError, match=r"127\.0\.0\.2"):
        client.fetch(server.url("/", host="rebind.example.org"))
    assert server.asked("/again") == []


@pytest.mark.parametrize(
    ("onward", "reason"),
    [
        ("http://127.0.0.2/", "not on the public internet"),
        ("http://[::1]/", "not on the public internet"),
        ("//169.254.169.254/latest/", "not on the public internet"),
        ("http://2130706433/", "several ways"),
        ("http://localhost/", "not a name"),
        ("file:///etc/passwd", "Only addresses with http"),
        ("gopher://page.example.org/", "Only addresses with http"),
        ("http://user@page.example.org/", "user name"),
        ("http://page.example.org:22/", "Port 22"),
        ("http://[broken/", "not a web address"),
        ("/\\\\127.0.0.1", "backslash"),
    ],
)
def test_a_redirect_to_a_hostile_address_is_refused(server: HttpServer, onward: str, reason: str):
    server.answer("/", status=302, headers={"Location": onward})
    with pytest.raises(RefusedError, match=reason):
        fetcher(server).fetch(server.url("/", host="page.example.org"))
    assert len(server.requests) == 1


def test_redirects_are_followed_and_told(server: HttpServer):
    server.answer("/a", status=301, headers={"Location": "b c"})
    server.answer(
        "/b%20c", status=308, headers={"Location": server.url("/d", host="x.example.org")}
    )
    server.answer("/d")
    answer = fetcher(server).fetch(server.url("/a", host="page.example.org"))
    assert answer.url == server.url("/d", host="x.example.org")
    assert (answer.redirects, answer.moved_for_good) == (2, True)


def test_one_redirect_for_now_makes_the_whole_way_one_for_now(server: HttpServer):
    server.answer("/a", status=301, headers={"Location": "/b"})
    server.answer("/b", status=302, headers={"Location": "/c"})
    server.answer("/c")
    assert not fetcher(server).fetch(server.url("/a", host="page.example.org")).moved_for_good


def test_a_page_that_leads_in_a_circle_ends_after_five_redirects(server: HttpServer):
    server.answer("/", status=302, headers={"Location": "/"})
    with pytest.raises(UnreachableError) as caught:
        fetcher(server).fetch(server.url("/", host="page.example.org"))
    assert caught.value.trouble is Trouble.REDIRECTS
    assert len(server.requests) == 6


def test_what_is_done_around_each_request_sees_every_hop_and_may_stop(server: HttpServer):
    server.answer("/a", status=302, headers={"Location": "/b"})
    seen = []

    def turn(hop: Hop) -> AbstractContextManager[None]:
        seen.append((hop.number, hop.target.url))
        if hop.number == 1:
            raise RefusedError("enough")
        return nullcontext()

    with pytest.raises(RefusedError, match="enough"):
        fetcher(server).fetch(server.url("/a", host="page.example.org"), turn=turn)
    assert [number for number, _ in seen] == [0, 1]
    assert server.asked("/b") == []


def test_a_long_body_is_not_read_to_its_end(server: HttpServer):
    server.answer("/", body=b"x" * 5000)
    with pytest.raises(UnreachableError) as caught:
        fetcher(server).fetch(server.url("/", host="page.example.org"), most_bytes=1000)
    assert caught.value.trouble is Trouble.SIZE


def test_a_body_without_end_is_left_where_nobody_asked_for_it(server: HttpServer):
    server.answer("/", drip=True)
    assert fetcher(server).fetch(server.url("/", host="page.example.org")).status == 200


def test_a_body_that_drips_is_given_up(server: HttpServer):
    server.answer("/", drip=True)
    with pytest.raises(UnreachableError) as caught:
        fetcher(server, seconds=0.3).fetch(
            server.url("/", host="page.example.org"), most_bytes=10**6
        )
    assert caught.value.trouble is Trouble.TIME


def test_a_server_that_says_nothing_is_given_up(server: HttpServer):
    server.answer("/", hold=True)
    with pytest.raises(UnreachableError) as caught:
        fetcher(server, seconds=0.2).fetch(server.url("/", host="page.example.org"))
    assert caught.value.trouble is Trouble.TIME


def test_a_packed_body_is_not_unpacked(server: HttpServer):
    server.answer("/", body=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    with pytest.raises(UnreachableError) as caught:
        fetcher(server).fetch(server.url("/", host="page.example.org"), most_bytes=100)
    assert caught.value.trouble is Trouble.PROTOCOL


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Long": "x" * 150_000},
        {f"X-{number}": "x" for number in range(300)},
    ],
    ids=["long", "many"],
)
def test_headers_without_measure_are_refused(server: HttpServer, headers: dict[str, str]):
    server.answer("/", headers=headers)
    with pytest.raises(UnreachableError) as caught:
        fetcher(server).fetch(server.url("/", host="page.example.org"))
    assert caught.value.trouble in {Trouble.SIZE, Trouble.PROTOCOL}


def test_a_server_that_hangs_up_and_one_that_is_not_there(server: HttpServer):
    server.answer("/", hang_up=True)
    client = fetcher(server)
    with pytest.raises(UnreachableError) as caught:
        client.fetch(server.url("/", host="page.example.org"))
    assert caught.value.trouble is Trouble.PROTOCOL
    address = server.url("/", host="page.example.org")
    server.__exit__(None, None, None)
    with pytest.raises(UnreachableError) as caught:
        client.fetch(address)
    assert caught.value.trouble is Trouble.CONNECTION


def test_a_name_without_address_is_told_apart():
    with pytest.raises(UnreachableError) as caught:
        Fetcher(user_agent="test", guard=GUARD).fetch("http://gone.example.org/")
    assert caught.value.trouble is Trouble.NAME


def test_a_name_server_that_does_not_answer_says_nothing_about_the_name():
    def later(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    with pytest.raises(UnreachableError) as caught:
        Fetcher(user_agent="test", guard=Guard(resolve=later)).fetch("http://page.example.org/")
    assert caught.value.trouble is Trouble.TIME


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for ``page.example.org`` that signs itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    pem, key = folder / "page.pem", folder / "page.key"
    subprocess.run(  # noqa: S603 - openssl with fixed arguments
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",  # noqa: S607
         "-nodes", "-days", "2", "-subj", "/CN=page.example.org",
         "-addext", "subjectAltName=DNS:page.example.org", "-keyout", key, "-out", pem],
        check=True, capture_output=True,
    )  # fmt: skip
    return pem, key


def test_the_certificate_is_checked_against_the_name_not_the_address(
    certificate: tuple[Path, Path],
):
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(*certificate)
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    with HttpServer(tls=serving) as server:
        server.answer("/")
        client = fetcher(server, tls=trusting)
        assert client.fetch(server.url("/", host="page.example.org")).status == 200
        for host, asker in (
            ("other.example.org", client),
            ("page.example.org", fetcher(server)),
        ):
            with pytest.raises(UnreachableError) as caught:
                asker.fetch(server.url("/", host=host))
            assert caught.value.trouble is Trouble.CERTIFICATE
        assert len(server.requests) == 1
