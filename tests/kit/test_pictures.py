import io
import struct
import zlib

import pytest
from PIL import Image

from mingcha.kit import pictures
from mingcha.kit.errors import Refused
from tests.factories.inspections import photo

SECRET = b"GPS-secret-place"


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()  # ImageDescription
    exif[0x0112] = 6  # turned a quarter
    return photo(kind="JPEG", size=(64, 48), exif=exif)


def huge_png(width: int, height: int) -> bytes:
    """A few bytes that claim to be a very large picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_of_each_usual_kind_becomes_a_jpeg_of_ours(kind):
    kept = pictures.re_encoded(photo(kind=kind))
    picture = Image.open(io.BytesIO(kept))
    assert (picture.format, picture.size) == ("JPEG", (64, 48))


def test_nothing_hidden_in_the_file_survives_and_the_picture_stands_upright():
    sent = with_exif()
    assert SECRET in sent
    kept = pictures.re_encoded(sent)
    picture = Image.open(io.BytesIO(kept))
    assert SECRET not in kept
    assert not picture.getexif()
    assert picture.size == (48, 64)


def test_a_transparent_png_is_kept_too():
    file = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file, "PNG")
    assert Image.open(io.BytesIO(pictures.re_encoded(file.getvalue()))).mode == "RGB"


def test_a_large_photo_is_made_smaller():
    kept = pictures.re_encoded(photo(size=(5000, 2500)))
    assert Image.open(io.BytesIO(kept)).size == (2560, 1280)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "照片是空的"),
        (b"x" * (pictures.MAX_BYTES + 1), "超过 20 MB"),
        (b"%PDF-1.7 not a photo", "不是照片"),
        (b"just words", "不是照片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "不是照片"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64, "HEIC 格式"),
        (b"GIF89a" + b"\x00" * 20, "不是照片"),
        (photo(kind="JPEG")[:200], "照片打不开"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 40, "照片打不开"),
        (huge_png(9000, 9000), "像素太多"),
        (huge_png(40000, 40000), "像素太多"),
    ],
    ids=["empty", "big", "pdf", "text", "svg", "heic", "gif", "cut", "rubbish", "pixels", "bomb"],
)
def test_what_is_not_a_usable_photo_is_refused_in_words(content, words):
    with pytest.raises(Refused, match=words):
        pictures.re_encoded(content)
