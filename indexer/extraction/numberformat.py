"""A cell's value as its number format shows it, in the way of Excel and Calc."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
BRACKETS = re.compile(r"\[(?!\$)[^\]]*\]")  # colours and conditions
CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
DIGITS = re.compile(r"[0#?][0#?,.]*")
DATE_PART = re.compile(
    r"\[h+\]|\[m+\]|\[s+\]|yyyy|yy|y|mmmm?m?|mm|m|dddd|ddd|dd|d|hh|h|ss|s|am/pm|a/p|\.0+", re.IGNORECASE
)
SIGNIFICANT = 11  # digits that the format "General" shows at most


@lru_cache(maxsize=1024)
def _sections(code: str) -> list[str]:
    """The parts of a format: for positive, negative, zero and text."""
    out, start, quoted, skip = [], 0, False, False
    for i, char in enumerate(code):
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            out.append(code[start:i])
            start = i + 1
    return [*out, code[start:]]


@lru_cache(maxsize=1024)
def is_date(code: str) -> bool:
    """Whether a format shows a date or a time."""
    return bool(is_date_format(code))


def shows(code: str, value: float | str) -> bool:
    """False where the format shows nothing at all, as ``;;;`` does."""
    section = _chosen(code, value)
    if isinstance(value, str):
        return section is None or "@" in section or bool(QUOTED.sub("", section).strip()) or section == "General"
    return section is None or bool(section.strip())


def _chosen(code: str, value: float | str) -> str | None:
    """The section for a value; None where the value is shown as it is."""
    sections = _sections(code)
    if isinstance(value, str):
        return sections[3] if len(sections) > 3 else None
    if len(sections) == 1 or sections[0].lstrip().startswith(("[<", "[>", "[=")):
        return sections[0]
    if value < 0:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def shown(value: float, code: str, *, since_1904: bool = False) -> str:
    """A number as text. An unusual format falls back to the plain number."""
    section = _chosen(code, value)
    if section is None or section.strip().lower() in ("general", "", "@"):
        return "" if section is not None and not section.strip() and code.strip() else plain(value)
    if is_date(section):
        text = _date(value, section, since_1904=since_1904)
        return plain(value) if text is None else text
    negative = value < 0 and len(_sections(code)) == 1
    return _number(abs(value), section, negative=negative)


def plain(value: float) -> str:
    """A number as the format "General" shows it in a wide cell."""
    if value == int(value) and abs(value) < 10**SIGNIFICANT:
        return str(int(value))
    return f"{value:.{SIGNIFICANT - 1}g}"


def _number(value: float, section: str, *, negative: bool) -> str:
    section = BRACKETS.sub("", CURRENCY.sub(lambda m: f'"{m.group(1)}"', section))
    bare = QUOTED.sub(lambda m: " " * len(m.group()), section)
    places = DIGITS.search(bare)
    if places is None or "/" in bare or "E+" in bare or "E-" in bare:
        if places is None and not bare.strip():
            return _literal(section)  # a text instead of the number
        return ("-" if negative else "") + plain(value)
    shape = places.group()
    scale = len(shape) - len(shape.rstrip(","))
    whole, _, fraction = shape.rstrip(",").partition(".")
    decimals = len(re.sub(r"[^0#?]", "", fraction))
    try:
        number = Decimal(repr(value)) * (100 if "%" in bare else 1) / (Decimal(1000) ** scale)
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return ("-" if negative else "") + plain(value)
    text = f"{number:,f}" if "," in whole else f"{number:f}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    for _ in range(optional):
        text = text.removesuffix("0")
    text = text.removesuffix(".")
    digits = whole.replace(",", "").count("0")
    before, dot, after = text.partition(".")
    if digits > len(before.replace(",", "")):
        before = before.zfill(digits)
    if digits == 0 and before == "0" and dot:
        before = ""
    sign = "-" if negative and number != 0 else ""
    return (
        sign + (_literal(section[: places.start()]) + before + dot + after + _literal(section[places.end() :])).strip()
    )


def _literal(text: str) -> str:
    """The words of a format: quoted, escaped and plain signs."""

    def word(match: re.Match[str]) -> str:
        mark = match.group()
        if mark[0] == '"':
            return mark[1:-1]
        return mark[1] if mark[0] == "\\" else (" " if mark[0] == "_" else "")

    return QUOTED.sub(word, text).replace("#", "").replace("?", "")


def _date(value: float, section: str, *, since_1904: bool) -> str | None:
    if "[h" in section.lower() or "[m" in section.lower() or "[s" in section.lower():
        seconds = round(value * 86400)
        return f"{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
    try:
        moment = from_excel(value, epoch=CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900)
    except (OverflowError, ValueError, TypeError):
        return None
    if isinstance(moment, datetime.timedelta):
        return None
    if isinstance(moment, datetime.time):
        moment = datetime.datetime.combine(datetime.date(1899, 12, 31), moment)
    section = BRACKETS.sub("", CURRENCY.sub("", section))
    lowered = QUOTED.sub("", section).lower()
    twelve = "am/pm" in lowered or "a/p" in lowered
    out, previous = "", ""
    pieces = re.split(f"({QUOTED.pattern}|{DATE_PART.pattern})", section, flags=re.IGNORECASE)
    for i, piece in enumerate(pieces):
        if not piece:
            continue
        if DATE_PART.fullmatch(piece):
            following = next((p.lower() for p in pieces[i + 1 :] if p and DATE_PART.fullmatch(p)), "")
            key = piece.lower()
            minutes = key in ("m", "mm") and (previous.startswith("h") or following.startswith("s"))
            out += _part("min" + key if minutes else key, moment, twelve=twelve)
            previous = key
        else:
            out += _literal(piece)
    return out.replace(";@", "").strip()


def _part(key: str, t: datetime.datetime, *, twelve: bool) -> str:
    hour = (t.hour % 12 or 12) if twelve else t.hour
    return {
        "yyyy": f"{t.year:04d}", "yy": f"{t.year % 100:02d}", "y": f"{t.year % 100:02d}",
        "mmmmm": t.strftime("%b")[:1], "mmmm": t.strftime("%B"), "mmm": t.strftime("%b"), "mm": f"{t.month:02d}",
        "m": str(t.month), "dddd": t.strftime("%A"), "ddd": t.strftime("%a"), "dd": f"{t.day:02d}", "d": str(t.day),
        "hh": f"{hour:02d}", "h": str(hour), "minmm": f"{t.minute:02d}", "minm": str(t.minute),
        "ss": f"{t.second:02d}", "s": str(t.second), "am/pm": "AM" if t.hour < 12 else "PM",
        "a/p": "A" if t.hour < 12 else "P",
    }.get(key, "")  # fmt: skip
