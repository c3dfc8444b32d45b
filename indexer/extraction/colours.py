"""Whether two colours can be told apart on paper or a screen."""

from __future__ import annotations

import colorsys

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
APART = 32  # of 255, in some channel: lighter tints than 0xDF on white are lost in print and on most screens


def hexadecimal(text: str | None) -> Colour | None:
    """A colour from RRGGBB, AARRGGBB or #RRGGBB; None where it is none."""
    digits = (text or "").strip().lstrip("#")
    if len(digits) == 8:
        digits = digits[2:]
    if len(digits) != 6:
        return None
    try:
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    except ValueError:
        return None


def alike(a: Colour, b: Colour) -> bool:
    """Whether text of one colour on the other cannot be seen."""
    return max(abs(x - y) for x, y in zip(a, b, strict=True)) < APART


def tinted(colour: Colour, tint: float) -> Colour:
    """A theme colour made lighter (tint > 0) or darker (tint < 0), as ISO 29500-1 section 18.8.19 has it."""
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation)
    return round(red * 255), round(green * 255), round(blue * 255)
