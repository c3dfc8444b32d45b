"""What a person sees of a web page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from indexer.disclosure import Extraction
from indexer.extraction import Document, Extractor
from indexer.extraction.html import visible_text


def test_headings_lists_and_tables_keep_their_shape() -> None:
    page = """
    <body><h1>FOI  2024/1</h1><p>You asked<br>us:</p>
    <ol start="3"><li>How many?</li><li><p>Where?</p><ul><li>town</li><li>coast</li></ul></li></ol>
    <ol type="a"><li>first</li><li value="5">fifth</li></ol><ol type="I" reversed><li>two</li><li>one</li></ol>
    <table><caption>Counts</caption><thead><tr><th>Year</th><th>Count</th></tr></thead>
    <tbody><tr><td>2023</td><td>1,234</td></tr><tr><td>2024</td><td></td></tr></tbody></table>
    <pre>kept
      as it is</pre></body>"""
    assert visible_text(page).split("\n") == [
        "FOI 2024/1", "", "You asked", "us:", "", "3. How many?", "4. Where?", "• town", "• coast", "", "a. first",
        "e. fifth", "", "II. two", "I. one", "", "Counts", "Year | Count", "2023 | 1,234", "2024 |", "",
        "kept", "      as it is",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>CANARY</script>",
        "<style>.x{content:'CANARY'}</style>",
        "<!-- CANARY -->",
        "<template><p>CANARY</p></template>",
        "<noscript>CANARY</noscript>",
        "<p hidden>CANARY</p>",
        '<p style="display: none">CANARY</p>',
        '<p style="color:red;visibility:hidden">CANARY</p>',
        '<p style="font-size:0">CANARY</p>',
        '<p style="opacity:0">CANARY</p>',
        '<p style="position:absolute;left:-9999px">CANARY</p>',
        '<p style="text-indent:-1000em">CANARY</p>',
        '<p style="clip: rect(0 0 0 0)">CANARY</p>',
        '<p aria-hidden="true">CANARY</p>',
        '<p class="visually-hidden">CANARY</p>',
        '<style>#gone, p.away { display:none }</style><p class="away">CANARY</p>',
        '<input type="hidden" value="CANARY">',
        '<img alt="CANARY">',
        "<select><option>CANARY</option></select>",
        '<div style="display:none"><div><p>CANARY</p></div></div>',
        "<table><tbody hidden><tr><td>CANARY</td></tr></tbody></table>",
        '<table><tr><td>a</td><td style="display:none">CANARY</td></tr></table>',
        "<ul><li hidden>CANARY</li></ul>",
    ],
)
def test_what_is_hidden_is_left_out(hidden: str) -> None:
    text = visible_text(f"<body><p>Before</p>{hidden}<p>After</p></body>")
    assert "CANARY" not in text
    assert text.startswith("Before")
    assert text.endswith("After")


def test_what_only_print_hides_is_kept() -> None:
    page = "<style>@media print { p { display:none } } a::before{display:none}</style><p>Shown on a <a>screen</a></p>"
    assert visible_text(page) == "Shown on a screen"


def test_an_element_alone() -> None:
    soup = BeautifulSoup("<style>.x{display:none}</style><div id=a><p>In</p><p class=x>No</p></div><p>Out</p>", "lxml")
    element = soup.find(id="a")
    assert element is not None
    assert visible_text(element) == "In"


def test_long_cells_are_paragraphs_and_layout_tables_are_not_rows() -> None:
    long = "word " * 80
    text = visible_text(
        f"<table><tr><td>{long}</td><td><p>Second</p><p>cell</p></td></tr><tr><td>Alone</td></tr></table>"
    )
    assert text == f"{long.strip()}\n\nSecond\ncell\n\nAlone"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        ("<p>Heddlu Gŵyl – £5</p>".encode(), "text/html; charset=utf-8"),
        (b"\xef\xbb\xbf" + "<p>Heddlu Gŵyl – £5</p>".encode(), None),
        ('<meta charset="utf-8"><p>Heddlu Gŵyl – £5</p>'.encode(), None),
        ("<p>Heddlu G\u0175yl – £5</p>".encode("utf-16"), None),
    ],
)
def test_encodings(data: bytes, media_type: str | None, extractor: Extractor) -> None:
    extraction = extractor.extract(Document(data, "page.html", media_type))
    assert extraction.pages == ("Heddlu Gŵyl – £5",)


def test_windows_1252_is_read_as_browsers_read_it(extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    page = '<meta charset="iso-8859-1"><p>£5 – “quoted”</p>'.encode("cp1252")
    assert extract_bytes(page, "page.html").pages == ("£5 – “quoted”",)


def test_the_main_part_of_an_unknown_site_is_read_alone(extractor: Extractor) -> None:
    answer = "The force holds the information, and it is set out in the table that follows this sentence."
    page = f"<body><nav>Menu</nav><main><p>{answer}</p></main><footer>Cookies</footer></body>".encode()
    for platform in (None, "nobody-wrote-a-reader"):
        document = Document(page, "page.html", url="https://www.ambershire.police.example/x", platform=platform)
        assert extractor.extract(document).pages == (answer,)


def test_a_title_says_whose_site_it_is_where_the_text_does_not(
    extract_bytes: Callable[[bytes, str], Extraction],
) -> None:
    page = "<title>Boats 2021 | Ambershire Police</title><body><h1>Boats 2021</h1><p>There are four boats.</p>"
    assert extract_bytes(page.encode(), "page.html").pages[0].split("\n\n") == [
        "Ambershire Police",  # "Boats 2021" stands in the text
        "Boats 2021",
        "There are four boats.",
    ]


@pytest.mark.parametrize("title", ["", " ", "Four boats", "x" * 500])
def test_a_title_that_adds_nothing(title: str, extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    page = f"<title>{title}</title><body><p>Four boats.</p>"
    assert extract_bytes(page.encode(), "page.html").pages == ("Four boats.",)


def test_a_page_of_ten_thousand_levels_is_read_or_named(extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    extraction = extract_bytes(b"<body>" + b"<div>" * 10_000 + b"deep" + b"</div>" * 10_000, "page.html")
    assert extraction.failure is not None or extraction.pages[0] in ("deep", "")
