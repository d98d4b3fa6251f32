"""Pictures are drawn anew: what we keep is pixels, never the file that came. So no place (EXIF), no author, no second content.

Pure and slow: call through core.threads.run_in_thread.
"""

import io
from dataclasses import dataclass

from gevent import monkey
from PIL import Image, ImageOps

from cityexchange.core.files.kinds import Refused

MOST_PIXELS = {"JPEG": 32_000_000}
MOST_PIXELS_ELSE = 20_000_000
"""A JPEG is made smaller while it is decoded; of the rest two copies of four bytes a pixel must stay under 200 MB."""
MOST_FRAMES = 100
SMALL, LARGE = 320, 1600
"""The longer side, in pixels."""
QUALITY = 80
# However many upload at once, one picture's pixels are in memory. The system's own lock: this runs in real threads, where
# gevent's would wait for another thread's event loop.
_one_at_a_time = monkey.get_original("_thread", "allocate_lock")()


@dataclass(frozen=True)
class Picture:
    large: bytes
    small: bytes
    width: int
    height: int


def redraw(content: bytes, format: str) -> Picture:
    """The picture in two sizes, as WebP; of a moving picture the first frame. Raises Refused."""
    if format == "GIF" and _gif_has_too_many_frames(content):
        raise Refused("too_many_frames")
    with _one_at_a_time:
        return _redraw(content, format)


def _redraw(content, format):
    try:
        with Image.open(io.BytesIO(content), formats=(format,)) as image:
            _refuse_bombs(image, format)
            large = _pixels(image)
    except Refused:
        raise
    except Image.DecompressionBombError as bomb:
        raise Refused("too_many_pixels") from bomb
    except Exception as problem:
        # Decoders raise whatever they stumble over; a picture that cannot be read is refused, not a crash.
        raise Refused("broken") from problem
    small = large.copy()
    small.thumbnail((SMALL, SMALL))
    return Picture(_encoded(large), _encoded(small), large.width, large.height)


def _refuse_bombs(image, format):
    """Only the header has been read so far."""
    if image.width * image.height > MOST_PIXELS.get(format, MOST_PIXELS_ELSE):
        raise Refused("too_many_pixels")
    if format != "GIF" and getattr(image, "n_frames", 1) > MOST_FRAMES:
        raise Refused("too_many_frames")


def _pixels(image):
    """Upright, at most LARGE, in RGB or RGBA, with nothing but pixels. Turned after it is made smaller: a quarter of the memory."""
    image.draft("RGB", (LARGE, LARGE))
    image.load()
    if image.mode.startswith("I"):
        image = _in_eight_bits(image)
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    if image.mode in {"P", "1", "PA"}:
        image = image.convert("RGBA" if has_alpha else "RGB")
    image.thumbnail((LARGE, LARGE), reducing_gap=2.0)
    upright = ImageOps.exif_transpose(image).convert("RGBA" if has_alpha else "RGB")
    upright.info = {}
    return upright


def _in_eight_bits(image):
    """Grey of 16 bits: `convert` would cut off what is lighter than 255, which is nearly all."""
    grey = image.point(lambda level: level * (1 / 257)).convert("L")
    grey.info.pop("transparency", None)  # a level of the 65,536
    return grey


def _encoded(image):
    stream = io.BytesIO()
    image.save(stream, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return stream.getvalue()


def _gif_has_too_many_frames(content: bytes) -> bool:
    """Walks over the blocks without decoding one; Pillow would take a minute for a million frames."""
    frames, at = 0, 13 + _palette(content[10:11])
    while at < len(content) and frames <= MOST_FRAMES:
        block = content[at]
        if block == 0x2C:
            frames += 1
            at += 11 + _palette(content[at + 9 : at + 10])
        elif block == 0x21:
            at += 2
        else:
            break
        while at < len(content) and content[at]:
            at += content[at] + 1
        at += 1
    return frames > MOST_FRAMES


def _palette(flags: bytes) -> int:
    return 3 * 2 ** ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0
