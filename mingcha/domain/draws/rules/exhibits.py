"""Which files may stand beside a draw. What a file is, its content says; its name may not say anything else."""

from collections.abc import Iterable
from enum import Enum
from pathlib import PurePath
from typing import NamedTuple

import filetype
from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Exhibit, ExhibitKind
from mingcha.domain.draws.rules.wording import plain_line
from mingcha.kit import pictures
from mingcha.kit.errors import Refused, refuse_together

HEAD_BYTES = 8192  # as much as `filetype` looks at
MAX_WORDS = 200
MAX_NAME = 200
MAX_EXHIBITS = 100  # a draw has some twenty dice, a paper, a certificate: more is a mistake, and the disk is finite
MIB = 1024 * 1024


class Medium(Enum):
    """What a format holds, with the most that is taken of it, in MiB."""

    PICTURE = pictures.MAX_BYTES // MIB
    DOCUMENT = 50
    RECORDING = 2048

    @property
    def max_bytes(self) -> int:
        return self.value * MIB


class Form(NamedTuple):
    """A format that is kept: what it holds, what we call it, and the endings that people's devices give it."""

    medium: Medium
    media_type: str
    ending: str
    endings: frozenset[str]


def _form(medium: Medium, media_type: str, *endings: str) -> Form:
    return Form(medium, media_type, endings[0], frozenset(endings))


# One family: phones and recorders put any of these endings on it.
ISO_ENDINGS = (".mp4", ".m4v", ".m4a", ".mov")
# Every picture is kept as a JPEG of ours, whatever it came as.
FORMS = {
    "image/jpeg": _form(Medium.PICTURE, "image/jpeg", ".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": Form(Medium.PICTURE, "image/jpeg", ".jpg", frozenset({".png"})),
    "image/webp": Form(Medium.PICTURE, "image/jpeg", ".jpg", frozenset({".webp"})),
    "application/pdf": _form(Medium.DOCUMENT, "application/pdf", ".pdf"),
    "video/mp4": _form(Medium.RECORDING, "video/mp4", *ISO_ENDINGS),
    "video/x-m4v": _form(Medium.RECORDING, "video/mp4", *ISO_ENDINGS),
    "video/quicktime": Form(Medium.RECORDING, "video/quicktime", ".mov", frozenset(ISO_ENDINGS)),
    "audio/mp4": Form(Medium.RECORDING, "audio/mp4", ".m4a", frozenset(ISO_ENDINGS)),
    "audio/mpeg": _form(Medium.RECORDING, "audio/mpeg", ".mp3"),
    "audio/x-wav": _form(Medium.RECORDING, "audio/wav", ".wav"),
    "video/webm": _form(Medium.RECORDING, "video/webm", ".webm"),
}
PAPERS = frozenset({Medium.PICTURE, Medium.DOCUMENT})
TAKEN = {
    ExhibitKind.DICE: frozenset({Medium.PICTURE}),
    ExhibitKind.NOTARY: PAPERS,
    ExhibitKind.PAPER: PAPERS,
    ExhibitKind.RECORDING: frozenset({Medium.RECORDING}),
    ExhibitKind.OTHER: frozenset(Medium),
}


def name_as_sent(file_name: str) -> str:
    """The last part of what the sender called it, as one line; the ending survives where it is cut."""
    name = PurePath(plain_line(file_name).replace("\\", "/")).name
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - 10] + name[-10:]


def check_described(*, kind: str, words: str) -> ExhibitKind:
    """The kind is one of ours, and somebody said what the file shows."""

    def known() -> None:
        if kind not in set(ExhibitKind):
            raise Refused(_("附件没有选类别，从列表里选一个"), field="kind")

    def said() -> None:
        if not words:
            raise Refused(_("没有写说明，用一句话写清这份附件是什么"), field="words")
        if len(words) > MAX_WORDS:
            raise Refused(_("说明超过 200 个字，写短一些"), field="words")

    refuse_together(known, said)
    return ExhibitKind(kind)


def form_of(head: bytes, *, kind: ExhibitKind, file_name: str) -> Form:
    """What the first bytes of a file say it is; the kind has to take that, and the name may not say otherwise."""
    if not head:
        raise Refused(_("文件是空的，重新选择要上传的文件"), field="file")
    found = filetype.guess(head)
    mime = found.mime if found is not None else ""
    form = FORMS.get(mime)
    if form is None and mime.startswith("image/"):
        pictures.kind_of(head)
    if form is None or form.medium not in TAKEN[kind]:
        raise Refused(_refusal(kind), field="file")
    ending = PurePath(file_name).suffix.lower()
    if ending and ending not in form.endings:
        words = {"ending": ending, "content": form.ending.removeprefix(".").upper()}
        raise Refused(
            _("文件名以 %(ending)s 结尾，内容却是 %(content)s 格式：上传没有改过名的原文件") % words, field="file"
        )
    return form


def _refusal(kind: ExhibitKind) -> str:
    """Which formats a kind takes."""
    if kind == ExhibitKind.DICE:
        return _("骰子照片只收照片：选 JPG、PNG 或 WebP 格式的文件")
    if kind == ExhibitKind.RECORDING:
        return _("录音录像只收 MP4、MOV、WebM、M4A、MP3、WAV 格式的文件，其他格式转换后再上传")
    if kind == ExhibitKind.OTHER:
        return _("这种文件不能存：选照片（JPG、PNG、WebP）、PDF 或录音录像（MP4、MOV、WebM、M4A、MP3、WAV）")
    return _("这一类只收 PDF 或照片（JPG、PNG、WebP），扫描或拍照后再上传")


def check_size(size: int, *, form: Form) -> None:
    """Asked again and again while a file comes in."""
    if size <= form.medium.max_bytes:
        return
    limits = {
        Medium.PICTURE: _("照片超过 20 MB，调低分辨率后再上传"),
        Medium.DOCUMENT: _("PDF 超过 50 MB，降低扫描分辨率或分成几份再上传"),
        Medium.RECORDING: _("录音录像超过 2 GB，分段或压缩后再上传"),
    }
    raise Refused(limits[form.medium], field="file")


def check_room(exhibits: Iterable[Exhibit], *, sha256: str, kind: ExhibitKind) -> Exhibit | None:
    """The same file again is the exhibit that it already is; as another kind it is refused. So is a file too many."""
    present = list(exhibits)
    known = next((exhibit for exhibit in present if exhibit.sha256 == sha256), None)
    if known is None and len(present) >= MAX_EXHIBITS:
        raise Refused(_("这次抽取已有 100 份附件，不能再加"))
    if known is not None and known.kind != kind:
        raise Refused(_("这个文件已经作为“%s”上传过，不用再传") % known.get_kind_display(), field="file")
    return known
