"""A user's picture, fitted into frames: the sizes of the logos."""

import warnings
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from scaffold.errors import ScaffoldError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MAX_PIXELS = 50_000_000
"""A larger picture is refused before it is decoded; this one takes 200 MB of memory."""

_ENOUGH = 1_600
"""Pixels, four times the largest logo; a longer side is first scaled down to this, once for all frames."""

_MAX_SIDE = 100_000
"""Pixels; longer than any real picture within `MAX_PIXELS`."""

_ALIKE = 24
"""Mean difference of two pictures, of 255, up to which they count as the same."""

_HEAD = 33
"""Bytes of a PNG up to the end of its first chunk. Source: <https://www.w3.org/TR/png-3/>."""

_HINT = "give a PNG, JPEG, GIF or WebP file"
_FOREIGN = frozenset({"EPS", "WMF"})
"""Formats that Pillow passes to another program or to the system."""


class Frame(Protocol):
    """The size of a picture to make, such as a logo of `limits.IMAGES`."""

    @property
    def name(self) -> str:
        """File name."""

    @property
    def width(self) -> int:
        """Pixels."""

    @property
    def height(self) -> int:
        """Pixels."""

    @property
    def margin(self) -> int:
        """Pixels on each side that stay transparent."""


def fit(picture: bytes, frames: Iterable[Frame], max_bytes: int) -> dict[str, bytes]:
    """Return `picture` in the size of each frame: file name -> PNG.

    The picture is rotated according to its EXIF data, scaled without cropping and centred on a transparent
    background; it gets 256 colours if the PNG would have more than `max_bytes` otherwise. Raises
    ScaffoldError if it is not a picture or too large.
    """
    source = _read(picture)
    return {frame.name: _encode(_framed(source, frame), max_bytes) for frame in frames}


def as_png(picture: bytes) -> bytes:
    """Return a picture in its own size as a PNG with the best compression. Raises like `fit`."""
    stream = BytesIO()
    _read(picture, _MAX_SIDE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def look_alike(one: bytes, other: bytes) -> bool:
    """Return whether two pictures of one shape look alike at low resolution, on white. Raises like `fit`."""
    from PIL import Image, ImageChops, ImageStat

    seen = []
    for data in (one, other):
        picture = _read(data)
        ground = Image.new("RGBA", picture.size, "white")
        seen.append(Image.alpha_composite(ground, picture).convert("RGB").resize((16, 16)))
    return max(ImageStat.Stat(ImageChops.difference(*seen)).mean) <= _ALIKE


_MARK = b"kommo-widget: made from "


def marked(png: bytes, source: str) -> bytes:
    """Return a PNG with a text chunk that names the picture which it was made from."""
    import struct
    import zlib

    text = b"tEXtComment\0" + _MARK + source.encode("latin-1", "replace")
    chunk = struct.pack(">L", len(text) - 4) + text + struct.pack(">L", zlib.crc32(text))
    return png[:_HEAD] + chunk + png[_HEAD:]


def is_marked(picture: bytes) -> bool:
    """Return whether the picture was made by `marked`."""
    return _MARK in picture[: 2 * _HEAD + len(_MARK)]


def _read(data: bytes, side: int = 0) -> "Picture":
    """Return the picture, upright, as RGBA, with sides up to `side`; the first frame of an animation."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.init()
    formats = [name for name in Image.ID if name not in _FOREIGN]
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data), formats=formats) as opened:
            width, height = opened.size
            if width * height > MAX_PIXELS:
                raise ScaffoldError(
                    f"the logo has {width}x{height} pixels, the limit is {MAX_PIXELS:,}", _HINT
                )
            upright = ImageOps.exif_transpose(opened)
            if upright.mode.startswith("I;16"):
                upright = upright.point(lambda value: value / 256).convert("L")
            source = upright.convert("RGBA")
            source.thumbnail((side or _ENOUGH, side or _ENOUGH), Image.Resampling.LANCZOS)
            return source
    except ScaffoldError:
        raise
    except Image.DecompressionBombError as error:
        raise ScaffoldError(f"the logo has more than {MAX_PIXELS:,} pixels", _HINT) from error
    except UnidentifiedImageError as error:
        raise ScaffoldError("the logo is not in a format that Pillow can read", _HINT) from error
    except Exception as error:  # a decoder may raise anything for a broken file
        raise ScaffoldError(f"the logo cannot be read: {error}", _HINT) from error


def _framed(source: "Picture", frame: Frame) -> "Picture":
    """Return the picture inside the margins of a frame."""
    from PIL import Image

    room_x, room_y = frame.width - 2 * frame.margin, frame.height - 2 * frame.margin
    scale = min(room_x / source.width, room_y / source.height)
    width, height = max(1, round(source.width * scale)), max(1, round(source.height * scale))
    scaled = source.resize((width, height), Image.Resampling.LANCZOS)
    framed = Image.new("RGBA", (frame.width, frame.height))
    framed.paste(scaled, ((frame.width - width) // 2, (frame.height - height) // 2))
    return framed


def _encode(picture: "Picture", max_bytes: int) -> bytes:
    """Return a PNG; with 256 colours if it would have more than `max_bytes` otherwise."""
    from PIL import Image

    full = _saved(picture)
    if len(full) <= max_bytes:
        return full
    return _saved(picture.quantize(method=Image.Quantize.FASTOCTREE))


def _saved(picture: "Picture") -> bytes:
    stream = BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()
