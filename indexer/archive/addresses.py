"""When two addresses are one, and how an id is minted. Pure."""

from __future__ import annotations

import base64
import re
import string
from hashlib import sha256
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

ID_LENGTH = 12  # base32 letters, 60 bits: two of a million disclosures meet once in a million archives
LETTER_ID_LENGTH = 16  # hexadecimal digits, as ``read`` prints them for the same file
DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING = re.compile(r"utm_\w+|fbclid|gclid", re.IGNORECASE)  # added by whoever shared the link, never by the site
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")  # RFC 3986, 2.3
KEPT_IN_PATH = "/!$&'()*+,;=:@~%"  # RFC 3986, 3.3: may stand in a path as they are; % begins an escape


def address_key(url: str) -> str:
    """The spelling under which the archive knows an address: two addresses with one key are the same page.

    Left out are scheme, ``www.``, default port, closing slash, fragment and tracking parameters; percent-encoding is
    brought to one form. Hosts without ``www.``, ``:443`` and closing slashes are how one page is reached on real
    logs.
    """
    text = url.strip().encode("utf-8", "replace").decode("utf-8")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:  # "[::1" or ":x": no address at all, but it must not stop a crawl
        return text
    if parts.scheme not in DEFAULT_PORTS:
        return text
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    if port and port != DEFAULT_PORTS[parts.scheme]:
        host += f":{port}"
    path = quote(ESCAPE.sub(_plain, parts.path), safe=KEPT_IN_PATH)
    if "/." in path and not path.startswith("//"):
        path = urlsplit(urljoin("http://host", path)).path  # "a/../b" is "b"
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    query = urlencode([pair for pair in pairs if not TRACKING.fullmatch(pair[0])], errors="surrogateescape")
    return host + path.rstrip("/") + (f"?{query}" if query else "")


def _plain(escape: re.Match[str]) -> str:
    """An escaped letter that needs no escape as itself, any other escape in capitals: %2F and / are not the same."""
    letter = chr(int(escape[1], 16))
    return letter if letter in UNRESERVED else escape[0].upper()


def mint(log: str, url: str, part: str = "", generation: int = 1) -> str:
    """The id of a disclosure seen for the first time. ``generation`` counts up where the same address served another
    disclosure before, so that an id is never given twice."""
    words = "\n".join((log, address_key(url), part, *((str(generation),) if generation > 1 else ())))
    digest = base64.b32encode(sha256(words.encode("utf-8", "surrogatepass")).digest()).decode("ascii").lower()
    return f"{log}-{digest[:ID_LENGTH]}"


def letter_id(digest: str) -> str:
    """The id of a loose letter, from its SHA-256."""
    return digest[:LETTER_ID_LENGTH]
