"""Bundles from people who mean harm: one clear sentence, nothing unpacked, no claim believed."""

import io
import os
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdraw import Refused, open_bundle, pack
from fairdraw.bundle import zip_entry
from tests.fairdraw.worlds import bundle_files, plain_world

FILES = bundle_files(plain_world())
WHOLE = {**FILES, "signatures.json": b"{}\n", "record.pdf": b"%PDF"}


def written(path: Path, entries: list[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip with exactly these entries, whatever a decent program would say about them."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def refusal_of(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        open_bundle(path)
    sentence = str(refused.value)
    assert sentence.endswith("。")
    assert "\n" not in sentence
    return sentence


def folder(path: Path) -> Path:
    path.mkdir()
    for name, content in FILES.items():
        (path / name).write_bytes(content)
    return path


def test_a_packed_bundle_opens_with_all_its_files(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(pack(WHOLE))
    bundle = open_bundle(path)
    assert bundle.files == {**FILES, "signatures.json": b"{}\n"}
    assert (bundle.has_record, bundle.extra) == (True, ())


def test_packing_is_the_same_bytes_in_any_order() -> None:
    packed = pack(dict(reversed(WHOLE.items())))
    assert packed == pack(WHOLE)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert [entry.filename for entry in entries] == sorted(WHOLE)


def test_only_files_of_a_bundle_are_packed() -> None:
    with pytest.raises(Refused, match=r"notes\.txt"):
        pack({"notes.txt": b""})


def test_a_folder_opens_like_a_zip_and_extra_files_are_listed(tmp_path: Path) -> None:
    place = folder(tmp_path / "b")
    (place / "readme.txt").write_text("x")
    bundle = open_bundle(place)
    assert bundle.files == FILES
    assert (bundle.has_record, bundle.extra) == (False, ("readme.txt",))


def test_a_compressed_zip_with_extra_files_opens(tmp_path: Path) -> None:
    path = written(tmp_path / "b.zip", [*FILES.items(), ("readme.txt", b"x")])
    assert open_bundle(path).files == FILES
    assert open_bundle(path).extra == ("readme.txt",)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert "没有这个文件" in refusal_of(tmp_path / "nothing.zip")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_a_truncated_zip_is_refused(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    whole = pack(FILES)
    path = tmp_path_factory.mktemp("cut") / "b.zip"
    path.write_bytes(whole[: length % len(whole)])
    refusal_of(path)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_zip_is_refused_or_read_without_a_crash(tmp_path_factory: pytest.TempPathFactory, data) -> None:
    damaged = bytearray(pack(FILES))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "b.zip"
    path.write_bytes(damaged)
    try:
        open_bundle(path)
    except Refused as refused:
        assert str(refused)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"PK\x05\x06" + bytes(17), b"hello" * 1000, b"%PDF-1.7"])
def test_something_else_is_no_zip(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(content)
    assert "zip" in refusal_of(path)


@pytest.mark.parametrize(
    "name",
    ["../frame.tsv", "/frame.tsv", "sub/frame.tsv", "sub/", "..", "C:frame.tsv", "a\\frame.tsv", "..\\x", "frame.tsv/"],
)
def test_a_name_with_a_path_is_refused(tmp_path: Path, name: str) -> None:
    assert "顶层" in refusal_of(written(tmp_path / "b.zip", [*FILES.items(), (name, b"x")]))


@pytest.mark.parametrize("name", ["a\x1b[2Jb", "frame\u202evst.tsv", "a\nb"])
def test_a_name_that_would_play_with_the_screen_is_refused(tmp_path: Path, name: str) -> None:
    assert "文件名" in refusal_of(written(tmp_path / "b.zip", [*FILES.items(), (name, b"x")]))


def test_a_name_cut_by_a_nul_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "b.zip", [*FILES.items(), ("record.pdfXtxt", b"x")])
    path.write_bytes(path.read_bytes().replace(b"record.pdfXtxt", b"record.pdf\x00txt"))
    refusal_of(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    assert "两次" in refusal_of(written(tmp_path / "b.zip", [*FILES.items(), ("frame.tsv", b"")]))


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "b.zip", [("frame.tsv", b"x")])
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "加密" in refusal_of(path)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFBLK])
def test_a_link_or_device_in_a_zip_is_refused(tmp_path: Path, kind: int) -> None:
    entry = zip_entry("frame.tsv")
    entry.external_attr = (kind | 0o777) << 16
    assert "链接" in refusal_of(written(tmp_path / "b.zip", [(entry, b"/etc/hostname")]))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_rare_compression_is_refused(tmp_path: Path, method: int) -> None:
    assert "压缩方法" in refusal_of(written(tmp_path / "b.zip", list(FILES.items()), method))


