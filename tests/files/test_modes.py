"""Pictures in all the ways of keeping colours: what is dark, light, see-through or sideways stays so."""

import io

import pytest
from PIL import Image

from cityexchange.core.files.receiving import look_at
from tests.files import factories as made

GREYS = (0, 60, 180, 255)
"""From left to right, as eight bits say them."""
MODES = {
    "grey of 16 bits": lambda: made.greys("I;16", [257 * level for level in GREYS]),
    "grey": lambda: made.greys("L", GREYS),
    "grey with alpha": lambda: made.greys("LA", [(level, 255) for level in GREYS]),
    "a palette": lambda: made.greys("RGB", [(level,) * 3 for level in GREYS], palette=True),
    "colours": lambda: made.greys("RGB", [(level,) * 3 for level in GREYS]),
    "a JPEG of inks": lambda: made.greys("CMYK", [(0, 0, 0, 255 - level) for level in GREYS], format="JPEG"),
    "a grey JPEG": lambda: made.greys("L", GREYS, format="JPEG"),
    "a GIF": lambda: made.greys("L", GREYS, format="GIF"),
}


@pytest.mark.parametrize("what", MODES)
def test_what_is_dark_stays_dark_and_what_is_light_stays_light(what):
    image = Image.open(io.BytesIO(look_at(MODES[what](), "a").large)).convert("RGB")
    seen = [image.getpixel((5 + 10 * n, 5)) for n in range(len(GREYS))]

    assert all(
        abs(channel - level) < 12 for pixel, level in zip(seen, GREYS, strict=True) for channel in pixel
    ), seen


@pytest.mark.parametrize("mode", ["LA", "RGBA", "P"])
def test_what_is_transparent_stays_so(mode):
    image = Image.open(io.BytesIO(look_at(made.half_transparent(mode), "a.png").large)).convert("RGBA")

    assert image.getpixel((5, 5))[3] < 12 and image.getpixel((35, 5))[3] > 243


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_stands_as_its_camera_was_held(format, orientation):
    upright = look_at(made.photo(format, (200, 100), orientation), "a")
    image = Image.open(io.BytesIO(upright.large)).convert("RGB")
    assert (upright.width > upright.height) == (orientation < 5)
    # Where the left, red half of the sensor ends up.
    red = {
        1: (20, 50),
        2: (180, 50),
        3: (180, 50),
        4: (20, 50),
        5: (50, 20),
        6: (50, 20),
        7: (50, 180),
        8: (50, 180),
    }
    assert image.getpixel(red[orientation])[0] > 150 > image.getpixel(red[orientation])[2]
