"""Photos, papers and recordings beside a draw."""

import hashlib
import io
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from PIL import Image

from mingcha.domain.audit.models import Entry
from mingcha.domain.draws import actions, jobs, rules
from mingcha.domain.draws.actions import exhibiting, receiving
from mingcha.domain.draws.models import Exhibit
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import draws, exhibits
from tests.factories.exhibits import M4A, MOV, MP3, MP4, PDF, WAV, WEBM, attach
from tests.factories.inspections import photo
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
PROGRAM = b"MZ" + bytes(500)
HEIC = (24).to_bytes(4, "big") + b"ftypheic" + bytes(4) + b"mif1heic" + bytes(200)


@pytest.fixture
def draw(cast):
    return draws.draw_at(cast, "SEATS")


def kept(exhibit: Exhibit) -> bytes:
    return Path(exhibit.file.path).read_bytes()


def files_on_disk() -> list:
    return sorted(path for path in (Path(settings.MEDIA_ROOT) / "exhibits").rglob("*") if path.is_file())


# proves S3-15
def test_a_notarial_certificate_is_kept_byte_for_byte_with_its_digest_and_a_trace(cast, draw):
    made = attach(draw, "NOTARY", by=cast.handler, words="县公证处公证书", file_name="公证书（2026）.pdf")
    made.refresh_from_db()
    assert kept(made) == PDF
    assert made.sha256 == made.kept_sha256 == hashlib.sha256(PDF).hexdigest()
    assert (made.size, made.media_type, made.file_name) == (len(PDF), "application/pdf", "公证书（2026）.pdf")
    assert (made.added_by, made.added_at, made.words) == (cast.handler, draws.NOON, "县公证处公证书")
    entry = Entry.objects.filter(event="draw.exhibit_attached").get()
    assert made.sha256 in str(entry.details)


# proves S4-05
@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (MP4, "hall.mp4", "video/mp4"),
        (MP4, "recorder.m4a", "video/mp4"),
        (MOV, "IMG_1.MOV", "video/quicktime"),
        (M4A, "voice.m4a", "audio/mp4"),
        (MP3, "voice.mp3", "audio/mpeg"),
        (WAV, "voice.wav", "audio/wav"),
        (WEBM, "hall.webm", "video/webm"),
    ],
)
def test_a_recording_in_each_usual_format_is_kept_as_it_was_sent(cast, draw, content, name, media_type):
    made = attach(draw, "RECORDING", by=cast.handler, content=content, file_name=name)
    assert kept(made) == content
    assert (made.media_type, made.sha256) == (media_type, hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("kind", ["DICE", "NOTARY", "PAPER", "OTHER"])
def test_of_a_picture_nothing_survives_but_what_the_eye_sees(cast, draw, kind):
    exif = Image.Exif()
    exif[0x010E] = "GPS-secret-place"
    sent = photo(kind="JPEG", size=(64, 48), exif=exif)
    made = attach(draw, kind, by=cast.handler, content=sent, file_name="IMG_7.jpeg")
    content = kept(made)
    assert b"GPS-secret-place" in sent and b"GPS-secret-place" not in content
    assert made.sha256 == hashlib.sha256(sent).hexdigest()
    assert made.kept_sha256 == hashlib.sha256(content).hexdigest() != made.sha256
    assert made.is_picture


@pytest.mark.parametrize(
    ("kind", "sent", "words"),
    [
        ("DICE", ("a.jpg", b""), "文件是空的"),
        ("DICE", ("a.pdf", PDF), "骰子照片只收照片"),
        ("DICE", ("a.gif", photo(kind="GIF")), "不是照片"),
        ("DICE", ("a.heic", HEIC), "HEIC"),
        ("NOTARY", ("a.mp4", MP4), "只收 PDF 或照片"),
        ("PAPER", ("a.pdf", PROGRAM), "只收 PDF 或照片"),
        ("RECORDING", ("a.pdf", PDF), "录音录像只收"),
        ("RECORDING", ("a.mp4", PROGRAM), "录音录像只收"),
        ("OTHER", ("a.html", b"<html><script>1</script>"), "这种文件不能存"),
        ("OTHER", ("a.docx", b"PK\x03\x04" + bytes(500)), "这种文件不能存"),
        ("OTHER", ("a.mp4", PDF), "以 .mp4 结尾，内容却是 PDF"),
        ("PAPER", ("a.exe", PDF), "以 .exe 结尾，内容却是 PDF"),
        ("DICE", ("a.jpg", photo(kind="PNG")), "以 .jpg 结尾"),
        ("DICE", ("a.jpg", photo(kind="JPEG")[:200]), "照片打不开"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_in_a_sentence_and_leaves_nothing(
    cast, draw, kind, sent, words
):
    name, content = sent
    with pytest.raises(Refused, match=words):
        attach(draw, kind, by=cast.handler, content=content, file_name=name)
    assert not Exhibit.objects.exists()
    assert files_on_disk() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "VIDEO"}, "没有选类别"),
        ({"words": " \u200b "}, "没有写说明"),
        ({"words": "长" * 201}, "超过 200 个字"),
    ],
)
def test_a_file_without_a_kind_or_a_sentence_is_refused(cast, draw, change, words):
    given = {"kind": "OTHER", "words": "说明", **change}
    with pytest.raises(Refused, match=words):
        actions.attach_exhibit(draw, stream=io.BytesIO(PDF), file_name="a.pdf", by=cast.handler, at=draws.NOON, **given)