def in_the_directory(change: Callable[[bytearray, int], None]) -> bytes:
    """A bundle whose first directory entry was changed."""
    content = bytearray(pack(FILES))
    change(content, content.index(b"PK\x01\x02"))
    return bytes(content)


def peak_of(action: Callable[[], object]) -> int:
    tracemalloc.start()
    action()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("name", ["barred.tsv", "result.tsv", "rules.json"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / "b.zip", [(name, bytes(64 * 2**20))])
    assert path.stat().st_size < 2**17
    assert peak_of(lambda: refusal_of(path)) < 2 * 2**20


def test_claims_beyond_four_gibibytes_are_refused_unread(tmp_path: Path) -> None:
    def claim(content: bytearray, entry: int) -> None:
        struct.pack_into("<L", content, entry + 24, 0xFFFFFFFE)

    path = tmp_path / "b.zip"
    path.write_bytes(in_the_directory(claim))
    assert peak_of(lambda: refusal_of(path)) < 2**20


@pytest.mark.parametrize("size", [0, 1, 5000])
def test_a_claimed_size_that_is_not_true_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(in_the_directory(lambda content, entry: struct.pack_into("<L", content, entry + 24, size)))
    if FILES["barred.tsv"] or size:
        refusal_of(path)
    else:
        assert open_bundle(path).files["barred.tsv"] == b""


def test_a_claimed_packed_size_beyond_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(in_the_directory(lambda content, entry: struct.pack_into("<L", content, entry + 20, 10**9)))
    assert "超过压缩包本身" in refusal_of(path)


def test_a_directory_of_very_many_entries_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "b.zip", [(f"{number:060d}", b"") for number in range(20_000)], zipfile.ZIP_STORED)
    assert peak_of(lambda: refusal_of(path)) < 2**20


def test_zip64_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    content = pack(FILES)
    end = content.rindex(b"PK\x05\x06")
    path.write_bytes(content[:end] + b"PK\x06\x07" + bytes(16) + content[end:])
    assert "ZIP64" in refusal_of(path)


def test_links_folders_and_pipes_in_a_folder_are_refused(tmp_path: Path) -> None:
    for number, make in enumerate(
        (
            lambda place: (place / "record.pdf").symlink_to("/etc/hostname"),
            lambda place: (place / "sub").mkdir(),
            lambda place: os.mkfifo(place / "signatures.json"),
        )
    ):
        place = folder(tmp_path / str(number))
        make(place)
        assert "文件夹中有链接" in refusal_of(place)


def test_a_pipe_or_device_is_no_bundle(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "不是普通文件" in refusal_of(tmp_path / "pipe")
    assert "不是普通文件" in refusal_of(Path("/dev/zero"))


def test_a_huge_json_in_a_folder_is_refused_unread(tmp_path: Path) -> None:
    place = folder(tmp_path / "b")
    with (place / "rules.json").open("r+b") as file:
        file.truncate(10**9)
    assert peak_of(lambda: refusal_of(place)) < 2**20


def test_a_folder_of_more_than_four_gibibytes_is_refused_unread(tmp_path: Path) -> None:
    place = folder(tmp_path / "b")
    with (place / "frame.tsv").open("r+b") as file:
        file.truncate(5 * 2**30)
    assert "4 GiB" in refusal_of(place)
