"""E-mail addresses and telephone numbers, in the shapes that letters print, and what only looks like one."""

from __future__ import annotations

import pytest

from indexer.masking.contacts import emails, telephones


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to foi@ambershire.police.example.", ["foi@ambershire.police.example"]),
        ("FOI @ambershire.example or", ["FOI @ambershire.example"]),
        ("jo.sample [at] ambershire [dot] example", ["jo.sample [at] ambershire [dot] example"]),
        ("foi@ambershire.\npolice.example", ["foi@ambershire.\npolice.example"]),
        ("[a](mailto:o'neill-x@force.example)", ["o'neill-x@force.example"]),
        ("an internal one: foi@ambershire is torn", ["foi@ambershire"]),
        ("follow @AmbershirePolice", []),
        ("3 @ £40 and 2@50", []),
        ("meet me @ home. Thanks", []),
        ("our website @ www.ambershire.example", []),
    ],
)
def test_e_mail_addresses(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in emails(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("call 0191 498 0533 or", ["0191 498 0533"]),
        ("+44 (0)20 7946 0930", ["+44 (0)20 7946 0930"]),
        ("+441632960001", ["+441632960001"]),
        ("0114 49 60178", ["0114 49 60178"]),
        ("(01632) 960877", ["(01632) 960877"]),
        ("07700900123", ["07700900123"]),
        ("0306 999\n0123", ["0306 999\n0123"]),
        ("033301 38989", ["033301 38989"]),
        ("01632 960877 12 14", ["01632 960877"]),
        ("0191 498 0533/4", ["0191 498 0533"]),
        ("+353 1 555 0123", ["+353 1 555 0123"]),
        ("101 Ext 60025", ["60025"]),
        ("Phone: 5551234", ["5551234"]),
        ("Tel No: 101\n22: Diversion", []),
        ("Mobile 17.7 hours, mobile 2019", []),
        ("01/02/2018 and 20/09/1088", []),
        ("01.FOI.22.000299 and FOI 0191/2345678", []),
        ("£0123456789 and 12,345,678", []),
        ("0900 1000 1100", []),
        ("2018 2019 2020 2021", []),
    ],
)
def test_telephone_numbers(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in telephones(text)] == found