@pytest.mark.parametrize(("kind", "words"), [("PAPER", "PDF 超过 50 MB"), ("RECORDING", "超过 2 GB")])
def test_a_file_over_its_limit_is_refused_on_the_way_in(cast, draw, monkeypatch, kind, words):
    monkeypatch.setattr(rules.Medium, "max_bytes", 10 * 1024)
    content, name = exhibits.content_for(kind)
    with pytest.raises(Refused, match=words):
        attach(draw, kind, by=cast.handler, content=content + bytes(20 * 1024), file_name=name)
    assert files_on_disk() == []


def test_the_limits_are_those_that_the_page_promises():
    assert [medium.max_bytes // MB for medium in rules.Medium] == [20, 50, 2048]


class Endless:
    """A recording of so many bytes, made as it is read."""

    def __init__(self, size: int) -> None:
        self.head, self.left, self.largest = MP4, size - len(MP4), 0

    def read(self, size: int) -> bytes:
        self.largest = max(self.largest, size)
        piece, self.head = self.head[:size], self.head[size:]
        if not piece:
            piece = bytes(min(size, self.left))
            self.left -= len(piece)
        return piece


def test_thirty_megabytes_pass_through_a_few(cast, draw):
    stream = Endless(30 * MB)
    tracemalloc.start()
    made = actions.attach_exhibit(
        draw, kind="RECORDING", words="全程录像", stream=stream, file_name="a.mp4", by=cast.handler, at=draws.NOON
    )
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6 * MB
    assert made.size == made.file.size == 30 * MB
    assert made.sha256 == hashlib.sha256(kept(made)).hexdigest()


@pytest.mark.parametrize("phase", ["SEATS", "DICE", "RESULT", "IN_FORCE"])
def test_a_file_comes_in_any_phase_from_the_office_or_the_discipline_body(cast, phase):
    draw = draws.draw_at(cast, phase)
    for by, content in ((cast.handler, PDF), (cast.discipline, PDF + b"\n")):
        attach(draw, "NOTARY", by=by, content=content)
    assert draw.exhibits.count() == 2


def test_a_rehearsal_takes_files_too(cast):
    draw = actions.open_rehearsal(draws.county(cast), by=cast.handler, at=draws.NOON)
    assert attach(draw, by=cast.handler).draw.is_rehearsal


def test_nobody_else_adds_anything_and_a_refused_upload_is_not_even_read(cast, draw):
    for person in (cast.stranger, cast.approver, cast.inspector, cast.keeper):
        with pytest.raises(Forbidden):
            attach(draw, by=person)
    assert files_on_disk() == []


def test_the_same_file_twice_is_one_exhibit_and_as_another_kind_it_is_refused(cast, draw):
    first = attach(draw, "NOTARY", by=cast.handler)
    assert attach(draw, "NOTARY", by=cast.discipline, words="再传一次") == first
    with pytest.raises(Refused, match="已经作为“公证书”上传过"):
        attach(draw, "PAPER", by=cast.handler)
    assert [path.name for path in files_on_disk()] == [first.file.name.removeprefix("exhibits/")]


def test_a_hundred_files_are_enough(cast, draw, monkeypatch):
    monkeypatch.setattr("mingcha.domain.draws.rules.exhibits.MAX_EXHIBITS", 1)
    attach(draw, "NOTARY", by=cast.handler)
    with pytest.raises(Refused, match="不能再加"):
        attach(draw, "PAPER", by=cast.handler, content=PDF + b"\n")
    assert attach(draw, "NOTARY", by=cast.handler)


def test_the_sender_s_name_is_text_and_never_a_path(cast, draw):
    made = attach(draw, "NOTARY", by=cast.handler, file_name="..\\..\\etc/\u202eoverwrite.pdf")
    assert made.file_name == "overwrite.pdf"
    assert made.file.name.startswith("exhibits/") and "overwrite" not in made.file.name
    assert made.shown_name == f"{draw.number}-{made.pk}.pdf"
    assert len(rules.name_as_sent("长" * 300 + ".pdf")) == 200


@pytest.mark.parametrize("column", ["words", "sha256", "file", "kind", "added_at"])
def test_whoever_writes_to_the_database_changes_no_exhibit(cast, draw, column):
    attach(draw, by=cast.handler)
    with unguarded(), pytest.raises(IntegrityError, match="附件不能修改"), transaction.atomic():
        connection.cursor().execute(f"UPDATE draws_exhibit SET {column} = {column}")


def test_whoever_writes_to_the_database_removes_no_exhibit(cast, draw):
    attach(draw, by=cast.handler)
    with unguarded(), pytest.raises(IntegrityError, match="附件不能删除"), transaction.atomic():
        connection.cursor().execute("DELETE FROM draws_exhibit")


def breaking(*_args: object, **_kwargs: object) -> None:
    raise OSError("the power failed")


def test_what_breaks_on_the_way_in_leaves_neither_row_nor_file(cast, draw, monkeypatch):
    monkeypatch.setattr(receiving, "_sync", breaking)
    with pytest.raises(OSError, match="power"):
        attach(draw, "NOTARY", by=cast.handler)
    assert not Exhibit.objects.exists()
    assert files_on_disk() == []


def test_what_breaks_with_the_row_leaves_neither_row_nor_file(cast, draw, monkeypatch):
    monkeypatch.setattr(exhibiting, "record", breaking)
    with pytest.raises(OSError, match="power"):
        attach(draw, "NOTARY", by=cast.handler)
    assert not Exhibit.objects.exists()
    assert files_on_disk() == []


def test_what_breaks_after_the_row_is_put_in_its_place_by_the_job(cast, draw, monkeypatch, noon):
    with monkeypatch.context() as broken:
        broken.setattr(exhibiting, "settle", breaking)
        with pytest.raises(OSError, match="power"):
            attach(draw, "NOTARY", by=cast.handler)
    made = Exhibit.objects.get()
    assert not made.file.storage.exists(made.file.name)
    for _round in range(2):
        jobs.settle_exhibits(noon)
    assert kept(made) == PDF


def test_a_forsaken_file_goes_after_a_day_and_one_in_its_place_never():
    waiting = Path(settings.MEDIA_ROOT) / "exhibits" / "incoming" / "a.pdf"
    in_place = Path(settings.MEDIA_ROOT) / "exhibits" / "b.pdf"
    jobs.settle_exhibits(timezone.now())
    waiting.parent.mkdir(parents=True)
    for path in (waiting, in_place):
        path.write_bytes(PDF)
    jobs.settle_exhibits(timezone.now() + timedelta(hours=23))
    assert waiting.exists()
    jobs.settle_exhibits(timezone.now() + timedelta(hours=25))
    assert not waiting.exists()
    assert in_place.exists()
