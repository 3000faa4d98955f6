"""The contrast of two colours, as WCAG defines it."""

from collections.abc import Sequence


def luminance(colour: Sequence[float]) -> float:
    """Return the relative luminance, 0 to 1, of a colour in sRGB with parts from 0 to 255.

    Source: <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>.
    """
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)
