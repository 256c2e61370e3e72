"""Photos, papers and recordings beside a draw.

A file comes in under `exhibits/incoming/` and is hashed on the way; the row is written, then the file gets its place by
a rename. Whatever breaks before the row leaves no row, and a file that nothing shows: it is removed at once, or within
a day by jobs.settle_exhibits after a crash. Whatever breaks after the row leaves the file where that job moves it on.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Protocol

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import rules
from mingcha.domain.draws.actions.receiving import Parcel, Stream, place_of, received, settle
from mingcha.domain.draws.models import Draw, Exhibit, ExhibitKind
from mingcha.domain.draws.permissions import may_attach
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.locking import locked


class AttachesExhibit(Protocol):
    """How a file is put beside a draw."""

    def __call__(
        self, draw: Draw, *, kind: str, words: str, stream: Stream, file_name: str, by: User, at: datetime
    ) -> Exhibit:
        """`stream` as the browser sent it; `file_name` is kept as text and names nothing on the disk."""


def after_receiving(stage: Callable[..., Exhibit]) -> AttachesExhibit:
    """Two gigabytes take minutes, and a transaction locks out all other writers on SQLite: the file comes in before it.

    Who may not, or says nothing of the file, is refused before it is read.
    """

    @wraps(stage)
    def run(draw: Draw, *, kind: str, words: str, stream: Stream, file_name: str, by: User, at: datetime) -> Exhibit:
        _require(by, draw)
        words, file_name = rules.plain_line(words), rules.name_as_sent(file_name)
        known_kind = rules.check_described(kind=kind, words=words)
        head = stream.read(rules.HEAD_BYTES)
        form = rules.form_of(head, kind=known_kind, file_name=file_name)
        with received(head, stream, form) as parcel:
            made = stage(draw, parcel=parcel, kind=known_kind, words=words, file_name=file_name, by=by, at=at)
            if made.file.name == place_of(parcel.name):
                settle(parcel.name)
        return made

    return run


def _require(by: User, draw: Draw) -> None:
    """Either right will do; the refusal names the office's."""
    if not may_attach(by, draw):
        require(by, Permission.DRAW_RUN, within=draw.department)


@after_receiving
@action
def attach_exhibit(
    draw: Draw, *, parcel: Parcel, kind: ExhibitKind, words: str, file_name: str, by: User, at: datetime
) -> Exhibit:
    """Keep a file, in any state of the draw: the certificate comes after it. The same file twice does nothing."""
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
