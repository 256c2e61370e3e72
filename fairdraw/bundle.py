"""A bundle of section 6: everything needed to repeat a draw, as one zip or folder, opened with suspicion.

Nothing is unpacked to disk, no claimed size is believed, and nothing is read before its claims fit the limits.
"""

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from fairdraw.ceremony import CEREMONY_FILE
from fairdraw.errors import Refused
from fairdraw.frame import INPUT_FILES, RULES_FILE
from fairdraw.notation import LARGEST_JSON, check_text
from fairdraw.result import RESULT_FILE
from fairdraw.rules import LARGEST_ROWS

SIGNATURES_FILE = "signatures.json"
RECORD_FILE = "record.pdf"
BUNDLE_FILES = (*INPUT_FILES, CEREMONY_FILE, RESULT_FILE, SIGNATURES_FILE, RECORD_FILE)

LARGEST_UNPACKED = 4 * 2**30
LARGEST_DIRECTORY = 2**20  # of a zip; a bundle has nine entries
LARGEST_RATIO = 200  # unpacked to packed; sorted tables of codes stay below 30
_SMALL = 2**20  # members up to this size may have any ratio
_CHUNK = 2**20
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_ZIP64_MARKS = (0xFFFFFFFF, 0xFFFF)
_DIRECTORY_END = struct.Struct("<4s4H2LH")
_JSON_FILES = (RULES_FILE, CEREMONY_FILE, SIGNATURES_FILE)
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, RuntimeError, OverflowError)


@dataclass(frozen=True)
class Bundle:
    """The contents by name (all but the record, of which only its presence counts) and the names of other files."""

    files: Mapping[str, bytes]
    has_record: bool = False
    extra: tuple[str, ...] = field(default=())


class _Member(NamedTuple):
    name: str
    size: int  # as claimed
    packed: int
    open: Callable[[], IO[bytes]]


def pack(files: Mapping[str, bytes]) -> bytes:
    """The zip of these files (names of section 6); the same files give the same bytes on every machine.

    Stored without compression, because what a compressor writes depends on its version.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            if name not in BUNDLE_FILES:
                raise Refused(f"{name}：不属于抽取包，抽取包只含 {'、'.join(BUNDLE_FILES)}。")
            archive.writestr(zip_entry(name), files[name])
    return written.getvalue()


def zip_entry(name: str) -> zipfile.ZipInfo:
    """A zip entry that carries neither a time nor the machine it was written on."""
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    return entry


def open_bundle(path: str | os.PathLike[str]) -> Bundle:
    """The bundle in a zip or folder; whatever section 6 does not allow raises Refused with one sentence."""
    place = Path(path)
    try:
        if place.is_dir():
            return _gather(_folder_members(place))
        with _regular(place, follow=True) as file:
            return _open_zip(file)
    except FileNotFoundError:
        raise Refused(f"{path}：没有这个文件或文件夹。") from None
    except _BROKEN_ZIP:
        raise Refused(f"{path}：不是完整可读的 zip 文件或文件夹。") from None


def _open_zip(file: IO[bytes]) -> Bundle:
    _check_directory(file)
    with zipfile.ZipFile(file) as archive:
        members = []
        for entry in archive.infolist():
            _check_entry(entry)
            members.append(_Member(entry.filename, entry.file_size, entry.compress_size, _opener(archive, entry)))
        # Otherwise entries overlap or lie about their packed size, and the ratio below would mean nothing.
        if sum(member.packed for member in members) > file.seek(0, os.SEEK_END):
            raise Refused("压缩包各文件声明的大小之和超过压缩包本身。")
        return _gather(members)


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(entry)


def _check_directory(file: IO[bytes]) -> None:
    """Refuse a huge list of entries before the zip module reads it whole."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - 2**16 - _DIRECTORY_END.size)
    file.seek(start)
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _DIRECTORY_END.size:
        raise Refused("压缩包没有结尾目录，可能被截断，或者不是 zip 文件。")
    _, _, _, _, entries, length, offset, _ = _DIRECTORY_END.unpack_from(tail, found)
    zip64_locator = tail.find(b"PK\x06\x07", max(0, found - 20), found) >= 0
    if zip64_locator or any(claim in _ZIP64_MARKS for claim in (length, offset, entries)):
        raise Refused("压缩包是 ZIP64 格式；抽取包至多 4 GiB，不用这种格式。")
    if length > LARGEST_DIRECTORY:
        raise Refused(f"压缩包列出 {entries} 个文件，过多；抽取包只有 {len(BUNDLE_FILES)} 个文件。")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise Refused("压缩包中有加密的文件，抽取包不得加密。")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused("压缩包中有链接或特殊文件，抽取包只能含普通文件。")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("压缩包用了少见的压缩方法，应当用普通 zip（存储或 deflate）。")
    # The zip module cuts a name at a NUL; what the entry really says counts.
    if entry.orig_filename != entry.filename:
        raise Refused("压缩包中有含 NUL 或反斜杠的文件名。")


