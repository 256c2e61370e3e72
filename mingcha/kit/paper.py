"""Papers: facts set as a PDF by a Typst template. The same facts give the same bytes on any machine.

Facts reach the template as JSON in `sys.inputs.facts`, so nothing that somebody typed is ever markup. Only the
collected fonts are used, never those of the machine; a character that they lack stands there by its number.
"""

import json
import struct
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from mingcha.kit.errors import Refused

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "build" / "fonts"
FACES = ("NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf")

LARGE = 500_000  # characters of facts; past this, tags for screen readers double the time and multiply the size
# Characters that show nothing or turn the order of their neighbours; in a paper each is shown by its number.
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
KEPT = frozenset(map(chr, range(0x20)))  # JSON writes these as escapes; a line break is a line break


class FontsMissing(Refused):
    """Set-up did not bring the fonts; nothing is set rather than a sheet of empty boxes."""


def typeset(template: Path, facts: Mapping[str, object], *, at: datetime) -> bytes:
    """The PDF of a template and its facts, dated `at`; the template may read its own folder and nothing else."""
    _check_fonts(FONTS)
    text = _drawable(json.dumps(facts, ensure_ascii=False, sort_keys=True), FONTS)
    return (_press if len(text) < LARGE else _press_elsewhere)(template, text, int(at.timestamp()))


def _press_elsewhere(template: Path, text: str, at: int) -> bytes:
    """In a process of its own: what Typst remembers of a large paper is gigabytes that it does not give back."""
    command = [sys.executable, "-m", "mingcha.kit.paper", str(template), str(at)]
    return subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, cwd=ROOT, check=True).stdout


def _press(template: Path, text: str, at: int) -> bytes:
    compiler = typst.Compiler(
        input=str(template),
        root=str(template.parent),
        font_paths=_read_fonts(FONTS),
        ignore_system_fonts=True,
        sys_inputs={"facts": text},
        # Packages are looked for where there are none, so a template that names one fails instead of fetching it.
        package_path=str(template.parent),
        package_cache_path=str(template.parent),
    )
    made = compiler.compile(format="pdf", timestamp=at, pdf_tags=len(text) < LARGE)
    assert isinstance(made, bytes)
    return made


def _check_fonts(folder: Path) -> None:
    missing = [name for name in FACES if not (folder / name).is_file()]
    if missing:
        reason = _("缺少打印字体 %s，不能生成 PDF；系统管理员运行 make setup 装齐后再试")
        raise FontsMissing(reason % "、".join(missing))


@cache
def _read_fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def _drawable(text: str, folder: Path) -> str:
    """The text with 〔U+…〕 in place of every character that would be an empty box, nothing, or a trick."""
    known = _characters_of(folder / FACES[0])
    strange = {c for c in set(text) - KEPT if ord(c) not in known or unicodedata.category(c) in UNSEEN}
    return text.translate({ord(c): f"〔U+{ord(c):04X}〕" for c in strange})


@cache
def _characters_of(font: Path) -> frozenset[int]:
    """The code points of a font, from the table (cmap, format 12) that every large TrueType font has."""
    content = font.read_bytes()
    tables = range(struct.unpack_from(">H", content, 4)[0])
    entries = (struct.unpack_from(">4s4xL", content, 12 + 16 * number) for number in tables)
    start = next(offset for tag, offset in entries if tag == b"cmap")
    count = struct.unpack_from(">H", content, start + 2)[0]
    offsets = (start + struct.unpack_from(">L", content, start + 8 + 8 * number)[0] for number in range(count))
    table = next(offset for offset in offsets if struct.unpack_from(">H", content, offset)[0] == 12)  # noqa: PLR2004 - the format's own number
    groups = struct.unpack_from(">L", content, table + 12)[0]
    spans = (struct.unpack_from(">LL", content, table + 16 + 12 * number) for number in range(groups))
    return frozenset(point for first, last in spans for point in range(first, last + 1))


if __name__ == "__main__":
    sys.stdout.buffer.write(_press(Path(sys.argv[1]), sys.stdin.buffer.read().decode(), int(sys.argv[2])))
