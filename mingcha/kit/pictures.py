"""What a phone sends becomes a plain picture: nothing of the file survives but what the eye sees."""

import io
import warnings
from typing import NamedTuple

import filetype
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from mingcha.kit.digests import sha256_hex
from mingcha.kit.errors import Refused

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000  # a phone's largest camera; what is bigger is made to fill our memory
LONGEST_SIDE = 2560  # reads a licence on the wall, prints on A4
KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
APPLE = {"image/heic", "image/heif", "image/avif"}


class Picture(NamedTuple):
    """A photo that can be kept: the digest of what the phone sent, and our JPEG of it."""

    sha256: str
    jpeg: bytes


def picture_of(content: bytes) -> Picture:
    """Up to a second's work for a large photo: to be done before anything is locked."""
    return Picture(sha256_hex(content), re_encoded(content))


def re_encoded(content: bytes) -> bytes:
    """The picture as a JPEG made by us: upright, without EXIF, at most 2560 pixels long."""
    kind = kind_of(content)
    picture = opened(content, kind)
    side = io.BytesIO()
    picture.save(side, "JPEG", quality=85, optimize=True)
    return side.getvalue()


def kind_of(content: bytes) -> str:
    """Pillow's name of the format, told by the content and not by the file's name."""
    if not content:
        raise Refused(_("照片是空的，重新拍一张"))
    if len(content) > MAX_BYTES:
        raise Refused(_("照片超过 20 MB，在相机设置里调低分辨率后重新拍"))
    found = filetype.guess(content)
    mime = found.mime if found is not None else ""
    if mime in APPLE:
        raise Refused(_("这张照片是 HEIC 格式，存不了。在手机“设置 → 相机 → 格式”里选“兼容性最佳”，重新拍一张"))
    if mime not in KINDS:
        raise Refused(_("这个文件不是照片。选 JPG、PNG 或 WebP 格式的照片"))
    return KINDS[mime]


def opened(content: bytes, kind: str) -> Image.Image:
    """Decode within bounds; the size is read before a single pixel is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(content), formats=[kind])
            too_big = picture.width * picture.height > MAX_PIXELS
            if not too_big:
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                picture.load()
                picture = ImageOps.exif_transpose(picture).convert("RGB")
                picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        too_big = True
    except Exception as fault:  # Pillow lets many kinds escape from a crafted file; to the person all mean the same
        raise Refused(_("照片打不开，可能没有传完整。重新拍一张再传")) from fault
    if too_big:
        raise Refused(_("照片的像素太多（超过 6000 万），在相机设置里调低分辨率后重新拍"))
    return picture
