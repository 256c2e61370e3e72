"""A file on its way in: on the disk under a name that nothing shows, hashed as it is written, never whole in memory."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import uuid4

from django.core.files.storage import default_storage

from mingcha.domain.draws import rules
from mingcha.domain.draws.models import Exhibit
from mingcha.kit.digests import sha256_hex
from mingcha.kit.pictures import picture_of

CHUNK = 1024 * 1024
PLACE = "exhibits/"
INCOMING = "exhibits/incoming/"


class Stream(Protocol):
    """Whatever can be read piece by piece."""

    def read(self, size: int, /) -> bytes: ...


class Parcel(NamedTuple):
    """A file that has come in and waits for its row."""

    name: str
    form: rules.Form
    sha256: str
    kept_sha256: str
    size: int


def place_of(name: str) -> str:
    """Where a file stays."""
    return PLACE + name


def incoming_path(name: str = "") -> Path:
    """Where a file waits; without a name, the folder."""
    return Path(default_storage.path(INCOMING + name))


def settle(name: str) -> None:
    """Move a file whose row is written to its place; done already is done."""
    waiting, place = incoming_path(name), Path(default_storage.path(place_of(name)))
    if waiting.exists() or not place.exists():
        waiting.replace(place)


@contextmanager
def received(head: bytes, stream: Stream, form: rules.Form) -> Iterator[Parcel]:
    """A file on the disk under a name that nothing shows; gone afterwards, unless it was moved to its place.

    Where its row was written and the move failed, it stays: the job moves it.
    """
    name = uuid4().hex + form.ending
    path = incoming_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    keep = _keep_picture if form.medium is rules.Medium.PICTURE else _keep_stream
    try:
        yield keep(name, path, head, stream, form)
    finally:
        if not Exhibit.objects.filter(file=place_of(name)).exists():
            path.unlink(missing_ok=True)


def _keep_stream(name: str, path: Path, head: bytes, stream: Stream, form: rules.Form) -> Parcel:
    """Byte for byte, one piece in memory at a time."""
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as kept:
        for piece in _pieces(head, stream):
            size += len(piece)
            rules.check_size(size, form=form)
            digest.update(piece)
            kept.write(piece)
        _sync(kept.fileno())
    return Parcel(name, form, digest.hexdigest(), digest.hexdigest(), size)


def _keep_picture(name: str, path: Path, head: bytes, stream: Stream, form: rules.Form) -> Parcel:
    """As our own JPEG: where it was taken and by what stays with the sender."""
    content = head + stream.read(form.medium.max_bytes)
    rules.check_size(len(content), form=form)
    picture = picture_of(content)
    with path.open("xb") as kept:
        kept.write(picture.jpeg)
        _sync(kept.fileno())
    return Parcel(name, form, picture.sha256, sha256_hex(picture.jpeg), len(content))


def _pieces(head: bytes, stream: Stream) -> Iterator[bytes]:
    yield head
    while piece := stream.read(CHUNK):
        yield piece


def _sync(file: int) -> None:
    """A row must never outlive, through a power failure, the file that it names."""
    os.fsync(file)
