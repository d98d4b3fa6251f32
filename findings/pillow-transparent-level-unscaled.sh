#!/bin/sh
# Pillow 13.0.0 makes the wrong colour transparent in PNG pictures of 16 bits, and none in those of 2 or 4 bits of grey.
# A PNG may name one colour as transparent (tRNS), in the levels of the file: in 2 bits 3 is white. Pillow brings the pixels to 8 bits and
# leaves this number as it stands; convert("RGBA") then compares its lowest 8 bits. Expected: alpha 0 for the named colour and 255 for
# black beside it, as Pillow gives for 1 and 8 bits of grey and 8 of colour. Seen: of 2 and 4 bits, as optimisers write a seal or a
# signature, the ground is opaque; of 16 bits, with grey 0x8000 or a sand colour named, the ground is opaque and the black ink is gone.
# There is no warning. Met by chance are black, and in colour the levels of 16 bits whose two halves are alike, as in 0xFFFF.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
"$folder/venv/bin/python" - <<'PROGRAM'
import io
import struct
import zlib

import PIL
from PIL import Image

print("Pillow", PIL.__version__)
GREY, COLOUR = 0, 2


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(bits, kind, row, *transparent):
    """A picture of two pixels in one row: the transparent colour, and black."""
    header = struct.pack(">IIBBBBB", 2, 1, bits, kind, 0, 0, 0)
    named = struct.pack(f">{len(transparent)}H", *transparent)
    pixels = zlib.compress(b"\0" + row)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        map(chunk, (b"IHDR", b"tRNS", b"IDAT", b"IEND"), (header, named, pixels, b""))
    )


def seen(name, content):
    picture = Image.open(io.BytesIO(content))
    shown = picture.convert("RGBA")
    alphas = [shown.getpixel((place, 0))[3] for place in (0, 1)]
    print(f"{name}: {picture.mode}, transparent {picture.info['transparency']}, alpha {alphas}")
    return alphas


RIGHT, OPAQUE, SWAPPED = [0, 255], [255, 255], [255, 0]
SAND, SAND_16 = (0xE5, 0xD0, 0xA0), (0xE500, 0xD000, 0xA000)
assert seen("1 bit of grey", png(1, GREY, b"\x80", 1)) == RIGHT
assert seen("2 bits of grey", png(2, GREY, b"\xc0", 3)) == OPAQUE
assert seen("4 bits of grey", png(4, GREY, b"\xf0", 15)) == OPAQUE
assert seen("8 bits of grey", png(8, GREY, b"\xff\0", 255)) == RIGHT
assert seen("16 bits of grey", png(16, GREY, b"\x80\0\0\0", 0x8000)) == SWAPPED
assert seen("8 bits of colour", png(8, COLOUR, bytes((*SAND, 0, 0, 0)), *SAND)) == RIGHT
assert seen("16 bits of colour", png(16, COLOUR, struct.pack(">6H", *SAND_16, 0, 0, 0), *SAND_16)) == SWAPPED
PROGRAM
echo "As described."