def _folder_members(folder: Path) -> list[_Member]:
    members = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_file(follow_symlinks=False):
                raise Refused("文件夹中有链接、子文件夹或特殊文件，抽取包的文件都应直接放在其中。")
            size = entry.stat(follow_symlinks=False).st_size
            members.append(_Member(entry.name, size, size, _file_opener(folder / entry.name)))
    return sorted(members, key=lambda member: member.name)


def _file_opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: _regular(path, follow=False)


def _regular(path: Path, *, follow: bool) -> IO[bytes]:
    """Open a file that is neither a link (unless followed) nor a pipe or device, without ever waiting for one."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    file = open(os.open(path, flags), "rb")  # noqa: SIM115 - returned open, closed by the caller
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise Refused(f"{path}：不是普通文件。")
    return file


def _gather(members: Iterable[_Member]) -> Bundle:
    """Check all names and claims first, then read what is needed."""
    known: dict[str, _Member] = {}
    for member in members:
        _check_name(member.name)
        if member.name in known:
            raise Refused(f"{member.name}：在包中出现了两次。")
        known[member.name] = member
    if sum(member.size for member in known.values()) > LARGEST_UNPACKED:
        raise Refused(f"抽取包展开后超过 {LARGEST_UNPACKED // 2**30} GiB，不予读取。")
    for name in BUNDLE_FILES:
        if name in known:
            _check_claims(known[name])
    files = {name: _read(known[name]) for name in BUNDLE_FILES if name in known and name != RECORD_FILE}
    return Bundle(
        files=files,
        has_record=RECORD_FILE in known,
        extra=tuple(sorted(name for name in known if name not in BUNDLE_FILES)),
    )


def _check_name(name: str) -> None:
    check_text(name, "抽取包的文件名")
    if name in ("", ".", "..") or any(mark in name for mark in "/\\:"):
        raise Refused("抽取包中有带路径的文件名，所有文件都应直接放在顶层。")


def _check_claims(member: _Member) -> None:
    if member.name in _JSON_FILES and member.size > LARGEST_JSON:
        raise Refused(f"{member.name}：超过 {LARGEST_JSON // 2**20} MiB，不予读取。")
    if member.size > _SMALL and member.size > LARGEST_RATIO * member.packed:
        raise Refused(f"{member.name}：压缩比异常（超过 {LARGEST_RATIO} 倍），疑为压缩炸弹，不予读取。")


def _read(member: _Member) -> bytes:
    """The contents, in pieces, stopping as soon as they exceed what was claimed or a table's rows the limit."""
    pieces = []
    size = rows = 0
    with member.open() as file:
        while piece := file.read(_CHUNK):
            size += len(piece)
            rows += piece.count(b"\n")
            if size > member.size or rows > LARGEST_ROWS:
                raise Refused(f"{member.name}：实际内容超过所声明的大小或 {LARGEST_ROWS} 行。")
            pieces.append(piece)
    if size != member.size:
        raise Refused(f"{member.name}：内容不完整。")
    return b"".join(pieces)
