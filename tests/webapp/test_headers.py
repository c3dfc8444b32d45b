"""Headers on every answer of every route, whatever its status."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

EXAMPLES = {
    "filename": "site.css",
    "force_id": "ambershire",
    "number": "2",
    "page": "1",
    "provision": "31",
    "record_id": "drones-a1",
    "regime": "FOIA",
}
STRICT = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def addresses(app: Flask) -> list[str]:
    """One address of each route in the URL map; a route with an unknown part fails here until it is named above."""
    found = []
    for rule in app.url_map.iter_rules():
        with app.test_request_context():
            _, path = rule.build({name: EXAMPLES[name] for name in rule.arguments}) or ("", "")
        found.append(path)
    return found


def test_every_route_has_every_header(app: Flask, client: FlaskClient) -> None:
    walked = [*addresses(app), "/nix", "/search?q=(", "/search?page=0", "/record/nix", "/api/record/nix"]
    assert len(walked) > 20
    for address in walked:
        answer = client.get(address, buffered=True)
        assert answer.status_code < 500, address
        for name, value in STRICT.items():
            assert answer.headers.get(name) == value, (address, name)
        policy = dict(rule.strip().split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split(";"))
        if "sandbox" not in answer.headers["Content-Security-Policy"]:
            assert policy == POLICY, address
        assert "Set-Cookie" not in answer.headers, address
        assert "Server" not in answer.headers, address
        kept = answer.headers["Cache-Control"]
        assert kept.startswith("public, max-age=") if address.startswith("/static/") else kept == "no-store", address
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow", address


def test_no_page_fetches_from_elsewhere_or_styles_inside(app: Flask, client: FlaskClient) -> None:
    for address in addresses(app):
        answer = client.get(address, buffered=True)
        if not answer.content_type.startswith("text/html"):
            continue
        for source in re.findall(r'<(?:script|img|iframe|source|link)[^>]*?(?:src|href)="([^"]*)"', answer.text):
            assert source.startswith("/"), (address, source)
        assert not re.search(r"<[^>]+\sstyle=", answer.text), address
        assert not re.search(r"<[^>]+\son[a-z]+=", answer.text), address
        assert "<style" not in answer.text, address
        for script in re.findall(r"<script[^>]*>(.*?)</script>", answer.text, re.DOTALL):
            assert not script.strip(), address


def test_links_that_leave_carry_no_referrer(client: FlaskClient) -> None:
    for address in ("/record/drones-a1", "/force/ambershire"):
        for link in re.findall(r'<a [^>]*href="http[^>]*>', client.get(address).text):
            if "localhost" not in link:
                assert 'rel="noopener noreferrer"' in link, link


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5:8000"])
def test_a_reading_room_answers_to_no_other_name(client: FlaskClient, host: str) -> None:
    """A page elsewhere that points its own name at this machine must read nothing."""
    assert client.get("/search", headers={"Host": host}).status_code == 400
    for own in ("127.0.0.1:8000", "localhost:8000", "[::1]:8000"):
        assert client.get("/search", headers={"Host": own}).status_code == 200


def test_a_public_site_may_be_found_but_not_its_results(public_client: FlaskClient) -> None:
    def robots(address: str) -> str:
        answer = public_client.get(address)
        assert "X-Robots-Tag" not in answer.headers
        found = re.search(r'name="robots" content="([^"]*)"', answer.text)
        return found[1] if found else ""

    assert robots("/") == robots("/about") == robots("/record/open-n1") == "index, follow"
    assert robots("/search?q=taser") == "noindex, follow"
    assert robots("/record/drones-a1") == "noindex, follow"
