"""Broken, hostile and mistaken archives in the offline page: one sentence each, and Python refuses them too."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

import fairdraw
from fairdraw import open_bundle, pack, verify
from tests.web.portal.offline_page import Files, deflated, files_of, published, zipped


@pytest.mark.parametrize("make", [pack, deflated])
def test_a_flipped_byte_in_the_zip_ends_in_one_sentence(visit, tmp_path: Path, make: Callable[[Files], bytes]) -> None:
    content = bytearray(make(files_of("object-mode")))
    content[len(content) // 3] ^= 1
    path = zipped(tmp_path, bytes(content))
    here = visit()
    verdict = here.checks(path, **published("object-mode"))
    assert here.ok == "false" and verdict.startswith("✘ 无法核验。") and "已损坏" in verdict
    assert here.steps() == {} and not here.page.locator("[data-after]").first.is_visible()
    assert fails(path)


def rubbish() -> dict[str, bytes]:
    """Archives that section 6 refuses, each with a word of the sentence it must end in."""
    whole = files_of("object-mode")
    encrypted = bytearray(pack(whole))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        encrypted[encrypted.find(mark) + place] |= 1
    link = zipfile.ZipInfo("rules.json")
    link.external_attr = 0o120777 << 16
    linked = BytesIO()
    with zipfile.ZipFile(linked, "w") as archive:
        archive.writestr(link, "frame.tsv")
    return {
        "结尾目录": b"\x89PNG\r\n rubbish",
        "不是 zip 文件": b"",
        "已损坏": pack(whole)[:60] + pack(whole)[90:],
        "加密": bytes(encrypted),
        "带路径": deflated({"draw/rules.json": b"{}"}),
        "出现了两次": doubled(whole),
        "压缩比异常": deflated({"frame.tsv": b"A" * 2**22}),
        "链接": linked.getvalue(),
        "控制字符": deflated({"a\u202eb.tsv": b""}),
        "超过 16 MiB": deflated({"rules.json": b" " * (16 * 2**20 + 1)}),
    }


def doubled(files: Files) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("frame.tsv", files["frame.tsv"])
        archive.writestr("frame.tsX", files["frame.tsv"])
    return written.getvalue().replace(b"frame.tsX", b"frame.tsv")


def fails(path: Path) -> bool:
    """Python refuses it too."""
    try:
        return verify(open_bundle(path)).exit_code == 2
    except fairdraw.Refused:
        return True


def test_rubbish_ends_in_one_sentence_here_and_in_python(visit, tmp_path: Path) -> None:
    here = visit()
    for word, content in rubbish().items():
        path = zipped(tmp_path, content)
        verdict = here.checks(path)
        assert verdict.startswith("✘ 无法核验。") and word in verdict and verdict.count("\n") == 0, verdict
        assert here.steps() == {}
        assert fails(path), word
