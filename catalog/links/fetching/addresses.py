"""Which addresses may be asked: public web pages, and never a machine of our own network.

An address is read once, strictly: what two readers could understand in two ways is
refused. The host is resolved once, every address that it has must be public, and the
connection goes to those very addresses, so that a name that answers otherwise the
second time gains nothing.
"""

import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit, urlunsplit

import idna

type IPAddress = IPv4Address | IPv6Address
type Resolver = Callable[[str, int], list[str]]

LONGEST_URL = 2000
LONGEST_HOST = 253
PORTS = {"http": 80, "https": 443}

LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
NETLOC = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:]*)(?::(?P<port>[0-9]{1,5}))?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
UNREADABLE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ufeff]")
IN_PATHS = "/:@!$&'()*+,;=~-._%?[]"

OWN_NAMES = (
    "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home",
    "lan", "home.arpa", "in-addr.arpa", "ip6.arpa", "test", "invalid", "onion", "alt",
)  # fmt: skip
"""Endings of names that are only known inside of a network (RFC 6761, 6762, 8375, 9476)."""

NAT64 = IPv6Network("64:ff9b::/96")
GLOBAL_V6 = IPv6Network("2000::/3")
TUNNELS: tuple[IPv4Network | IPv6Network, ...] = (
    IPv4Network("192.88.99.0/24"),
    IPv6Network("2001::/32"),
    IPv6Network("2002::/16"),
)
"""6to4 and Teredo: they carry an IPv4 address that has not been checked."""


class RefusedError(Exception):
    """The address is not one that we ask; the text says why, for people."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """An address that may be asked, and where its host is.

    ``url`` is the plain form in ASCII without fragment; ``addresses`` were all checked.
    """

    url: str
    scheme: str
    host: str
    port: int
    addresses: tuple[str, ...]

    @property
    def origin(self) -> str:
        """Scheme, host and port, under which one ``robots.txt`` holds."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{name}:{self.port}"


def system_resolver(host: str, port: int) -> list[str]:
    """Every address of a host, in the system's order. Raises ``OSError`` where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: IPAddress) -> bool:
    """True for an address that anybody on the internet can reach.

    An IPv4 address inside an IPv6 one (mapped, NAT64) is judged as itself.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in GLOBAL_V6 or address.scope_id:
            return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    tunnelled = any(address.version == net.version and address in net for net in TUNNELS)
    return address.is_global and not special and not tunnelled


@dataclass(frozen=True, kw_only=True)
class Guard:
    """Reads addresses and says which may be asked.

    The fields are for tests alone, which ask a server of their own machine:
    no setting and no option of a command reaches them.
    """

    resolve: Resolver = system_resolver
    ports: frozenset[int] = frozenset(PORTS.values())
    trusted: frozenset[str] = frozenset()

    def check(self, url: str) -> Target:
        """The target that an address names; looks its host up once.

        Raises ``RefusedError``, or ``OSError`` where the host has no address.
        """
        scheme, host, port, plain = read(url)
        if port not in self.ports:
            raise RefusedError(f"Port {port} is not one for web pages.")
        literal = literal_address(host)
        if literal is None:
            refuse_own_names(host)
        found = [str(literal)] if literal is not None else self.resolve(host, port)
        return Target(
            url=plain, scheme=scheme, host=host, port=port, addresses=self.public(host, found)
        )

    def public(self, host: str, found: Iterable[str]) -> tuple[str, ...]:
        """The addresses of a host, all of them public; one that is not refuses the host."""
        addresses = tuple(found)
        if not addresses:
            raise OSError("no address")
        for text in addresses:
            try:
                address = ip_address(text)
            except ValueError:
                raise RefusedError(f"The address of “{host}” cannot be read.") from None
            if text not in self.trusted and not is_public(address):
                raise RefusedError(f"“{host}” is not on the public internet ({address}).")
        return addresses


def read(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and the plain form of an address. Raises ``RefusedError``."""
    if len(url) > LONGEST_URL:
        raise RefusedError(f"The address is longer than {LONGEST_URL} characters.")
    if UNREADABLE.search(url):
        raise RefusedError("The address has a space, a control character or a backslash.")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise RefusedError("This is not a web address.") from None
    if parts.scheme not in PORTS:
        raise RefusedError("Only addresses with http:// or https:// are asked.")
    if "@" in parts.netloc:
        raise RefusedError("The address has a user name in it.")
    match = NETLOC.fullmatch(parts.netloc)
    if match is None:
        raise RefusedError("The host of the address cannot be read.")
    host = plain_host(match["host"])
    port = int(match["port"] or PORTS[parts.scheme])
    name = f"[{host}]" if ":" in host else host
    netloc = name if port == PORTS[parts.scheme] else f"{name}:{port}"
    path = quote(parts.path or "/", safe=IN_PATHS)
    plain = urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe=IN_PATHS), ""))
    return parts.scheme, host, port, plain


def plain_host(text: str) -> str:
    """The host in lower case and ASCII, an IPv6 address without its brackets."""
    if text.startswith("["):
        try:
            return str(IPv6Address(text[1:-1]))
        except ValueError:
            raise RefusedError("The host is not an IPv6 address.") from None
    host = text.lower()
    if not host.isascii():
        host = punycode(host)
    if not host or len(host) > LONGEST_HOST:
        raise RefusedError("The address names no host." if not host else "The host is too long.")
    if host.endswith("."):
        raise RefusedError("The host ends with a dot.")
    if not all(LABEL.fullmatch(label) for label in host.split(".")):
        raise RefusedError("The host has a character that no host has.")
    return host


def punycode(host: str) -> str:
    """The ASCII form of an international name; look-alikes of digits and dots are refused."""
    try:
        labels = [idna.encode(label, strict=True).decode() for label in host.split(".")]
    except UnicodeError:
        raise RefusedError("The host has a character that no host has.") from None
    if any(separator in host for separator in "\u3002\uff0e\uff61"):
        raise RefusedError("The host has a character that no host has.")
    return ".".join(labels)


def literal_address(host: str) -> IPAddress | None:
    """The address that a host spells out; None for a name.

    A host whose last part is a number is an address to some readers, whatever stands
    before it: only the plain form of four numbers is understood.
    """
    if ":" in host:
        return IPv6Address(host)
    if not NUMBER.fullmatch(host.rpartition(".")[2]):
        return None
    try:
        return IPv4Address(host)
    except ValueError:
        raise RefusedError("The host is a number that can be read in several ways.") from None


def refuse_own_names(host: str) -> None:
    """Names without a dot, and endings that only a local network knows."""
    own = any(host == name or host.endswith(f".{name}") for name in OWN_NAMES)
    if "." not in host or own:
        raise RefusedError(f"“{host}” is not a name on the public internet.")
