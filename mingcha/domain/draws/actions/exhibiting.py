"""Photos, papers and recordings beside a draw.

A file comes in under `exhibits/incoming/` and is hashed on the way; the row is written, then the file gets its place by
a rename. Whatever breaks before the row leaves no row, and a file that nothing shows: it is removed at once, or within
a day by jobs.settle_exhibits after a crash. Whatever breaks after the row leaves the file where that job moves it on.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import uuid4

from django.core.files.storage import default_storage

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import rules
from mingcha.domain.draws.models import Draw, Exhibit, ExhibitKind
from mingcha.domain.draws.permissions import may_attach
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.digests import sha256_hex
from mingcha.kit.locking import locked
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


def attach_exhibit(
    draw: Draw, *, kind: str, words: str, stream: Stream, file_name: str, by: User, at: datetime
) -> Exhibit:
    """Keep a file, in any state of the draw: the certificate comes after it. The same file twice does nothing.

    Two gigabytes take minutes, and a transaction locks out all other writers on SQLite: the file comes in before it.
    """
    _require(by, draw)
    words, file_name = rules.plain_line(words), rules.name_as_sent(file_name)
    known_kind = rules.check_described(kind=kind, words=words)
    head = stream.read(rules.HEAD_BYTES)
    form = rules.form_of(head, kind=known_kind, file_name=file_name)
    with _received(head, stream, form) as parcel:
        exhibit = _attach(draw, parcel, kind=known_kind, words=words, file_name=file_name, by=by, at=at)
        if exhibit.file.name == place_of(parcel.name):
            settle(parcel.name)
    return exhibit


def _require(by: User, draw: Draw) -> None:
    if not may_attach(by, draw):
        require(by, Permission.DRAW_RUN, within=draw.department)


@action
def _attach(
    draw: Draw, parcel: Parcel, *, kind: ExhibitKind, words: str, file_name: str, by: User, at: datetime
) -> Exhibit:
    _require(by, draw)
    draw = locked(draw)
    known = rules.check_room(draw.exhibits.all(), sha256=parcel.sha256, kind=kind)
    if known is not None:
        return known
    exhibit = Exhibit.objects.create(
        draw=draw,
        kind=kind,
        file=place_of(parcel.name),
        file_name=file_name,
        sha256=parcel.sha256,
        kept_sha256=parcel.kept_sha256,
        size=parcel.size,
        media_type=parcel.form.media_type,
        words=words,
        added_by=by,
        added_at=at,
    )
    details = {"kind": kind.value, "sha256": parcel.sha256, "size": parcel.size, "file": file_name, "words": words}
    record("draw.exhibit_attached", draw, by=by, at=at, details=details)
    return exhibit


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
def _received(head: bytes, stream: Stream, form: rules.Form) -> Iterator[Parcel]:
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
