"""Files as people's devices send them, as small as they may be; and a draw with one of each."""

import io
from datetime import datetime

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, Exhibit
from tests.factories.draws import NOON
from tests.factories.inspections import photo

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ISO_SIZE = (24).to_bytes(4, "big")
MP4 = ISO_SIZE + b"ftypmp42" + bytes(4) + b"mp42isom" + b"moov" * 50
MOV = ISO_SIZE + b"ftypqt  " + bytes(4) + b"qt  qt  " + b"moov" * 50
M4A = ISO_SIZE + b"ftypM4A " + bytes(4) + b"M4A M4A " + b"moov" * 50
MP3 = b"ID3\x04" + bytes(400)
WAV = b"RIFF" + bytes(4) + b"WAVEfmt " + bytes(400)
WEBM = b"\x1aE\xdf\xa3\x9fB\x82\x84webm" + bytes(400)


def content_for(kind: str) -> tuple[bytes, str]:
    """Something that this kind takes, with a name."""
    if kind == "DICE":
        return photo(kind="JPEG", size=(64, 48)), "IMG_0001.JPG"
    return (MP4, "现场.mp4") if kind == "RECORDING" else (PDF, "扫描件.pdf")


def attach(
    draw: Draw,
    kind: str = "DICE",
    *,
    by,
    words: str = "第一组 4 颗",
    at: datetime = NOON,
    content: bytes | None = None,
    file_name: str | None = None,
) -> Exhibit:
    """Through the door that everybody takes."""
    usual, name = content_for(kind)
    stream = io.BytesIO(usual if content is None else content)
    return actions.attach_exhibit(
        draw, kind=kind, words=words, stream=stream, file_name=file_name or name, by=by, at=at
    )
