"""When two addresses are one, and how an id is minted. Pure."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

ID_LENGTH = 12  # base32 letters, 60 bits: two of a million disclosures meet once in a million archives
LETTER_ID_LENGTH = 16  # hexadecimal digits, as ``read`` prints them for the same file
DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING = re.compile(r"utm_\w+|fbclid|gclid", re.IGNORECASE)  # added by whoever shared the link, never by the site
KEPT_IN_PATH = "/!$&'()*+,;=:@~"  # RFC 3986: may stand in a path as they are


def address_key(url: str) -> str:
    """The spelling under which the archive knows an address: two addresses with one key are the same page.

    Left out are scheme, ``www.``, default port, closing slash, fragment and tracking parameters; percent-encoding is
    brought to one form. Hosts without ``www.``, ``:443`` and closing slashes are how one page is reached on real
    logs.
    """
    parts = urlsplit(urljoin(url, url).strip())
    if parts.scheme not in DEFAULT_PORTS:
        return url.strip()
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    try:
        port = parts.port
    except ValueError:  # ":x": no address at all, but it must not stop a crawl
        port = None
    if port and port != DEFAULT_PORTS[parts.scheme]:
        host += f":{port}"
    path = quote(unquote(parts.path, errors="surrogateescape"), safe=KEPT_IN_PATH, errors="surrogateescape")
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(k)]
    return host + path.rstrip("/") + (f"?{urlencode(pairs)}" if pairs else "")


def mint(log: str, url: str, part: str = "", generation: int = 1) -> str:
    """The id of a disclosure seen for the first time. ``generation`` counts up where the same address served another
    disclosure before, so that an id is never given twice."""
    words = "\n".join((log, address_key(url), part, *((str(generation),) if generation > 1 else ())))
    digest = base64.b32encode(sha256(words.encode("utf-8", "surrogatepass")).digest()).decode("ascii").lower()
    return f"{log}-{digest[:ID_LENGTH]}"


def letter_id(digest: str) -> str:
    """The id of a loose letter, from its SHA-256."""
    return digest[:LETTER_ID_LENGTH]


def reference_key(printed: str) -> str:
    """A reference for comparing within one log: ``FOI2017/01696``, ``foi 2017 1696`` and ``FOI-2017-01696`` meet."""
    runs = re.findall(r"[^\W\d_]+|\d+", printed.casefold())
    return "-".join(run.lstrip("0") or "0" if run[0].isdigit() else run for run in runs)
