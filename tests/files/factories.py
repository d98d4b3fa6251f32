"""Real files, made on the spot: pictures, documents, and such as mean harm."""

import io
import struct
import zipfile
import zlib

from PIL import Image

PLACE = {1: "N", 2: (36.0, 48.0, 12.34), 3: "E", 4: (10.0, 10.0, 56.78)}
"""GPS of a photo, as a telephone writes it."""


def picture(format="PNG", size=(40, 30), mode="RGB", **options):
    stream = io.BytesIO()
    Image.new(mode, size, 120 if mode in {"L", "P"} else (200, 80, 40, 128)[: len(mode)]).save(
        stream, format, **options
    )
    return stream.getvalue()


def greys(mode, levels, format="PNG", palette=False):
    """Stripes, ten pixels wide, from left to right."""
    image = Image.new(mode, (10 * len(levels), 10))
    for n, level in enumerate(levels):
        image.paste(level, (10 * n, 0, 10 * n + 10, 10))
    stream = io.BytesIO()
    (image.quantize(16) if palette else image).save(stream, format)
    return stream.getvalue()


def half_transparent(mode):
    """Its left half cannot be seen, its right half is a solid colour."""
    image = Image.new("RGBA", (40, 10), (200, 80, 40, 0))
    image.paste((200, 80, 40, 255), (20, 0, 40, 10))
    stream = io.BytesIO()
    (image.quantize(16) if mode == "P" else image.convert(mode)).save(stream, "PNG")
    return stream.getvalue()


def photo(format="JPEG", size=(3000, 2000), orientation=1):
    """With place, camera, and author; its left half is red, its right half blue."""
    image = Image.new("RGB", size, (200, 0, 0))
    image.paste((0, 0, 200), (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "Camera of Nour", "Nour Author", orientation
    exif.get_ifd(0x8825).update(PLACE)
    stream = io.BytesIO()
    extras = {"xmp": b"<x:xmpmeta>SECRET PLACE</x:xmpmeta>", "comment": b"SECRET COMMENT"}
    image.save(stream, format, exif=exif, **(extras if format == "JPEG" else {}))
    return stream.getvalue()


def png_chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width, height, *chunks):
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = [png_chunk(b"IHDR", head), *chunks, png_chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def png_of_900_megapixels():
    row = b"\0" + b"\0" * (30_000 // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(row) for _ in range(30_000)) + packer.flush()
    return png(30_000, 30_000, png_chunk(b"IDAT", body))


def png_with_a_text_of_2_gigabytes():
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b"\0" * 2**20) for _ in range(256)) + packer.flush()
    text = png_chunk(b"zTXt", b"Comment\0\0" + body)
    return png(1, 1, *[text] * 8, png_chunk(b"IDAT", zlib.compress(b"\0\0")))


def gif(width, height, frames=1):
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0" + b"\x02\x02\x44\x01\x00"
    head = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + b"\0" * 6
    return head + frame * frames + b"\x3b"


def archive(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts.items():
            packed.writestr(name, body)
    return stream.getvalue()


def docx(**more):
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"} | more)


def odt():
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"})


def zip_with_many_parts(number):
    return archive(
        {f"word/{n}": "" for n in range(number)} | {"[Content_Types].xml": "", "word/document.xml": ""}
    )


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
