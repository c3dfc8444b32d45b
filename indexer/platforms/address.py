"""Addresses as pages print them, made absolute and comparable without changing what they ask the server for."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import parse_qsl, quote, unquote, urldefrag, urljoin, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
PATH_CHARACTERS = "/%:@!$&'()*+,;=~-._"  # RFC 3986 pchar and the slash: everything else in a path is escaped
QUERY_CHARACTERS = PATH_CHARACTERS + "?[]|"  # sites print [] and | in queries unescaped, and expect them back


def absolute(base: str, href: str | None) -> str | None:
    """The address that a link leads to, without its fragment; None for anything that is no web address."""
    if href is None or not href.strip() or href.strip().startswith("#"):
        return None
    try:
        joined = urlsplit(urldefrag(urljoin(base, href.strip())).url)
        port = joined.port
    except ValueError:  # "http://[", "http://x:port/"
        return None
    if joined.scheme not in DEFAULT_PORTS or not joined.hostname:
        return None
    netloc = joined.hostname if port in (None, DEFAULT_PORTS[joined.scheme]) else f"{joined.hostname}:{port}"
    path = quote(joined.path or "/", safe=PATH_CHARACTERS)
    return urlunsplit((joined.scheme, netloc, path, quote(joined.query, safe=QUERY_CHARACTERS), ""))


def host(url: str) -> str:
    """Lower-case host name without port; empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def bare(name: str) -> str:
    """A host name without ``www.``: the two serve the same pages wherever both were seen (North Yorkshire)."""
    return name.removeprefix("www.")


def on_hosts(url: str, hosts: Collection[str]) -> bool:
    """Whether an address lies on one of these hosts, with or without ``www.``."""
    return bare(host(url)) in {bare(name.lower()) for name in hosts}


def path_of(url: str) -> str:
    """The path with a slash at its end, so that one path lies beneath another exactly when it starts with it."""
    path = urlsplit(url).path or "/"
    return path if path.endswith("/") else path + "/"


def beneath(url: str, folder: str) -> bool:
    """Whether an address lies under a folder path, and is not the folder itself; case counts, as servers have it."""
    path = path_of(url)
    folder = folder if folder.endswith("/") else folder + "/"
    return path.startswith(folder) and path != folder


def segments(url: str) -> tuple[str, ...]:
    """The parts of a path, unescaped."""
    return tuple(unquote(part) for part in urlsplit(url).path.split("/") if part)


def file_name(url: str) -> str:
    """The last part of a path, unescaped, as a person would save it; ``file`` where the path has none."""
    parts = segments(url)
    return parts[-1] if parts else "file"


def parameters(url: str) -> dict[str, str]:
    """Query parameters; a repeated name keeps its last value."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def number(text: str | None, default: int) -> int:
    """A number as printed in a query, or the default where it is none."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else default
